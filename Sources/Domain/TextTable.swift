/// Rows of a table in text (RFC 4180): between commas or, where its head has more of them, semicolons, as Excel writes them, or tabs.
struct TextTable {
  /// More cells than any table has that is read here; those behind them are not kept.
  static let mostCells = 2_000

  /// Where a cell stands in the text, without its quotes.
  fileprivate struct Cell {
    let start: Int
    let end: Int
    var hasDoubledQuotes = false
  }

  struct Row {
    let line: Int
    fileprivate let text: [UInt8]
    fileprivate var places: [Cell] = []
    /// A quote inside of a field, or one that nothing closes.
    fileprivate(set) var isBroken = false
    /// More than ``TextTable/mostCells``.
    fileprivate(set) var isTooWide = false

    var count: Int { places.count }
    var cells: [ArraySlice<UInt8>] { places.indices.map { self[$0] } }

    func isEmpty(_ column: Int) -> Bool { column >= places.count || places[column].start == places[column].end }

    /// What stands in a column: a part of the text itself, but for doubled quotes. Nothing where the table has no such column or the row ends
    /// before it.
    subscript(column: Int?) -> ArraySlice<UInt8> {
      guard let column, column < places.count else { return [] }
      let cell = text[places[column].start..<places[column].end]
      guard places[column].hasDoubledQuotes else { return cell }
      var out: [UInt8] = []
      var isSecond = false
      for byte in cell {
        isSecond = byte == 0x22 && !isSecond
        if !isSecond { out.append(byte) }
      }
      return out[...]
    }
  }

  private let text: [UInt8]
  let separator: UInt8
  private var place = 0
  private var line = 1
  /// Cells of the last row.
  private var width = 0

  init(_ text: [UInt8]) {
    self.text = text
    let head = text.prefix { $0 != 0x0A && $0 != 0x0D }
    // Excel's own way to name the separator, in a line before the head.
    if head.count == 5, head.starts(with: Array("sep=".utf8)), let last = head.last {
      (separator, place) = (last, 5)
    } else {
      separator = TextTable.separator(of: head)
    }
  }

  /// The one that stands most often outside of quotes; commas where none does.
  private static func separator(of head: ArraySlice<UInt8>) -> UInt8 {
    var counts = [UInt8(0x2C): 0, 0x3B: 0, 0x09: 0]
    var isQuoted = false
    for byte in head {
      if byte == 0x22 { isQuoted.toggle() } else if !isQuoted { counts[byte]? += 1 }
    }
    return [0x2C, 0x3B, 0x09].max { counts[$0, default: 0] < counts[$1, default: 0] || counts[$0] == counts[$1] && $1 == 0x2C } ?? 0x2C
  }

  /// The next row; nil at the end. Lines without anything are passed over. One pass over the bytes.
  mutating func next() -> Row? {
    while place < text.count, text[place] == 0x0A || text[place] == 0x0D { step() }
    guard place < text.count else { return nil }
    var row = Row(line: line, text: text)
    row.places.reserveCapacity(width)
    repeat {
      let cell = cell(&row)
      if row.places.count < TextTable.mostCells { row.places.append(cell) } else { row.isTooWide = true }
    } while skip(separator)
    width = row.places.count
    return row
  }

  /// Moves on; CR LF is one end of a line.
  private mutating func step() {
    if text[place] == 0x0A || text[place] == 0x0D && (place + 1 == text.count || text[place + 1] != 0x0A) { line += 1 }
    place += 1
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard place < text.count, text[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func cell(_ row: inout Row) -> Cell {
    if skip(0x22) { return quoted(&row) }
    let start = place
    if passOver() { row.isBroken = true }
    return Cell(start: start, end: place)
  }

  /// Moves to the end of the cell.
  ///
  /// - Returns: whether a quote was passed.
  private mutating func passOver() -> Bool {
    let (end, hasQuote) = endOfCell()
    place = end
    return hasQuote
  }

  private func endOfCell() -> (Int, hasQuote: Bool) {
    let bytes = text.span
    var end = place
    var hasQuote = false
    while end < bytes.count {
      let byte = bytes[end]
      if byte == separator || byte == 0x0A || byte == 0x0D { break }
      if byte == 0x22 { hasQuote = true }
      end += 1
    }
    return (end, hasQuote)
  }

  private mutating func quoted(_ row: inout Row) -> Cell {
    var cell = (start: place, isDoubled: false)
    while place < text.count {
      let end = place
      if skip(0x22) {
        if !skip(0x22) {
          close(&row)
          return Cell(start: cell.start, end: end, hasDoubledQuotes: cell.isDoubled)
        }
        cell.isDoubled = true
      } else {
        step()
      }
    }
    row.isBroken = true
    return Cell(start: cell.start, end: place, hasDoubledQuotes: cell.isDoubled)
  }

  /// What stands between a closing quote and the end of its field belongs nowhere.
  private mutating func close(_ row: inout Row) {
    let start = place
    _ = passOver()
    if text[start..<place].contains(where: { $0 != 0x20 }) { row.isBroken = true }
  }
}
