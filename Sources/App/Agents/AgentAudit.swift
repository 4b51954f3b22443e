import HTML

extension AuditFacts {
  /// The sentences about agents; nil for other entries.
  func aboutAgents(_ words: Words) -> String? {
    switch action {
    case "agent.changed": self["enabled"] == "on" ? words("E-mail switched on.") : words("E-mail switched off.")
    case "agent.off": words("E-mail to {address} switched off: the address refuses it.", ["address": self["address"]])
    case "agent.unsubscribed": words("{address} asked for no more mail.", ["address": self["address"]])
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func agentDetail(_ name: String, _ words: Words) -> String? { name == "reason" ? words("Reason") : nil }
}
