import Domain
import HTML
import Postgres
import Web

/// The page that opens first: what needs the person now. What stands on it the features say (``Feature/today``); here it is put together.
enum Today {
  /// GET /
  static func page(_ web: Context) throws -> Response {
    try web.list {
      let view = DayView(
        person: try web.person, words: web.words, clock: web.clock, secret: web.csrfField(), zones: web.services.zones)
      return try TodayPage(web.read(Reading(all: features.compactMap { $0.today(view) })), view, web)
    }
  }
}

/// What needs the person today.
struct TodayPage {
  let layout: Layout
  let date: String
  let forms: [any Template]
  let zones: ZoneWarnings?
  let figures: [TodayFigure]
  let sections: [any Template]
  let isEmpty: Bool
  let next: TodayPart.Next?
  let more: Path?
  let here = Paths.today

  /// - Parameter read: what the features put there, in their order.
  init(_ read: [TodayPart], _ view: DayView, _ web: Context) throws {
    let parts = try read.map { part in try part.again.map { try $0(web) } ?? part }
    layout = try Layout(view.words("Today"), .today, web, countsRinging: true)
    date = TimeWords.date(view.day, view.person.language)
    forms = parts.compactMap(\.form)
    zones = ZoneWarnings(view.person, view.words, and: parts.flatMap(\.warnings))
    // Sorting keeps the order of what is equal.
    let all = parts.flatMap(\.sections).sorted { $0.rank.rawValue < $1.rank.rawValue }
    figures = all.compactMap(\.figure)
    sections = all.compactMap(\.view)
    isEmpty = sections.isEmpty
    next = parts.compactMap(\.next).min { $0.at < $1.at }
    more = parts.lazy.compactMap(\.more).first
  }
}
