import Domain
import HTML
import Web

/// What a person chose of a file's habits on its preview. What was not sent is as it was preset.
struct HabitImportForm {
  struct Chosen {
    let row: HabitImportPlan.Row
    let target: Target
  }

  enum Target {
    /// With what is asked of it from its last change on.
    case new(name: String, HabitRule)
    /// Its dates are added to one of the person's.
    case joined(ID<Habit>)
  }

  /// Those that are not left out, in the order of the file.
  let chosen: [Chosen]
  /// How many dates those have.
  var dates: Int { chosen.reduce(0) { $0 + $1.row.habit.entries.count } }

  init(_ form: Form, _ plan: HabitImportPlan, _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    _ = HabitImportForm.order(&read)
    if plan.file.asksDateOrder { read.complain("date_order", words("Say which comes first in this file’s dates, the day or the month.")) }
    chosen = plan.rows.compactMap { row in HabitImportForm.target(row, plan, &read).map { Chosen(row: row, target: $0) } }
    if chosen.isEmpty, read.errors.isEmpty { read.complain("habit_1", words("Choose at least one habit to import.")) }
    try read.finish()
  }

  /// What decides how the file is read: the order of its dates, and amounts whose target was emptied to take them as done or not.
  ///
  /// - Throws: a complaint beside `date_order`.
  static func choices(_ form: Form, today: Day, _ words: Words) throws(FormErrors) -> HabitFileChoices {
    var read = FormReader(form, words)
    let order = HabitImportForm.order(&read)
    try read.finish()
    return HabitFileChoices(
      today: today, dateOrder: order,
      asTicks: Set((0..<HabitFile.mostHabits).filter { form.text("target_\($0 + 1)").map { read.trimmed($0).utf8.isEmpty } ?? false }))
  }

  /// nil: none was chosen.
  static func order(_ read: inout FormReader) -> HabitFileChoices.DateOrder? {
    read.raw("date_order").utf8.isEmpty ? nil : read.choice("date_order", HabitFileChoices.DateOrder.dayFirst)
  }

  /// nil: it is left out, or there is a complaint.
  private static func target(_ row: HabitImportPlan.Row, _ plan: HabitImportPlan, _ read: inout FormReader) -> Target? {
    let field = "habit_\(row.number)"
    switch read.raw(field) {
    case "none": return nil
    case "": return row.match.map { .joined($0.id) } ?? new(row, &read)
    case "new": return new(row, &read)
    case let text:
      guard let own = plan.mine.first(where: { $0.id.text.utf8.elementsEqual(text.utf8) }) else {
        read.complain(field, read.words("Choose one of the values offered."))
        return nil
      }
      guard own.isOfKind(row.habit) else {
        let complaint =
          own.kind == .tick
          ? read.words("“{name}” is done or not, and the file has amounts.", ["name": own.name])
          : read.words("“{name}” has amounts, and the file says done or not.", ["name": own.name])
        read.complain(field, complaint)
        return nil
      }
      return .joined(own.id)
    }
  }

  private static func new(_ row: HabitImportPlan.Row, _ read: inout FormReader) -> Target? {
    let field = "name_\(row.number)"
    let typed = read.line(field, row.name.utf8.isEmpty ? 1...HabitFile.Habit.longestName : 0...HabitFile.Habit.longestName)
    let name = typed.utf8.isEmpty ? row.name : typed
    let target = target(row, &read)
    // A target of a week or month is for its sum: which days does not matter then.
    let isOfDays = target.map { $0.period == .day } ?? true
    return .new(name: name, HabitRule(isOfDays ? frequency(row, &read) : .daily, target: target))
  }

  private static func frequency(_ row: HabitImportPlan.Row, _ read: inout FormReader) -> HabitFrequency {
    let (written, times) = (row.rule.frequency, "times_\(row.number)")
    switch read.choice("frequency_\(row.number)", written.name) {
    case .daily: return .daily
    case .specificDays:
      if case .days = written { return written }
      read.complain("frequency_\(row.number)", read.words("Choose one of the values offered."))
      return written
    case .perWeek: return .perWeek(read.integer(times, 1...7, written.times > 0 ? min(written.times, 7) : nil))
    case .perMonth: return .perMonth(read.integer(times, 1...31, written.times > 0 ? written.times : nil))
    }
  }

  private static func target(_ row: HabitImportPlan.Row, _ read: inout FormReader) -> HabitTarget? {
    guard var target = row.rule.target else { return nil }
    let field = "target_\(row.number)"
    if read.form.first(field) != nil { target.amount = read.amount(field, unit: row.habit.unit, nil) ?? target.amount }
    if target.amount == .zero, target.direction == .atLeast { read.complain(field, read.words("Write an amount above 0.")) }
    return target
  }
}
