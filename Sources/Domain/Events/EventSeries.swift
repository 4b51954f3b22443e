/// An event that may come again (RULES 9.21–9.24): its first times, its rule, the dates besides it and without it, and the instances that are
/// otherwise.
///
/// Whatever it holds, its instances are found in bounded time: nothing later than ``longestMonths`` after its first is looked for.
public struct EventSeries: Equatable, Sendable {
  /// Of the first instance.
  public let times: EventTimes
  /// Nil: it does not come again by itself. Hours mean nothing to whole days.
  public let rule: Recurrence?
  public let rdates: [SeriesDate]
  public let exdates: [SeriesDate]
  /// Ascending; one for each key.
  public let overrides: [EventOverride]
  /// Whether the first times are an instance, and the first of COUNT, though the rule may not give them: so in files. On a form the rule alone
  /// decides (``begun()``).
  public let countsStart: Bool

  /// How far a series is followed from its first times: 200 years.
  public static let longestMonths = 2_400

  /// The rule with all said that it leaves to the first times; nil where it has none, or one of hours for whole days.
  let whole: Recurrence?
  private let leftOut: LeftOutDates
  let replaced: [InstanceKey: EventOverride]
  /// Of ``rdates``, ascending, each once.
  let extra: [LocalTime]
  /// Nothing of the rule begins later.
  let lastDay: Day
  /// The last that COUNT allows; nil: no COUNT, or more than there are.
  let countEnd: LocalTime?

  /// - Parameter overrides: of two with one key the later.
  /// - Complexity: with COUNT its times are counted once, here.
  public init(
    _ times: EventTimes, rule: Recurrence? = nil, rdates: [SeriesDate] = [], exdates: [SeriesDate] = [], overrides: [EventOverride] = [],
    countsStart: Bool = false
  ) {
    (self.times, self.rule, self.rdates, self.exdates, self.countsStart) = (times, rule, rdates, exdates, countsStart)
    var replaced: [InstanceKey: EventOverride] = [:]
    for override in overrides { replaced[override.key] = override }
    self.replaced = replaced
    self.overrides = replaced.values.sorted { $0.key < $1.key }
    leftOut = LeftOutDates(exdates, of: times)
    extra = Set(rdates.map { $0.start(in: times) }).sorted()
    whole = times.isAllDay && rule?.frequency == .hourly ? nil : rule.map { $0.whole(from: times) }
    let horizon = times.start.day.advanced(months: EventSeries.longestMonths)
    lastDay = min(horizon, rule?.end.map { $0.lastDay(times) } ?? horizon)
    countEnd = EventSeries.countEnd(whole, times, countsStart: countsStart, through: horizon)
  }

  private static func countEnd(_ whole: Recurrence?, _ times: EventTimes, countsStart: Bool, through last: Day) -> LocalTime? {
    guard let whole, let count = whole.count else { return nil }
    var open = whole
    open.end = nil
    var run = SeriesRun(open, times, countsStart: countsStart, countEnd: nil, notBefore: times.start.day, through: last)
    for _ in 1..<max(count, 1) where run.next() == nil { return nil }
    return run.next()
  }

  /// Whether it can have more than one instance.
  public var isSeries: Bool { rule != nil || !rdates.isEmpty }

  public static func == (left: EventSeries, right: EventSeries) -> Bool {
    left.times == right.times && left.rule == right.rule && left.rdates == right.rdates && left.exdates == right.exdates
      && left.overrides == right.overrides && left.countsStart == right.countsStart
  }

  /// The same with some of it replaced.
  func with(exdates: [SeriesDate]? = nil, overrides: [EventOverride]? = nil) -> EventSeries {
    EventSeries(
      times, rule: rule, rdates: rdates, exdates: exdates ?? self.exdates, overrides: overrides ?? self.overrides, countsStart: countsStart)
  }

  // MARK: - Where its instances are

  /// What the rule gives, and the first times where they stand by themselves: ascending, those left out and replaced, too.
  func run(notBefore day: Day, through last: Day) -> SeriesRun {
    SeriesRun(whole, times, countsStart: countsStart, countEnd: countEnd, notBefore: day, through: min(last, lastDay))
  }

  func isLeftOut(_ wall: LocalTime) -> Bool { leftOut.contain(wall, at: times.zone.instant(wall)) }

  func isLeftOut(_ wall: LocalTime, at start: Instant) -> Bool { leftOut.contain(wall, at: start) }

  func key(_ wall: LocalTime) -> InstanceKey { InstanceKey(wall, isDay: times.isAllDay) }

  /// Whether the rule or a date besides it has an instance there, left out or not.
  func gives(_ wall: LocalTime) -> Bool {
    if extra.contains(wall) { return true }
    var run = run(notBefore: wall.day, through: wall.day)
    while let next = run.next(), next <= wall {
      if next == wall { return true }
    }
    return false
  }

  /// The first that a day has by rule or besides it, left out or not.
  func firstGiven(on day: Day) -> LocalTime? {
    var run = run(notBefore: day, through: day)
    var first = extra.first { $0.day == day }
    while let next = run.next(), next.day <= day {
      guard next.day == day else { continue }
      first = min(next, first ?? next)
      break
    }
    return first
  }

  /// The instance that a RECURRENCE-ID names, in whichever form (RULES 9.22); also where there is none.
  public func key(for date: SeriesDate) -> InstanceKey {
    let wall = date.start(in: times)
    if times.isAllDay { return InstanceKey(wall.day) }
    switch date {
    case .wall: return InstanceKey(wall)
    case .day(let day): return InstanceKey(firstGiven(on: day) ?? wall)
    case .zoned(let there, let zone):
      if gives(wall) { return InstanceKey(wall) }
      // One that the clocks skip lies where another time is shown.
      let start = zone.instant(there)
      var run = run(notBefore: wall.day.advanced(by: -1), through: wall.day)
      while let next = run.next() {
        if times.zone.instant(next) == start { return InstanceKey(next) }
      }
      return InstanceKey(wall)
    }
  }
}

/// One instance that is otherwise than its series; of what it says besides its times the event's rows know.
public struct EventOverride: Hashable, Sendable {
  public let key: InstanceKey
  /// Nil: when the series has it.
  public let times: EventTimes?
  /// Called off, and still shown.
  public let isCancelled: Bool

  public init(_ key: InstanceKey, times: EventTimes? = nil, isCancelled: Bool = false) {
    (self.key, self.times, self.isCancelled) = (key, times, isCancelled)
  }
}

/// The starts of a series by the clock on the wall, ascending, up to its COUNT and UNTIL.
struct SeriesRun {
  private var walls: SeriesWalls?
  private let times: EventTimes
  private let end: Recurrence.End?
  /// Earlier days are before the end, whatever the clocks did.
  private let endDay: Day
  private let countEnd: LocalTime?
  /// The first times, where they are an instance of their own right.
  private var first: LocalTime?
  private let skipsFirst: Bool

  init(_ whole: Recurrence?, _ times: EventTimes, countsStart: Bool, countEnd: LocalTime?, notBefore day: Day, through last: Day) {
    (self.times, self.countEnd, end) = (times, countEnd, whole?.end)
    endDay = end?.lastDay(times).advanced(by: -3) ?? .last
    skipsFirst = whole == nil || countsStart
    first = skipsFirst && times.start.day >= day ? times.start : nil
    let day = max(day, times.start.day)
    if let whole, day <= last { walls = SeriesWalls(whole, from: times.start, notBefore: day, through: last) }
  }

  mutating func next() -> LocalTime? {
    if let start = first {
      first = nil
      return start
    }
    while let wall = walls?.next() {
      if let countEnd, wall > countEnd { return nil }
      if skipsFirst, wall == times.start { continue }
      if let end, wall.day >= endDay, !end.includes(wall, times) { continue }
      return wall
    }
    return nil
  }
}
