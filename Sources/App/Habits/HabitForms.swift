import Domain
import HTML
import Web

/// On which dates something is done or skipped, and how much: of a list's button or of the form on the habit's page.
struct HabitDaysForm {
  /// At least one of those that are offered, none twice.
  let dates: [Day]
  /// nil: what is noted stays.
  let notes: String?
  let reason: SkipReason?
  /// What is added to what is entered already, or takes its place. nil: a tick, or one press.
  private let amount: Amount?
  private let isSet: Bool
  private let commands: HabitCommands

  init(_ form: Form, _ commands: HabitCommands, _ reader: Reader, isSkip: Bool = false) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    let text = HabitText(commands, reader.words, reader.person.language)
    self.commands = commands
    dates = HabitDaysForm.dates(&read, commands, text)
    let typed = read.text("notes", bytes: 2_048)
    notes = typed.utf8.isEmpty ? nil : typed
    reason = isSkip ? read.skipReason() : nil
    isSet = read.flag("set")
    let takesAmount = commands.habit.kind == .amount && !isSkip
    amount = takesAmount && form.first("amount") != nil ? read.amount("amount", unit: commands.habit.unit, nil) : nil
    for date in dates where takesAmount && read.errors.isEmpty && (sum(on: date) ?? .zero) > .limit {
      read.complain("amount", HabitWords.complaint(.tooLarge, reader.words))
    }
    try read.finish()
  }

  /// What the date's sum becomes; nil: a tick. Without an amount it is one press (RULES 5.12).
  func sum(on date: Day) -> Amount? {
    let habit = commands.habit
    if habit.kind == .tick { return nil }
    let entered = isSet ? nil : commands.entered(on: date)?.amount
    if let amount { return (entered ?? .zero) + amount }
    return commands.rule(on: date).target?.pressed(entered, step: habit.step) ?? (entered ?? .zero) + habit.step
  }

  private static func dates(_ read: inout FormReader, _ commands: HabitCommands, _ text: HabitText) -> [Day] {
    let values = read.form.all("date")
    if values.isEmpty { return [commands.calendar.today] }
    var dates: [Day] = []
    for value in values {
      guard case .text(let typed) = value, let date = Day(iso: typed), commands.calendar.offered.contains(date) else {
        read.complain("date", text.outside)
        continue
      }
      if !dates.contains(date) { dates.append(date) }
    }
    return dates
  }
}

/// A note and the date it belongs to.
struct HabitNoteForm {
  let date: Day
  let notes: String

  init(_ form: Form, _ commands: HabitCommands, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    let today = commands.calendar.today
    let start = commands.calendar.history(of: commands.habit).start
    let text = read.trimmed(read.raw("date"))
    date = text.utf8.isEmpty ? today : Day(iso: text) ?? .last
    if !(start...max(start, today)).contains(date) {
      read.complain(
        "date", read.words("Choose a date from {first} to today.", ["first": HabitWords.date(start, today: today, reader.person.language)]))
    }
    notes = read.text("notes", bytes: 2_048)
    try read.finish()
  }
}

/// From when until when nothing is asked.
struct HabitPauseForm {
  let from: Day
  let until: Day?
  let reason: SkipReason?

  init(_ form: Form, today: Day, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    from = HabitPauseForm.day("from", &read) ?? today
    until = HabitPauseForm.day("until", &read)
    reason = read.skipReason()
    if !(today.advanced(by: -7)...today.advanced(by: 365)).contains(from) {
      read.complain("from", read.words("Choose a first day from a week ago to a year ahead."))
    }
    if let until, until <= from { read.complain("until", read.words("Choose a day after the first one.")) }
    try read.finish()
  }

  private static func day(_ name: String, _ read: inout FormReader) -> Day? {
    let text = read.trimmed(read.raw(name))
    if text.utf8.isEmpty { return nil }
    if let day = Day(iso: text) { return day }
    read.complain(name, read.words("Write a date such as 2027-03-15."))
    return nil
  }
}

/// What the list of habits shows, as its address says.
struct HabitFilter {
  enum Status: String, CaseIterable { case active, due, rescue, paused, archived, all }
  enum Sort: String, CaseIterable { case position, name, time, score, streak }
  enum Arrangement: String, CaseIterable { case due, group }

  let status: Status
  let sort: Sort
  let arrangement: Arrangement
  let group: String?
  let search: String
  /// The habit behind which the page begins, of ``HabitListPage/rows`` each.
  let after: ID<Habit>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    status = read.choice("status", Status.active)
    sort = read.choice("sort", Sort.position)
    arrangement = read.choice("by", Arrangement.due)
    group = query.first("group") == nil ? nil : read.line("group", 0...40)
    search = read.line("q", 0...200)
    after = read.after()
    try read.finish()
  }

  /// The address of the same list from its first page on, with another status, or behind a habit.
  func path(_ status: Status? = nil, after: ID<Habit>? = nil) -> Path {
    let status = status ?? self.status
    return Paths.habits.adding("status", status == .active ? nil : status.rawValue)
      .adding("by", arrangement == .due ? nil : arrangement.rawValue).adding("group", group)
      .adding("sort", sort == .position ? nil : sort.rawValue).adding("q", search.utf8.isEmpty ? nil : search)
      .adding("after", after?.text)
  }
}
