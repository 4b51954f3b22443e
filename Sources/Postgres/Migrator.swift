/// Brings a database up to the migrations of this program: files `NNNN_name.sql`, numbered from 0001 without gaps, never changed once
/// applied, forward only.
///
/// Each runs in a transaction of its own, together with the row of `schema_migrations` that records it. `heed serve` and `heed work` never
/// migrate: they ask for the ``status(_:)`` and refuse to start unless it is ``Status/current``. Migrations need a direct connection, not
/// PgBouncer's transaction mode.
public struct Migrator {
  /// In order.
  public let migrations: [Migration]

  /// Any number: programs that migrate the same database must agree on it. ("heed" in ASCII.)
  private static let lock: Int64 = 0x6865_6564

  /// - Throws: ``MigrationError`` when the folder can't be read or its numbering is wrong.
  public init(folder: String) throws(MigrationError) {
    migrations = try Migration.read(folder: folder)
  }

  /// How a database stands to this program.
  public enum Status: Equatable, Sendable {
    case current
    /// Migrations that `heed migrate` would apply.
    case behind([String])
    /// The database was migrated by a newer program; the names are unknown to this one.
    case ahead([String])
    /// A migration was edited or renamed after it was applied.
    case changed(String)
  }

  /// Reads, in one or two round trips; any role may.
  public func status(_ db: Connection) throws(PostgresError) -> Status {
    let exists = try db.value("SELECT to_regclass('public.schema_migrations') IS NOT NULL", as: Bool.self) ?? false
    return status(applied: exists ? try applied(db) : [], checksums: exists ? try checksums(db) : [])
  }

  /// Applies what is missing. Of several at once one works, and the others wait for it. Then the planner is told what the tables hold now: of those
  /// that a migration wrote anew it knows nothing, until autovacuum comes by.
  ///
  /// - Parameters:
  ///   - db: as the owner of the tables, with ``ConnectionOptions/migrating``.
  ///   - applied: called after each with its name.
  /// - Returns: how many were applied.
  @discardableResult
  public func migrate(_ db: Connection, applied: (String) -> Void = { _ in }) throws -> Int {
    try prepare(db)
    let checksums = try checksums(db)
    var count = 0
    while let name = try applyNext(db, checksums) {
      applied(name)
      count += 1
    }
    if count > 0 { try analyze(db) }
    return count
  }

  /// Looks at all tables but empty ones: those the planner takes for small ones that grow, as long as nobody has looked.
  private func analyze(_ db: Connection) throws(PostgresError) {
    let tables: [String] = try db.rows(
      Query(
        column: """
          SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
          ORDER BY 1
          """))
    for table in tables { try db.run("ANALYZE public.\(name: table)") }
  }

  /// The transaction looks under the lock what is missing, so that two programs never apply the same migration.
  ///
  /// - Returns: its name; nil when nothing is missing.
  private func applyNext(_ db: Connection, _ checksums: [String]) throws -> String? {
    try db.transaction {
      try takeLock(db)
      let status = status(applied: try applied(db), checksums: checksums)
      if let problem = status.problem { throw problem }
      guard case .behind(let missing) = status, let index = migrations.firstIndex(where: { $0.file == missing.first }) else { return nil }
      let migration = migrations[index]
      do {
        let isOpen = try db.link.runScript(migration.text)
        if !isOpen { throw MigrationError.endsTransaction(migration.file) }
      } catch let error as PostgresError {
        throw MigrationError.failed(migration.file, line: migration.line(at: error.position), error)
      }
      try db.run(
        """
        INSERT INTO public.schema_migrations (number, name, checksum, applied_at)
        VALUES (\(migration.number), \(migration.name), \(checksums[index]), clock_timestamp())
        """)
      return migration.file
    }
  }

  /// Waits as long as it takes for the other program: its migrations may be slow. The limits of the connection hold again afterwards.
  private func takeLock(_ db: Connection) throws(PostgresError) {
    let (lock, statement) = try db.read(
      Query(column: "SELECT current_setting('lock_timeout')", as: String.self),
      Query(column: "SELECT current_setting('statement_timeout')", as: String.self))
    try db.local("lock_timeout", "0")
    try db.local("statement_timeout", "0")
    try db.run("SELECT pg_advisory_xact_lock(\(Migrator.lock))")
    for limit in lock { try db.local("lock_timeout", limit) }
    for limit in statement { try db.local("statement_timeout", limit) }
  }

  private func prepare(_ db: Connection) throws {
    if try db.value("SELECT to_regclass('public.schema_migrations') IS NOT NULL", as: Bool.self) == true { return }
    try db.transaction {
      try takeLock(db)
      try db.run(
        """
        CREATE TABLE IF NOT EXISTS public.schema_migrations (
          number     integer     CONSTRAINT schema_migrations_pkey PRIMARY KEY,
          name       text        NOT NULL,
          checksum   text        NOT NULL,
          applied_at timestamptz NOT NULL
        )
        """)
      // Every role looks before it starts.
      try db.run("GRANT SELECT ON public.schema_migrations TO PUBLIC")
    }
  }

  /// SHA-256 of each file, in hex: PostgreSQL's own, so that this module needs no cryptography.
  private func checksums(_ db: Connection) throws(PostgresError) -> [String] {
    try db.rows(
      Query(
        column: """
          SELECT encode(sha256(file), 'hex') FROM unnest(\(migrations.map { Array($0.text.utf8) })) WITH ORDINALITY AS f (file, position)
          ORDER BY position
          """))
  }

  private func applied(_ db: Connection) throws(PostgresError) -> [Applied] {
    try db.rows("SELECT number, name, checksum FROM public.schema_migrations ORDER BY number", into: Applied.init)
  }
}
