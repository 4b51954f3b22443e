/// A table of Loop that stands alone: one habit's own, with or without a head, or the root's, a column for each habit.
struct LoopTable {
  private enum Shape { case single, root(names: [String]) }

  private let text: [UInt8]
  private let hasHead: Bool
  private let shape: Shape

  /// - Returns: nil for what is none of Loop's.
  /// - Throws: ``HabitFileRefusal/loopPart`` for those of its tables that say nothing alone.
  init?(_ text: [UInt8], _ head: TextTable.Row) throws(HabitFileRefusal) {
    self.text = text
    let names = HabitFileColumns(head).names
    let sample = LoopTable.sample(text)
    if names.starts(with: ["date", "score"])
      || names.contains("name") && !Set(names).isDisjoint(with: ["numrepetitions", "frequencynumerator"])
    {
      throw .loopPart
    }
    if WrittenDate(head[0]) != nil {
      guard (2...3).contains(head.count), LoopTable.areValues(sample.map { $0[1] }) else { return nil }
      (hasHead, shape) = (false, .single)
    } else if names == ["date", "value"] || names == ["date", "value", "notes"] {
      guard LoopTable.areValues(sample.dropFirst().map { $0[1] }) else { return nil }
      (hasHead, shape) = (true, .single)
    } else if names.count > 1, names[0] == "date" {
      let rows = sample.dropFirst().map(LoopValue.cells)
      let isLoops = names.last == "" || rows.joined().contains { LoopValue($0).map { $0.isTelling } ?? false && $0.count > 3 }
      if names.last == "", !rows.isEmpty, rows.joined().allSatisfy(LoopTable.isScore) { throw .loopPart }
      guard isLoops, LoopTable.areValues(rows.joined().map { $0 }) else { return nil }
      guard let whole = LoopTable.names(head, count: rows.map(\.count).max() ?? 0) else { throw .loopPart }
      (hasHead, shape) = (true, .root(names: whole))
    } else {
      return nil
    }
  }

  /// The first rows, the head among them.
  private static func sample(_ text: [UInt8]) -> [TextTable.Row] {
    var rows = TextTable(text)
    var sample: [TextTable.Row] = []
    while sample.count < 400, let row = rows.next() { sample.append(row) }
    return sample
  }

  private static func areValues(_ cells: [ArraySlice<UInt8>]) -> Bool {
    cells.contains { LoopValue($0)?.isTelling ?? false } && cells.allSatisfy { LoopValue($0) != nil || HabitFileText.trimmed($0).isEmpty }
  }

  /// Four decimals, as Loop writes its scores.
  private static func isScore(_ cell: ArraySlice<UInt8>) -> Bool {
    cell.count == 6 && cell[cell.startIndex + 1] == 0x2E && HabitFileNumber.thousandths(cell) != nil
  }

  /// Loop does not quote them here: what follows a comma and a blank belongs to the name before. Nil when that does not make `count` of them.
  private static func names(_ head: TextTable.Row, count: Int) -> [String]? {
    var names = head.cells.dropFirst().map { Array($0) }
    if names.last == [] { names.removeLast() }
    var whole: [[UInt8]] = []
    for name in names {
      if names.count > count, name.first == 0x20, !whole.isEmpty {
        whole[whole.count - 1] += [0x2C] + name
      } else {
        whole.append(name)
      }
    }
    return whole.count == count || count == 0 ? whole.map { HabitFileText.line($0[...]) } : nil
  }

  func read(_ builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> HabitFile {
    switch shape {
    case .single:
      let place = try builder.add(.init(LoopTable.habit("", line: 1), kind: LoopTable.amounts(rows).contains(0) ? .amount : .tick))
      try LoopTable.enter(rows, place, &builder)
    case .root(let names):
      let amounts = LoopTable.amounts(rows)
      var places: [Int?] = []
      for (column, name) in names.enumerated() {
        places.append(try builder.add(.init(LoopTable.habit(name, line: 1), kind: amounts.contains(column) ? .amount : .tick)))
      }
      try LoopTable.enter(rows, columns: places, &builder)
    }
    return builder.file(.loop)
  }

  private var rows: TextTable {
    var rows = TextTable(text)
    if hasHead { _ = rows.next() }
    return rows
  }

  static func habit(_ name: String, line: Int) -> HabitFile.Habit {
    var habit = HabitFile.Habit(name: name)
    habit.line = line
    return habit
  }

  /// The columns with a value that is no state.
  private static func amounts(_ rows: TextTable) -> Set<Int> {
    var rows = rows
    var found: Set<Int> = []
    while let row = rows.next() {
      for (column, cell) in LoopValue.cells(row).enumerated() {
        if case .amount = LoopValue(cell) { found.insert(column) }
      }
    }
    return found
  }

  /// A habit's own rows: date, value, notes.
  static func enter(_ rows: TextTable, _ place: Int, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    var rows = rows
    while let row = rows.next() {
      if row.isBroken {
        builder.refuse(row.line, .quotes, habit: place)
        continue
      }
      let cells = LoopValue.cells(row)
      let note = cells.count > 1 ? HabitFileText.lines(cells[1]) : ""
      guard let day = builder.day(row[0], line: row.line, habit: place) else { continue }
      try enter(day, row.line, cells.first ?? [], note, place, &builder)
    }
  }

  /// The root's rows: a date and a value for each place; nil where another file knows better.
  static func enter(_ rows: TextTable, columns places: [Int?], _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    var rows = rows
    while let row = rows.next() {
      if row.isBroken {
        builder.refuse(row.line, .quotes)
        continue
      }
      guard let day = builder.day(row[0], line: row.line) else { continue }
      let cells = LoopValue.cells(row)
      if cells.count > places.count { builder.refuse(row.line, .cells) }
      for (cell, place) in zip(cells, places) where !HabitFileText.trimmed(cell).isEmpty {
        if let place { try enter(day, row.line, cell, "", place, &builder) }
      }
    }
  }

  private static func enter(
    _ day: Day, _ line: Int, _ cell: ArraySlice<UInt8>, _ note: String, _ place: Int, _ builder: inout HabitFileBuilder
  ) throws(HabitFileRefusal) {
    guard let mark = LoopValue(cell)?.mark(isAmount: builder.drafts[place].kind == .amount) else {
      return builder.refuse(line, .value(HabitFileText.shown(cell)), habit: place)
    }
    if mark == .nothing, note.isEmpty { return }
    try builder.enter(place, day, mark, note: note, line: line)
  }
}
