import Domain
import HTML
import Web

/// The calendar: an agenda, a week or a month (RULES 9.5).
struct CalendarPage {
  let layout: Layout
  let heading: String
  /// How many events there are, each once.
  let events: Int
  let eventsText: String
  let views: [ViewLink]
  let today: Path
  let previous: Path?
  let next: Path?
  let overlay: Path
  let isOverlaid: Bool
  /// The week of an agenda's date; empty elsewhere.
  let strip: [StripDay]
  var hasStrip: Bool { !strip.isEmpty }
  let agenda: CalendarTable?
  let week: WeekDrawing?
  let month: MonthTable?
  /// Where an agenda goes on that has no room for all of its dates.
  let rest: Path?
  let empty: EmptyState?
  let isCut: Bool
  let new: Path
  let free = Paths.free
  let bring = Paths.eventsImport

  struct ViewLink {
    let path: Path
    let label: String
    /// The key that goes there.
    let key: String
    let isCurrent: Bool
  }

  init(_ details: CalendarDetails, _ web: Context) throws {
    let (person, words, place) = (try web.person, web.words, details.place)
    var layout = try Layout(words("Calendar"), .calendar, web)
    layout.hasCalendarKeys = true
    self.layout = layout
    heading = CalendarText.heading(place, person.language)
    events = details.events
    eventsText = words.count("{n} event", "{n} events", details.events, context: "calendar")
    let keys: [(CalendarView, String)] = [(.agenda, "a"), (.week, "v"), (.month, "m")]
    views = keys.map { view, key in
      ViewLink(path: place.path(view, place.date), label: CalendarText.name(view, words), key: key, isCurrent: view == place.view)
    }
    today = place.path(place.view, nil)
    (previous, next) = (place.previous.map { place.path(place.view, $0) }, place.next.map { place.path(place.view, $0) })
    isOverlaid = place.overlay == .on
    overlay = place.path(with: isOverlaid ? .off : .on)
    strip = place.view == .agenda ? place.week.days.map { StripDay($0, details, person, words) } : []
    let isEmpty = details.isEmpty
    let table = place.view == .month || isEmpty ? nil : CalendarTable(details, saysFree: place.view == .week, person, words)
    agenda = table
    rest = table?.rest.map { place.path(.agenda, $0) }
    week = place.view == .week && !isEmpty ? WeekDrawing(details, person, words) : nil
    month = details.month.map { MonthTable($0, place, person, words) }
    empty = isEmpty ? CalendarText.empty(place.view, person, words) : nil
    isCut = details.isCut
    new = Paths.newEvent.adding("date", place.date == place.today ? nil : place.date.iso)
  }
}

/// A date of the week above an agenda.
struct StripDay {
  let path: Path
  let name: String
  let number: Int
  let label: String
  /// How much is on; nil: nothing.
  let count: String?
  let isToday: Bool
  let isCurrent: Bool

  init(_ day: Day, _ details: CalendarDetails, _ person: Person, _ words: Words) {
    let place = details.place
    path = place.path(.agenda, day)
    (name, number) = ("\(TimeWords.short(day.weekday, person.language))", day.day)
    let count = details.entries(on: day).count
    let much = count == 0 ? words("free", context: "day") : words.count("{n} thing", "{n} things", count, context: "calendar")
    label = TimeWords.date(day, person.language) + ", " + much
    self.count = count == 0 ? nil : String(count)
    (isToday, isCurrent) = (day == place.today, day == place.date)
  }
}
