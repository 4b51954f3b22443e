import Domain
import Glibc

/// The one place that asks the system or the clock file for the time: each edge (request, worker cycle, log line) reads it once
/// and passes it on.
public struct SystemClock: Sendable {
  /// For tests: the file whose one line, an ISO instant, is taken for now. nil reads the system's clock.
  public let file: String?

  public init(file: String? = nil) {
    self.file = file
  }

  /// Reads afresh each time, so that a test can move a running site. A clock file that is missing or holds no instant counts as
  /// not set: a test that has not written it yet must not stop the site.
  public func now() -> Instant {
    if let file, let instant = stated(in: file) { return instant }
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(seconds: time.tv_sec).advanced(microseconds: Int64(time.tv_nsec) / 1_000)
  }

  private func stated(in file: String) -> Instant? {
    // Not there or unreadable: see above.
    guard let text = try? SmallFile.text(file, for: Setting.clockFile.name) else { return nil }
    return Instant(iso: text.trimmedBytes)
  }

  /// Seconds that only ever go forward, for time limits.
  public static func steadySeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
