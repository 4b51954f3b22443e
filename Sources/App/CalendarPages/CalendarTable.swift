import Domain
import HTML

/// What is on some dates, date by date: the agenda, and the same data that the columns of a week draw.
struct CalendarTable {
  /// How many rows a page has before it ends with a date.
  static let most = 150
  /// How many of one date.
  static let mostOfDay = 300

  let caption: String
  let days: [CalendarDay]
  /// The first date that has no room any more; nil: all are here.
  let rest: Day?

  /// - Parameter saysFree: whether dates on which nothing is have a row that says so; else only the first has.
  init(_ details: CalendarDetails, saysFree: Bool, _ person: Person, _ words: Words) {
    let place = details.place
    caption = CalendarText.heading(place, person.language)
    var (days, count, rest): ([CalendarDay], Int, Day?) = ([], 0, nil)
    for day in place.days {
      if count >= CalendarTable.most {
        rest = day
        break
      }
      let entries = details.entries(on: day)
      if entries.isEmpty, !saysFree, day != place.date { continue }
      days.append(CalendarDay(entries, on: day, place, person, words))
      count += entries.count
    }
    (self.days, self.rest) = (days, rest)
  }
}

/// One of its dates.
struct CalendarDay {
  let date: String
  let heading: String
  let path: Path
  let isToday: Bool
  let rows: [CalendarRow]
  /// nil: all of them are here.
  let more: String?

  init(_ entries: [CalendarEntry], on day: Day, _ place: CalendarPlace, _ person: Person, _ words: Words) {
    date = day.iso
    heading = TimeWords.day(day, person.language, today: place.today)
    (path, isToday) = (place.path(.agenda, day), day == place.today)
    rows = entries.prefix(CalendarTable.mostOfDay).map { CalendarRow($0, among: entries, on: day, place, person, words) }
    let left = entries.count - rows.count
    more = left > 0 ? words("And {n} more.", ["n": String(left)]) : nil
  }
}

/// Something on a date.
struct CalendarRow {
  /// As machines read when it is.
  let iso: String
  let whole: String
  let clock: String
  let title: String
  let path: Path
  let mark: String?
  let notes: String?
  /// Of events: UTC, or dates.
  let span: Span?

  struct Span {
    let starts: String
    let ends: String
  }

  init(_ entry: CalendarEntry, among others: [CalendarEntry], on day: Day, _ place: CalendarPlace, _ person: Person, _ words: Words) {
    (iso, whole) = (entry.iso(on: day), entry.whole(person, today: place.today))
    (clock, title, path, mark) = (entry.clock(on: day, person, words), entry.title, entry.path, entry.mark)
    let other = entry.isTimed ? others.first { $0.isTimed && $0.path != entry.path && $0.overlaps(entry) } : nil
    let said: [String?] = [
      entry.days.lowerBound < day ? words("continues", context: "event") : nil,
      other.map { words("overlaps “{title}”", ["title": $0.title]) },
    ]
    let all = entry.notes + said.compactMap(\.self)
    notes = all.isEmpty ? nil : all.joined(separator: " · ")
    let isEvent = entry.kind == .event
    let ends = entry.isAllDay ? entry.days.upperBound.iso : entry.end.iso
    span = isEvent ? Span(starts: entry.isAllDay ? entry.days.lowerBound.iso : entry.start.iso, ends: ends) : nil
  }
}
