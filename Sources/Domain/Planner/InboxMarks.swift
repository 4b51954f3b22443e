/// The marks of a line, each at the beginning of a word, never between quotation marks or in a web address (RULES 8.24): `@person` `+goal`
/// `#tag` `~45m` `!1`, and "goal:" at its very beginning.
struct InboxMarks {
  private(set) var parts: [InboxLine.Part] = []
  /// Where a backslash stands that says that the mark behind it is none.
  private(set) var escapes: [Int] = []
  /// What is read for a time, byte for byte as long as the line: marks are blanks there, and addresses a word that says nothing.
  private(set) var rest: [UInt8]
  private let bytes: [UInt8]
  private let workday: Int
  private var tags = 0

  /// - Parameter workday: minutes of "~1d".
  init(_ text: String, workday: Int) {
    bytes = Array(text.utf8)
    (rest, self.workday) = (bytes, workday)
    var place = label(text) ?? 0
    var quotes = QuickText.quoted(text)[...]
    var isBeginning = true
    while place < bytes.count {
      while let quote = quotes.first, quote.lowerBound < place { quotes = quotes.dropFirst() }
      let blank = blanks(at: place)
      if blank > 0 {
        (place, isBeginning) = (place + blank, true)
      } else if let quote = quotes.first, quote.lowerBound == place {
        (place, isBeginning) = (quote.upperBound, false)
      } else if isBeginning, let end = take(at: place, quotes.first) {
        (place, isBeginning) = (end, false)
      } else {
        (place, isBeginning) = (place + 1, false)
      }
    }
  }

  /// How many bytes of a blank begin there.
  private func blanks(at place: Int) -> Int {
    if QuickText.isBlank(bytes, at: place) { return 1 }
    return bytes[place] == 0xC2 && place + 1 < bytes.count && bytes[place + 1] == 0xA0 ? 2 : 0
  }

  private func endOfWord(_ place: Int) -> Int {
    var end = place
    while end < bytes.count, blanks(at: end) == 0 { end += 1 }
    return end
  }

  /// "Problem: the tap leaks": what somebody calls it, it is.
  ///
  /// - Returns: where it ends.
  private mutating func label(_ text: String) -> Int? {
    let tokens = PhraseScanner.tokens(of: text)
    guard tokens.count > 2, case .word(let word) = tokens[0].kind, let kind = InboxKindWords.labels[word] else { return nil }
    let end = tokens[1].range.upperBound
    guard tokens[1].kind == .mark(UInt8(ascii: ":")), tokens[1].glued, end < bytes.count, blanks(at: end) > 0 else { return nil }
    add(tokens[0].range.lowerBound..<end, .kind(kind))
    return end
  }

  /// - Parameter quote: the next that is quoted.
  /// - Returns: where the word ends that is a mark, or an address; nil: it is neither.
  private mutating func take(at place: Int, _ quote: Range<Int>?) -> Int? {
    let end = endOfWord(place)
    let mark = bytes[place]
    if mark == UInt8(ascii: "\\"), place + 1 < end, "#@+~!\\".utf8.contains(bytes[place + 1]) {
      escapes.append(place)
      fill(place..<end, UInt8(ascii: "q"))
      return end
    }
    if isAddress(place..<end) {
      fill(place..<end, UInt8(ascii: "q"))
      return end
    }
    if let quote, quote.lowerBound == place + 1 { return takeQuoted(mark, place, quote) }
    guard "#@+~!".utf8.contains(mark) else { return nil }
    let word = place + 1..<endOfName(place + 1, end)
    guard let meaning = meaning(mark, String(decoding: bytes[word], as: UTF8.self)) else { return nil }
    add(place..<word.upperBound, meaning)
    return word.upperBound
  }

  /// `+"New kitchen"`
  private mutating func takeQuoted(_ mark: UInt8, _ place: Int, _ quote: Range<Int>) -> Int? {
    guard "#@+".utf8.contains(mark), endOfName(quote.upperBound, endOfWord(quote.upperBound)) == quote.upperBound else { return nil }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: String(decoding: bytes[quote], as: UTF8.self).unicodeScalars.dropFirst().dropLast())
    guard let meaning = meaning(mark, QuickText.trimmed(String(scalars))) else { return nil }
    add(place..<quote.upperBound, meaning)
    return quote.upperBound
  }

  /// A name ends before a comma, and without the points of the sentence that it stands in.
  private func endOfName(_ start: Int, _ endOfWord: Int) -> Int {
    var end = start
    while end < endOfWord, bytes[end] != UInt8(ascii: ",") { end += 1 }
    while end > start, ".;:!?)".utf8.contains(bytes[end - 1]) { end -= 1 }
    return end
  }

  private mutating func meaning(_ mark: UInt8, _ word: String) -> InboxLine.Meaning? {
    guard let first = word.unicodeScalars.first else { return nil }
    let isDigit = ("0"..."9").contains(first)
    switch mark {
    case UInt8(ascii: "!"):
      let folded = String(decoding: PhraseFolding(word).bytes, as: UTF8.self)
      return InboxKindWords.priorities[folded].map { InboxLine.Meaning.priority($0) }
    case UInt8(ascii: "~"): return isDigit ? WorkMinutes.read(word, day: workday).map { InboxLine.Meaning.estimate($0) } : nil
    case UInt8(ascii: "#"):
      guard isDigit || first.properties.isAlphabetic, word.unicodeScalars.count <= TagList.longest, tags < TagList.most else { return nil }
      // What is a list of tags elsewhere would be cut there.
      guard !word.utf8.contains(UInt8(ascii: ",")) else { return nil }
      tags += 1
      return .tag(word)
    case UInt8(ascii: "@"): return first.properties.isAlphabetic ? .person(word) : nil
    default: return first.properties.isAlphabetic ? .goal(word) : nil
    }
  }

  private func isAddress(_ word: Range<Int>) -> Bool {
    let lower = bytes[word].map { ASCII.lower($0) }
    if lower.starts(with: "www.".utf8) || lower.starts(with: "mailto:".utf8) { return true }
    let mark = Array("://".utf8)
    return lower.indices.contains { lower[$0] == mark[0] && lower[$0...].starts(with: mark) }
  }

  private mutating func add(_ range: Range<Int>, _ meaning: InboxLine.Meaning) {
    parts.append(InboxLine.Part(range: range, words: String(decoding: bytes[range], as: UTF8.self), meaning: meaning))
    fill(range, 0x20)
  }

  private mutating func fill(_ range: Range<Int>, _ byte: UInt8) { for place in range { rest[place] = byte } }
}
