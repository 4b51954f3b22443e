/// A release of the zone data: which one, and about when it was made.
///
/// The data has a name such as "2025b" and no date. The year of the name says when at the earliest and at the latest; within it, when the file was
/// last modified, which packages set to the day on which they were built and keep. A file that was copied or has no date thus errs by months only.
public struct ZoneRelease: Hashable, Sendable {
  /// "2025b"; empty when the list does not say.
  public let version: String
  /// Nil when neither name nor file tells.
  public let madeAt: Instant?

  /// - Parameter modified: the list's file's.
  public init(version: String, modified: Instant?) {
    self.version = version
    let digits = version.utf8.prefix { decimal($0) != nil }
    guard digits.count == 4, let year = Int(String(decoding: digits, as: UTF8.self)), let first = Day(year: year, month: 1, day: 1),
      let last = Day(year: year, month: 12, day: 31)
    else {
      madeAt = modified
      return
    }
    let (start, end) = (Zone.utc.start(of: first), Zone.utc.start(of: last))
    madeAt = modified.map { min(max($0, start), end) } ?? end
  }

  /// Whether it is older than a year: several countries change their clocks every year, some with weeks of notice.
  public func isOld(at now: Instant) -> Bool { madeAt.map { now > $0.advanced(days: 366) } ?? false }
}
