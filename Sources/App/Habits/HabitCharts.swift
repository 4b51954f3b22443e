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

  /// The sum of each week.
  struct Weeks {
    let title: String
    /// Nothing above 0 was entered yet.
    let isEmpty: Bool
    let bars: WeekBars
    /// The newest first.
    let rows: [Row]
  }

  struct Row {
    let name: String
    let value: String
  }

  /// - Parameter unit: of the amounts; nil of ticks.
  init(_ year: HabitYear, unit: String?, _ calendar: HabitCalendar, _ language: Language, _ words: Words) {
    course = HabitCharts.course(year.scores, calendar.today, language, words)
    weeks = unit.map { HabitCharts.weeks(year.weeks, unit: $0, calendar, language, words) }
  }

  private static func course(_ scores: [Int], _ today: Day, _ language: Language, _ words: Words) -> Course? {
    guard scores.count > 1 else { return nil }
    let (first, last) = (today.advanced(by: 1 - scores.count), scores.count - 1)
    var line: [UInt8] = []
    line.reserveCapacity(12 * scores.count / 3)
    for (index, score) in scores.enumerated() where index % 3 == 0 || index == last {
      line.append(UInt8(ascii: index == 0 ? "M" : "L"))
      append(hundredths: index * 10_000 / last, to: &line)
      line.append(UInt8(ascii: " "))
      append(hundredths: 4_000 - score * 40, to: &line)
    }
    // The last dates of months, and today, the newest first.
    var months: [Row] = []
    var day = today
    while day >= first {
      let score = scores[first.distance(to: day)]
      months.append(Row(name: HabitWords.date(day, today: today, language), value: percent(score, language)))
      day = day.advanced(by: -day.day)
    }
    return Course(
      title: words("The score's course since {date}", ["date": HabitWords.date(first, today: today, language)]),
      line: String(decoding: line, as: UTF8.self), months: months)
  }

  /// "12.34" of 1234.
  private static func append(hundredths value: Int, to line: inout [UInt8]) {
    append(value / 100, to: &line)
    if value % 100 == 0 { return }
    line.append(UInt8(ascii: "."))
    if value % 100 < 10 { line.append(UInt8(ascii: "0")) }
    append(value % 100, to: &line)
  }

  private static func append(_ number: Int, to line: inout [UInt8]) {
    if number >= 10 { append(number / 10, to: &line) }
    line.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  static func percent(_ share: Proportion, _ language: Language) -> String { percent(share.percent, language) }

  private static func percent(_ whole: Int, _ language: Language) -> String { String(whole) + (language == .english ? "%" : " %") }

  /// - Parameter sums: the last of the week that goes on.
  private static func weeks(_ sums: [Amount], unit: String, _ calendar: HabitCalendar, _ language: Language, _ words: Words) -> Weeks {
    let today = calendar.today
    let week = today.advanced(by: -today.weekday.offset(from: calendar.weekStart))
    let most = max(sums.map(\.thousandths).max() ?? 0, 1)
    let rows = sums.enumerated().map { index, sum in
      Row(
        name: HabitWords.date(week.advanced(by: 7 * (index + 1 - sums.count)), today: today, language),
        value: HabitWords.amount(sum, unit, language))
    }
    return Weeks(
      title: words("Amounts by week"), isEmpty: sums.allSatisfy { $0 == .zero },
      bars: WeekBars(sums.map { Int($0.thousandths * 60 / most) }, label: "h-sums"), rows: rows.reversed())
  }
}
