import Crypto
import Domain
import FoundationEssentials
import Postgres
import Web

/// Who asked for a change.
enum Actor: String {
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
  var actor: Actor
  var address = ""
  var agent = ""
  var requestID = ""
}

/// The audit log's writing side.
enum Audit {
  /// Appends entries to an account's chain. The head row is locked here, so call it last in the transaction, accounts in id order.
  ///
  /// - Parameters:
  ///   - user: whose rows were changed.
  ///   - keys: the MAC's key.
  static func append(
    _ entries: [AuditEntry], user: ID<User>, account: ID<Account>, from source: AuditSource, at now: Instant, _ keys: Keys, _ db: Connection
  ) throws(PostgresError) {
    guard !entries.isEmpty else { return }
    try db.run("INSERT INTO audit_heads (account_id, number, mac) VALUES (\(account), 0, ''::bytea) ON CONFLICT DO NOTHING")
    guard var head: AuditHead = try db.row("SELECT number, mac FROM audit_heads WHERE account_id = \(account) FOR UPDATE") else { return }
    for entry in entries {
      let row = AuditRow(entry, number: head.number + 1, user: user, account: account, from: source, at: now)
      let mac = row.mac(after: head.mac, keys)
      try row.insert(mac: mac, db)
      head = AuditHead(number: row.number, mac: mac)
    }
    try db.run("UPDATE audit_heads SET number = \(head.number), mac = \(head.mac) WHERE account_id = \(account)")
  }
}

/// The end of an account's chain.
struct AuditHead: FromRow {
  let number: Int64
  let mac: [UInt8]

  init(number: Int64, mac: [UInt8]) { (self.number, self.mac) = (number, mac) }

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

  func insert(mac: [UInt8], _ db: Connection) throws(PostgresError) {
    try db.run(
      """
      INSERT INTO audit_log (id, account_id, number, at, user_id, actor, action, subject, subject_id, payload, payload_sha256, address, agent,
        request_id, mac)
      VALUES (\(id), \(account), \(number), \(at), \(user), \(actor), \(action), \(subject), \(subjectID)::text::uuid, \(payload),
        \(payloadHash), \(address), \(agent), \(requestID), \(mac))
      """)
  }
}

extension Context {
  /// Records what this request did. Call it last in a change.
  func audit(_ entries: AuditEntry..., as actor: Actor = .user) throws {
    let person = try self.person
    try audit(entries, user: person.id, account: person.account, as: actor)
  }

  /// The same, for somebody who is not signed in: a signed link, a sign-up.
  func audit(_ entries: [AuditEntry], user: ID<User>, account: ID<Account>, as actor: Actor) throws(PostgresError) {
    let source = AuditSource(actor: actor, address: request.address, agent: request.agent, requestID: request.id)
    try Audit.append(entries, user: user, account: account, from: source, at: now, services.keys, db)
  }
}
