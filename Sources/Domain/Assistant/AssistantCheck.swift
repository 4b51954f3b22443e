/// Why a model's answer is not shown. The code is kept with the run.
public enum AssistantRefusal: String, Error, Sendable {
  case empty
  /// JSON, or a call of a tool that was written into the text.
  case code
  /// An error of a server, passed on as if it were an answer.
  case errorText = "error_text"
  case language
  /// Each sentence names something that was not given.
  case ungrounded
}

/// Something that an answer may name, by its number.
public struct AssistantCited: Hashable, Sendable {
  public let title: String
  /// Its page: a path of this site.
  public let path: String

  public init(title: String, path: String) { (self.title, self.path) = (title, path) }

  /// A title as the text of a link, in Markdown.
  public static func escaped(_ title: String) -> String { AssistantSentences.escaped(title) }
}

/// Holds a model's answer against what the model was given (RULES 9.11, 9.34): a sentence that names something else is dropped, and numbers become links.
public struct AssistantCheck: Sendable {
  /// The most bytes of an answer.
  public static let longest = 4_000
  /// The most scalars that are looked at.
  private static let longestRead = 20_000

  /// `[1]` is the first.
  private let things: [AssistantCited]
  /// `[A1]` is the first.
  private let assumptions: [AssistantCited]
  private let language: Language

  public init(_ things: [AssistantCited], assumptions: [AssistantCited], _ language: Language) {
    (self.things, self.assumptions, self.language) = (things, assumptions, language)
  }

  /// - Returns: Markdown of at most ``longest`` bytes, and the places of the assumptions that it names.
  public func checked(_ answer: String) throws(AssistantRefusal) -> (text: String, assumptions: [Int]) {
    let said = try AssistantCheck.plain(answer)
    var (out, named, spoken, hasCited) = ([UInt8](), Set<Int>(), "", false)
    var isCut = false
    for line in said.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) where !isCut {
      let (lead, sentences) = AssistantSentences.of(Array(line))
      let kept = sentences.compactMap { linked($0) }
      hasCited = hasCited || kept.contains { $0.hasCited }
      if !sentences.isEmpty, kept.isEmpty { continue }
      let written = lead + kept.flatMap(\.bytes)
      if out.count + written.count + 1 > AssistantCheck.longest - 8 {
        isCut = true
        out += lead
        for sentence in kept where out.count + sentence.bytes.count <= AssistantCheck.longest - 8 { out += sentence.bytes }
      } else {
        out += written
      }
      out.append(0x0A)
      for sentence in kept {
        named.formUnion(sentence.assumptions)
        spoken += sentence.spoken + " "
      }
    }
    let text = String(decoding: out, as: UTF8.self)[...].trimmed
    if text.isEmpty { throw .ungrounded }
    if !hasCited, AssistantCheck.isError(text) { throw .errorText }
    if !CoachTongue(of: spoken).fits(language) { throw .language }
    return (String(text) + (isCut ? "\n\n…" : ""), named.sorted())
  }

  /// Without thoughts, fences, controls and what nobody sees.
  private static func plain(_ answer: String) throws(AssistantRefusal) -> String {
    // Of an answer without end the beginning: more is not shown in any case.
    let beginning = String(String.UnicodeScalarView(answer.unicodeScalars.prefix(longestRead)))
    var content = String(CoachAnswer.unfenced(CoachAnswer.thought(beginning)))
    if let object = JSONValue(content.utf8), object.isObject {
      guard let message = object["message"]?.text ?? object["answer"]?.text else { throw .code }
      content = message
    }
    let marks = ["<tool_call", "[tool_call", "<|tool", "<function"]
    let start = content[...].trimmed.lowercased()
    if marks.contains(where: { start.utf8.starts(with: $0.utf8) }) { throw .code }
    var out = String.UnicodeScalarView()
    for scalar in Unseen.removed(from: content).unicodeScalars
    where scalar.properties.generalCategory != .control || scalar == "\n" || scalar == "\t" {
      out.append(scalar)
    }
    if String(out)[...].trimmed.isEmpty { throw .empty }
    return String(String(out)[...].trimmed)
  }

  /// How servers and programs begin what they pass on.
  private static func isError(_ text: Substring) -> Bool {
    let starts = [
      "error", "erro:", "erro ", "<html", "<!doctype", "internal server error", "bad gateway", "service unavailable", "gateway timeout",
      "traceback",
      "exception", "rate limit", "too many requests", "http 4", "http 5", "http/1", "400 ", "401 ", "403 ", "404 ", "429 ", "500 ", "502 ",
      "503 ", "504 ",
      "an error occurred", "i'm sorry, an error", "ocorreu um erro", "null", "undefined", "model not found", "context length exceeded",
    ]
    let lower = text.lowercased()
    return starts.contains { lower.utf8.starts(with: $0.utf8) }
  }

  /// A sentence as it is shown.
  private struct Linked {
    var bytes: [UInt8] = []
    /// Without titles and marks: by it the language is told.
    var spoken = ""
    var assumptions: [Int] = []
    var hasCited = false
  }

  /// - Returns: nil: it names what was not given.
  private func linked(_ sentence: [UInt8]) -> Linked? {
    guard !AssistantSentences.hasStrangeID(sentence, known: things.map(\.path) + assumptions.map(\.path)) else { return nil }
    var (out, plain) = (Linked(), [UInt8]())
    var rest = sentence[...]
    while let byte = rest.first {
      guard byte == 0x5B, let mark = AssistantMark(rest) else {
        out.bytes.append(byte)
        plain.append(byte)
        rest.removeFirst()
        continue
      }
      let list = mark.isAssumption ? assumptions : things
      guard list.indices.contains(mark.number - 1) else { return nil }
      let cited = list[mark.number - 1]
      out.hasCited = true
      if mark.isAssumption { out.assumptions.append(mark.number - 1) }
      rest = rest.dropFirst(mark.length)
      AssistantCheck.link(cited, &out.bytes, &plain)
    }
    out.spoken = String(decoding: plain, as: UTF8.self)
    return out
  }

  /// Puts a link in place of a title that stands before its number, else behind what is there.
  private static func link(_ cited: AssistantCited, _ out: inout [UInt8], _ plain: inout [UInt8]) {
    let title = Array(cited.title.utf8)
    let link = Array("[\(AssistantSentences.escaped(cited.title))](\(cited.path))".utf8)
    var end = out.count
    while end > 0, out[end - 1] == 0x20 { end -= 1 }
    // Marks of emphasis and straight quotes that stand round it stay.
    var tail: [UInt8] = []
    while end > 0, [0x2A, 0x5F, 0x22].contains(out[end - 1]) {
      tail.insert(out[end - 1], at: 0)
      end -= 1
    }
    if !title.isEmpty, end >= title.count, out[(end - title.count)..<end].elementsEqual(title) {
      out.removeSubrange((end - title.count)...)
      out += link + tail
      if let start = AssistantSentences.last(title, in: plain) { plain.removeSubrange(start..<min(start + title.count, plain.count)) }
    } else {
      if let last = out.last, last != 0x20, last != 0x28 { out.append(0x20) }
      out += link
    }
  }
}
