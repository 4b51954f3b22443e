/// Our own CSV: lines of habits, of what they asked since when, of pauses and of dates, in any order.
struct OurHabitFile {
  private let columns: HabitFileColumns
  /// Where each of ``HabitFileWriter/Column`` stands here.
  private let places: [Int?]

  init(_ columns: HabitFileColumns) {
    self.columns = columns
    places = HabitFileWriter.Column.allCases.map { columns[$0.title] }
  }

  private func cell(_ column: HabitFileWriter.Column, _ row: TextTable.Row) -> ArraySlice<UInt8> { row[places[column.rawValue]] }

  private func text(_ column: HabitFileWriter.Column, _ row: TextTable.Row) -> String {
    String(decoding: OurCell.plain(cell(column, row)), as: UTF8.self)
  }

  func read(_ rows: TextTable, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> HabitFile {
    builder.noteOrder(rows, places[HabitFileWriter.Column.date.rawValue], places[HabitFileWriter.Column.until.rawValue])
    var places: [String: Int] = [:]
    var habits = rows
    while let row = habits.next() {
      if isHabit(row) { try takeHabit(row, &places, &builder) }
    }
    var rows = rows
    while let row = rows.next() {
      if isHabit(row) { continue }
      if let fault = columns.fault(row) {
        builder.refuse(row.line, fault)
      } else if let place = places[text(.habit, row)] {
        try take(row, place, &builder)
      } else {
        builder.refuse(row.line, .unknownHabit(HabitFileText.shown(cell(.habit, row))))
      }
    }
    for place in builder.drafts.indices { builder.drafts[place].habit.finishOurs() }
    return builder.file(.heed)
  }

  private func isHabit(_ row: TextTable.Row) -> Bool { cell(.record, row).elementsEqual("habit".utf8) }

  private func takeHabit(_ row: TextTable.Row, _ places: inout [String: Int], _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    if let fault = columns.fault(row) { return builder.refuse(row.line, fault) }
    let key = text(.habit, row)
    if text(.name, row).isEmpty { return builder.refuse(row.line, .noName) }
    if places[key] != nil { return builder.refuse(row.line, .repeated) }
    var habit = HabitFile.Habit(name: text(.name, row))
    (habit.key, habit.line, habit.rules) = (key, row.line, [])
    habit.description = text(.notes, row)
    habit.unit = text(.unit, row)
    habit.group = text(.group, row)
    habit.colour = Int(text(.colour, row)).flatMap { HabitFileColour.shades.indices.contains($0 - 1) ? $0 : nil }
    habit.status = .init(rawValue: text(.status, row)) ?? .active
    habit.preferredTime = TimeOfDay(text: text(.preferredTime, row)).flatMap { TimeOfDay(hour: $0.hour, minute: $0.minute) }
    habit.created = date(.date, row, &builder)
    var draft = HabitFileBuilder.Draft(habit, kind: .init(rawValue: text(.kind, row)) ?? .tick)
    draft.addsUp = false
    places[key] = try builder.add(draft)
  }

  /// Nil also where nothing stands.
  private func date(_ column: HabitFileWriter.Column, _ row: TextTable.Row, _ builder: inout HabitFileBuilder, habit: Int? = nil) -> Day? {
    let cell = cell(column, row)
    return HabitFileText.trimmed(cell).isEmpty ? nil : builder.day(cell, line: row.line, habit: habit)
  }

  private func take(_ row: TextTable.Row, _ place: Int, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    let refusals = builder.refusedCount
    switch text(.record, row) {
    case "frequency":
      let from = date(.date, row, &builder, habit: place)
      guard builder.refusedCount == refusals else { return }
      guard let rule = rule(row, from) else { return refuse(.frequency, row, place, &builder) }
      try builder.count()
      builder.drafts[place].habit.rules.append(rule)
    case "pause":
      let until = date(.until, row, &builder, habit: place)
      guard builder.refusedCount == refusals, let from = builder.day(cell(.date, row), line: row.line, habit: place) else { return }
      if let until, until < from { return refuse(.until, row, place, &builder) }
      try builder.count()
      builder.drafts[place].habit.pauses.append(.init(from: from, until: until, reason: .init(rawValue: text(.reason, row))))
    case "day":
      guard let day = builder.day(cell(.date, row), line: row.line, habit: place) else { return }
      try enter(row, place, day, &builder)
    default: refuse(.record, row, place, &builder)
    }
  }

  private func refuse(_ column: HabitFileWriter.Column, _ row: TextTable.Row, _ place: Int, _ builder: inout HabitFileBuilder) {
    builder.refuse(row.line, .value(HabitFileText.shown(cell(column, row))), habit: place)
  }

  private func enter(_ row: TextTable.Row, _ place: Int, _ day: Day, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    let amount = cell(.amount, row)
    let mark: HabitFileBuilder.Mark
    switch HabitFile.Entry.State(rawValue: text(.state, row)) {
    case .note: mark = .nothing
    case .skipped: mark = .skipped
    case .done where builder.drafts[place].kind == .tick || amount.isEmpty: mark = .done
    case .done:
      guard let value = HabitFileNumber.thousandths(amount) else { return refuse(.amount, row, place, &builder) }
      mark = .number(value)
    case nil: return refuse(.state, row, place, &builder)
    }
    try builder.enter(place, day, mark, reason: .init(rawValue: text(.reason, row)), note: text(.notes, row), line: row.line)
  }

  private func rule(_ row: TextTable.Row, _ from: Day?) -> HabitFile.Rule? {
    guard let frequency = OurFrequency.read(text(.frequency, row), days: text(.days, row), times: text(.times, row)) else { return nil }
    let target = cell(.target, row)
    let value = HabitFileNumber.thousandths(target)
    guard target.isEmpty || (value ?? -1) >= 0 else { return nil }
    return .init(
      from: from, frequency: frequency, target: value, direction: .init(rawValue: text(.direction, row)) ?? .atLeast,
      period: .init(rawValue: text(.period, row)) ?? .day)
  }
}

extension HabitFile.Habit {
  fileprivate mutating func finishOurs() {
    if rules.isEmpty { rules = [.init()] }
    rules = rules.enumerated().sorted { ($0.element.from ?? .first, $0.offset) < ($1.element.from ?? .first, $1.offset) }.map(\.element)
    pauses.sort { $0.from < $1.from }
  }
}

/// Frequencies in our CSV, as the form's fields have them: `daily`, `specific_days` with `mon wed fri`, `per_week` and `per_month` with a number.
enum OurFrequency {
  static let weekdays: [(name: String, day: Weekday)] = [
    ("mon", .monday), ("tue", .tuesday), ("wed", .wednesday), ("thu", .thursday), ("fri", .friday), ("sat", .saturday), ("sun", .sunday),
  ]

  static func read(_ word: String, days: String, times: String) -> HabitFile.Frequency? {
    switch word {
    case "daily": return .daily
    case "specific_days":
      let names = days.split(separator: " ")
      let chosen = names.compactMap { name in weekdays.first { $0.name == name }?.day }
      return chosen.isEmpty || chosen.count < names.count ? nil : .days(Set(chosen))
    case "per_week": return Int(times).flatMap { (1...7).contains($0) ? .perWeek($0) : nil }
    case "per_month": return Int(times).flatMap { (1...31).contains($0) ? .perMonth($0) : nil }
    default: return nil
    }
  }

  static func cells(_ frequency: HabitFile.Frequency) -> (word: String, days: String, times: String) {
    switch frequency {
    case .daily: ("daily", "", "")
    case .days(let days): ("specific_days", weekdays.filter { days.contains($0.day) }.map(\.name).joined(separator: " "), "")
    case .perWeek(let times): ("per_week", "", String(times))
    case .perMonth(let times): ("per_month", "", String(times))
    }
  }
}
