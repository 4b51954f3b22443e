/// `Tasks.json` of Google's Takeout: lists of tasks as its Tasks API writes them (`tasks#taskLists`), told by their `kind`.
///
/// What it says of a time is a day, as midnight in UTC; of what repeats, the next one. A note of Keep (`Keep/….json`) says none at all.
struct GoogleTasks {
  /// An object with what is kept of it.
  private struct Node {
    let line: Int
    var fields: [String: String] = [:]
    var items: [Node] = []

    var isOfTasks: Bool { fields["kind"]?.utf8.starts(with: "tasks#".utf8) == true || items.contains { $0.isOfTasks } }
    /// One of the lists, or what holds them.
    var isList: Bool { !items.isEmpty || fields["kind"] != "tasks#task" && fields["status"] == nil }
  }

  private static let kept: Set<String> = ["kind", "id", "title", "notes", "status", "due", "completed", "deleted", "textContent"]

  private let top: Node

  /// - Throws: ``ImportRefusal/unknown`` for other JSON, ``ImportRefusal/noTimes`` for a note of Keep, ``ImportRefusal/damaged(line:)``.
  init(_ text: [UInt8], _ mayGoOn: () -> Bool) throws(ImportRefusal) {
    var reader = JSONReader(text)
    var count = 0
    do throws(JSONError) {
      top = try GoogleTasks.node(&reader, level: 0, &count, mayGoOn)
      guard reader.isAtEnd() else { throw JSONError(line: reader.line) }
    } catch {
      if count > GoogleTasks.mostNodes { throw .tooMany }
      throw mayGoOn() ? .damaged(line: error.line) : .tooLong
    }
    guard top.isOfTasks else { throw top.fields["textContent"] == nil ? .unknown : .noTimes }
    if GoogleTasks.tasks(top).count > ImportFile.mostEntries { throw .tooMany }
  }

  /// Lists and their tasks; more are not kept.
  private static let mostNodes = 2 * ImportFile.mostEntries

  private static func node(_ reader: inout JSONReader, level: Int, _ count: inout Int, _ mayGoOn: () -> Bool) throws(JSONError) -> Node {
    _ = reader.next()
    var node = Node(line: reader.line)
    count += 1
    guard count <= mostNodes, count % 64 != 0 || mayGoOn() else { throw JSONError(line: reader.line) }
    func items(_ reader: inout JSONReader) throws(JSONError) {
      try reader.list { reader throws(JSONError) in
        if reader.next() == UInt8(ascii: "{"), level < 3 {
          node.items.append(try GoogleTasks.node(&reader, level: level + 1, &count, mayGoOn))
        } else {
          try reader.pass()
        }
      }
    }
    if reader.next() == UInt8(ascii: "[") {
      try items(&reader)
      return node
    }
    try reader.object { name, reader throws(JSONError) in
      if name == "items", reader.next() == UInt8(ascii: "[") {
        try items(&reader)
      } else if kept.contains(name) {
        node.fields[name] = try reader.scalar()
      } else {
        try reader.pass()
      }
    }
    return node
  }

  /// Of all lists, in the order of the file.
  func entries(_ reader: PhraseReader) -> [ImportEntry] { GoogleTasks.tasks(top).map { GoogleTasks.entry($0, reader) } }

  private static func tasks(_ node: Node) -> [Node] { node.isList ? node.items.flatMap(tasks) : [node] }

  private static func entry(_ task: Node, _ reader: PhraseReader) -> ImportEntry {
    var entry = ImportEntry(line: task.line, key: "", title: "", outcome: .leftOut(.noTitle))
    let title = task.fields["title"] ?? ""
    entry.setTexts(title, ImportText.lines((task.fields["notes"] ?? "").utf8))
    entry.key = "google " + (task.fields["id"] ?? [title, entry.notes, task.fields["due"] ?? ""].joined(separator: "\u{1F}"))
    do throws(ImportLeftOut) {
      if task.fields["deleted"] == "true" { throw ImportLeftOut(.cancelled) }
      if task.fields["status"] == "completed" || task.fields["completed"] != nil { throw ImportLeftOut(.completed) }
      if entry.title.isEmpty { throw ImportLeftOut(.noTitle) }
      guard let due = task.fields["due"] else { throw ImportLeftOut(.noTime) }
      entry.outcome = .planned(try plan(due, reader))
    } catch {
      entry.outcome = .leftOut(error.reason)
    }
    return entry
  }

  private static func plan(_ due: String, _ reader: PhraseReader) throws(ImportLeftOut) -> ImportEntry.Plan {
    guard let written = Instant(iso: due) else { throw ImportLeftOut(.value("due")) }
    let utc = Zone.utc.local(written)
    let wall = utc.time == .midnight ? LocalTime(day: utc.day, time: reader.defaultHour) : reader.zone.local(written)
    let at = utc.time == .midnight ? reader.zone.instant(wall) : written
    guard at > reader.now else { throw ImportLeftOut(.past) }
    return ImportEntry.Plan(schedule: Schedule(once: at, zone: reader.zone), next: at, wall: wall, words: "")
  }
}
