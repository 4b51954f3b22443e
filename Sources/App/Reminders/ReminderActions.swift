import Domain
import HTML
import Web

/// What can be done with a reminder besides editing it.
enum ReminderActions {
  /// POST /reminders/:reminder/completion
  static func complete(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let reminder = try Reminder.find(id, locked: true, web)
    let text = try ReminderChanges.complete(reminder, web)
    web.flash(text, undo: reminder.schedule.isSeries ? nil : Paths.reopening(id))
    return .seeOther(back(web, id).text)
  }

  /// POST /reminders/:reminder/acknowledgement
  static func acknowledge(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let reminder = try Reminder.find(id, locked: true, web)
    web.flash(try ReminderChanges.acknowledge(reminder, web))
    return .seeOther(back(web, id).text)
  }

  /// POST /reminders/:reminder/archival
  static func archive(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let reminder = try Reminder.find(id, locked: true, web)
    web.flash(try ReminderChanges.archive(reminder, web), undo: Paths.reopening(id))
    return .seeOther(back(web, id).text)
  }

  /// POST /reminders/:reminder/reopening
  static func reopen(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let reminder = try Reminder.find(id, locked: true, web)
    web.flash(try ReminderChanges.reopen(reminder, web))
    return .seeOther(Paths.reminder(id).text)
  }

  /// POST /reminders/:reminder/run
  static func run(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let reminder = try Reminder.find(id, locked: true, web)
    let place = try Idempotency.run(web) {
      web.flash(try ReminderChanges.runNow(reminder, web))
      return Paths.reminder(id)
    }
    return .seeOther(place.text)
  }

  /// POST /reminders/:reminder/deletion
  static func delete(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let reminder = try Reminder.find(id, locked: true, web)
    try ReminderChanges.record(ReminderCommands(reminder, by: web.actor(), at: web.now, web.db).delete(), web)
    web.flash(web.words("“{title}” is deleted.", ["title": reminder.title]))
    return .seeOther(Paths.reminders.text)
  }

  /// POST /reminders/:reminder/snoozes
  static func snooze(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let reminder = try Reminder.find(id, locked: true, web)
    return try web.takeForm(askingAgain: { try ReminderPage(ReminderDetails.read(id, web), web, $0) }) {
      let place = try Idempotency.run(web) {
        let snooze = try SnoozeForm(web.form, web.reader)
        web.flash(try ReminderChanges.snooze(reminder, snooze, web))
        return Paths.reminder(id)
      }
      return .seeOther(place.text)
    }
  }

  /// POST /reminders/bulk
  static func bulk(_ web: Context) throws -> Response {
    let words = web.words
    let ids = try ticked(web)
    let reminders = try Reminder.find(Array(ids.prefix(BulkForm.most)), web)
    let list = try BulkForm.list(web.form, words)
    return try web.takeForm(askingAgain: { try ReminderListPage(ReminderRow.read(list, web), list, web, $0, ticked: Set(ids)) }) {
      let form = try BulkForm(web.form, ticked: ids.count, web.reader)
      let refused = try ReminderChanges.all(reminders, web, form.change)
      let text = words.count("{n} reminder was changed.", "{n} reminders were changed.", reminders.count - refused)
      web.flash(
        refused == 0 ? text : text + " " + words.count("{n} could not be changed any more.", "{n} could not be changed any more.", refused))
      return .seeOther(list.path().text)
    }
  }

  /// The ids of a bulk form, each once, in one order everywhere, so that two bulk posts never wait for each other.
  ///
  /// - Throws: ``Failure/notFound`` for what is no id.
  private static func ticked(_ web: Context) throws -> [ID<Reminder>] {
    let ids = try web.form.all("id").map { value in
      guard case .text(let text) = value, let id = ID<Reminder>(text) else { throw Failure.notFound }
      return id
    }
    return Set(ids).sorted { $0.text < $1.text }
  }

  /// Where an action leads: the reminder itself.
  private static func back(_ web: Context, _ id: ID<Reminder>) -> Path { Paths.reminder(id) }
}
