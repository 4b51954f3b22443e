/// HabitBull: HabitName, HabitDescription, HabitCategory, CalendarDate, Value, CommentText. Dates are in the order of the phone's settings.
struct HabitBullFile {
  private let columns: HabitFileColumns

  init(_ columns: HabitFileColumns) { self.columns = columns }

  func read(_ rows: TextTable, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> HabitFile {
    builder.noteOrder(rows, date)
    var rows = rows
    while let row = rows.next() { try take(row, &builder) }
    return builder.file(.habitBull)
  }

  private var date: Int? { columns["calendardate", "date"] }

  private func take(_ row: TextTable.Row, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    if let fault = columns.fault(row) { return builder.refuse(row.line, fault) }
    let name = HabitFileText.line(row[columns["habitname"]])
    if name.isEmpty { return builder.refuse(row.line, .noName) }
    let place = try builder.habit(name) {
      var habit = HabitFile.Habit(name: name)
      habit.line = row.line
      habit.description = HabitFileText.lines(row[columns["habitdescription"]])
      habit.group = HabitFileText.line(row[columns["habitcategory"]])
      return HabitFileBuilder.Draft(habit)
    }
    guard let day = builder.day(row[date], line: row.line, habit: place) else { return }
    let cell = row[columns["value"]]
    guard let value = HabitFileNumber.thousandths(cell) else {
      return builder.refuse(row.line, .value(HabitFileText.shown(cell)), habit: place)
    }
    // Minus two thousand millions stands for a day without an answer, 0 for one that was not done.
    try builder.enter(
      place, day, value > 0 ? .number(value) : .nothing, note: HabitFileText.lines(row[columns["commenttext", "notes"]]), line: row.line)
  }
}
