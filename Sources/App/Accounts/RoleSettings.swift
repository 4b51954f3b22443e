import Postgres

/// Settings that a role or a database starts with and that change what the role sees or may. Anybody may set them for a role, the role itself among
/// them; without row-level security, for one, every page fails.
public enum RoleSettings {
  /// What is wrong with those of a connection's role, and what to do, for operators; nil: nothing is. Also what was set since the connection was
  /// made counts: others will be made.
  ///
  /// Wrong is what breaks pages or answers for somebody else: row-level security that is off (every query is refused), another role, whom the role
  /// acts for (`heed.…`), another place to look for tables first, nothing but reading, a replica's triggers, an isolation under which changes that
  /// meet fail instead of waiting. The same settings with harmless values, and all others (limits, libraries that a superuser preloads), are not.
  public static func wrong(_ db: Connection) throws(PostgresError) -> String? {
    let found: (String, String?)? = try db.row(
      Query(
        tuple: """
          SELECT current_user::text, (SELECT string_agg(s.name || '=' || s.value, ', ' ORDER BY s.name) FROM (\(inForce)) s
            WHERE CASE s.name
              WHEN 'row_security' THEN NOT s.value::boolean
              WHEN 'default_transaction_read_only' THEN s.value::boolean
              WHEN 'default_transaction_isolation' THEN lower(s.value) NOT IN ('read committed', 'read uncommitted')
              WHEN 'session_replication_role' THEN lower(s.value) = 'replica'
              WHEN 'role' THEN s.value NOT IN ('none', current_user)
              WHEN 'search_path' THEN (
                SELECT name FROM unnest(string_to_array(s.value, ',')) WITH ORDINALITY AS path (part, place), btrim(part, ' "') AS name
                WHERE name NOT IN ('$user', 'pg_catalog') ORDER BY place LIMIT 1) IS DISTINCT FROM 'public'
              ELSE s.name LIKE 'heed.%' AND s.value <> '' END)
          """))
    return found.flatMap { role, settings in
      settings.map {
        "\(role) starts with settings that change what it sees or may: \($0). As a superuser: ALTER ROLE \(role) RESET ALL"
          + " (or ALTER DATABASE … RESET, where they are the database's), then set the limits again that you want."
      }
    }
  }

  /// Each setting with the value that wins: the role's in this database, the role's, the database's, everybody's.
  private static let inForce: SQL = """
    SELECT DISTINCT ON (name) name, value FROM (
      SELECT split_part(setting, '=', 1) AS name, substr(setting, strpos(setting, '=') + 1) AS value, d.setrole, d.setdatabase
      FROM pg_db_role_setting d, unnest(d.setconfig) AS setting
      WHERE (d.setrole = 0 OR d.setrole = (SELECT oid FROM pg_roles WHERE rolname = current_user))
        AND (d.setdatabase = 0 OR d.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()))
      UNION ALL SELECT 'row_security', 'off', NULL, NULL WHERE current_setting('row_security') = 'off') stored
    ORDER BY name, setrole IS NULL DESC, setrole <> 0 DESC, setdatabase <> 0 DESC
    """
}
