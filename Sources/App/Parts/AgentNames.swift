import Domain
import HTML

/// The names of agents.
enum AgentNames {
  static func name(_ type: AgentType, _ words: Words) -> String {
    switch type {
    case .email: words("e-mail")
    case .sms: words("SMS")
    case .webhook: words("webhook")
    case .push: words("push")
    case .pull: words("pull")
    }
  }

  /// "push, SMS".
  static func list(_ types: [AgentType], _ words: Words) -> String { types.map { name($0, words) }.joined(separator: ", ") }
}
