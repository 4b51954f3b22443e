import Crypto
import Domain
import FoundationEssentials
import Postgres
import Web

/// One thing that somebody changed: written in the transaction of the change itself. Rows of an account form a chain: each MAC covers the one
/// before it, so that a row that is altered, taken out or put in shows.
struct AuditEntry: Equatable {
  let action: String
  let subject: String
  let subjectID: String?
  /// What changed, "before" and "after" where both are known; never a secret.
  let payload: [String: String]
  /// Whether it is about what the account shares, for all of its members to read.
  private(set) var isShared = false
  /// In whose log it stands; nil: of whoever acts.
  private(set) var owner: ID<User>?

  init(_ action: String, _ subject: String, _ subjectID: String? = nil, _ payload: [String: String] = [:]) {
    (self.action, self.subject, self.subjectID, self.payload) = (action, subject, subjectID, payload)
  }

  /// The same with further details.
  func adding(_ facts: [String: String]) -> AuditEntry {
    var entry = AuditEntry(action, subject, subjectID, payload.merging(facts) { _, new in new })
    (entry.isShared, entry.owner) = (isShared, owner)
    return entry
  }

  /// The same in the log of another member, whom it is about as well: the database takes that of offers alone.
  func of(_ user: ID<User>) -> AuditEntry {
    var entry = self
    entry.owner = user
    return entry
  }

  /// The same, about what the account shares.
  var shared: AuditEntry {
    var entry = self
    entry.isShared = true
    return entry
  }
}

/// An entry, and in whose chain it stands.
struct AuditRecord {
  /// Whose rows were changed; nil: the account's.
  let user: ID<User>?
  let account: ID<Account>
  let entry: AuditEntry
}

/// The audit log's writing side.
enum Audit {
  /// Appends entries to the chains of their accounts: in one round trip however many there are, and with the end of the transaction. The ends of
  /// the chains are locked here, in the order of the accounts, so call it last in the transaction, and once.
  ///
  /// The database keeps the order and lets nobody write for another account; what an entry is worth, its MAC says, whose key only we have.
  ///
  /// - Parameter keys: the MAC's key.
  /// - Throws: when there is no such account: nothing is changed that is not written down.
  static func append(
    _ records: [AuditRecord], by actor: Actor, at now: Instant, _ keys: Keys, _ db: Connection
  ) throws(PostgresError) {
    if records.isEmpty { return }
    let chains = try db.rows(
      "SELECT account_id, number, mac FROM door.audit_heads(\(Array(Set(records.map(\.account)))))", into: AuditChain.init)
    var heads = Dictionary(chains.map { ($0.account, $0.head) }, uniquingKeysWith: { first, _ in first })
    var rows: [AuditRow] = []
    var macs: [[UInt8]] = []
    for record in records {
      guard let head = heads[record.account] else {
        throw .value("there is no account \(record.account.text) whose audit log could be written")
      }
      let row = AuditRow(record, number: head.number + 1, by: actor, at: now)
      let mac = row.mac(after: head.mac, keys)
      heads[record.account] = AuditHead(number: row.number, mac: mac)
      rows.append(row)
      macs.append(mac)
    }
    try db.queue([
      """
      SELECT door.audit_append(\(now), \(actor.address), \(actor.agent), \(actor.request), \(AuditRow.newest)::smallint,
        \(rows.map(\.account)), \(rows.map(\.number)), \(rows.map(\.user)), \(rows.map(\.actor)), \(rows.map(\.actorID))::text[]::uuid[],
        \(rows.map(\.id)), \(rows.map(\.action)), \(rows.map(\.subject)), \(rows.map(\.subjectID))::text[]::uuid[],
        \(rows.map(\.payload)), \(rows.map(\.payloadHash)), \(macs))
      """
    ])
  }

  /// The same for one person.
  ///
  /// - Parameter user: whose rows were changed.
  static func append(
    _ entries: [AuditEntry], user: ID<User>, account: ID<Account>, by actor: Actor, at now: Instant, _ keys: Keys, _ db: Connection
  ) throws(PostgresError) {
    let records = entries.map { AuditRecord(user: $0.isShared ? nil : $0.owner ?? user, account: account, entry: $0) }
    try append(records, by: actor, at: now, keys, db)
  }
}

/// The end of an account's chain.
struct AuditHead {
  let number: Int64
  let mac: [UInt8]
}

extension AuditHead: FromColumns {
  init(columns: inout ColumnReader) throws(PostgresError) { self = try columns.read(into: Self.init) }
}

/// A row as it is chained: the fields in the order in which the MAC reads them.
struct AuditRow {
  /// The version that is written. Rows of version 0 say nothing about who the actor was.
  static let newest = 1

  /// By which formula its MAC is made.
  let version: Int
  let id: ID<AuditRow>
  let account: ID<Account>
  let number: Int64
  let at: Instant
  let user: ID<User>?
  let actor: String
  let actorID: String?
  let action: String
  let subject: String
  let subjectID: String?
  let payload: String
  let payloadHash: [UInt8]
  let address: String
  let agent: String
  let requestID: String

  init(_ record: AuditRecord, number: Int64, by actor: Actor, at now: Instant) {
    version = AuditRow.newest
    id = ID.new(at: now)
    account = record.account
    self.number = number
    at = now
    user = record.user
    self.actor = actor.kind.rawValue
    actorID = actor.id
    action = record.entry.action
    subject = record.entry.subject
    subjectID = record.entry.subjectID
    payload = JSONText.object(record.entry.payload).text
    payloadHash = Keys.sha256(Array(payload.utf8))
    address = actor.address
    agent = actor.agent
    requestID = actor.request
  }

  /// HMAC over the version, the previous MAC, every column and the hash of the payload; each field with its length before it, so that no two rows
  /// read the same. Version 0 has neither a byte for itself nor the actor's id.
  func mac(after previous: [UInt8], _ keys: Keys) -> [UInt8] {
    var message = version == 0 ? previous : [UInt8(truncatingIfNeeded: version)] + previous
    let fields: [String] =
      [id.text, account.text, String(number), String(at.microseconds), user?.text ?? "", actor] + (version == 0 ? [] : [actorID ?? ""])
      + [action, subject, subjectID ?? "", address, agent, requestID]
    for field in fields.map({ Array($0.utf8) }) + [payloadHash] {
      withUnsafeBytes(of: UInt64(field.count).bigEndian) { message.append(contentsOf: $0) }
      message.append(contentsOf: field)
    }
    return keys.mac(.audit, message)
  }
}

extension Context {
  /// Who asks for what this request does: whoever is signed in, or holds the link, the telephone or a webhook's secret.
  func actor(_ kind: ActorKind = .user) throws -> Actor {
    let person = try self.person
    let name =
      switch kind {
      case .link: person.email
      case .sms: words("An SMS")
      case .webhook: words("A webhook")
      case .key: words("An API key")
      case .assistant: words("{name}, as the assistant proposed", ["name": person.displayName])
      default: person.displayName
      }
    return actor(kind, person.id, name: name)
  }

  /// The same for somebody of whom no name is told.
  func actor(_ kind: ActorKind, _ id: ID<User>, name: String = "") -> Actor {
    Actor(kind: kind, id: id.text, name: name, address: request.address, agent: request.agent, request: request.id)
  }
}
