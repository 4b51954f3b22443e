import Domain
import HTML
import Web

extension Reminders {
  /// GET /reminders/:reminder.ics: the series as other calendars read it.
  static func calendar(_ web: Context, _ id: ID<Reminder>) throws -> Response {
    let person = try web.person
    guard let reminder = try web.read(Reminder.query("\(id)", of: person.id, web.services.zones)).first else { throw Failure.notFound }
    let file = PublishedEvent(
      reminder.publishedSeries(at: web.now), uid: id.text + "@heed", title: reminder.title, notes: reminder.description,
      url: web.services.origin + Paths.reminder(id).text, version: reminder.version, stamp: web.now)
    return Response(
      status: 200,
      headers: [
        ("Content-Type", "text/calendar; charset=utf-8"), ("Content-Disposition", "attachment; filename=\"heed-\(id.text).ics\""),
      ], body: file.bytes)
  }
}

extension Reminder {
  /// When it rings, as other calendars understand it.
  func publishedSeries(at now: Instant) -> PublishedSeries {
    PublishedSeries(schedule, after: now, last: base(at: now), past: lastAt ?? createdAt)
  }
}
