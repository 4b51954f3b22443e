import CFastCGI
import Glibc

/// A process that was started and has not been seen to end.
struct ChildProcess {
  let pid: Int32
  /// Monotonic milliseconds.
  let since: Int
  /// Where it reports ready; -1 once it has, or has closed it.
  var readyPipe: Int32
  var isReady = false
  /// When it gets SIGKILL, after it has been told to end.
  var killAt: Int?

  /// Starts a program: descriptors 0, 1, 2 as ours, 3 the listener, 4 the pipe to report ready on, no other.
  static func start(_ program: Program, now: Int) throws(SystemError) -> ChildProcess {
    let (read, write) = try pipe()
    defer { close(write) }
    let pid: pid_t
    do {
      pid = try startProcess(program.arguments, environment: environment(program)) { actions in
        if let listener = program.listener {
          posix_spawn_file_actions_adddup2(&actions, listener.descriptor, Child.listener)
        } else {
          posix_spawn_file_actions_addclose(&actions, Child.listener)
        }
        posix_spawn_file_actions_adddup2(&actions, write, Child.ready)
        _ = fastcgi_close_from(&actions, Child.ready + 1)
      }
    } catch {
      close(read)
      throw error
    }
    return ChildProcess(pid: pid, since: now, readyPipe: read)
  }

  /// Both ends above the numbers that children know, so that putting one in its place never overwrites another.
  private static func pipe() throws(SystemError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw SystemError("pipe") }
    defer { for end in ends { close(end) } }
    let read = fcntl(ends[0], F_DUPFD_CLOEXEC, 10)
    let write = fcntl(ends[1], F_DUPFD_CLOEXEC, 10)
    guard read >= 0, write >= 0 else { throw SystemError("fcntl") }
    return (read, write)
  }

  private static func environment(_ program: Program) -> [String] {
    var added = program.environment
    added[Child.variable] = String(getpid())
    var all = added.map { "\($0.key)=\($0.value)" }
    var next = fastcgi_environment()
    while let entry = next?.pointee {
      let text = String(cString: entry)
      if added[String(text.prefix { $0 != "=" })] == nil { all.append(text) }
      next = next?.advanced(by: 1)
    }
    return all
  }

  /// Reads the report. - Returns: true when it has just come.
  mutating func hear() -> Bool {
    var byte: UInt8 = 0
    let count = Glibc.read(readyPipe, &byte, 1)
    close(readyPipe)
    readyPipe = -1
    if count == 1 { isReady = true }
    return isReady
  }

  /// Tells it to end, and notes when patience does.
  mutating func end(by moment: Int) {
    kill(pid, SIGTERM)
    killAt = moment
  }
}
