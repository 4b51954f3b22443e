import Domain
import HTML
import Postgres

/// When an agent last reached its person, and when it last failed to, whether it was asked to by a reminder or for a test.
struct AgentHealth {
  let type: AgentType
  let sentAt: Instant?
  let failedAt: Instant?
  let reason: OutboxReason?
  let code: String?
  let detail: String?

  /// Of each agent of whoever owns the transaction; what was for their contacts does not count.
  static var mine: Query<AgentHealth> {
    Query(
      """
      SELECT t.type, s.sent_at, f.due_at AS failed_at, f.reason, f.code, f.detail
      FROM unnest(\(AgentType.allCases)) AS t (type)
      LEFT JOIN LATERAL (
        SELECT o.sent_at FROM outbox o
        WHERE o.user_id = me() AND o.channel = t.type AND o.sent_at IS NOT NULL AND o.subject IN ('escalation', 'test')
          AND o.recipient_kind IN ('user', 'device')
        ORDER BY o.sent_at DESC LIMIT 1) s ON true
      LEFT JOIN LATERAL (
        SELECT o.due_at, o.reason, o.code, o.detail FROM outbox o
        WHERE o.user_id = me() AND o.state = 'failed' AND o.channel = t.type AND o.subject IN ('escalation', 'test')
          AND o.recipient_kind IN ('user', 'device')
        ORDER BY o.due_at DESC LIMIT 1) f ON true
      """, into: AgentHealth.init)
  }
}

/// How an agent did of late, in a line.
struct AgentHealthLine {
  /// For tools, in UTC; empty: never.
  let lastSuccess: String
  let lastFailure: String
  let success: String
  let failure: String

  init(_ health: AgentHealth?, _ words: Words, _ time: (Instant) -> String) {
    (lastSuccess, lastFailure) = (health?.sentAt?.iso ?? "", health?.failedAt?.iso ?? "")
    success = health?.sentAt.map { words("Last success: {time}.", ["time": time($0)]) } ?? words("Last success: none yet.")
    let why = DeliveryWords.why(health?.reason, health?.code, health?.detail ?? "", by: health?.type, words)
    failure =
      health?.failedAt.map { failed in
        why.map { words("Last failure: {time}, {reason}.", ["time": time(failed), "reason": $0]) }
          ?? words("Last failure: {time}.", ["time": time(failed)])
      } ?? words("Last failure: none.")
  }
}
