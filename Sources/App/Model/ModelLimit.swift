import Domain
import Postgres

/// How many calls a person may cause on a habit date (`HEED_LLM_DAILY`).
enum ModelLimit {
  /// Counts a call that is about to be made.
  ///
  /// - Returns: false when there may be none; nothing is counted then.
  static func take(_ user: ID<User>, on day: Day, of most: Int, _ db: Connection) throws(PostgresError) -> Bool {
    let calls: Int? = try db.value(
      """
      INSERT INTO model_days AS d (user_id, date, calls) VALUES (\(user), \(day), 1)
      ON CONFLICT (user_id, date) DO UPDATE SET calls = d.calls + 1 WHERE d.calls < \(most) RETURNING calls
      """)
    return calls != nil
  }

  /// - Returns: true the first time on a date: then the person is told.
  static func isNews(_ user: ID<User>, on day: Day, _ db: Connection) throws(PostgresError) -> Bool {
    try db.run("UPDATE model_days SET is_told = true WHERE user_id = \(user) AND date = \(day) AND NOT is_told") == 1
  }

  static let retention = Retention("model_days", days: 90) { before in
    """
    DELETE FROM model_days WHERE (user_id, date) IN (
      SELECT user_id, date FROM model_days WHERE date < \(Day(Int(before.seconds / 86_400))) LIMIT \(Chore.slice))
    """
  }
}
