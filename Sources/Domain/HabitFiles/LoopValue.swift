/// What Loop writes of a date: words since 2.1, before that numbers; of an amount its thousandths.
enum LoopValue: Hashable {
  case done, skipped, automatic, unknown, no
  /// In thousandths, above 0.
  case amount(Int)

  init?(_ cell: ArraySlice<UInt8>) {
    let text = HabitFileText.trimmed(cell)
    if let number = LoopValue.number(text) {
      switch number {
      case -1: self = .unknown
      case 0: self = .no
      case 1: self = .automatic
      case 2: self = .done
      case 3: self = .skipped
      case 4...: self = .amount(number)
      default: return nil
      }
    } else if let word = LoopValue.words.first(where: { text.elementsEqual($0.key.utf8) }) {
      self = word.value
    } else {
      return nil
    }
  }

  private static let words: KeyValuePairs<String, LoopValue> = [
    "UNKNOWN": .unknown, "NO": .no, "YES_AUTO": .automatic, "YES_MANUAL": .done, "SKIP": .skipped,
  ]

  private static func number(_ text: ArraySlice<UInt8>) -> Int? {
    guard let first = text.first, first == 0x2D || decimal(first) != nil, text.count <= 12 else { return nil }
    return Int(String(decoding: text, as: UTF8.self))
  }

  /// What only Loop writes, or a value that only its files have.
  var isTelling: Bool { self != .no && self != .automatic }

  /// Nothing but an entered 0 comes of "no", and nothing of what was reckoned.
  func mark(isAmount: Bool) -> HabitFileBuilder.Mark? {
    switch self {
    case .done: .done
    case .skipped: .skipped
    case .no: isAmount ? .number(0) : .nothing
    case .automatic, .unknown: .nothing
    case .amount(let value): isAmount ? .number(value) : nil
    }
  }

  /// The values of a row behind its date. Loop 2.0 wrote `Entry(timestamp=2026-03-03, value=2)` without quotes: cells are put together again.
  /// The empty cell at the end of each line is left out.
  static func cells(_ row: TextTable.Row) -> [ArraySlice<UInt8>] {
    var cells: [ArraySlice<UInt8>] = []
    var rest = row.cells.dropFirst()
    while let cell = rest.popFirst() {
      guard cell.starts(with: Array("Entry(".utf8)) else {
        cells.append(cell)
        continue
      }
      var value: ArraySlice<UInt8> = []
      var last = cell
      while last.last != 0x29, let part = rest.popFirst() {
        if part.starts(with: Array(" value=".utf8)) { value = part.dropFirst(7).prefix { $0 != 0x29 } }
        last = part
      }
      cells.append(value)
    }
    if cells.last?.isEmpty == true { cells.removeLast() }
    return cells
  }
}
