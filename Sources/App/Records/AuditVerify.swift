import Domain
import Postgres
import Web

/// The audit log's reading side: is every chain whole?
public enum AuditVerification {
  /// What was found.
  public enum Outcome: Equatable, Sendable {
    /// All chains are whole: so many rows in so many accounts.
    case whole(rows: Int, accounts: Int)
    /// The first row that is not as it was written, or that is missing.
    case broken(account: String, number: Int64, why: String)
  }

  /// Walks every account's chain from its first row to its head.
  ///
  /// - Parameter db: a connection as `heed_owner`, who sees all.
  public static func verify(_ keys: Keys, _ db: Connection) throws(PostgresError) -> Outcome {
    let headless: ID<Account>? = try db.value(
      "SELECT account_id FROM audit_log l WHERE NOT EXISTS (SELECT 1 FROM audit_heads h WHERE h.account_id = l.account_id) ORDER BY 1 LIMIT 1"
    )
    if let headless { return .broken(account: headless.text, number: 1, why: "the end of the chain is not recorded") }
    let heads: [Head] = try db.rows("SELECT account_id, number, mac FROM audit_heads ORDER BY account_id")
    var rows = 0
    for head in heads {
      var previous: [UInt8] = []
      var number: Int64 = 0
      while true {
        let batch: [Stored] = try db.rows(
          """
          SELECT \(Stored.columns)
          FROM audit_log WHERE account_id = \(head.account) AND number > \(number) ORDER BY number LIMIT 1000
          """)
        if batch.isEmpty { break }
        for stored in batch {
          if let why = stored.complaint(after: previous, number, keys) {
            return .broken(account: head.account.text, number: number + 1, why: why)
          }
          previous = stored.mac
          number = stored.row.number
          rows += 1
        }
      }
      if let broken = head.complaint(atEnd: number, previous) { return broken }
    }
    return .whole(rows: rows, accounts: heads.count)
  }

  /// Whether the log was written with this key, by the first row of one account; nil when there is none. A first row that was altered looks
  /// like another key.
  ///
  /// - Parameter db: a connection as `heed_owner`.
  public static func isKey(_ keys: Keys, _ db: Connection) throws(PostgresError) -> Bool? {
    let first: Stored? = try db.row("SELECT \(Stored.columns) FROM audit_log WHERE number = 1 ORDER BY account_id DESC LIMIT 1")
    return first.map { $0.complaint(after: [], 0, keys) == nil }
  }

  private struct Head: FromRow {
    let account: ID<Account>
    let number: Int64
    let mac: [UInt8]

    init(row: Row) throws(PostgresError) {
      account = try row("account_id")
      number = try row("number")
      mac = try row("mac")
    }

    /// Compares the recorded end of the chain with its last row.
    func complaint(atEnd last: Int64, _ mac: [UInt8]) -> Outcome? {
      if number > last { return .broken(account: account.text, number: last + 1, why: "it is missing, with all after it") }
      if number < last { return .broken(account: account.text, number: number + 1, why: "it stands after the recorded end of the chain") }
      if self.mac != mac { return .broken(account: account.text, number: last, why: "the recorded end of the chain does not fit it") }
      return nil
    }
  }

  private struct Stored: FromRow {
    static let columns: Columns = """
      id, account_id, number, at, user_id, actor, action, subject, subject_id::text AS subject_id, payload,
      payload_sha256, address, agent, request_id, mac
      """
    let row: AuditRow
    let hasPayload: Bool
    let mac: [UInt8]

    init(row: Row) throws(PostgresError) {
      let payload: String? = try row("payload")
      hasPayload = payload != nil
      self.row = try AuditRow(row: row, payload: payload ?? "")
      mac = try row("mac")
    }

    func complaint(after previous: [UInt8], _ number: Int64, _ keys: Keys) -> String? {
      if row.number != number + 1 { return "it is missing" }
      if hasPayload, Keys.sha256(Array(row.payload.utf8)) != row.payloadHash { return "its details were changed" }
      if row.mac(after: previous, keys) != mac { return "it is not as it was written" }
      return nil
    }
  }
}

extension AuditRow {
  /// Reads a stored row. The MAC covers the payload by its hash, so that a payload that was erased leaves the chain whole.
  init(row: Row, payload: String) throws(PostgresError) {
    id = try row("id")
    account = try row("account_id")
    number = try row("number")
    at = try row("at")
    user = try row("user_id")
    actor = try row("actor")
    action = try row("action")
    subject = try row("subject")
    subjectID = try row("subject_id")
    self.payload = payload
    payloadHash = try row("payload_sha256")
    address = try row("address")
    agent = try row("agent")
    requestID = try row("request_id")
  }
}
