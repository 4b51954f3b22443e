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
    /// Where its buttons lead back to.
    let back: Path
    /// The rows whose boxes are ticked: after a bulk form was refused.
    var ticked: Set<ID<Habit>> = []

    /// The dates of the buttons, the oldest first.
    let dates: [ShownDate]

    /// A date as buttons name it.
    struct ShownDate {
      let day: Day
      let iso: String
      /// "Mon".
      let name: String
    }

    init(_ calendar: HabitCalendar, _ person: Person, _ words: Words, _ secret: CSRFField, back: Path) {
      (self.calendar, self.person, self.words, self.secret, self.back) = (calendar, person, words, secret, back)
      dates = calendar.shown.map {
        ShownDate(day: $0, iso: $0.iso, name: "\(TimeWords.short($0.weekday, person.language))")
      }
    }
  }

  init(_ it: HabitLine, number: Int, _ view: View) {
    habit = it.id.text
    id = "h-" + habit
    mark = "n" + String(number)
    isTicked = view.ticked.contains(it.id)
    name = it.name
    path = Paths.habit(it.id)
    facts = Facts(it.figures, unit: it.unit, view.person.language)
    ring = String(HabitItem.ring(it.figures.today))
    colour = String(it.colour)
    let doing = Paths.completions(it.id)
    days =
      it.status == .archived
      ? [] : zip(it.dates, view.dates).enumerated().map { HabitItem.button($1.0, $1.1, at: $0, it, doing, view.person.language) }
    let isOpen = it.kind == .amount && it.status == .active
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

  private static func button(
    _ date: HabitLine.Date, _ shown: View.ShownDate, at index: Int, _ it: HabitLine, _ doing: Path, _ language: Language
  ) -> DayButton {
    let isDone = it.kind == .tick && date.mark == .kept
    let sum = it.kind == .amount ? date.entered.map { $0.text(language) } : nil
    let press = isDone ? " p-undo" : it.kind == .amount ? " p-add" : " p-do"
    return DayButton(
      action: isDone ? Paths.uncompletion(it.id, date.day) : doing, date: shown.iso,
      says: "d" + String(index) + " s-" + date.mark.rawValue + press, mark: date.mark.rawValue, name: shown.name,
      sign: sum ?? HabitMap.sign(date.mark))
  }
}

extension HabitItem.Facts {
  init(_ figures: HabitBrief, unit: String, _ language: Language) {
    let today = figures.today
    streak = String(figures.current)
    streakWords = HabitWords.streak(figures.current, figures.unit, language)
    longest = String(figures.longest)
    self.unit = figures.unit.rawValue
    score = figures.score.fact
    scoreWords = HabitCharts.percent(figures.score, language)
    misses = String(figures.misses)
    isDue = today.isDue ? "true" : "false"
    isDone = today.isDone ? "true" : "false"
    progress = HabitWords.progress(today, unit: unit, language) ?? HabitWords.today(today, unit: unit, language)
  }
}

extension HabitItem.AmountEntry {
  init(_ it: HabitLine, _ view: HabitItem.View, _ mark: String) {
    let language = view.person.language
    action = Paths.completions(it.id)
    secret = view.secret
    nonce = HiddenField(
      name: "nonce", value: Idempotency.nonce("amount", it.id.text, String(it.revision)))
    back = HiddenField(name: "next", value: view.back.text)
    let pressed = it.figures.today.rule.target?.pressed(it.figures.today.entered, step: it.step) ?? it.step
    let added = Amount(thousandths: pressed.thousandths - (it.figures.today.entered ?? .zero).thousandths)
    step = added.decimal
    stepWords = (added == .zero ? "" : "+") + added.text(language)
    unit = it.unit.utf8.isEmpty ? nil : it.unit
    id = "a-" + mark
  }
}
