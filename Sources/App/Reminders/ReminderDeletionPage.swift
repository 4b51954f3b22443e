import Domain
import HTML
import Web

/// Asks before a reminder is deleted: that is the one thing about it that nothing takes back.
struct ReminderDeletionPage {
  let layout: Layout
  let title: String
  let lede: String
  let back: Path
  let deletion: Path
  /// nil: it is in the archive already.
  let archival: Path?
  let summary: ErrorSummary? = nil

  init(_ reminder: Reminder, _ web: Context) throws {
    layout = try Layout(web.words("Delete this reminder?"), .reminders, web)
    lede = web.words(
      "“{title}” is deleted with its history. This cannot be undone; in the archive nothing rings either, and everything stays.",
      ["title": reminder.title])
    (title, back, deletion) = (reminder.title, Paths.reminder(reminder.id), Paths.deletion(reminder.id))
    archival = reminder.status == .archived ? nil : Paths.archival(reminder.id)
  }
}

extension Reminders {
  /// GET /reminders/:reminder/delete
  static func askDeletion(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let person = try web.person
    guard let reminder = try web.read(Reminder.query("\(id)", of: person.id, web.services.zones)).first else { throw Failure.notFound }
    return web.page(try ReminderDeletionPage(reminder, web))
  }
}
