import Crypto
import Domain
import Postgres

/// Keeps what must be read again but not lie open: tokens and passwords of other services (RULES 7.2). A feature stores what ``seal(_:of:at:now:)``
/// returns in a column that it lists (``Feature/secrets``).
///
/// The database alone is worth nothing to whoever takes it: each account has a key of its own, and that is wrapped with a key which only the
/// program's settings have. What was rejected: one key for all, under which erasing an account would mean erasing every backup of it.
struct Vault {
  let masters: MasterKeys
  /// As any of the three roles; `heed_web` has the keys of the account that its transaction acts for.
  let db: Connection

  /// Seals a secret. Call it in the transaction that stores it: until that ends, the key stays.
  ///
  /// - Parameters:
  ///   - secret: at most ``DataKey/longest`` bytes.
  ///   - now: when the account's key is made, if it has none yet.
  /// - Throws: ``VaultError/tooLong(_:)``, ``VaultError/keyDoesNotOpen(version:)``, or a `PostgresError`, such as for an account that is not there.
  func seal(_ secret: [UInt8], of account: ID<Account>, at place: VaultPlace, now: Instant) throws -> [UInt8] {
    try key(of: account, now).seal(secret, at: place)
  }

  /// - Parameter sealed: what ``seal(_:of:at:now:)`` returned for the same account and place.
  /// - Throws: a ``VaultError``, or a `PostgresError`.
  func open(_ sealed: [UInt8], of account: ID<Account>, at place: VaultPlace) throws -> [UInt8] {
    try keys(of: account).open(sealed, at: place)
  }

  /// All of an account's keys, retired ones too.
  func keys(of account: ID<Account>) throws(PostgresError) -> AccountKeys {
    let wrapped = try db.rows(
      Query<(UInt8, [UInt8])>(tuple: "SELECT version, wrapped FROM account_keys WHERE account_id = \(account)"))
    return AccountKeys(account: account, masters: masters, wrapped: Dictionary(wrapped, uniquingKeysWith: { first, _ in first }))
  }

  /// The same of the account that the transaction is for, for a page that reads them beside what they open.
  static var ours: Query<(UInt8, [UInt8])> {
    Query(tuple: "SELECT version, wrapped FROM account_keys WHERE account_id = (SELECT my_account())")
  }

  /// The key that seals now, made if there is none.
  private func key(of account: ID<Account>, _ now: Instant) throws -> DataKey {
    if let key = try current(account) { return key }
    let made = DataKey(account: account, version: 1, key: SymmetricKey(size: .bits256))
    // Of two at the same time the second waits here, and finds that of the first.
    try db.run(
      """
      INSERT INTO account_keys (account_id, version, wrapped, made_at) VALUES (\(account), 1, \(try masters.wrap(made)), \(now))
      ON CONFLICT DO NOTHING
      """)
    guard let key = try current(account) else { throw VaultError.noKey(version: 1) }
    return key
  }

  /// The same; nil where there is none.
  func current(_ account: ID<Account>) throws -> DataKey? {
    let found = try db.row(Query<(UInt8, [UInt8])>(tuple: "SELECT version, wrapped FROM door.vault_key(\(account))"))
    return try found.map { try masters.unwrap($0.1, account, $0.0) }
  }
}

/// The keys of one account, as they are stored.
struct AccountKeys {
  let account: ID<Account>
  let masters: MasterKeys
  /// By version.
  let wrapped: [UInt8: [UInt8]]

  /// Opens what one of them sealed.
  func open(_ sealed: [UInt8], at place: VaultPlace) throws(VaultError) -> [UInt8] {
    guard let version = sealed.first else { throw .doesNotOpen }
    guard let wrapped = wrapped[version] else { throw .noKey(version: Int(version)) }
    return try masters.unwrap(wrapped, account, version).open(sealed, at: place)
  }
}

/// Whether what is stored can be opened with the settings of now: for `heed check`.
public struct VaultKeysFound: Equatable, Sendable {
  public private(set) var all = 0
  /// Those that only the previous secret opens.
  public private(set) var previous = 0
  /// Those that neither secret opens.
  public private(set) var lost = 0

  /// Looks at every key.
  ///
  /// - Parameter db: a connection as `heed_owner`.
  public init(_ masters: MasterKeys, _ db: Connection) throws(PostgresError) {
    let keys = try db.rows(Query<(ID<Account>, UInt8, [UInt8])>(tuple: "SELECT account_id, version, wrapped FROM account_keys"))
    all = keys.count
    for (account, version, wrapped) in keys where !masters.isCurrent(wrapped, account, version) {
      if (try? masters.unwrap(wrapped, account, version)) == nil { lost += 1 } else { previous += 1 }
    }
  }
}
