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
    if role == .work, !rights.readsAsPeople {
      let what = "\(role.rawValue) may not take the role \(DatabaseRole.web.rawValue), so the assistant answers nothing."
      add(.note, name, "\(what) As a superuser: psql -d \(rights.database) -f migrations/superuser.sql")
    }
    if let settings = try RoleSettings.wrong(db) { add(.wrong, name, settings) }
  }
}

/// What the role of a connection may do.
struct RoleRights {
  let database: String
  let makesTemporary: Bool
  let makesTables: Bool
  let makesLargeObjects: Bool
  /// Whether it may take the role that serves requests, to read as people do (RULES 9.32).
  let readsAsPeople: Bool

  static func of(_ db: Connection) throws(PostgresError) -> RoleRights? {
    try db.row(
      """
      SELECT quote_ident(current_database()) AS database, has_database_privilege(current_database(), 'TEMPORARY') AS makes_temporary,
        coalesce(has_schema_privilege(to_regnamespace('public')::oid, 'CREATE'), false) AS makes_tables,
        EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put')
          AND has_function_privilege(oid, 'EXECUTE')) AS makes_large_objects,
        EXISTS (SELECT FROM pg_roles WHERE rolname = 'heed_web' AND pg_has_role(session_user, oid, 'MEMBER')) AS reads_as_people
      """, into: RoleRights.init)
  }
}
