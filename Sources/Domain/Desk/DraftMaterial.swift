/// What a model is given for a draft (RULES 6.16, 6.52): without what nobody sees, numbers of cards, accounts and taxpayers of customers masked.
public struct DraftMaterial: Sendable {
  /// The customer's.
  public let language: Language
  /// What may be quoted: the first has the number 1.
  public let passages: [QuotedPassage]
  /// The subject and what the customer wrote since the last answer, oldest first.
  public let messages: [String]
  /// What a colleague wants of it; empty: nothing.
  public let instruction: String
  /// What is added when it is sent.
  public let signature: String
  /// Of the customer and the channel: an answer may name them.
  public let names: [String]

  /// The longest message that is sent, in scalars; all of them together, of which the newest count.
  static let longestMessage = 8_000
  static let longest = 24_000

  public init(
    _ language: Language, passages: [QuotedPassage], messages: [String], instruction: String = "", signature: String = "",
    names: [String] = []
  ) {
    var redaction = Redaction(Redaction.secrets)
    var (kept, room): ([String], Int) = ([], Self.longest)
    for message in messages.reversed() where room > 0 {
      let text = Self.beginning(redaction.text(Unseen.removed(from: message)), min(room, Self.longestMessage))
      room -= text.unicodeScalars.count
      kept.append(text)
    }
    self.language = language
    self.messages = kept.reversed()
    self.passages = passages.map { passage in
      QuotedPassage(
        title: mailLine(Array(Unseen.removed(from: passage.title).utf8)), url: passage.url,
        heading: mailLine(Array(Unseen.removed(from: passage.heading).utf8)), text: Unseen.removed(from: passage.text))
    }
    self.instruction = redaction.text(Unseen.removed(from: instruction))
    (self.signature, self.names) = (signature, names)
  }

  private static func beginning(_ text: String, _ most: Int) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(most)))
  }
}

/// The file of a draft's prompt, `draft.N.md`: rules for the model, a line `---`, and what it is given.
///
/// `{{language}}` `{{code}}` `{{mark}}` `{{passages}}` `{{messages}}` `{{instruction}}` are filled in.
public struct DraftPromptFile: Hashable, Sendable {
  public let number: Int
  let text: String

  public init(number: Int, text: String) { (self.number, self.text) = (number, text) }

  /// "draft.1": kept with every draft and run.
  public var name: String { "draft.\(number)" }

  /// - Parameter mark: letters and digits that nobody can guess: what stands between two lines of it is data. Where a text has it, it is taken out.
  public func rendered(_ material: DraftMaterial, mark: String) -> CoachPrompt {
    let passages = material.passages.enumerated().map { place, passage in
      let isSaid = passage.heading.utf8.isEmpty || passage.heading.utf8.elementsEqual(passage.title.utf8)
      return "[\(place + 1)] \(passage.title)\(isSaid ? "" : " – " + passage.heading)\n\(passage.text)"
    }
    let values = [
      "language": material.language == .english ? "English" : "Brazilian Portuguese",
      "code": material.language == .english ? "en" : "pt",
      "mark": mark,
      "passages": Self.without(mark, passages.isEmpty ? "(none)" : passages.joined(separator: "\n\n")),
      "messages": Self.without(mark, material.messages.joined(separator: "\n\n")),
      "instruction": Self.without(mark, material.instruction.utf8.isEmpty ? "(nothing)" : material.instruction),
    ]
    return CoachPrompt(file: name, text.split(separator: "\n", omittingEmptySubsequences: false), filling: values)
  }

  /// What every request for a draft carries, unless the operator says otherwise.
  public static let usual: [(name: String, value: JSONText)] = [
    ("temperature", .number("0.2")), ("max_tokens", .number(900)),
    ("response_format", .object([("type", .string("json_object"))])),
  ]

  private static func without(_ mark: String, _ text: String) -> String {
    let (bytes, wanted) = (Array(text.utf8), Array(mark.utf8))
    guard !wanted.isEmpty, bytes.count >= wanted.count else { return text }
    var (out, place): ([UInt8], Int) = ([], 0)
    while place < bytes.count {
      if bytes[place] == wanted[0], bytes[place...].starts(with: wanted) {
        out += Array("[mark]".utf8)
        place += wanted.count
      } else {
        out.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
