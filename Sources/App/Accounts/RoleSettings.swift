import Postgres

/// Settings that a role or a database starts with and that change what the role sees or may. Anybody may set them for a role, the role itself among
/// them; without row-level security, for one, every page fails.
public enum RoleSettings {
  /// What is wrong with those of a connection's role, and what to do; nil: nothing is. Also what was set since the connection was made counts: others
  /// will be made.
  public static func wrong(_ db: Connection) throws(PostgresError) -> String? {
    let found: Found? = try db.row(
      """
      SELECT current_user::text AS role, (SELECT string_agg(s.setting, ', ' ORDER BY s.setting) FROM (
        SELECT unnest(d.setconfig) AS setting FROM pg_db_role_setting d
        WHERE (d.setrole = 0 OR d.setrole = (SELECT oid FROM pg_roles WHERE rolname = current_user))
          AND (d.setdatabase = 0 OR d.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()))
        UNION SELECT 'row_security=off' WHERE current_setting('row_security') = 'off') s
      WHERE split_part(s.setting, '=', 1) IN ('row_security', 'search_path', 'role', 'session_preload_libraries', 'local_preload_libraries',
          'session_replication_role', 'default_transaction_read_only', 'default_transaction_isolation')
        OR s.setting LIKE 'heed.%') AS settings
      """)
    return found.flatMap { found in
      found.settings.map {
        "\(found.role) starts with settings that change what it sees or may: \($0). As a superuser: ALTER ROLE \(found.role) RESET ALL"
          + " (or ALTER DATABASE … RESET, where they are the database's), then set the limits again that you want."
      }
    }
  }

  private struct Found: FromRow {
    let role: String
    let settings: String?

    init(row: Row) throws(PostgresError) {
      role = try row("role")
      settings = try row("settings")
    }
  }
}
