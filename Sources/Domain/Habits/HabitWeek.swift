/// A habit in one week of its person: a row of the review (RULES 5.24).
public struct HabitWeek: Hashable, Sendable {
  /// One for each date, in the order of the person's week.
  public let blocks: [HabitCell]
  /// Of days: scheduled dates kept. Per week: dates kept, at most N. Of a week's sum: 1 when it is reached. Of months: dates kept.
  public let done: Int
  /// Nil for months, which ask nothing of a week, and where the week has nothing of the habit to judge.
  public let required: Int?
  /// Nil where nothing was asked, and for a week that is partial, paused or not over, unless N is done.
  public let rate: Proportion?
  /// Of the amounts.
  public let sum: Amount

  /// The mean over the habits that have a rate; nil when none has one.
  public static func mean(_ weeks: [HabitWeek]) -> Proportion? { mean(of: weeks.map(\.rate)) }

  /// The mean of the rates that there are; nil when there is none.
  public static func mean(of rates: [Proportion?]) -> Proportion? {
    let rates = rates.compactMap { $0?.value }
    return rates.isEmpty ? nil : Proportion(rates.reduce(0, +) / Double(rates.count))
  }

  /// The change from one week's mean to the next in tenths of a point, halves away from zero: 12.5 points are 125.
  public static func change(from before: Proportion, to after: Proportion) -> Int {
    let change = (after.value - before.value) * 1000
    return change < 0 ? -Int(0.5 - change) : Int(change + 0.5)
  }
}

extension HabitHistory {
  /// How a week went, or goes so far, by the rows as they are now.
  ///
  /// - Parameters:
  ///   - week: all entries of its dates are in the history, and the history's ``start`` is the habit's own.
  ///   - today: the habit date.
  public func week(_ week: PersonWeek, today: Day) -> HabitWeek {
    let anchor = anchor(today: today)
    let blocks = cells(week.days, today: today)
    guard week.last >= start, week.first <= anchor else { return HabitWeek(blocks: blocks, done: 0, required: nil, rate: nil, sum: .zero) }
    let since = since(asOf: min(week.last, anchor))
    let from = max(week.first, since)
    var walk = HabitWalk(self, from: from)
    var period = HabitPeriod(first: week.first, last: week.last)
    var days = HabitRate(.days)
    for _ in 0...from.distance(to: min(week.last, anchor)) {
      let date = walk.next()
      period.take(date)
      days.push(date.judged(isOver: date.day < anchor))
    }
    let rule = rule(on: min(week.last, anchor))
    let sum = blocks.reduce(Amount.zero) { $0 + ($1.entered ?? .zero) }
    func row(_ done: Int, _ required: Int?, _ rate: Proportion?) -> HabitWeek {
      HabitWeek(blocks: blocks, done: done, required: required, rate: rate, sum: sum)
    }
    switch rule.unit {
    case .days: return row(days.kept, days.asked, days.proportion)
    case .months: return row(period.done, nil, nil)
    case .weeks:
      let judged = period.judged(rule, since: since, isOver: week.last < anchor)
      let rate = Proportion(Int(judged.kept), of: Int(judged.asked))
      guard let times = period.required(rule) else { return row(Int(judged.kept), 1, rate) }
      let asked = max(0, times - period.skipped)
      return row(min(period.done, asked), asked, rate)
    }
  }
}
