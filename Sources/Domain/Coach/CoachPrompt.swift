/// A prompt's file, `EVENT.N.md`: rules for the model, a line `---`, and what it is given.
///
/// - `{{facts}}` `{{today}}` `{{language}}` `{{messages}}` are filled in, each once and never what was filled in itself.
/// - A line that begins with `@yoda ` (or another personality) is for that one only.
public struct CoachPromptFile: Hashable, Sendable {
  public let event: CoachEvent
  public let number: Int
  let text: String

  public init(event: CoachEvent, number: Int, text: String) { (self.event, self.number, self.text) = (event, number, text) }

  /// "streak.1": kept with every message and run.
  public var name: String { "\(event.rawValue).\(number)" }

  /// - Parameter messages: of the chat, oldest first, the last ten; those that got the human text, and its answers, are left out by the caller.
  public func rendered(_ facts: CoachFactTable, _ personality: CoachPersonality, _ language: Language, messages: [CoachMessage] = [])
    -> CoachPrompt
  {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line -> Substring? in
      guard line.hasPrefix("@") else { return line }
      let mark = "@\(personality.rawValue) "
      return line.hasPrefix(mark) ? line.dropFirst(mark.utf8.count) : nil
    }
    let values = [
      "facts": CoachFence.fenced(facts.lines(language).joined(separator: "\n")),
      "today": CoachFactTable.text(.date(facts.today), language),
      "language": language == .english ? "English" : "Brazilian Portuguese",
      "messages": CoachFence.fenced(messages.suffix(10).map { "\($0.isPerson ? "person" : "coach"): \($0.text)" }.joined(separator: "\n")),
    ]
    return CoachPrompt(file: name, lines, filling: values)
  }

}

extension CoachPrompt {
  /// - Parameters:
  ///   - lines: of a prompt's file: rules, a line `---`, and what is given.
  ///   - values: of its `{{names}}`; what is filled in is not read again.
  init(file: String, _ lines: [Substring], filling values: [String: String]) {
    let parts = lines.split(separator: "---", maxSplits: 1)
    let rendered = parts.map { String(Self.fill($0.joined(separator: "\n"), values)[...].trimmed) }
    self.init(file: file, system: rendered.first ?? "", user: rendered.count > 1 ? rendered[1] : "")
  }

  private static func fill(_ text: String, _ values: [String: String]) -> String {
    var out = ""
    var rest = text[...]
    while let open = rest.utf8Range(of: "{{"), let close = rest[open.upperBound...].utf8Range(of: "}}") {
      out += rest[..<open.lowerBound]
      let name = String(rest[open.upperBound..<close.lowerBound])
      out += values[name] ?? "{{\(name)}}"
      rest = rest[close.upperBound...]
    }
    return out + rest
  }
}

extension Substring {
  /// Where an ASCII text stands first.
  fileprivate func utf8Range(of text: String) -> Range<Index>? {
    let wanted = Array(text.utf8)
    var index = startIndex
    while index < endIndex {
      if utf8[index...].starts(with: wanted) { return index..<utf8.index(index, offsetBy: wanted.count) }
      index = utf8.index(after: index)
    }
    return nil
  }
}

/// A message of a chat.
public struct CoachMessage: Hashable, Sendable {
  public let isPerson: Bool
  public let text: String

  public init(isPerson: Bool, _ text: String) { (self.isPerson, self.text) = (isPerson, text) }
}

/// What is sent to a model.
public struct CoachPrompt: Hashable, Sendable {
  /// "streak.1"
  public let file: String
  public let system: String
  public let user: String
  /// Of a talk with tools: what stands behind the system's message in place of ``user``. Empty: nothing does.
  public var turns: [JSONText] = []
  /// What the model may call, as a list of definitions; nil: nothing.
  public var tools: JSONText?

  public init(file: String, system: String, user: String) { (self.file, self.system, self.user) = (file, system, user) }

  /// The request's body: `model`, `messages`, `stream`, `tools` where there are some, and what `HEED_LLM_EXTRA` adds; it cannot replace these.
  ///
  /// - Parameter usual: stands in it besides, where `extra` says nothing else.
  public func body(model: String, extra: JSONValue? = nil, usual: [(name: String, value: JSONText)] = []) -> String {
    let rest = turns.isEmpty ? [Self.message("user", user)] : turns
    let tools: [(name: String, value: JSONText)] = self.tools.map { [("tools", $0)] } ?? []
    let members: [(name: String, value: JSONText)] =
      [("model", .string(model)), ("messages", .array([Self.message("system", system)] + rest)), ("stream", .bool(false))] + tools
    let added = (extra?.members ?? []).filter { member in !members.contains { $0.name == member.name } }
    let others = usual.filter { member in !added.contains { $0.name == member.name } }
    return JSONText.object(members + added.map { ($0.name, $0.value.json) } + others).text
  }

  /// A message of somebody's in a talk.
  public static func message(_ role: String, _ content: String) -> JSONText {
    .object([("role", .string(role)), ("content", .string(content))])
  }
}

/// Text by the person, as data.
enum CoachFence {
  /// Between fences longer than any row of backticks within, so that no text can end its own.
  static func fenced(_ text: String) -> String {
    var (longest, run) = (2, 0)
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)text\n\(text)\n\(fence)"
  }

  /// One line: no line ends, no control characters, nothing unseen.
  static func line(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in Unseen.removed(from: text).unicodeScalars {
      let isBreak = scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
      out.append(isBreak ? " " : scalar)
    }
    return String(out)
  }
}
