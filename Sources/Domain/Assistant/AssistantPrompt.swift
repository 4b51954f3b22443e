/// The file of the assistant's prompt, `assistant.N.md`: rules for the model. What it is given stands in messages of their own (RULES 9.34, 9.47).
///
/// `{{language}}` `{{today}}` `{{time}}` `{{zone}}` `{{name}}` are filled in.
public struct AssistantPromptFile: Hashable, Sendable {
  public let number: Int
  let text: String

  public init(number: Int, text: String) { (self.number, self.text) = (number, text) }

  /// "assistant.1": kept with every answer and run.
  public var name: String { "assistant.\(number)" }

  /// - Parameters:
  ///   - local: what it is o'clock for the person.
  ///   - zone: by its name.
  ///   - person: what they are called.
  public func rendered(_ language: Language, at local: LocalTime, zone: String, person: String) -> CoachPrompt {
    let values = [
      "language": language == .english ? "English" : "Brazilian Portuguese",
      "today": "\(local.day.weekday.english) \(local.day.iso)", "time": local.time.text, "zone": zone, "name": CoachFence.line(person),
    ]
    return CoachPrompt(file: name, text.split(separator: "\n", omittingEmptySubsequences: false), filling: values)
  }
}

extension Weekday {
  fileprivate var english: String {
    switch self {
    case .monday: "Monday"
    case .tuesday: "Tuesday"
    case .wednesday: "Wednesday"
    case .thursday: "Thursday"
    case .friday: "Friday"
    case .saturday: "Saturday"
    case .sunday: "Sunday"
    }
  }
}
