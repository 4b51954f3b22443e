import Domain
import HTML
import Web

/// The calendar's pages.
enum Calendars {
  /// GET /calendar
  static func show(_ web: Context) throws -> Response {
    let query = try web.query { query, words throws(FormErrors) in try CalendarQuery(query, words) }
    return try web.list { try CalendarPage(CalendarDetails.read(query, web), web) }
  }
}
