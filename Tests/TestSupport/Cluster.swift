import Foundation
import Glibc
import Postgres
import Synchronization

/// A private PostgreSQL server for tests: unix socket only, no durability, everybody trusted, gone when this process is gone.
///
/// A shell holds the reading end of a pipe whose writing end this process keeps: when the process ends, however it ends, the shell reads
/// end of file, stops the server and removes its folder. `PR_SET_PDEATHSIG` would not do: it watches a thread.
public final class Cluster: Sendable {
  /// The one that all tests of a process share. Starting it takes about a second, and the first template seven more, unless another process of the same
  /// run has made it (`HEED_TEST_BASE`).
  public static let shared = Result { try Cluster.sharing(ProcessInfo.processInfo.environment["HEED_TEST_BASE"]) }

  /// Holds `data/`, the socket and the server's log.
  public let folder: String
  private let watchdog: Child
  private let lifeline: Int32
  /// What databases are made and dropped over: nearly every test does, and a connection takes 5 ms.
  private let administration = Mutex<Connection?>(nil)

  /// - Parameters:
  ///   - settings: lines for `postgresql.conf`.
  ///   - base: the data of another one, which is copied; nil: a new one is made.
  public init(settings: [String] = [], copying base: String? = nil) throws {
    let parent = ProcessInfo.processInfo.environment["HEED_TEST_CLUSTER"].map { URL(filePath: $0).path } ?? Cluster.quickFolder
    Command.removeStaleClusters(in: parent)
    // Short, since the path of a socket has room for 107 bytes.
    folder = "\(parent)/heed-test-\(getpid())-\(UInt32.random(in: 0...0xFFFF))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let (input, output) = (Tube(), Tube())
    let settings = (Cluster.quick + settings).joined(separator: "\n")
    let arguments = [folder, Command.binaries, settings, base ?? ""]
    watchdog = try Child(
      ["/bin/sh", "-c", Cluster.script, "heed-test"] + arguments, input: input.reading, output: output.writing)
    lifeline = input.writing
    close(input.reading)
    close(output.writing)
    let said = output.readAll()
    close(output.reading)
    guard said.hasSuffix("ready\n") else { throw Failure(description: "no PostgreSQL for the tests: \(said)") }
  }

  /// In memory where there is room: nearly every test makes a database of its own, which takes 0.13 s there and 0.5 s on a busy disk.
  private static var quickFolder: String {
    var room = statvfs()
    guard statvfs("/dev/shm", &room) == 0, access("/dev/shm", W_OK | X_OK) == 0 else { return "/tmp" }
    return UInt64(room.f_bavail) * UInt64(room.f_frsize) >= 4 << 30 ? "/dev/shm" : "/tmp"
  }

  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Runs as `postgres` when the tests run as root, since the server refuses root.
  private static let script = #"""
    folder=$1 bin=$2 settings=$3 base=$4
    as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
    trap '' INT TERM HUP
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    exec 3>&1 1>"$folder/log" 2>&1
    cd "$folder"
    new() { as "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions; }
    if [ -n "$base" ]; then cp -a "$base" "$folder/data"; else new; fi &&
    printf '%s\n' "$settings" "unix_socket_directories = '$folder'" | as tee -a "$folder/data/postgresql.conf" >/dev/null &&
    as "$bin/pg_ctl" -D "$folder/data" -w -s -l "$folder/server.log" start 3>&- </dev/null &&
    echo ready >&3 || cat "$folder/log" "$folder/server.log" >&3
    exec 3>&-
    read -r _
    as "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop
    rm -rf "$folder"
    """#

  private static let quick = [
    "listen_addresses = ''", "fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 60",
    "shared_buffers = 64MB", "max_wal_size = 256MB", "autovacuum = off", "jit = off", "log_statement = none", "timezone = 'UTC'",
  ]

  /// - Parameters: a database of this cluster, a role, and anything more for the query part, such as `target_session_attrs=any`.
  public func url(_ database: String = "postgres", role: String = "postgres", more: String = "") -> String {
    "postgresql:///\(database)?host=\(folder)&user=\(role)" + (more.isEmpty ? "" : "&\(more)")
  }

  /// Runs a statement as the superuser, outside of the databases of tests.
  func administer(_ statement: SQL) throws {
    var options = ConnectionOptions()
    options.prepares = false
    let (settled, url) = (options, url())
    try administration.withLock { db in
      let connection = try db ?? Connection(url: url, options: settled)
      db = connection
      try connection.run(statement)
    }
  }

  /// A cluster whose template the first process of a run makes, and the others copy: of a dozen processes each would else migrate for seven seconds.
  ///
  /// - Parameter folder: what they share, for as long as the run goes; nil: nothing.
  private static func sharing(_ folder: String?) throws -> Cluster {
    guard let folder else { return try Cluster() }
    // Nobody who is started here may hold it.
    let lock = open(folder + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX) == 0 else { throw Failure(description: "no lock in \(folder)") }
    defer { close(lock) }
    let (data, note) = (folder + "/data", folder + "/template")
    if let name = try? String(contentsOfFile: note, encoding: .utf8) {
      let cluster = try Cluster(copying: data)
      cluster.takeOver(template: name)
      return cluster
    }
    let cluster = try Cluster()
    let name = try cluster.migratedTemplate()
    cluster.administration.withLock { $0 = nil }
    // Only a server that stands still is copied whole.
    try cluster.stop()
    if try Child(["/bin/cp", "-a", "\(cluster.folder)/data", data]).wait() != 0 { throw Failure(description: "cannot copy to \(data)") }
    try cluster.start()
    try name.write(toFile: note, atomically: true, encoding: .utf8)
    return cluster
  }

  /// Stops the server and removes its folder. For the clusters of single tests.
  public func end() {
    close(lifeline)
    watchdog.wait()
  }

  /// Stops and starts the server under its connections.
  ///
  /// - Parameter mode: `fast` says goodbye to the clients, `immediate` is a crash.
  public func restart(mode: String = "fast") throws { try control("restart", "-m", mode) }
  public func stop(mode: String = "fast") throws { try control("stop", "-m", mode) }
  public func start() throws { try control("start") }

  private func control(_ arguments: String...) throws {
    let program = ["\(Command.binaries)/pg_ctl", "-D", "\(folder)/data", "-w", "-s", "-l", "\(folder)/server.log"]
    let status = try Command.runAsPostgres(program + arguments)
    if status != 0 { throw Failure(description: "pg_ctl \(arguments) ended with \(status)") }
  }
}
