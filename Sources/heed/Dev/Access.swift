import App
import Glibc

/// Small programs that answer at once.
enum Access {
  /// Asks whether another account could use a folder, by trying: mode bits alone do not tell (ACLs, mounts).
  static func canReach(_ folder: String, _ account: SystemAccount) throws -> Bool {
    try status([
      "/usr/bin/setpriv", "--reuid", account.name, "--regid", "\(account.group)", "--init-groups", "--", "/usr/bin/test", "-x", folder,
    ]) == 0
  }

  static func run(_ command: [String]) throws {
    if try status(command) != 0 { throw Complaint("this failed: \(command.joined(separator: " "))") }
  }

  private static func status(_ command: [String]) throws -> Int32 {
    let copies = command.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, command[0], nil, nil, copies + [nil], [nil])
    guard code == 0 else { throw Complaint(system: "cannot start \(command[0])", code) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    return status
  }
}
