/// A relationship in its one stored form (RULES 9.30): `A reports_to B` is `B manages A`, and what says the same from both ends leads from the
/// smaller id. Two that say the same are equal, but for words of one's own, which ``isSame(as:)`` compares.
public struct Relationship: Hashable, Sendable {
  /// How strong one may be; what nobody said is ``usualStrength``.
  public static let strengths = 1...10
  public static let usualStrength = 5

  public let type: RelationshipType
  public let from: ThingRef
  public let to: ThingRef

  /// - Parameters:
  ///   - type: what ``RelationshipType/reading(_:reverse:isTwoWay:from:to:)`` found.
  ///   - isTurned: whether it was said from the end that it leads to.
  /// - Throws: ``RelationshipError/itself``, ``RelationshipError/ends``.
  public init(_ type: RelationshipType, isTurned: Bool = false, from: ThingRef, to: ThingRef) throws(RelationshipError) {
    if from.id == to.id { throw .itself }
    if !from.kind.isRelated || !to.kind.isRelated { throw .ends }
    if case .listed(let kind) = type, !RelationshipWord(kind, isTurned: isTurned).fits(from: from.kind, to: to.kind) { throw .ends }
    let turns = type.isTwoWay ? to.id < from.id : isTurned
    (self.type, self.from, self.to) = turns ? (type, to, from) : (type, from, to)
  }

  /// The same in a word of the list.
  public init(_ word: RelationshipWord, from: ThingRef, to: ThingRef) throws(RelationshipError) {
    try self.init(.listed(word.kind), isTurned: word.isTurned, from: from, to: to)
  }

  /// - Throws: ``RelationshipError/strength``.
  public static func strength(_ number: Int) throws(RelationshipError) -> Int {
    guard strengths.contains(number) else { throw .strength }
    return number
  }

  /// The end that is not this thing.
  public func other(than thing: ID<Thing>) -> ThingRef { from.id == thing ? to : from }

  /// How it is said from one of its ends: `manages` or `reports_to`; of words of one's own without a reverse the same from both.
  public func words(from thing: ID<Thing>) -> String {
    let isForward = from.id == thing
    switch type {
    case .listed(let kind): return isForward ? kind.rawValue : kind.reverse
    case .own(let own): return isForward || own.reverse.isEmpty ? own.words : own.reverse
    }
  }

  /// Whether it says what another one says, in whichever wording: then the second is the first (RULES 9.30).
  public func isSame(as other: Relationship) -> Bool {
    guard case .own(let own) = type, case .own(let theirs) = other.type else { return self == other }
    if from == other.from && to == other.to { return own.words == theirs.words && own.isTwoWay == theirs.isTwoWay }
    guard from == other.to && to == other.from else { return false }
    return own.words == theirs.reverse || !own.reverse.isEmpty && own.reverse == theirs.words
  }

  /// Whether it is the same kind in the other direction: both may stand, and that is said.
  public func isOpposite(of other: Relationship) -> Bool {
    guard case .listed(let kind) = type, other.type == type, !kind.isTwoWay else { return false }
    return from == other.to && to == other.from
  }

  /// Whether the two cannot both be: one attends or declined the same event. The newer stands (RULES 9.30).
  public func excludes(_ other: Relationship) -> Bool {
    guard from == other.from && to == other.to else { return false }
    switch (type, other.type) {
    case (.listed(.attends), .listed(.declined)), (.listed(.declined), .listed(.attends)): return true
    default: return false
    }
  }

  /// The same with one thing in the place of another of its kind, as when two people are made one; nil: it would lead to itself.
  public func moved(from thing: ID<Thing>, to survivor: ID<Thing>) -> Relationship? {
    func end(_ end: ThingRef) -> ThingRef { end.id == thing ? ThingRef(end.kind, survivor) : end }
    // The kinds are as they were, so it can only fail by leading to itself.
    return try? Relationship(type, from: end(from), to: end(to))
  }
}

/// Whether a relationship stands on a day.
public enum TieState: String, CaseIterable, Sendable { case past, standing, coming }

/// Since when a relationship stands, and until when: dates, both inclusive, either may be open.
public struct TieSpan: Hashable, Sendable {
  public let since: Day?
  public let until: Day?

  public static let always = TieSpan()

  private init() { (since, until) = (nil, nil) }

  /// - Throws: ``RelationshipError/dates`` when it ends before it begins.
  public init(since: Day?, until: Day?) throws(RelationshipError) {
    if let since, let until, until < since { throw .dates }
    (self.since, self.until) = (since, until)
  }

  /// Past ones are shown, dashed, and count for no rule (RULES 9.30).
  public func state(on day: Day) -> TieState {
    if let until, until < day { return .past }
    if let since, day < since { return .coming }
    return .standing
  }
}
