import Domain
import Postgres

/// What a model is told: the figures of habits, each value one that its text may then name.
enum CoachFacts {
  /// - Parameters:
  ///   - habits: those that are told of. Of the others nothing is known, so none can be named.
  ///   - notes: of these habits.
  ///   - date: what a message is about; nil in a chat.
  static func table(of habits: [ReckonedHabit], _ notes: [CoachNote], _ calendar: HabitCalendar, _ person: Person, on date: Day? = nil)
    -> CoachFactTable
  {
    var table = CoachFactTable(today: calendar.today, firstName: firstName(person))
    if let date { table.add("date", .date(date)) }
    for it in habits {
      add(it, calendar, to: &table)
      for note in notes where note.habit == it.habit.id {
        table.add("note's date", .date(note.date))
        table.add("note", .note(note.text))
      }
    }
    return table
  }

  private static func add(_ it: ReckonedHabit, _ calendar: HabitCalendar, to table: inout CoachFactTable) {
    let (habit, figures) = (it.habit, it.figures)
    let unit = CoachUnit(figures.unit)
    table.add("habit", .name(habit.name))
    table.add("streak", .streak(it.streak))
    table.add("longest streak", .streak(CoachCount(figures.longest, unit)))
    if figures.current > 0 {
      let next = CoachSpeaking.next(after: figures.current)
      table.add("next milestone", .streak(CoachCount(next, unit)))
      table.add("left until it", .streak(CoachCount(next - figures.current, unit)))
    }
    table.add("times kept", .count(figures.total))
    if figures.misses > 0 { table.add("missed in a row", .streak(CoachCount(figures.misses, unit))) }
    table.add("today", .words(figures.today.isDone ? "done" : figures.today.isDue ? "still to be done" : "nothing asked"))
    if let entered = figures.today.entered, habit.kind == .amount {
      table.add("entered today", .amount(CoachAmount(thousandths: entered.thousandths, unit: habit.unit)))
    }
    if let target = figures.today.rule.target {
      table.add("target", .amount(CoachAmount(thousandths: target.amount.thousandths, unit: habit.unit)))
    }
    let week = it.history.week(PersonWeek(holding: calendar.today, weekStart: calendar.weekStart), today: calendar.today)
    if let required = week.required { table.add("this week so far", .share(CoachShare(week.done, of: required))) }
  }

  /// Up to the first blank.
  private static func firstName(_ person: Person) -> String? {
    person.displayName.split(separator: " ").first.map { String($0) }
  }
}

/// What somebody wrote down for a date, as a model may read it.
struct CoachNote {
  let habit: ID<Habit>
  let date: Day
  let text: String

  /// How many are told: a prompt has to stay small.
  private static let most = 10

  /// Notes of dates, newest first: none unless the person allows it, and none that speaks of harm or asks for medical advice.
  static func told(of habits: [ID<Habit>], _ dates: ClosedRange<Day>, to person: Person, _ bench: WorkBench) throws -> [CoachNote] {
    guard person.coach.notes, !habits.isEmpty else { return [] }
    let found = try bench.db.rows(
      """
      SELECT habit_id AS habit, date, notes AS text FROM habit_days
      WHERE user_id = \(person.id) AND habit_id = ANY (\(habits)) AND date BETWEEN \(dates.lowerBound) AND \(dates.upperBound) AND notes <> ''
      ORDER BY date DESC, habit_id LIMIT \(most)
      """, into: CoachNote.init)
    return found.filter { bench.services.coach.humanText(for: $0.text, person.language) == nil }
  }
}
