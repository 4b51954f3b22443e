/// When nothing is on: the gaps of at least some minutes within a range and within working hours (RULES 9.5).
public struct FreeTimes: Hashable, Sendable {
  /// How many minutes can be asked for.
  public static let minutes = 1...1_440

  public struct Gap: Hashable, Sendable {
    public let span: Range<Instant>
    /// The parts of it in which something tentative is on, in their order.
    public let maybe: [Range<Instant>]
    /// Whether so many minutes are only there if what is tentative falls away.
    public let isMaybe: Bool

    /// Whole minutes.
    public var minutes: Int { Int(clamping: span.upperBound.seconds(since: span.lowerBound) / 60) }
  }

  /// In their order.
  public let gaps: [Gap]
  /// Whether there are more than were asked for.
  public let hasMore: Bool

  /// - Parameters:
  ///   - minutes: how long a gap is at least; below 1 counts as 1.
  ///   - range: at most 400 days of it are looked through.
  ///   - hours: nil: at any time of day.
  ///   - zone: the person's, in which the hours are read: those of a night in which the clocks change are longer or shorter.
  ///   - now: nothing is free before it; it counts as the quarter of an hour that begins next.
  ///   - busy: in any order, over each other too. All-day ones as ``whole(_:in:)``; points take no time.
  ///   - maybe: tentative ones.
  ///   - most: how many gaps.
  public init(
    of minutes: Int, within range: Range<Instant>, hours: WorkHours?, zone: Zone, now: Instant, busy: [Range<Instant>],
    maybe: [Range<Instant>] = [], most: Int = 100
  ) {
    let length = Int64(min(max(minutes, 1), 600_000)) * 60_000_000
    let quarter = now.quarterHour
    let begin = max(range.lowerBound, quarter < now ? quarter.advanced(minutes: 15) : quarter)
    let bounds = begin..<max(begin, range.upperBound)
    let taken = FreeTimes.merged(busy)
    let tentative = FreeTimes.merged(maybe)
    let spans = FreeTimes.windows(bounds, hours, zone).flatMap { FreeTimes.rest(of: $0, without: taken) }
      .filter { FreeTimes.length($0) >= length }
    hasMore = spans.count > max(most, 0)
    gaps = spans.prefix(max(most, 0)).map { span in
      let parts = FreeTimes.overlapping(span, tentative)
      let isMaybe = !parts.isEmpty && !FreeTimes.rest(of: span, without: parts).contains { FreeTimes.length($0) >= length }
      return Gap(span: span, maybe: parts, isMaybe: isMaybe)
    }
  }

  /// All of some dates, which is what an all-day event takes that was marked busy.
  ///
  /// - Parameter days: both inclusive.
  public static func whole(_ days: ClosedRange<Day>, in zone: Zone) -> Range<Instant> {
    let start = zone.start(of: days.lowerBound)
    return start..<max(start, zone.start(of: days.upperBound.advanced(by: 1)))
  }

  /// Working time, in its order and each minute once.
  private static func windows(_ bounds: Range<Instant>, _ hours: WorkHours?, _ zone: Zone) -> [Range<Instant>] {
    guard !bounds.isEmpty else { return [] }
    guard let hours else { return [bounds] }
    // Hours that began the day before go on past midnight.
    let first = zone.local(bounds.lowerBound).day.advanced(by: -1)
    let count = min(first.distance(to: zone.local(bounds.upperBound).day), 401)
    let days = (0...max(count, 0)).map { first.advanced(by: $0) }.filter { hours.days.contains($0.weekday) }
    return merged(days.flatMap { overlapping(bounds, [hours.span(on: $0, zone)]) })
  }

  /// Sorted, those that touch made one, empty ones left out.
  private static func merged(_ spans: [Range<Instant>]) -> [Range<Instant>] {
    var merged: [Range<Instant>] = []
    for span in spans.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, span.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        merged.append(span)
      }
    }
    return merged
  }

  /// The parts of some spans that lie within one.
  private static func overlapping(_ span: Range<Instant>, _ spans: [Range<Instant>]) -> [Range<Instant>] {
    spans.filter { $0.overlaps(span) }.map { $0.clamped(to: span) }
  }

  /// What is left of a span.
  ///
  /// - Parameter taken: merged.
  private static func rest(of span: Range<Instant>, without taken: [Range<Instant>]) -> [Range<Instant>] {
    var rest: [Range<Instant>] = []
    var begin = span.lowerBound
    for part in overlapping(span, taken) {
      if begin < part.lowerBound { rest.append(begin..<part.lowerBound) }
      begin = part.upperBound
    }
    if begin < span.upperBound { rest.append(begin..<span.upperBound) }
    return rest
  }

  /// Microseconds; instants are near enough to each other for that.
  private static func length(_ span: Range<Instant>) -> Int64 { span.upperBound.microseconds - span.lowerBound.microseconds }
}
