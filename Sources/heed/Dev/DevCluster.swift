import App
import Glibc
import Postgres

/// The private PostgreSQL cluster: unix socket only, in a folder that only its account may enter.
struct DevCluster {
  let state: State
  let programs: PostgresPrograms

  init(_ state: State) throws {
    self.state = state
    programs = try PostgresPrograms(data: state.data)
  }

  /// The URL of a role. No password: whoever can enter the socket's folder is trusted.
  func url(_ role: String, database: String = "heed") -> String {
    let host = state.run.utf8.map { byte in
      // Letters, digits and / . _ - stand for themselves in a URL's query; anything else is percent-encoded.
      let plain = (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a) || (byte >= 0x2d && byte <= 0x39) || byte == 0x5f
      return plain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "postgresql:///\(database)?host=\(host.joined())&user=\(role)"
  }

  /// Made under another name and then renamed, so that one cut short by kill -9 is never taken for a whole one.
  func make(_ run: (String, [String]) throws -> Void) throws {
    guard !Files.exists(state.data + "/PG_VERSION") else { return }
    let fresh = state.home + "/postgres.new"
    guard Tool.status(["/bin/rm", "-rf", "--", fresh, state.data]) == 0 else { throw Complaint("cannot remove \(fresh)") }
    try Files.makeFolder(fresh, mode: 0o700, account: state.account)
    try run(
      "initdb",
      [
        programs.folder + "/initdb", "-D", fresh, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums",
        "--no-instructions",
      ])
    guard rename(fresh, state.data) == 0 else { throw Complaint(system: "cannot rename \(fresh)") }
  }

  /// The arguments of the server. SIGINT is its fast shutdown, SIGTERM would wait for clients.
  var command: [String] {
    [
      programs.folder + "/postgres", "-D", state.data, "-c", "listen_addresses=", "-c", "unix_socket_directories=\(state.run)", "-c",
      "unix_socket_permissions=0700", "-c", "port=5432", "-c", "timezone=UTC", "-c", "log_timezone=UTC", "-c", "logging_collector=off",
      "-c",
      "log_destination=stderr", "-c", "log_line_prefix=%m [%p] %q%u ", "-c", "cluster_name=heed",
    ]
  }

  /// True when it takes connections.
  func isUp() -> Bool {
    // Refused, starting up, no socket yet: all mean not yet, and the caller gives up after a while.
    (try? Connection(url: url("postgres", database: "postgres"))) != nil
  }

  /// The three roles and the database, where they are missing (DATA, Ownership).
  func makeDatabase() throws {
    let db = try Connection(url: url("postgres", database: "postgres"), options: .migrating)
    for role in DatabaseRole.allCases {
      if try db.value("SELECT 1 FROM pg_roles WHERE rolname = \(role.rawValue)", as: Int.self) == nil { try db.run(Self.create(role)) }
    }
    if try db.value("SELECT 1 FROM pg_database WHERE datname = 'heed'", as: Int.self) == nil {
      try db.run("CREATE DATABASE heed OWNER heed_owner TEMPLATE template0 ENCODING 'UTF8'")
    }
  }

  /// The command that runs a script in our database as the superuser, all or nothing.
  func script(_ path: String) -> [String] {
    [
      programs.folder + "/psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1", "--host", state.run,
      "--username",
      "postgres", "--dbname", "heed", "--file", path,
    ]
  }

  private static func create(_ role: DatabaseRole) -> SQL {
    switch role {
    case .web: "CREATE ROLE heed_web LOGIN"
    case .work: "CREATE ROLE heed_work LOGIN"
    case .owner: "CREATE ROLE heed_owner LOGIN"
    }
  }
}
