import Domain

/// A task of a file as a row holds it.
struct StoredTask {
  let title: String
  let notes: String
  let status: TaskStatus
  let priority: Int?
  let impact: Int?
  let due: Day?
  let dueAt: Instant?
  let estimate: Int?
  let spent: Int
  let deferredUntil: Day?
  let wakeAt: Instant?
  let startedAt: Instant?
  let completedAt: Instant?
  let archivedAt: Instant?
  let isPrivate: Bool
  let createdAt: Instant

  init(_ task: PlannerFileTask, _ writing: PlannerWriting) {
    let now = writing.now
    (title, notes, status) = (StoredTask.plain(task.title), StoredTask.plain(task.notes), task.status)
    (priority, impact, estimate, spent) = (task.priority, task.impact, task.estimate, task.spent)
    due = task.due.flatMap { StoredTask.known($0.day) }
    dueAt = due == nil ? nil : task.due?.at.flatMap(StoredTask.known)
    deferredUntil = task.status == .deferred ? task.deferredUntil.flatMap(StoredTask.known) : nil
    wakeAt = deferredUntil.map(writing.beginning)
    let done = task.status == .done ? task.completed.flatMap(StoredTask.known) ?? now : nil
    completedAt = done
    // None is done before it was made.
    let created = min(task.created.flatMap(StoredTask.known) ?? now, done ?? now)
    createdAt = created
    startedAt = task.started.flatMap(StoredTask.known) ?? (task.status == .inProgress ? created : nil)
    (archivedAt, isPrivate) = (task.isArchived ? now : nil, task.isPrivate)
  }

  /// No database takes a NUL, which JSON can hold.
  static func plain(_ text: String) -> String {
    text.utf8.contains(0) ? String(decoding: text.utf8.filter { $0 != 0 }, as: UTF8.self) : text
  }

  static func cut(_ text: String, _ scalars: Int) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(scalars)))
  }

  /// Before the first year there is none.
  private static func known(_ day: Day) -> Day? { (1...9_999).contains(day.year) ? day : nil }

  private static func known(_ instant: Instant) -> Instant? {
    (-62_135_596_800...253_402_300_799).contains(instant.seconds) ? instant : nil
  }
}
