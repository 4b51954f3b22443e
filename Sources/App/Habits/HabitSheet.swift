import Domain
import HTML
import Postgres
import Web

/// Months to print and to fill in by hand.
enum HabitSheets {
  /// GET /habits/sheet: all that are asked.
  static func all(_ web: Context) throws -> Response { try page(web, "h.status = 'active' \(Habit.inOrder)", about: nil) }

  /// GET /habits/:habit/sheet
  static func one(_ web: Context, _ id: ID<Habit>) throws -> Response { try page(web, "h.id = \(id)", about: id) }

  private static func page(_ web: Context, _ which: SQL, about id: ID<Habit>?) throws -> Response {
    let habits = try web.read(Habit.mine(which))
    if id != nil, habits.isEmpty { throw Failure.notFound }
    let calendar = HabitCalendar(try web.person, at: web.now)
    let month = try web.query { query, words throws(FormErrors) in try HabitSheets.month(query, today: calendar.today, words) }
    let entered = try web.read(HabitMonth.query(habits.map(\.id), month))
    return web.page(try HabitSheetPage(month, habits, entered, calendar, web, about: id))
  }

  /// - Throws: a complaint about what is no month from 1970 to ten years ahead.
  private static func month(_ query: Form, today: Day, _ words: Words) throws(FormErrors) -> CalendarMonth {
    var read = FormReader(query, words)
    let text = read.trimmed(read.raw("month"))
    let month = text.utf8.isEmpty ? CalendarMonth(holding: today) : CalendarMonth(text)
    if !(month.map { HabitSheetPage.months(today).contains($0.days.lowerBound) } ?? false) {
      read.complain("month", words("Write a month such as 2027-02."))
    }
    return try read.finish(month)
  }
}

/// What is entered for a month, of one habit.
struct HabitMonth {
  let habit: ID<Habit>
  private let dates: [Day]
  private let states: [HabitEntry.Mark.Name]
  private let amounts: [Amount?]

  static func query(_ ids: [ID<Habit>], _ month: CalendarMonth) -> Query<HabitMonth> {
    Query(
      """
      SELECT habit_id AS habit, array_agg(date ORDER BY date) AS dates, array_agg(state ORDER BY date) AS states,
        array_agg(amount ORDER BY date) AS amounts FROM habit_days
      WHERE user_id = (SELECT me()) AND habit_id = ANY (\(ids)) AND date BETWEEN \(month.days.lowerBound) AND \(month.days.upperBound)
      GROUP BY habit_id
      """, into: HabitMonth.init)
  }

  var entries: [HabitEntry] {
    dates.indices.map { index in
      switch states[index] {
      case .done: HabitEntry(dates[index], .done(amounts[index] ?? .zero))
      case .skipped: HabitEntry(dates[index], .skipped(nil))
      case .note: HabitEntry(dates[index], .note)
      }
    }
  }
}

/// A month of days, down, and habits, across: what is over is filled in, the rest is for a pen.
struct HabitSheetPage {
  let layout: Layout
  let back: Path
  let month: String
  let previous: Path?
  let next: Path?
  let tables: [Table]
  /// With one habit there is room for words beside it.
  let hasNotes: Bool

  var isEmpty: Bool { tables.isEmpty }

  /// As many habits as fit on one sheet of paper.
  struct Table {
    let caption: String
    let habits: [Head]
    let days: [Line]
  }

  struct Head {
    let name: String
    let asked: String
  }

  struct Line {
    let day: String
    let weekday: String
    let isWeekBegin: Bool
    /// What was entered, or a sign of ``HabitMap/sign(_:)``. Of the dates to come nothing but that they are paused.
    let cells: [String]
  }

  private static let mostAcross = 10

  /// First days of the months that can be printed.
  static func months(_ today: Day) -> ClosedRange<Day> { Day(0)...today.advanced(months: 120) }

  init(
    _ month: CalendarMonth, _ habits: [Habit], _ entered: [HabitMonth], _ calendar: HabitCalendar, _ web: Context, about id: ID<Habit>?
  ) throws {
    let (words, person) = (web.words, try web.person)
    let byHabit = Dictionary(entered.map { ($0.habit, $0.entries) }, uniquingKeysWith: { first, _ in first })
    layout = try Layout(words("Month sheet"), .habits, web)
    back = id.map(Paths.habit) ?? Paths.habits
    hasNotes = id != nil
    let named = "\(TimeWords.month(month.days.lowerBound.month, person.language)) \(month.days.lowerBound.year)"
    let name = HabitWords.capitalized(named)
    self.month = name
    let place = id.map(Paths.habitSheet) ?? Paths.habitSheet
    (previous, next) = (HabitSheetPage.path(place, month.previous, calendar), HabitSheetPage.path(place, month.next, calendar))
    let columns = habits.map { habit in
      let start = habit.state?.start ?? habit.entries.first?.date
      let cells = calendar.history(of: habit, entries: byHabit[habit.id] ?? [], start: start).cells(month.days, today: calendar.today)
      return (
        head: Head(name: habit.name, asked: HabitSheetPage.asked(habit, calendar, person)),
        cells: cells.map { cell in
          habit.kind == .amount ? cell.entered?.text(person.language) ?? HabitMap.sign(cell.mark) : HabitMap.sign(cell.mark)
        }
      )
    }
    tables = stride(from: 0, to: columns.count, by: HabitSheetPage.mostAcross).map { start in
      let some = columns[start..<min(start + HabitSheetPage.mostAcross, columns.count)]
      let days = zip(0..., month.days).map { place, day in
        Line(
          day: String(day.day), weekday: "\(TimeWords.short(day.weekday, person.language))", isWeekBegin: day.weekday == person.weekStart,
          cells: some.map { $0.cells[place] })
      }
      return Table(caption: name, habits: some.map(\.head), days: days)
    }
  }

  private static func path(_ place: Path, _ month: CalendarMonth, _ calendar: HabitCalendar) -> Path? {
    months(calendar.today).contains(month.days.lowerBound) ? place.adding("month", month.text) : nil
  }

  private static func asked(_ habit: Habit, _ calendar: HabitCalendar, _ person: Person) -> String {
    HabitWords.sentence(calendar.ruleToday(of: habit), unit: habit.unit, weekStart: person.weekStart, person.language)
  }
}

extension HabitCalendar {
  /// A habit as some of its entries tell of it.
  ///
  /// - Parameter start: where it starts; nil: with them.
  func history(of habit: Habit, entries: [HabitEntry], start: Day?) -> HabitHistory {
    HabitHistory(
      created: habit.createdOn, start: start, weekStart: weekStart, changes: habit.changes, entries: entries,
      pauses: habit.pauses.map(\.dates), leftOut: leftOut)
  }
}
