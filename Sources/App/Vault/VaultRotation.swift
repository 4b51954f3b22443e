import Crypto
import Domain
import Postgres
import Web

/// `heed vault rotate`: gives each account a new key and seals with it what the old one sealed.
///
/// Ended at any moment, nothing is lost, and the next one takes it from there: a key that something is still sealed with stays. First every account
/// gets its new key and every secret is sealed anew, a slice to a transaction; then old keys that nothing uses go. Meanwhile the site serves and works.
public struct VaultRotation {
  /// How many secrets a transaction seals anew.
  static let slice = 200
  /// Any number (`heed` and 1 in ASCII): one rotation at a time.
  private static let lock: Int64 = 0x6865_6564_31

  /// What was done, as one line of JSON.
  public struct Outcome: Equatable, Sendable {
    /// Columns that may hold secrets; 0: no feature has one yet.
    public let columns: Int
    /// Accounts that have a key, and so a new one now.
    public fileprivate(set) var accounts = 0
    public fileprivate(set) var secrets = 0
    /// What does not open, and stays as it is with its key: no key to it is there, or it was changed.
    public fileprivate(set) var unreadable = 0

    public var json: String {
      "{\"columns\":\(columns),\"accounts\":\(accounts),\"secrets\":\(secrets),\"unreadable\":\(unreadable)}"
    }
  }

  /// Another one is under way.
  public struct Busy: Error {}

  private let masters: MasterKeys
  private let keys: Keys
  private let db: Connection
  private let columns: [SecretColumn]
  private let now: Instant
  /// Told of each secret that does not open: where it lies, and why.
  private let failed: (_ details: [String: String]) -> Void
  private var outcome: Outcome

  /// - Parameters:
  ///   - db: a connection as `heed_owner`, past all walls; in no transaction.
  ///   - failed: told of each secret that does not open: where it lies, and why.
  public init(_ services: Services, _ db: Connection, at now: Instant, failed: @escaping (_ details: [String: String]) -> Void) {
    self.init(services, db, at: now, features.flatMap(\.secrets), failed: failed)
  }

  init(
    _ services: Services, _ db: Connection, at now: Instant, _ columns: [SecretColumn],
    failed: @escaping (_ details: [String: String]) -> Void
  ) {
    (masters, keys, self.db, self.now) = (services.masters, services.keys, db, now)
    (self.columns, self.failed, outcome) = (columns, failed, Outcome(columns: columns.count))
  }

  /// - Throws: ``Busy``, or a `PostgresError`: what is done by then stays done.
  public mutating func run() throws -> Outcome {
    guard try db.value("SELECT pg_try_advisory_lock(\(Self.lock))", as: Bool.self) == true else { throw Busy() }
    var secrets: [ID<Account>: Int] = [:]
    try eachAccount("true") { account in
      try renew(account)
      outcome.accounts += 1
      secrets[account] = try sealAnew(account) { _, _ in }
    }
    try eachAccount("retired_at IS NOT NULL") { account in try finish(account, secrets[account] ?? 0) }
    try db.run("SELECT pg_advisory_unlock(\(Self.lock))")
    return outcome
  }

  private func eachAccount(_ which: SQL, _ body: (ID<Account>) throws -> Void) throws {
    var last = ID<Account>(high: 0, low: 0)
    while true {
      let accounts: [ID<Account>] = try db.rows(
        Query(
          column:
            "SELECT DISTINCT account_id FROM account_keys WHERE account_id > \(last) AND \(which) ORDER BY account_id LIMIT \(Self.slice)"
        ))
      for account in accounts { try body(account) }
      guard let end = accounts.last else { return }
      last = end
    }
  }

  /// Retires the key that seals and puts a new one in its place.
  private func renew(_ account: ID<Account>) throws {
    try db.transaction {
      let taken: [UInt8] = try db.rows(
        Query(
          column: """
            SELECT version FROM account_keys WHERE account_id = \(account) ORDER BY retired_at IS NULL, version FOR NO KEY UPDATE
            """))
      // After the last one comes the first again.
      let free = (0..<255).lazy.map { UInt8((Int(taken.last ?? 0) + $0) % 255 + 1) }.first { !taken.contains($0) }
      guard let free else { throw VaultError.noKey(version: 0) }
      let key = DataKey(account: account, version: free, key: SymmetricKey(size: .bits256))
      try db.runAll([
        "UPDATE account_keys SET retired_at = \(now) WHERE account_id = \(account) AND retired_at IS NULL",
        "INSERT INTO account_keys (account_id, version, wrapped, made_at) VALUES (\(account), \(Int(free)), \(try masters.wrap(key)), \(now))",
      ])
    }
  }

  /// Seals what other keys of an account sealed.
  ///
  /// - Parameter refused: told of each secret that does not open.
  /// - Returns: how many secrets.
  private mutating func sealAnew(_ account: ID<Account>, refused: (VaultPlace, VaultError) -> Void) throws -> Int {
    var count = 0
    for column in columns {
      var last: String? = ""
      while let after = last {
        let done = try db.transaction { try slice(of: column, account, after: after, refused) }
        (last, count) = (done.last, count + done.sealed)
        outcome.secrets += done.sealed
      }
    }
    return count
  }

  /// Seals with the key of the moment, which stays until the transaction ends: then it does no harm if another rotation is under way after all.
  ///
  /// - Returns: the row after which to go on, nil at the end, and how many secrets were sealed.
  private func slice(
    of column: SecretColumn, _ account: ID<Account>, after: String, _ refused: (VaultPlace, VaultError) -> Void
  ) throws -> (last: String?, sealed: Int) {
    let vault = Vault(masters: masters, db: db)
    guard let key = try vault.current(account) else { return (nil, 0) }
    let rows = try db.rows(
      Query<(String, [UInt8])>(
        tuple: """
          SELECT (\(raw: column.row))::text AS place, \(raw: column.column) AS secret FROM \(raw: column.table)
          WHERE \(column.isOf(account)) AND (\(raw: column.row))::text COLLATE "C" > \(after)
            AND substring(\(raw: column.column) FROM 1 FOR 1) <> \([key.version])
          ORDER BY (\(raw: column.row))::text COLLATE "C" LIMIT \(Self.slice) FOR UPDATE
          """))
    if rows.isEmpty { return (nil, 0) }
    let old = try vault.keys(of: account)
    var sealed: [(row: String, secret: [UInt8])] = []
    for (row, secret) in rows {
      let place = column.place(row)
      do throws(VaultError) {
        sealed.append((row, try key.seal(try old.open(secret, at: place), at: place)))
      } catch { refused(place, error) }
    }
    try db.run(
      """
      UPDATE \(raw: column.table) SET \(raw: column.column) = x.secret
      FROM unnest(\(sealed.map(\.row)), \(sealed.map(\.secret))) AS x(place, secret)
      WHERE \(column.isOf(account)) AND (\(raw: column.row))::text = x.place
      """)
    return (rows.count == Self.slice ? rows.last?.0 : nil, sealed.count)
  }

  /// Takes the old keys of an account away that nothing is sealed with, and writes down what was done.
  private mutating func finish(_ account: ID<Account>, _ secrets: Int) throws {
    try db.transaction {
      // Waits for whoever has taken one of them to seal with; what they stored is then seen below, for those are other statements.
      let retired: [UInt8] = try db.rows(
        Query(
          column: "SELECT version FROM account_keys WHERE account_id = \(account) AND retired_at IS NOT NULL ORDER BY version FOR UPDATE"))
      var (secrets, unreadable) = (secrets, 0)
      secrets += try sealAnew(account) { [failed] place, error in
        unreadable += 1
        failed(["account": account.text, "table": place.table, "column": place.column, "row": place.row, "error": "\(error)"])
      }
      outcome.unreadable += unreadable
      let unused = try retired.filter { version in try !columns.contains { try isUsed(version, $0, account) } }
      try db.run("DELETE FROM account_keys WHERE account_id = \(account) AND version = ANY (\(unused.map { Int16($0) }))")
      let entry = AuditEntry("vault.rotated", "account", account.text, ["secrets": "\(secrets)"])
      try Audit.append([AuditRecord(user: nil, account: account, entry: entry)], by: Actor(kind: .operator), at: now, keys, db)
    }
  }

  private func isUsed(_ version: UInt8, _ column: SecretColumn, _ account: ID<Account>) throws(PostgresError) -> Bool {
    try db.value(
      """
      SELECT EXISTS (SELECT FROM \(raw: column.table)
        WHERE \(column.isOf(account)) AND substring(\(raw: column.column) FROM 1 FOR 1) = \([version]))
      """, as: Bool.self) == true
  }
}
