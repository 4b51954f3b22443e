import Domain
import HTML
import Postgres
import Web

/// Somebody is asked by mail to join an account. Its link is derived from its id, so that the table holds nothing that opens anything; it works for
/// seven days, once, and for the address it was sent to alone.
struct Invitation {
  static let days: Int64 = 7

  let id: ID<Invitation>
  let account: ID<Account>
  /// The name of the account.
  let team: String
  let email: String
  let emailKey: String
  let role: Role
  let language: Language
  /// The address of whoever invites.
  let invitedBy: String
  let expiresAt: Instant
  let acceptedAt: Instant?
  let revokedAt: Instant?
  /// Whether somebody here has that address.
  let hasAccount: Bool

  /// Whether it can still be taken.
  func isGood(at now: Instant) -> Bool { acceptedAt == nil && revokedAt == nil && now < expiresAt }

  /// Whether it was this person who took it.
  func hasTaken(_ person: Person) -> Bool {
    acceptedAt != nil && person.account == account && EmailAddress.key(person.email).utf8.elementsEqual(emailKey.utf8)
  }

  /// The token of its link.
  static func token(_ id: ID<Invitation>, _ keys: Keys) -> String { Token.make(id.bytes, .invitation, keys) }

  /// The invitation of a link; used, late and revoked ones too: the page says so.
  ///
  /// - Throws: ``Failure/notFound`` for a token that is none of ours.
  static func open(_ token: String, _ web: Context) throws -> Invitation {
    guard let payload = Token.read(token, .invitation, web.services.keys), let id = ID<Invitation>(bytes: payload),
      let found = try web.db.row(query(id))
    else { throw Failure.notFound }
    return found
  }

  private static func query(_ id: ID<Invitation>) -> Query<Invitation> {
    Query(
      """
      SELECT id, account_id AS account, team, email, email_key, role, language, invited_by, expires_at, accepted_at, revoked_at, has_account
      FROM door.invitation(\(id))
      """, into: Invitation.init)
  }

  /// Takes it for whoever the transaction is for.
  func join(_ web: Context) throws -> TeamOutcome {
    try TeamOutcome(try web.db.value("SELECT door.join_team(\(id), \(web.now))"))
  }

  /// Puts an invitation into the table and its mail into the outbox; an earlier one to the same address is taken back.
  ///
  /// - Parameter person: who invites; of an address that is verified.
  static func send(to email: String, as role: Role, by person: Person, at now: Instant, _ db: Connection) throws(PostgresError)
    -> ID<Invitation>
  {
    let (id, key) = (ID<Invitation>.new(at: now), EmailAddress.key(email))
    try db.runAll([
      // Two who invite the same address at once: the second takes back what the first has sent.
      "SELECT pg_advisory_xact_lock(hashtextextended('invite ' || my_account()::text, 0))",
      """
      UPDATE invitations SET revoked_at = \(now)
      WHERE account_id = my_account() AND email_key = \(key) AND accepted_at IS NULL AND revoked_at IS NULL
      """,
      """
      INSERT INTO invitations (id, account_id, email, email_key, role, language, invited_by, created_at, expires_at)
      VALUES (\(id), \(person.account), \(email), \(key), \(role), \(person.language), \(person.email), \(now), \(now.advanced(days: days)))
      """,
      """
      INSERT INTO outbox (id, user_id, subject, subject_id, channel, recipient_kind, recipient_id, address, state, due_at, created_at)
      VALUES (\(ID<OutboxMessage>.new(at: now)), \(person.id), 'invitation', \(id), 'email', 'guest', \(id), \(email), 'pending', \(now), \(now))
      """,
    ])
    return id
  }
}

/// What came of a change of a team, in the words of the functions at the door.
enum TeamOutcome: String, FromColumn {
  case done, same, used, missing, forbidden, last, keeps

  /// - Throws: ``Failure/notFound`` where nothing was said.
  init(_ found: TeamOutcome?) throws {
    guard let found else { throw Failure.notFound }
    self = found
  }

  /// Whether something changed.
  ///
  /// - Throws: for what cannot be.
  func changed() throws -> Bool {
    switch self {
    case .done: return true
    case .same, .used: return false
    case .missing: throw Failure.notFound
    case .forbidden: throw Failure.forbidden
    case .last: throw TeamRefusal.lastOwner
    case .keeps: throw TeamRefusal.leavesThings
    }
  }
}

/// Why a team stays as it is.
enum TeamRefusal: Refusal, Equatable {
  case lastOwner, leavesThings

  func sentence(_ words: Words) -> String {
    switch self {
    case .lastOwner: words("An account needs an owner. Make somebody else one first.")
    case .leavesThings:
      words("The account that you would leave has sources, which nobody could reach any more. Delete them first.")
    }
  }
}
