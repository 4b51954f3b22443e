import Glibc

/// Starts a program with no signal blocked or ignored, in a process group of its own, so that a Ctrl-C at the terminal reaches us alone and we pass it
/// on in our own way.
///
/// - Parameters:
///   - arguments: the first is the program's path.
///   - environment: all of it, as `NAME=value`.
///   - prepare: says what becomes of descriptors on the way.
/// - Returns: its process number.
package func startProcess(_ arguments: [String], environment: [String], _ prepare: (inout posix_spawn_file_actions_t) -> Void)
  throws(SystemError) -> pid_t
{
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  prepare(&actions)
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
  let path = arguments.first ?? ""
  let code = withCStrings(arguments) { arguments in
    withCStrings(environment) { posix_spawn(&pid, path, &actions, &attributes, arguments, $0) }
  }
  guard code == 0 else { throw SystemError("start \(path)", code: code) }
  return pid
}

private func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
