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

  /// Starts a program: descriptors 0, 1, 2 as ours, 3 the listener, 4 the pipe to report ready on, no other; no signal blocked or ignored;
  /// a process group of its own, so that a Ctrl-C at the terminal reaches the supervisor alone, which passes it on in its own way.
  static func start(_ program: Program, now: Int) throws(SystemError) -> ChildProcess {
    let (read, write) = try pipe()
    defer { close(write) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let listener = program.listener {
      posix_spawn_file_actions_adddup2(&actions, listener.descriptor, Child.listener)
    } else {
      posix_spawn_file_actions_addclose(&actions, Child.listener)
    }
    posix_spawn_file_actions_adddup2(&actions, write, Child.ready)
    _ = fastcgi_close_from(&actions, Child.ready + 1)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

    var pid: pid_t = 0
    let path = program.arguments.first ?? ""
    let code = withCStrings(program.arguments) { arguments in
      withCStrings(environment(program)) { posix_spawn(&pid, path, &actions, &attributes, arguments, $0) }
    }
    guard code == 0 else {
      close(read)
      throw SystemError("start \(path)", code: code)
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

  private static func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
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
