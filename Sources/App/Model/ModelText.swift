import Domain
import HTML

/// What the pages call things of the model server.
enum ModelText {
  /// The event of a draft's calls.
  static let drafts = "draft"
  /// Of the assistant's answers.
  static let assistant = "assistant"
  /// Events of calls of another server than the one that writes.
  static let others = [EmbedCall.event]

  static func event(_ event: String, _ words: Words) -> String {
    switch CoachEvent(rawValue: event) {
    case .habitComplete: words("A habit kept")
    case .habitFail: words("A missed date")
    case .streak: words("A streak")
    case .goalComplete: words("A goal reached")
    case .weeklyAnalysis: words("The week in review")
    case .chat: words("Chat with the coach")
    case .summary: words("Summaries of the planner")
    case nil: other(event, words)
    }
  }

  private static func other(_ event: String, _ words: Words) -> String {
    switch event {
    case drafts: words("Drafts for customers")
    case assistant: words("Answers of the assistant")
    case EmbedCall.event: words("Vectors for search by meaning")
    default: event
    }
  }

  /// What a kind of things is called that a model may be told of.
  static func kind(_ kind: ModelKind, _ words: Words) -> String {
    switch kind {
    case .task: words("Tasks")
    case .goal: words("Goals")
    case .problem: words("Problems")
    case .deadline: words("Deadlines")
    case .person: words("People")
    case .place: words("Places")
    case .event: words("Calendar")
    case .reminder: words("Reminders")
    case .habit: words("Habits")
    }
  }

  /// What a call came to (`asking`, or as ``ModelRun/Outcome`` has it).
  static func outcome(_ outcome: String, _ words: Words) -> String {
    switch outcome {
    case "taken": words("Used", context: "answer of a model")
    case "refused": words("Not used: it held what it must not", context: "answer of a model")
    case "failed": words("Failed", context: "answer of a model")
    default: words("On its way", context: "answer of a model")
    }
  }

  /// "850 B", "1.2 kB", "3.4 MB".
  static func size(_ bytes: Int, _ language: Language) -> String {
    func tenths(_ unit: Int, _ name: String) -> String {
      let rounded = (bytes + unit / 20) / (unit / 10)
      return "\(rounded / 10)\(language == .portuguese ? "," : ".")\(rounded % 10) \(name)"
    }
    if bytes < 1_000 { return "\(bytes) B" }
    return bytes < 999_950 ? tenths(1_000, "kB") : tenths(1_000_000, "MB")
  }

  /// "3 × no answer in time, 1 × a number that was not given"; the most frequent first.
  static func failures(_ reasons: [String], _ words: Words) -> String {
    let counts = Dictionary(reasons.map { ($0, 1) }, uniquingKeysWith: +)
    let sorted = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    return sorted.map { "\($0.value) × \(reason($0.key, words))" }.joined(separator: ", ")
  }

  /// "30 in, 12 out".
  static func tokens(_ prompt: Int, _ answer: Int, _ words: Words) -> String {
    words("{in} in, {out} out", ["in": String(prompt), "out": String(answer)])
  }

  /// "850 ms", "1.4 s".
  static func time(_ milliseconds: Int?, _ language: Language) -> String {
    guard let milliseconds else { return "" }
    if milliseconds < 1000 { return "\(milliseconds) ms" }
    let tenths = (milliseconds + 50) / 100
    return "\(tenths / 10)\(language == .portuguese ? "," : ".")\(tenths % 10) s"
  }

  /// "0.0123": with four decimals, in whichever currency the operator has given.
  static func cost(_ millionths: Int, _ language: Language) -> String {
    let rounded = (millionths + 50) / 100
    let behind = String(rounded % 10_000)
    return "\(rounded / 10_000)\(language == .portuguese ? "," : ".")\(String(repeating: "0", count: 4 - behind.utf8.count) + behind)"
  }

  /// A code as it is kept with a run (`CoachFailure`, `CoachRefusal`, `DraftRefusal`).
  static func reason(_ code: String, _ words: Words) -> String {
    if code.hasPrefix("status_") { return words("status {status}", ["status": String(code.dropFirst(7))]) }
    return failure(code, words) ?? refusal(code, words) ?? draft(code, words) ?? code
  }

  private static func failure(_ code: String, _ words: Words) -> String? {
    switch code {
    case "timeout": words("no answer in time")
    case "connection": words("no connection")
    case "interrupted": words("the worker ended meanwhile")
    case "redirect": words("sent elsewhere")
    case "too_large": words("an answer without end")
    case "not_json", "no_choices": words("not the answer of a model server")
    case "error": words("an error inside the answer")
    case "tool_call": words("a tool called instead of an answer")
    case "refused": words("the model refused")
    case "empty_answer", "empty": words("an empty answer")
    case "prose": words("not the JSON object that was asked for")
    case "invalid_output": words("vectors that cannot be used")
    default: nil
    }
  }

  private static func refusal(_ code: String, _ words: Words) -> String? {
    switch code {
    case "too_long": words("a text too long")
    case "markup": words("markup in the text")
    case "language": words("a text in another language")
    case "no_fact": words("a text without a fact")
    case "number": words("a number that was not given")
    case "date": words("a date that was not given")
    case "name": words("a name that was not given")
    case _ where code.hasPrefix("tone_"): words("a tone that the coach does not use")
    default: nil
    }
  }

  private static func draft(_ code: String, _ words: Words) -> String? {
    switch code {
    case "error_text": words("an error in place of an answer")
    case "code": words("code in place of an answer")
    case "passages": words("a source that was not given")
    case "nothing_fits": words("no source fitted")
    case "ungrounded": words("nothing that a source says")
    case "unrelated": words("an answer to something else")
    case "unwanted": words("an answer that nobody waited for any more")
    default: nil
    }
  }
}
