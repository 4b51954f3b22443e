/// What somebody looks for, with its marks (RULES 9.9): `type:task`, `tag:home`, `status:done`, `before:` and `after:` a date, words between quotation
/// marks that stand together, `-word` for what may not be there. What only looks like a mark is a word.
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
  private var hasMarks = false

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

  // MARK: -

  private struct Token {
    var isNegative = false
    /// What stands before the first colon; "" without one.
    var key = ""
    var value = ""
    var isQuoted = false
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
    return token
  }

  private mutating func take(_ token: Token, _ reader: PhraseReader, _ kind: (String) -> String?) {
    if token.isNegative, token.key.isEmpty {
      if token.value.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) {
        without.append(token.value)
        hasMarks = true
      }
      return
    }
    if !token.isNegative, mark(token, reader, kind) {
      hasMarks = true
      return
    }
    let typed = (token.isNegative ? "-" : "") + (token.key.isEmpty ? "" : token.key + ":") + token.value
    if typed.utf8.isEmpty { return }
    // One word between quotation marks is that word.
    if token.isQuoted, token.key.isEmpty, token.value.unicodeScalars.contains(where: SearchQuery.isBlank) {
      phrases.append(token.value)
      hasMarks = true
    } else if typed.utf8.contains(where: { SearchQuery.signs.contains($0) }) {
      words.append(typed)
      phrases.append(typed)
    } else {
      words.append(typed)
    }
  }

  /// - Returns: whether it is one.
  private mutating func mark(_ token: Token, _ reader: PhraseReader, _ kind: (String) -> String?) -> Bool {
    guard !token.key.isEmpty, let name = SearchQuery.keys[folded(token.key)] else { return false }
    switch name {
    case .type:
      guard let found = kind(token.value) else { return false }
      kinds.append(found)
    case .tag: tags.append(token.value)
    case .status:
      guard let found = SearchQuery.states(folded(token.value)) else { return false }
      states += found
    case .before:
      guard let day = PlannerDates.day(token.value, reader) else { return false }
      before = before.map { min($0, day) } ?? day
    case .after:
      guard let day = PlannerDates.day(token.value, reader) else { return false }
      after = after.map { max($0, day) } ?? day
    }
    return true
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
