import Domain
import HTML
import Web

/// Whether what is due and birthdays lie over the events; the words of the field `overlay`.
enum CalendarOverlay: String, CaseIterable { case on, off }

/// What a page of the calendar shows, as its address says.
struct CalendarQuery {
  let view: CalendarView
  /// nil: today, wherever its reader is.
  let date: Day?
  let overlay: CalendarOverlay

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    view = read.choice("view", CalendarView.agenda)
    date = read.day("date")
    overlay = read.choice("overlay", CalendarOverlay.on)
    try read.finish()
  }
}

/// Which dates a page of the calendar shows, where its reader is, and where it leads to from there (RULES 9.5).
struct CalendarPlace {
  let view: CalendarView
  /// Within ``CalendarSpan/reach``.
  let date: Day
  /// The reader's.
  let today: Day
  let overlay: CalendarOverlay
  let zone: Zone
  let weekStart: Weekday

  init(_ query: CalendarQuery, _ person: Person, today: Day) {
    (view, overlay, self.today) = (query.view, query.overlay, today)
    (zone, weekStart) = (person.zone, person.weekStart)
    date = CalendarSpan(query.view, query.date ?? today, weekStart: person.weekStart).date
  }

  private var span: CalendarSpan { CalendarSpan(view, date, weekStart: weekStart) }

  /// The week of its date.
  var week: PersonWeek { PersonWeek(holding: date, weekStart: weekStart) }

  /// All dates that are shown; of a month whole weeks.
  var days: ClosedRange<Day> { span.days }

  /// What is read for it: an agenda has its week above.
  var window: EventWindow {
    let days = days
    if view != .agenda { return EventWindow(days: days, zone: zone) }
    let week = week.days
    return EventWindow(days: min(days.lowerBound, week.lowerBound)...max(days.upperBound, week.upperBound), zone: zone)
  }

  /// The date of the page before; nil: it goes no further.
  var previous: Day? { span.previous }

  /// The date of the next page; nil: it goes no further.
  var next: Day? { span.next }

  /// The address of another page, which shows as much.
  ///
  /// - Parameter day: nil: today, whenever it is opened.
  func path(_ view: CalendarView, _ day: Day?) -> Path {
    Paths.calendar.adding("view", view == .agenda ? nil : view.rawValue).adding("date", day == today ? nil : day?.iso)
      .adding("overlay", overlay == .off ? "off" : nil)
  }

  /// The address of this page with or without what lies over the events.
  func path(with overlay: CalendarOverlay) -> Path {
    Paths.calendar.adding("view", view == .agenda ? nil : view.rawValue).adding("date", date == today ? nil : date.iso)
      .adding("overlay", overlay == .off ? "off" : nil)
  }
}
