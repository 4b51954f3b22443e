import CFastCGI
import Glibc

/// Signals that are read between two steps of a loop instead of interrupting one.
///
/// They are blocked for the whole process, so that no system call, libfcgi's and libpq's included, is cut short by them.
public final class SignalFile {
  /// Can be read when a signal has come.
  public let descriptor: Int32

  /// Make it before anything starts a thread, and after `FCGX_Init`, which installs handlers of its own.
  public init(_ signals: [Int32]) throws(SystemError) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    sigprocmask(SIG_BLOCK, &set, nil)
    descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
    guard descriptor >= 0 else { throw SystemError("signalfd") }
  }

  deinit { close(descriptor) }

  /// The next signal that has come; nil when there is none.
  public func next() -> Int32? {
    var information = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    guard Glibc.read(descriptor, &information, size) == size else { return nil }
    return Int32(bitPattern: information.ssi_signo)
  }
}
