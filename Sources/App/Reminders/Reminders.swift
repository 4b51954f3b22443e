import Domain
import HTML
import Postgres
import Web

/// The reminders' pages, forms and buttons.
enum Reminders {
  /// GET /reminders
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try ReminderFilter(query, words) }
    return try web.list { try ReminderListPage(ReminderSearch.page(filter, web), filter, web) }
  }

  /// GET /reminders/new
  static func new(_ web: Context) throws -> Response {
    let profiles = try web.read(EscalationProfile.mine)
    var read = FormReader(web.request.query, web.words)
    let isFilled = !read.trimmed(read.raw("quick")).utf8.isEmpty || !read.errors.isEmpty
    if isFilled { return try filled(by: read.form, profiles, web) }
    return web.page(try ReminderFormPage(web, profiles))
  }

  /// POST /reminders
  static func create(_ web: Context) throws -> Change {
    if web.form.first("quick") != nil { return try createQuick(web) }
    let person = try web.person
    try EscalationProfile.keep(web)
    let profiles = try web.db.rows(EscalationProfile.mine)
    return try web.takeForm(askingAgain: { try ReminderFormPage(web, profiles, $0) }) {
      let draft = try ReminderDraft(web.form, profiles: profiles, web.reader)
      let id = ID<Reminder>.new(at: web.now)
      try draft.insert(id, for: person.id, zoneVersion: web.services.zones.version, at: web.now, web.db)
      try web.services.quota.check(isNew: true, grownBy: draft.weight, web)
      return Change(
        to: Paths.reminder(id), says: try ReminderOutcomeText(web.reader).saved(draft),
        did: [AuditEntry("reminder.made", "reminder", id.text, ["title": draft.title])], wakes: draft.nextAt)
    }
  }

  /// GET /reminders/:reminder
  static func show(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    return web.list(try ReminderPage(ReminderDetails.read(id, web), web))
  }

  /// GET /reminders/:reminder/edit
  static func edit(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let person = try web.person
    let (found, profiles, deadlines, people, events) = try web.read(
      Reminder.query("\(id)", of: person.id, web.services.zones), EscalationProfile.mine, Reminder.deadline(of: id),
      Reminder.person(of: id),
      Reminder.event(of: id))
    guard let reminder = found.first else { throw Failure.notFound }
    if let habit = reminder.habit { return .seeOther(Paths.editHabit(habit).text) }
    if let deadline = deadlines.first { return .seeOther(Paths.editDeadline(deadline).text) }
    if let known = people.first { return .seeOther(Paths.editPerson(known).text) }
    if let event = events.first { return .seeOther(Paths.editEvent(event).text) }
    return web.page(try ReminderFormPage(web, profiles, stored: reminder))
  }

  /// POST /reminders/:reminder
  static func save(_ web: Context, _ id: ID<Reminder>) throws -> Change {
    try EscalationProfile.keep(web)
    let stored = try Reminder.find(id, locked: true, web)
    if stored.habit != nil { throw ReminderRefusal.ofHabit }
    let profiles = try web.db.rows(EscalationProfile.mine)
    return try web.takeForm(askingAgain: { try ReminderFormPage(web, profiles, $0, stored: stored) }) {
      let edit = try ReminderEdit(web.form, stored: stored, profiles: profiles, web.reader)
      return try save(edit.draft, over: stored, version: edit.version, web)
    }
  }

  /// Writes a draft over what is stored.
  ///
  /// - Throws: ``StaleForm`` when that is not of this version; ``ReminderRefusal/ofHabit``.
  static func save(_ draft: ReminderDraft, over stored: Reminder, version: Int, _ web: Context) throws -> Change {
    if stored.habit != nil { throw ReminderRefusal.ofHabit }
    if try web.db.row(Reminder.deadline(of: stored.id)) != nil { throw ReminderRefusal.ofDeadline }
    if try web.db.row(Reminder.person(of: stored.id)) != nil { throw ReminderRefusal.ofPerson }
    if try web.db.row(Reminder.event(of: stored.id)) != nil { throw ReminderRefusal.ofEvent }
    guard try draft.update(stored, version: version, zoneVersion: web.services.zones.version, at: web.now, web.db) else {
      throw StaleForm()
    }
    try web.services.quota.check(isNew: false, grownBy: draft.weight - stored.weight, web)
    let isMoved = draft.movesOn(stored, at: web.now)
    if isMoved { try ReminderCommands.find(stored.id, web).move() }
    let facts = draft.changes.merging(isMoved ? ["snooze": "ended"] : [:]) { first, _ in first }
    return Change(
      to: Paths.reminder(stored.id), says: try ReminderOutcomeText(web.reader).saved(draft, endingSnooze: isMoved),
      did: [AuditEntry("reminder.changed", "reminder", stored.id.text, facts)], wakes: draft.nextAt)
  }

  /// POST /reminders/preview: what the form would do.
  static func preview(_ web: Context) throws -> Response {
    let person = try web.person
    let stored = try edited(web)
    let profiles = try web.db.rows(EscalationProfile.mine)
    if web.form.first("quick") != nil { return try filled(by: web.form, profiles, web) }
    var preview: PreviewCard?
    var state = FormState.shown(web.form)
    do {
      preview = PreviewCard(
        try ReminderDraft(web.form, stored: stored, profiles: profiles, web.reader), stored, person, now: web.now)
    } catch let errors as FormErrors {
      state = .refused(web.form, errors)
    }
    return web.page(try ReminderFormPage(web, profiles, state, stored: stored, preview: preview), status: state.status)
  }

  /// The reminder whose edit form is previewed, as its field `reminder` says; nil: a new one.
  ///
  /// - Throws: ``Failure/notFound`` for what is no id, and for a reminder that is missing, deleted or somebody else's.
  private static func edited(_ web: Context) throws -> Reminder? {
    guard let value = web.form.first("reminder"), value != .text("") else { return nil }
    guard case .text(let text) = value, let id = ID<Reminder>(text) else { throw Failure.notFound }
    return try Reminder.find(id, web)
  }
}

// MARK: - What can be done with a reminder besides editing it

extension Reminders {
  /// POST /reminders/:reminder/completion
  static func complete(_ web: Context, _ id: ID<Reminder>) throws -> Change {
    let commands = try ReminderCommands.find(id, web)
    if let answer = try HabitAnswer(commands, web) { return try answer.change(to: web.back(or: Paths.reminder(id))) }
    return try completion(commands.complete(), of: commands.reminder, to: web.back(or: Paths.reminder(id)), web)
  }

  /// What follows from a completion, wherever the button stood: a single reminder can be opened again.
  static func completion(
    _ outcome: ReminderCommands.Outcome, of reminder: Reminder, to place: Path, _ web: Context
  ) throws -> Change {
    Change(
      to: place, says: try ReminderOutcomeText(web.reader).completed(outcome, reminder),
      undo: !reminder.endsWhenDone || outcome == .already ? nil : Paths.reopening(reminder.id), did: outcome.entries)
  }

  /// POST /reminders/:reminder/acknowledgement
  static func acknowledge(_ web: Context, _ id: ID<Reminder>) throws -> Change {
    let commands = try ReminderCommands.find(id, web)
    let outcome = try commands.acknowledge()
    let says = try ReminderOutcomeText(web.reader).acknowledged(outcome, commands.reminder)
    return Change(to: web.back(or: Paths.reminder(id)), says: says, did: outcome.entries)
  }

  /// POST /reminders/:reminder/archival
  static func archive(_ web: Context, _ id: ID<Reminder>) throws -> Change {
    let commands = try ReminderCommands.find(id, web)
    let outcome = try commands.archive()
    let says = try ReminderOutcomeText(web.reader).archived(outcome, commands.reminder)
    return Change(
      to: web.back(or: Paths.reminder(id)), says: says, undo: outcome == .already ? nil : Paths.reopening(id), did: outcome.entries)
  }

  /// POST /reminders/:reminder/reopening
  static func reopen(_ web: Context, _ id: ID<Reminder>) throws -> Change {
    let commands = try ReminderCommands.find(id, web)
    let outcome = try commands.reopen()
    let says = try ReminderOutcomeText(web.reader).reopened(outcome, commands.reminder)
    return Change(to: web.back(or: Paths.reminder(id)), says: says, did: outcome.entries)
  }

  /// POST /reminders/:reminder/run
  static func run(_ web: Context, _ id: ID<Reminder>) throws -> Change {
    let commands = try ReminderCommands.find(id, web)
    guard let profile = try web.db.row(EscalationProfile.query(commands.reminder.profile, of: commands.reminder.user)) else {
      throw Failure.notFound
    }
    let date = try commands.reminder.habit == nil ? nil : HabitCalendar(web.person, at: web.now).today
    let (outcome, isNew) = try commands.fire(profile, for: date)
    let says = try ReminderOutcomeText(web.reader).rung(commands.reminder, isNew: isNew)
    return Change(to: Paths.reminder(id), says: says, did: outcome.entries)
  }

  /// POST /reminders/:reminder/deletion
  static func delete(_ web: Context, _ id: ID<Reminder>) throws -> Change {
    let commands = try ReminderCommands.find(id, web)
    if let habit = commands.reminder.habit {
      try web.db.queue([
        "UPDATE habits SET reminder_profile_id = NULL, version = version + 1 WHERE id = \(habit) AND user_id = \(commands.reminder.user)"
      ])
    }
    let outcome = try commands.delete()
    return Change(to: Paths.reminders, says: try ReminderOutcomeText(web.reader).deleted(commands.reminder), did: outcome.entries)
  }

  /// POST /reminders/:reminder/snoozes
  static func snooze(_ web: Context, _ id: ID<Reminder>) throws -> Change {
    let commands = try ReminderCommands.find(id, web)
    return try web.takeForm(askingAgain: { try ReminderPage(ReminderDetails.read(id, web), web, $0) }) {
      let form = try SnoozeForm(web.form, web.reader)
      let outcome = try commands.snooze(form)
      return Change(
        to: web.back(or: Paths.reminder(id)), says: try ReminderOutcomeText(web.reader).snoozed(form), did: outcome.entries)
    }
  }

  /// POST /reminders/bulk
  static func bulk(_ web: Context) throws -> Change {
    let ids = try BulkForm.ticked(web.form)
    let found = try ReminderCommands.find(Array(ids.prefix(BulkForm.most)), web)
    let list = try BulkForm.list(web.form, web.words)
    return try web.takeForm(askingAgain: { try ReminderListPage(ReminderSearch.page(list, web), list, web, $0, ticked: Set(ids)) }) {
      let form = try BulkForm(web.form, ticked: ids.count, web.reader)
      let ofHabits = try form.isCompletion ? found.compactMap { try HabitAnswer($0, web) } : []
      let others = ofHabits.isEmpty ? found : found.filter { $0.reminder.habit == nil }
      var done = try ReminderCommands.all(others, of: web.person.id, at: web.now, web.db, form.change)
      var changed = done.entries.count
      for answer in ofHabits {
        do {
          // How much was done, a list does not ask.
          if answer.isAmount {
            done.refused += 1
            continue
          }
          let entries = try answer.complete().entries
          done.entries += entries
          changed += entries.isEmpty ? 0 : 1
        } catch is any Refusal { done.refused += 1 }
      }
      return Change(
        to: list.path(),
        says: try ReminderOutcomeText(web.reader).changed(
          changed, same: found.count - changed - done.refused, refused: done.refused),
        undo: form.canBeUndone(others) && !done.entries.isEmpty ? Paths.bulkRestoration(web.now) : nil, did: done.entries)
    }
  }

  /// POST /reminders/bulk/:at/restoration: takes back what was done or put away at that instant, but for what was changed since.
  static func restore(_ web: Context, _ at: Instant) throws -> Change {
    let user = try web.person.id
    let ids: [ID<Reminder>] = try web.db.rows(
      Query(
        column: """
          SELECT id FROM reminders WHERE user_id = \(user) AND status IN ('completed', 'archived') AND updated_at = \(at) AND habit_id IS NULL
          ORDER BY id LIMIT \(BulkForm.most) FOR UPDATE
          """))
    let found = try ReminderCommands.find(ids, web)
    // Their snoozes ended at that instant, and stay so.
    let awake: Int64? = try web.db.value(
      "SELECT count(DISTINCT reminder_id) FROM snoozes WHERE user_id = \(user) AND reminder_id = ANY (\(ids)) AND until_time = \(at)")
    let done = try ReminderCommands.all(found, of: user, at: web.now, web.db) { commands, batch in try commands.putBack(&batch) }
    return Change(
      to: web.back(or: Paths.reminders),
      says: try ReminderOutcomeText(web.reader).restored(done.entries.count, awake: Int(awake ?? 0)), did: done.entries)
  }
}
