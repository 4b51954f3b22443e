/// How the calendar is looked at; the words of the field `view`.
public enum CalendarView: String, CaseIterable, Sendable { case agenda, week, month }

/// The dates that a page of the calendar shows, and where it leads to from there (RULES 9.5).
public struct CalendarSpan: Hashable, Sendable {
  /// 1 January 1900 to 31 December 2200. What is asked for beyond is the nearer end.
  public static let reach: ClosedRange<Day> = Day(-25_567)...Day(84_370)
  /// How many dates an agenda has, from its own on.
  public static let agendaDays = 14

  public let view: CalendarView
  /// Within ``reach``.
  public let date: Day
  public let weekStart: Weekday

  public init(_ view: CalendarView, _ date: Day, weekStart: Weekday) {
    (self.view, self.weekStart) = (view, weekStart)
    self.date = CalendarSpan.clamped(date)
  }

  static func clamped(_ day: Day) -> Day { min(max(day, reach.lowerBound), reach.upperBound) }

  /// All dates that are shown: of a month whole weeks.
  public var days: ClosedRange<Day> {
    switch view {
    case .agenda: date...date.advanced(by: CalendarSpan.agendaDays - 1)
    case .week: PersonWeek(holding: date, weekStart: weekStart).days
    case .month: MonthGrid(holding: date, weekStart: weekStart).days
    }
  }

  /// The date of the page before; nil: it goes no further.
  public var previous: Day? {
    let day =
      switch view {
      case .agenda: date.advanced(by: -CalendarSpan.agendaDays)
      case .week: date.advanced(by: -7)
      case .month: MonthGrid(holding: date, weekStart: weekStart).first.advanced(months: -1)
      }
    return CalendarSpan.reach.contains(day) ? day : nil
  }

  /// The date of the next page; nil: it goes no further.
  public var next: Day? {
    let day =
      switch view {
      case .agenda: date.advanced(by: CalendarSpan.agendaDays)
      case .week: date.advanced(by: 7)
      case .month: MonthGrid(holding: date, weekStart: weekStart).first.advanced(months: 1)
      }
    return CalendarSpan.reach.contains(day) ? day : nil
  }

  /// From the beginning of its first date to the end of its last, for what is read.
  public func instants(in zone: Zone) -> Range<Instant> {
    let days = days
    let start = zone.start(of: days.lowerBound)
    return start..<max(start, zone.start(of: days.upperBound.advanced(by: 1)))
  }
}

/// A month in whole weeks, from the first day of the week that holds its first date (RULES 9.20): four to six of them.
public struct MonthGrid: Hashable, Sendable {
  /// The first of the month.
  public let first: Day
  public let weekStart: Weekday

  /// The month of a date, which is put within ``CalendarSpan/reach``.
  public init(holding day: Day, weekStart: Weekday) {
    let day = CalendarSpan.clamped(day)
    (first, self.weekStart) = (day.advanced(by: 1 - day.day), weekStart)
  }

  /// The last of the month.
  public var last: Day { first.advanced(months: 1).advanced(by: -1) }

  public var weeks: [PersonWeek] {
    var week = PersonWeek(holding: first, weekStart: weekStart)
    var weeks: [PersonWeek] = []
    while week.first <= last {
      weeks.append(week)
      week = week.next
    }
    return weeks
  }

  /// All dates of its weeks.
  public var days: ClosedRange<Day> {
    PersonWeek(holding: first, weekStart: weekStart).first...PersonWeek(holding: last, weekStart: weekStart).last
  }

  /// Whether a date is of the month, and not of one beside it.
  public func contains(_ day: Day) -> Bool { (first...last).contains(day) }
}
