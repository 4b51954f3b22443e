import Domain
import Postgres
import Web

/// The weekly review.
enum Review {
  /// GET /review: the week that goes on.
  static func current(_ web: Context) throws -> Response {
    // Whose it is, and so which week, is learnt with what is kept of it.
    let (kept, (moved, due, said)) = try web.read(Reading(rows: Kept.weeks), ReviewRows.readingGoals(around: web.now))
    let calendar = HabitCalendar(try web.person, at: web.now)
    let week = PersonWeek(holding: calendar.today, weekStart: calendar.weekStart)
    let (reader, key) = (WeekReader(user: try web.person.id, calendar: calendar, week: week), calendar.lineKey)
    let known = kept.compactMap { row in row.bytes.flatMap { WeekPart(row.habit, $0, key, week) } }
    var stale: [Kept] = []
    if known.count < kept.count {
      let found = Set(known.map(\.habit))
      stale = kept.filter { !found.contains($0.habit) }
    }
    var (habits, ticks): ([Habit], [WeekTick]) = ([], [])
    if !stale.isEmpty { (habits, ticks) = try web.read(ReviewRows.reading(stale.map(\.habit), of: reader)) }
    let rows = try ReviewRows((habits, ticks, moved, due, said), of: [reader]) { try web.read($0) }
    let made = Dictionary(rows.parts(of: reader).map { ($0.habit, $0) }) { $1 }
    HabitLines.keep(stale.compactMap { row in made[row.habit].map { (row.habit, row.stamp, $0.bytes(key)) } }, as: .week, web)
    return web.list(try ReviewPage(rows.review(of: reader, known: known), web))
  }

  /// GET /review/:week
  static func show(_ web: Context, _ address: String) throws -> Response {
    let person = try web.person
    let calendar = HabitCalendar(person, at: web.now)
    guard let week = PersonWeek(address, weekStart: calendar.weekStart), week.first <= calendar.today else { throw Failure.notFound }
    let reader = WeekReader(user: person.id, calendar: calendar, week: week)
    let rows = try ReviewRows(try web.read(ReviewRows.reading([reader])), of: [reader]) { try web.read($0) }
    return web.list(try ReviewPage(rows.review(of: reader), web))
  }
}
