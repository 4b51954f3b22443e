/// When somebody was active in one chat without a gap of half an hour (RULES 8.13, 8.25).
public struct ActivitySession: Hashable, Sendable {
  /// Elapsed minutes without anything that end it.
  public static let gapMinutes = 30

  public let first: Instant
  public let last: Instant

  public init(first: Instant, last: Instant) { (self.first, self.last) = (min(first, last), max(first, last)) }

  public init(at moment: Instant) { self.init(first: moment, last: moment) }

  /// From when on nothing joins it any more.
  public var ended: Instant { last.advanced(minutes: Self.gapMinutes) }

  public func isOver(at now: Instant) -> Bool { now >= ended }

  /// Whether something of that moment belongs to it: less than a gap before, within or behind it.
  public func joins(_ moment: Instant) -> Bool {
    moment < ended && moment > first.advanced(minutes: -Self.gapMinutes)
  }

  /// Where something belongs.
  public struct Place: Hashable, Sendable {
    /// Which of the sessions it joins, none or one or, where it comes late between two, both; the earliest stays and the others go into it.
    public let joined: [Int]
    /// As it is then.
    public let session: ActivitySession
  }

  /// - Parameter sessions: of the same chat around that moment, in any order.
  public static func place(of moment: Instant, among sessions: [ActivitySession]) -> Place {
    let joined = sessions.indices.filter { sessions[$0].joins(moment) }.sorted { (sessions[$0].first, $0) < (sessions[$1].first, $1) }
    let whole = joined.map { sessions[$0] }.reduce(ActivitySession(at: moment)) { sum, session in
      ActivitySession(first: min(sum.first, session.first), last: max(sum.last, session.last))
    }
    return Place(joined: joined, session: whole)
  }

  /// What moments are together, ascending.
  public static func of(_ moments: some Sequence<Instant>) -> [ActivitySession] {
    var sessions: [ActivitySession] = []
    for moment in moments.sorted() {
      if let last = sessions.last, last.joins(moment) {
        sessions[sessions.count - 1] = ActivitySession(first: last.first, last: moment)
      } else {
        sessions.append(ActivitySession(at: moment))
      }
    }
    return sessions
  }
}

/// What a summary of the planner is about, cut by the person's days and weeks (RULES 8.30).
public enum SummaryPeriod: Hashable, Sendable {
  case day(Day)
  case week(PersonWeek)

  /// Those that a moment lies in.
  public static func holding(_ moment: Instant, _ clock: HabitClock, weekStart: Weekday) -> (day: SummaryPeriod, week: SummaryPeriod) {
    let day = clock.date(moment)
    return (.day(day), .week(PersonWeek(holding: day, weekStart: weekStart)))
  }

  public var days: ClosedRange<Day> {
    switch self {
    case .day(let day): day...day
    case .week(let week): week.days
    }
  }

  /// From the beginning of the first day to that of the day behind the last: an hour more or less where the clocks change.
  public func span(_ clock: HabitClock) -> Range<Instant> {
    let (start, end) = (clock.start(of: days.lowerBound), clock.start(of: days.upperBound.advanced(by: 1)))
    return start..<max(start, end)
  }

  /// "2027-03-01", "2027-W09": unique with the kind of summary.
  public var key: String {
    switch self {
    case .day(let day): day.iso
    case .week(let week): week.address
    }
  }
}
