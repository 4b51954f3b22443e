/// Why a model's answer is no draft. The raw value is kept with the run: it holds nothing of the answer.
public enum DraftRefusal: String, Error, Hashable, Sendable {
  /// It cites what was not given.
  case passages
  /// Not the customer's.
  case language
  /// It says itself that nothing answers the question.
  case nothingFits = "nothing_fits"
  /// No sentence is left.
  case ungrounded
  /// No word of it is one of the question's.
  case unrelated
}

/// A model's answer without what nothing bears out.
public struct GroundedDraft: Hashable, Sendable {
  /// Markdown, without marks of passages.
  public let kept: [DraftAnswer.Sentence]
  public let struck: [String]

  /// The text of a draft.
  public func text(_ language: Language, to firstName: String = "") -> String {
    var paragraphs: [String] = []
    for sentence in kept {
      if sentence.beginsParagraph || paragraphs.isEmpty {
        paragraphs.append(sentence.text)
      } else {
        paragraphs[paragraphs.count - 1] += " " + sentence.text
      }
    }
    return BuiltInWriter.letter(language, to: firstName, saying: paragraphs)
  }

  /// The sentences that cite a passage, from 1.
  public func sentences(citing passage: Int) -> [String] { kept.filter { $0.passages.contains(passage) }.map(\.text) }
}

/// Holds a model's answer against what the model was given (RULES 6.16): each number, date, price, link, address and name of a sentence stands in a
/// passage that it cites, or in what the customer wrote themselves, or in the signature; else the sentence is struck. So is one that tells of the rules.
public struct DraftCheck: Sendable {
  /// So many words running of the prompt's rules are told of them (RULES 6.53).
  private static let most = 8

  private let material: DraftMaterial
  private let ground: DraftFacts
  private let passages: [DraftFacts]
  private let rules: Set<String>

  public init(_ material: DraftMaterial, rules: String) {
    self.material = material
    ground = DraftFacts((material.messages + material.names).joined(separator: "\n"), allowsLinks: false)
      .joined(DraftFacts(material.signature, allowsLinks: true))
    passages = material.passages.map { passage in
      DraftFacts([passage.title, passage.url ?? "", passage.heading, passage.text].joined(separator: "\n"), allowsLinks: true)
    }
    self.rules = Self.runs(of: rules)
  }

  public func checked(_ answer: DraftAnswer) throws(DraftRefusal) -> GroundedDraft {
    if answer.nothingFits { throw .nothingFits }
    var (kept, struck): ([DraftAnswer.Sentence], [String]) = ([], [])
    for sentence in answer.sentences {
      let read = DraftMarks(sentence.text)
      let cited = Set(sentence.passages + read.passages)
      guard cited.allSatisfy({ (1...max(passages.count, 1)).contains($0) }), cited.isEmpty || !passages.isEmpty else { throw .passages }
      if read.text.utf8.isEmpty || DraftCourtesy.isFrame(read.text) { continue }
      if isBorneOut(read.text, by: cited) {
        kept.append(DraftAnswer.Sentence(read.text, cited.sorted(), beginsParagraph: sentence.beginsParagraph))
      } else {
        struck.append(read.text)
      }
    }
    if kept.isEmpty { throw .ungrounded }
    let text = kept.map(\.text).joined(separator: " ")
    guard isInLanguage(answer.language, text) else { throw .language }
    guard isRelated(text) else { throw .unrelated }
    return GroundedDraft(kept: kept, struck: struck)
  }

  private func isBorneOut(_ text: String, by cited: Set<Int>) -> Bool {
    guard rules.isDisjoint(with: Self.runs(of: text)) else { return false }
    let found = DraftLinks(text)
    let known = cited.reduce(ground) { $0.joined(passages[$1 - 1]) }
    guard found.links.allSatisfy({ known.bears(out: .link($0)) }) else { return false }
    var reader = DraftFactReader(found.rest, material.language)
    return reader.claimed().allSatisfy { known.bears(out: $0) }
  }

  /// By what it says of itself, and by its small words.
  private func isInLanguage(_ said: String, _ text: String) -> Bool {
    let name = said.utf8.map { ASCII.lower($0) }
    let names = material.language == .english ? ["en"] : ["pt", "portug"]
    return names.contains { name.starts(with: $0.utf8) } && CoachTongue(of: text).fits(material.language)
  }

  /// Whether it has a word in common with the question, as far as that has any: endings do not count.
  private func isRelated(_ text: String) -> Bool {
    let asked = Self.stems(material.messages.joined(separator: " "))
    return asked.isEmpty || !asked.isDisjoint(with: Self.stems(text))
  }

  private static func stems(_ text: String) -> Set<String> {
    Set(DeskWords.content(of: text).map { String(decoding: $0.folded.utf8.prefix(5), as: UTF8.self) })
  }

  /// Every ``most`` words running.
  private static func runs(of text: String) -> Set<String> {
    let words = DeskWords.all(of: text).map(\.folded)
    guard words.count >= most else { return [] }
    return Set((0...(words.count - most)).map { words[$0..<($0 + most)].joined(separator: " ") })
  }
}

/// A sentence without marks of passages: `[1]`, `[2, 3]`, `【1†source】`. Nobody but its reviewer has a use for them.
struct DraftMarks {
  let text: String
  /// Which passages they name.
  private(set) var passages: [Int] = []

  init(_ written: String) {
    let scalars = Unseen.removed(from: written).unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}" ? " " : scalar
    }
    var (out, found, place): ([Unicode.Scalar], [Int], Int) = ([], [], 0)
    while place < scalars.count {
      if let (numbers, end) = Self.mark(scalars, place) {
        found += numbers
        place = end
        // "three days [1]." has no blank before its point.
        while out.last == " " { out.removeLast() }
      } else {
        out.append(scalars[place])
        place += 1
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: out)
    text = String(String(view)[...].trimmed)
    passages = found
  }

  private static func mark(_ scalars: [Unicode.Scalar], _ start: Int) -> (numbers: [Int], end: Int)? {
    let opening = scalars[start]
    guard opening == "[" || opening == "【" else { return nil }
    let closing: Unicode.Scalar = opening == "[" ? "]" : "】"
    guard let end = scalars[start...].prefix(40).firstIndex(of: closing) else { return nil }
    let inner = scalars[(start + 1)..<end]
    // A link: "[1](https://…)".
    if opening == "[", end + 1 < scalars.count, scalars[end + 1] == "(" { return nil }
    if opening == "[", !inner.allSatisfy({ isDigit($0) || isBetween($0) }) { return nil }
    let digits = inner.prefix { opening == "[" || isDigit($0) }
    let numbers = digits.split { !isDigit($0) }.compactMap { run in
      Int(String(decoding: run.map { UInt8(truncatingIfNeeded: $0.value) }, as: UTF8.self))
    }
    return numbers.isEmpty ? nil : (numbers, end + 1)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isBetween(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ",", ";", " ", "^": true
    default: false
    }
  }
}

/// What the desk says before and after a draft by itself.
enum DraftCourtesy {
  /// "Hello Ana," and "Kind regards".
  static func isFrame(_ sentence: String) -> Bool {
    let words = DeskWords.all(of: sentence).map(\.folded)
    guard let first = words.first else { return true }
    let ends = sentence.utf8.last == UInt8(ascii: ",") || sentence.utf8.last == UInt8(ascii: "!")
    return words.count <= 4 && ends && greetings.contains(first) || closings.contains(words.joined(separator: " "))
  }

  private static let greetings: Set = ["hello", "hi", "hey", "dear", "ola", "oi", "prezado", "prezada", "caro", "cara"]
  private static let closings: Set = [
    "kind regards", "best regards", "regards", "best wishes", "sincerely", "yours sincerely", "atenciosamente", "abracos", "um abraco",
    "cordialmente",
  ]
}
