/// Why a relationship cannot be.
public enum RelationshipError: Error, Hashable, Sendable {
  /// A thing and itself.
  case itself
  /// Kinds of things between which that word is not said.
  case ends
  /// Words of one's own that are none, more than 40 scalars, or hold control characters.
  case words
  /// A reverse over 40 scalars or with control characters, or one that differs where both directions say the same.
  case reverse
  /// A strength outside of 1 to 10.
  case strength
  /// An end before the beginning.
  case dates
}

/// A relationship in words of one's own (RULES 9.30): "godmother of", from the other end "godchild of". Between any kinds of things.
public struct OwnRelationship: Hashable, Sendable {
  /// How many scalars the words, and the reverse, may have.
  public static let longest = 40

  public let words: String
  /// As seen from the other end; empty: nobody said, or it is two-way and ``words`` hold from there too.
  public let reverse: String
  public let isTwoWay: Bool

  /// - Parameters:
  ///   - words: as typed; blanks around them go.
  ///   - reverse: may be empty; of a two-way one empty or the same words.
  /// - Throws: ``RelationshipError/words``, ``RelationshipError/reverse``.
  public init(_ words: String, reverse: String = "", isTwoWay: Bool = false) throws(RelationshipError) {
    guard let words = OwnRelationship.tidy(words), !words.isEmpty else { throw .words }
    guard let reverse = OwnRelationship.tidy(reverse), !isTwoWay || reverse.isEmpty || reverse == words else { throw .reverse }
    (self.words, self.reverse, self.isTwoWay) = (words, isTwoWay ? "" : reverse, isTwoWay)
  }

  /// Without blanks around it; nil: too long, or with control characters.
  private static func tidy(_ text: String) -> String? {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    let kept = scalars[first...last]
    guard kept.count <= longest, !kept.contains(where: { $0.properties.generalCategory == .control }) else { return nil }
    return String(String.UnicodeScalarView(kept))
  }
}

/// What a relationship says.
public enum RelationshipType: Hashable, Sendable {
  case listed(RelationshipKind)
  case own(OwnRelationship)

  /// What the form's field `relationship` holds: a word of the list, or words of one's own. Words that are typed like one of the list
  /// ("works with") are that one where it fits the ends; a word of the list itself is never anything else.
  ///
  /// - Returns: what it says, and whether it was said from the other end.
  /// - Throws: as ``OwnRelationship/init(_:reverse:isTwoWay:)``.
  public static func reading(
    _ text: String, reverse: String = "", isTwoWay: Bool = false, from: ThingKind, to: ThingKind
  ) throws(RelationshipError) -> (type: RelationshipType, isTurned: Bool) {
    if let word = RelationshipWord(text) { return (.listed(word.kind), word.isTurned) }
    if let word = RelationshipWord(typed: text), word.fits(from: from, to: to) { return (.listed(word.kind), word.isTurned) }
    let own = try OwnRelationship(text, reverse: reverse, isTwoWay: isTwoWay)
    return (.own(own), false)
  }

  public var isTwoWay: Bool {
    switch self {
    case .listed(let kind): kind.isTwoWay
    case .own(let own): own.isTwoWay
    }
  }
}
