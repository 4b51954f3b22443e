import Domain
import HTML
import Web

/// One habit in a list: its figures, and the last seven dates to press.
struct HabitItem {
  private let line: HabitLine
  private let view: View
  /// Its place among the rows of the page.
  private let number: Int
  let facts: Facts

  init(_ line: HabitLine, number: Int, _ view: View) {
    (self.line, self.number, self.view) = (line, number, view)
    facts = Facts(line.figures, unit: line.unit, view.person.language)
  }

  /// For the box that ticks the row.
  var habit: ID<Habit> { line.id }
  /// Of its name, which the controls of the row are called by.
  var mark: String { "n" + String(number) }
  var isTicked: Bool { !view.ticked.isEmpty && view.ticked.contains(line.id) }
  var name: String { line.name }
  var path: Path { Paths.habit(line.id) }
  var ring: Int { HabitItem.ring(line.figures.today) }
  var colour: Int { line.colour }
  var days: [DayButton] {
    line.status == .archived ? [] : zip(line.dates, view.dates).map { DayButton(line, $0, $1, view.person.language) }
  }
  /// Out of the archive, of one that is in it.
  var restoration: Path? { line.status == .archived ? Paths.restoration(line.id) : nil }
  /// Of amounts: how much to add today.
  var amount: AmountEntry? { line.kind == .amount && line.status == .active ? AmountEntry(line, view, mark) : nil }

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

  /// A date: pressed, it is done or undone. A page has 140 of them, so it makes no strings but of amounts.
  struct DayButton {
    let action: DayAction
    let mark: String
    /// What a press does: the end of an id.
    let press: String
    /// How it stands, without colour.
    let sign: String
    private let shown: ShownDate

    var date: String { shown.iso }
    /// The end of the id of the date's name.
    var index: Int { shown.index }
    /// "Mon".
    var name: String { shown.name }

    fileprivate init(_ line: HabitLine, _ date: HabitLine.Date, _ shown: ShownDate, _ language: Language) {
      let isAmount = line.kind == .amount
      let isDone = !isAmount && date.mark == .kept
      action = DayAction(habit: line.id, undoing: isDone ? shown.iso : nil)
      mark = date.mark.rawValue
      press = isDone ? "undo" : date.entersZero ? "zero" : isAmount ? "add" : "do"
      sign = isAmount ? date.entered?.text(language) ?? HabitMap.sign(date.mark) : HabitMap.sign(date.mark)
      self.shown = shown
    }
  }

  /// Where a date's button leads: `Paths.completions`, or `Paths.uncompletion` of the date that is undone.
  struct DayAction: URLText {
    let habit: ID<Habit>
    let undoing: String?

    func write(into html: inout HTMLWriter) {
      html.url(Paths.completions(habit))
      guard let undoing else { return }
      html.literal("/")
      html.text(undoing)
      html.literal("/deletion")
    }
  }

  /// A field for an amount, and one press.
  struct AmountEntry {
    let action: Path
    let secret: CSRFField
    let nonce: HiddenField
    let back: HiddenField
    let step: String
    let stepWords: String
    /// Nothing is added: the press says that there was none.
    let isZero: Bool
    let unit: String?
    let id: String
  }

  /// A date as buttons name it.
  struct ShownDate {
    let day: Day
    /// Among the seven.
    let index: Int
    let iso: String
    /// "Mon".
    let name: String
  }

  /// What all rows of a page share. A class: twenty rows hold it.
  final class View {
    let person: Person
    let secret: CSRFField
    /// Where its buttons lead back to.
    let back: HiddenField
    /// The rows whose boxes are ticked: after a bulk form was refused.
    let ticked: Set<ID<Habit>>
    /// The dates of the buttons, the oldest first.
    let dates: [ShownDate]

    init(_ calendar: HabitCalendar, _ person: Person, _ secret: CSRFField, back: HiddenField, ticked: Set<ID<Habit>> = []) {
      (self.person, self.secret, self.back, self.ticked) = (person, secret, back, ticked)
      dates = calendar.shown.enumerated().map { index, day in
        ShownDate(day: day, index: index, iso: day.iso, name: "\(TimeWords.short(day.weekday, person.language))")
      }
    }
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
  fileprivate init(_ it: HabitLine, _ view: HabitItem.View, _ mark: String) {
    let language = view.person.language
    action = Paths.completions(it.id)
    secret = view.secret
    nonce = HiddenField(
      name: "nonce", value: Idempotency.nonce("amount", it.id.text, String(it.revision)))
    back = view.back
    let pressed = it.figures.today.rule.target?.pressed(it.figures.today.entered, step: it.step) ?? it.step
    let added = Amount(thousandths: pressed.thousandths - (it.figures.today.entered ?? .zero).thousandths)
    step = added.decimal
    stepWords = "+" + added.text(language)
    isZero = added == .zero
    unit = it.unit.utf8.isEmpty ? nil : it.unit
    id = "a-" + mark
  }
}
