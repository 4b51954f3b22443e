import Glibc

/// A child process. Not Foundation's `Process`: its `waitUntilExit` waits for grandchildren too, and the server is one.
struct Child {
  let pid: pid_t

  struct NotStarted: Error {
    let program: String
    let number: Int32
  }

  /// - Parameters:
  ///   - command: an absolute path and its arguments.
  ///   - input, output: descriptors; nothing else is inherited but the standard error.
  init(_ command: [String], input: Int32? = nil, output: Int32? = nil) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (given, standard, mode) in [(input, 0 as Int32, O_RDONLY), (output, 1, O_WRONLY)] {
      if let given {
        posix_spawn_file_actions_adddup2(&actions, given, standard)
      } else {
        posix_spawn_file_actions_addopen(&actions, standard, "/dev/null", mode, 0)
      }
    }
    // Swift does not see glibc's addclosefrom. Closing what is not open is no error here.
    for descriptor in 3..<1024 as Range<Int32> { posix_spawn_file_actions_addclose(&actions, descriptor) }
    var pid: pid_t = 0
    let arguments = command.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    let failed = posix_spawn(&pid, command[0], &actions, nil, arguments + [nil], environ)
    if failed != 0 { throw NotStarted(program: command[0], number: failed) }
    self.pid = pid
  }

  /// - Returns: the exit status; 128 and more when a signal ended it.
  @discardableResult
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1 && errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }
}

/// A pipe that no other child inherits.
struct Tube {
  let reading: Int32
  let writing: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    (reading, writing) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  /// Everything until the last writer closes.
  func readAll() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(reading, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
