import Domain
import Postgres

/// How long after an acknowledgement a person is asked again where nobody said it, by importance (RULES 3.5).
struct AgainStandard: Equatable, Sendable {
  /// Minutes; of what is not here nobody asks again.
  private(set) var minutes: [Importance: Int] = [:]

  /// What the settings offer, in minutes; 0: not asked again.
  static let offered = [0, 15, 30, 60, 120, 240, 480, 720, 1_440, 2_880]

  /// Of `users u`.
  static let columns: Columns = "u.again_low, u.again_medium, u.again_high, u.again_critical"

  /// Of the owner of `reminders r`, by its importance; NULL: nobody asks again.
  static let ofReminder: Columns = """
    (SELECT CASE r.importance WHEN 'low' THEN u.again_low WHEN 'medium' THEN u.again_medium WHEN 'high' THEN u.again_high ELSE u.again_critical END
      FROM users u WHERE u.id = r.user_id) AS again_minutes
    """

  subscript(importance: Importance) -> Int? {
    get { minutes[importance] }
    set { minutes[importance] = newValue }
  }

  /// Reads ``columns``.
  init(_ row: Row) throws(PostgresError) {
    minutes[.low] = try row("again_low")
    minutes[.medium] = try row("again_medium")
    minutes[.high] = try row("again_high")
    minutes[.critical] = try row("again_critical")
  }

  init() {}

  /// As a row holds it.
  var fields: RowValues {
    [
      "again_low": "\(minutes[.low])", "again_medium": "\(minutes[.medium])", "again_high": "\(minutes[.high])",
      "again_critical": "\(minutes[.critical])",
    ]
  }
}
