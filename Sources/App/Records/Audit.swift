import Crypto
import Domain
import FoundationEssentials
import Postgres
import Web

/// Who asked for a change.
enum ActorKind: String {
  case user, link, key, `operator`, system
}

/// One thing that somebody changed: written in the transaction of the change itself. Rows of an account form a chain: each MAC covers the one
/// before it, so that a row that is altered, taken out or put in shows.
struct AuditEntry {
  let action: String
  let subject: String
  let subjectID: String?
  /// What changed, "before" and "after" where both are known; never a secret.
  let payload: [String: String]

  init(_ action: String, _ subject: String, _ subjectID: String? = nil, _ payload: [String: String] = [:]) {
    (self.action, self.subject, self.subjectID, self.payload) = (action, subject, subjectID, payload)
  }
}

/// Where a change came from.
struct AuditSource {
  var actor: ActorKind
  var address = ""
  var agent = ""
  var requestID = ""
}

/// The audit log's writing side.
enum Audit {
  /// Appends entries to an account's chain, in two round trips however many there are. The head row is locked here, so call it last in the
  /// transaction, accounts in id order.
  ///
  /// The database keeps the order and lets nobody write for another account; what an entry is worth, its MAC says, whose key only we have.
  ///
  /// - Parameters:
  ///   - user: whose rows were changed.
  ///   - keys: the MAC's key.
  /// - Throws: when there is no such account: nothing is changed that is not written down.
  static func append(
    _ entries: [AuditEntry], user: ID<User>, account: ID<Account>, from source: AuditSource, at now: Instant, _ keys: Keys, _ db: Connection
  ) throws(PostgresError) {
    guard !entries.isEmpty else { return }
    guard let head: AuditHead = try db.row("SELECT number, mac FROM door.audit_head(\(account))") else {
      throw .value("there is no account \(account.text) whose audit log could be written")
    }
    var rows: [AuditRow] = []
    var macs: [[UInt8]] = []
    for entry in entries {
      let row = AuditRow(entry, number: head.number + 1 + Int64(rows.count), user: user, account: account, from: source, at: now)
      macs.append(row.mac(after: macs.last ?? head.mac, keys))
      rows.append(row)
    }
    try db.run(
      """
      SELECT door.audit_append(\(account), \(head.number + 1), \(now), \(user), \(source.actor.rawValue), \(source.address), \(source.agent),
        \(source.requestID), \(rows.map(\.id)), \(rows.map(\.action)), \(rows.map(\.subject)), \(rows.map(\.subjectID))::text[]::uuid[],
        \(rows.map(\.payload)), \(rows.map(\.payloadHash)), \(macs))
      """)
  }
}

/// The end of an account's chain.
struct AuditHead: FromRow {
  let number: Int64
  let mac: [UInt8]

  init(row: Row) throws(PostgresError) {
    number = try row("number")
    mac = try row("mac")
  }
}

/// A row as it is chained: the fields in the order in which the MAC reads them.
struct AuditRow {
  let id: ID<AuditRow>
  let account: ID<Account>
  let number: Int64
  let at: Instant
  let user: ID<User>?
  let actor: String
  let action: String
  let subject: String
  let subjectID: String?
  let payload: String
  let payloadHash: [UInt8]
  let address: String
  let agent: String
  let requestID: String

  init(_ entry: AuditEntry, number: Int64, user: ID<User>, account: ID<Account>, from source: AuditSource, at now: Instant) {
    id = ID.new(at: now)
    self.account = account
    self.number = number
    at = now
    self.user = user
    actor = source.actor.rawValue
    action = entry.action
    subject = entry.subject
    subjectID = entry.subjectID
    payload = JSONText.object(entry.payload)
    payloadHash = Keys.sha256(Array(payload.utf8))
    address = source.address
    agent = source.agent
    requestID = source.requestID
  }

  /// HMAC over the previous MAC, every column and the hash of the payload; each field with its length before it, so that no two rows read the same.
  func mac(after previous: [UInt8], _ keys: Keys) -> [UInt8] {
    var message = previous
    let fields: [String] = [
      id.text, account.text, String(number), String(at.microseconds), user?.text ?? "", actor, action, subject, subjectID ?? "", address,
      agent,
      requestID,
    ]
    for field in fields.map({ Array($0.utf8) }) + [payloadHash] {
      withUnsafeBytes(of: UInt64(field.count).bigEndian) { message.append(contentsOf: $0) }
      message.append(contentsOf: field)
    }
    return keys.mac(.audit, message)
  }
}

extension Context {
  /// Records what this request did. Call it last in a change.
  func audit(_ entries: AuditEntry..., as actor: ActorKind = .user) throws {
    let person = try self.person
    try audit(entries, user: person.id, account: person.account, as: actor)
  }

  /// The same, for somebody who is not signed in: a signed link, a sign-up.
  func audit(_ entries: [AuditEntry], user: ID<User>, account: ID<Account>, as actor: ActorKind) throws(PostgresError) {
    let source = AuditSource(actor: actor, address: request.address, agent: request.agent, requestID: request.id)
    try Audit.append(entries, user: user, account: account, from: source, at: now, services.keys, db)
  }
}
