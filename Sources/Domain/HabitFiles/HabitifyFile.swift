/// Habitify: Habit, Date, Total log, Unit, Status, Habit ID.
struct HabitifyFile {
  private let columns: HabitFileColumns
  private let (id, name, date, log, status, note): (Int?, Int?, Int?, Int?, Int?, Int?)

  init(_ columns: HabitFileColumns) {
    self.columns = columns
    (id, name, date) = (columns["habit id"], columns["habit"], columns["date"])
    (log, status, note) = (columns["total log", "value"], columns["status"], columns["note", "notes"])
  }

  func read(_ rows: TextTable, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> HabitFile {
    builder.noteOrder(rows, date)
    var rows = rows
    while let row = rows.next() { try take(row, &builder) }
    return builder.file(.habitify)
  }

  private func take(_ row: TextTable.Row, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    if let fault = columns.fault(row) { return builder.refuse(row.line, fault) }
    let name = HabitFileText.line(row[name])
    let id = HabitFileText.line(row[id])
    if name.isEmpty { return builder.refuse(row.line, .noName) }
    let place = try builder.habit(id.isEmpty ? name : id) {
      var habit = HabitFile.Habit(name: name)
      habit.line = row.line
      let unit = HabitFileText.line(row[columns["unit"]])
      // What is only counted has no unit, and is one of ticks unless a number says more.
      let isCounted = ["", "time", "times"].contains(unit.lowercased())
      habit.unit = isCounted ? "" : unit
      return HabitFileBuilder.Draft(habit, kind: isCounted ? nil : .amount)
    }
    guard let day = builder.day(row[date], line: row.line, habit: place) else { return }
    let cell = row[log]
    guard let log = HabitFileText.trimmed(cell).isEmpty ? 0 : HabitFileNumber.thousandths(cell), log >= 0 else {
      return builder.refuse(row.line, .value(HabitFileText.shown(cell)), habit: place)
    }
    try builder.enter(
      place, day, mark(row, log, &builder.drafts[place]), note: HabitFileText.lines(row[note]), line: row.line)
  }

  private func mark(_ row: TextTable.Row, _ log: Int, _ draft: inout HabitFileBuilder.Draft) -> HabitFileBuilder.Mark {
    switch HabitFileText.line(row[status]).lowercased() {
    case "completed":
      if log == 0 { return .done }
      draft.enough = min(draft.enough ?? log, log)
      return .number(log)
    case "skipped": return .skipped
    default:
      // Something was logged, and it was not enough: one is not all.
      if log > 0 { draft.kind = .amount }
      return log > 0 ? .number(log) : .nothing
    }
  }
}
