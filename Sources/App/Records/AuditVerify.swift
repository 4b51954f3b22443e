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

  /// Walks every account's chain from its first row to its head. Every account has one: its making is the first entry.
  ///
  /// Reads everything as it was at one moment, so that the site may go on writing meanwhile.
  ///
  /// - Parameters:
  ///   - previous: of the secret before, with which older rows may have been written.
  ///   - db: a connection as `heed_owner`, who sees all; in no transaction.
  ///   - logged: the ends of chains that the log saw: without them a chain that was cut together with its recorded end looks whole.
  public static func verify(
    _ keys: Keys, previous: Keys? = nil, _ db: Connection, against logged: LoggedHeads = LoggedHeads()
  ) throws(PostgresError) -> Outcome {
    let keys = [keys] + [previous].compactMap { $0 }
    return try db.transaction { () throws(PostgresError) in
      try db.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
      let chains = try db.rows(
        """
        SELECT account_id, h.number, h.mac, (SELECT min(l.number) FROM audit_log l WHERE l.account_id = a.account_id) AS lowest,
          r.number AS archived, r.mac AS archived_end, r.seal
        FROM (SELECT unnest(\(logged.accounts)) AS account_id UNION SELECT id FROM accounts UNION SELECT account_id FROM audit_heads
          UNION SELECT account_id FROM audit_log) a
        LEFT JOIN audit_heads h USING (account_id) LEFT JOIN audit_archives r USING (account_id) ORDER BY account_id
        """, into: Chain.init)
      var rows = 0
      for chain in chains {
        if let broken = try chain.walk(keys, db, logged, count: &rows) { return broken }
      }
      return .whole(rows: rows, accounts: chains.count)
    }
  }

  /// Whether the log was written with this key, by the first row of one account; nil when there is none. A first row that was altered looks
  /// like another key. Where all first rows are in files, what seals the end of one says it.
  ///
  /// - Parameters:
  ///   - previous: of the secret before.
  ///   - db: a connection as `heed_owner`.
  public static func isKey(_ keys: Keys, previous: Keys? = nil, _ db: Connection) throws(PostgresError) -> Bool? {
    let keys = [keys] + [previous].compactMap { $0 }
    let first: Stored? = try db.row("SELECT \(Stored.columns) FROM audit_log WHERE number = 1 ORDER BY account_id DESC LIMIT 1")
    if let first { return first.complaint(after: [], 0, keys) == nil }
    // An older schema has none.
    guard try db.value("SELECT to_regclass('public.audit_archives') IS NOT NULL", as: Bool.self) == true else { return nil }
    let archived = try db.row(
      "SELECT account_id, number, mac, seal FROM audit_archives ORDER BY account_id DESC LIMIT 1", into: ArchivedEnd.init)
    return archived.map { end in keys.contains { AuditArchive.seal(end.account, end.number, end.mac, $0) == end.seal } }
  }

  /// How far the files of an account go.
  private struct ArchivedEnd {
    let account: ID<Account>
    let number: Int64
    let mac: [UInt8]
    let seal: [UInt8]
  }

  private struct Chain {
    let account: ID<Account>
    let number: Int64?
    let mac: [UInt8]?
    /// The lowest number among its rows; nil: it has none.
    let lowest: Int64?
    /// The last that stands in files and no longer here, with its MAC, and what says that the program put it there; nil: none does.
    let archived: Int64?
    let archivedEnd: [UInt8]?
    let seal: [UInt8]?

    /// nil: no end is recorded.
    private var head: AuditHead? { number.flatMap { number in mac.map { AuditHead(number: number, mac: $0) } } }

    func walk(_ keys: [Keys], _ db: Connection, _ logged: LoggedHeads, count: inout Int) throws(PostgresError) -> Outcome? {
      guard let head else { return broken(1, "the chain, or its recorded end, is missing") }
      if let lowest, lowest < 1 { return broken(lowest, "it stands before the beginning of the chain") }
      var previous = archivedEnd ?? []
      var number = archived ?? 0
      if let archived, !keys.contains(where: { AuditArchive.seal(account, archived, previous, $0) == seal }) {
        return broken(archived, "the end of its archive is not as it was written")
      }
      var id = ID<AuditRow>(high: 0, low: 0)
      while true {
        // The id too: nothing but this walk keeps a number from being there twice.
        let batch: [Stored] = try db.rows(
          """
          SELECT \(Stored.columns) FROM audit_log WHERE account_id = \(account) AND (number, id) > (\(number), \(id)) ORDER BY number, id LIMIT 1000
          """)
        for stored in batch {
          if let why = stored.complaint(after: previous, number, keys) { return broken(min(stored.row.number, number + 1), why) }
          previous = stored.mac
          (number, id) = (stored.row.number, stored.row.id)
          if logged.contradicts(account, number, previous) { return broken(number, "it is not the row that the log saw at this place") }
          count += 1
        }
        if batch.count < 1_000 { break }
      }
      return complaint(head, atEnd: number, previous, loggedEnd: logged.last(of: account))
    }

    /// Compares the recorded end of the chain, and the one that the log saw, with its last row.
    private func complaint(_ head: AuditHead, atEnd last: Int64, _ mac: [UInt8], loggedEnd: Int64) -> Outcome? {
      if head.number > last { return broken(last + 1, "it is missing, with all after it") }
      if head.number < last { return broken(head.number + 1, "it stands after the recorded end of the chain") }
      if loggedEnd > last { return broken(last + 1, "it is missing: the log saw the chain reach row \(loggedEnd)") }
      if last == 0 { return broken(1, "it is missing: an account's making is written down") }
      return head.mac == mac ? nil : broken(last, "the recorded end of the chain does not fit it")
    }

    private func broken(_ number: Int64, _ why: String) -> Outcome { .broken(account: account.text, number: number, why: why) }
  }

  /// An entry as the table holds it.
  struct Stored: FromRow {
    static let columns: Columns = """
      version, id, account_id, number, at, user_id, actor, actor_id::text AS actor_id, action, subject, subject_id::text AS subject_id, payload,
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

    func complaint(after previous: [UInt8], _ number: Int64, _ keys: [Keys]) -> String? {
      if row.number == number { return "it is there twice" }
      if row.number != number + 1 { return "it is missing" }
      if !(0...AuditRow.newest).contains(row.version) { return "it is of version \(row.version), which this program does not know" }
      if hasPayload, Keys.sha256(Array(row.payload.utf8)) != row.payloadHash { return "its details were changed" }
      if !keys.contains(where: { row.mac(after: previous, $0) == mac }) { return "it is not as it was written" }
      return nil
    }
  }
}

extension AuditRow {
  /// Reads a stored row. The MAC covers the payload by its hash, so that a payload that was erased leaves the chain whole.
  init(row: Row, payload: String) throws(PostgresError) {
    version = try row("version")
    id = try row("id")
    account = try row("account_id")
    number = try row("number")
    at = try row("at")
    user = try row("user_id")
    actor = try row("actor")
    actorID = try row("actor_id")
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
