import Domain
import HTML

/// A year of a habit: a row of days for each month, drawn, and the same as a table.
struct HabitMap {
  let year: String
  let previous: Path?
  let next: Path?
  let title: String
  let description: String
  let months: [Month]
  let layers: [Layer]
  let numbers: [Number]
  let days: [Label]
  let width: Int
  let height: Int

  struct Month {
    let name: String
    let y: Int
    let cells: [Cell]
    let total: String
  }

  /// Of the table.
  struct Cell {
    let text: String
  }

  /// All dates of one mark, as one path.
  struct Layer {
    let mark: String
    let path: String
  }

  /// An amount in its cell.
  struct Number {
    let x: Int
    let y: Int
    let text: String
  }

  struct Label {
    let x: Int
    let text: String
  }

  /// Whose year it is.
  struct Subject {
    let id: ID<Habit>
    let name: String
    let kind: HabitKind
    /// Where the habit starts.
    let start: Day
  }

  /// - Parameter dates: of the year, from 1 January on, up to today or to its end.
  init(_ it: Subject, _ dates: [HabitYear.Date], year: Int, today: Day, _ language: Language, _ words: Words) {
    self.year = String(year)
    let place = Paths.habit(it.id)
    previous = it.start.year < year ? place.adding("year", String(year - 1)).fragment("map") : nil
    next = year < today.year ? place.adding("year", year + 1 == today.year ? nil : String(year + 1)).fragment("map") : nil
    let tally = HabitTally(dates)
    title = words("{name} in {year}", ["name": it.name, "year": String(year)])
    description = words(
      "{kept} kept, {missed} missed, {skipped} skipped, {paused} paused.",
      [
        "kept": String(tally.kept), "missed": String(tally.missed), "skipped": String(tally.skipped), "paused": String(tally.paused),
      ])
    let lastMonth = year == today.year ? today.month : 12
    let grid = Grid(pitch: it.kind == .tick ? 18 : 24)
    (width, height) = (grid.left + 31 * grid.pitch, grid.top + lastMonth * grid.pitch)
    var drawing = Drawing(grid)
    var (months, numbers): ([Month], [Number]) = ([], [])
    months.reserveCapacity(lastMonth)
    // The dates of one year follow each other.
    var rest = dates[...]
    for month in 1...lastMonth {
      let days = rest.prefix(Day.daysIn(month: month, year: year))
      rest = rest.dropFirst(days.count)
      months.append(HabitMap.month(month, grid, days, language))
      for (index, date) in days.enumerated() {
        drawing.take(date, month: month, day: index + 1)
        if it.kind == .amount, let entered = date.entered {
          numbers.append(
            Number(
              x: grid.x(index + 1) + grid.side / 2, y: grid.y(month) + grid.side * 2 / 3, text: entered.short(language)))
        }
      }
    }
    (self.months, self.numbers, layers) = (months, numbers, drawing.layers)
    days = HabitMap.labels.map { Label(x: grid.x($0.day) + grid.side / 2, text: $0.text) }
  }

  private static let labels = (1...31).map { (day: $0, text: String($0)) }

  private static func month(_ number: Int, _ grid: Grid, _ dates: ArraySlice<HabitYear.Date>, _ language: Language) -> Month {
    var cells: [Cell] = []
    cells.reserveCapacity(31)
    var kept = 0
    for date in dates {
      if date.mark == .kept { kept += 1 }
      let isTick = date.mark == .kept && date.entered == .zero
      cells.append(Cell(text: isTick ? sign(date.mark) : date.entered?.text(language) ?? sign(date.mark)))
    }
    while cells.count < 31 { cells.append(Cell(text: "")) }
    return Month(
      name: "\(TimeWords.month(number, language))", y: grid.y(number) + grid.pitch * 2 / 3, cells: cells, total: String(kept))
  }

  /// What a mark is without colour.
  static func sign(_ mark: HabitCell.Mark) -> String {
    switch mark {
    case .nothing: ""
    case .kept: "✓"
    case .missed: "×"
    case .partial: "◐"
    case .skipped: "–"
    case .paused: "‖"
    }
  }
}

/// Where the cells of a map lie: those that hold an amount are wider.
private struct Grid {
  let pitch: Int
  let left = 76
  let top = 18

  var side: Int { pitch - 2 }
  func x(_ day: Int) -> Int { left + (day - 1) * pitch }
  func y(_ month: Int) -> Int { top + (month - 1) * pitch }
}

/// The squares of the dates of each mark, amounts by shades, and the dots of those that have a note, as one path each.
private struct Drawing {
  private let grid: Grid
  private let square: [UInt8]
  private var paths = [[UInt8]](repeating: [], count: Drawing.layers.count)

  /// As the style sheet calls them, from the one at the back to the one in front.
  private static let layers = [
    "kept s0", "kept s1", "kept s2", "kept", "partial s0", "partial s1", "partial s2", "partial", "missed", "skipped", "paused", "note",
  ]
  private static let dot = Array("h3v3h-3z".utf8)

  /// Among ``layers``.
  private static func place(_ date: HabitYear.Date) -> Int? {
    switch date.mark {
    case .nothing: nil
    case .kept: date.shade
    case .partial: 4 + date.shade
    case .missed: 8
    case .skipped: 9
    case .paused: 10
    }
  }

  init(_ grid: Grid) {
    self.grid = grid
    square = Array("h\(grid.side)v\(grid.side)h-\(grid.side)z".utf8)
  }

  mutating func take(_ date: HabitYear.Date, month: Int, day: Int) {
    let (x, y) = (grid.x(day), grid.y(month))
    if let place = Drawing.place(date) { Drawing.append(x, y, square, to: &paths[place]) }
    if date.hasNote { Drawing.append(x + grid.side - 5, y + 2, Drawing.dot, to: &paths[Drawing.layers.count - 1]) }
  }

  var layers: [HabitMap.Layer] {
    zip(Drawing.layers, paths).compactMap { mark, path in
      path.isEmpty ? nil : HabitMap.Layer(mark: mark, path: String(decoding: path, as: UTF8.self))
    }
  }

  private static func append(_ x: Int, _ y: Int, _ shape: [UInt8], to path: inout [UInt8]) {
    path.append(UInt8(ascii: "M"))
    append(x, to: &path)
    path.append(UInt8(ascii: " "))
    append(y, to: &path)
    path += shape
  }

  /// A year draws some hundred of them: making a string of each took half of the time of all.
  private static func append(_ number: Int, to path: inout [UInt8]) {
    if number >= 10 { append(number / 10, to: &path) }
    path.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }
}

extension Amount {
  /// As much of it as a cell holds.
  fileprivate func short(_ language: Language) -> String {
    if thousandths >= 10_000_000 { return String(thousandths / 1_000_000) + "k" }
    if thousandths >= 100_000 { return String((thousandths + 500) / 1_000) }
    return Amount(thousandths: (thousandths + 50) / 100 * 100).text(language)
  }
}
