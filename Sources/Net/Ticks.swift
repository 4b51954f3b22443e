import Glibc

/// Milliseconds of the machine's monotonic clock: for deadlines of transfers only. What time it is, callers say.
enum Ticks {
  static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec &* 1000 &+ time.tv_nsec / 1_000_000
  }
}
