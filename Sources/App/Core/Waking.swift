import Domain
import Postgres

/// A worker sleeps until the next time it knows of, half a minute at most; it is told of one that comes sooner than it would look.
enum Waking {
  /// - Parameter due: when something is due that was not before; nil: nothing is.
  static func statements(_ due: Instant?, at now: Instant) -> [SQL] {
    guard let due, due <= now.advanced(seconds: 31) else { return [] }
    return ["SELECT pg_notify('heed_work', '')"]
  }
}
