import Domain
import HTML

/// A week as columns of its dates, with events as long as they take and side by side where they are on at once. It is there for the eye; the table
/// below says the same.
struct WeekDrawing {
  let width: Int
  let height: Int
  /// The full hours of all dates, as one path.
  let lines: String
  let labels: [Label]
  let columns: [Column]
  let blocks: [Block]

  /// An hour.
  struct Label {
    let x: Int
    let y: Int
    let text: String
  }

  /// The head of a date.
  struct Column {
    let x: Int
    let middle: Int
    let path: Path
    let text: String
    let mark: String
  }

  struct Block {
    let path: Path
    let x: Int
    let y: Int
    let width: Int
    let height: Int
    let title: String
    let clock: String
    let whole: String
    let mark: String
    /// Whether it is tall enough for a second line.
    let isTall: Bool
  }

  private static let left = 48
  private static let column = 138
  private static let head = 30
  /// Of an hour.
  private static let hour = 44
  /// Of an event of whole days.
  private static let row = 22
  /// How many of these a date has room for.
  private static let mostRows = 4

  init(_ details: CalendarDetails, _ person: Person, _ words: Words) {
    let place = details.place
    let dates = place.days.map { WeekDate(details.entries(on: $0), on: $0, place.zone) }
    let top = WeekDrawing.head + WeekDrawing.row * min(dates.map(\.allDay.count).max() ?? 0, WeekDrawing.mostRows)
    let shown = WeekDrawing.shown(dates, person.work.hours)
    width = WeekDrawing.left + WeekDrawing.column * dates.count
    height = top + (shown.upperBound - shown.lowerBound) * WeekDrawing.hour / 60 + 8
    func y(_ minute: Int) -> Int { top + (min(max(minute, shown.lowerBound), shown.upperBound) - shown.lowerBound) * WeekDrawing.hour / 60 }
    let usual = dates.firstIndex { $0.hours.length == 1_440 }
    var (path, labels, columns, blocks): (String, [Label], [Column], [Block]) = ("", [], [], [])
    for (index, date) in dates.enumerated() {
      let x = WeekDrawing.left + index * WeekDrawing.column
      columns.append(Column(date.day, x, place, person))
      for mark in date.hours.marks where shown.contains(mark.minute) {
        path += "M\(x) \(y(mark.minute))h\(WeekDrawing.column - 6)"
        // A date of another length has hours of its own.
        if index == usual { labels.append(Label(x: 0, y: y(mark.minute) + 4, text: mark.time.text)) }
        if date.hours.length != 1_440 { labels.append(Label(x: x + WeekDrawing.column - 40, y: y(mark.minute) + 12, text: mark.time.text)) }
      }
      for (number, entry) in date.allDay.prefix(WeekDrawing.mostRows).enumerated() {
        let place = (x: x, y: WeekDrawing.head + number * WeekDrawing.row, width: WeekDrawing.column - 8, height: WeekDrawing.row - 3)
        blocks.append(Block(entry, date.day, place, details.place.today, person, words))
      }
      for block in date.columns.blocks {
        let width = (WeekDrawing.column - 8) / max(block.columns, 1)
        let height = max(y(block.bottom) - y(block.top) - 2, 4)
        let place = (x: x + block.column * width, y: y(block.top) + 1, width: max(width - 2, 4), height: height)
        blocks.append(Block(date.timed[block.key], date.day, place, details.place.today, person, words))
      }
    }
    (lines, self.labels, self.columns, self.blocks) = (path, labels, columns, blocks)
  }

  /// From which minute to which, by whole hours: working hours with one around them, and all that is on.
  private static func shown(_ dates: [WeekDate], _ hours: WorkHours) -> Range<Int> {
    let isOverNight = hours.until <= hours.from
    var first = isOverNight ? 0 : hours.from.second / 60 - 60
    var last = isOverNight ? 1_440 : hours.until.second / 60 + 60
    for block in dates.flatMap(\.columns.blocks) { (first, last) = (min(first, block.top), max(last, block.bottom)) }
    first = max(first, 0) / 60 * 60
    return first..<max((min(last, 1_560) + 59) / 60 * 60, first + 60)
  }
}

/// What a column is drawn from.
private struct WeekDate {
  let day: Day
  let hours: DayHours
  let allDay: [CalendarEntry]
  let timed: [CalendarEntry]
  /// Of ``timed``, by their places there.
  let columns: DayColumns<Int>

  init(_ entries: [CalendarEntry], on day: Day, _ zone: Zone) {
    (self.day, hours) = (day, DayHours(day, in: zone))
    allDay = entries.filter(\.isAllDay)
    let timed = entries.filter { !$0.isAllDay }
    let spans = timed.enumerated().map { (key: $0.offset, span: $0.element.start..<$0.element.end) }
    (self.timed, columns) = (timed, DayColumns(spans, on: day, in: zone, least: 30))
  }
}

extension WeekDrawing.Column {
  fileprivate init(_ day: Day, _ x: Int, _ place: CalendarPlace, _ person: Person) {
    (self.x, middle, path) = (x, x + 66, place.path(.agenda, day))
    text = "\(TimeWords.short(day.weekday, person.language)) \(day.day)"
    mark = day == place.today ? "date today" : "date"
  }
}

extension WeekDrawing.Block {
  fileprivate init(
    _ entry: CalendarEntry, _ day: Day, _ place: (x: Int, y: Int, width: Int, height: Int), _ today: Day, _ person: Person, _ words: Words
  ) {
    (path, x, y, width, height) = (entry.path, place.x, place.y, place.width, place.height)
    (title, clock) = (entry.title, entry.clock(on: day, person, words))
    whole = entry.title + ", " + entry.whole(person, today: today)
    mark = entry.mark ?? "event"
    isTall = place.height >= 36
  }
}
