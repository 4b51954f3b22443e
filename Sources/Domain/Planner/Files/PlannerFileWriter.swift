/// Writes tasks as a file that ``PlannerFile`` reads as the same, but for what the format cannot hold (``PlannerFileLoss``).
public struct PlannerFileWriter: Sendable {
  public let format: PlannerFile.Format
  /// Whose midnights are dates.
  public let zone: Zone
  private let ids: [String]
  /// Names of metadata, each a column.
  private let names: [String]
  private var bytes: [UInt8] = []
  private var count = 0

  /// - Parameters:
  ///   - format: Todoist's, which is read only, is written as CSV.
  ///   - ids: of all tasks that will be written, in their order: parents and blockers are places in it.
  ///   - metadata: names of what tasks have beside what is known; only CSV asks for them before.
  public init(_ format: PlannerFile.Format, zone: Zone, ids: [String], metadata: [String] = []) {
    (self.format, self.zone, self.ids) = (format == .todoist ? .csv : format, zone, ids)
    let known = Set(PlannerTable.Column.allCases.flatMap { [$0.rawValue] + $0.others })
    names = Array(Set(metadata).subtracting(known)).sorted()
    switch self.format {
    case .todoTxt, .todoist: break
    case .calendar: bytes = CalendarTasks.head
    case .taskwarrior: bytes = [UInt8(ascii: "["), 0x0A]
    case .csv: row(PlannerTable.Column.allCases.map(\.rawValue) + names)
    }
  }

  /// A whole file.
  public static func file(_ tasks: [PlannerFileTask], _ format: PlannerFile.Format, zone: Zone) -> [UInt8] {
    var writer = PlannerFileWriter(
      format, zone: zone, ids: tasks.map(\.id), metadata: tasks.flatMap { $0.metadata.map(\.name) })
    for task in tasks { writer.write(task) }
    writer.end()
    return writer.take()
  }

  /// Gives what was written so far, and forgets it: a long export leaves in pieces.
  public mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// Closes what is open.
  public mutating func end() {
    if format == .taskwarrior { bytes += (count > 0 ? "\n]\n" : "]\n").utf8 }
    if format == .calendar { bytes += CalendarTasks.tail }
  }

  public mutating func write(_ task: PlannerFileTask) {
    switch format {
    case .todoTxt: TodoTxt.write(task, zone, to: &bytes)
    case .taskwarrior:
      if count > 0 { bytes += ",\n".utf8 }
      bytes += Taskwarrior.json(task, ids: ids, zone).text.utf8
    case .calendar: CalendarTasks.write(task, ids: ids, to: &bytes)
    case .csv, .todoist: row(PlannerTable.Column.allCases.map { cell($0, task) } + names.map { value($0, task) })
    }
    count += 1
  }

  private func value(_ name: String, _ task: PlannerFileTask) -> String {
    guard let field = task.metadata.first(where: { $0.name == name }) else { return "" }
    return JSONValue(field.value.text.utf8)?.text ?? field.value.text
  }

  private func cell(_ column: PlannerTable.Column, _ task: PlannerFileTask) -> String {
    switch column {
    case .id: task.id
    case .parent: task.parent.map { ids[$0] } ?? ""
    case .title: task.title
    case .status: task.status.rawValue
    case .priority: task.priority.map { "\($0)" } ?? ""
    case .impact: task.impact.map { "\($0)" } ?? ""
    case .due: task.due.map { $0.at?.iso ?? $0.day.iso } ?? ""
    case .deferredUntil: task.deferredUntil?.iso ?? ""
    case .estimate: task.estimate.map { "\($0)" } ?? ""
    case .spent: task.spent > 0 ? "\(task.spent)" : ""
    case .tags: task.tags.joined(separator: ",")
    case .dependsOn: task.dependsOn.map { ids[$0] }.joined(separator: " ")
    case .related: task.related.map { ids[$0] }.joined(separator: " ")
    case .repeat: task.repeats?.rule.text ?? ""
    case .repeatFrom: task.repeats?.from.rawValue ?? ""
    case .repeatFirst: task.repeats?.first.iso ?? ""
    case .created: task.created?.iso ?? ""
    case .started: task.started?.iso ?? ""
    case .completed: task.completed?.iso ?? ""
    case .archived: task.isArchived ? "on" : ""
    case .isPrivate: task.isPrivate ? "on" : ""
    case .notes: task.notes
    }
  }

  private mutating func row(_ cells: [String]) {
    for (place, cell) in cells.enumerated() {
      if place > 0 { bytes.append(0x2C) }
      OurCell.write(cell, to: &bytes)
    }
    bytes += [0x0D, 0x0A]
  }
}

/// What a format cannot hold: said on its page before anything is downloaded (RULES 8.36).
public enum PlannerFileLoss: CaseIterable, Hashable, Sendable {
  /// Ids, and with them subtasks and what waits for what.
  case links
  /// What only has to do with another.
  case related
  case notes
  /// Of due, completed and created; the date stays.
  case times
  /// In progress, deferred, cancelled and archived: all that is not done is open there.
  case states
  /// Impact, estimate and minutes spent.
  case figures
  /// Rules but "every so many days, weeks, months, years", and those that name the very day on which the task is due.
  case rules
  /// Tags with blanks, and words of a title that look like a mark.
  case marks
  case metadata
  /// That a task is private.
  case privacy
  /// Midnight as a time: it is the date there.
  case midnight
  /// Seconds' fractions.
  case fractions

  public static func of(_ format: PlannerFile.Format) -> [PlannerFileLoss] {
    switch format {
    case .todoTxt: [.links, .related, .notes, .times, .states, .figures, .rules, .marks, .metadata, .privacy]
    case .taskwarrior: [.related, .midnight, .fractions]
    case .csv, .calendar, .todoist: [.fractions]
    }
  }
}
