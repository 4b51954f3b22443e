/// What somebody looks for, with its marks (RULES 9.9): `type:task`, `tag:home`, `status:done`, `before:` and `after:` a date, words between quotation
/// marks that stand together, `-word` for what may not be there. What only looks like a mark is a word; a mark whose value says nothing is left out, and
/// said.
public struct SearchQuery: Hashable, Sendable {
  /// How many characters it has at most.
  public static let longest = 400

  /// Words that stand anywhere, as they were typed.
  public private(set) var words: [String] = []
  /// What stands together, or holds signs and is meant as it stands.
  public private(set) var phrases: [String] = []
  public private(set) var without: [String] = []
  /// As the register calls them.
  public private(set) var kinds: [String] = []
  public private(set) var tags: [String] = []
  /// As tables call them.
  public private(set) var states: [String] = []
  /// Not on that day any more.
  public private(set) var before: Day?
  /// From that day on.
  public private(set) var after: Day?
  /// Marks whose value says nothing: they are left out of what is looked for.
  public private(set) var stumbles: [Stumble] = []
  /// Words and phrases in their order, as one name: what somebody or something may be called.
  public private(set) var name = ""
  private var parts: [Part] = []
  private var hasMarks = false

  /// A mark that cannot be followed.
  public struct Stumble: Hashable, Sendable {
    /// What is wrong with its value.
    public enum Reason: Sendable { case kind, state, date }

    public let reason: Reason
    /// The whole mark as it was typed: `before:2027-13-01`.
    public let typed: String
  }

  /// What stood between blanks, and whether it narrows.
  private struct Part: Hashable {
    let typed: String
    let narrows: Bool
  }

  /// - Parameters:
  ///   - reader: of dates.
  ///   - kind: what the register calls a kind; nil: it is none.
  public init(_ text: String, reader: PhraseReader, kind: (String) -> String?) {
    var scalars = text.unicodeScalars.map { SearchQuery.quotes.contains($0) ? "\"" : $0 }[...]
    while let token = SearchQuery.token(&scalars) { take(token, reader, kind) }
  }

  /// The same, narrowed by what was chosen beside it.
  ///
  /// - Parameter until: the last day.
  public mutating func narrow(kinds: [String], tag: String, since: Day?, until: Day?) {
    if kinds.isEmpty, tag.utf8.isEmpty, since == nil, until == nil { return }
    hasMarks = true
    self.kinds += kinds
    if !tag.utf8.isEmpty { tags.append(tag) }
    if let since { after = after.map { max($0, since) } ?? since }
    if let end = until?.advanced(by: 1) { before = before.map { min($0, end) } ?? end }
  }

  /// Whether it is words and nothing else: then it is looked for as it was typed.
  public var isPlain: Bool { !hasMarks }

  public var text: String { words.joined(separator: " ") }

  /// All that is looked for by its words: those, and what stands together.
  public var terms: [String] { words + phrases }

  /// Whether nothing but kinds narrows it: then names that are spelled like its words can be looked for as well.
  public var isOfKindsAlone: Bool {
    phrases.isEmpty && without.isEmpty && tags.isEmpty && states.isEmpty && before == nil && after == nil
  }

  /// The same of other kinds.
  public func with(kinds: [String]) -> SearchQuery {
    var other = self
    other.kinds = kinds
    return other
  }

  /// Each mark that narrows, as it was typed, with the rest of the text: what to try where nothing is found.
  public var looser: [(mark: String, rest: String)] {
    parts.indices.filter { parts[$0].narrows }.map { place in
      var others = parts
      others.remove(at: place)
      return (parts[place].typed, others.map(\.typed).joined(separator: " "))
    }
  }

  // MARK: -

  private struct Token {
    var isNegative = false
    /// What stands before the first colon; "" without one.
    var key = ""
    var value = ""
    var isQuoted = false
    /// All of it, as it was typed.
    var typed = ""
  }

  private static let quotes: Set<Unicode.Scalar> = ["\"", "“", "”", "„", "«", "»"]

  /// They would mean something elsewhere, and stand for themselves.
  private static let signs = Array("%_\\*".utf8)

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  /// The next, up to a blank; between quotation marks up to the closing one, or the end.
  private static func token(_ scalars: inout ArraySlice<Unicode.Scalar>) -> Token? {
    scalars = scalars.drop(while: isBlank)
    if scalars.isEmpty { return nil }
    var token = Token()
    let whole = scalars
    if scalars.first == "-", let next = scalars.dropFirst().first, !isBlank(next) {
      token.isNegative = true
      scalars = scalars.dropFirst()
    }
    var value = String.UnicodeScalarView()
    while let scalar = scalars.first, !isBlank(scalar) {
      scalars = scalars.dropFirst()
      if scalar == "\"", value.isEmpty {
        let inside = scalars.prefix { $0 != "\"" }
        scalars = scalars.dropFirst(inside.count + 1)
        token.isQuoted = true
        value.append(contentsOf: inside)
        break
      }
      if scalar == ":", token.key.isEmpty, !value.isEmpty, let next = scalars.first, !isBlank(next) {
        token.key = String(value)
        value = String.UnicodeScalarView()
      } else {
        value.append(scalar)
      }
    }
    token.value = String(value)
    var typed = String.UnicodeScalarView()
    typed.append(contentsOf: whole[whole.startIndex..<scalars.startIndex])
    token.typed = String(typed)
    return token
  }

  private mutating func take(_ token: Token, _ reader: PhraseReader, _ kind: (String) -> String?) {
    if token.isNegative, token.key.isEmpty {
      if token.value.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) {
        without.append(token.value)
        narrow(by: token)
      }
      return
    }
    if !token.isNegative, !token.key.isEmpty, let name = SearchQuery.keys[folded(token.key)] {
      mark(name, token, reader, kind)
      return
    }
    let typed = (token.isNegative ? "-" : "") + (token.key.isEmpty ? "" : token.key + ":") + token.value
    if typed.utf8.isEmpty { return }
    name += (name.isEmpty ? "" : " ") + typed
    // One word between quotation marks is that word.
    if token.isQuoted, token.key.isEmpty, token.value.unicodeScalars.contains(where: SearchQuery.isBlank) {
      phrases.append(token.value)
      narrow(by: token)
      return
    }
    parts.append(Part(typed: token.typed, narrows: false))
    words.append(typed)
    if typed.utf8.contains(where: { SearchQuery.signs.contains($0) }) { phrases.append(typed) }
  }

  private mutating func narrow(by token: Token) {
    parts.append(Part(typed: token.typed, narrows: true))
    hasMarks = true
  }

  private mutating func mark(_ name: Mark, _ token: Token, _ reader: PhraseReader, _ kind: (String) -> String?) {
    switch name {
    case .type:
      guard let found = kind(token.value) else { return stumble(.kind, token) }
      kinds.append(found)
    case .tag: tags.append(token.value)
    case .status:
      guard let found = SearchQuery.states(folded(token.value)) else { return stumble(.state, token) }
      states += found
    case .before:
      guard let day = PlannerDates.day(token.value, reader) else { return stumble(.date, token) }
      before = before.map { min($0, day) } ?? day
    case .after:
      guard let day = PlannerDates.day(token.value, reader) else { return stumble(.date, token) }
      after = after.map { max($0, day) } ?? day
    }
    narrow(by: token)
  }

  private mutating func stumble(_ reason: Stumble.Reason, _ token: Token) {
    stumbles.append(Stumble(reason: reason, typed: token.typed))
  }

  /// In small letters without accents.
  public static func folded(_ text: String) -> [UInt8] { PhraseFolding(text).bytes }

  private func folded(_ text: String) -> String { String(decoding: SearchQuery.folded(text), as: UTF8.self) }

  private enum Mark { case type, tag, status, before, after }

  private static let keys: [String: Mark] = [
    "type": .type, "tipo": .type, "tag": .tag, "etiqueta": .tag, "status": .status, "estado": .status, "before": .before, "antes": .before,
    "after": .after, "depois": .after,
  ]

  /// What tables of all kinds call a state.
  private static func states(_ word: String) -> [String]? {
    switch PlannerTable.status(word) {
    case .open: return ["open", "active", "pending", "extended"]
    case .done: return ["done", "completed", "resolved"]
    case .some(let status): return [status.rawValue]
    case nil: return others[word].map { [$0] }
    }
  }

  private static let others: [String: String] = [
    "blocked": "blocked", "bloqueada": "blocked", "active": "active", "ativa": "active", "ativo": "active", "paused": "paused",
    "pausada": "paused", "pausado": "paused", "monitoring": "monitoring", "resolved": "resolved", "resolvido": "resolved",
    "missed": "missed", "perdido": "missed", "archived": "archived", "arquivada": "archived", "arquivado": "archived", "snoozed": "snoozed",
  ]
}
