import Domain
import Postgres

/// What follows from a message whose other side is gone for good (RULES 4.3): its agent is switched off, and the person is told by mail.
struct AgentGone {
  private let result: OutboxResult
  private let bench: WorkBench

  init(_ result: OutboxResult, _ bench: WorkBench) { (self.result, self.bench) = (result, bench) }

  /// Those of some results, in the order of their people: two workers lock agents in the same order.
  static func note(_ results: [OutboxResult], _ now: Instant, _ bench: WorkBench) throws -> [AuditRecord] {
    let gone = results.filter { $0.state == .failed && $0.judgement.reason == .gone && $0.transfer.message.channel == .webhook }
    let ordered = gone.sorted { $0.transfer.message.user.text < $1.transfer.message.user.text }
    return try ordered.compactMap { try AgentGone($0, bench).note(now) }
  }

  /// - Returns: what is to be recorded; nil: nothing was changed, as where the person has given another address meanwhile.
  private func note(_ now: Instant) throws -> AuditRecord? {
    guard let told = result.transfer.told else { return nil }
    let message = result.transfer.message
    let changed = try bench.db.run(
      """
      UPDATE agents SET enabled = false, gone_at = \(now), version = version + 1, updated_at = \(now)
      WHERE user_id = \(message.user) AND type = \(message.channel) AND enabled AND configuration = \(told.bytes)
      """)
    guard changed == 1 else { return nil }
    let email: String? = try bench.db.value("SELECT email FROM users WHERE id = \(message.user)")
    if let email { try AccountMail.ask(.webhookOff, for: message.user, to: email, at: now, bench.db) }
    let entry = AuditEntry("agent.gone", "agent", nil, ["type": message.channel.rawValue])
    return AuditRecord(user: message.user, account: told.account, entry: entry)
  }
}
