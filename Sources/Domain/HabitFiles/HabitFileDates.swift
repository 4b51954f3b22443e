/// A date as a file writes it.
enum WrittenDate: Hashable {
  case sure(Day)
  /// Two numbers before the year: the day first, or the month.
  case either(Int, Int, year: Int)

  /// `2027-02-01` (also with `/` or `.`), `20270201`, `1/2/2027`, `01-02-27`, and `1.2.2027`, which is written with the day first only. A time
  /// of day behind it counts for nothing.
  ///
  /// - Returns: nil for anything else and what is no date in either order.
  init?(_ cell: ArraySlice<UInt8>) {
    if WrittenDate.isPlain(cell) {
      func number(_ from: Int, _ to: Int) -> Int { (from..<to).reduce(0) { $0 * 10 + Int(cell[cell.startIndex + $1] &- 0x30) } }
      self.init(year: number(0, 4), month: number(5, 7), day: number(8, 10))
      return
    }
    var rest = HabitFileText.trimmed(cell)
    if let end = rest.firstIndex(where: { $0 == 0x54 || $0 == 0x20 }) {
      guard rest.count <= 40, end + 1 < rest.endIndex, decimal(rest[end + 1]) != nil else { return nil }
      rest = rest[..<end]
    }
    var numbers: [Int] = []
    var widths: [Int] = []
    var mark: UInt8?
    while let (number, width) = WrittenDate.digits(&rest) {
      numbers.append(number)
      widths.append(width)
      guard let next = rest.first else { break }
      guard next == 0x2D || next == 0x2F || next == 0x2E, mark == nil || mark == next, numbers.count < 3 else { return nil }
      (mark, rest) = (next, rest.dropFirst())
    }
    guard rest.isEmpty else { return nil }
    self.init(numbers, widths, mark)
  }

  /// `2027-02-01`, which nearly all are.
  static func isPlain(_ cell: ArraySlice<UInt8>) -> Bool {
    guard cell.count == 10, cell[cell.startIndex + 4] == 0x2D, cell[cell.startIndex + 7] == 0x2D else { return false }
    return cell.indices.allSatisfy { $0 - cell.startIndex == 4 || $0 - cell.startIndex == 7 || decimal(cell[$0]) != nil }
  }

  private init?(_ numbers: [Int], _ widths: [Int], _ mark: UInt8?) {
    switch widths.count {
    case 1 where widths[0] == 8: self.init(year: numbers[0] / 10_000, month: numbers[0] / 100 % 100, day: numbers[0] % 100)
    case 3 where widths[0] == 4 && widths[1] <= 2 && widths[2] <= 2: self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    case 3 where widths[0] <= 2 && widths[1] <= 2 && (widths[2] == 4 || widths[2] == 2):
      let year = widths[2] == 2 ? 2000 + numbers[2] : numbers[2]
      if mark == 0x2E {
        self.init(year: year, month: numbers[1], day: numbers[0])
      } else {
        self = .either(numbers[0], numbers[1], year: year)
      }
    default: return nil
    }
  }

  private init?(year: Int, month: Int, day: Int) {
    guard let day = Day(year: year, month: month, day: day) else { return nil }
    self = .sure(day)
  }

  /// At most eight digits, as a number and how many.
  private static func digits(_ rest: inout ArraySlice<UInt8>) -> (Int, Int)? {
    var (number, width) = (0, 0)
    while let byte = rest.first, let digit = decimal(byte) {
      if width == 8 { return nil }
      (number, width, rest) = (number * 10 + digit, width + 1, rest.dropFirst())
    }
    return width == 0 ? nil : (number, width)
  }
}

/// In which order a file writes day and month: what it proves, else what was chosen, else unknown.
struct WrittenOrder {
  private var isDayFirst = false
  private var isMonthFirst = false
  private var isEither = false

  /// 28/11 can only be read with the day first; 11/28 with the month.
  mutating func note(_ cell: ArraySlice<UInt8>) {
    guard !WrittenDate.isPlain(cell), case .either(let first, let second, _) = WrittenDate(cell) else { return }
    isEither = true
    if first > 12, second <= 12 { isDayFirst = true }
    if second > 12, first <= 12 { isMonthFirst = true }
  }

  /// Nil while somebody has to be asked, also where the file proves both.
  func resolved(_ chosen: HabitFileChoices.DateOrder?) -> HabitFileChoices.DateOrder? {
    if isDayFirst == isMonthFirst { return isEither ? chosen : .dayFirst }
    return isDayFirst ? .dayFirst : .monthFirst
  }
}

extension WrittenDate {
  /// The day that it means; nil for none of the calendar.
  func day(_ order: HabitFileChoices.DateOrder) -> Day? {
    switch (self, order) {
    case (.sure(let day), _): day
    case (.either(let day, let month, let year), .dayFirst), (.either(let month, let day, let year), .monthFirst):
      Day(year: year, month: month, day: day)
    }
  }
}
