import Glibc

/// Small programs of the system that answer at once.
enum Tool {
  /// The exit status; nil when it could not be started or was killed.
  static func status(_ command: [String]) -> Int32? { run(command, output: nil) }

  /// What it writes to stdout, at most 4 kB; nil when it fails.
  static func output(_ command: [String]) -> String? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let status = run(command, output: ends[1])
    close(ends[1])
    defer { close(ends[0]) }
    // The kernel keeps up to 64 kB in the pipe, so a program that says little never waits for us.
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = read(ends[0], &bytes, bytes.count)
    return status == 0 && count >= 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }

  private static func run(_ command: [String], output: Int32?) -> Int32? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    let arguments = command.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    guard posix_spawn(&pid, command[0], &actions, nil, arguments + [nil], [nil]) == 0 else { return nil }
    var word: Int32 = 0
    while waitpid(pid, &word, 0) < 0 { if errno != EINTR { return nil } }
    return word & 0x7f == 0 ? word >> 8 & 0xff : nil
  }
}
