import Domain
import HTML
import Web

/// What the ticked habits of a list are to become.
struct HabitBulkForm {
  private enum Action: String { case completion, skip, pause, resumption, archival, group }
  private enum Deed {
    case completion(Day)
    case skip(Day, SkipReason?)
    case pause(SkipReason?)
    case resumption, archival
    case group(String)
  }

  /// As many habits as one form may hold.
  static let most = 500

  private let deed: Deed

  /// - Parameter ticked: how many habits the form names.
  init(_ form: Form, ticked: Int, _ calendar: HabitCalendar, _ reader: Reader) throws(FormErrors) {
    let words = reader.words
    var read = FormReader(form, words)
    // No field of its own to stand beside: the first leads to the rows, the second to the bar.
    if ticked == 0 { read.complain("habits", words("Tick at least one habit.")) }
    if ticked > HabitBulkForm.most { read.complain("habits", words("Tick at most {n} habits.", ["n": String(HabitBulkForm.most)])) }
    let action = Action(rawValue: read.raw("action"))
    if action == nil { read.complain("bulk", words("Choose what to do with the ticked habits.")) }
    switch action {
    case .completion: deed = .completion(read.offered("date", calendar, reader))
    case .skip: deed = .skip(read.offered("date", calendar, reader), read.skipReason())
    case .pause: deed = .pause(read.skipReason())
    case .group: deed = .group(read.line("group", 0...40))
    case .archival: deed = .archival
    case .resumption, nil: deed = .resumption
    }
    try read.finish()
  }

  /// The ids of the ticked habits, each once, in order.
  ///
  /// - Throws: ``Failure/notFound`` for what is no id.
  static func ticked(_ form: Form) throws -> [ID<Habit>] {
    let ids = try form.all("id").map { value in
      guard case .text(let text) = value, let id = ID<Habit>(text) else { throw Failure.notFound }
      return id
    }
    return Set(ids).sorted { $0.text < $1.text }
  }

  /// Does it to one of them. Dates are ticked and skipped where something is asked and nothing is entered (RULES 5.21); of what is completed, the
  /// coach may speak.
  func change(_ commands: HabitCommands, _ web: Context) throws -> [AuditEntry] {
    let outcome: HabitCommands.Outcome
    switch deed {
    case .completion(let date):
      if !commands.isOpen(on: date) { return [] }
      return try commands.complete([date], notes: nil, web) { commands.asked(on: $0) }.entries
    case .skip(let date, let reason): outcome = try commands.isOpen(on: date) ? commands.skip(date, reason, notes: nil) : .already
    case .pause(let reason): outcome = try commands.pause(HabitPause(from: commands.today, until: nil), reason).outcome
    case .resumption: outcome = try commands.resume()
    case .archival: outcome = try commands.archive()
    case .group(let name): outcome = try commands.group(name)
    }
    return outcome.entries
  }

  /// Whether a press can take it back. What goes on is paused again, and a group is changed by another one.
  var canBeUndone: Bool {
    switch deed {
    case .completion, .skip, .pause, .archival: true
    case .resumption, .group: false
    }
  }

  /// What happened, for the flash.
  func says(_ changed: Int, of count: Int, _ words: Words) -> String {
    if changed == 0 { return words("Nothing was changed.") }
    let text =
      switch deed {
      case .completion: words.count("{n} habit done.", "{n} habits done.", changed)
      case .skip: words.count("{n} habit skipped.", "{n} habits skipped.", changed)
      case .pause: words.count("{n} habit paused.", "{n} habits paused.", changed)
      case .resumption: words.count("{n} habit goes on.", "{n} habits go on.", changed)
      case .archival: words.count("{n} habit archived.", "{n} habits archived.", changed)
      case .group: words.count("{n} habit moved to the group.", "{n} habits moved to the group.", changed)
      }
    if changed == count { return text }
    return text + " " + words.count("{n} stayed as it was.", "{n} stayed as they were.", count - changed)
  }
}

extension FormReader {
  /// One of the eight dates; today when none is given.
  mutating func offered(_ name: String, _ calendar: HabitCalendar, _ reader: Reader) -> Day {
    let text = trimmed(filled(name))
    if text.utf8.isEmpty { return calendar.today }
    if let day = Day(iso: text), calendar.offered.contains(day) { return day }
    complain(name, HabitText.outside(calendar, words, reader.person.language))
    return calendar.today
  }

  /// Why something is skipped or paused; empty: no reason is given.
  mutating func skipReason() -> SkipReason? {
    guard let sent = form.first("reason") else { return nil }
    if case .text(let text) = sent, text.utf8.isEmpty { return nil }
    return choice("reason", SkipReason.other)
  }
}

extension HabitCommands {
  /// Whether something is asked on a date and nothing is entered for it.
  func isOpen(on date: Day) -> Bool {
    guard habit.status == .active else { return false }
    switch entered(on: date)?.mark {
    case .done, .skipped: return false
    case .note, nil: break
    }
    if date == today { return figures?.today.isDue ?? false }
    return rule(on: date).isScheduled(date.weekday) && !history.isPaused(on: date)
  }

  /// What fulfils the target on a date: all of it, what a week or month still lacks, nothing of an at-most habit. nil: ticks.
  fileprivate func asked(on date: Day) -> Amount? {
    guard let target = rule(on: date).target else { return nil }
    if target.direction == .atMost { return .zero }
    guard date == today, rule(on: date).sums != nil, let sum = figures?.today.progress?.sum else { return target.amount }
    return sum < target.amount ? Amount(thousandths: target.amount.thousandths - sum.thousandths) : .zero
  }

  /// Among others of a name; "" takes it out of its group.
  fileprivate func group(_ name: String) throws -> Outcome {
    if habit.group.utf8.elementsEqual(name.utf8) { return .already }
    try db.queue([
      """
      UPDATE habits SET habit_group = \(HabitDraft.group(name, of: habit.user)), updated_at = \(now) WHERE id = \(habit.id) AND user_id = \(habit.user)
      """
    ])
    return done("habit.grouped", nil, ["group": name])
  }
}

// MARK: - Requests

extension Habits {
  /// POST /habits/bulk
  static func bulk(_ web: Context) throws -> Change {
    let ids = try HabitBulkForm.ticked(web.form)
    let found = try HabitCommands.find(Array(ids.prefix(HabitBulkForm.most)), web)
    let calendar = HabitCalendar(try web.person, at: web.now)
    return try web.takeForm(askingAgain: { try HabitListPage.again(web, $0, ticked: Set(ids)) }) {
      let form = try HabitBulkForm(web.form, ticked: ids.count, calendar, web.reader)
      var entries: [AuditEntry] = []
      for commands in found {
        do { entries += try form.change(commands, web) } catch is HabitRefusal {}
      }
      return Change(
        to: web.back(or: Paths.habits), says: form.says(entries.count, of: found.count, web.words),
        undo: form.canBeUndone && !entries.isEmpty ? found.first.map { Paths.restoration($0.press) } : nil, did: entries)
    }
  }

  /// POST /habits/pause
  static func pauseAll(_ web: Context) throws -> Change {
    let all = try HabitCommands.active(web)
    let calendar = HabitCalendar(try web.person, at: web.now)
    return try web.takeForm(askingAgain: { try HabitListPage.again(web, $0) }) {
      let form = try HabitPauseForm(web.form, today: calendar.today, web.reader)
      let batch = ID<StoredPause>.new(at: web.now)
      let pause = HabitPause(from: form.from, until: form.until)
      let entries = try all.flatMap { try $0.pause(pause, form.reason, batch: batch).outcome.entries }
      let says = entries.isEmpty ? web.words("Nothing was changed.") : HabitText.paused(pause, web.words, try web.person.language)
      return Change(to: Paths.habits, says: says, undo: entries.isEmpty ? nil : Paths.resumeHabits, did: entries)
    }
  }

  /// POST /habits/resumption: of what was paused together; what was paused by itself stays so.
  static func resumeAll(_ web: Context) throws -> Change {
    let entries = try HabitCommands.active(web).flatMap { try $0.resume(onlyTogether: true).entries }
    let says =
      entries.isEmpty ? web.words("Nothing was changed.") : web.words.count("{n} habit goes on.", "{n} habits go on.", entries.count)
    return Change(to: Paths.habits, says: says, did: entries)
  }
}
