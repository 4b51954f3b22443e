import Domain
import HTML
import Postgres

/// What Today shows of habits: those that are due, each with one press.
struct HabitSection {
  let rows: [Row]
  let all = Paths.habits

  struct Row {
    let mark: String
    let name: String
    let path: Path
    let colour: String
    /// "12 days · 2 of 3 this week".
    let line: String
    let press: Press
  }

  /// Of ticks: done. Of amounts: one step more.
  struct Press {
    let action: Path
    let secret: CSRFField
    let nonce: HiddenField
    let back = HiddenField(name: "next", value: Paths.today.text)
    /// nil: a tick.
    let amount: HiddenField?
    let label: String
  }

  /// How many of them it shows.
  private static let most = 20

  static func today(_ day: DayView) -> Reading<TodayPart> {
    HabitRows.mine("true", within: "h.status = 'active'", recent: HabitShelf.recent(day.clock.now)).map { habits in
      let calendar = HabitCalendar(day.person, day.clock)
      let due = habits.compactMap { habit -> (Habit, HabitFigures)? in
        let history = calendar.history(of: habit)
        let figures = history.reckoning(from: habit.state, today: calendar.today)?.figures ?? history.figures(today: calendar.today)
        return figures.today.isDue ? (habit, figures) : nil
      }
      var part = TodayPart()
      // The others are a link away: each row is a form.
      let rows = due.prefix(most).enumerated().map { HabitSection.row($0.offset, $0.element.0, $0.element.1, day) }
      part.sections = [TodaySection(rank: .today, figure: nil, view: rows.isEmpty ? nil : HabitSection(rows: rows))]
      return part
    }
  }

  private static func row(_ number: Int, _ habit: Habit, _ figures: HabitFigures, _ day: DayView) -> Row {
    let (language, today) = (day.person.language, figures.today)
    let progress = HabitWords.progress(today, unit: habit.unit, language) ?? HabitWords.today(today, unit: habit.unit, language)
    let streak = HabitWords.streak(figures.current, figures.unit, language)
    var amount: Amount?
    if habit.kind == .amount {
      let pressed = today.rule.target?.pressed(today.entered, step: habit.step) ?? habit.step
      amount = Amount(thousandths: pressed.thousandths - (today.entered ?? .zero).thousandths)
    }
    let added = amount.map { ($0 == .zero ? "" : "+") + HabitWords.amount($0, habit.unit, language) }
    return Row(
      mark: "hn" + String(number), name: habit.name, path: Paths.habit(habit.id), colour: String(habit.colour),
      line: progress.map { streak + " · " + $0 } ?? streak,
      press: Press(
        action: Paths.completions(habit.id), secret: day.secret,
        nonce: HiddenField(
          name: "nonce", value: Idempotency.nonce("amount", habit.id.text, String(habit.revision))),
        amount: amount.map { HiddenField(name: "amount", value: $0.decimal) }, label: added ?? day.words("Done")))
  }
}
