import Domain
import HTML
import Postgres

/// What Today shows of habits: those that are due, each with one press.
struct HabitSection {
  let rows: [Row]
  /// Where those stand that are due too; nil: all are here.
  let more: More?
  let all = Paths.habits

  struct More {
    let text: String
    let path = Paths.habits.adding("status", HabitFilter.Status.due.rawValue)
  }

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
    Reading(rows: Kept.mine()).map { rows in
      let kept = HabitLines(rows, HabitCalendar(day.person, day.clock))
      if kept.isWhole { return part(kept, day) }
      return TodayPart(again: { web in part(try kept.completed(web), day) })
    }
  }

  private static func part(_ kept: HabitLines, _ day: DayView) -> TodayPart {
    let due = kept.lines.filter { $0.status == .active && $0.figures.today.isDue }
    // The others are a link away: each row is a form.
    let rows = due.prefix(most).enumerated().map { row($0.offset, $0.element, day) }
    let rest = due.count - rows.count
    let more = rest == 0 ? nil : More(text: day.words.count("{n} more habit is due", "{n} more habits are due", rest))
    let view = rows.isEmpty ? nil : HabitSection(rows: rows, more: more)
    return TodayPart(sections: [TodaySection(rank: .today, figure: nil, view: view)])
  }

  private static func row(_ number: Int, _ habit: HabitLine, _ day: DayView) -> Row {
    let (language, figures, today) = (day.person.language, habit.figures, habit.figures.today)
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
