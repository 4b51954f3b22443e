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
}
