/// Why a model server's answer is none. The ``code`` is kept with the run and logged: it holds nothing of the answer.
public enum CoachFailure: Error, Hashable, Sendable {
  /// The deadline passed, or the answer came too slowly.
  case timeout
  /// No connection, or it broke.
  case connection
  /// A redirect, which is never followed.
  case redirect
  /// Any other status but 200.
  case status(Int)
  case tooLarge
  /// No JSON: HTML, half an answer, not UTF-8.
  case notJSON
  /// An error inside an answer with status 200.
  case error
  case noChoices
  case toolCall
  case refused
  case empty
  /// The content is no object with a message: plain prose.
  case prose

  public var code: String {
    switch self {
    case .timeout: "timeout"
    case .connection: "connection"
    case .redirect: "redirect"
    case .status(let status): "status_\(status)"
    case .tooLarge: "too_large"
    case .notJSON: "not_json"
    case .error: "error"
    case .noChoices: "no_choices"
    case .toolCall: "tool_call"
    case .refused: "refused"
    case .empty: "empty_answer"
    case .prose: "prose"
    }
  }

  /// Whether another call may help: after 408, 429, 5xx, a broken connection, an answer that cannot be read.
  var isWorthAnother: Bool {
    switch self {
    case .connection, .notJSON, .error, .noChoices, .empty, .prose, .toolCall: true
    case .status(let status): status == 408 || status == 429 || (500...599).contains(status)
    case .timeout, .redirect, .tooLarge, .refused: false
    }
  }
}

/// What a call took, as the server counted it.
public struct CoachTokenCount: Hashable, Sendable {
  public let prompt: Int
  public let answer: Int
}

/// An answer of an OpenAI-compatible server.
public enum CoachAnswer {
  /// The most bytes that are read.
  public static let limit = 256_000
  /// The same of a talk with tools, whose arguments may be long: then they are refused in words.
  public static let longestTalk = 1_500_000

  /// The message in `body`: `choices[0].message.content` holds one JSON object `{"message": "text"}`.
  public static func message(status: Int, _ body: some Collection<UInt8>) throws(CoachFailure) -> String {
    try message(of: object(status: status, body))
  }

  /// - Parameter object: what ``object(status:_:)`` has read.
  public static func message(of object: JSONValue) throws(CoachFailure) -> String {
    guard let text = object["message"]?.text else { throw .prose }
    if text[...].trimmed.isEmpty { throw .empty }
    return text
  }

  /// The JSON object that `choices[0].message.content` in `body` is. What stands up to `</think>` and a code fence are taken off; nothing else is mended.
  public static func object(status: Int, _ body: some Collection<UInt8>) throws(CoachFailure) -> JSONValue {
    let message = try spoken(status: status, body, limit)
    if message["tool_calls"]?.elements.isEmpty == false || message["function_call"] != nil { throw .toolCall }
    return try object(message["content"]?.text ?? "")
  }

  /// The message `choices[0].message` of a talk, in which tools may be called.
  public static func spoken(status: Int, _ body: some Collection<UInt8>) throws(CoachFailure) -> JSONValue {
    try spoken(status: status, body, longestTalk)
  }

  private static func spoken(status: Int, _ body: some Collection<UInt8>, _ limit: Int) throws(CoachFailure) -> JSONValue {
    if (300...399).contains(status) { throw .redirect }
    if status != 200 { throw .status(status) }
    if body.count > limit { throw .tooLarge }
    guard let answer = JSONValue(body), answer.isObject else { throw .notJSON }
    if answer["error"] != nil { throw .error }
    guard let choice = answer["choices"]?.elements.first, let message = choice["message"], message.isObject else { throw .noChoices }
    if let refusal = message["refusal"]?.text, !refusal.isEmpty { throw .refused }
    if choice["finish_reason"]?.text == "content_filter" { throw .refused }
    return message
  }

  /// What the answer says it took; nil: nothing, or nothing that can be.
  public static func tokens(_ body: some Collection<UInt8>) -> CoachTokenCount? {
    func count(_ value: JSONValue?) -> Int? {
      value?.number.flatMap { Int($0) }.flatMap { (0...1_000_000_000).contains($0) ? $0 : nil }
    }
    guard body.count <= longestTalk, let usage = JSONValue(body)?["usage"], let prompt = count(usage["prompt_tokens"]) else { return nil }
    return CoachTokenCount(prompt: prompt, answer: count(usage["completion_tokens"]) ?? 0)
  }

  private static func object(_ content: String) throws(CoachFailure) -> JSONValue {
    let answer = unfenced(thought(content))
    if answer.isEmpty { throw .empty }
    guard let object = JSONValue(answer.utf8), object.isObject else { throw .prose }
    return object
  }

  /// What stands behind the last `</think>`.
  static func thought(_ content: String) -> Substring {
    let bytes = Array(content.utf8)
    let mark = Array("</think>".utf8)
    var end = 0
    for index in bytes.indices where bytes[index] == mark[0] && bytes[index...].starts(with: mark) { end = index + mark.count }
    return content[(content.utf8.index(content.startIndex, offsetBy: end))...].trimmed
  }

  /// Without one code fence of backticks round the whole, whatever language it names.
  static func unfenced(_ content: Substring) -> Substring {
    guard content.hasPrefix("```"), content.hasSuffix("```"), content.utf8.count >= 6 else { return content }
    let inner = content.dropFirst(3).dropLast(3)
    guard let line = inner.firstIndex(where: \.isNewline) else { return inner.drop { $0.isLetter }.trimmed }
    let language = inner[..<line].trimmed
    return language.allSatisfy { $0.isLetter || $0.isNumber } ? inner[line...].trimmed : content
  }
}
