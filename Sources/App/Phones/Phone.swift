import Domain
import Postgres
import Web

/// A number that SMS go to: a person's own, or a contact's. What it is stands where it was told; here is whether it is known to be theirs.
struct Phone {
  let id: ID<Phone>
  let user: ID<User>
  /// nil: the person's own.
  let contact: ID<Contact>?
  /// By what a number is known; empty: there is none any more.
  let numberKey: String
  let verifiedAt: Instant?
  /// Since when nothing is wanted there.
  let stoppedAt: Instant?
  /// When the newest code was asked for that is still good.
  let askedAt: Instant?
  /// How far that has come.
  let code: MessageState?

  /// A keyed hash: who reads the table cannot call anybody.
  static func key(_ number: String, _ keys: Keys) -> String { number.utf8.isEmpty ? "" : keys.tag(.phone, number) }

  /// One of whoever owns the transaction.
  ///
  /// - Parameter contact: whose; nil: the person's own.
  static func mine(_ contact: ID<Contact>? = nil, at now: Instant) -> Query<Phone> {
    Query(
      """
      SELECT p.id, p.user_id, p.contact_id, p.number_key, p.verified_at, p.stopped_at, k.created_at AS asked_at, k.state AS code
      FROM phones p LEFT JOIN LATERAL (
        SELECT c.created_at, o.state FROM phone_codes c
        LEFT JOIN outbox o ON o.subject_id = c.id AND o.escalation_id IS NULL AND o.subject = 'phone'
        WHERE c.phone_id = p.id AND c.user_id = p.user_id AND c.number_key = p.number_key AND c.used_at IS NULL AND c.expires_at > \(now)
        ORDER BY c.created_at DESC, c.id DESC LIMIT 1) k ON true
      WHERE p.user_id = (SELECT me()) AND p.contact_id IS NOT DISTINCT FROM \(contact)
      """, into: Phone.init)
  }

  /// Notes which number it is now, of whoever owns the transaction: another than before is not known to be theirs.
  static func keep(_ number: String, of contact: ID<Contact>? = nil, for user: ID<User>, _ web: Context) throws(PostgresError) {
    let key = key(number, web.services.keys)
    // What was asked for at a number is known when it is told again, whatever stood here meanwhile.
    try web.db.run(
      """
      INSERT INTO phone_stops (user_id, number_key, stopped_at)
      SELECT user_id, number_key, stopped_at FROM phones
      WHERE user_id = \(user) AND contact_id IS NOT DISTINCT FROM \(contact) AND stopped_at IS NOT NULL AND number_key <> '' AND number_key <> \(key)
      ON CONFLICT (user_id, number_key) DO UPDATE SET stopped_at = excluded.stopped_at
      """)
    if key.utf8.isEmpty {
      try web.db.run(
        """
        UPDATE phones SET number_key = '', verified_at = NULL, stopped_at = NULL
        WHERE user_id = \(user) AND contact_id IS NOT DISTINCT FROM \(contact)
        """)
      return
    }
    // Who asked for no more gets none because they stand somewhere else now.
    try web.db.run(
      """
      INSERT INTO phones (id, user_id, contact_id, number_key, stopped_at, created_at)
      VALUES (\(ID<Phone>.new(at: web.now)), \(user), \(contact), \(key),
        (SELECT max(s.stopped_at) FROM (
          SELECT o.stopped_at FROM phones o WHERE o.user_id = \(user) AND o.number_key = \(key)
          UNION ALL SELECT t.stopped_at FROM phone_stops t WHERE t.user_id = \(user) AND t.number_key = \(key)) s), \(web.now))
      ON CONFLICT ON CONSTRAINT phones_whose DO UPDATE SET number_key = excluded.number_key,
        verified_at = CASE WHEN phones.number_key = excluded.number_key THEN phones.verified_at END,
        stopped_at = CASE WHEN phones.number_key = excluded.number_key THEN phones.stopped_at ELSE excluded.stopped_at END
      """)
  }

  /// Nothing is wanted at a number any more, whoever told it. For workers.
  static func stop(_ key: String, at now: Instant) -> SQL {
    "UPDATE phones SET stopped_at = \(now) WHERE number_key = \(key) AND number_key <> '' AND stopped_at IS NULL"
  }
}
