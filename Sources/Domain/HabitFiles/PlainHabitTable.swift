/// Any table with a column of dates: a list with a line for each date of a habit, or a matrix with a column for each habit.
struct PlainHabitTable {
  private let rows: TextTable
  private let head: TextTable.Row
  private let columns: HabitFileColumns
  private let date: Int
  private let value: Int?
  private let note: Int?
  private let grouping: [UInt8]

  /// Nil when there is no such column.
  init?(_ text: [UInt8], _ head: TextTable.Row) {
    var rows = TextTable(text)
    grouping = rows.separator == 0x2C ? [0x2C] : rows.separator == 0x3B ? [0x2E] : [0x2C, 0x2E]
    _ = rows.next()
    columns = HabitFileColumns(head)
    var first = rows
    let dated = first.next().flatMap { $0.cells.firstIndex { WrittenDate($0) != nil } }
    guard let date = columns["date", "data", "day", "dia", "entry_date", "datum", "fecha"] ?? dated, columns.names.count > 1 else {
      return nil
    }
    // A table without a head has no names.
    if WrittenDate(head[date]) != nil { return nil }
    (self.rows, self.head, self.date) = (rows, head, date)
    value =
      columns["value", "valor", "amount", "quantidade", "quantity", "count", "status", "state", "estado", "done", "feito", "completed"]
    note = columns["note", "notes", "nota", "notas", "comment", "comments", "comentário", "observação"]
  }

  func read(_ builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> HabitFile {
    builder.noteOrder(rows, date)
    var rows = rows
    if let habit = columns["habit", "habit name", "hábito", "habito", "name", "nome", "task", "tarefa", "activity", "atividade"] {
      while let row = rows.next() { try takeLine(row, habit, &builder) }
    } else {
      let places = try matrix(&builder)
      while let row = rows.next() { try takeRow(row, places, &builder) }
    }
    return builder.file(.table)
  }

  private func takeLine(_ row: TextTable.Row, _ habit: Int, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    if let fault = columns.fault(row) { return builder.refuse(row.line, fault) }
    let name = HabitFileText.line(row[habit])
    if name.isEmpty { return builder.refuse(row.line, .noName) }
    let place = try builder.habit(name) {
      var habit = LoopTable.habit(name, line: row.line)
      habit.unit = HabitFileText.line(row[columns["unit", "unidade"]])
      habit.group = HabitFileText.line(row[columns["group", "grupo", "category", "categoria"]])
      return .init(habit)
    }
    guard let day = builder.day(row[date], line: row.line, habit: place) else { return }
    guard let mark = value.map({ PlainMark.read(row[$0], grouping: grouping) }) ?? .done else {
      return builder.refuse(row.line, .value(HabitFileText.shown(row[value])), habit: place)
    }
    try builder.enter(place, day, mark, note: HabitFileText.lines(row[note]), line: row.line)
  }

  /// The place of each column; nil for the date, and for columns in which nothing is a value.
  private func matrix(_ builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> [Int?] {
    var values = Set<Int>()
    var texts = Set<Int>()
    var rows = rows
    while let row = rows.next() {
      for column in columns.names.indices where column != date && !row.isEmpty(column) && !values.contains(column) {
        if PlainMark.read(row[column], grouping: grouping) == nil { texts.insert(column) } else { values.insert(column) }
      }
    }
    var places: [Int?] = []
    for column in columns.names.indices {
      let isText = texts.contains(column) && !values.contains(column)
      if isText { builder.leftOut += 1 }
      let name = HabitFileText.line(head[column])
      let isNothing = name.isEmpty && !values.contains(column)
      // One that is only called so has no name.
      let isNameless =
        columns.names.count == 2 && ["value", "valor", "done", "feito", "amount", "quantidade"].contains(columns.names[column])
      places.append(
        column == date || isText || isNothing ? nil : try builder.add(.init(LoopTable.habit(isNameless ? "" : name, line: head.line))))
    }
    return places
  }

  private func takeRow(_ row: TextTable.Row, _ places: [Int?], _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    if let fault = columns.fault(row) { return builder.refuse(row.line, fault) }
    if HabitFileText.trimmed(row[date]).isEmpty, row.cells.allSatisfy({ HabitFileText.trimmed($0).isEmpty }) { return }
    guard let day = builder.day(row[date], line: row.line) else { return }
    for column in places.indices where !row.isEmpty(column) {
      guard let place = places[column] else { continue }
      let cell = row[column]
      guard let mark = PlainMark.read(cell, grouping: grouping) else {
        builder.refuse(row.line, .value(HabitFileText.shown(cell)), habit: place)
        continue
      }
      if mark != .nothing { try builder.enter(place, day, mark, line: row.line) }
    }
  }
}

/// What people write into a cell.
enum PlainMark {
  /// Nil for what is neither a word nor a number that is known.
  static func read(_ cell: ArraySlice<UInt8>, grouping: [UInt8]) -> HabitFileBuilder.Mark? {
    let cell = HabitFileText.trimmed(cell)
    guard let first = cell.first else { return .nothing }
    if decimal(first) != nil || first == 0x2D && cell.count > 1 {
      guard let number = HabitFileNumber.thousandths(cell, grouping: grouping) else { return nil }
      return number < 0 ? .nothing : .number(number)
    }
    if cell.count == 1, first | 0x20 == UInt8(ascii: "x") { return .done }
    if cell.count > 40 { return nil }
    let word = String(decoding: cell, as: UTF8.self).lowercased()
    return done.contains(word) ? .done : skipped.contains(word) ? .skipped : nothing.contains(word) ? .nothing : nil
  }

  private static let done: Set<String> = [
    "x", "✓", "✔", "✔️", "✅", "☑", "☑️", "y", "yes", "s", "sim", "true", "t", "verdadeiro", "done", "ok", "complete", "completed", "feito",
    "feita",
    "concluído", "concluido", "concluída", "concluida",
  ]
  private static let skipped: Set<String> = ["skip", "skipped", "pulado", "pulada", "pulei", "pular", "excused"]
  private static let nothing: Set<String> = [
    "-", "–", "—", "✗", "✘", "❌", "☐", "n", "no", "n/a", "não", "nao", "false", "f", "falso", "missed", "failed", "none", "null", "perdido",
    "não feito",
  ]
}
