import Domain
import Postgres
import Web

/// The weekly review.
enum Review {
  /// GET /review: the week that goes on.
  static func current(_ web: Context) throws -> Response {
    let calendar = HabitCalendar(try web.person, at: web.now)
    return try page(PersonWeek(holding: calendar.today, weekStart: calendar.weekStart), calendar, web)
  }

  /// GET /review/:week
  static func show(_ web: Context, _ address: String) throws -> Response {
    let calendar = HabitCalendar(try web.person, at: web.now)
    guard let week = PersonWeek(address, weekStart: calendar.weekStart), week.first <= calendar.today else { throw Failure.notFound }
    return try page(week, calendar, web)
  }

  private static func page(_ week: PersonWeek, _ calendar: HabitCalendar, _ web: Context) throws -> Response {
    let person = try web.person
    let reader = WeekReader(user: person.id, calendar: calendar, week: week)
    let rows = try ReviewRows(try web.read(ReviewRows.reading([reader])), of: [reader]) { try web.read($0) }
    return web.page(try ReviewPage(rows.review(of: reader), web))
  }
}
