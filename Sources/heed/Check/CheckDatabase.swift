import App
import Domain
import Postgres
import Web

extension Findings {
  /// Connects in each configured role and looks whether the wall between people holds and the schema is this program's.
  mutating func databases(_ configuration: Configuration) {
    if configuration.databaseURLs.isEmpty {
      return add(.wrong, DatabaseRole.web.setting.name, "is missing, and so are the other two: no command can run.")
    }
    // Without migrations there is nothing to compare with; HEED_ROOT has its own line about that.
    let migrator = try? Migrator(folder: configuration.root + "/migrations")
    var first: (name: String, birth: Instant)?
    for role in DatabaseRole.allCases {
      let name = role.setting.name
      guard let url = configuration.databaseURLs[role] else {
        let command = [.web: "heed serve", .work: "heed work", .owner: "heed migrate"][role] ?? "heed"
        add(.note, name, "is missing; \(command) cannot run here without it.")
        continue
      }
      do throws(PostgresError) {
        let db = try Connection(url: url, options: configuration.options("heed check"))
        let count = all.count
        let status = try look(role, db, migrator)
        if role == .web { try connections(configuration, db) }
        try pooler(role, configuration, url, db)
        let birth = try Self.birth(db)
        if let first, let birth, birth != first.birth {
          add(.wrong, name, "is another database than that of \(first.name); the three must name one and the same.")
        }
        if first == nil, let birth { first = (name, birth) }
        if role == .owner { try key(configuration, db, isMade: birth != nil) }
        if !all[count...].contains(where: { $0.kind == .wrong }) { add(.fine, name, "reachable as \(role.rawValue); \(status)") }
      } catch {
        add(.wrong, name, DatabaseWords.explain(error, role))
      }
    }
  }

  /// - Returns: how the schema stands, in words.
  private mutating func look(_ role: DatabaseRole, _ db: Connection, _ migrator: Migrator?) throws(PostgresError) -> String {
    let complaint = try RoleWall.complaint(role, db)
    if let complaint { add(.wrong, role.setting.name, complaint) }
    guard let migrator, !migrator.migrations.isEmpty else { return "its tables were not looked at, for want of migrations" }
    let status = try migrator.status(db)
    if status != .current { add(.wrong, role.setting.name, "\(status)") }
    // The migrations that are missing may be those that take rights away.
    if status == .current { try rights(role, db) }
    // Another role may not ask.
    if status == .current, role == .web, complaint == nil { try lostZones(db) }
    return "\(status)"
  }

  /// What tells one database from another, and is the same on its replicas: the moment of its first migration. Copies made from a dump are not
  /// told apart.
  private static func birth(_ db: Connection) throws(PostgresError) -> Instant? {
    guard try db.value("SELECT to_regclass('public.schema_migrations') IS NOT NULL", as: Bool.self) == true else { return nil }
    return try db.value("SELECT applied_at FROM public.schema_migrations WHERE number = 1", as: Instant.self)
  }

  private mutating func connections(_ configuration: Configuration, _ db: Connection) throws(PostgresError) {
    let room = try db.value(
      "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int", as: Int.self)
    let wanted = configuration.responders + configuration.workers
    if let room, wanted > room {
      add(
        .note, "HEED_RESPONDERS",
        "\(configuration.responders) responders and \(configuration.workers) workers want \(wanted) connections and the server has \(room):"
          + " raise max_connections, or have fewer, or put PgBouncer between.")
    }
  }

  private mutating func key(_ configuration: Configuration, _ db: Connection, isMade: Bool) throws(PostgresError) {
    if isMade { try vault(configuration, db) }
    let (keys, previous) = (Keys(secret: configuration.secretKey.bytes), configuration.previousKey.map { Keys(secret: $0.bytes) })
    guard isMade, try AuditVerification.isKey(keys, previous: previous, db) == false else { return }
    add(
      .wrong, "HEED_SECRET_KEY",
      "is not the key that this site's audit log was written with: sessions and links in mails do not fit it either. Put the old key back, or"
        + " name it in HEED_SECRET_KEY_PREVIOUS.")
  }
}

extension Findings {
  /// Whether what the vault holds can be opened with the configured secret.
  private mutating func vault(_ configuration: Configuration, _ db: Connection) throws(PostgresError) {
    // An older schema has its own line, and no vault.
    guard try db.value("SELECT to_regclass('public.account_keys') IS NOT NULL", as: Bool.self) == true else { return }
    let masters = MasterKeys(
      Keys(secret: configuration.secretKey.bytes), previous: configuration.previousKey.map { Keys(secret: $0.bytes) })
    let found = try VaultKeysFound(masters, db)
    if found.lost > 0 {
      add(
        .wrong, "HEED_SECRET_KEY",
        "does not open \(found.lost) of \(found.all) keys of the vault: stored passwords and tokens cannot be read."
          + " Put the old key back, or name it in HEED_SECRET_KEY_PREVIOUS and run: heed vault rotate")
    } else if found.previous > 0 {
      add(
        .note, "HEED_SECRET_KEY_PREVIOUS",
        "still opens \(found.previous) of \(found.all) keys of the vault. Run heed vault rotate, then take it out.")
    } else if configuration.previousKey != nil {
      let isNeeded = try AuditVerification.isKey(Keys(secret: configuration.secretKey.bytes), db) == false
      add(
        .note, "HEED_SECRET_KEY_PREVIOUS",
        isNeeded
          ? "opens nothing in the vault any more. The audit log's first rows were written with it: heed audit verify asks for it."
          : "opens nothing any more: take it out.")
    }
  }
}

/// Row-level security keeps people's data apart only for the roles it names: who connects as another one stands above it.
enum RoleWall {
  /// What is wrong with the role of a connection; nil: it is the one it should be.
  static func complaint(_ role: DatabaseRole, _ db: Connection) throws(PostgresError) -> String? {
    let user = try db.value("SELECT current_user::text", as: String.self) ?? "?"
    if user != role.rawValue {
      return "connects as \(user) instead of \(role.rawValue): what keeps people's data apart is bound to that role. Name it in the URL."
    }
    let isAbove = try db.value("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user", as: Bool.self) ?? false
    return role != .owner && isAbove ? "\(user) is above row-level security: ALTER ROLE \(user) NOSUPERUSER NOBYPASSRLS" : nil
  }
}

extension Configuration {
  /// How every process connects.
  func options(_ name: String, migrating: Bool = false) -> ConnectionOptions {
    var options = migrating ? ConnectionOptions.migrating : ConnectionOptions()
    options.applicationName = name
    options.prepares = prepares
    return options
  }
}
