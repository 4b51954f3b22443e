/// What of a text holds the words that were looked for, to be marked in it (RULES 9.44). A word is marked whole where it begins with one of them, accents
/// and letter case aside; where none does, one that shares most of its beginning with one. What is no word (an emoji) is marked where it stands. A
/// character that is written with several scalars is never cut.
public struct SearchMarks: Sendable {
  /// A piece of a text.
  public struct Run: Hashable, Sendable {
    public let text: String
    public let isMarked: Bool

    public init(_ text: String, isMarked: Bool = false) { (self.text, self.isMarked) = (text, isMarked) }
  }

  /// How many scalars of a text stand below a title.
  public static let snippet = 160
  /// How many of these come before the first word that is marked.
  private static let before = 50
  /// A beginning that is shared has at least as many letters.
  private static let leastShared = 3

  /// Words in small letters without accents.
  private let terms: [[Unicode.Scalar]]
  /// Signs that stand for themselves.
  private let signs: [[Character]]

  /// - Parameter terms: words and phrases as they were typed.
  public init(_ terms: [String]) {
    var (words, signs): ([[Unicode.Scalar]], [[Character]]) = ([], [])
    for term in terms {
      let characters = Array(term)
      let found = SearchMarks.words(of: characters)
      words += found.map { SearchFolding.folded(characters[$0]) }
      if found.isEmpty, term.unicodeScalars.contains(where: { !$0.isASCII }) { signs.append(characters) }
    }
    (self.terms, self.signs) = (words.filter { !$0.isEmpty }, signs)
  }

  /// The whole text.
  public func marked(_ text: String) -> [Run] {
    let characters = Array(text)
    return runs(characters, 0..<characters.count, places(in: characters))
  }

  /// A part of the text around the first word that is marked; its beginning where none is. Blanks and line ends become one blank, "…" stands where it
  /// was cut, between words where there are any.
  public func snippet(of text: String) -> [Run] {
    let characters = SearchMarks.onOneLine(text)
    let places = places(in: characters)
    var start = places.first?.lowerBound ?? 0
    var room = SearchMarks.before
    while start > 0, room >= characters[start - 1].unicodeScalars.count {
      start -= 1
      room -= characters[start].unicodeScalars.count
    }
    if start > 0, let blank = characters[start...].prefix(SearchMarks.before).firstIndex(of: " "), blank < places.first?.lowerBound ?? 0 {
      start = blank + 1
    }
    var end = start
    room = SearchMarks.snippet
    while end < characters.count, room >= characters[end].unicodeScalars.count {
      room -= characters[end].unicodeScalars.count
      end += 1
    }
    if end < characters.count, let blank = characters[start..<end].lastIndex(of: " "), blank > start + (end - start) / 2 { end = blank }
    let front = start > 0 ? [Run("… ")] : []
    let back = end < characters.count ? [Run(" …")] : []
    return front + runs(characters, start..<end, places) + back
  }

  // MARK: -

  /// What is marked, in order; none overlaps another.
  private func places(in characters: [Character]) -> [Range<Int>] {
    let words = SearchMarks.words(of: characters).filter { mayBegin(characters[$0.lowerBound]) }
    var found = words.filter { word in
      let folded = SearchFolding.folded(characters[word])
      return terms.contains { folded.starts(with: $0) }
    }
    if found.isEmpty {
      found = words.filter { word in
        let folded = SearchFolding.folded(characters[word])
        return terms.contains { SearchMarks.isAlike($0, folded) }
      }
    }
    if signs.isEmpty { return found }
    var all = found
    for sign in signs {
      var index = 0
      while index + sign.count <= characters.count {
        let place = index..<(index + sign.count)
        if zip(characters[place], sign).allSatisfy({ SearchMarks.isSame($0, $1) }) {
          if !all.contains(where: { $0.overlaps(place) }) { all.append(place) }
          index += sign.count
        } else {
          index += 1
        }
      }
    }
    return all.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Whether a word that begins so may be one of those: most are told by their first letter.
  private func mayBegin(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    if scalar.isASCII {
      let small = ("A"..."Z").contains(scalar) ? scalar.value + 32 : scalar.value
      return terms.contains { $0.first?.value == small }
    }
    let first = SearchFolding.folded(CollectionOfOne(character)).first
    return terms.contains { $0.first == first }
  }

  private func runs(_ characters: [Character], _ whole: Range<Int>, _ places: [Range<Int>]) -> [Run] {
    var runs: [Run] = []
    var next = whole.lowerBound
    for place in places where place.overlaps(whole) {
      let place = place.clamped(to: whole)
      if next < place.lowerBound { runs.append(Run(String(characters[next..<place.lowerBound]))) }
      runs.append(Run(String(characters[place]), isMarked: true))
      next = place.upperBound
    }
    if next < whole.upperBound { runs.append(Run(String(characters[next..<whole.upperBound]))) }
    return runs
  }

  /// Whether two words have a stem in common, as far as their beginnings tell: "running" and "runs".
  private static func isAlike(_ term: [Unicode.Scalar], _ word: [Unicode.Scalar]) -> Bool {
    let shared = zip(term, word).prefix { $0.0 == $0.1 }.count
    return shared >= leastShared && shared * 4 >= min(term.count, word.count) * 3
  }

  /// A sign is the same with another colour of skin, or with others joined to it.
  private static func isSame(_ one: Character, _ sign: Character) -> Bool {
    one == sign || one.unicodeScalars.starts(with: sign.unicodeScalars)
  }

  /// Where words begin and end: letters, digits and what is written above or below them.
  private static func words(of characters: [Character]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    for (index, character) in characters.enumerated() {
      let isLetter = character.unicodeScalars.first.map(SearchFolding.isOfWord) ?? false
      if isLetter, start == nil { start = index }
      if !isLetter, let begun = start {
        words.append(begun..<index)
        start = nil
      }
    }
    if let start { words.append(start..<characters.count) }
    return words
  }

  private static func onOneLine(_ text: String) -> [Character] {
    var line: [Character] = []
    for character in text {
      if isBlank(character) {
        if let last = line.last, last != " " { line.append(" ") }
      } else {
        line.append(character)
      }
    }
    return line
  }

  private static func isBlank(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return true }
    return scalar.isASCII ? scalar.value <= 32 : scalar.properties.isWhitespace
  }
}
