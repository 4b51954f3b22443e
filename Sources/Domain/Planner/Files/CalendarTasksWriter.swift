extension CalendarTasks {
  static var head: [UInt8] {
    var lines = PublishedLines()
    lines.add("BEGIN", "VCALENDAR")
    lines.add("VERSION", "2.0")
    lines.add("PRODID", "-//Heed//Heed//EN")
    return lines.bytes
  }

  static let tail = Array("END:VCALENDAR\r\n".utf8)

  /// - Parameter ids: of all tasks of the file, by their places.
  static func write(_ task: PlannerFileTask, ids: [String], to bytes: inout [UInt8]) {
    var lines = PublishedLines()
    lines.add("BEGIN", "VTODO")
    lines.add("UID", text: task.id)
    lines.add("DTSTAMP", (task.created ?? task.completed ?? Instant(seconds: 0)).basic)
    if let created = task.created { lines.add("CREATED", created.basic) }
    lines.add("SUMMARY", text: task.title)
    if !task.notes.utf8.isEmpty { lines.add("DESCRIPTION", text: task.notes) }
    lines.add("STATUS", status(task.status))
    if task.isPrivate { lines.add("CLASS", "PRIVATE") }
    if let completed = task.completed { lines.add("COMPLETED", completed.basic) }
    if let priority = task.priority { lines.add("PRIORITY", ["1", "2", "5", "7"][min(max(priority, 1), 4) - 1]) }
    if let due = task.due { if let at = due.at { lines.add("DUE", at.basic) } else { lines.add("DUE;VALUE=DATE", due.day.basic) } }
    for tag in task.tags { lines.add("CATEGORIES", text: tag) }
    if let parent = task.parent { lines.add("RELATED-TO;RELTYPE=PARENT", text: ids[parent]) }
    for blocker in task.dependsOn { lines.add("RELATED-TO;RELTYPE=DEPENDS-ON", text: ids[blocker]) }
    for other in task.related { lines.add("RELATED-TO;RELTYPE=SIBLING", text: ids[other]) }
    if let again = task.repeats {
      lines.add("RRULE", again.rule.text)
      lines.add(Own.repeatFrom.rawValue, again.from.rawValue)
      lines.add(Own.repeatFirst.rawValue, again.first.iso)
    }
    writeOwn(task, to: &lines)
    lines.add("END", "VTODO")
    bytes += lines.bytes
  }

  private static func writeOwn(_ task: PlannerFileTask, to lines: inout PublishedLines) {
    func add(_ name: Own, _ text: String?) { if let text { lines.add(name.rawValue, text: text) } }
    if task.status == .deferred { add(.status, task.status.rawValue) }
    add(.deferredUntil, task.deferredUntil?.iso)
    add(.started, task.started?.basic)
    add(.impact, task.impact.map { "\($0)" })
    add(.estimate, task.estimate.map { "\($0)" })
    if task.spent > 0 { add(.spent, "\(task.spent)") }
    if task.isArchived { add(.archived, "on") }
    for field in task.metadata {
      let name = field.name.utf8.filter { $0 >= 0x20 && $0 != 0x22 && $0 != 0x7F }
      if field.name.utf8.starts(with: "X-".utf8), name.count <= 40, name.allSatisfy(isToken),
        let text = JSONValue(field.value.text.utf8)?.text
      {
        lines.add(field.name, text: text)
      } else if name.count == field.name.utf8.count, name.count <= 200 {
        lines.add(Own.field.rawValue + ";NAME=\"" + field.name + "\"", text: field.value.text)
      }
    }
  }

  /// Of a property's name, in capitals as all of them are here.
  static func isToken(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || decimal(byte) != nil || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func status(_ status: TaskStatus) -> String {
    switch status {
    case .open, .deferred: "NEEDS-ACTION"
    case .inProgress: "IN-PROCESS"
    case .done: "COMPLETED"
    case .cancelled: "CANCELLED"
    }
  }
}
