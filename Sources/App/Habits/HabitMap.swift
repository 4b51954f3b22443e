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
    let mark: String
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

  /// Where its cells lie: those that hold an amount are wider.
  private struct Grid {
    let pitch: Int
    let left = 76
    let top = 18

    var side: Int { pitch - 2 }
    func x(_ day: Day) -> Int { left + (day.day - 1) * pitch }
    func y(_ day: Day) -> Int { top + (day.month - 1) * pitch }

    /// The squares of some dates, or the dots in them, as one path.
    func path(_ cells: some Sequence<HabitCell>, dots: Bool = false) -> String {
      let shape = dots ? "h3v3h-3z" : "h\(side)v\(side)h-\(side)z"
      var bytes: [UInt8] = []
      for cell in cells {
        let (_, month, day) = cell.date.date
        let (x, y) = (left + (day - 1) * pitch, top + (month - 1) * pitch)
        bytes.append(UInt8(ascii: "M"))
        Grid.append(dots ? x + side - 5 : x, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        Grid.append(dots ? y + 2 : y, to: &bytes)
        bytes += shape.utf8
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    /// A year draws some hundred of them: making a string of each took half of the time of all.
    private static func append(_ number: Int, to bytes: inout [UInt8]) {
      if number >= 10 { append(number / 10, to: &bytes) }
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
  }

  init(_ it: ReckonedHabit, year: Int, _ calendar: HabitCalendar, _ language: Language, _ words: Words) {
    let first = Day(year: year, month: 1, day: 1) ?? calendar.today
    let last = min(Day(year: year, month: 12, day: 31) ?? calendar.today, calendar.today)
    let cells = first <= last ? it.history.cells(first...last, today: calendar.today) : []
    self.year = String(year)
    let place = Paths.habit(it.habit.id)
    previous = it.figures.start.year < year ? place.adding("year", String(year - 1)).fragment("map") : nil
    next = year < calendar.today.year ? place.adding("year", year + 1 == calendar.today.year ? nil : String(year + 1)).fragment("map") : nil
    let tally = HabitTally(cells)
    title = words("{name} in {year}", ["name": it.habit.name, "year": String(year)])
    description = words(
      "{kept} kept, {missed} missed, {skipped} skipped, {paused} paused.",
      [
        "kept": String(tally.kept), "missed": String(tally.missed), "skipped": String(tally.skipped), "paused": String(tally.paused),
      ])
    let lastMonth = last.year == year ? last.month : 12
    let grid = Grid(pitch: it.habit.kind == .tick ? 18 : 24)
    (width, height) = (grid.left + 31 * grid.pitch, grid.top + lastMonth * grid.pitch)
    // Cells are dates of one year that follow each other.
    var rest = cells[...]
    months = (1...max(lastMonth, 1)).map { number in
      let days = rest.prefix(Day.daysIn(month: number, year: year))
      rest = rest.dropFirst(days.count)
      return HabitMap.month(number, grid, days, language)
    }
    let marks: [HabitCell.Mark] = [.kept, .missed, .partial, .skipped, .paused]
    layers =
      marks.map { mark in
        Layer(mark: mark.rawValue, path: grid.path(cells.lazy.filter { $0.mark == mark }))
      }.filter { !$0.path.utf8.isEmpty }
      + [Layer(mark: "note", path: grid.path(cells.lazy.filter(\.hasNote), dots: true))].filter { !$0.path.utf8.isEmpty }
    numbers =
      it.habit.kind == .tick
      ? []
      : cells.compactMap { cell in
        cell.entered.map {
          Number(x: grid.x(cell.date) + grid.side / 2, y: grid.y(cell.date) + grid.side * 2 / 3, text: $0.short(language))
        }
      }
    days = stride(from: 1, through: 31, by: 1).map { Label(x: grid.left + ($0 - 1) * grid.pitch + grid.side / 2, text: String($0)) }
  }

  private static func month(_ number: Int, _ grid: Grid, _ cells: ArraySlice<HabitCell>, _ language: Language) -> Month {
    let kept = cells.count { $0.mark == .kept }
    let marks = cells.map { cell in
      Cell(
        mark: cell.mark.rawValue,
        text: cell.entered.flatMap { $0 == .zero && cell.mark == .kept ? nil : $0.text(language) } ?? sign(cell.mark))
    }
    return Month(
      name: "\(TimeWords.month(number, language))", y: grid.top + (number - 1) * grid.pitch + grid.pitch * 2 / 3,
      cells: marks + Array(repeating: Cell(mark: "", text: ""), count: max(0, 31 - marks.count)), total: String(kept))
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

extension Amount {
  /// As much of it as a cell holds.
  fileprivate func short(_ language: Language) -> String {
    if thousandths >= 10_000_000 { return String(thousandths / 1_000_000) + "k" }
    if thousandths >= 100_000 { return String((thousandths + 500) / 1_000) }
    return Amount(thousandths: (thousandths + 50) / 100 * 100).text(language)
  }
}
