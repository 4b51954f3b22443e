/// Our own CSV of tasks, and any other with a title: columns by name in both languages, unknown ones kept as metadata.
enum PlannerTable {
  enum Column: String, CaseIterable {
    case id, parent, title, status, priority, impact, due
    case deferredUntil = "deferred_until"
    case estimate, spent, tags
    case dependsOn = "depends_on"
    case related
    case `repeat`
    case repeatFrom = "repeat_from"
    case repeatFirst = "repeat_first"
    case created, started, completed, archived
    case isPrivate = "private"
    case notes

    /// Besides its own name.
    var others: [String] {
      switch self {
      case .title: ["título", "titulo", "task", "tarefa", "name", "nome"]
      case .status: ["estado", "situação"]
      case .priority: ["prioridade"]
      case .due: ["due date", "prazo", "vencimento"]
      case .tags: ["etiquetas", "labels"]
      case .notes: ["description", "descrição", "notas"]
      case .repeat: ["repete", "recurrence"]
      case .estimate: ["estimativa"]
      default: []
      }
    }

    func place(_ columns: HabitFileColumns) -> Int? {
      columns[rawValue] ?? others.lazy.compactMap { columns[$0] }.first
    }
  }

  static func isHead(_ columns: HabitFileColumns) -> Bool { Column.title.place(columns) != nil }

  static func read(_ text: [UInt8], into draft: inout PlannerFileDraft, _ mayGoOn: () -> Bool) throws(PlannerFile.Refusal) {
    var table = TextTable(text)
    let columns = HabitFileColumns(table.next())
    guard isHead(columns) else { throw .unknown }
    let head = PlannerTableHead(columns)
    var number = 0
    while let row = table.next() {
      number += 1
      if number % 64 == 0, !mayGoOn() { throw .tooLong }
      if (0..<row.count).allSatisfy({ row.isEmpty($0) }) { continue }
      if columns.fault(row) != nil {
        draft.note(row.line, .cells)
      } else {
        try PlannerTableRow(row, head).add(to: &draft)
      }
    }
  }

  /// By word, in both languages, and as other programs say it (RULES 8.16).
  static func status(_ word: String) -> TaskStatus? { statuses[folded(word)] }

  private static let statuses: [String: TaskStatus] = {
    let rows: [(TaskStatus, String)] = [
      (.open, "open pending todo needs-action aberta aberto pendente"),
      (.inProgress, "in_progress in-progress started in-process iniciada iniciado fazendo"),
      (.deferred, "deferred waiting adiada adiado"), (.done, "done completed complete x feita feito concluida concluido"),
      (.cancelled, "cancelled canceled deleted cancelada cancelado"),
    ]
    var statuses: [String: TaskStatus] = [:]
    for (status, words) in rows {
      for word in words.split(separator: " ") { statuses[folded(String(word))] = status }
    }
    statuses["in progress"] = .inProgress
    statuses["em andamento"] = .inProgress
    return statuses
  }()

  private static func folded(_ text: String) -> String { String(decoding: PhraseFolding(text).bytes, as: UTF8.self) }

  /// 1 to 4, or a word of 2.7's.
  static func priority(_ word: String) -> Int? { InboxKindWords.priorities[folded(word)] }
}

/// Where the columns stand.
struct PlannerTableHead {
  fileprivate let places: [PlannerTable.Column: Int]
  /// Unknown ones, by name as it is written.
  fileprivate let others: [(name: String, place: Int)]

  init(_ columns: HabitFileColumns) {
    var places: [PlannerTable.Column: Int] = [:]
    for column in PlannerTable.Column.allCases { places[column] = column.place(columns) }
    self.places = places
    let known = Set(places.values)
    others = columns.names.enumerated().filter { !known.contains($0.offset) && !$0.element.isEmpty }.map { ($0.element, $0.offset) }
  }
}

/// A row on its way to a task.
private struct PlannerTableRow {
  let row: TextTable.Row
  let head: PlannerTableHead

  init(_ row: TextTable.Row, _ head: PlannerTableHead) { (self.row, self.head) = (row, head) }

  private func cell(_ column: PlannerTable.Column) -> ArraySlice<UInt8> { OurCell.plain(row[head.places[column]]) }

  private func text(_ column: PlannerTable.Column) -> String { HabitFileText.line(HabitFileText.trimmed(cell(column))) }

  func add(to draft: inout PlannerFileDraft) throws(PlannerFile.Refusal) {
    var task = PlannerFileTask(HabitFileText.line(cell(.title)))
    (task.line, task.id) = (row.line, text(.id))
    task.notes = HabitFileText.lines(cell(.notes))
    let yes: Set = ["1", "on", "yes", "sim", "true"]
    (task.isArchived, task.isPrivate) = (yes.contains(text(.archived)), yes.contains(text(.isPrivate)))
    task.status = read(.status, PlannerTable.status, &draft) ?? .open
    task.priority = read(.priority, PlannerTable.priority, &draft)
    task.impact = read(.impact, { Int($0).flatMap { (1...5).contains($0) ? $0 : nil } }, &draft)
    task.estimate = read(.estimate, { WorkMinutes.read($0).flatMap { $0 >= 0 ? $0 : nil } }, &draft)
    task.spent = read(.spent, { WorkMinutes.read($0).flatMap { $0 >= 0 ? $0 : nil } }, &draft) ?? 0
    let reader = draft.reader
    task.due = read(.due, { PlannerDates.due($0, reader) }, &draft)
    task.deferredUntil = read(.deferredUntil, { PlannerDates.day($0, reader) }, &draft)
    let moment: (String) -> Instant? = { PlannerDates.due($0, reader).map { $0.at ?? reader.zone.start(of: $0.day) } }
    task.created = read(.created, moment, &draft)
    task.started = read(.started, moment, &draft)
    task.completed = read(.completed, moment, &draft)
    task.tags = cell(.tags).split(separator: 0x2C).map { HabitFileText.line(HabitFileText.trimmed($0)) }
    let (due, today) = (task.due?.day, draft.today)
    task.repeats = read(.repeat, { repeats($0, due ?? today, reader) }, &draft)
    task.metadata = head.others.compactMap { other in
      let value = HabitFileText.lines(OurCell.plain(row[other.place]))
      return value.isEmpty ? nil : PlannerFileTask.Field(other.name, .string(value))
    }
    let said = task.id.isEmpty ? content : ""
    try draft.add(task, parent: text(.parent), dependsOn: ids(.dependsOn), related: ids(.related), content: said)
  }

  private func ids(_ column: PlannerTable.Column) -> [String] {
    text(column).utf8.split { $0 == 0x20 || $0 == 0x2C || $0 == 0x3B }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// What stands in a column, or a note that it is not understood.
  private func read<Value>(_ column: PlannerTable.Column, _ read: (String) -> Value?, _ draft: inout PlannerFileDraft) -> Value? {
    let text = text(column)
    if text.isEmpty { return nil }
    let value = read(text)
    if value == nil { draft.note(row.line, column.rawValue, text) }
    return value
  }

  /// A rule as it is written in iCalendar, else words.
  private func repeats(_ text: String, _ day: Day, _ reader: PhraseReader) -> TaskRepeat? {
    let from = TaskRepeat.From(rawValue: self.text(.repeatFrom)) ?? .due
    let first = Day(iso: self.text(.repeatFirst)) ?? day
    // Why it is none is not said, only that it is.
    if let rule = try? Recurrence(text) { return try? TaskRepeat(rule, first: first, from: from) }
    return try? TaskRepeat(text, from: from, reader: reader)
  }

  /// All that the row says.
  private var content: String {
    let cells = row.cells.prefix(60).map { String(decoding: HabitFileText.trimmed($0).prefix(1_000), as: UTF8.self) }
    return cells.joined(separator: "\u{1F}")
  }
}
