import App
import Postgres

extension Findings {
  /// Connects in each configured role and looks whether the wall between people holds and the schema is this program's.
  mutating func databases(_ configuration: Configuration) {
    for role in DatabaseRole.allCases {
      guard let url = configuration.databaseURLs[role] else {
        if configuration.databaseURLs.isEmpty {
          return add(.wrong, role.setting.name, "is missing, and so are the other two: no command can run.")
        }
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
    let complaint = try RoleWall.complaint(role, db)
    if let complaint { add(.wrong, role.setting.name, complaint) }
    let status = try Migrator(folder: migrations).status(db)
    if status != .current {
      add(.wrong, role.setting.name, "\(status)")
    } else if complaint == nil {
      add(.fine, role.setting.name, "reachable as \(role.rawValue); \(status)")
    }
  }
}

/// Row-level security keeps people's data apart only for the roles it names: who connects as another one stands above it.
enum RoleWall {
  /// What is wrong with the role of a connection; nil: it is the one it should be.
  static func complaint(_ role: DatabaseRole, _ db: Connection) throws(PostgresError) -> String? {
    let user = try db.value("SELECT current_user::text", as: String.self) ?? "?"
    if user != role.rawValue {
      return "connects as \(user) instead of \(role.rawValue): what keeps people's data apart is bound to that role."
    }
    let isAbove = try db.value("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user", as: Bool.self) ?? false
    return role != .owner && isAbove ? "\(user) is above row-level security: ALTER ROLE \(user) NOSUPERUSER NOBYPASSRLS" : nil
  }
}
