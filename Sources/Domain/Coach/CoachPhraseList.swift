/// A list of phrases in sections, read from a file that people keep: one phrase a line, in words of lower case without accents.
///
/// - `[name]` begins a section; `#` a remark.
/// - `want|wanna` is either word; `medic*` every word that begins so; `suicide~` also with one letter wrong, but never the first and never a word of
///   the section `[same]`.
/// - `..` stands for up to four words of the same sentence, `...` for up to eight, the sentence's end among them.
/// - `[ordinary]` holds sayings that are taken out before anything is looked for.
///
/// It is compared as ``CoachDisguise`` reads, so that no phrase need be listed in its misspellings.
public struct CoachPhraseList: Sendable {
  /// What the coach's authors must mend: line and reason. A list that the program carries has none.
  public let complaints: [CoachComplaint]
  private let phrases: [CoachPhrase]
  private let ordinary: [CoachPhrase]
  private let same: Set<[UInt8]>

  /// The names of the sections that hold phrases.
  public var sections: Set<String> { Set(phrases.map(\.section)) }
  /// How many phrases there are, without the ordinary sayings.
  public var count: Int { phrases.count }

  public init(_ text: String) {
    var (phrases, complaints, same): ([CoachPhrase], [CoachComplaint], Set<[UInt8]>) = ([], [], [])
    var section = ""
    for (line, number) in CoachComplaint.lines(text) where !line.hasPrefix("#") {
      if line.hasPrefix("["), line.hasSuffix("]") {
        section = String(line.dropFirst().dropLast())
      } else if section == "same" {
        same.formUnion(line.split(separator: " ").map { CoachDisguise.collapsed($0.utf8) })
      } else if !section.isEmpty, let phrase = CoachPhrase(line, section) {
        phrases.append(phrase)
      } else {
        complaints.append(CoachComplaint(line: number, reason: section.isEmpty ? "a phrase before any section" : "not a phrase: \(line)"))
      }
    }
    (self.complaints, self.same) = (complaints, same)
    ordinary = phrases.filter { $0.section == "ordinary" }
    self.phrases = phrases.filter { $0.section != "ordinary" }
  }

  /// The section of the first phrase, in the file's order, that stands in `text`; nil when none does.
  public func section(in text: String) -> String? { phrase(in: text)?.section }

  /// At most `phrases × words` steps and a few.
  func phrase(in text: String) -> CoachPhrase? {
    var words = CoachDisguise(text)
    for saying in ordinary {
      while let range = CoachMatching(words.words, same).range(of: saying) { words.blank(range) }
    }
    let matching = CoachMatching(words.words, same)
    return phrases.first { matching.range(of: $0) != nil || matching.isSpelt($0) }
  }
}

/// What is wrong with a line of a file of the coach's.
public struct CoachComplaint: Equatable, Sendable {
  /// From 1.
  public let line: Int
  public let reason: String

  /// The lines that hold something, trimmed, with their numbers.
  static func lines(_ text: String) -> [(line: Substring, number: Int)] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.enumerated().compactMap { number, line in
      let trimmed = line.trimmed
      return trimmed.isEmpty ? nil : (trimmed, number + 1)
    }
  }
}

extension Substring {
  /// Without blanks at both ends.
  var trimmed: Substring {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

/// A phrase of a list.
struct CoachPhrase: Equatable {
  enum Item: Equatable {
    case word([Word])
    /// Up to so many words between; over the end of a sentence or not.
    case gap(Int, crosses: Bool)
  }

  struct Word: Equatable {
    let letters: [UInt8]
    /// With letters typed twice once.
    let bytes: [UInt8]
    var isBeginning = false
    var isMisspelt = false
  }

  let section: String
  let items: [Item]
  /// Of each word: the letters that it may begin with. Most phrases are ruled out by these alone.
  let beginnings: [CoachLetters]

  /// - Returns: nil unless words of a–z and digits, with the marks of lists, begin and end it.
  init?(_ line: some StringProtocol, _ section: String) {
    var items: [Item] = []
    for part in line.split(separator: " ") {
      switch part {
      case "..": items.append(.gap(4, crosses: false))
      case "...": items.append(.gap(8, crosses: true))
      default:
        let words = part.split(separator: "|", omittingEmptySubsequences: false).compactMap { Word($0) }
        guard words.count == part.split(separator: "|", omittingEmptySubsequences: false).count else { return nil }
        items.append(.word(words))
      }
    }
    guard case .word = items.first, case .word = items.last else { return nil }
    (self.section, self.items) = (section, items)
    beginnings = items.compactMap { if case .word(let words) = $0 { CoachLetters(words.map(\.bytes)) } else { nil } }
  }
}

/// A set of letters and digits.
struct CoachLetters: Equatable {
  private let bits: UInt64

  /// The first ones of `words`.
  init(_ words: some Sequence<[UInt8]>) {
    bits = words.reduce(0) { $0 | Self.bit($1) }
  }

  func meets(_ other: CoachLetters) -> Bool { bits & other.bits != 0 }

  private static func bit(_ word: [UInt8]) -> UInt64 {
    switch word.first {
    case .some(let byte) where byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"): 1 << UInt64(byte - UInt8(ascii: "a"))
    case .some(let byte) where decimal(byte) != nil: 1 << UInt64(byte - UInt8(ascii: "0") + 26)
    default: 0
    }
  }
}

extension CoachPhrase.Word {
  init?(_ text: some StringProtocol) {
    var bytes = Array(text.utf8)
    let mark = bytes.last
    if mark == UInt8(ascii: "*") || mark == UInt8(ascii: "~") { bytes.removeLast() }
    guard !bytes.isEmpty, bytes.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }) else { return nil }
    // A misspelt word of four letters is too often another word.
    if mark == UInt8(ascii: "~"), bytes.count < 5 { return nil }
    self.init(
      letters: bytes, bytes: CoachDisguise.collapsed(bytes), isBeginning: mark == UInt8(ascii: "*"), isMisspelt: mark == UInt8(ascii: "~"))
  }
}
