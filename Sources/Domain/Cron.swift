/// A recurring time in the five fields of cron: minute, hour, day of month, month, day of week (RULES 1.4), or one of cron's own names for
/// such fields ("@daily").
///
/// Each field is a list of numbers, names (`JAN`, `FRI`), ranges, and steps (`*/15`, `10-50/20`, `5/15`). `L` is the month's last day,
/// `L-2` two days before it, `LW` its last weekday and `15W` the weekday nearest to the 15th; `FRI#2` the second Friday, `FRIL` the last. When day of month and day of week are both restricted, either
/// will do, unless one of them begins with `*`: then both must hold, as in Debian's cron. `?` in a field of days is `*`, as where Quartz
/// patterns come from.
public struct Cron: Hashable, Sendable {
  /// Bytes of an expression, more than any sensible one needs.
  public static let longestText = 256

  /// As it was typed.
  public let text: String

  let minute: CronSet
  let hour: CronSet
  let dayOfMonth: CronSet
  let month: CronSet
  let dayOfWeek: CronSet

  /// - Throws: ``CronError``, which names the field. An expression that can never fire is no error here: ``next(after:in:)`` tells.
  public init(_ text: String) throws(CronError) {
    guard text.utf8.count <= Cron.longestText else { throw .tooLong }
    let typed = Array(text.utf8).split { $0 == 0x20 || $0 == 0x09 }
    let fields = try Cron.named(typed) ?? typed
    guard fields.count == 5 else { throw .fieldCount(fields.count) }
    self.text = text
    minute = try CronText.read(fields[0], .minute)
    hour = try CronText.read(fields[1], .hour)
    dayOfMonth = try CronText.read(fields[2], .dayOfMonth)
    month = try CronText.read(fields[3], .month)
    dayOfWeek = try CronText.read(fields[4], .dayOfWeek)
  }

  /// Whether it names times of day ("at 02:30") rather than a rhythm ("every 15 minutes"): decides what a clock change does to it.
  var isAtFixedTimes: Bool { !minute.beginsWithStar && !hour.beginsWithStar }

  /// The first matching minute of a wall clock that is not before `start`, both in minutes since 1970-01-01T00:00 on that clock.
  ///
  /// - Returns: nil when there is none up to `limit`, inclusive.
  /// - Complexity: one step for each month passed over.
  func firstMatch(from start: Int, through limit: Int) -> Int? {
    let startDay = floorDivide(start, 1440)
    var (year, monthNumber, day) = Civil.date(startDay)
    if month.contains(monthNumber), days(year: year, month: monthNumber) >> UInt64(day) & 1 == 1,
      let time = time(from: start - startDay * 1440)
    {
      let match = startDay * 1440 + time
      return match <= limit ? match : nil
    }
    guard let earliest = time(from: 0) else { return nil }
    day += 1
    while true {
      let first = Civil.days(year: year, month: monthNumber, day: 1)
      if first * 1440 > limit { return nil }
      let rest = month.contains(monthNumber) ? days(year: year, month: monthNumber) >> UInt64(day) : 0
      if rest != 0 {
        let match = (first + day + rest.trailingZeroBitCount - 1) * 1440 + earliest
        return match <= limit ? match : nil
      }
      (year, monthNumber, day) = monthNumber == 12 ? (year + 1, 1, 1) : (year, monthNumber + 1, 1)
    }
  }

  /// How many minutes of a day it names, by the clock on the wall: 0 when it does not name the day.
  func times(on day: Day) -> Int {
    let (year, monthNumber, number) = day.date
    guard month.contains(monthNumber), days(year: year, month: monthNumber) >> UInt64(number) & 1 == 1 else { return 0 }
    return hour.numbers.nonzeroBitCount * minute.numbers.nonzeroBitCount
  }

  /// The first matching minute of a day, at or after `minuteOfDay`.
  private func time(from minuteOfDay: Int) -> Int? {
    let now = minuteOfDay / 60
    if hour.contains(now), let found = minute.first(from: minuteOfDay % 60) { return now * 60 + found }
    guard let later = hour.first(from: now + 1), let found = minute.first(from: 0) else { return nil }
    return later * 60 + found
  }

  /// The matching days of a month, bit n for the n-th.
  private func days(year: Int, month: Int) -> UInt64 {
    let count = Civil.daysIn(month: month, year: year)
    let all = (UInt64(1) << UInt64(count + 1)) - 2
    let first = Civil.sundayBasedWeekday(Civil.days(year: year, month: month, day: 1))
    var byDate = dayOfMonth.numbers & all
    var rest = dayOfMonth.daysBeforeLast
    while rest != 0 {
      let day = count - rest.trailingZeroBitCount
      if day >= 1 { byDate |= 1 << UInt64(day) }
      rest &= rest - 1
    }
    byDate |= workdays(nearest: dayOfMonth.nearestWorkdays, first: first, count)
    let byWeekday = weekdays(first, all)
    return dayOfMonth.beginsWithStar || dayOfWeek.beginsWithStar ? byDate & byWeekday : byDate | byWeekday
  }

  /// The days from Monday to Friday nearest to those of `numbers`, never in another month: the 1st, when it is a Saturday, moves to Monday the
  /// 3rd. Bit 0 stands for the month's last day. A day that the month lacks has none.
  private func workdays(nearest numbers: UInt64, first: Int, _ count: Int) -> UInt64 {
    var result: UInt64 = 0
    var rest = numbers
    while rest != 0 {
      let number = rest.trailingZeroBitCount
      rest &= rest - 1
      let day = number == 0 ? count : number
      guard day <= count else { continue }
      switch (first + day - 1) % 7 {
      case 6: result |= 1 << UInt64(day == 1 ? 3 : day - 1)
      case 0: result |= 1 << UInt64(day == count ? day - 2 : day + 1)
      default: result |= 1 << UInt64(day)
      }
    }
    return result
  }

  /// - Parameters:
  ///   - first: the weekday of the month's first day, 0 = Sunday.
  ///   - all: a bit for each day of the month.
  private func weekdays(_ first: Int, _ all: UInt64) -> UInt64 {
    var result: UInt64 = 0
    for weekday in 0..<7 {
      let day = 1 + floorModulo(weekday - first, 7)
      let weekly: UInt64 = 0x1020_4081 << UInt64(day)
      let same = weekly & all
      if dayOfWeek.contains(weekday) { result |= same }
      let nth = dayOfWeek.nthWeekdays >> UInt64(weekday * 8) & 0xFF
      if nth == 0 { continue }
      for number in 1...5 where nth >> UInt64(number) & 1 == 1 { result |= same & (1 << UInt64(day + (number - 1) * 7)) }
      if nth >> 6 & 1 == 1 { result |= 1 << UInt64(63 - same.leadingZeroBitCount) }
    }
    return result
  }
}
