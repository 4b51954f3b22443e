import Domain

/// Whom a tier tells, and by what.
struct TierTold {
  /// By which agents its owner is told.
  let used: [AgentType]
  /// What it names and the owner has not set up. Mail always is: everybody has an address, and who switched it off wants none.
  let missing: [AgentType]
  let tellsContacts: Bool
  /// Mail to the owner comes in the place of what is not there (RULES 3.11): of all the agents that it names, or of contacts where it names no agent.
  let isInstead: Bool

  /// - Parameter means: what the owner has switched on.
  init(_ agents: [AgentType], _ means: [AgentType], tellsContacts: Bool) {
    let ready = agents.filter { $0 == .email || means.contains($0) }
    missing = agents.filter { $0 != .email && !means.contains($0) }
    self.tellsContacts = tellsContacts
    isInstead = ready.isEmpty && (!agents.isEmpty || !tellsContacts)
    used = isInstead ? [.email] : ready
  }
}
