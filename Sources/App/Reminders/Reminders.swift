import Domain
import HTML
import Postgres
import Web

/// The reminders' pages and forms.
enum Reminders {
  /// GET /reminders
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try ReminderFilter(query, words) }
    let found = try ReminderRow.read(filter, web)
    let page = try ReminderListPage(found, filter, web)
    switch found {
    case .rows: return web.list(page)
    case .stopped(.tooLong): return web.page(page, status: 422)
    case .stopped(.busy): return web.page(page, status: 429).adding("Retry-After", "2")
    }
  }

  /// GET /reminders/new
  static func new(_ web: Context) throws -> Response {
    let profiles = try web.read(EscalationProfile.mine)
    return web.page(try ReminderFormPage(web, profiles))
  }

  /// POST /reminders
  static func create(_ web: Context) throws -> Response {
    let person = try web.person
    let profiles = try web.db.rows(EscalationProfile.mine)
    return try web.takeForm(askingAgain: { try ReminderFormPage(web, profiles, $0) }) {
      let place = try Idempotency.run(web) {
        let draft = try ReminderDraft(web.form, profiles: profiles, web.reader)
        let id = ID<Reminder>.new(at: web.now)
        try draft.insert(id, for: person.id, zoneVersion: web.services.zones.version, at: web.now, web.db)
        try web.services.quota.check(isNew: true, grownBy: draft.weight, web)
        try wakeWorker(draft.nextAt, web)
        try web.audit(AuditEntry("reminder.made", "reminder", id.text, ["title": draft.title]))
        web.flash(saved(draft, person, web))
        return Paths.reminder(id)
      }
      return .seeOther(place.text)
    }
  }

  /// GET /reminders/:reminder
  static func show(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let story = try ReminderDetails.read(id, web)
    return web.list(try ReminderPage(story, web))
  }

  /// GET /reminders/:reminder/edit
  static func edit(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let person = try web.person
    let (found, profiles) = try web.read(Reminder.query(id, of: person.id, web.services.zones), EscalationProfile.mine)
    guard let reminder = found.first else { throw Failure.notFound }
    return web.page(try ReminderFormPage(web, profiles, stored: reminder))
  }

  /// POST /reminders/:reminder
  static func save(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let person = try web.person
    let stored = try Reminder.find(id, locked: true, web)
    let profiles = try web.db.rows(EscalationProfile.mine)
    return try web.takeForm(askingAgain: { try ReminderFormPage(web, profiles, $0, stored: stored) }) {
      let edit = try ReminderEdit(web.form, stored: stored, profiles: profiles, web.reader)
      let draft = edit.draft
      guard try draft.update(stored, version: edit.version, zoneVersion: web.services.zones.version, at: web.now, web.db) else {
        throw StaleForm()
      }
      try web.services.quota.check(isNew: false, grownBy: draft.weight - stored.weight, web)
      try wakeWorker(draft.nextAt, web)
      let isMoved = draft.movesOn(stored, at: web.now)
      if isMoved {
        let moved = try Reminder.find(id, web)
        try ReminderCommands(moved, by: web.actor(), at: web.now, web.db).move()
      }
      let facts = draft.changes.merging(isMoved ? ["snooze": "ended"] : [:]) { first, _ in first }
      try web.audit(AuditEntry("reminder.changed", "reminder", id.text, facts))
      web.flash(saved(draft, person, web) + (isMoved ? " " + web.words("The snooze has ended.") : ""))
      return .seeOther(Paths.reminder(id).text)
    }
  }

  /// POST /reminders/preview: what the form would do; stores nothing.
  static func preview(_ web: Context) throws -> Response {
    let person = try web.person
    let stored = try edited(web)
    let profiles = try web.db.rows(EscalationProfile.mine)
    return try web.takeForm(askingAgain: { try ReminderFormPage(web, profiles, $0, stored: stored) }) {
      let draft = try ReminderDraft(web.form, stored: stored, profiles: profiles, web.reader)
      let preview = PreviewCard(draft, stored, person, now: web.now)
      return web.page(try ReminderFormPage(web, profiles, .shown(web.form), stored: stored, preview: preview))
    }
  }

  /// The reminder whose edit form is previewed, as its field `reminder` says; nil: a new one.
  ///
  /// - Throws: ``Failure/notFound`` for what is no id, and for a reminder that is missing, deleted or somebody else's.
  private static func edited(_ web: Context) throws -> Reminder? {
    guard let value = web.form.first("reminder"), value != .text("") else { return nil }
    guard case .text(let text) = value, let id = ID<Reminder>(text) else { throw Failure.notFound }
    return try Reminder.find(id, web)
  }

  /// A worker sleeps until the next time it knows of; tell it of one that comes sooner than it would look.
  static func wakeWorker(_ due: Instant?, _ web: Context) throws(PostgresError) {
    if let due, due <= web.now.advanced(seconds: 31) { try web.db.run("SELECT pg_notify('heed_work', '')") }
  }

  private static func saved(_ draft: ReminderDraft, _ person: Person, _ web: Context) -> String {
    let words = web.words
    guard let next = draft.nextAt else { return words("Saved. Nothing is planned.") }
    let time = TimeWords.dateTime(next, draft.schedule.zone, person.language)
    let sentence = words("Saved. It rings {time}.", ["time": time])
    return draft.isMoved ? sentence + " " + words("The clocks skip the time you typed, so it was moved on.") : sentence
  }
}
