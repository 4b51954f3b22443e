import Domain
import Postgres

/// The rows that a new person starts with.
enum Users {
  /// Inserts account, user, and what each feature has for somebody new (``Feature/welcome``). The caller has made the new ids the transaction's owner.
  ///
  /// - Throws: `users_email_key` when the address is taken.
  static func insert(
    _ new: NewPerson, user: ID<User>, account: ID<Account>, passwordHash: String, role: Role = .owner, makesAccount: Bool = true,
    verified: Bool,
    at now: Instant, _ db: Connection
  ) throws(PostgresError) {
    if makesAccount {
      try db.run("INSERT INTO accounts (id, name, created_at) VALUES (\(account), \(new.displayName), \(now))")
    }
    // Sunday begins the week in Brazil, Monday elsewhere, until the person says otherwise.
    let weekStart: Weekday = new.language == .portuguese ? .sunday : .monday
    try db.run(
      """
      INSERT INTO users (id, account_id, role, email, email_key, verified_at, password_hash, display_name, timezone, language, week_start,
        zone_rule, zone_lost, created_at, updated_at)
      VALUES (\(user), \(account), \(role), \(new.email), \(EmailAddress.key(new.email)), \(verified ? now : nil), \(passwordHash),
        \(new.displayName), \(new.zone.name), \(new.language), \(weekStart), \(new.zone.rule),
        \(new.zone.isLost), \(now), \(now))
      """)
    for feature in features { try feature.welcome(user, now, db) }
  }
}
