/// The to-dos of an iCalendar file (RFC 5545, 3.6.2; relations by RFC 9253). What it has no property for goes by properties of our own (``Own``).
enum CalendarTasks {
  enum Own: String, CaseIterable {
    case status = "X-HEED-STATUS"
    case deferredUntil = "X-HEED-DEFERRED-UNTIL"
    case started = "X-HEED-STARTED"
    case impact = "X-HEED-IMPACT"
    case estimate = "X-HEED-ESTIMATE"
    case spent = "X-HEED-SPENT"
    case archived = "X-HEED-ARCHIVED"
    case repeatFrom = "X-HEED-REPEAT-FROM"
    case repeatFirst = "X-HEED-REPEAT-FIRST"
    /// Metadata that has a name of another program.
    case field = "X-HEED-FIELD"
  }

  private static let scope = CalendarFile.Scope(
    kept: [
      "UID", "SUMMARY", "DESCRIPTION", "STATUS", "COMPLETED", "PERCENT-COMPLETE", "PRIORITY", "DTSTART", "DUE", "RRULE", "CATEGORIES",
      "RELATED-TO", "CREATED", "CLASS", "TZID",
    ], keepsOthers: true, mostEntries: 2 * PlannerFile.mostTasks)

  static func read(
    _ text: [UInt8], _ zones: CalendarZones, into draft: inout PlannerFileDraft, _ mayGoOn: () -> Bool
  ) throws(PlannerFile.Refusal) {
    let file: CalendarFile
    do {
      file = try CalendarFile(text, for: scope, mayGoOn: mayGoOn)
    } catch {
      switch error {
      case .tooLong: throw .tooLong
      case .tooMany: throw .tooMany
      default: throw .unknown
      }
    }
    for (number, component) in file.entries.enumerated() where component.name == "VTODO" {
      if number % 64 == 0, !mayGoOn() { throw .tooLong }
      try CalendarTask(component, file, zones).add(to: &draft)
    }
  }
}

/// A to-do on its way to a task.
private struct CalendarTask {
  let component: CalendarComponent
  let file: CalendarFile
  let zones: CalendarZones

  init(_ component: CalendarComponent, _ file: CalendarFile, _ zones: CalendarZones) {
    (self.component, self.file, self.zones) = (component, file, zones)
  }

  private func text(_ name: String) -> String { component.first(name)?.text ?? "" }
  private func text(_ name: CalendarTasks.Own) -> String { text(name.rawValue) }
  private func word(_ name: String) -> String { component.first(name).map { CalendarFile.upper($0.value) } ?? "" }

  func add(to draft: inout PlannerFileDraft) throws(PlannerFile.Refusal) {
    if component.isBroken {
      draft.note(component.line, .cells)
      return
    }
    var task = PlannerFileTask(text("SUMMARY"))
    (task.line, task.id, task.notes) = (component.line, text("UID"), text("DESCRIPTION"))
    task.priority = priority
    task.tags = component.all("CATEGORIES").flatMap(\.texts)
    task.due = time("DUE", &draft).map { due($0, "DUE", draft.zone) }
    task.created = instant("CREATED", &draft)
    task.started = PlannerDates.instant(text(.started))
    task.impact = Int(text(.impact)).flatMap { (1...5).contains($0) ? $0 : nil }
    task.estimate = Int(text(.estimate)).flatMap { WorkMinutes.range.contains($0) ? $0 : nil }
    task.spent = Int(text(.spent)).flatMap { WorkMinutes.range.contains($0) ? $0 : nil } ?? 0
    task.isArchived = text(.archived) == "on"
    task.isPrivate = ["PRIVATE", "CONFIDENTIAL"].contains(word("CLASS"))
    let start = time("DTSTART", &draft)
    status(start, &task, &draft)
    task.repeats = repeats(task.due?.day ?? start?.local.day ?? draft.today, &draft)
    task.metadata = metadata
    if !component.parts.isEmpty { draft.note(component.line, .alarms(component.parts.count)) }
    try add(task, to: &draft)
  }

  private func add(_ task: PlannerFileTask, to draft: inout PlannerFileDraft) throws(PlannerFile.Refusal) {
    var parent: String?
    var (children, blockers, relatives): ([String], [String], [String]) = ([], [], [])
    for relation in component.all("RELATED-TO") {
      switch relation.parameter("RELTYPE").map({ CalendarFile.upper(Array($0.utf8)) }) {
      case nil, "PARENT": parent = parent ?? relation.text
      case "CHILD": children.append(relation.text)
      case "DEPENDS-ON": blockers.append(relation.text)
      case "SIBLING": relatives.append(relation.text)
      default: draft.note(component.line, "RELATED-TO", relation.text)
      }
    }
    let content = task.id.isEmpty ? [task.title, task.notes, word("DUE"), word("RRULE")].joined(separator: "\u{1F}") : ""
    let place = try draft.add(task, parent: parent, dependsOn: blockers, related: relatives, content: content)
    guard let place else { return }
    for child in children { draft.put(child, under: place) }
  }

  /// 1 is the first, 5 and 0 are in the middle.
  private var priority: Int? {
    switch Int(word("PRIORITY")) {
    case 1: 1
    case .some(2...4): 2
    case 0, 5: 3
    case .some(6...9): 4
    default: nil
    }
  }

  private func status(_ start: CalendarTime?, _ task: inout PlannerFileTask, _ draft: inout PlannerFileDraft) {
    switch word("STATUS") {
    case "COMPLETED": task.status = .done
    case "CANCELLED": task.status = .cancelled
    case "IN-PROCESS": task.status = .inProgress
    default: task.status = component.first("COMPLETED") != nil || word("PERCENT-COMPLETE") == "100" ? .done : .open
    }
    if task.status == .done { task.completed = instant("COMPLETED", &draft) }
    guard task.status == .open else { return }
    if text(.status) == TaskStatus.deferred.rawValue {
      task.status = .deferred
      task.deferredUntil = Day(iso: text(.deferredUntil))
    } else if let start, component.first("RRULE") == nil, start.local.day > draft.today {
      (task.status, task.deferredUntil) = (.deferred, start.local.day)
    }
  }

  private func repeats(_ day: Day, _ draft: inout PlannerFileDraft) -> TaskRepeat? {
    guard let property = component.first("RRULE") else { return nil }
    let text = String(decoding: property.value.prefix(Recurrence.longestText + 1), as: UTF8.self)
    let first = Day(iso: self.text(.repeatFirst)) ?? day
    let from = TaskRepeat.From(rawValue: self.text(.repeatFrom)) ?? .due
    // Why it is none does not matter: it is named.
    let found = (try? Recurrence(text)).flatMap { try? TaskRepeat($0, first: first, from: from) }
    if found == nil { draft.note(component.line, "RRULE", text) }
    return found
  }

  private var metadata: [PlannerFileTask.Field] {
    let own = component.all(CalendarTasks.Own.field.rawValue).compactMap { property -> PlannerFileTask.Field? in
      guard let name = property.parameter("NAME"), let value = JSONValue(property.text.utf8) else { return nil }
      return PlannerFileTask.Field(name, value.json)
    }
    let known = Set(CalendarTasks.Own.allCases.map(\.rawValue))
    let others = component.properties.keys.filter { $0.utf8.starts(with: "X-".utf8) && !known.contains($0) }.sorted()
    return own + others.map { PlannerFileTask.Field($0, .string(text($0))) }
  }

  // MARK: - Times

  private func time(_ name: String, _ draft: inout PlannerFileDraft) -> CalendarTime? {
    guard let property = component.first(name) else { return nil }
    do {
      return try CalendarTime(property, name, file.zones, zones, floating: draft.zone)
    } catch {
      draft.note(component.line, name, String(decoding: property.value.prefix(200), as: UTF8.self))
      return nil
    }
  }

  /// To the second where it is in UTC.
  private func exact(_ time: CalendarTime, _ name: String) -> Instant {
    let written = component.first(name).map { String(decoding: $0.value.prefix(40), as: UTF8.self) } ?? ""
    return PlannerDates.instant(written) ?? time.zone.instant(time.local)
  }

  private func instant(_ name: String, _ draft: inout PlannerFileDraft) -> Instant? { time(name, &draft).map { exact($0, name) } }

  private func due(_ time: CalendarTime, _ name: String, _ zone: Zone) -> Due {
    if time.isDay { return Due(day: time.local.day) }
    let instant = exact(time, name)
    return Due(day: zone.local(instant).day, at: instant)
  }
}
