import Domain
import HTML

/// What people are told about a problem.
enum ProblemText {
  static func badge(_ status: ProblemStatus, _ words: Words) -> StatusBadge {
    switch status {
    case .active: StatusBadge(tone: "due", icon: "error", label: words("Active", context: "problem"))
    case .monitoring: StatusBadge(tone: "calm", icon: "eye", label: words("Being watched", context: "problem"))
    case .resolved: StatusBadge(tone: "done", icon: "done", label: words("Resolved", context: "problem"))
    case .archived: StatusBadge(tone: "calm", icon: "archive", label: words("Archived", context: "problem"))
    }
  }

  /// "4 · severe".
  static func severity(_ number: Int, _ words: Words) -> String {
    let word =
      switch number {
      case ...1: words("slight", context: "severity")
      case 2: words("minor", context: "severity")
      case 3: words("serious", context: "severity")
      case 4: words("severe", context: "severity")
      default: words("critical", context: "severity")
      }
    return "\(number) · \(word)"
  }

  /// The options of a severity, which may stay empty.
  static func severities(_ words: Words) -> [(value: String, label: String)] {
    TaskText.options(words("None", context: "severity"), (1...5).map { (String($0), severity($0, words)) })
  }

  /// What stands beside the state in a list; nil: nothing is known.
  static func facts(_ problem: Problem, _ words: Words) -> String? {
    let parts =
      [problem.severity.map { severity($0, words) }, problem.horizon.map { HorizonWords.name($0, words) }].compactMap(\.self)
      + problem.tags.map { "#" + $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }

  /// Whether a task that was done made it better; nil: nothing is asked.
  static func question(_ problem: Problem, _ words: Words) -> String? {
    problem.newlyDone.map { words("“{task}” is done. Did it get better?", ["task": $0]) }
  }
}
