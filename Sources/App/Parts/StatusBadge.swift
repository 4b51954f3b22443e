import Domain
import HTML
import Postgres

/// A state as a word, a drawing and a colour.
struct StatusBadge {
  /// `urgent`, `due`, `calm`, `done`.
  let tone: String
  let icon: String
  let label: String
}

/// What became of a message, in words.
enum DeliveryWords {
  static func label(_ agent: AgentType, _ state: MessageState, _ words: Words) -> String {
    words("{agent} {state}", ["agent": self.agent(agent, words), "state": self.state(state, words)])
  }

  static func agent(_ agent: AgentType, _ words: Words) -> String {
    switch agent {
    case .email: words("e-mail")
    case .sms: words("SMS")
    case .webhook: words("webhook")
    case .push: words("push")
    case .pull: words("pull")
    }
  }

  static func state(_ state: MessageState, _ words: Words) -> String {
    switch state {
    case .pending: words("waiting", context: "message")
    case .sending: words("on its way", context: "message")
    case .sent: words("sent", context: "message")
    case .delivered: words("delivered", context: "message")
    case .failed: words("failed", context: "message")
    case .held: words("held", context: "message")
    case .cancelled: words("cancelled", context: "message")
    }
  }
}
