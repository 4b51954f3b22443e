import Domain
import HTML
import Postgres
import Web

/// What people do with a reminder on its page. Each function says what happened, in the person's language; the caller has locked the row.
enum ReminderChanges {
  /// - Throws: ``Failure/conflict(_:)`` when it is archived.
  static func complete(_ reminder: Reminder, _ web: Context) throws -> String {
    let words = web.words
    switch try desk(reminder, web).complete() {
    case .already: return words("“{title}” was done already.", ["title": reminder.title])
    case .nothing: return words("Nothing is open. {next}", ["next": try next(reminder, web)])
    case .done:
      try web.audit(completed(reminder))
      guard reminder.schedule.isSeries else { return words("Done: “{title}”.", ["title": reminder.title]) }
      return words("Done: “{title}”. {next}", ["title": reminder.title, "next": try next(reminder, web)])
    }
  }

  /// - Throws: ``Failure/conflict(_:)`` when nothing rings.
  static func acknowledge(_ reminder: Reminder, _ web: Context) throws -> String {
    let words = web.words
    guard case .done = try desk(reminder, web).acknowledge() else { return words("This was acknowledged already.") }
    try web.audit(AuditEntry("reminder.acknowledged", "reminder", reminder.id.text))
    guard reminder.importance == .critical else { return words("You are on it. Nothing rings until the next time.") }
    return words.count(
      "You are on it. Heed asks again in {n} hour.", "You are on it. Heed asks again in {n} hours.", ReminderCommands.criticalHours)
  }

  /// - Throws: ``Failure/conflict(_:)`` when it is completed or archived.
  static func snooze(_ reminder: Reminder, _ form: SnoozeForm, _ web: Context) throws -> String {
    let person = try web.person
    _ = try desk(reminder, web).snooze(
      until: form.phrase.instant, words: form.phrase.words, reason: form.reason, meant: form.wall)
    try web.audit(snoozed(reminder, form))
    let time = TimeWords.dayTime(form.phrase.instant, person.zone, person.language, now: web.now)
    let relative = TimeWords.relative(form.phrase.instant, from: web.now, person.language)
    let sentence = web.words("Snoozed until {time} ({relative}).", ["time": time, "relative": relative])
    return form.phrase.movedByClockChange ? sentence + " " + web.words("The clocks skip the time you typed, so it was moved on.") : sentence
  }

  /// Archiving an archived one is no error.
  static func archive(_ reminder: Reminder, _ web: Context) throws -> String {
    guard case .done = try desk(reminder, web).archive() else {
      return web.words("“{title}” was archived already.", ["title": reminder.title])
    }
    try web.audit(archived(reminder))
    return web.words("“{title}” is archived.", ["title": reminder.title])
  }

  /// Undoes completion and archival.
  static func reopen(_ reminder: Reminder, _ web: Context) throws -> String {
    guard case .done = try desk(reminder, web).reopen() else {
      return web.words("“{title}” is open already.", ["title": reminder.title])
    }
    try web.audit(AuditEntry("reminder.reopened", "reminder", reminder.id.text))
    return web.words("“{title}” is open again.", ["title": reminder.title])
  }

  /// Rings now.
  ///
  /// - Throws: ``Failure/conflict(_:)`` when it is completed or archived.
  static func runNow(_ reminder: Reminder, _ web: Context) throws -> String {
    let found: EscalationProfile? = try web.db.row(
      "SELECT \(EscalationProfile.columns) FROM profiles p WHERE p.id = \(reminder.profile) AND p.user_id = \(reminder.user)")
    guard let profile = found else { throw Failure.notFound }
    _ = try desk(reminder, web).fire(profile)
    try web.audit(AuditEntry("reminder.run", "reminder", reminder.id.text))
    return web.words("“{title}” rings now.", ["title": reminder.title])
  }

  /// Changes many reminders of the person, whose rows are locked, with as many statements as one.
  ///
  /// - Parameter change: plans the change of one; nil: it was so already.
  /// - Returns: how many no longer allow it.
  static func all(
    _ reminders: [Reminder], _ web: Context, _ change: (ReminderCommands, inout ReminderBatch) throws -> AuditEntry?
  ) throws -> Int {
    let person = try web.person
    let actor = Actor(actor: .user, name: person.displayName)
    var batch = ReminderBatch(of: person.id, at: web.now)
    var entries: [AuditEntry] = []
    var refused = 0
    for desk in try ReminderCommands.all(reminders, of: person.id, by: actor, web.words, at: web.now, web.db) {
      do {
        if let entry = try change(desk, &batch) { entries.append(entry) }
      } catch Failure.conflict { refused += 1 }
    }
    try batch.write(web.db)
    try web.audit(entries, user: person.id, account: person.account, as: .user)
    return refused
  }

  static func completed(_ reminder: Reminder) -> AuditEntry {
    AuditEntry("reminder.completed", "reminder", reminder.id.text, ["title": reminder.title])
  }

  static func snoozed(_ reminder: Reminder, _ form: SnoozeForm) -> AuditEntry {
    AuditEntry(
      "reminder.snoozed", "reminder", reminder.id.text, ["until": form.phrase.instant.iso, "words": form.phrase.words])
  }

  static func archived(_ reminder: Reminder) -> AuditEntry { AuditEntry("reminder.archived", "reminder", reminder.id.text) }

  private static func desk(_ reminder: Reminder, _ web: Context) throws -> ReminderCommands {
    try ReminderCommands(reminder, by: Actor(actor: .user, name: web.person.displayName), web.words, at: web.now, web.db)
  }

  private static func next(_ reminder: Reminder, _ web: Context) throws -> String {
    let person = try web.person
    guard let next = reminder.nextAt else { return web.words("No further time is planned.") }
    return web.words("The next one is {time}.", ["time": TimeWords.dateTime(next, person.zone, person.language)])
  }
}
