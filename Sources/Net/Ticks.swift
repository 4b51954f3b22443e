import Glibc

/// Milliseconds of the machine's monotonic clock: for durations only. What time it is, callers say.
public enum Ticks {
  public static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec &* 1000 &+ time.tv_nsec / 1_000_000
  }
}
