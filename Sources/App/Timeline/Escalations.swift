import Domain
import HTML
import Postgres
import Web

/// The escalations' pages and what people do there.
enum Escalations {
  /// GET /escalations
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try EscalationFilter(query, words) }
    return web.list(try EscalationListPage(web.read(EscalationRow.list(filter)), filter, web))
  }

  /// GET /escalations/:escalation
  static func timeline(_ web: Context, _ id: ID<Escalation>) throws -> Response {
    var read = FormReader(web.request.query, web.words)
    let text = read.raw("before")
    let place = TimelineCursor(text)
    let story = try EscalationDetails.read(id, before: place, web)
    guard read.errors.isEmpty, place != nil || text.utf8.isEmpty else {
      return ErrorPage.response(422, web, reason: web.words("This link is not complete. Start from the first page."))
    }
    return web.list(try TimelinePage(story, web))
  }

  /// POST /escalations/:escalation/acknowledgement
  static func acknowledge(_ web: Context, _ id: ID<Escalation>) throws -> Response {
    let reader = try web.reader
    let desk = try desk(id, web)
    return try takeForm(id, web) {
      var read = FormReader(web.form, web.words)
      let typed = read.line("again_in", 0...200)
      let again = typed.utf8.isEmpty ? nil : read.phrase("again_in", reader, isDuration: true)
      try read.finish()
      try desk.require(newest: id)
      let outcome = try desk.acknowledge(againAt: again?.instant, meant: again.flatMap { WallTime($0, of: reader.person) })
      try ReminderChanges.record(outcome, web)
      web.flash(outcome == .already ? web.words("This was acknowledged already.") : web.words("You are on it. The tiers have stopped."))
      return .seeOther(Paths.escalation(id).text)
    }
  }

  /// POST /escalations/:escalation/snoozes
  static func snooze(_ web: Context, _ id: ID<Escalation>) throws -> Response {
    let desk = try desk(id, web)
    return try takeForm(id, web) {
      let place = try Idempotency.run(web) {
        let form = try SnoozeForm(web.form, web.reader)
        try desk.require(newest: id)
        web.flash(try ReminderChanges.snooze(desk.reminder, form, web))
        return Paths.escalation(id)
      }
      return .seeOther(place.text)
    }
  }

  /// POST /escalations/:escalation/completion
  static func complete(_ web: Context, _ id: ID<Escalation>) throws -> Response {
    let desk = try desk(id, web)
    try desk.require(newest: id)
    web.flash(
      try ReminderChanges.complete(desk.reminder, web), undo: desk.reminder.schedule.isSeries ? nil : Paths.reopening(desk.reminder.id))
    return .seeOther(Paths.escalation(id).text)
  }

  /// POST /escalations/:escalation/advance
  static func advance(_ web: Context, _ id: ID<Escalation>) throws -> Response {
    let desk = try desk(id, web)
    try desk.require(newest: id)
    try ReminderChanges.record(desk.advance(), web)
    web.flash(web.words("The next tier is told now."))
    return .seeOther(Paths.escalation(id).text)
  }

  /// POST /escalations/:escalation/notes
  static func note(_ web: Context, _ id: ID<Escalation>) throws -> Response {
    let person = try web.person
    guard let escalation = try web.db.row(Escalation.query(id, of: person.id)) else { throw Failure.notFound }
    return try takeForm(id, web) {
      let place = try Idempotency.run(web) {
        var read = FormReader(web.form, web.words)
        let text = read.text("text", bytes: 4_000)
        if read.trimmed(text).utf8.isEmpty { read.complain("text", web.words("Fill this in.")) }
        try read.finish()
        var batch = EscalationWrites(at: web.now)
        try batch.note("note", escalation, by: web.actor(), ["text": text])
        try batch.write(web.db)
        // The next note's form gets another nonce.
        try web.db.run("UPDATE escalations SET version = version + 1 WHERE id = \(id) AND user_id = \(person.id)")
        try web.audit(AuditEntry("escalation.noted", "escalation", id.text))
        return Paths.escalation(id)
      }
      return .seeOther(place.text)
    }
  }

  /// The desk of the escalation's reminder, its row locked.
  ///
  /// - Throws: ``Failure/notFound``.
  private static func desk(_ id: ID<Escalation>, _ web: Context) throws -> ReminderCommands {
    let person = try web.person
    guard let escalation = try web.db.row(Escalation.query(id, of: person.id)) else { throw Failure.notFound }
    let reminder = try Reminder.find(escalation.reminder, locked: true, web)
    return try ReminderCommands(reminder, by: web.actor(), at: web.now, web.db)
  }

  /// Takes a form of the timeline, or shows the timeline again.
  private static func takeForm(_ id: ID<Escalation>, _ web: Context, _ take: () throws -> Response) throws -> Response {
    try web.takeForm(askingAgain: { try TimelinePage(EscalationDetails.read(id, web), web, $0) }, take)
  }
}
