import App
import Postgres

extension Findings {
  /// Connects in each configured role and looks whether the wall between people holds and the schema is this program's.
  mutating func databases(_ configuration: Configuration) {
    for role in DatabaseRole.allCases {
      guard let url = configuration.databaseURLs[role] else {
        let command = [.web: "heed serve", .work: "heed work", .owner: "heed migrate"][role] ?? "heed"
        add(.note, role.setting.name, "is missing; \(command) cannot run here without it.")
        continue
      }
      do {
        var options = ConnectionOptions()
        options.prepares = configuration.prepares
        let db = try Connection(url: url, options: options)
        try database(role, db, migrations: configuration.root + "/migrations")
      } catch let error as PostgresError {
        add(.wrong, role.setting.name, "the database does not answer. \(error)")
      } catch {
        add(.wrong, role.setting.name, "\(error)")
      }
    }
  }

  private mutating func database(_ role: DatabaseRole, _ db: Connection, migrations: String) throws {
    let user = try db.value("SELECT current_user::text", as: String.self) ?? "?"
    let isAbove =
      try db.value("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user", as: Bool.self) ?? false
    if user != role.rawValue {
      add(
        .wrong, role.setting.name, "connects as \(user) instead of \(role.rawValue): what keeps people's data apart is bound to that role.")
    } else if role != .owner && isAbove {
      add(.wrong, role.setting.name, "\(user) is above row-level security: ALTER ROLE \(user) NOSUPERUSER NOBYPASSRLS")
    }
    let status = try Migrator(folder: migrations).status(db)
    if case .current = status {
      add(.fine, role.setting.name, "reachable as \(user); \(status)")
    } else {
      add(.wrong, role.setting.name, "\(status)")
    }
  }
}
