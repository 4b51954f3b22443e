import Domain
import Postgres

/// Where a reminder stands.
enum ReminderStatus: String, CaseIterable, Sendable, Bindable {
  case active, snoozed, completed, archived
}

/// Compared as bytes: a list reads fifty, and a `String` for each would cost more than the row.
extension ReminderStatus: FromColumn {
  init(column: borrowing Column) throws(PostgresError) {
    switch try Text(column: column) {
    case "active": self = .active
    case "snoozed": self = .snoozed
    case "completed": self = .completed
    case "archived": self = .archived
    default: throw column.mismatch("the status of a reminder")
    }
  }
}

/// A reminder's columns that the engine keeps.
struct ReminderState {
  let id: ID<Reminder>
  var status: ReminderStatus
  var nextAt: Instant?
  var lastAt: Instant?
  var snoozedUntil: Instant?
  var completedAt: Instant?
}
