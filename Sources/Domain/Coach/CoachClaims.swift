/// One line of a model's text, read for what it claims.
struct CoachClaims {
  let known: CoachKnown
  let language: Language
  private(set) var tokens: [CoachToken]
  private(set) var hasFact = false

  /// Names that were given are taken out at once, so that a number in them is no claim.
  init(_ line: String, _ known: CoachKnown, _ facts: CoachFactTable, _ language: Language) {
    (self.known, self.language) = (known, language)
    tokens = CoachTokens.read(line)
    untold = facts.untold.map { CoachTokens.read($0).filter { $0.kind == .word || $0.kind == .digits } }.filter { !$0.isEmpty }
    for name in known.names { while let range = range(of: name) { take(range) } }
  }

  private let untold: [[CoachToken]]

  /// Stands where a name stood.
  private static let named = CoachToken(kind: .mark, text: "\u{1}", isCapital: false)

  /// The words that are no names.
  var unnamed: [String] { tokens.filter { $0.kind == .word }.map(\.text) }

  mutating func check() throws(CoachRefusal) {
    for name in untold where range(of: name) != nil { throw .name(name.map(\.text).joined(separator: " ")) }
    try checkQuotations()
    try checkCapitals()
    var index = 0
    while index < tokens.count { index = try claim(at: index) }
  }

  // MARK: Names

  /// Where the words of a name stand one after the other, whatever blanks and marks lie between.
  private func range(of name: [CoachToken]) -> Range<Int>? {
    for start in tokens.indices where tokens[start].text == name[0].text && tokens[start].kind == name[0].kind {
      var (index, matched) = (start, 0)
      while index < tokens.count, matched < name.count {
        if tokens[index].text == name[matched].text, tokens[index].kind == name[matched].kind {
          matched += 1
        } else if tokens[index].kind == .word || tokens[index].kind == .digits || tokens[index] == Self.named {
          break
        }
        index += 1
      }
      if matched == name.count { return start..<index }
    }
    return nil
  }

  private mutating func take(_ range: Range<Int>) {
    tokens.replaceSubrange(range, with: [Self.named])
    hasFact = true
  }

  /// What stands between quotation marks must have been a name.
  private func checkQuotations() throws(CoachRefusal) {
    var quoted: [String]?
    for token in tokens {
      if token.kind == .mark, ["“", "”", "„", "«", "»", "\""].contains(token.text) {
        if let words = quoted, !words.isEmpty { throw .name(words.joined(separator: " ")) }
        quoted = quoted == nil ? [] : nil
      } else if token.kind == .word || token.kind == .digits {
        quoted?.append(token.text)
      }
    }
  }

  /// A capital within a sentence begins a name.
  private func checkCapitals() throws(CoachRefusal) {
    var previous: CoachToken?
    for token in tokens where token.kind != .space {
      if token.isCapital, let previous, isWithin(previous), !CoachDateWords.isCapitalised(token.text, language) { throw .name(token.text) }
      previous = token
    }
  }

  func isWithin(_ previous: CoachToken) -> Bool {
    previous.kind != .mark || previous == Self.named || [",", "-", "/", "(", "'", "%", "&", "+"].contains(previous.text)
  }

  // MARK: Numbers and dates

  /// Reads what begins at `index`.
  ///
  /// - Returns: the index behind it.
  private mutating func claim(at index: Int) throws(CoachRefusal) -> Int {
    let token = tokens[index]
    switch token.kind {
    case .space: return index + 1
    case .mark:
      guard let scalar = token.text.unicodeScalars.first, scalar.properties.numericType != nil else { return index + 1 }
      // Half of something is no number of the person's.
      if scalar == "½" { return index + 1 }
      throw .number(token.text)
    case .digits:
      if let end = try date(at: index) { return end }
      if let end = try time(at: index) { return end }
      return try digits(at: index)
    case .word:
      if let end = try dateInWords(at: index) { return end }
      guard let number = CoachNumberWords.read(tokens, at: index, language) else { return index + 1 }
      return try numberWords(number, at: index)
    }
  }

  private mutating func numberWords(_ number: CoachNumberWords.Number, at index: Int) throws(CoachRefusal) -> Int {
    let thousandths = number.value > 1_000_000_000 ? .max : number.value * 1000
    if let end = percent(number.end) {
      try prove(known.has(percent: thousandths), .number(said(index..<end)))
      return end
    }
    if number.value == 1 || number.isOrdinal && number.value == 2 { return number.end }
    try prove(known.has(number: thousandths) || number.isOrdinal && known.has(day: number.value), .number(said(index..<number.end)))
    return number.end
  }

  private mutating func digits(at index: Int) throws(CoachRefusal) -> Int {
    var (end, text) = (index + 1, tokens[index].text)
    while end + 1 < tokens.count, tokens[end].isMark(".") || tokens[end].isMark(","), tokens[end + 1].kind == .digits {
      text += tokens[end].text + tokens[end + 1].text
      end += 2
    }
    let values = CoachDigits.values(text, language)
    if let after = percent(end) {
      try prove(values.contains { known.has(percent: $0) }, .number(text))
      return after
    }
    let isOrdinal = end < tokens.count && ["st", "nd", "rd", "th", "o", "a"].contains { tokens[end].isWord($0) }
    let value = Int(text) ?? 0
    if isOrdinal, value == 1 || value == 2 { return end + 1 }
    let isDay = (isOrdinal || word(before: index) == "dia") && known.has(day: value)
    let isYear = text.utf8.count == 4 && known.has(year: value)
    try prove(isDay || isYear || values.contains { known.has(number: $0) }, .number(text))
    return end
  }

  /// The index behind "%", "percent", "per cent" or "por cento", when that comes next.
  private func percent(_ index: Int) -> Int? {
    var next = index
    if next < tokens.count, tokens[next].kind == .space || tokens[next].isMark("-") { next += 1 }
    guard next < tokens.count else { return nil }
    if tokens[next].isMark("%") || tokens[next].isWord("percent") { return next + 1 }
    guard next + 2 < tokens.count, tokens[next].isWord("per") || tokens[next].isWord("por") else { return nil }
    return tokens[next + 2].isWord("cent") || tokens[next + 2].isWord("cento") ? next + 3 : nil
  }

  mutating func prove(_ isFact: Bool, _ refusal: CoachRefusal) throws(CoachRefusal) {
    if !isFact { throw refusal }
    hasFact = true
  }

  func said(_ range: Range<Int>) -> String { tokens[range].map(\.text).joined() }

  /// The word before `index`, over one blank.
  func word(before index: Int) -> String? {
    index >= 2 && tokens[index - 1].kind == .space && tokens[index - 2].kind == .word ? tokens[index - 2].text : nil
  }
}

/// What digits with separators mean: "1.000" is one in English and a thousand in Portuguese, "5,5" is five and a half in both.
enum CoachDigits {
  /// In thousandths; none for what is no number.
  static func values(_ text: String, _ language: Language) -> [Int] {
    let groups = text.split { $0 == "." || $0 == "," }
    guard text.utf8.count <= 12, let first = groups.first, let last = groups.last, let whole = Int(groups.joined()) else { return [] }
    guard groups.count > 1 else { return [whole * 1000] }
    let isGrouped = first.utf8.count <= 3 && groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
    let mark: Character = language == .english ? "," : "."
    if isGrouped, groups.count > 2 || text.contains(mark) { return [whole * 1000] }
    guard last.utf8.count <= 3, groups.count == 2 || groups.dropFirst().dropLast().allSatisfy({ $0.utf8.count == 3 }),
      let before = Int(groups.dropLast().joined()), let part = Int(last)
    else { return [] }
    return [before * 1000 + part * [0, 100, 10, 1][last.utf8.count]]
  }
}
