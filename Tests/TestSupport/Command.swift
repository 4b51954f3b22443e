import Foundation
import Glibc

/// Programs of PostgreSQL, run from tests.
enum Command {
  /// Where `initdb` and `pg_ctl` are: `HEED_POSTGRES_BIN`, or the newest that Debian installed.
  static let binaries = ProcessInfo.processInfo.environment["HEED_POSTGRES_BIN"] ?? newest()

  private static func newest() -> String {
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []  // none: initdb's error says it
    return "/usr/lib/postgresql/\(versions.compactMap { Int($0) }.max() ?? 15)/bin"
  }

  /// - Returns: the exit status.
  @discardableResult
  static func runAsPostgres(_ command: [String]) throws -> Int32 {
    try Child((getuid() == 0 ? ["/usr/sbin/runuser", "-u", "postgres", "--"] : []) + command).wait()
  }

  /// Clusters whose watchdog was killed together with the tests.
  static func removeStaleClusters(in parent: String) {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for entry in entries where entry.hasPrefix("heed-test-") {
      let parts = entry.split(separator: "-")
      guard parts.count == 4, let owner = Int32(parts[2]), kill(owner, 0) != 0, errno == ESRCH else { continue }
      // Its watchdog may be cleaning up this very moment; both may fail, and the folder is gone all the same.
      _ = try? runAsPostgres(["\(binaries)/pg_ctl", "-D", "\(parent)/\(entry)/data", "-m", "immediate", "-s", "stop"])
      try? FileManager.default.removeItem(atPath: "\(parent)/\(entry)")
    }
  }
}
