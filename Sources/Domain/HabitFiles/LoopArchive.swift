/// Loop's ZIP: `Habits.csv`, and a folder for each habit with its `Checkmarks.csv`. Folders are told by their number: letters beyond ASCII are lost
/// in their names. The root's `Checkmarks.csv` may lack ticks: it counts only for habits without a file of their own.
struct LoopArchive {
  private let habits: (name: String, bytes: [UInt8])?
  private let root: (name: String, bytes: [UInt8])?
  /// In the order of their numbers.
  fileprivate let folders: [Folder]

  fileprivate struct Folder {
    let number: Int
    /// Behind the number.
    let title: String
    let file: String
    let bytes: [UInt8]
  }

  /// Nil when it holds nothing that is called as Loop's files are.
  init?(_ files: [String: [UInt8]]) {
    func first(_ name: String) -> (name: String, bytes: [UInt8])? {
      let found = files.filter { ($0.key.split(separator: "/").last ?? "").lowercased() == name && Folder.number(of: $0.key) == nil }
      return found.min { ($0.key.utf8.count, $0.key) < ($1.key.utf8.count, $1.key) }.map { ($0.key, $0.value) }
    }
    habits = first("habits.csv")
    root = first("checkmarks.csv")
    folders = files.compactMap { file -> Folder? in
      guard file.key.lowercased().hasSuffix("/checkmarks.csv"), let (number, title) = Folder.number(of: file.key) else { return nil }
      return Folder(number: number, title: title, file: file.key, bytes: file.value)
    }
    .sorted { ($0.number, $0.file) < ($1.number, $1.file) }
    if habits == nil, folders.isEmpty { return nil }
  }

  func read(_ choices: HabitFileChoices) throws(HabitFileRefusal) -> HabitFile {
    var builder = HabitFileBuilder(choices)
    var places: [Int: Int] = [:]
    if let habits {
      builder.part = habits.name
      places = try LoopHabits(try HabitFileText.utf8(habits.bytes)).add(to: &builder)
    }
    var own: Set<Int> = []
    for folder in folders {
      builder.part = folder.file
      if places[folder.number] == nil {
        places[folder.number] = try builder.add(.init(LoopTable.habit(ImportText.oneLine(folder.title), line: 1)))
      }
      guard let place = places[folder.number], own.insert(place).inserted else { continue }
      var rows = TextTable(try HabitFileText.utf8(folder.bytes))
      var behind = rows
      if let head = behind.next(), WrittenDate(head[0]) == nil { rows = behind }
      try LoopTable.enter(rows, place, &builder)
    }
    if let root {
      builder.part = root.name
      try readRoot(root.bytes, without: own, &builder)
    }
    return builder.file(.loop)
  }

  /// Its columns are the habits in their order, or else those that are called as one.
  private func readRoot(_ bytes: [UInt8], without own: Set<Int>, _ builder: inout HabitFileBuilder) throws(HabitFileRefusal) {
    guard own.count < builder.drafts.count else { return }
    var rows = TextTable(try HabitFileText.utf8(bytes))
    guard let head = rows.next() else { return }
    var first = rows
    let count = first.next().map { LoopValue.cells($0).count } ?? 0
    let names = builder.drafts.map(\.habit.name)
    let columns = count == names.count ? names : head.cells.dropFirst().map { HabitFileText.line($0) }
    let places = columns.enumerated().map { column, name in count == names.count ? column : names.firstIndex(of: name) }
    try LoopTable.enter(rows, columns: places.map { $0.flatMap { own.contains($0) ? nil : $0 } }, &builder)
  }
}

extension LoopArchive.Folder {
  /// "001 Violo/Checkmarks.csv": 1 and "Violo"; nil for a file whose folder has no number.
  static func number(of path: String) -> (Int, String)? {
    let parts = path.split(separator: "/")
    guard parts.count >= 2 else { return nil }
    var reader = ByteReader(parts[parts.count - 2])
    guard let number = reader.number(upTo: 1_000_000), reader.isAtEnd || reader.skip(0x20) else { return nil }
    return (number, String(decoding: reader.bytes[reader.position...], as: UTF8.self))
  }
}

/// Loop's `Habits.csv`, of every generation.
struct LoopHabits {
  private let rows: TextTable
  private let columns: HabitFileColumns

  init(_ text: [UInt8]) {
    var rows = TextTable(text)
    columns = HabitFileColumns(rows.next())
    self.rows = rows
  }

  /// - Returns: the places of the habits by their numbers.
  func add(to builder: inout HabitFileBuilder) throws(HabitFileRefusal) -> [Int: Int] {
    var rows = rows
    var places: [Int: Int] = [:]
    var count = 0
    while let row = rows.next() {
      count += 1
      if let fault = columns.fault(row) {
        builder.refuse(row.line, fault)
        continue
      }
      let number = Int(HabitFileText.line(row[columns["position"]])) ?? count
      if places[number] != nil {
        builder.refuse(row.line, .repeated)
      } else {
        places[number] = try builder.add(draft(row))
      }
    }
    return places
  }

  private func draft(_ row: TextTable.Row) -> HabitFileBuilder.Draft {
    func cell(_ names: String...) -> ArraySlice<UInt8> { row[names.lazy.compactMap { columns[$0] }.first] }
    func number(_ cell: ArraySlice<UInt8>) -> Int? { Int(HabitFileText.line(cell)) }
    var habit = LoopTable.habit(HabitFileText.line(cell("name")), line: row.line)
    habit.description = HabitFileText.paragraphs(HabitFileText.lines(cell("question")), HabitFileText.lines(cell("description")))
    habit.colour = HabitFileColour.nearest(HabitFileText.line(cell("color")))
    habit.status = HabitFileText.line(cell("archived?")).lowercased() == "true" ? .archived : .active
    let times = number(cell("frequencynumerator", "numrepetitions")) ?? 1
    let days = number(cell("frequencydenominator", "interval")) ?? 1
    guard HabitFileText.line(cell("type")) == "NUMERICAL" else {
      let (frequency, isExact) = HabitFile.Frequency.nearest(times: times, days: days)
      habit.rules = [.init(frequency: frequency)]
      if !isExact { habit.changes = [.frequency(times: times, every: days, .days, becomes: frequency)] }
      return .init(habit, kind: .tick)
    }
    habit.unit = HabitFileText.line(cell("unit"))
    let isAtMost = HabitFileText.line(cell("target type")) == "AT_MOST"
    let written = HabitFileNumber.thousandths(cell("target value")).flatMap { $0 > 0 || isAtMost && $0 == 0 ? $0 : nil }
    let (period, length) = HabitFile.Rule.Period.nearest(days: days)
    let isExact = days == length || (28...31).contains(days) || days < 1
    // In proportion: 20 km in two weeks are 10 km a week.
    let target = isExact ? written : written.map { ($0 * length + days / 2) / days }
    habit.rules = [.init(target: target, direction: isAtMost ? .atMost : .atLeast, period: period)]
    if !isExact, let written, let target { habit.changes = [.target(written, days: days, becomes: target, period)] }
    return .init(habit, kind: .amount)
  }
}
