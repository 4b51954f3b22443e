import Domain
import HTML
import Postgres
import Web

/// What a page of the calendar is made of.
struct CalendarDetails {
  let place: CalendarPlace
  /// All of it, all-day ones first, then by time; of a month empty.
  let entries: [CalendarEntry]
  /// Of a month alone: what its cells hold.
  let month: MonthCells?
  /// How many events there are on the dates that are shown, each once (RULES 9.20).
  let events: Int
  /// Whether there are series that were not unfolded, for there are too many.
  let isCut: Bool

  /// Whether nothing at all is on the dates that are shown.
  var isEmpty: Bool { month.map { $0.isEmpty } ?? !entries.contains { $0.days.overlaps(place.days) } }

  static func read(_ query: CalendarQuery, _ web: Context) throws -> CalendarDetails {
    let person = try web.person
    let (words, zones) = (web.words, web.services.zones)
    let place = CalendarPlace(query, person, today: web.clock.day(in: person.zone))
    let parts = place.overlay == .on ? [CalendarMarks.reading(place, words)] : []
    let marks = Reading(all: parts).map { Array($0.joined()) }
    if place.view == .month {
      let (cells, marked) = try web.read(MonthReading.cells(place, person, zones, words), marks)
      let month = cells.adding(marked, place)
      return CalendarDetails(place: place, entries: [], month: month, events: cells.events, isCut: cells.isCut)
    }
    let (shown, marked) = try web.read(EventReading.shown(place.window, zones), marks)
    let events = shown.instances.map { CalendarEntry($0, place, person, words) }
    return CalendarDetails(
      place: place, entries: (events + marked).sorted(by: CalendarEntry.before), month: nil,
      events: events.count { $0.days.overlaps(place.days) }, isCut: shown.isCut)
  }

  /// What is on a date, in its order.
  func entries(on day: Day) -> [CalendarEntry] { entries.filter { $0.days.contains(day) } }
}
