/// Streaks: a line for each date of a task. The date is `entry_date`; the timestamp is when the entry was made, which may be days later.
struct StreaksFile {
  private let columns: HabitFileColumns
  private let (id, title, type, date, quantity, notes): (Int?, Int?, Int?, Int?, Int?, Int?)

  init(_ columns: HabitFileColumns) {
    self.columns = columns
    (id, title, type) = (columns["task_id"], columns["title"], columns["entry_type"])
    (date, quantity, notes) = (columns["entry_date"], columns["quantity"], columns["notes"])
  }

  func read(_ rows: TextTable, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> HabitFile {
    builder.noteOrder(rows, date)
    var rows = rows
    while let row = rows.next() { try take(row, &builder) }
    return builder.file(.streaks)
  }

  private func take(_ row: TextTable.Row, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    if let fault = columns.fault(row) { return builder.refuse(row.line, fault) }
    let title = HabitFileText.line(row[title])
    let id = HabitFileText.line(row[id])
    if title.isEmpty { return builder.refuse(row.line, .noName) }
    let place = try builder.habit(id.isEmpty ? title : id) {
      var habit = HabitFile.Habit(name: title)
      habit.line = row.line
      var draft = HabitFileBuilder.Draft(habit)
      draft.tick = 0
      return draft
    }
    guard let day = builder.day(row[date], line: row.line, habit: place) else { return }
    guard let mark = mark(row) else {
      return builder.refuse(row.line, .value(HabitFileText.shown(row[type])), habit: place)
    }
    try builder.enter(place, day, mark, note: HabitFileText.lines(row[notes]), line: row.line)
  }

  /// `completed_manually`, `completed_auto`, `skipped_…`, `missed_…`; with a quantity of its own in newer files.
  private func mark(_ row: TextTable.Row) -> HabitFileBuilder.Mark? {
    let type = HabitFileText.line(row[type])
    if type.utf8.starts(with: "completed".utf8) {
      let quantity = HabitFileNumber.thousandths(row[quantity]) ?? 0
      return quantity > 0 ? .number(quantity) : .done
    }
    if type.utf8.starts(with: "skipped".utf8) { return .skipped }
    return type.utf8.starts(with: "missed".utf8) ? .nothing : nil
  }
}
