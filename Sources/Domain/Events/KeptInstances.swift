/// The instances of a series that are stored, so that lists need not unfold it: made afresh nightly, at each edit and when the zone data change
/// (RULES 9.24). What is computed is the same.
public struct KeptInstances: Equatable, Sendable {
  /// From so many days back.
  public static let daysBack = 400
  /// To so many days ahead.
  public static let daysAhead = 800
  /// The most of one series.
  public static let most = 3_000

  public let instances: [EventInstance]
  /// In it nothing is missing; outside a page unfolds what it shows.
  public let window: Range<Instant>

  /// What of every series is kept at a moment, unless it has more than ``most``.
  public static func window(at now: Instant) -> Range<Instant> { now.advanced(days: -daysBack)..<now.advanced(days: daysAhead) }
}

extension EventSeries {
  /// Those to store. Of a series with more than fit those are kept that are still to come, from the day before on.
  public func kept(at now: Instant) -> KeptInstances {
    let window = KeptInstances.window(at: now)
    let all = instances(overlapping: window, most: KeptInstances.most + 1)
    guard all.count > KeptInstances.most else { return KeptInstances(instances: all, window: window) }
    let near = now.advanced(days: -1)..<window.upperBound
    let some = instances(overlapping: near, most: KeptInstances.most + 1)
    guard let beyond = some.dropFirst(KeptInstances.most).first else { return KeptInstances(instances: some, window: near) }
    return KeptInstances(instances: Array(some.prefix(KeptInstances.most)), window: near.lowerBound..<max(near.lowerBound, beyond.start))
  }

  /// When the last of its instances is over; nil: it goes on without an end. Later than that where dates at its end are left out, never earlier.
  public var seriesUntil: Instant? {
    guard whole == nil || whole?.hasEnd == true else { return nil }
    var ends = extra.map { times.moved(to: $0).placed.end } + overrides.map { instance($0).end }
    if let wall = lastWall(through: countEnd.map { min($0.day, lastDay) } ?? lastDay) { ends.append(times.moved(to: wall).placed.end) }
    return ends.max() ?? times.placed.end
  }

  /// The last start that rule and first times give up to a day: looked for from the end, a bit at a time.
  private func lastWall(through last: Day) -> LocalTime? {
    for days in [40, 400, 4_000, 80_000] {
      var run = run(notBefore: last.advanced(by: -days), through: last)
      var found: LocalTime?
      while let wall = run.next() { found = wall }
      if found != nil { return found }
    }
    return nil
  }
}
