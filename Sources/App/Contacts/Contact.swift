import Domain
import Postgres
import Web

/// Somebody whom a person trusts: told of a reminder when its tier says so, once they have agreed by a letter.
struct Contact {
  let id: ID<Contact>
  let name: String
  /// Of e-mail; empty: none is known.
  let address: String
  /// E.164; empty: none is known.
  let phone: String
  let relationship: String
  /// Their own, like language and quiet hours.
  let zone: Zone
  let language: Language
  let quiet: QuietHours
  let showsNotes: Bool
  let notifyEmail: Bool
  let notifySMS: Bool
  /// Since when they have agreed; nil: they have not, or the address is another since.
  let verifiedAt: Instant?
  /// When they asked for no more mails from this person; nil: they did not.
  let stoppedAt: Instant?
  /// Whether the address was refused for good.
  let isRefused: Bool
  let version: Int
  /// When the newest letter was asked for; nil: none is kept.
  let askedAt: Instant?
  /// How far it has come.
  let letter: MessageState?
  /// Since when the phone is known to be theirs.
  let phoneVerifiedAt: Instant?
  /// Since when no SMS are wanted there.
  let phoneStoppedAt: Instant?

  /// What it is about, for the audit log.
  static let subject = "contact"
  /// How many a person may have: each step that tells contacts tells all of them.
  static let most = 50

  /// Of `contacts c`: those who are told by mail what a tier tells its contacts.
  static let canBeTold: SQL = """
    c.deleted_at IS NULL AND c.notify_email AND c.verified_at IS NOT NULL AND c.address <> ''
      AND NOT EXISTS (SELECT FROM contact_stops s WHERE s.user_id = c.user_id AND s.address_key = c.address_key)
    """

  /// Of `contacts c`: those who are told by SMS.
  static let canBeTexted: SQL = """
    c.deleted_at IS NULL AND c.notify_sms AND c.phone <> ''
      AND EXISTS (SELECT FROM phones p WHERE p.contact_id = c.id AND p.user_id = c.user_id AND p.verified_at IS NOT NULL AND p.stopped_at IS NULL)
      AND NOT EXISTS (SELECT FROM contact_stops s WHERE s.user_id = c.user_id AND s.address_key = c.address_key AND c.address <> '')
    """

  /// Of `contacts c`: those who are told in some way.
  static let canBeReached: SQL = "((\(canBeTold)) OR (\(canBeTexted)))"

  private static let columns: SQL = """
    c.id, c.name, c.address, c.phone, c.relationship, c.timezone, c.zone_rule, c.language, \(QuietHours.ofContact), c.shows_notes,
    c.notify_email, c.notify_sms, c.verified_at, c.version,
    (SELECT s.at FROM contact_stops s WHERE s.user_id = c.user_id AND s.address_key = c.address_key) AS stopped_at,
    EXISTS (SELECT FROM muted_addresses m
      WHERE m.user_id = c.user_id AND m.agent = 'email' AND m.address = c.address_key AND m.reason = 'refused') AS is_refused,
    l.created_at AS asked_at, l.state AS letter, t.verified_at AS phone_verified_at, t.stopped_at AS phone_stopped_at
    """

  private static let letters: SQL = """
    LEFT JOIN LATERAL (
      SELECT m.created_at, o.state FROM contact_mails m
      LEFT JOIN outbox o ON o.subject_id = m.id AND o.escalation_id IS NULL AND o.subject = 'contact'
      WHERE m.contact_id = c.id AND m.user_id = c.user_id AND m.address = c.address ORDER BY m.created_at DESC, m.id DESC LIMIT 1) l ON true
    LEFT JOIN phones t ON t.contact_id = c.id AND t.user_id = c.user_id
    """

  /// - Parameter zones: a zone that this machine has lost goes on by its last rule.
  init(row: Row, zones: Zones) throws(PostgresError) {
    id = try row("id")
    name = try row("name")
    address = try row("address")
    phone = try row("phone")
    relationship = try row("relationship")
    zone = try zones.stored(row)
    language = try row("language")
    quiet = try QuietHours(row)
    showsNotes = try row("shows_notes")
    notifyEmail = try row("notify_email")
    notifySMS = try row("notify_sms")
    verifiedAt = try row("verified_at")
    stoppedAt = try row("stopped_at")
    isRefused = try row("is_refused")
    version = try row("version")
    askedAt = try row("asked_at")
    letter = try row("letter")
    phoneVerifiedAt = try row("phone_verified_at")
    phoneStoppedAt = try row("phone_stopped_at")
  }

  /// Of the person that the transaction is for, by their names; who was deleted is not there.
  static func mine(_ zones: Zones) -> Query<Contact> { query("true ORDER BY lower(c.name), c.id", zones) }

  /// One of them.
  static func query(_ id: ID<Contact>, _ zones: Zones) -> Query<Contact> { query("c.id = \(id)", zones) }

  /// Locks one of them, deleted or not.
  static func lock(_ id: ID<Contact>) -> Query<ID<Contact>> {
    Query(column: "SELECT id FROM contacts WHERE id = \(id) AND user_id = (SELECT me()) FOR UPDATE")
  }

  private static func query(_ which: SQL, _ zones: Zones) -> Query<Contact> {
    Query(
      "SELECT \(columns) FROM contacts c \(letters) WHERE c.user_id = (SELECT me()) AND c.deleted_at IS NULL AND \(which)"
    ) { row throws(PostgresError) in try Contact(row: row, zones: zones) }
  }

  /// Those whom a tier that tells contacts tells, by mail or by SMS.
  static func told(_ zones: Zones) -> Query<Contact> { query("\(canBeReached) ORDER BY lower(c.name), c.id", zones) }

  /// Whether they are told by mail, as ``canBeTold`` has it, and by SMS, as ``canBeTexted``.
  var isToldByMail: Bool { notifyEmail && verifiedAt != nil && !address.utf8.isEmpty && stoppedAt == nil }
  var isToldBySMS: Bool { notifySMS && phoneVerifiedAt != nil && phoneStoppedAt == nil && !phone.utf8.isEmpty && stoppedAt == nil }
}
