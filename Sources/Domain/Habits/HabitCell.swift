/// One date of a habit as maps, rows of buttons and sheets show it.
public struct HabitCell: Hashable, Sendable {
  public enum Mark: String, CaseIterable, Hashable, Sendable {
    /// Nothing asked or nothing to say yet: before the start, an unscheduled date, any date of a week or month that is not done, today, the future.
    case nothing
    case kept
    /// A scheduled date that is over, or more than an at-most target allows.
    case missed
    /// An amount short of the target.
    case partial
    case skipped
    case paused
  }

  public let date: Day
  public let mark: Mark
  /// What was entered, zero too; of ticks 0. Nil: nothing.
  public let entered: Amount?
  public let reason: SkipReason?
  public let hasNote: Bool
  /// Whether the date is one of those asked for; of weeks, months and sums each is.
  public let isScheduled: Bool
  /// How much of the target was reached, 0…1: the shade.
  public let share: Double

  init(_ date: HabitDate, isAsked: Bool, isOver: Bool) {
    self.date = date.day
    entered = date.isEntered ? date.amount : nil
    hasNote = date.entry?.hasNote ?? false
    isScheduled = date.isScheduled
    share = Double(date.share) / Double(HabitTarget.whole)
    if case .skipped(let why) = date.entry?.mark { reason = why } else { reason = nil }
    mark = HabitCell.mark(date, isAsked: isAsked, isOver: isOver)
  }

  private static func mark(_ date: HabitDate, isAsked: Bool, isOver: Bool) -> Mark {
    if date.isKept { return .kept }
    if date.isSkipped { return .skipped }
    if date.isPaused && isAsked { return .paused }
    if date.isExceeded { return .missed }
    if date.amount > .zero { return .partial }
    return date.span.unit == .days && date.isScheduled && isAsked && isOver ? .missed : .nothing
  }
}

extension HabitHistory {
  /// One cell for each date, ascending.
  ///
  /// - Parameters:
  ///   - dates: all entries of theirs are in the history.
  ///   - today: the habit date.
  public func cells(_ dates: ClosedRange<Day>, today: Day) -> [HabitCell] {
    let anchor = anchor(today: today)
    var walk = HabitWalk(self, from: dates.lowerBound)
    return (0...dates.lowerBound.distance(to: dates.upperBound)).map { _ in
      let date = walk.next()
      let isAsked = date.day >= start && date.day <= anchor && !leftOut.contains(date.day)
      return HabitCell(date, isAsked: isAsked, isOver: date.day < anchor)
    }
  }
}

/// How many dates were what: "24 kept, 4 missed, 2 skipped of the last 30" (RULES 5.17).
public struct HabitTally: Hashable, Sendable {
  public private(set) var kept = 0
  /// Short of the target ones included.
  public private(set) var missed = 0
  public private(set) var skipped = 0
  public private(set) var paused = 0
  /// Of all dates.
  public let dates: Int

  init(kept: Int, missed: Int, skipped: Int, paused: Int, dates: Int) {
    (self.kept, self.missed, self.skipped, self.paused, self.dates) = (kept, missed, skipped, paused, dates)
  }

  public init(_ cells: [HabitCell]) { self.init(cells.lazy.map(\.mark), dates: cells.count) }

  public init(_ dates: [HabitYear.Date]) { self.init(dates.lazy.map(\.mark), dates: dates.count) }

  private init(_ marks: some Sequence<HabitCell.Mark>, dates: Int) {
    self.dates = dates
    for mark in marks {
      switch mark {
      case .kept: kept += 1
      case .missed, .partial: missed += 1
      case .skipped: skipped += 1
      case .paused: paused += 1
      case .nothing: break
      }
    }
  }
}

extension Collection<HabitCell> {
  /// Sums of amounts by week, ascending, for the weeks that these dates touch: keyed by the week's first date.
  public func sums(weekStart: Weekday) -> [(week: Day, sum: Amount)] {
    var sums: [(week: Day, sum: Amount)] = []
    for cell in self {
      let week = cell.date.advanced(by: -cell.date.weekday.offset(from: weekStart))
      if sums.last?.week != week { sums.append((week, .zero)) }
      sums[sums.count - 1].sum = sums[sums.count - 1].sum + (cell.entered ?? .zero)
    }
    return sums
  }
}

/// A calendar month, for sheets to print: `2027-02`.
public struct CalendarMonth: Hashable, Sendable {
  public let days: ClosedRange<Day>

  /// The month that holds a date.
  public init(holding day: Day) {
    let (year, month, date) = day.date
    let first = day.advanced(by: 1 - date)
    days = first...first.advanced(by: Day.daysIn(month: month, year: year) - 1)
  }

  /// Exactly `YYYY-MM`.
  public init?(_ text: some StringProtocol) {
    var reader = ByteReader(text)
    guard let year = reader.digits(4), reader.skip(0x2D), let month = reader.digits(2), reader.isAtEnd,
      let first = Day(year: year, month: month, day: 1)
    else { return nil }
    self.init(holding: first)
  }

  /// `YYYY-MM`.
  public var text: String { String(days.lowerBound.iso.prefix(7)) }
  public var previous: CalendarMonth { CalendarMonth(holding: days.lowerBound.advanced(by: -1)) }
  public var next: CalendarMonth { CalendarMonth(holding: days.upperBound.advanced(by: 1)) }
}
