import Domain
import Postgres

/// How many calls a person may cause on a habit date, and the drafts of an account on a date by UTC (`HEED_LLM_DAILY`).
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

  /// The same for the drafts of an account.
  static func take(_ account: ID<Account>, on day: Day, of most: Int, _ db: Connection) throws(PostgresError) -> Bool {
    guard most > 0 else { return false }
    let calls: Int? = try db.value(
      """
      INSERT INTO model_account_days AS d (account_id, date, calls) VALUES (\(account), \(day), 1)
      ON CONFLICT (account_id, date) DO UPDATE SET calls = d.calls + 1 WHERE d.calls < \(most) RETURNING calls
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

  static let accountRetention = Retention("model_account_days", days: 90) { before in
    """
    DELETE FROM model_account_days WHERE (account_id, date) IN (
      SELECT account_id, date FROM model_account_days WHERE date < \(Day(Int(before.seconds / 86_400))) LIMIT \(Chore.slice))
    """
  }
}
