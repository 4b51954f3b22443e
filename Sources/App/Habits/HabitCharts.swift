import Domain
import HTML

/// How a habit went, drawn, each drawing with a table that says the same.
struct HabitCharts {
  /// The score's course; nil on a habit's first day.
  let course: Course?
  /// Amounts by week; nil for ticks.
  let weeks: Weeks?

  /// The score at the end of each date.
  struct Course {
    let title: String
    /// In a box of 100 times 40.
    let line: String
    let months: [Row]
  }

  /// The sum of each week, the oldest first.
  struct Weeks {
    let title: String
    let bars: [Bar]
    let width: Int
  }

  struct Row {
    let name: String
    let value: String
  }

  struct Bar {
    let x: Int
    let y: Int
    let height: Int
    let name: String
    let value: String
  }

  init(_ it: ReckonedHabit, _ calendar: HabitCalendar, _ language: Language, _ words: Words) {
    course = HabitCharts.course(it, calendar.today, language, words)
    weeks = it.habit.kind == .amount ? HabitCharts.weeks(it, calendar, language, words) : nil
  }

  private static func course(_ it: ReckonedHabit, _ today: Day, _ language: Language, _ words: Words) -> Course? {
    let state = it.habit.state ?? HabitState(it.history)
    let scores = state.scores(through: today, it.history).suffix(365)
    guard scores.count > 1 else { return nil }
    let first = today.advanced(by: 1 - scores.count)
    let points = scores.enumerated().filter { $0.offset % 3 == 0 || $0.offset == scores.count - 1 }.map { index, score in
      "\(hundredths(index * 10_000 / (scores.count - 1))) \(hundredths(4_000 - score.percent * 40))"
    }
    let dates = scores.enumerated().map { (first.advanced(by: $0.offset), $0.element) }
    let ends = dates.filter { $0.0 == today || $0.0.advanced(by: 1).day == 1 }
    return Course(
      title: words("The score's course since {date}", ["date": HabitWords.date(first, today: today, language)]),
      line: "M" + points.joined(separator: "L"),
      months: ends.reversed().map { Row(name: HabitWords.date($0.0, today: today, language), value: percent($0.1, language)) })
  }

  /// "12.34" of 1234.
  private static func hundredths(_ value: Int) -> String {
    value % 100 == 0 ? String(value / 100) : String(value / 100) + "." + (value % 100 < 10 ? "0" : "") + String(value % 100)
  }

  static func percent(_ share: Proportion, _ language: Language) -> String { String(share.percent) + (language == .english ? "%" : " %") }

  private static let mostWeeks = 26

  private static func weeks(_ it: ReckonedHabit, _ calendar: HabitCalendar, _ language: Language, _ words: Words) -> Weeks {
    let today = calendar.today
    let week = today.advanced(by: -today.weekday.offset(from: calendar.weekStart))
    let first = max(
      week.advanced(by: -7 * (mostWeeks - 1)), it.figures.start.advanced(by: -it.figures.start.weekday.offset(from: calendar.weekStart)))
    let sums = it.history.cells(first...today, today: today).sums(weekStart: calendar.weekStart)
    let most = max(sums.map(\.sum.thousandths).max() ?? 0, 1)
    let unit = it.habit.unit
    let bars = sums.enumerated().map { index, week in
      let height = Int(week.sum.thousandths * 60 / most)
      return Bar(
        x: index * 12, y: 60 - height, height: height, name: HabitWords.date(week.week, today: today, language),
        value: HabitWords.amount(week.sum, unit, language))
    }
    return Weeks(title: words("Amounts by week"), bars: bars.reversed(), width: max(bars.count * 12, 12))
  }
}
