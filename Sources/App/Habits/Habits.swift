import Domain
import HTML
import Postgres
import Web

/// The habits' pages, forms and buttons.
enum Habits {
  /// GET /habits
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try HabitFilter(query, words) }
    return try web.list { try HabitListPage(HabitShelf.read(filter, web), filter, web) }
  }

  /// GET /habits/new
  static func new(_ web: Context) throws -> Response {
    let offered = try HabitFormChoices.read(for: nil, web)
    // An example of the empty list fills in the name.
    let isFilled = web.request.query.first("name") != nil
    return web.page(try HabitFormPage(web, isFilled ? .shown(web.request.query) : .fresh, offered))
  }

  /// POST /habits
  static func create(_ web: Context) throws -> Change {
    let (person, calendar) = (try web.person, HabitCalendar(try web.person, at: web.now))
    try EscalationProfile.keep(web)
    let offered = try HabitFormChoices.read(for: nil, web)
    return try web.takeForm(askingAgain: { try HabitFormPage(web, $0, offered) }) {
      let draft = try HabitDraft(web.form, profiles: offered.profiles, web.reader)
      try checkReminder(draft, nil, web)
      let id = ID<Habit>.new(at: web.now)
      try web.db.runAll(
        draft.inserting(id, for: person.id, on: calendar.today, at: web.now) + CoachChoice.storing(draft.personality, person, web)
          + EventLog.noting(.habitCreated, ["habit": id.text], of: person, at: web.now))
      if !draft.goals.isEmpty { _ = try Habit.serve(draft.goals, by: id, web) }
      return Change(
        to: Paths.habit(id),
        says: web.words("“{name}” begins today: {sentence}.", ["name": draft.name, "sentence": sentence(draft, person)]),
        did: [AuditEntry("habit.made", Habit.subject, id.text, ["name": draft.name])])
    }
  }

  /// GET /habits/:habit
  static func show(_ web: Context, _ id: ID<Habit>) throws -> Response { web.list(try HabitPage(id, web)) }

  /// GET /habits/:habit/edit
  static func edit(_ web: Context, _ id: ID<Habit>) throws -> Response {
    let (found, offered) = (try web.read(Habit.mine("h.id = \(id)")), try HabitFormChoices.read(for: id, web))
    guard let habit = found.first else { throw Failure.notFound }
    let rule = HabitOffer.rule(HabitCalendar(try web.person, at: web.now).ruleToday(of: habit), web)
    return web.page(try HabitFormPage(web, stored: (habit, rule), offered))
  }

  /// POST /habits/:habit
  static func save(_ web: Context, _ id: ID<Habit>) throws -> Change {
    try EscalationProfile.keep(web)
    let commands = try HabitCommands.find(id, web)
    let stored = (habit: commands.habit, rule: commands.calendar.ruleToday(of: commands.habit))
    let offered = try HabitFormChoices.read(for: id, web)
    return try web.takeForm(askingAgain: { try HabitFormPage(web, $0, stored: stored, offered) }) {
      let draft = try HabitDraft(web.form, stored: stored.habit, rule: stored.rule, profiles: offered.profiles, web.reader)
      try checkReminder(draft, stored.habit, web)
      guard draft.version == stored.habit.version else { throw StaleForm() }
      try web.db.queue(draft.updating(stored, on: commands.calendar.today, at: web.now))
      var changes = draft.changes
      if try Habit.serve(draft.goals, by: id, web) { changes["goals"] = "changed" }
      let person = try web.person
      let says =
        draft.rule == stored.rule
        ? web.words("Saved.")
        : web.words("Saved. From today on: {sentence}. Earlier days stay as they were.", ["sentence": sentence(draft, person)])
      return Change(
        to: Paths.habit(id), says: says,
        did: changes.isEmpty ? [] : [AuditEntry("habit.changed", Habit.subject, id.text, changes)])
    }
  }

  /// Whether it gets a reminder that it had not, and cannot.
  private static func checkReminder(_ draft: HabitDraft, _ stored: Habit?, _ web: Context) throws {
    guard draft.reminderProfile != nil, stored.map({ $0.reminderProfile == nil && $0.status == .active }) ?? true else { return }
    for feature in features {
      if let why = try feature.hindersReminder(web) { throw FormErrors("reminder", why) }
    }
  }

  private static func sentence(_ draft: HabitDraft, _ person: Person) -> String {
    HabitWords.sentence(draft.rule, unit: draft.unit, weekStart: person.weekStart, person.language)
  }

}

// MARK: - Days

extension Habits {
  /// POST /habits/:habit/completions
  static func complete(_ web: Context, _ id: ID<Habit>) throws -> Change {
    let (commands, said) = try HabitCommands.findToTick(id, web)
    return try web.takeForm(askingAgain: { try HabitPage(id, web, $0) }) {
      let form = try HabitDaysForm(web.form, commands, web.reader)
      let (entries, words) = try commands.complete(form.dates, notes: form.notes, said: said, web) { form.sum(on: $0) }
      let says = HabitText(commands, web.words, try web.person.language).completed(form, changed: entries.count, words)
      return Change(
        to: back(id, web), says: says, undo: commands.undo(of: form.dates, entries) { .done(form.sum(on: $0) ?? .zero) },
        did: entries, isFollowed: commands.rings)
    }
  }

  /// POST /habits/:habit/completions/:date/deletion
  static func uncomplete(_ web: Context, _ id: ID<Habit>, _ date: Day) throws -> Change { try undo(web, id, date, skip: false) }

  /// POST /habits/:habit/skips
  static func skip(_ web: Context, _ id: ID<Habit>) throws -> Change {
    let commands = try HabitCommands.find(id, web)
    return try web.takeForm(askingAgain: { try HabitPage(id, web, $0) }) {
      let form = try HabitDaysForm(web.form, commands, web.reader, isSkip: true)
      var entries: [AuditEntry] = []
      for date in form.dates { entries += try commands.skip(date, form.reason, notes: form.notes).entries }
      let says = HabitText(commands, web.words, try web.person.language).skipped(form, changed: entries.count)
      return Change(
        to: back(id, web), says: says, undo: commands.undo(of: form.dates, entries) { _ in .skipped(form.reason) },
        did: entries, isFollowed: commands.rings)
    }
  }

  /// POST /habits/:habit/skips/:date/deletion
  static func unskip(_ web: Context, _ id: ID<Habit>, _ date: Day) throws -> Change { try undo(web, id, date, skip: true) }

  private static func undo(_ web: Context, _ id: ID<Habit>, _ date: Day, skip: Bool) throws -> Change {
    let commands = try HabitCommands.find(id, web)
    return try web.takeForm(askingAgain: { try HabitPage(id, web, $0) }) {
      // Who flew west right after a tick has one ahead of today (RULES 5.7).
      let isAhead = date > commands.calendar.today && commands.entered(on: date).map { $0.mark != .note } ?? false
      guard commands.calendar.offered.contains(date) || isAhead else {
        throw FormErrors("date", HabitText(commands, web.words, try web.person.language).outside)
      }
      let outcome = try commands.undo(date, skip: skip)
      let says = HabitText(commands, web.words, try web.person.language).undone(date, outcome)
      return Change(to: back(id, web), says: says, did: outcome.entries, isFollowed: commands.rings)
    }
  }

  /// POST /habits/:habit/notes
  static func note(_ web: Context, _ id: ID<Habit>) throws -> Change {
    let commands = try HabitCommands.find(id, web)
    return try web.takeForm(askingAgain: { try HabitPage(id, web, $0) }) {
      let form = try HabitNoteForm(web.form, commands, web.reader)
      let outcome = try commands.note(form.date, form.notes)
      let says = form.notes.utf8.isEmpty ? web.words("The note is removed.") : web.words("The note is saved.")
      return Change(to: Paths.habit(id), says: says, did: outcome.entries)
    }
  }

  /// Where the button stood: a list's form says so, else it is the habit's page.
  static func back(_ id: ID<Habit>, _ web: Context) -> Path {
    web.form.text("next").flatMap { Path(ofPage: $0) }?.fragment(HabitItem.anchor(id)) ?? Paths.habit(id)
  }
}

// MARK: - What can be done with a habit besides

extension Habits {
  /// POST /habits/:habit/pause
  static func pause(_ web: Context, _ id: ID<Habit>) throws -> Change {
    let commands = try HabitCommands.find(id, web)
    return try web.takeForm(askingAgain: { try HabitPage(id, web, $0) }) {
      let form = try HabitPauseForm(web.form, today: commands.calendar.today, web.reader)
      let pause = ID<StoredPause>.new(at: web.now)
      let (outcome, whole, isAlone) = try commands.pause(HabitPause(from: form.from, until: form.until), form.reason, as: pause)
      // What was joined with others cannot be taken out of them again.
      return Change(
        to: Paths.habit(id), says: HabitText.paused(whole, web.words, try web.person.language),
        undo: isAlone ? Paths.pauseDeletion(id, pause) : nil, did: outcome.entries)
    }
  }

  /// POST /habits/:habit/pauses/:pause/deletion
  static func deletePause(_ web: Context, _ id: ID<Habit>, _ pause: ID<StoredPause>) throws -> Change {
    let commands = try HabitCommands.find(id, web)
    guard let outcome = try commands.deletePause(pause) else { throw Failure.notFound }
    return Change(to: Paths.habit(id), says: web.words("The pause is removed."), did: outcome.entries)
  }

  /// POST /habits/:habit/frequencies/:date/deletion: what was asked before is asked on.
  static func deleteRule(_ web: Context, _ id: ID<Habit>, _ from: Day) throws -> Change {
    let commands = try HabitCommands.find(id, web)
    guard let outcome = try commands.deleteRule(from: from) else { throw Failure.notFound }
    return Change(
      to: Paths.habit(id), says: web.words("It is removed; what was asked before is asked on."), did: outcome.entries)
  }

  /// POST /habits/:habit/resumption
  static func resume(_ web: Context, _ id: ID<Habit>) throws -> Change {
    let outcome = try HabitCommands.find(id, web).resume()
    let says = outcome == .already ? web.words("It is not paused.") : web.words("It goes on from today.")
    return Change(to: Paths.habit(id), says: says, did: outcome.entries)
  }

  /// POST /habits/:habit/archival
  static func archive(_ web: Context, _ id: ID<Habit>) throws -> Change {
    let outcome = try HabitCommands.find(id, web).archive()
    return Change(
      to: Paths.habit(id), says: web.words("It is in the archive; nothing is asked any more."),
      undo: outcome == .already ? nil : Paths.restoration(id), did: outcome.entries)
  }

  /// POST /habits/:habit/restoration: out of the archive, or back from deletion.
  static func restore(_ web: Context, _ id: ID<Habit>) throws -> Change {
    _ = try web.person
    let gone: [ID<Habit>] = try web.db.rows(
      Query(
        column: """
          UPDATE habits SET status = CASE WHEN EXISTS (
              SELECT FROM habit_pauses p WHERE p.habit_id = habits.id AND p.user_id = habits.user_id AND p.kind = 'archive' AND p.until_date IS NULL)
            THEN 'archived' ELSE 'active' END, deleted_at = NULL, updated_at = \(web.now)
          WHERE id = \(id) AND user_id = (SELECT me()) AND status = 'deleted' RETURNING id
          """))
    if !gone.isEmpty {
      return Change(
        to: back(id, web), says: web.words("It is back, with all of its days."),
        did: [AuditEntry("habit.restored", Habit.subject, id.text)])
    }
    let outcome = try HabitCommands.find(id, web).restore()
    return Change(to: back(id, web), says: web.words("It is out of the archive and asked again from today."), did: outcome.entries)
  }

  /// POST /habits/:habit/deletion
  static func delete(_ web: Context, _ id: ID<Habit>) throws -> Change {
    let commands = try HabitCommands.find(id, web)
    let outcome = try commands.delete()
    return Change(
      to: Paths.habits, says: web.words("“{name}” is deleted.", ["name": commands.habit.name]), undo: Paths.restoration(id),
      did: outcome.entries)
  }

  /// POST /habits/:habit/position
  static func move(_ web: Context, _ id: ID<Habit>) throws -> Change {
    let commands = try HabitCommands.find(id, web)
    return try web.takeForm(askingAgain: { try HabitPage(id, web, $0) }) {
      var read = FormReader(web.form, web.words)
      let position = read.integer("position", 1...1_000, nil)
      try read.finish()
      let outcome = try commands.move(to: position)
      return Change(to: back(id, web), says: outcome == .already ? nil : web.words("Moved."), did: outcome.entries)
    }
  }
}
