import App
import Postgres

extension Findings {
  /// What the roles that serve may do beyond what the migrations gave them: rights that PostgreSQL gives to everybody, and settings that anybody
  /// may give a role, the role itself among them.
  mutating func rights(_ role: DatabaseRole, _ db: Connection) throws(PostgresError) {
    guard role != .owner, let rights = try RoleRights.of(db) else { return }
    let name = role.setting.name
    if rights.makesTemporary {
      let what = "\(role.rawValue) may make temporary tables, which fill the disk past all limits."
      add(.wrong, name, "\(what) As the database's owner: REVOKE TEMPORARY ON DATABASE \(rights.database) FROM PUBLIC, \(role.rawValue)")
    }
    if rights.makesTables {
      add(.wrong, name, "\(role.rawValue) may make tables beside Heed's. Run: REVOKE CREATE ON SCHEMA public FROM PUBLIC, \(role.rawValue)")
    }
    if rights.makesLargeObjects {
      // Where the server is somebody else's, nobody of ours can do it.
      let what = "\(role.rawValue) may make large objects, without bounds."
      add(.note, name, "\(what) As a superuser: psql -d \(rights.database) -f migrations/superuser.sql")
    }
    if let settings = rights.settings {
      add(
        .wrong, name,
        "\(role.rawValue) starts with settings that change what it sees or may: \(settings). As a superuser: ALTER ROLE \(role.rawValue) RESET ALL"
          + " (or ALTER DATABASE … RESET, where they are the database's), then set the limits again that you want.")
    }
  }
}

/// What the role of a connection may do, and what it starts with.
struct RoleRights: FromRow {
  let database: String
  let makesTemporary: Bool
  let makesTables: Bool
  let makesLargeObjects: Bool
  /// `name = value` of those that were set for the role or the database and should not be; nil: none.
  let settings: String?

  init(row: Row) throws(PostgresError) {
    database = try row("database")
    makesTemporary = try row("temporary")
    makesTables = try row("tables")
    makesLargeObjects = try row("large")
    settings = try row("settings")
  }

  static func of(_ db: Connection) throws(PostgresError) -> RoleRights? {
    try db.row(
      """
      SELECT quote_ident(current_database()) AS database, has_database_privilege(current_database(), 'TEMPORARY') AS temporary,
        coalesce(has_schema_privilege(to_regnamespace('public')::oid, 'CREATE'), false) AS tables,
        EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put')
          AND has_function_privilege(oid, 'EXECUTE')) AS large,
        (SELECT string_agg(s.setting, ', ' ORDER BY s.setting) FROM pg_db_role_setting d, unnest(d.setconfig) AS s(setting)
          WHERE (d.setrole = 0 OR d.setrole = (SELECT oid FROM pg_roles WHERE rolname = current_user))
            AND (d.setdatabase = 0 OR d.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()))
            AND (split_part(s.setting, '=', 1) IN ('row_security', 'search_path', 'role', 'session_preload_libraries', 'local_preload_libraries',
                'session_replication_role', 'default_transaction_read_only', 'default_transaction_isolation')
              OR s.setting LIKE 'heed.%')) AS settings
      """)
  }
}
