import Foundation
import Postgres
import Synchronization

extension Cluster {
  /// A new database. Making one from a template copies its files, some 20 ms.
  ///
  /// - Parameters:
  ///   - template: a database to which nobody is connected.
  ///   - hasTemporary: whether everybody may make temporary tables.
  /// - Returns: its name.
  public func createDatabase(template: String = "template0", owner: String = "postgres", hasTemporary: Bool = true) throws -> String {
    let name = "test_\(UInt64.random(in: .min ... .max))"
    try administer("CREATE DATABASE \(name: name) TEMPLATE \(name: template) OWNER \(name: owner) STRATEGY file_copy")
    if !hasTemporary { try administer("REVOKE TEMPORARY ON DATABASE \(name: name) FROM PUBLIC") }
    return name
  }

  public func dropDatabase(_ name: String) throws { try administer("DROP DATABASE IF EXISTS \(name: name) WITH (FORCE)") }

  /// Ends all connections to a database, and waits until they are gone.
  public func disconnect(_ name: String) throws {
    try administer("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = \(name)")
  }

  /// The server copies what it knows of who owns a template and who may do what there (`pg_shdepend`, 1,700 rows), and deletes it with the copy: half
  /// of the time that a copy takes, and dead rows that nobody clears away. It is asked for nothing but dropping a role.
  private func forgetDependencies(of template: String) throws {
    let db = try Connection(url: url())
    try db.run("SET allow_system_table_mods = on")
    try db.run("DELETE FROM pg_shdepend WHERE dbid = (SELECT oid FROM pg_database WHERE datname = \(template))")
  }

  /// The roles of the application; none is a superuser, so row-level security binds them.
  public func createRoles(_ roles: [String] = ["heed_owner", "heed_web", "heed_work"]) throws {
    let db = try Connection(url: url())
    for role in roles where try db.value("SELECT true FROM pg_roles WHERE rolname = \(role)", as: Bool.self) == nil {
      try db.run("CREATE ROLE \(name: role) LOGIN")
    }
  }

  /// A new database with all migrations of `folder`. They run once in a process, in a template.
  ///
  /// - Returns: its name. `url(name, role: "heed_web")` connects to it.
  public func createMigratedDatabase(folder: String) throws -> String {
    try createCopy(of: Templates.shared.name(of: folder) { try makeTemplate(folder: folder) })
  }

  private static let migrations = repository + "/migrations"

  /// The database that those with all of our migrations are copied from.
  func migratedTemplate() throws -> String {
    try Templates.shared.name(of: Cluster.migrations) { try makeTemplate(folder: Cluster.migrations) }
  }

  /// The same, in a cluster that is a copy of another, which has it.
  func takeOver(template name: String) { Templates.shared.take(name, of: Cluster.migrations) }

  /// A new database with the migrations before this one: an installation of that time.
  ///
  /// - Parameter number: `"0013"`.
  public func createDatabase(before number: String) throws -> String {
    let template = try Templates.shared.name(of: "before \(number)") {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("heed-migrations-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      for file in try FileManager.default.contentsOfDirectory(atPath: repository + "/migrations") where file < number {
        try FileManager.default.copyItem(atPath: "\(repository)/migrations/\(file)", toPath: "\(folder)/\(file)")
      }
      return try makeTemplate(folder: folder)
    }
    return try createCopy(of: template)
  }

  private func makeTemplate(folder: String) throws -> String {
    try createRoles()
    let template = try createDatabase(owner: "heed_owner")
    try Migrator(folder: folder).migrate(Connection(url: url(template, role: "heed_owner"), options: .migrating))
    // A folder of a test's own holds what that test is about.
    let script = folder + "/superuser.sql"
    if FileManager.default.fileExists(atPath: script) { try run(script: script, on: template) }
    try forgetDependencies(of: template)
    return template
  }

  /// A new database like this one, to which nobody may be connected. It takes over everything but the rights of the database itself.
  public func createCopy(of template: String) throws -> String {
    try createDatabase(template: template, owner: "heed_owner", hasTemporary: false)
  }

  /// Runs a file of SQL as the superuser.
  public func run(script path: String, on database: String) throws {
    let psql = [
      "\(Command.binaries)/psql", "-X", "-q", "-h", folder, "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-f", path,
    ]
    if try Child(psql).wait() != 0 { throw Failure(description: "\(path) does not run") }
  }
}

/// Tests run in parallel, and one must make the template while the others wait.
private final class Templates: Sendable {
  static let shared = Templates()
  private let made = Mutex<[String: String]>([:])

  func take(_ name: String, of folder: String) { made.withLock { $0[folder] = name } }

  func name(of folder: String, make: () throws -> String) throws -> String {
    try made.withLock { made in
      if let name = made[folder] { return name }
      let name = try make()
      made[folder] = name
      return name
    }
  }
}

/// The folder of this repository, found from where this file is.
public let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
