import Domain
import HTML
import Postgres
import Web

/// Forms that make a thing carry a nonce; the same nonce of the same person again leads to the first result.
enum Idempotency {
  /// What the nonces of contacts begin with (``PersonPage/logNonce(_:)``).
  static let contact = "contact"

  /// A nonce for a fresh form.
  static func nonce() -> String { Bytes.hex(Keys.random(16)) }

  /// A nonce for a form that stands in a list or timeline, where nothing may vary from one rendering to the next: it changes with what it is about.
  ///
  /// It is no secret: keys are kept for each person. A signature of it took a twelfth of a list of habits.
  ///
  /// - Parameter parts: what the form does, to what, and the revision of that, which every change makes another.
  static func nonce(_ parts: String...) -> String { parts.joined(separator: " ") }
}

/// The nonce of a posted form, as the table keeps it for the person.
struct IdempotencyKey {
  private let key: String

  /// nil where the form has none, or one that cannot be: it then makes a new thing each time.
  ///
  /// - Parameter alone: whether the nonce decides whatever else the form holds (RULES 8.33).
  init?(_ form: Form, alone: Bool = false) {
    guard let nonce = form.text("nonce"), (1...100).contains(nonce.unicodeScalars.count) else { return nil }
    if alone {
      key = nonce
      return
    }
    // An answer or a note in other words, an invitation of somebody else, or a contact at another time, from another window or from a page that was
    // gone back to, is another one: taken for the first it would be lost.
    let isContact = nonce.utf8.starts(with: Idempotency.contact.utf8)
    let contact = isContact ? "\(form.text("at") ?? "")\n\(form.text("words") ?? "")" : nil
    key = (form.text("text") ?? form.text("email") ?? contact).map { Bytes.hex(Keys.sha256(Array("\(nonce)\n\($0)".utf8))) } ?? nonce
  }

  /// Writes the key for the owner of the transaction, before anything else: of two equal posts at the same time the second waits here for the first.
  /// A row comes back when it is new, none when it was there already, or nobody owns the transaction.
  func taking(at now: Instant) -> Query<Bool> {
    Query(
      column: """
        INSERT INTO idempotency_keys (user_id, key, location, created_at)
        SELECT u.id, \(key), '', \(now) FROM users u WHERE u.id = (SELECT me()) ON CONFLICT DO NOTHING RETURNING true
        """)
  }

  /// Where the first post led; nil where it led nowhere: it was refused, and something of it was kept.
  func place(_ db: Connection) throws(PostgresError) -> Path? {
    let first: String? = try db.value("SELECT location FROM idempotency_keys WHERE user_id = (SELECT me()) AND key = \(key) FOR UPDATE")
    return first.flatMap { Path(checking: $0) }
  }

  /// What was noted of the first post in the place of where it led; nil: nothing.
  func mark(_ db: Connection) throws(PostgresError) -> String? {
    try db.value("SELECT location FROM idempotency_keys WHERE user_id = (SELECT me()) AND key = \(key)")
  }

  /// Notes it, of what leads nowhere.
  func marking(_ mark: String) -> SQL {
    "UPDATE idempotency_keys SET location = \(mark) WHERE user_id = (SELECT me()) AND key = \(key)"
  }

  /// Notes where it led.
  func remembering(_ place: Path) -> SQL {
    "UPDATE idempotency_keys SET location = \(place.text) WHERE user_id = (SELECT me()) AND key = \(key)"
  }
}
