import Domain
import HTML
import Postgres
import Web

/// The escalations' pages and what people do there.
enum Escalations {
  /// GET /escalations
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try EscalationFilter(query, words) }
    return try web.list { try EscalationListPage.read(filter, web) }
  }

  /// GET /escalations/:escalation
  static func timeline(_ web: Context, _ id: ID<Escalation>) throws -> Response {
    var read = FormReader(web.request.query, web.words)
    let text = read.raw("before")
    let place = TimelineCursor(text)
    let view = read.choice("view", EscalationDetails.View.full)
    let details = try EscalationDetails.read(id, before: place, view: view, web)
    guard read.errors.isEmpty, place != nil || text.utf8.isEmpty else {
      return ErrorPage.response(422, web, reason: web.words("This link is not complete. Start from the first page."))
    }
    return web.list(try TimelinePage(details, web, view: view))
  }

  /// POST /escalations/:escalation/acknowledgement
  static func acknowledge(_ web: Context, _ id: ID<Escalation>) throws -> Change {
    let commands = try ReminderCommands.find(answering: id, web)
    return try takeForm(id, web) {
      let reader = try web.reader
      let again = try AgainForm(web.form, reader)
      try commands.requireNewest()
      let outcome = try commands.acknowledge(againAt: again.instant, meant: again.wall, isLast: again.isLast)
      let says = ReminderOutcomeText(reader).acknowledged(outcome, commands.reminder, again: again.instant, isLast: again.isLast)
      return Change(to: web.back(or: Paths.escalation(id)), says: says, did: outcome.entries)
    }
  }

  /// POST /escalations/:escalation/snoozes
  static func snooze(_ web: Context, _ id: ID<Escalation>) throws -> Change {
    let commands = try ReminderCommands.find(answering: id, web)
    return try takeForm(id, web) {
      let form = try SnoozeForm(web.form, web.reader)
      try commands.requireNewest()
      let outcome = try commands.snooze(form)
      return Change(
        to: web.back(or: Paths.escalation(id)), says: try ReminderOutcomeText(web.reader).snoozed(form), did: outcome.entries)
    }
  }

  /// POST /escalations/:escalation/completion
  static func complete(_ web: Context, _ id: ID<Escalation>) throws -> Change {
    let commands = try ReminderCommands.find(answering: id, web)
    // Each escalation of a habit is for a date of its own, which can be answered after later ones have rung.
    if let answer = try HabitAnswer(commands, web) { return try answer.change(to: web.back(or: Paths.escalation(id))) }
    try commands.requireNewest()
    return try Reminders.completion(commands.complete(), of: commands.reminder, to: web.back(or: Paths.escalation(id)), web)
  }

  /// POST /escalations/:escalation/advance
  static func advance(_ web: Context, _ id: ID<Escalation>) throws -> Change {
    let commands = try ReminderCommands.find(answering: id, web)
    try commands.requireNewest()
    let outcome = try commands.advance()
    return Change(to: Paths.escalation(id), says: try ReminderOutcomeText(web.reader).advanced, did: outcome.entries)
  }

  /// POST /escalations/:escalation/notes
  static func note(_ web: Context, _ id: ID<Escalation>) throws -> Change {
    let commands = try ReminderCommands.find(answering: id, web)
    return try takeForm(id, web) {
      var read = FormReader(web.form, web.words)
      let text = read.text("text", bytes: 4_000)
      if read.trimmed(text).utf8.isEmpty { read.complain("text", web.words("Fill this in.")) }
      try read.finish()
      return Change(to: Paths.escalation(id), says: web.words("Your note is on the timeline."), did: try commands.note(text).entries)
    }
  }

  /// Takes a form of the timeline, or shows the timeline again.
  private static func takeForm(_ id: ID<Escalation>, _ web: Context, _ take: () throws -> Change) throws -> Change {
    try web.takeForm(askingAgain: { try TimelinePage(EscalationDetails.read(id, web), web, $0) }, take)
  }
}
