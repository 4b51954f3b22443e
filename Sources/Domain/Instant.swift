/// A point in time, the same everywhere: whole microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// The range is the years 1 to 9999, so that every value has a four-digit ISO form and fits PostgreSQL's `timestamptz`. What lies
/// outside is clamped to the nearer end: arithmetic saturates and never traps.
public struct Instant: Comparable, Hashable, Sendable {
  public let microseconds: Int64

  /// 0001-01-01T00:00:00Z.
  public static let distantPast = Instant(microseconds: .min)
  /// 9999-12-31T23:59:59.999999Z.
  public static let distantFuture = Instant(microseconds: .max)

  public init(microseconds: Int64) {
    self.microseconds = min(max(microseconds, -62_135_596_800_000_000), 253_402_300_799_999_999)
  }

  public init(seconds: some BinaryInteger) {
    self = Instant(microseconds: 0).advanced(seconds: seconds)
  }

  /// Whole seconds since 1970, rounded down (also before 1970).
  public var seconds: Int64 { floorDivide(microseconds, 1_000_000) }

  public func advanced(microseconds: Int64) -> Instant {
    let (sum, overflow) = self.microseconds.addingReportingOverflow(microseconds)
    return overflow ? (microseconds < 0 ? .distantPast : .distantFuture) : Instant(microseconds: sum)
  }

  /// Elapsed time; negative goes back.
  public func advanced(seconds: some BinaryInteger) -> Instant { advanced(Int64(clamping: seconds), of: 1_000_000) }
  public func advanced(minutes: some BinaryInteger) -> Instant { advanced(Int64(clamping: minutes), of: 60_000_000) }
  public func advanced(hours: some BinaryInteger) -> Instant { advanced(Int64(clamping: hours), of: 3_600_000_000) }
  /// Days of 24 elapsed hours: not calendar days, which depend on a zone.
  public func advanced(days: some BinaryInteger) -> Instant { advanced(Int64(clamping: days), of: 86_400_000_000) }

  private func advanced(_ count: Int64, of unit: Int64) -> Instant {
    let (product, overflow) = count.multipliedReportingOverflow(by: unit)
    return advanced(microseconds: overflow ? (count < 0 ? .min : .max) : product)
  }

  /// Whole elapsed seconds from `earlier` to this instant, rounded down; negative when `earlier` is later.
  public func seconds(since earlier: Instant) -> Int64 {
    floorDivide(microseconds - earlier.microseconds, 1_000_000)
  }

  public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }
}
