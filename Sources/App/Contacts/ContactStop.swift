import Domain
import Postgres

/// That an address wants nothing of a person's reminders, of the person that the transaction is for. It stays when the contact is deleted or made anew.
enum ContactStop {
  /// - Parameter key: as ``EmailAddress/key(_:)`` spells it.
  static func isThere(_ key: String, _ db: Connection) throws(PostgresError) -> Bool {
    let found: Bool? = try db.value("SELECT true FROM contact_stops WHERE user_id = (SELECT me()) AND address_key = \(key)")
    return found == true
  }

  /// - Returns: false when it was so already.
  static func begin(_ key: String, of user: ID<User>, at now: Instant, _ db: Connection) throws(PostgresError) -> Bool {
    try db.run("INSERT INTO contact_stops (user_id, address_key, at) VALUES (\(user), \(key), \(now)) ON CONFLICT DO NOTHING") == 1
  }

  /// - Returns: false when there was none.
  static func end(_ key: String, _ db: Connection) throws(PostgresError) -> Bool {
    let count: Int? = try db.value("SELECT door.resume_contact(\(key))::int")
    return count ?? 0 > 0
  }

  /// That of the contact with this address; nil: there is none any more.
  static func language(_ key: String, _ db: Connection) throws(PostgresError) -> Language? {
    try db.value(
      """
      SELECT language FROM contacts WHERE user_id = (SELECT me()) AND address_key = \(key) ORDER BY deleted_at IS NOT NULL, id DESC LIMIT 1
      """)
  }
}
