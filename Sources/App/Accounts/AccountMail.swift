import Domain
import Postgres
import Web

/// A mail about an account: to verify an address, to choose a new password, to tell of something. Its token is derived from its id, so that the
/// table holds nothing that opens anything.
struct AccountMail {
  /// What a mail is about.
  enum Kind: String, Bindable, FromColumn {
    case verification, reset
    case signUp = "sign_up"
    case passwordChanged = "password_changed"
    case agentOff = "agent_off"
    case webhookOff = "webhook_off"
    case pushOff = "push_off"

    /// How long its link works.
    var seconds: Int64 {
      switch self {
      case .reset, .signUp: 3_600
      default: 7 * 86_400
      }
    }
  }

  /// Those whose link leads to a new password.
  static let resetting: [Kind] = [.reset, .signUp]

  let id: ID<AccountMail>
  let user: ID<User>
  let kind: Kind
  let email: String
  let expiresAt: Instant
  let usedAt: Instant?

  /// Puts a mail into the outbox.
  static func ask(_ kind: Kind, for user: ID<User>, to email: String, _ web: Context) throws(PostgresError) {
    try ask(kind, for: user, to: email, at: web.now, web.db)
  }

  /// The same for workers and commands.
  static func ask(_ kind: Kind, for user: ID<User>, to email: String, at now: Instant, _ db: Connection) throws(PostgresError) {
    let id = ID<AccountMail>.new(at: now)
    try db.runAll([
      """
      INSERT INTO account_mails (id, user_id, kind, email, created_at, expires_at)
      VALUES (\(id), \(user), \(kind), \(email), \(now), \(now.advanced(seconds: kind.seconds)))
      """,
      sending([(id, user, email, now)]), "SELECT pg_notify('heed_work', '')",
    ])
  }

  /// Their rows in the outbox.
  static func sending(_ mails: [(id: ID<AccountMail>, user: ID<User>, email: String, askedAt: Instant)]) -> SQL {
    .insert(
      into: "outbox", .each("id", mails.map { ID<OutboxMessage>.new(at: $0.askedAt) }), .each("user_id", mails.map(\.user)),
      .all("subject", "'account'"), .each("subject_id", mails.map(\.id)), .all("channel", "'email'"), .all("recipient_kind", "'user'"),
      .all("recipient_id", "t.user_id"), .each("address", mails.map(\.email)), .all("state", "'pending'"),
      .each("due_at", mails.map(\.askedAt)), .all("created_at", "t.due_at"))
  }

  /// Asks for a mail with a link to a new password, whoever the address belongs to, if to anybody: the worker finds out.
  static func askReset(for email: String, _ web: Context) throws(PostgresError) {
    let request = web.request
    let source = JSONText.object(["address": request.address, "agent": request.agent, "request": request.id]).text
    try web.db.run(
      """
      INSERT INTO account_mails (id, kind, email, created_at, expires_at, asked_from)
      VALUES (\(ID<AccountMail>.new(at: web.now)), \(Kind.reset), \(email), \(web.now), \(web.now.advanced(seconds: Kind.reset.seconds)),
        \(source)::text::jsonb)
      """)
    try web.db.run("SELECT pg_notify('heed_work', '')")
  }

  /// The token of the mail's link.
  static func token(_ id: ID<AccountMail>, _ keys: Keys) -> String { Token.make(id.bytes, .accountMail, keys) }

  /// The mail of a link, its owner made the owner of the transaction, its row locked. Late and used mails are returned too: the page says so.
  ///
  /// - Throws: ``Failure/notFound`` for a token that is none of ours or of another kind of mail.
  static func open(_ token: String, _ kinds: [Kind], _ web: Context) throws -> AccountMail {
    guard let payload = Token.read(token, .accountMail, web.services.keys), let id = ID<AccountMail>(bytes: payload) else {
      throw Failure.notFound
    }
    let owner = try web.db.row("SELECT user_id, account_id FROM door.account_mail(\(id))", into: OwnerIDs.init)
    guard let owner else { throw Failure.notFound }
    try web.act(for: owner.user, of: owner.account)
    let found = try web.db.row(
      "SELECT id, user_id, kind, email, expires_at, used_at FROM account_mails WHERE id = \(id) AND user_id = \(owner.user) FOR UPDATE",
      into: AccountMail.init)
    guard let mail = found, kinds.contains(mail.kind) else { throw Failure.notFound }
    return mail
  }

  /// Whether its link still works.
  func isGood(at now: Instant) -> Bool { usedAt == nil && now < expiresAt }

  /// Marks it as used.
  func use(at now: Instant, _ db: Connection) throws(PostgresError) {
    try db.run("UPDATE account_mails SET used_at = \(now) WHERE id = \(id) AND user_id = \(user)")
  }
}
