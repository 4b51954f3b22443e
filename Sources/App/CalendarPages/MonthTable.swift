import Domain
import HTML

/// A month as a table of whole weeks.
struct MonthTable {
  let caption: String
  let heads: [Head]
  let weeks: [Week]

  /// A day of the week.
  struct Head {
    let name: String
    let short: String
  }

  struct Week {
    let cells: [MonthCell]
  }

  init(_ month: MonthCells, _ place: CalendarPlace, _ person: Person, _ words: Words) {
    caption = CalendarText.month(place.date, person.language)
    let grid = MonthGrid(holding: place.date, weekStart: place.weekStart)
    let days = Array(grid.days)
    heads = days.prefix(7).map { day in
      Head(name: "\(TimeWords.name(day.weekday, person.language))", short: "\(TimeWords.short(day.weekday, person.language))")
    }
    let cells = zip(days, month.cells).map { day, cell in
      MonthCell(cell, on: day, isOther: !grid.contains(day), place, person, words)
    }
    weeks = stride(from: 0, to: cells.count, by: 7).map { Week(cells: Array(cells[$0..<min($0 + 7, cells.count)])) }
  }
}

/// A date of it.
struct MonthCell {
  let path: Path
  let number: Int
  /// "Mon 1 Mar 2027".
  let label: String
  let isToday: Bool
  /// Whether it is of a month beside it.
  let isOther: Bool
  let items: [Item]
  /// "+3 more"; nil: all of it is here.
  let more: String?
  /// How much is on, for where there is no room for it; nil: nothing.
  let count: String?

  struct Item {
    let path: Path
    let title: String
    /// As machines read when it is.
    let iso: String
    let whole: String
    /// "09:00"; nil: it is all day, or began before.
    let time: String?
    let mark: String?
    let isContinued: Bool
  }

  init(_ cell: MonthCells.Cell, on day: Day, isOther: Bool, _ place: CalendarPlace, _ person: Person, _ words: Words) {
    path = place.path(.agenda, day)
    (number, self.isOther, isToday) = (day.day, isOther, day == place.today)
    label = TimeWords.date(day, person.language)
    items = cell.entries.map { entry in
      let isContinued = entry.days.lowerBound < day
      return Item(
        path: entry.path, title: entry.title, iso: entry.iso(on: day), whole: entry.whole(person, today: place.today),
        time: entry.isAllDay || isContinued ? nil : person.zone.local(entry.start).time.text, mark: entry.mark, isContinued: isContinued)
    }
    let left = cell.total - items.count
    more = left > 0 ? words("+{n} more", ["n": String(left)]) : nil
    count = cell.total > 0 ? String(cell.total) : nil
  }
}
