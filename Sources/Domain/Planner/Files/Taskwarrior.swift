/// Taskwarrior's JSON, as an array or an object a line (`task export`). What we keep beside it goes by attributes of our own (``Own``), which
/// Taskwarrior carries along; its own attributes that nothing here stands for are metadata.
enum Taskwarrior {
  /// Attributes of ours.
  enum Own: String, CaseIterable {
    /// Where its own says less: cancelled, or open and begun before.
    case status = "heedstatus"
    case notes = "heednotes"
    case parent = "heedparent"
    case impact = "heedimpact"
    case estimate = "heedestimate"
    case spent = "heedspent"
    case archived = "heedarchived"
    case isPrivate = "heedprivate"
    case priority = "heedpriority"
    case rule = "heedrule"
    case ruleFrom = "heedrulefrom"
    case ruleFirst = "heedrulefirst"
  }

  /// What is read, and what only says what follows from the rest.
  static let known: Set<String> = Set(Own.allCases.map(\.rawValue)).union([
    "uuid", "description", "status", "entry", "start", "end", "due", "wait", "priority", "project", "tags", "annotations", "depends",
    "recur", "parent", "id", "urgency", "modified", "mask", "imask", "rtype", "last",
  ])

  /// A task over there, and where it stands.
  private struct Item {
    let line: Int
    let value: JSONValue

    func text(_ name: String) -> String { value[name].flatMap { $0.text ?? $0.number } ?? "" }
    var status: String { text("status") }
    var isOpen: Bool { status == "pending" || status == "waiting" }
  }

  static func read(_ text: [UInt8], into draft: inout PlannerFileDraft, _ mayGoOn: () -> Bool) throws(PlannerFile.Refusal) {
    let items = try items(text, &draft, mayGoOn)
    let series = Series(items)
    for (number, item) in items.enumerated() {
      if number % 64 == 0, !mayGoOn() { throw .tooLong }
      if item.status == "deleted", item.text(Own.status.rawValue) != TaskStatus.cancelled.rawValue {
        draft.note(item.line, .deleted)
      } else if item.status == "recurring", series.firstOpen[item.text("uuid")] != nil {
        // Its rule stands at its open instance.
        continue
      } else if let line = series.lineBefore(item) {
        draft.note(item.line, .sameSeries(line: line))
      } else {
        try add(item, series.template(of: item), to: &draft)
      }
    }
  }

  private static func items(_ text: [UInt8], _ draft: inout PlannerFileDraft, _ mayGoOn: () -> Bool) throws(PlannerFile.Refusal) -> [Item] {
    if text.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") {
      let root: JSONValue
      do throws(JSONError) { root = try JSONDocument(text, deepest: 32).root } catch { throw .damaged(line: error.line) }
      var items: [Item] = []
      for value in root.elements {
        if value.isObject { items.append(Item(line: value.line, value: value)) } else { draft.note(value.line, .notJSON) }
      }
      if items.count > 2 * PlannerFile.mostTasks { throw .tooMany }
      return items
    }
    var items: [Item] = []
    var number = 0
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard line.contains(where: { $0 > 0x20 }) else { continue }
      if number % 64 == 0, !mayGoOn() { throw .tooLong }
      if items.count > 2 * PlannerFile.mostTasks { throw .tooMany }
      // Older ones end each line but the last in a comma.
      let end = line.last(where: { $0 > 0x20 }) == 0x2C ? line.lastIndex(of: 0x2C) ?? line.endIndex : line.endIndex
      guard let root = try? JSONDocument(Array(line[..<end]), deepest: 32).root, root.isObject else {
        draft.note(number, .notJSON)
        continue
      }
      items.append(Item(line: number, value: root))
    }
    return items
  }

  /// Templates by id, and of each its first open instance, which carries on.
  private struct Series {
    private var templates: [String: Item] = [:]
    private(set) var firstOpen: [String: (line: Int, due: String)] = [:]

    init(_ items: [Item]) {
      for item in items where item.status == "recurring" { templates[item.text("uuid")] = item }
      for item in items where item.isOpen && templates[item.text("parent")] != nil {
        let (id, due) = (item.text("parent"), item.text("due"))
        if let first = firstOpen[id], Array(first.due.utf8).lexicographicallyPrecedes(due.utf8) || first.due == due { continue }
        firstOpen[id] = (item.line, due)
      }
    }

    /// Nil: it is none, or closed.
    func template(of item: Item) -> Item? {
      item.status == "recurring" ? item : item.isOpen ? templates[item.text("parent")] : nil
    }

    /// The line of the open instance that comes before this one.
    func lineBefore(_ item: Item) -> Int? {
      guard item.isOpen, let first = firstOpen[item.text("parent")], first.line != item.line else { return nil }
      return first.line
    }
  }

  private static func add(_ item: Item, _ template: Item?, to draft: inout PlannerFileDraft) throws(PlannerFile.Refusal) {
    var task = PlannerFileTask(item.text("description"))
    (task.line, task.id) = (item.line, item.text("uuid"))
    dates(item, &task, &draft)
    task.priority = Int(item.text(Own.priority.rawValue)).flatMap { (1...4).contains($0) ? $0 : nil } ?? priority(item, &draft)
    task.tags = (item.value["tags"]?.elements ?? []).compactMap(\.text)
    if let tags = item.value["tags"]?.text { task.tags = tags.utf8.split(separator: 0x2C).map { String(decoding: $0, as: UTF8.self) } }
    if !item.text("project").isEmpty { task.tags.append(item.text("project")) }
    task.notes = notes(item, draft.zone)
    task.impact = Int(item.text(Own.impact.rawValue)).flatMap { (1...5).contains($0) ? $0 : nil }
    task.estimate = minutes(item, .estimate)
    task.spent = minutes(item, .spent) ?? 0
    task.isArchived = item.text(Own.archived.rawValue) == "on"
    task.isPrivate = item.text(Own.isPrivate.rawValue) == "on"
    task.repeats = repeats(item, template, task.due, &draft)
    task.metadata = item.value.members.filter { !known.contains($0.name) }.map { PlannerFileTask.Field($0.name, $0.value.json) }
    var depends = (item.value["depends"]?.elements ?? []).compactMap(\.text)
    if let list = item.value["depends"]?.text { depends = list.utf8.split(separator: 0x2C).map { String(decoding: $0, as: UTF8.self) } }
    let content = task.id.isEmpty ? String(decoding: item.value.json.text.utf8.prefix(4_000), as: UTF8.self) : ""
    try draft.add(task, parent: item.text(Own.parent.rawValue), dependsOn: depends, content: content)
  }

  private static func dates(_ item: Item, _ task: inout PlannerFileTask, _ draft: inout PlannerFileDraft) {
    func instant(_ name: String) -> Instant? {
      let text = item.text(name)
      if text.isEmpty { return nil }
      let found = PlannerDates.instant(text)
      if found == nil { draft.note(item.line, name, text) }
      return found
    }
    task.created = instant("entry")
    task.started = instant("start")
    task.due = instant("due").map { due in
      let day = draft.zone.local(due).day
      return Due(day: day, at: due == draft.zone.start(of: day) ? nil : due)
    }
    let (end, wait) = (instant("end"), instant("wait"))
    switch item.status {
    case "completed": (task.status, task.completed) = (.done, end)
    case "deleted": task.status = .cancelled
    case "waiting":
      task.status = .deferred
      task.deferredUntil = wait.map { draft.zone.local($0).day }
    case "pending", "recurring", "":
      task.status = task.started == nil || item.text(Own.status.rawValue) == TaskStatus.open.rawValue ? .open : .inProgress
      // Newer ones say "pending" of what waits.
      if let wait, wait > draft.reader.now { (task.status, task.deferredUntil) = (.deferred, draft.zone.local(wait).day) }
    default: draft.note(item.line, "status", item.status)
    }
    // Someday, over there a date that nobody reaches.
    if let day = task.deferredUntil, day.year >= 9_999 { task.deferredUntil = nil }
  }

  private static func priority(_ item: Item, _ draft: inout PlannerFileDraft) -> Int? {
    switch item.text("priority") {
    case "": return nil
    case "H": return 2
    case "M": return 3
    case "L": return 4
    default:
      draft.note(item.line, "priority", item.text("priority"))
      return nil
    }
  }

  private static func minutes(_ item: Item, _ name: Own) -> Int? {
    Int(item.text(name.rawValue)).flatMap { WorkMinutes.range.contains($0) ? $0 : nil }
  }

  /// Our own, then its annotations, each with its date.
  private static func notes(_ item: Item, _ zone: Zone) -> String {
    let annotations = (item.value["annotations"]?.elements ?? []).compactMap { note -> String? in
      guard let text = note["description"]?.text, !text.isEmpty else { return nil }
      guard let at = note["entry"]?.text.flatMap({ PlannerDates.instant($0) }) else { return text }
      return zone.local(at).day.iso + ": " + text
    }
    let own = item.text(Own.notes.rawValue)
    return ImportText.lines(([own] + annotations).filter { !$0.isEmpty }.joined(separator: "\n\n").utf8)
  }

  private static func repeats(_ item: Item, _ template: Item?, _ due: Due?, _ draft: inout PlannerFileDraft) -> TaskRepeat? {
    let rule = item.text(Own.rule.rawValue)
    if !rule.isEmpty {
      let first = Day(iso: item.text(Own.ruleFirst.rawValue)) ?? due?.day ?? draft.today
      let from = TaskRepeat.From(rawValue: item.text(Own.ruleFrom.rawValue)) ?? .due
      let found = (try? Recurrence(rule)).flatMap { try? TaskRepeat($0, first: first, from: from) }
      if found == nil { draft.note(item.line, Own.rule.rawValue, rule) }
      return found
    }
    guard let template, !template.text("recur").isEmpty else { return nil }
    let first = PlannerDates.instant(template.text("due")).map { draft.zone.local($0).day } ?? due?.day ?? draft.today
    var found = TaskwarriorRecur.rule(template.text("recur"))
    if let last = PlannerDates.instant(template.text("until")) { found?.end = .instant(last) }
    // Why it is none does not matter: it is named, and the task is there once.
    guard let found, let again = try? TaskRepeat(found, first: first) else {
      draft.note(item.line, "recur", template.text("recur"))
      return nil
    }
    return again
  }
}
