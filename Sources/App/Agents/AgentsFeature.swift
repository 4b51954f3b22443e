extension Feature {
  /// By which ways people are reached.
  static let agents = Feature(
    sentence: { facts, words in facts.aboutAgents(words) }, detail: { name, words in AuditFacts.agentDetail(name, words) })
}
