import Domain
import HTML
import Postgres

/// How series go on (RULES 8.4, 8.21): what comes after an instance that was closed, and what becomes of that when the instance is opened again.
struct TaskSeriesWrites {
  let writing: PlannerWriting

  /// The instance that comes next.
  struct Next {
    let task: ID<Task>
    let due: Due
    /// Dates before it that nobody will do any more.
    let passedOver: Int
  }

  // MARK: - The rule

  /// A new series.
  ///
  /// - Parameters:
  ///   - parent: above its task.
  ///   - task: where it is there already, and may have others below it.
  /// - Throws: ``TaskRefusal/repeatsInLine(_:field:)``.
  func begin(_ draft: TaskRepeatDraft, above parent: ID<Task>?, below task: ID<Task>?) throws -> ID<TaskSeries> {
    let others = try [parent.map { repeating(above: $0) }, task.map { repeating(below: $0) }].compactMap(\.self).flatMap { query in
      try writing.db.rows(query)
    }
    if let title = others.first { throw TaskRefusal.repeatsInLine(title, field: "repeat") }
    let id = ID<TaskSeries>.new(at: writing.now)
    let repeats = draft.repeats
    try writing.db.queue([
      """
      INSERT INTO task_repeats (series_id, user_id, rule, words, repeat_from, first_day, created_at, updated_at)
      VALUES (\(id), \(writing.person.id), \(repeats.rule.text), \(draft.words), \(repeats.from), \(repeats.first), \(writing.now), \(writing.now))
      """
    ])
    return id
  }

  /// Makes a task come again as its form says, where that is otherwise than it does.
  ///
  /// - Returns: what the audit log is told; nil: it is so already.
  /// - Throws: ``TaskRefusal/repeatsInLine(_:field:)``.
  func turn(_ task: Task, as draft: TaskDraft) throws -> String? {
    guard draft.saysRepeats else { return nil }
    let known = try task.series.flatMap { series in try writing.db.row(TaskSeries.mine("r.series_id = \(series)")) }
    let fact = "\(known?.repeats?.words(.english) ?? "") → \(draft.repeats?.repeats.words(.english) ?? "")"
    guard let asked = draft.repeats else {
      if known == nil { return nil }
      if !task.status.isClosed { try end(task) }
      try put(task, into: nil)
      return fact
    }
    if asked.isSame(as: known) { return nil }
    guard let known else {
      try put(task, into: try begin(asked, above: draft.parent, below: task.id))
      return fact
    }
    try writing.db.queue([
      """
      UPDATE task_repeats SET rule = \(asked.repeats.rule.text), words = \(asked.words), repeat_from = \(asked.repeats.from),
        first_day = \(asked.repeats.first), ended_at = NULL, updated_at = \(writing.now)
      WHERE series_id = \(known.series) AND user_id = (SELECT me())
      """
    ])
    return fact
  }

  /// Whether another of the series of a task `t` is to be done: one alone can be (RULES 8.21).
  static let goesOn: SQL = """
    EXISTS (SELECT FROM tasks o WHERE o.series_id = t.series_id AND o.user_id = t.user_id AND o.id <> t.id AND o.deleted_at IS NULL
      AND o.archived_at IS NULL AND o.status IN ('open', 'in_progress', 'deferred'))
    """

  private func put(_ task: Task, into series: ID<TaskSeries>?) throws(PostgresError) {
    try writing.db.queue([
      """
      UPDATE tasks SET series_id = \(series), series_no = \(series.map { _ in 1 }), passed_over = 0, updated_at = \(writing.now)
      WHERE id = \(task.id) AND user_id = (SELECT me())
      """
    ])
  }

  /// Nothing comes after it any more.
  func end(_ task: Task) throws(PostgresError) {
    try writing.db.queue([
      """
      UPDATE task_repeats SET ended_at = \(writing.now), updated_at = \(writing.now) WHERE series_id = \(task.series) AND user_id = (SELECT me())
      """
    ])
  }

  /// - Throws: ``TaskRefusal/repeatsInLine(_:field:)`` where a task, or one below it, comes again and the parent, or one above that, does too.
  func refuse(_ task: ID<Task>, under parent: ID<Task>) throws {
    guard let above = try writing.db.row(repeating(above: parent)), try writing.db.row(repeating(below: task, orItself: true)) != nil else {
      return
    }
    throw TaskRefusal.repeatsInLine(above, field: "parent")
  }

  private static let repeats: SQL = """
    t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.archived_at IS NULL AND t.series_id IS NOT NULL
      AND t.status IN ('open', 'in_progress', 'deferred')
    """

  /// What comes again of a task and those above it.
  private func repeating(above task: ID<Task>) -> Query<String> {
    Query(
      column: """
        WITH RECURSIVE line (id) AS (
          SELECT \(task)::uuid
          UNION
          SELECT p.parent_id FROM line a JOIN tasks p ON p.id = a.id AND p.user_id = (SELECT me()) WHERE p.parent_id IS NOT NULL)
        SELECT t.title FROM tasks t JOIN line a ON a.id = t.id WHERE \(Self.repeats) LIMIT 1
        """)
  }

  private func repeating(below task: ID<Task>, orItself: Bool = false) -> Query<String> {
    Query(
      column: """
        WITH RECURSIVE line (id) AS (
          SELECT \(task)::uuid
          UNION
          SELECT c.id FROM line b JOIN tasks c ON c.parent_id = b.id AND c.user_id = (SELECT me()))
        SELECT t.title FROM tasks t JOIN line b ON b.id = t.id WHERE \(Self.repeats) AND (\(orItself) OR t.id <> \(task)) LIMIT 1
        """)
  }

  // MARK: - The next

  /// Makes the instance that follows one that is closed now, with its subtasks as open ones, their dates moved along.
  ///
  /// - Parameter task: as it was before.
  /// - Returns: nil: it does not come again, or not any more.
  func next(after task: Task) throws -> Next? {
    guard let number = task.seriesNo, let repeats = task.repeats else { return nil }
    let zone = writing.person.zone
    guard let found = repeats.next(after: task.dueTime, today: writing.today, zone: zone, number: number) else {
      try end(task)
      return nil
    }
    let days = (task.due ?? writing.today).distance(to: found.due.day)
    let below = try writing.db.rows(TaskWrites.below(task.id, "b.deleted_at IS NULL AND b.archived_at IS NULL"))
    let rows: [(ID<Task>, ID<Task>?, Day?, Instant?)] = try writing.db.rows(
      Query(tuple: "SELECT id, parent_id, due, due_at FROM tasks WHERE id = ANY (\([task.id] + below)) AND user_id = (SELECT me())"))
    let made = Dictionary(rows.map { ($0.0, ID<Task>.new(at: writing.now)) }, uniquingKeysWith: { first, _ in first })
    guard let first = made[task.id] else { return nil }
    let copies = rows.map { id, parent, day, at -> Copy in
      let due: Due? = id == task.id ? found.due : day.map { Due(day: $0, at: at).advanced(by: days, zone: zone) }
      return Copy(old: id, made: made[id] ?? first, above: id == task.id ? parent : parent.flatMap { made[$0] } ?? first, due: due)
    }
    try writing.db.queue(copying(copies, of: task, found.passedOver))
    try writing.note("task.made", [ThingRef(.task, of: first)])
    return Next(task: first, due: found.due, passedOver: found.passedOver)
  }

  private struct Copy {
    let old: ID<Task>
    let made: ID<Task>
    let above: ID<Task>?
    let due: Due?
  }

  /// With their tags, and the goals and problems that they serve: what they wait for has no meaning in a series.
  private func copying(_ copies: [Copy], of task: Task, _ passedOver: Int) -> [SQL] {
    let (old, made) = (copies.map(\.old), copies.map(\.made))
    let pairs: SQL = "unnest(\(old), \(made)) AS m (old, made)"
    return [
      """
      INSERT INTO tasks (id, user_id, title, notes, priority, impact, due, due_at, estimate, parent_id, position, series_id, series_no, passed_over,
        private, metadata, assignee_id, created_at, updated_at)
      SELECT m.made, t.user_id, t.title, t.notes, t.priority, t.impact, m.due, m.due_at, t.estimate, m.above,
        CASE WHEN t.id <> \(task.id) THEN t.position WHEN t.parent_id IS NULL THEN 0 ELSE
          (SELECT coalesce(max(c.position), 0) + 1 FROM tasks c
            WHERE c.user_id = t.user_id AND c.parent_id = t.parent_id AND c.deleted_at IS NULL) END,
        CASE WHEN t.id = \(task.id) THEN t.series_id END, CASE WHEN t.id = \(task.id) THEN t.series_no + 1 END,
        CASE WHEN t.id = \(task.id) THEN \(passedOver) ELSE 0 END, t.private, t.metadata, t.assignee_id, \(writing.now), \(writing.now)
      FROM unnest(\(old), \(made), \(copies.map(\.above)), \(copies.map { $0.due?.day }), \(copies.map { $0.due?.at }))
        AS m (old, made, above, due, due_at)
      JOIN tasks t ON t.id = m.old AND t.user_id = (SELECT me())
      """,
      """
      INSERT INTO tags (user_id, thing, tag)
      SELECT g.user_id, m.made, g.tag FROM \(pairs) JOIN tags g ON g.thing = m.old AND g.user_id = (SELECT me())
      """,
      """
      INSERT INTO entity_links (id, user_id, type, from_kind, from_id, to_kind, to_id, created_at)
      SELECT gen_random_uuid(), l.user_id, l.type, l.from_kind, m.made, l.to_kind, l.to_id, \(writing.now)
      FROM \(pairs) JOIN entity_links l ON l.from_id = m.old AND l.user_id = (SELECT me()) WHERE l.type IN ('supports_goal', 'addresses_problem')
      """,
    ]
  }

  // MARK: - Back

  /// Before closed instances are opened again: takes away what came after them, unless somebody touched it.
  ///
  /// - Returns: those whose next stays, with what that is called: they leave their series.
  func reclaim(_ ids: [ID<Task>]) throws(PostgresError) -> [(task: ID<Task>, next: String)] {
    if ids.isEmpty { return [] }
    let later: [(ID<Task>, ID<Task>, String)] = try writing.db.rows(
      Query(
        tuple: """
          SELECT t.id, n.id, n.title FROM tasks t
          JOIN tasks n ON n.series_id = t.series_id AND n.user_id = t.user_id AND n.series_no > t.series_no AND n.deleted_at IS NULL
          WHERE t.id = ANY (\(ids)) AND t.user_id = (SELECT me()) AND t.status IN ('done', 'cancelled') ORDER BY n.series_no
          """))
    var stays: [(task: ID<Task>, next: String)] = []
    for (task, next, title) in later where !stays.contains(where: { $0.task == task }) {
      let isAlone = later.filter { $0.0 == task }.count == 1
      let gone: Int? = isAlone ? try writing.db.value("SELECT door.drop_next_task(\(next))") : nil
      if gone != 1 { stays.append((task, title)) }
    }
    let leaving = stays.map(\.task)
    try writing.db.queue([
      """
      UPDATE task_repeats r SET ended_at = NULL, updated_at = \(writing.now) FROM tasks t
      WHERE t.series_id = r.series_id AND t.user_id = r.user_id AND t.id = ANY (\(ids)) AND t.id <> ALL (\(leaving)) AND r.user_id = (SELECT me())
        AND r.ended_at IS NOT NULL
      """
    ])
    return stays
  }
}
