import Domain
import HTML
import Postgres
import Web

/// What people do with a channel, in one transaction. Its row is locked before this begins, so two devices wait for each other.
struct DeskChannelCommands {
  let channel: DeskChannel
  private let web: Context
  private let person: Person

  private var db: Connection { web.db }
  private var now: Instant { web.now }
  private var vault: Vault { Vault(masters: web.services.masters, db: web.db) }

  /// For how long a secret is good after another took its place, in hours.
  static let oldSecretHours = 24

  /// - Throws: ``Failure/notFound`` when the channel is missing, deleted or another account's.
  static func find(_ id: ID<DeskChannel>, _ web: Context) throws -> DeskChannelCommands {
    let person = try web.person
    let lock = Query<ID<DeskChannel>>(
      column: "SELECT id FROM channels WHERE id = \(id) AND account_id = (SELECT my_account()) FOR NO KEY UPDATE")
    let (_, channels) = try web.db.read(lock, DeskChannel.ours("c.id = \(id)"))
    guard let channel = channels.first else { throw Failure.notFound }
    return DeskChannelCommands(channel: channel, web: web, person: person)
  }

  func save(_ posted: DeskChannelDraft) throws -> [AuditEntry] {
    guard posted.version == channel.version else { throw StaleForm() }
    let draft = posted.compared(with: channel)
    try DeskChannelTaken.check(draft, but: channel.id, web)
    let imap = try password(draft.mailbox.password, DeskChannel.imapPasswordColumn)
    let smtp = try password(draft.outgoing.password, DeskChannel.smtpPasswordColumn)
    try DeskChannelTaken.telling(web.words, in: db) {
      try db.run(
        """
        UPDATE channels SET \(draft.fields.assignments), imap_password = \(imap), smtp_password = \(smtp), version = version + 1,
          updated_at = \(now) WHERE id = \(channel.id)
        """)
    }
    if draft.mailbox.isChanged(from: channel) || draft.isEnabled && !channel.isEnabled {
      try db.queue(DeskChannelCommands.lookingAnew(channel.id, isAnother: draft.mailbox.isAnother(than: channel), at: now))
    }
    if draft.hours.isChanged(from: channel) {
      try db.queue([Job.asking(for: LateTimes.name, at: channel.id.text, of: channel.account, now: now)])
    }
    return draft.changes.isEmpty ? [] : [AuditEntry("channel.changed", DeskChannel.subject, channel.id.text, draft.changes).shared]
  }

  /// Gives it another secret; the old one is good for a day.
  ///
  /// - Returns: the new one, to be shown once.
  func rotate() throws -> (secret: String, did: [AuditEntry]) {
    let secret = WebhookSignature.newSecret()
    let old = try vault.open(channel.secret, of: channel.account, at: DeskChannel.secretColumn.place(channel.id))
    let sealed = try vault.seal(Array(secret.utf8), of: channel.account, at: DeskChannel.secretColumn.place(channel.id), now: now)
    let kept = try vault.seal(old, of: channel.account, at: DeskChannel.oldSecretColumn.place(channel.id), now: now)
    try db.run(
      """
      UPDATE channels SET secret = \(sealed), old_secret = \(kept), old_secret_until = \(now.advanced(hours: Self.oldSecretHours)),
        updated_at = \(now) WHERE id = \(channel.id)
      """)
    return (secret, [AuditEntry("channel.secret_rotated", DeskChannel.subject, channel.id.text, ["name": channel.name]).shared])
  }

  /// Takes no more messages. What came stays, and can be read.
  func delete() throws -> [AuditEntry] {
    try db.run("UPDATE channels SET deleted_at = \(now), updated_at = \(now) WHERE id = \(channel.id)")
    return [AuditEntry("channel.deleted", DeskChannel.subject, channel.id.text, ["name": channel.name]).shared]
  }

  /// Takes a deletion back, unless something of it is another channel's meanwhile.
  static func restore(_ id: ID<DeskChannel>, _ web: Context) throws -> (name: String, did: [AuditEntry]) {
    _ = try web.person
    let found: (String, Bool)? = try web.db.row(
      Query(
        tuple: "SELECT name, deleted_at IS NOT NULL FROM channels WHERE id = \(id) AND account_id = (SELECT my_account()) FOR NO KEY UPDATE"
      ))
    guard let (name, isDeleted) = found else { throw Failure.notFound }
    if !isDeleted { return (name, []) }
    do {
      try web.db.transaction {
        try web.db.run("UPDATE channels SET deleted_at = NULL, updated_at = \(web.now) WHERE id = \(id)")
      }
    } catch {
      guard let taken = DeskChannelTaken(error) else { throw error }
      throw DeskChannelRefusal.taken(taken)
    }
    try web.db.queue(lookingAnew(id, isAnother: false, at: web.now))
    return (name, [AuditEntry("channel.restored", DeskChannel.subject, id.text, ["name": name]).shared])
  }

  /// Its mailbox is looked at as one of which nothing is known yet.
  private static func lookingAnew(_ id: ID<DeskChannel>, isAnother: Bool, at now: Instant) -> [SQL] {
    [
      """
      UPDATE channel_states SET last_look_at = NULL, last_good_at = \(now), failing_since = NULL, error = '',
        uid_validity = CASE WHEN \(isAnother) THEN NULL ELSE uid_validity END, last_uid = CASE WHEN \(isAnother) THEN 0 ELSE last_uid END,
        mailbox = CASE WHEN \(isAnother) THEN mailbox + 1 ELSE mailbox END
      WHERE channel_id = \(id)
      """
    ]
  }

  private func password(_ draft: PasswordDraft, _ column: SecretColumn) throws -> SQL {
    switch draft {
    case .kept: return "\(raw: column.column)"
    case .none: return "NULL"
    case .new(let text):
      return "\(try vault.seal(Array(text.utf8), of: channel.account, at: column.place(channel.id), now: now))"
    }
  }
}

extension DeskChannelDraft {
  /// Makes it, for a person who may.
  ///
  /// - Returns: its secret, to be shown once.
  /// - Throws: ``FormErrors`` where something of it is another channel's.
  func make(_ id: ID<DeskChannel>, of account: ID<Account>, at now: Instant, _ words: Words, _ vault: Vault) throws -> String {
    let db = vault.db
    let secret = WebhookSignature.newSecret()
    func sealed(_ text: String, _ column: SecretColumn) throws -> [UInt8] {
      try vault.seal(Array(text.utf8), of: account, at: column.place(id), now: now)
    }
    func sealed(_ password: PasswordDraft, _ column: SecretColumn) throws -> [UInt8]? {
      if case .new(let text) = password { try sealed(text, column) } else { nil }
    }
    let (signing, imap, smtp) = (
      try sealed(secret, DeskChannel.secretColumn), try sealed(mailbox.password, DeskChannel.imapPasswordColumn),
      try sealed(outgoing.password, DeskChannel.smtpPasswordColumn)
    )
    try DeskChannelTaken.telling(words, in: db) {
      try db.run(
        """
        INSERT INTO channels (id, account_id, type, secret, imap_password, smtp_password, created_at, updated_at, \(fields.columns))
        VALUES (\(id), \(account), \(type), \(signing), \(imap), \(smtp), \(now), \(now), \(fields.values))
        """)
    }
    try db.run("INSERT INTO channel_states (channel_id, account_id, last_good_at) VALUES (\(id), \(account), \(now))")
    return secret
  }
}

/// What of a channel belongs to another one.
enum DeskChannelTaken: String {
  case external = "channels_by_external"
  case address = "channels_by_address"
  /// Whoever's it is: of another account nothing is said.
  case folder = "channels_by_folder"

  /// - Returns: nil for an error of another kind.
  init?(_ error: any Error) {
    guard let constraint = (error as? PostgresError)?.constraint, let taken = DeskChannelTaken(rawValue: constraint) else { return nil }
    self = taken
  }

  var field: String {
    switch self {
    case .external: "external_id"
    case .address: "address"
    case .folder: "folder"
    }
  }

  func sentence(_ words: Words) -> String {
    switch self {
    case .external: words("Another channel has this id already.")
    case .address: words("Another channel has this address already.")
    case .folder: words("This folder is taken. Name another.")
    }
  }

  /// Writes, and says of which field it is that the database has another row of.
  static func telling(_ words: Words, in db: Connection, _ write: () throws -> Void) throws {
    do {
      // A savepoint, so that the form can be shown again.
      try db.transaction(write)
    } catch {
      guard let taken = DeskChannelTaken(error) else { throw error }
      throw FormErrors(taken.field, taken.sentence(words))
    }
  }

  /// Refuses addresses that another channel of the account has, as its own or as an alias.
  static func check(_ draft: DeskChannelDraft, but id: ID<DeskChannel>, _ web: Context) throws {
    let keys = draft.addressKeys
    if keys.isEmpty { return }
    let taken: [String] = try web.db.rows(
      Query(
        column: """
          SELECT k FROM unnest(\(keys)) k WHERE EXISTS (
            SELECT FROM channels c WHERE c.account_id = (SELECT my_account()) AND c.deleted_at IS NULL AND c.id <> \(id)
              AND (lower(c.address) = k OR EXISTS (SELECT FROM unnest(c.aliases) a WHERE lower(a) = k)))
          """))
    var errors = FormErrors()
    for key in taken {
      let isOwn = key.utf8.elementsEqual(keys[0].utf8)
      errors.add(
        isOwn ? "address" : "aliases",
        isOwn
          ? DeskChannelTaken.address.sentence(web.words)
          : web.words("Another channel has {address} already.", ["address": key]))
    }
    if !errors.isEmpty { throw errors }
  }
}

/// Why somebody cannot do something with a channel.
enum DeskChannelRefusal: Refusal {
  case taken(DeskChannelTaken)

  func sentence(_ words: Words) -> String {
    switch self {
    case .taken(.folder): words("Its folder is another channel's meanwhile.")
    case .taken: words("Another channel has its address or id meanwhile. Change or delete that one first.")
    }
  }
}
