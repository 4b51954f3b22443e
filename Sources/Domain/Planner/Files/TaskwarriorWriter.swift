extension Taskwarrior {
  /// The object of a task, for an array or a line.
  ///
  /// - Parameter ids: of all tasks of the file, by their places.
  static func json(_ task: PlannerFileTask, ids: [String], _ zone: Zone) -> JSONText {
    var members: [(name: String, value: JSONText)] = [("uuid", .string(task.id)), ("description", .string(task.title))]
    func add(_ name: String, _ text: String?) { if let text, !text.isEmpty { members.append((name, .string(text))) } }
    func add(_ name: Own, _ text: String?) { add(name.rawValue, text) }
    add("status", status(task.status))
    add("entry", task.created?.basic)
    add("start", task.started?.basic)
    add("end", task.completed?.basic)
    add("due", task.due.map { ($0.at ?? zone.start(of: $0.day)).basic })
    if task.status == .deferred { add("wait", task.deferredUntil.map { zone.start(of: $0).basic } ?? "99991231T000000Z") }
    add("priority", task.priority.map { $0 <= 2 ? "H" : $0 == 3 ? "M" : "L" })
    if !task.tags.isEmpty { members.append(("tags", .array(task.tags.map { JSONText.string($0) }))) }
    if !task.dependsOn.isEmpty { members.append(("depends", .array(task.dependsOn.map { JSONText.string(ids[$0]) }))) }
    if task.status == .cancelled || task.status == .open && task.started != nil { add(.status, task.status.rawValue) }
    add(.notes, task.notes)
    add(.parent, task.parent.map { ids[$0] })
    add(.impact, task.impact.map { "\($0)" })
    add(.estimate, task.estimate.map { "\($0)" })
    if task.spent > 0 { add(.spent, "\(task.spent)") }
    if task.isArchived { add(.archived, "on") }
    if task.isPrivate { add(.isPrivate, "on") }
    if task.priority == 1 { add(.priority, "1") }
    if let again = task.repeats {
      add(.rule, again.rule.text)
      add(.ruleFrom, again.from.rawValue)
      add(.ruleFirst, again.first.iso)
    }
    for field in task.metadata where !known.contains(field.name) { members.append((field.name, field.value)) }
    return .object(members)
  }

  private static func status(_ status: TaskStatus) -> String {
    switch status {
    case .open, .inProgress: "pending"
    case .deferred: "waiting"
    case .done: "completed"
    case .cancelled: "deleted"
    }
  }
}
