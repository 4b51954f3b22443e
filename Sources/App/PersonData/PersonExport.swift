import Domain
import Postgres

/// Everything that is kept of a person, as JSON: one picture of one moment, however many rows there are and whatever is changed meanwhile
/// (RULES 7.5).
public enum PersonExport {
  /// What takes the bytes as they come.
  public typealias Sink = ([UInt8]) throws -> Void

  /// Writes it.
  ///
  /// - Parameters:
  ///   - begin: makes the person the owner of the transaction, and says who it is; nil: there is nobody.
  ///   - db: in no transaction. What is read is read as it was when that began.
  /// - Returns: whether there was somebody.
  @discardableResult
  static func write(at now: Instant, _ db: Connection, for begin: () throws -> ID<User>?, to sink: Sink) throws -> Bool {
    try db.transaction { () throws -> Bool in
      try db.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
      guard let user = try begin() else { return false }
      let secret = ["password_hash", "email_key", "revision"]
      let person: String? = try db.value("SELECT (to_jsonb(u) - \(secret))::text FROM users u WHERE u.id = \(user)")
      guard let person else { return false }
      try sink(Array("{\"format\":\"heed-person-1\",\"exported_at\":\"\(now.iso)\",\"person\":\(person)".utf8))
      for table in ExportedTable.all { try write(table, db, to: sink) }
      try sink(Array("}\n".utf8))
      return true
    }
  }

  private static func write(_ table: ExportedTable, _ db: Connection, to sink: Sink) throws {
    let keys: [ID<ExportedTable>] = try db.rows(Query(column: table.keys))
    try sink(Array(",\n\"\(table.name)\":[".utf8))
    var isFirst = true
    for start in stride(from: 0, to: keys.count, by: table.slice) {
      let rows: [String] = try db.rows(Query(column: table.rows(Array(keys[start..<min(start + table.slice, keys.count)]))))
      var bytes: [UInt8] = []
      for row in rows {
        bytes += isFirst ? "\n".utf8 : ",\n".utf8
        // No browser takes it for a page, whatever it is told.
        for byte in row.utf8 { if byte == UInt8(ascii: "<") { bytes += "\\u003c".utf8 } else { bytes.append(byte) } }
        isFirst = false
      }
      try sink(bytes)
    }
    try sink([UInt8(ascii: "]")])
  }

  /// For an operator: of the person with an address.
  ///
  /// - Parameter db: a connection as `heed_owner`; in no transaction.
  /// - Throws: ``Operator/Complaint`` where nobody has it.
  public static func write(of email: String, _ services: Services, at now: Instant, _ db: Connection, to sink: Sink) throws {
    let found: (ID<User>, ID<Account>)? = try db.row(
      Query(tuple: "SELECT id, account_id FROM users WHERE email_key = \(EmailAddress.key(email))"))
    guard let (user, account) = found else { throw Operator.Complaint(description: "Nobody has the address \(email).") }
    let begin: () throws -> ID<User>? = {
      // Whoever reads may take their time: a pager, a slow disk.
      try db.local("idle_in_transaction_session_timeout", "0")
      _ = try db.rows(Query<Void>.setting(user: user, account: account, role: nil))
      return user
    }
    try write(at: now, db, for: begin, to: sink)
    try db.transaction {
      let entry = AuditEntry("person.exported", "user", user.text)
      try Audit.append([entry], user: user, account: account, by: Actor(kind: .operator), at: now, services.keys, db)
    }
  }
}
