import Domain
import Postgres
import Web

/// A person's tasks as a file (RULES 8.36): one picture of one moment, however many there are and whatever is changed meanwhile.
enum PlannerExport {
  /// Tasks that are read at once.
  private static let slice = 500

  /// GET /planner/export.todo.txt
  static func todoTxt(_ web: Context) throws -> Response { try file(.todoTxt, "todo.txt", "text/plain; charset=utf-8", web) }

  /// GET /planner/export.json
  static func taskwarrior(_ web: Context) throws -> Response { try file(.taskwarrior, "heed-tasks.json", "application/json", web) }

  /// GET /planner/export.csv
  static func csv(_ web: Context) throws -> Response { try file(.csv, "heed-tasks.csv", "text/csv; charset=utf-8", web) }

  /// GET /planner/export.ics
  static func calendar(_ web: Context) throws -> Response { try file(.calendar, "heed-tasks.ics", "text/calendar; charset=utf-8", web) }

  private static func file(_ format: PlannerFile.Format, _ name: String, _ type: String, _ web: Context) throws -> Response {
    let person = try web.person
    // One of its own: the picture is a transaction.
    let db = try web.db.another()
    let file = try BodyFile()
    try db.transaction {
      try db.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
      _ = try db.rows(Query<Void>.setting(user: person.id, account: person.account, role: person.role))
      try write(format, person.zone, db) { try file.append($0) }
    }
    var response = Response(
      status: 200,
      headers: [
        ("Content-Type", type), ("Content-Disposition", "attachment; filename=\"\(name)\""), ("Cache-Control", "no-store"),
      ])
    response.file = file
    return response
  }

  private static func write(_ format: PlannerFile.Format, _ zone: Zone, _ db: Connection, to sink: ([UInt8]) throws -> Void) throws {
    let ids: [ID<Task>] = try db.rows(
      Query(column: "SELECT id FROM tasks WHERE user_id = (SELECT me()) AND deleted_at IS NULL ORDER BY created_at, id"))
    let places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($0.element, $0.offset) })
    let names: [String] = try db.rows(
      Query(
        column: """
          SELECT DISTINCT k FROM tasks t CROSS JOIN LATERAL jsonb_object_keys(t.metadata) k
          WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL ORDER BY 1 LIMIT 1000
          """))
    var writer = PlannerFileWriter(format, zone: zone, ids: ids.map(\.text), metadata: names)
    for start in stride(from: 0, to: ids.count, by: slice) {
      let some = Array(ids[start..<min(start + slice, ids.count)])
      let links: [(ID<Task>, ID<Task>, LinkType)] = try db.rows(
        Query(
          tuple: """
            SELECT from_id, to_id, type FROM entity_links
            WHERE user_id = (SELECT me()) AND type IN ('depends_on', 'related') AND from_id = ANY (\(some)) AND to_kind = 'task'
            ORDER BY created_at, id
            """))
      var (blockers, relatives): ([ID<Task>: [Int]], [ID<Task>: [Int]]) = ([:], [:])
      for (from, to, type) in links {
        guard let place = places[to] else { continue }
        if type == .related { relatives[from, default: []].append(place) } else { blockers[from, default: []].append(place) }
      }
      for row in try db.rows(ExportedTask.some(some)) { writer.write(row.task(places, blockers[row.id] ?? [], relatives[row.id] ?? [])) }
      try sink(writer.take())
    }
    writer.end()
    try sink(writer.take())
  }
}

/// A task as a file tells of it.
private struct ExportedTask {
  let id: ID<Task>
  let title: String
  let notes: String
  let status: TaskStatus
  let priority: Int?
  let impact: Int?
  let due: Day?
  let dueAt: Instant?
  let estimate: Int?
  let spent: Int
  let parent: ID<Task>?
  let deferredUntil: Day?
  let startedAt: Instant?
  let completedAt: Instant?
  let archivedAt: Instant?
  let isPrivate: Bool
  let createdAt: Instant
  let metadata: String
  let tags: [String]
  let rule: String?
  let ruleFrom: String?
  let ruleFirst: Day?

  static func some(_ ids: [ID<Task>]) -> Query<ExportedTask> {
    Query(
      """
      SELECT t.id, t.title, t.notes, t.status, t.priority, t.impact, t.due, t.due_at, t.estimate, t.spent, t.parent_id AS parent,
        t.deferred_until, t.started_at, t.completed_at, t.archived_at, t.private AS is_private, t.created_at,
        t.metadata::text AS metadata,
        ARRAY(SELECT g.tag FROM tags g WHERE g.thing = t.id AND g.user_id = t.user_id ORDER BY g.tag_norm) AS tags,
        r.rule, r.repeat_from AS rule_from, r.first_day AS rule_first
      FROM tasks t LEFT JOIN task_repeats r ON r.series_id = t.series_id AND r.user_id = t.user_id
      WHERE t.id = ANY (\(ids)) AND t.user_id = (SELECT me()) AND t.deleted_at IS NULL ORDER BY t.created_at, t.id
      """, into: ExportedTask.init)
  }

  /// - Parameters:
  ///   - places: of all tasks in the file.
  ///   - blockers: places of those that it waits for.
  ///   - relatives: places of those that it has to do with.
  func task(_ places: [ID<Task>: Int], _ blockers: [Int], _ relatives: [Int]) -> PlannerFileTask {
    var task = PlannerFileTask(title)
    (task.id, task.notes, task.status, task.isArchived) = (id.text, notes, status, archivedAt != nil)
    task.isPrivate = isPrivate
    (task.priority, task.impact, task.estimate, task.spent) = (priority, impact, estimate, spent)
    task.due = due.map { Due(day: $0, at: dueAt) }
    (task.deferredUntil, task.started, task.completed, task.created) = (deferredUntil, startedAt, completedAt, createdAt)
    (task.tags, task.parent, task.dependsOn, task.related) = (tags, parent.flatMap { places[$0] }, blockers, relatives)
    task.repeats = repeats
    task.metadata = PlannerFileTask.metadata(stored: metadata)
    return task
  }

  /// What was stored once is a rule, but for what a newer program stored.
  private var repeats: TaskRepeat? {
    guard let rule, let ruleFirst, let read = try? Recurrence(rule) else { return nil }
    return try? TaskRepeat(read, first: ruleFirst, from: ruleFrom.flatMap { TaskRepeat.From(rawValue: $0) } ?? .due)
  }
}
