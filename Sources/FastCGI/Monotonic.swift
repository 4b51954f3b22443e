import Glibc

/// A clock for durations: it never jumps, and means nothing outside this machine.
enum Monotonic {
  /// Milliseconds since some moment before this process began.
  static var milliseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec &* 1000 &+ time.tv_nsec / 1_000_000
  }
}
