import App
import Glibc

/// What an earlier `heed dev` of the same state folder left running when it was killed.
///
/// A process is ours when its stderr is one of our log files (every child starts so, and hands it on to its own children) or when it is
/// a PostgreSQL process working in our data folder. No list of process numbers is kept: a list may name strangers by now.
/// Called with the lock held, so none of them belongs to a running `heed dev`.
struct Orphans {
  let state: State

  func end(_ signals: inout Signals) throws {
    // PostgreSQL ends cleanly on SIGINT; to its backends that only cancels a query.
    end(with: { $0 == "postgres" ? SIGINT : SIGTERM }, seconds: 8, &signals)
    end(with: { _ in SIGKILL }, seconds: 5, &signals)
    if let left = found().first { throw Complaint("process \(left.pid) (\(left.program)) of an earlier heed dev cannot be ended.") }
    // Nobody works in the data folder now, so what the lock file says is about the past. PostgreSQL itself cannot know: the number
    // in it may belong to another process by now.
    unlink(state.data + "/postmaster.pid")
    for socket in Files.names(in: state.run) { unlink("\(state.run)/\(socket)") }
    unlink(state.nginx + "/nginx.pid")
  }

  private func end(with signal: (String) -> Int32, seconds: Double, _ signals: inout Signals) {
    let deadline = SystemClock.steadySeconds() + seconds
    for process in found() { kill(process.pid, signal(process.program)) }
    while !found().isEmpty, SystemClock.steadySeconds() < deadline { signals.wait(milliseconds: 100) }
  }

  /// True while a PostgreSQL server of anybody works in our data folder.
  var hasServer: Bool { found().contains { $0.program == "postgres" } }

  private func found() -> [(pid: pid_t, program: String)] {
    Files.names(in: "/proc").compactMap { name in
      guard let pid = pid_t(name), pid > 1, pid != getpid(), let program = Files.target(of: "/proc/\(pid)/exe") else { return nil }
      let base = program.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? ""
      let logsHere = Files.target(of: "/proc/\(pid)/fd/2")?.utf8.starts(with: (state.log + "/").utf8) ?? false
      let worksHere = base == "postgres" && Files.target(of: "/proc/\(pid)/cwd") == state.data
      return logsHere || worksHere ? (pid, base) : nil
    }
  }
}
