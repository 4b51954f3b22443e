/// A month or year that a rule passes over because it lacks the day.
public struct LeftOut: Hashable, Sendable {
  public let year: Int
  /// Nil: the whole year.
  public let month: Int?

  /// "April", "2027".
  public func name(_ language: Language) -> String { month.map { "\(TimeWords.month($0, language))" } ?? String(year) }
}

extension Schedule {
  /// The months (of a yearly rule: the years) between two times in which the rule's turn comes and no day is what it asks for: a rule on the 31st
  /// leaves April out (RULES 1.8). Empty for all that is no such rule.
  ///
  /// - Parameters:
  ///   - moment: exclusive; the month of it counts when nothing of it came.
  ///   - next: the next time.
  public func leftOut(after moment: Instant, before next: Instant) -> [LeftOut] {
    guard case .rule(let rule, let start) = kind, rule.frequency == .monthly || rule.frequency == .yearly else { return [] }
    let first = rule.period(of: start.day)
    let from = max(rule.period(of: zone.local(moment).day), first)
    let range = from..<max(rule.period(of: zone.local(next).day), from)
    return range.filter { ($0 - first) % rule.interval == 0 && rule.isEmpty(period: $0) }.map { period in
      rule.frequency == .yearly ? LeftOut(year: period, month: nil) : LeftOut(year: period / 12, month: period % 12 + 1)
    }
  }
}

extension Schedule {
  /// What to type for the last day of each month instead of a day that some lack; nil where none is lacking.
  public func onLastDay(_ language: Language) -> String? {
    guard case .rule(let rule, let start) = kind else { return nil }
    return rule.onLastDay?.words(from: start, zone, language, now: nil)
  }
}

extension Recurrence {
  fileprivate func isEmpty(period: Int) -> Bool {
    let isYear = frequency == .yearly
    let (year, month) = isYear ? (period, 1) : (period / 12, period % 12 + 1)
    if !isYear, !months.isEmpty, !months.contains(month) { return false }
    let first = Day(Civil.days(year: year, month: month, day: 1))
    let last = first.advanced(by: (isYear ? Civil.isLeap(year) ? 366 : 365 : Day.daysIn(month: month, year: year)) - 1)
    return firstFit(from: first, through: last) == nil
  }

  /// What somebody may have meant by a day that some months lack: each month's last; nil where no day is lacking.
  public var onLastDay: Recurrence? {
    guard frequency == .monthly, weekdays.isEmpty, monthDays.count == 1, monthDays[0] > 28 else { return nil }
    var rule = self
    rule.monthDays = [-1]
    return rule
  }
}
