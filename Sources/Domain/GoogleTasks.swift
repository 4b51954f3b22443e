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
    let root: JSONValue
    do throws(JSONError) { root = try JSONDocument(text).root } catch { throw .damaged(line: error.line) }
    var count = 0
    top = try GoogleTasks.node(root, level: 0, &count, mayGoOn)
    guard top.isOfTasks else { throw top.fields["textContent"] == nil ? .unknown : .noTimes }
    if GoogleTasks.tasks(top).count > ImportFile.mostEntries { throw .tooMany }
  }

  /// Lists and their tasks; more are not kept.
  private static let mostNodes = 2 * ImportFile.mostEntries

  private static func node(_ value: JSONValue, level: Int, _ count: inout Int, _ mayGoOn: () -> Bool) throws(ImportRefusal) -> Node {
    var node = Node(line: value.line)
    count += 1
    if count > mostNodes { throw .tooMany }
    if count % 64 == 0, !mayGoOn() { throw .tooLong }
    for (name, member) in value.members where kept.contains(name) { node.fields[name] = scalar(member) }
    guard level < 3 else { return node }
    for item in (value["items"] ?? value).elements where item.isObject {
      node.items.append(try GoogleTasks.node(item, level: level + 1, &count, mayGoOn))
    }
    return node
  }

  /// As it is written; nil for null, objects and lists.
  private static func scalar(_ value: JSONValue) -> String? { value.text ?? value.number ?? value.bool.map { "\($0)" } }

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
