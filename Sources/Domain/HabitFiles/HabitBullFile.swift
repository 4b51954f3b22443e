/// HabitBull: HabitName, HabitDescription, HabitCategory, CalendarDate, Value, CommentText. Dates are in the order of the phone's settings.
struct HabitBullFile {
  private let columns: HabitFileColumns
  private let (name, date, value, comment): (Int?, Int?, Int?, Int?)

  init(_ columns: HabitFileColumns) {
    self.columns = columns
    (name, date, value, comment) = (
      columns["habitname"], columns["calendardate", "date"], columns["value"], columns["commenttext", "notes"]
    )
  }

  func read(_ rows: TextTable, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> HabitFile {
    builder.noteOrder(rows, date)
    var rows = rows
    while let row = rows.next() { try take(row, &builder) }
    return builder.file(.habitBull)
  }

  private func take(_ row: TextTable.Row, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    if let fault = columns.fault(row) { return builder.refuse(row.line, fault) }
    let name = HabitFileText.line(row[name])
    if name.isEmpty { return builder.refuse(row.line, .noName) }
    let place = try builder.habit(name) {
      var habit = HabitFile.Habit(name: name)
      habit.line = row.line
      habit.description = HabitFileText.lines(row[columns["habitdescription"]])
      habit.group = HabitFileText.line(row[columns["habitcategory"]])
      return HabitFileBuilder.Draft(habit)
    }
    guard let day = builder.day(row[date], line: row.line, habit: place) else { return }
    guard let number = HabitFileNumber.thousandths(row[value]) else {
      return builder.refuse(row.line, .value(HabitFileText.shown(row[value])), habit: place)
    }
    // Minus two thousand millions stands for a day without an answer, 0 for one that was not done.
    try builder.enter(place, day, number > 0 ? .number(number) : .nothing, note: HabitFileText.lines(row[comment]), line: row.line)
  }
}
