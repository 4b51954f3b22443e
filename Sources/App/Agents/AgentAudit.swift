import Domain
import HTML

extension AuditFacts {
  /// The sentences about agents; nil for other entries.
  func aboutAgents(_ words: Words) -> String? {
    let agent: KeyValuePairs = ["agent": AgentType(rawValue: self["type"]).map { AgentNames.name($0, words) } ?? self["type"]]
    return switch action {
    case "agent.changed" where self["type"] == "email":
      self["enabled"] == "on" ? words("E-mail switched on.") : words("E-mail switched off.")
    case "agent.changed":
      self["enabled"] == "on" ? words("Saved and switched on: {agent}.", agent) : words("Saved and switched off: {agent}.", agent)
    case "agent.code_asked": words("Asked for a code by {agent}.", agent)
    case "agent.verified": words("Verified the number and switched on: {agent}.", agent)
    case "agent.stopped": words("STOP came by {agent}: nothing more is sent there.", agent)
    case "agent.resumed": words("START came by {agent}: messages are sent there again.", agent)
    case "agent.tested": words("Asked for a test message by {agent}.", agent)
    case "agent.secret_rotated": words("Gave {agent} another secret.", agent)
    case "agent.gone": words("Switched off: {agent}. Its address says that it is gone.", agent)
    case "agent.off": words("E-mail to {address} switched off: the address refuses it.", ["address": self["address"]])
    case "agent.unsubscribed": words("{address} asked for no more mail.", ["address": self["address"]])
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func agentDetail(_ name: String, _ words: Words) -> String? {
    name == "reason" ? words("Reason") : channels.lazy.flatMap(\.fields).first { $0.name == name }?.label(words)
  }
}
