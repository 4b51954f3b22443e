import CFastCGI
import Glibc

/// What a child of ``Supervisor`` does at its start, and where it finds what it was given.
public enum Child {
  /// The descriptor of the listening socket in a child.
  public static let listener: Int32 = 3
  static let ready: Int32 = 4
  /// Set in the environment of every child: the supervisor's process number.
  static let variable = "FASTCGI_SUPERVISOR"

  /// Ends this process as by SIGTERM when its supervisor dies, however it dies. Call it after ``Privileges/drop(to:)``.
  public static func followParent() {
    guard let text = getenv(variable).map({ String(cString: $0) }), let parent = Int32(text) else { return }
    _ = fastcgi_parent_death_signal(SIGTERM)
    // It may have died before the line above.
    if getppid() != parent { raise(SIGTERM) }
  }

  /// Tells the supervisor that this process is ready to work: a rolling restart goes on only then. Once; later calls do nothing.
  public static func reportReady() {
    guard getenv(variable) != nil else { return }
    var byte: UInt8 = 1
    _ = write(ready, &byte, 1)
    close(ready)
    unsetenv(variable)
  }

  /// Keeps one heap, gives freed memory back early, and limits the address space.
  ///
  /// A single thread gains nothing from glibc's further arenas.
  /// - Parameter addressSpace: bytes; an allocation beyond ends the process. nil sets no limit.
  public static func limitMemory(addressSpace: Int? = nil) {
    mallopt(M_ARENA_MAX, 1)
    mallopt(M_TRIM_THRESHOLD, 1 << 20)
    guard let addressSpace else { return }
    var limit = rlimit(rlim_cur: rlim_t(addressSpace), rlim_max: rlim_t(addressSpace))
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
  }
}
