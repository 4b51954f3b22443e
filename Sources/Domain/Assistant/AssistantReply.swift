/// What a model asks a tool for.
public struct AssistantCall: Hashable, Sendable {
  /// As the model calls it; its outcome is told under the same.
  public let id: String
  public let name: String
  /// JSON, as it came; not looked at yet.
  public let arguments: String

  /// The most bytes of arguments that a tool is given (RULES 9.32).
  public static let longest = 24_000

  public init(id: String, name: String, arguments: String) { (self.id, self.name, self.arguments) = (id, name, arguments) }

  /// Whether it is passed on; else the model is told that it is too long.
  public var isShort: Bool { arguments.utf8.count <= Self.longest }

  /// As it stands in the talk from then on. What was too long is left out.
  public var json: JSONText {
    .object([
      ("id", .string(id)), ("type", .string("function")),
      ("function", .object([("name", .string(name)), ("arguments", .string(isShort ? arguments : "{}"))])),
    ])
  }
}

/// A message of a model in a talk: it asks tools, or it answers.
public enum AssistantReply: Hashable, Sendable {
  case calls([AssistantCall])
  case text(String)

  /// How many calls of one message are looked at. An answer has eight in all; the ninth is told that there are no more, and what follows in a list without
  /// end is dropped.
  static let mostCalls = 12
  /// The most scalars of a tool's name.
  private static let longestName = 60

  /// - Parameter message: `choices[0].message`.
  /// - Throws: ``CoachFailure/empty`` where it says nothing, ``CoachFailure/toolCall`` for calls that cannot be read.
  public init(_ message: JSONValue) throws(CoachFailure) {
    let asked = message["tool_calls"]?.elements ?? []
    if !asked.isEmpty {
      self = .calls(asked.prefix(Self.mostCalls).enumerated().map { AssistantReply.call($1, number: $0 + 1) })
      return
    }
    if message["function_call"] != nil { throw .toolCall }
    let said = message["content"]
    let text = said?.text ?? (said?.elements ?? []).compactMap { $0["text"]?.text }.joined(separator: "\n")
    if text[...].trimmed.isEmpty { throw .empty }
    self = .text(text)
  }

  private static func call(_ json: JSONValue, number: Int) -> AssistantCall {
    let function = json["function"]
    let arguments = function?["arguments"]
    let id = json["id"]?.text ?? ""
    // What is kept of it is text of a column: no more scalars than that takes, and nothing that it does not.
    let name = (function?["name"]?.text ?? "").unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(Self.longestName)
    return AssistantCall(
      id: id.utf8.isEmpty || id.utf8.count > 100 ? "call_\(number)" : id, name: String(String.UnicodeScalarView(name)),
      arguments: arguments?.text ?? arguments?.json.text ?? "{}")
  }
}
