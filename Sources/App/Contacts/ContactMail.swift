import Domain
import Postgres
import Web

/// A letter that asks somebody whether they agree to be a contact. Its token is derived from its id, so that the table holds nothing that opens
/// anything; agreeing counts for the address that it went to alone.
struct ContactMail {
  /// How long its link works.
  static let days: Int64 = 7

  let id: ID<ContactMail>
  let user: ID<User>
  let contact: ID<Contact>
  let address: String
  /// The address of who asks, as it was then.
  let askedBy: String
  let expiresAt: Instant
  let usedAt: Instant?
  /// Of the contact as it is now.
  let language: Language
  /// Whether the contact still has that address.
  let isCurrent: Bool
  /// Whether the contact has agreed.
  let isVerified: Bool

  /// Puts a letter into the outbox.
  ///
  /// - Parameter person: who asks; of an address that is verified.
  static func ask(_ contact: ID<Contact>, at address: String, by person: Person, at now: Instant, _ db: Connection) throws(PostgresError) {
    let id = ID<ContactMail>.new(at: now)
    try db.runAll([
      """
      INSERT INTO contact_mails (id, user_id, contact_id, address, asked_by, created_at, expires_at)
      VALUES (\(id), \(person.id), \(contact), \(address), \(person.email), \(now), \(now.advanced(days: days)))
      """,
      """
      INSERT INTO outbox (id, user_id, subject, subject_id, channel, recipient_kind, recipient_id, address, state, due_at, created_at)
      VALUES (\(ID<OutboxMessage>.new(at: now)), \(person.id), 'contact', \(id), 'email', 'contact', \(contact), \(address), 'pending', \(now),
        \(now))
      """,
    ])
  }

  /// The token of its link.
  static func token(_ id: ID<ContactMail>, _ keys: Keys) -> String { Token.make(id.bytes, .contact, keys) }

  /// The letter of a link, who asked made the owner of the transaction, the contact's row locked. Late and used ones are returned too: the page says so.
  ///
  /// - Throws: ``Failure/notFound`` for a token that is none of ours, and where the contact was deleted.
  static func open(_ token: String, _ web: Context) throws -> ContactMail {
    guard let payload = Token.read(token, .contact, web.services.keys), let id = ID<ContactMail>(bytes: payload) else {
      throw Failure.notFound
    }
    let owner = try web.db.row("SELECT user_id, account_id FROM door.contact_mail(\(id))", into: OwnerIDs.init)
    guard let owner else { throw Failure.notFound }
    try web.act(for: owner.user, of: owner.account)
    let found = try web.db.row(
      """
      SELECT m.id, m.user_id, m.contact_id, m.address, m.asked_by, m.expires_at, m.used_at, c.language, c.address = m.address AS is_current,
        c.verified_at IS NOT NULL AS is_verified
      FROM contact_mails m JOIN contacts c ON c.id = m.contact_id AND c.user_id = m.user_id
      WHERE m.id = \(id) AND m.user_id = \(owner.user) AND c.deleted_at IS NULL FOR UPDATE OF c
      """, into: ContactMail.init)
    guard let mail = found else { throw Failure.notFound }
    return mail
  }

  /// Whether its link still works.
  func isGood(at now: Instant) -> Bool { usedAt == nil && isCurrent && now < expiresAt }
}
