/// Writes our own CSV: UTF-8, commas, CRLF, a line for each habit, for what it asked since when, for its pauses and its dates. What it writes,
/// ``HabitFile`` reads as the same to the letter.
public struct HabitFileWriter: Sendable {
  /// In their order.
  enum Column: Int, CaseIterable {
    case record, habit, date, until, state, amount, reason, frequency, days, times, kind, unit, target, direction, period, status, colour,
      group
    case preferredTime, name, notes

    var title: String { self == .preferredTime ? "preferred_time" : "\(self)" }
  }

  /// What was written since it was taken last.
  private var bytes: [UInt8] = []

  public init() { bytes = Array((Column.allCases.map(\.title).joined(separator: ",") + "\r\n").utf8) }

  /// A whole file.
  public static func csv(_ habits: [HabitFile.Habit]) -> [UInt8] {
    var writer = HabitFileWriter()
    for habit in habits { writer.write(habit) }
    return writer.take()
  }

  /// Gives what was written so far, and forgets it: a long export leaves in pieces.
  public mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// Writes a habit with all that belongs to it. Its ``HabitFile/Habit/key`` has to be one of its own in the file.
  public mutating func write(_ habit: HabitFile.Habit) {
    line(
      "habit", habit.key,
      [
        .date: habit.created?.iso ?? "", .kind: habit.kind.rawValue, .unit: habit.unit, .status: habit.status.rawValue,
        .colour: habit.colour.map(String.init) ?? "", .group: habit.group, .preferredTime: habit.preferredTime?.text ?? "",
        .name: habit.name,
        .notes: habit.description,
      ])
    for rule in habit.rules {
      let (word, days, times) = OurFrequency.cells(rule.frequency)
      line(
        "frequency", habit.key,
        [
          .date: rule.from?.iso ?? "", .frequency: word, .days: days, .times: times, .target: rule.target.map(HabitFileNumber.text) ?? "",
          .direction: rule.direction.rawValue, .period: rule.period.rawValue,
        ])
    }
    for pause in habit.pauses {
      line("pause", habit.key, [.date: pause.from.iso, .until: pause.until?.iso ?? "", .reason: pause.reason?.rawValue ?? ""])
    }
    for entry in habit.entries {
      line(
        "day", habit.key,
        [
          .date: entry.day.iso, .state: entry.state.rawValue, .amount: entry.amount.map(HabitFileNumber.text) ?? "",
          .reason: entry.reason?.rawValue ?? "", .notes: entry.note,
        ])
    }
  }

  /// - Parameter values: in the order of the columns.
  private mutating func line(_ record: String, _ key: String, _ values: KeyValuePairs<Column, String>) {
    OurCell.write(record, to: &bytes)
    bytes.append(0x2C)
    OurCell.write(key, to: &bytes)
    var place = Column.habit.rawValue
    for (column, value) in values where !value.isEmpty {
      bytes += repeatElement(0x2C, count: column.rawValue - place)
      place = column.rawValue
      OurCell.write(value, to: &bytes)
    }
    bytes += repeatElement(0x2C, count: Column.notes.rawValue - place)
    bytes += [0x0D, 0x0A]
  }
}

/// A cell of our CSV. What a spreadsheet would take for a formula gets a `'` in front, and so does what then would look as if it had got one: so
/// that taking it off always gives what was there.
enum OurCell {
  static func write(_ text: String, to bytes: inout [UInt8]) {
    let cell = text.utf8
    let needsQuotes = cell.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D } || cell.first == 0x20 || cell.last == 0x20
    if needsQuotes { bytes.append(0x22) }
    if isFormula(cell.drop { $0 == 0x27 }) { bytes.append(0x27) }
    for byte in cell {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    if needsQuotes { bytes.append(0x22) }
  }

  /// Without what ``write(_:to:)`` put in front.
  static func plain(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    cell.first == 0x27 && isFormula(cell.drop { $0 == 0x27 }) ? cell.dropFirst() : cell
  }

  private static func isFormula(_ text: some Collection<UInt8>) -> Bool {
    switch text.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D: true
    default: false
    }
  }
}
