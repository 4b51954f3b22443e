import Postgres

/// A connection that tells what it asks the server and how the server goes about it: every statement as it runs, and the plan of each, those inside
/// of functions too. A copy of a statement in a test goes on being explained when the program's has changed; this is the program's.
///
/// PostgreSQL sends both as notices (`log_statement`, `auto_explain`), for this connection alone.
public final class StatementWatch {
  /// To be given to what is watched.
  public let db: Connection
  private let heard = Heard()

  private final class Heard {
    var lines: [String] = []
  }

  /// - Parameters:
  ///   - url: of a database of the shared cluster, with a role.
  ///   - usesIndexes: whether the planner shuns reading whole tables, however small they are: then it only does where no index fits.
  public init(_ url: String, usesIndexes: Bool = false) throws {
    let heard = self.heard
    // Only a superuser may set these, so they come with the role's connection and are taken back at once.
    let name: String = try Connection(url: url).value("SELECT current_database()") ?? ""
    let admin = try Connection(url: Cluster.shared.get().url(name))
    let settings: [(SQL, SQL)] = [
      ("session_preload_libraries", "auto_explain"), ("log_statement", "'all'"), ("client_min_messages", "log"),
      ("auto_explain.log_analyze", "off"),
      ("auto_explain.log_min_duration", "0"), ("auto_explain.log_nested_statements", "on"), ("enable_seqscan", usesIndexes ? "off" : "on"),
    ]
    for (setting, value) in settings { try admin.run("ALTER DATABASE \(name: name) SET \(setting) = \(value)") }
    db = try Connection(url: url) { heard.lines.append($0) }
    for (setting, _) in settings { try admin.run("ALTER DATABASE \(name: name) RESET \(setting)") }
  }

  /// The statements since the last ``forget()``, in order: "SELECT …", "BEGIN".
  public var statements: [String] {
    heard.lines.compactMap { line in
      // "LOG 00000 execute s12: INSERT INTO …" or "LOG 00000 statement: COMMIT"
      let parts = line.split(separator: ": ", maxSplits: 1)
      guard parts.count == 2, parts[0].hasPrefix("LOG 00000 execute") || parts[0] == "LOG 00000 statement" else { return nil }
      return String(parts[1])
    }
  }

  /// The plans since the last ``forget()``, each with its statement, on one line.
  public var plans: [String] { heard.lines.filter { $0.contains(" plan: Query Text: ") } }

  /// Begins anew.
  public func forget() { heard.lines = [] }
}
