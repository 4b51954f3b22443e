import Domain
import Postgres

/// Who was told that the customer of a conversation waits too long, and how that stands: the newest time.
struct LateEscalation {
  let state: EscalationState
  let user: ID<User>
  let name: String
  let at: Instant
  /// nil: it is somebody else's.
  let reminder: ID<Reminder>?

  static func of(_ conversation: SQL) -> Query<LateEscalation> {
    Query(
      "SELECT state, user_id AS user, name, at, reminder_id AS reminder FROM door.late_escalation(\(conversation))",
      into: LateEscalation.init)
  }

  var isOpen: Bool { state == .active || state == .snoozed || state == .acknowledged }
}
