import Glibc

/// The signals `heed dev` waits for. They are blocked and fetched one by one, so nothing runs in a signal handler.
struct Signals {
  /// Set once somebody has asked to end.
  private(set) var isEnding = false
  private var awaited = sigset_t()

  init() {
    sigemptyset(&awaited)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGCHLD] { sigaddset(&awaited, number) }
    sigprocmask(SIG_BLOCK, &awaited, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Waits until a signal comes or the time is over. The end of a child counts as one.
  ///
  /// - Returns: the signal; nil after the time is over.
  @discardableResult
  mutating func wait(milliseconds: Int) -> Int32? {
    var time = timespec(tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000)
    let number = sigtimedwait(&awaited, nil, &time)
    guard number > 0 else { return nil }
    if number != SIGCHLD { isEnding = true }
    return number
  }

  /// The same while starting, where a wish to end stops everything at once.
  mutating func pause(milliseconds: Int) throws {
    wait(milliseconds: milliseconds)
    if isEnding { throw Interrupted() }
  }
}
