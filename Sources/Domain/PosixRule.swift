/// The rule at the end of a zone file: one clock for good, or two that alternate each year.
/// Source: POSIX.1-2024, 8.3 "TZ", with the hours −167…167 that RFC 9636 adds.
struct PosixRule: Hashable, Sendable {
  /// A day of each year and a time on it, in seconds from its midnight.
  struct Change: Hashable, Sendable {
    enum Date: Hashable, Sendable {
      /// `Mm.w.d`: weekday 0 (Sunday) to 6 of week 1…4 of a month, or the last one (5).
      case weekday(month: Int, week: Int, day: Int)
      /// `Jn`: 1…365, 29 February is never counted.
      case julian(Int)
      /// `n`: 0…365, 29 February is counted.
      case ordinal(Int)
    }

    let date: Date
    let time: Int

    /// Seconds since 1970 on the wall clock that holds before this change.
    func wallSeconds(year: Int) -> Int64 {
      let day: Int
      switch date {
      case .weekday(let month, let week, let weekday):
        let first = Civil.days(year: year, month: month, day: 1)
        let shift = floorModulo(weekday - Civil.sundayBasedWeekday(first), 7) + (week - 1) * 7
        day = first + (shift >= Civil.daysIn(month: month, year: year) ? shift - 7 : shift)
      case .julian(let number):
        let leap = Civil.isLeap(year) && number >= 60 ? 1 : 0
        day = Civil.days(year: year, month: 1, day: 1) + number - 1 + leap
      case .ordinal(let number):
        day = Civil.days(year: year, month: 1, day: 1) + number
      }
      return Int64(day) * 86_400 + Int64(time)
    }
  }

  struct Summer: Hashable, Sendable {
    let clock: ZoneTable.Clock
    let start: Change
    let end: Change
  }

  /// Bounds the text we take from a file; the longest in use has six bytes.
  static let longestName = 31

  let standard: ZoneTable.Clock
  let summer: Summer?

  init(standard: ZoneTable.Clock, summer: Summer?) {
    guard let summer, summer.clock != standard else {
      self.standard = standard
      self.summer = nil
      return
    }
    // "XXX3EDT4,0/0,J365/23" is how a zone says that its summer never ends: it stops and starts at the same moment.
    let isEndless = (2000...2003).allSatisfy { year in
      PosixRule.end(summer, year) >= PosixRule.start(summer, standard, year + 1)
    }
    self.standard = isEndless ? summer.clock : standard
    self.summer = isEndless ? nil : summer
  }

  /// - Parameter second: any time between the years −10,000 and 20,000.
  func span(at second: Int64) -> ZoneTable.Span {
    guard let summer else { return ZoneTable.Span(start: nil, end: nil, clock: standard) }
    let year = Civil.date(Int(floorDivide(second, 86_400))).year
    var latest: (time: Int64, clock: ZoneTable.Clock)?
    var next: Int64?
    func consider(_ time: Int64, _ clock: ZoneTable.Clock) {
      if time > second {
        next = min(next ?? time, time)
      } else if latest.map({ time >= $0.time }) ?? true {
        // At equal times the later year's change wins, hence ">=".
        latest = (time, clock)
      }
    }
    // A change may lie a week outside its year (hours up to 167), so the neighbours count too.
    for year in year - 1...year + 1 {
      consider(PosixRule.start(summer, standard, year), summer.clock)
      consider(PosixRule.end(summer, year), standard)
    }
    return ZoneTable.Span(start: latest?.time, end: next, clock: latest?.clock ?? standard)
  }

  private static func start(_ summer: Summer, _ standard: ZoneTable.Clock, _ year: Int) -> Int64 {
    summer.start.wallSeconds(year: year) - Int64(standard.offset)
  }

  private static func end(_ summer: Summer, _ year: Int) -> Int64 {
    summer.end.wallSeconds(year: year) - Int64(summer.clock.offset)
  }
}
