import Domain
import HTML
import Postgres
import Web

/// What people do with a reminder on its page. Each function says what happened, in the person's language; the caller has locked the row.
enum ReminderChanges {
  /// - Throws: ``ReminderRefusal`` when it is archived.
  static func complete(_ reminder: Reminder, _ web: Context) throws -> String {
    let words = web.words
    let outcome = try desk(reminder, web).complete()
    try record(outcome, web)
    switch outcome {
    case .already: return words("“{title}” was done already.", ["title": reminder.title])
    case .nothing: return words("Nothing is open. {next}", ["next": try next(reminder, web)])
    case .done:
      guard reminder.schedule.isSeries else { return words("Done: “{title}”.", ["title": reminder.title]) }
      return words("Done: “{title}”. {next}", ["title": reminder.title, "next": try next(reminder, web)])
    }
  }

  /// - Throws: ``ReminderRefusal`` when nothing rings.
  static func acknowledge(_ reminder: Reminder, _ web: Context) throws -> String {
    let words = web.words
    guard try record(desk(reminder, web).acknowledge(), web) else { return words("This was acknowledged already.") }
    guard reminder.importance == .critical else { return words("You are on it. Nothing rings until the next time.") }
    return words.count(
      "You are on it. Heed asks again in {n} hour.", "You are on it. Heed asks again in {n} hours.", ReminderCommands.criticalHours)
  }

  /// - Throws: ``ReminderRefusal`` when it is completed or archived.
  static func snooze(_ reminder: Reminder, _ form: SnoozeForm, _ web: Context) throws -> String {
    let person = try web.person
    try record(
      desk(reminder, web).snooze(until: form.phrase.instant, words: form.phrase.words, reason: form.reason, meant: form.wall), web)
    let time = TimeWords.dayTime(form.phrase.instant, person.zone, person.language, now: web.now)
    let relative = TimeWords.relative(form.phrase.instant, from: web.now, person.language)
    let sentence = web.words("Snoozed until {time} ({relative}).", ["time": time, "relative": relative])
    return form.phrase.movedByClockChange ? sentence + " " + web.words("The clocks skip the time you typed, so it was moved on.") : sentence
  }

  /// Archiving an archived one is no error.
  static func archive(_ reminder: Reminder, _ web: Context) throws -> String {
    guard try record(desk(reminder, web).archive(), web) else {
      return web.words("“{title}” was archived already.", ["title": reminder.title])
    }
    return web.words("“{title}” is archived.", ["title": reminder.title])
  }

  /// Undoes completion and archival.
  static func reopen(_ reminder: Reminder, _ web: Context) throws -> String {
    guard try record(desk(reminder, web).reopen(), web) else {
      return web.words("“{title}” is open already.", ["title": reminder.title])
    }
    return web.words("“{title}” is open again.", ["title": reminder.title])
  }

  /// Rings now.
  ///
  /// - Throws: ``ReminderRefusal`` when it is completed or archived.
  static func runNow(_ reminder: Reminder, _ web: Context) throws -> String {
    let found: EscalationProfile? = try web.db.row(
      "SELECT \(EscalationProfile.columns) FROM profiles p WHERE p.id = \(reminder.profile) AND p.user_id = \(reminder.user)")
    guard let profile = found else { throw Failure.notFound }
    try record(desk(reminder, web).fire(profile), web)
    return web.words("“{title}” rings now.", ["title": reminder.title])
  }

  /// Changes many reminders of the person, whose rows are locked, with as many statements as one.
  ///
  /// - Parameter change: plans the change of one.
  /// - Returns: how many no longer allow it.
  static func all(
    _ reminders: [Reminder], _ web: Context, _ change: (ReminderCommands, inout ReminderBatch) throws -> ReminderCommands.Outcome
  ) throws -> Int {
    let person = try web.person
    var batch = ReminderBatch(of: person.id, at: web.now)
    var entries: [AuditEntry] = []
    var refused = 0
    for desk in try ReminderCommands.all(reminders, of: person.id, by: web.actor(), at: web.now, web.db) {
      do {
        if let entry = try change(desk, &batch).entry { entries.append(entry) }
      } catch is any Refusal { refused += 1 }
    }
    try batch.write(web.db)
    try web.audit(entries, user: person.id, account: person.account, as: .user)
    return refused
  }

  /// Writes down what a command changed, whoever gave it.
  ///
  /// - Returns: whether it changed something.
  @discardableResult
  static func record(_ outcome: ReminderCommands.Outcome, as kind: ActorKind = .user, _ web: Context) throws -> Bool {
    guard let entry = outcome.entry else { return false }
    try web.audit(entry, as: kind)
    return true
  }

  private static func desk(_ reminder: Reminder, _ web: Context) throws -> ReminderCommands {
    try ReminderCommands(reminder, by: web.actor(), at: web.now, web.db)
  }

  private static func next(_ reminder: Reminder, _ web: Context) throws -> String {
    let person = try web.person
    guard let next = reminder.nextAt else { return web.words("No further time is planned.") }
    return web.words("The next one is {time}.", ["time": TimeWords.dateTime(next, person.zone, person.language)])
  }
}
