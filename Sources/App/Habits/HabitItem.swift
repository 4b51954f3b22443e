import Domain
import HTML
import Web

/// One habit in a list: its figures, and the last seven dates to press.
struct HabitItem {
  let id: String
  /// Of its name, which the controls of the row are called by.
  let mark: String
  /// The habit's, for the box that ticks the row.
  let habit: String
  let isTicked: Bool
  let name: String
  let path: Path
  let facts: Facts
  let ring: String
  let colour: String
  let days: [DayButton]
  /// Of amounts: how much to add today.
  let amount: AmountEntry?

  static func anchor(_ id: ID<Habit>) -> String { "h-" + id.text }

  /// What tools read of a row, in words for people.
  struct Facts {
    let streak: String
    let streakWords: String
    let longest: String
    let unit: String
    let score: String
    let scoreWords: String
    let misses: String
    let isDue: String
    let isDone: String
    /// "2 of 3 this week", "6 of 10 km".
    let progress: String?
  }

  /// A date: pressed, it is done or undone.
  struct DayButton {
    let action: Path
    let date: String
    /// The ids of what it says: the date's name, its state, what a press does.
    let says: String
    let mark: String
    /// "Mon".
    let name: String
    /// How it stands, without colour.
    let sign: String
  }

  /// A field for an amount, and one press.
  struct AmountEntry {
    let action: Path
    let secret: CSRFField
    let nonce: HiddenField
    let back: HiddenField
    let step: String
    let stepWords: String
    let unit: String?
    let id: String
  }

  /// What all rows of a page share.
  struct View {
    let calendar: HabitCalendar
    let person: Person
    let words: Words
    let secret: CSRFField
    let keys: Keys
    /// Where its buttons lead back to.
    let back: Path
    /// The rows whose boxes are ticked: after a bulk form was refused.
    var ticked: Set<ID<Habit>> = []

    /// The seven dates, the oldest first.
    var dates: [Day] { Array(calendar.offered.suffix(7)) }
  }

  init(_ it: ReckonedHabit, number: Int, _ view: View) {
    let (habit, figures) = (it.habit, it.figures)
    id = HabitItem.anchor(habit.id)
    mark = "n" + String(number)
    self.habit = habit.id.text
    isTicked = view.ticked.contains(habit.id)
    name = habit.name
    path = Paths.habit(habit.id)
    facts = Facts(it, view.person.language)
    ring = String(HabitItem.ring(figures.today))
    colour = String(habit.colour)
    let cells = it.history.cells((view.dates.first ?? view.calendar.today)...view.calendar.today, today: view.calendar.today)
    days =
      habit.status == .archived
      ? [] : cells.filter { view.dates.contains($0.date) }.enumerated().map { HabitItem.button($1, at: $0, habit, view.person.language) }
    let isOpen = habit.kind == .amount && habit.status == .active
    amount = isOpen ? AmountEntry(it, view, mark) : nil
  }

  /// How full it is, in percent.
  private static func ring(_ today: HabitToday) -> Int {
    func percent(_ part: Int, _ whole: Int) -> Int { whole <= 0 ? 0 : min(100, part * 100 / whole) }
    if let progress = today.progress {
      if let required = progress.required { return percent(progress.done, required) }
      return today.rule.target.map { percent(progress.sum.thousandths, $0.amount.thousandths) } ?? 0
    }
    if let target = today.rule.target, target.direction == .atLeast, let entered = today.entered, !today.isDone {
      return percent(entered.thousandths, target.amount.thousandths)
    }
    return today.isDone ? 100 : 0
  }

  private static func button(_ cell: HabitCell, at index: Int, _ habit: Habit, _ language: Language) -> DayButton {
    let isDone = habit.kind == .tick && cell.mark == .kept
    let action = isDone ? Paths.uncompletion(habit.id, cell.date) : Paths.completions(habit.id)
    let sum = habit.kind == .amount ? cell.entered.map { $0.text(language) } : nil
    return DayButton(
      action: action, date: cell.date.iso,
      says: "d\(index) s-\(cell.mark.rawValue) p-\(isDone ? "undo" : habit.kind == .amount ? "add" : "do")",
      mark: cell.mark.rawValue, name: "\(TimeWords.short(cell.date.weekday, language))", sign: sum ?? HabitMap.sign(cell.mark))
  }
}

extension HabitItem.Facts {
  init(_ it: ReckonedHabit, _ language: Language) {
    let (figures, today) = (it.figures, it.figures.today)
    streak = String(figures.current)
    streakWords = HabitWords.streak(figures.current, figures.unit, language)
    longest = String(figures.longest)
    unit = figures.unit.rawValue
    score = figures.score.fact
    scoreWords = HabitCharts.percent(figures.score, language)
    misses = String(figures.misses)
    isDue = today.isDue ? "true" : "false"
    isDone = today.isDone ? "true" : "false"
    let unit = it.habit.unit
    progress = HabitWords.progress(today, unit: unit, language) ?? HabitWords.today(today, unit: unit, language)
  }
}

extension HabitItem.AmountEntry {
  init(_ it: ReckonedHabit, _ view: HabitItem.View, _ mark: String) {
    let (habit, language) = (it.habit, view.person.language)
    action = Paths.completions(habit.id)
    secret = view.secret
    nonce = HiddenField(
      name: "nonce", value: Idempotency.nonce("amount", habit.id.text, String(habit.revision), person: view.person, view.keys))
    back = HiddenField(name: "next", value: view.back.text)
    let pressed = it.figures.today.rule.target?.pressed(it.figures.today.entered, step: habit.step) ?? habit.step
    let added = Amount(thousandths: pressed.thousandths - (it.figures.today.entered ?? .zero).thousandths)
    step = added.decimal
    stepWords = (added == .zero ? "" : "+") + added.text(language)
    unit = habit.unit.utf8.isEmpty ? nil : habit.unit
    id = "a-" + mark
  }
}
