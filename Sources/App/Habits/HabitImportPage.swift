import Domain
import HTML
import Web

/// What would come of a file, habit by habit, with a choice for each.
struct HabitImportPage {
  let layout: Layout
  let summary: ErrorSummary?
  let id: String
  let lede: String
  /// Why the last try came to nothing.
  let failure: Failed?
  let habits: String
  let added: HabitImportText.Figure
  let known: HabitImportText.Figure
  let refused: HabitImportText.Figure
  let leftOut: String?
  let order: RadioGroup?
  /// The same page with the one order of the dates, and with the other.
  let orders: [Order]
  let rows: [Row]
  let lines: [Line]
  let moreLines: String?
  /// nil: there is no habit in it.
  let confirmation: Path?
  let deletion: Path
  let again = Paths.importingHabits

  var hasLines: Bool { !lines.isEmpty }

  struct Failed {
    let reason: String
    let text: String
  }

  struct Order {
    let path: Path
    let label: String
  }

  struct Row {
    let name: String
    /// What the file asks: "3 days a week".
    let asked: String
    let added: HabitImportText.Figure
    let known: HabitImportText.Figure
    let refused: String?
    let changes: [String]
    let habit: Select
    let newName: TextField
    let frequency: Select?
    let times: TextField?
    let target: TextField?
  }

  /// A line that says nothing.
  struct Line {
    let place: String
    let habit: String
    let reason: String
  }

  /// How many habits all rows together offer to be joined to.
  private static let mostOffered = 2_000

  init(
    _ id: ID<HabitImport>, _ plan: HabitImportPlan, _ web: Context, _ state: FormState = .fresh,
    failure: HabitImportFailure.Reason? = nil
  ) throws {
    let (words, text) = (web.words, HabitImportText(try web.reader))
    let person = try web.person
    var make = FieldBuilder(state)
    layout = try Layout(words("Import habits"), .habits, web)
    self.id = id.text
    self.failure = failure.map { Failed(reason: $0.rawValue, text: text.failure($0)) }
    let isAsked = plan.file.asksDateOrder || state.typed?.text("date_order").map { !$0.utf8.isEmpty } ?? false
    order = isAsked ? HabitImportPage.order(&make, words) : nil
    orders =
      isAsked
      ? [("dmy", words("Look at it with the day first")), ("mdy", words("Look at it with the month first"))].map { value, label in
        Order(path: Paths.habitImport(id).adding("date_order", value), label: label)
      } : []
    rows = plan.rows.map { Row($0, plan, &make, text, person, words) }
    summary = make.summary
    habits = String(plan.rows.count)
    added = text.figure(plan.rows.reduce(0) { $0 + $1.added })
    known = text.figure(plan.rows.reduce(0) { $0 + $1.known })
    refused = text.figure(plan.file.refusedCount)
    leftOut = text.leftOut(plan.file.leftOut)
    lines = plan.file.refused.map {
      Line(place: text.place($0), habit: $0.habit.utf8.isEmpty ? "–" : $0.habit, reason: text.reason($0.reason))
    }
    let hidden = plan.file.refusedCount - lines.count
    moreLines = hidden > 0 ? words("And {n} more.", ["n": String(hidden)]) : nil
    lede = plan.rows.isEmpty ? words("There is no habit in this file.") : words("Nothing is stored yet. Look at what comes of each habit.")
    confirmation = plan.rows.isEmpty ? nil : Paths.confirmation(id)
    deletion = Paths.importDeletion(id)
  }

  private static func order(_ make: inout FieldBuilder, _ words: Words) -> RadioGroup {
    RadioGroup(
      field: make.choice(
        "date_order", words("What comes first in its dates?"), "",
        [("dmy", words("The day: 2/3 is 2 March")), ("mdy", words("The month: 2/3 is 3 February"))],
        help: words("This file can be read in both ways. Its dates count when you have said which one is right.")))
  }

  /// What each habit of the file may be joined to, besides the one that is preset.
  fileprivate static func offered(_ row: HabitImportPlan.Row, _ plan: HabitImportPlan) -> [OwnHabit] {
    let rest = plan.mine.lazy.filter { $0.isOfKind(row.habit) && $0.id != row.match?.id }
    return (row.match.map { [$0] } ?? []) + rest.prefix(mostOffered / max(1, plan.rows.count))
  }
}

extension HabitImportPage.Row {
  fileprivate init(
    _ row: HabitImportPlan.Row, _ plan: HabitImportPlan, _ make: inout FieldBuilder, _ text: HabitImportText, _ person: Person,
    _ words: Words
  ) {
    let number = String(row.number)
    name = row.habit.name.utf8.isEmpty ? words("Without a name") : row.habit.name
    asked = HabitWords.sentence(row.rule, unit: row.habit.unit, weekStart: person.weekStart, person.language)
    (added, known) = (text.figure(row.added), text.figure(row.known))
    refused = row.habit.refusedCount == 0 ? nil : String(row.habit.refusedCount)
    changes = text.changes(row)
    let choices =
      [("new", words("Make a new habit of it")), ("none", words("Leave it out"))]
      + HabitImportPage.offered(row, plan).map { ($0.id.text, words("Add its days to “{name}”", ["name": $0.name])) }
    habit = make.choice("habit_" + number, words("What becomes of it"), row.match?.id.text ?? "new", choices)
    newName = make.text("name_" + number, words("Name of a new one"), row.name, maxLength: HabitFile.Habit.longestName)
    let written = row.rule.frequency
    var frequencies = HabitFormPage.frequencies(words)
    if written.name != .specificDays { frequencies.removeAll { $0.value == "specific_days" } }
    let isOfDays = row.rule.sums == nil
    frequency = isOfDays ? make.choice("frequency_" + number, words("How often"), written.name.rawValue, frequencies) : nil
    times = isOfDays ? make.text("times_" + number, words("Times"), written.times > 0 ? String(written.times) : "", type: "number") : nil
    target = row.rule.target.map { target in
      make.text("target_" + number, HabitImportPage.Row.label(target, row.habit.unit, words), target.amount.text(person.language))
    }
  }

  private static func label(_ target: HabitTarget, _ unit: String, _ words: Words) -> String {
    let suffix = unit.utf8.isEmpty ? "" : " (" + unit + ")"
    return (target.direction == .atLeast ? words("At least") : words("At most")) + suffix
  }
}
