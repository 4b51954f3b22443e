import App
import FastCGI
import Glibc

/// A process that `heed dev` has started and answers for.
///
/// It leads a process group of its own, so that Ctrl-C reaches `heed dev` alone, which then ends the others in order; and the kernel
/// ends it when `heed dev` dies in whatever way (`setpriv --pdeathsig`).
final class DevProcess {
  let name: String
  let pid: pid_t
  /// How it ended, once it has: the exit status, or 128 and the number of the signal.
  private(set) var status: Int32?

  private init(name: String, pid: pid_t) {
    self.name = name
    self.pid = pid
  }

  /// - Parameters:
  ///   - account: whom to run as; nil stays as it is.
  ///   - ending: the signal it gets when this process dies.
  ///   - log: the file that takes its stdout and stderr, at the end.
  static func start(
    _ name: String, _ arguments: [String], environment: [String: String], account: SystemAccount? = nil, ending: String = "TERM",
    log: String
  ) throws -> DevProcess {
    var command = ["/usr/bin/setpriv", "--pdeathsig", ending]
    if let account { command += ["--reuid", account.name, "--regid", "\(account.group)", "--init-groups"] }
    command += ["--"] + arguments
    let pid: pid_t
    do {
      pid = try startProcess(command, environment: environment.map { "\($0.key)=\($0.value)" }) { actions in
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
      }
    } catch {
      throw Complaint(system: "cannot start \(name)", error.code)
    }
    return DevProcess(name: name, pid: pid)
  }

  /// Looks whether it has ended. Call it after SIGCHLD, and as often as one likes.
  @discardableResult
  func hasEnded() -> Bool {
    if status != nil { return true }
    var ended = siginfo_t()
    guard waitid(P_PID, id_t(pid), &ended, WEXITED | WNOHANG | WNOWAIT) == 0, ended.si_signo == SIGCHLD else { return false }
    // What it leaves behind in its group (nginx's workers, holding the port) goes with it. It has not been waited for yet, so its
    // number cannot belong to anybody else.
    kill(-pid, SIGKILL)
    var word: Int32 = 0
    guard waitpid(pid, &word, WNOHANG) == pid else { return false }
    status = word & 0x7f == 0 ? word >> 8 & 0xff : 128 + (word & 0x7f)
    return true
  }

  /// Asks it to end, and kills its whole group when `seconds` have passed.
  func end(_ signal: Int32, seconds: Double, _ signals: inout Signals) {
    guard !hasEnded() else { return }
    kill(pid, signal)
    // A second Ctrl-C means: now.
    let wasEnding = signals.isEnding
    let deadline = SystemClock.steadySeconds() + seconds
    var isUrgent = false
    while !hasEnded(), !isUrgent, SystemClock.steadySeconds() < deadline {
      if let number = signals.wait(milliseconds: 100), number != SIGCHLD, wasEnding { isUrgent = true }
    }
    kill(-pid, SIGKILL)
    while !hasEnded() { signals.wait(milliseconds: 50) }
  }
}
