/// The CSV of Todoist as tasks: the tree by INDENT, comments as notes, "@label" of the content as tags, DATE in words or figures.
enum TodoistTasks {
  static func read(_ text: [UInt8], into draft: inout PlannerFileDraft, _ mayGoOn: () -> Bool) throws(PlannerFile.Refusal) {
    var table = TextTable(text)
    let columns = HabitFileColumns(table.next())
    guard columns.has("type", "content") else { throw .unknown }
    var waiting: (task: PlannerFileTask, parent: String, content: String)?
    /// Lines of the tasks that are open at each level, which are their ids here.
    var above: [String] = []
    var number = 0
    while let row = table.next() {
      number += 1
      if number % 64 == 0, !mayGoOn() { throw .tooLong }
      func cell(_ name: String) -> String { HabitFileText.line(row[columns[name]]) }
      let type = cell("type").lowercased()
      if row.isBroken || row.isTooWide {
        draft.note(row.line, .cells)
      } else if type == "note" {
        let comment = HabitFileText.lines(row[columns["content"]])
        if var task = waiting?.task, !comment.isEmpty {
          task.notes += task.notes.isEmpty ? comment : "\n\n" + comment
          waiting?.task = task
        }
      } else if type == "task" {
        if let done = waiting { try add(done, &draft) }
        let level = min(max(Int(cell("indent")) ?? 1, 1), above.count + 1)
        above = Array(above.prefix(level - 1))
        var task = task(cell, row, columns, &draft)
        task.id = "line \(row.line)"
        waiting = (task, above.last ?? "", row.cells.map { String(decoding: $0.prefix(1_000), as: UTF8.self) }.joined(separator: "\u{1F}"))
        above.append(task.id)
      }
    }
    if let done = waiting { try add(done, &draft) }
    draft.forgetIDs()
  }

  private static func add(
    _ waiting: (task: PlannerFileTask, parent: String, content: String), _ draft: inout PlannerFileDraft
  ) throws(PlannerFile.Refusal) {
    try draft.add(waiting.task, parent: waiting.parent, content: waiting.content)
  }

  private static func task(
    _ cell: (String) -> String, _ row: TextTable.Row, _ columns: HabitFileColumns, _ draft: inout PlannerFileDraft
  ) -> PlannerFileTask {
    var words: [String] = []
    var tags: [String] = []
    for word in cell("content").utf8.split(separator: 0x20).map({ String(decoding: $0, as: UTF8.self) }) {
      if word.utf8.first == UInt8(ascii: "@"), word.utf8.count > 1 {
        tags.append(String(decoding: word.utf8.dropFirst(), as: UTF8.self))
      } else if !words.isEmpty || word != "*" {
        // "* " before what cannot be ticked there.
        words.append(word)
      }
    }
    var task = PlannerFileTask(words.joined(separator: " "))
    (task.line, task.tags) = (row.line, tags)
    task.notes = HabitFileText.lines(row[columns["description"]])
    // The fourth is what a task has that nobody gave one.
    task.priority = Int(cell("priority")).flatMap { (1...3).contains($0) ? $0 : nil }
    date(cell("date"), cell("date_lang"), &task, &draft)
    return task
  }

  private static func date(_ words: String, _ language: String, _ task: inout PlannerFileTask, _ draft: inout PlannerFileDraft) {
    if words.isEmpty { return }
    let old = draft.reader
    let reader = PhraseReader(
      zone: old.zone, language: language == "pt" ? .portuguese : language == "en" ? .english : old.language, defaultHour: old.defaultHour,
      now: old.now)
    if let due = PlannerDates.due(words, reader) {
      task.due = due
      return
    }
    let spoken = TodoistTable.fromCompletion(words)
    // Words that are no series may be a date; what is neither is named.
    if let again = try? TaskRepeat(spoken ?? words, from: spoken == nil ? .due : .completion, reader: reader) {
      task.repeats = again
      task.due = again.firstDue(after: reader.now, zone: reader.zone)
    } else if let due = try? Due(words, reader: reader) {
      task.due = due
    } else {
      draft.note(task.line, "date", words)
    }
  }
}
