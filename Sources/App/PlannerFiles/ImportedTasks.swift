import Domain
import HTML
import Postgres

/// A slice of tasks that an import makes, updates or brings back.
struct ImportedTasks {
  private let writes: PlannerImportWrites
  private let writing: PlannerWriting

  init(_ writes: PlannerImportWrites, _ writing: PlannerWriting) { (self.writes, self.writing) = (writes, writing) }

  /// Where a new task stands.
  private struct Spot {
    var parent: ID<Task>?
    var position = 0
  }

  /// - Parameter places: of tasks of the file, those above before those below them.
  func write(_ places: [Int]) throws {
    try passOver(places)
    let made = places.filter { writes.outcomes[$0] == .new }
    for place in made { writes.ids[place] = .new(at: writing.now) }
    if !made.isEmpty { try make(made) }
    let updated = places.filter { writes.outcomes[$0] == .updated }
    if !updated.isEmpty { try update(updated) }
    for place in places where writes.outcomes[place] == .restored {
      if let id = writes.ids[place] { _ = try TaskCommands.restore(id, writing) }
    }
    try note(places)
  }

  private func task(_ place: Int) -> PlannerFileTask { writes.plan.file.tasks[place] }

  private func key(_ place: Int) -> String {
    let key = writes.plan.keys[place]
    return writes.same == .add && writes.plan.known[place] != nil ? PlannerImportPlan.again(key, in: writes.id) : key
  }

  /// What another import has made since this one was planned is there.
  private func passOver(_ places: [Int]) throws(PostgresError) {
    let new = places.filter { writes.outcomes[$0] == .new }
    if new.isEmpty { return }
    // Each by its own key, whatever the planner believes: what is in a CASE looks like no index of the person's.
    let found: [(String, ID<Task>)] = try writing.db.rows(
      Query(
        tuple: """
          SELECT k.key, s.task_id FROM unnest(\(new.map(key))) AS k (key) CROSS JOIN LATERAL (
            SELECT f.task_id FROM task_sources f WHERE f.key = k.key AND CASE WHEN f.key = k.key THEN f.user_id = (SELECT me()) END LIMIT 1) s
          """))
    let known = Dictionary(found, uniquingKeysWith: { first, _ in first })
    for place in new {
      if let id = known[key(place)] { (writes.outcomes[place], writes.ids[place]) = (.same, id) }
    }
  }

  // MARK: - New ones

  private func make(_ places: [Int]) throws {
    let spots = try spots(places)
    let series = try series(places)
    let (now, user) = (writing.now, writing.person.id)
    let ids = places.compactMap { writes.ids[$0] }
    let tasks = places.map { StoredTask(task($0), writing) }
    let metadata = places.map { place in
      let stored = task(place).storedMetadata
      for name in stored.left { writes.leave(place, .value(StoredTask.cut(name, 80), "…")) }
      return stored.text
    }
    try writing.db.queue([
      .insert(
        into: "tasks", .each("id", ids), .all("user_id", "\(user)"), .each("title", tasks.map(\.title)), .each("notes", tasks.map(\.notes)),
        .each("status", tasks.map(\.status)), .each("priority", tasks.map(\.priority)), .each("impact", tasks.map(\.impact)),
        .each("due", tasks.map(\.due)), .each("due_at", tasks.map(\.dueAt)), .each("estimate", tasks.map(\.estimate)),
        .each("spent", tasks.map(\.spent)), .each("parent_id", spots.map(\.parent)), .each("position", spots.map(\.position)),
        .each("deferred_until", tasks.map(\.deferredUntil)), .each("wake_at", tasks.map(\.wakeAt)),
        .each("series_id", series.map { $0?.id }), .each("series_no", series.map { $0?.number }),
        .each("metadata", metadata, as: "t.metadata::jsonb"), .each("started_at", tasks.map(\.startedAt)),
        .each("completed_at", tasks.map(\.completedAt)), .each("archived_at", tasks.map(\.archivedAt)),
        .each("private", tasks.map(\.isPrivate)),
        .each("created_at", tasks.map(\.createdAt)), .all("updated_at", "\(now)"))
    ])
    let tags = zip(ids, places).flatMap { id, place in task(place).tags.map { (id, StoredTask.plain($0)) } }.filter { !$0.1.utf8.isEmpty }
    if !tags.isEmpty {
      let insert: SQL = .insert(
        into: "tags", .all("user_id", "\(user)"), .each("thing", tags.map(\.0)), .each("tag", tags.map(\.1)))
      try writing.db.queue(["\(insert) ON CONFLICT DO NOTHING"])
    }
    let sources: SQL = .insert(
      into: "task_sources", .all("user_id", "\(user)"), .each("key", places.map(key)), .each("task_id", ids),
      .all("import_id", "\(writes.id)"), .all("revision", "0"))
    try writing.db.queue(["\(sources) ON CONFLICT DO NOTHING"] + TaskWrites.settling(ids, anyway: false, writing))
    try writing.note("task.made", ids.map { ThingRef(.task, of: $0) })
  }

  /// Below whom, and where among the siblings: at the top where the one above is not there, is full, or stands too deep.
  private func spots(_ places: [Int]) throws -> [Spot] {
    let above = places.map { place in task(place).parent.flatMap { stands($0) ? writes.ids[$0] : nil } }
    var last = try lastBelow(Array(Set(above.compactMap(\.self))))
    var depths: [ID<Task>: Int] = [:]
    return try zip(places, above).map { place, parent in
      guard let parent else {
        if task(place).parent != nil { writes.leave(place, writes.words("It stands at the top: what is above it lies in the trash.")) }
        return Spot()
      }
      let before = last[parent] ?? (count: 0, position: 0)
      if before.count >= Task.mostSubtasks {
        writes.leave(place, TaskRefusal.tooMany.sentence(writes.words))
        return Spot()
      }
      if try !fits(place, under: parent, &depths) {
        writes.leave(place, .tooDeep)
        return Spot()
      }
      last[parent] = (count: before.count + 1, position: before.position + 1)
      return Spot(parent: parent, position: before.position + 1)
    }
  }

  /// How many tasks stand below each of these, and the last place among them; nothing of those that have none.
  private func lastBelow(_ parents: [ID<Task>]) throws(PostgresError) -> [ID<Task>: (count: Int, position: Int)] {
    if parents.isEmpty { return [:] }
    let found: [(ID<Task>, Int, Int)] = try writing.db.rows(
      Query(
        tuple: """
          SELECT p.id, c.tasks, c.last FROM unnest(\(parents)) AS p (id) CROSS JOIN LATERAL (
            SELECT count(*) AS tasks, max(t.position) AS last FROM tasks t
            WHERE t.user_id = (SELECT me()) AND t.parent_id = p.id AND t.deleted_at IS NULL) c
          WHERE c.tasks > 0
          """))
    return Dictionary(found.map { ($0.0, (count: $0.1, position: $0.2)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether something can stand below a task of the file.
  private func stands(_ place: Int) -> Bool { writes.outcomes[place] != .trashed }

  /// Of those whose parent is new the file has seen to it.
  private func fits(_ place: Int, under parent: ID<Task>, _ depths: inout [ID<Task>: Int]) throws(PostgresError) -> Bool {
    guard let above = task(place).parent, writes.outcomes[above] != .new else { return true }
    if depths[parent] == nil {
      let thing = ThingRef(.task, of: parent).id
      depths[parent] = try PlannerReach.graph(behind: [thing], writing.db).above(thing).count + 1
    }
    return (depths[parent] ?? 0) + writes.heights[place] <= PlannerGraph<Int>.deepest
  }

  /// The series of those that come again, each made once. Below one that comes again nothing does (RULES 8.21).
  private func series(_ places: [Int]) throws(PostgresError) -> [ImportedSeries?] {
    try lookUpSeries(places)
    var new: [(ID<TaskSeries>, TaskRepeat)] = []
    let found = places.map { place -> ImportedSeries? in
      let task = task(place)
      guard let again = task.repeats else { return nil }
      if repeatsAbove(place) {
        writes.leave(place, .value("repeat", StoredTask.cut(again.rule.text, 80)))
        return nil
      }
      let isOpen = !task.status.isClosed && !task.isArchived
      let name = ImportedSeries.name(task, again)
      if var known = writes.series[name], !(known.hasOpen && isOpen) {
        (known.number, known.hasOpen) = (known.number + 1, known.hasOpen || isOpen)
        writes.series[name] = known
        return known
      }
      let made = ImportedSeries(id: .new(at: writing.now), number: 1, hasOpen: isOpen)
      writes.series[name] = made
      new.append((made.id, again))
      return made
    }
    if new.isEmpty { return found }
    try writing.db.queue([
      .insert(
        into: "task_repeats", .each("series_id", new.map(\.0)), .all("user_id", "\(writing.person.id)"),
        .each("rule", new.map(\.1.rule.text)), .all("words", "''"),
        .each("repeat_from", new.map { $0.1.from == .due ? "due" : "completion" }),
        .each("first_day", new.map(\.1.first)), .all("created_at", "\(writing.now)"), .all("updated_at", "\(writing.now)"))
    ])
    return found
  }

  /// Of series that were begun before: a worker that died, or a step that was undone, left other numbers than are kept here.
  private func lookUpSeries(_ places: [Int]) throws(PostgresError) {
    let names = Set(places.compactMap { place in task(place).repeats.map { ImportedSeries.name(task(place), $0) } })
    let begun = names.compactMap { name in writes.series[name].map { (name, $0.id) } }
    let current = try ImportedSeries.current(begun.map(\.1), writing.db)
    for (name, id) in begun { writes.series[name] = current[id] }
  }

  private func repeatsAbove(_ place: Int) -> Bool {
    var next = task(place).parent
    while let parent = next {
      if task(parent).repeats != nil { return true }
      next = task(parent).parent
    }
    return false
  }

  // MARK: - Those that are there

  /// What nobody has changed since takes what the file says now. Nothing of ours came after such an instance of a series: the others came with it.
  private func update(_ places: [Int]) throws {
    let tasks = places.map { StoredTask(task($0), writing) }
    let leaving = try leaving(zip(places, tasks).compactMap { place, task in task.status.isClosed ? nil : writes.ids[place] })
    let update: SQL = .update(
      "tasks",
      set: [
        .each("title", tasks.map(\.title)), .each("notes", tasks.map(\.notes)), .each("status", tasks.map(\.status)),
        .each("priority", tasks.map(\.priority)), .each("impact", tasks.map(\.impact)), .each("due", tasks.map(\.due)),
        .each("due_at", tasks.map(\.dueAt)), .each("estimate", tasks.map(\.estimate)), .each("spent", tasks.map(\.spent)),
        .each("deferred_until", tasks.map(\.deferredUntil)), .each("wake_at", tasks.map(\.wakeAt)),
        .each(
          "completed_at", tasks.map(\.completedAt),
          as: "CASE WHEN t.status = 'done' THEN greatest(coalesce(d.completed_at, t.completed_at), d.created_at) END"),
        // No file makes known what is private.
        .each("private", tasks.map(\.isPrivate), as: "d.private OR t.private"),
        .all("series_id", "CASE WHEN d.id = ANY (\(leaving)) THEN NULL ELSE d.series_id END"),
        .all("series_no", "CASE WHEN d.id = ANY (\(leaving)) THEN NULL ELSE d.series_no END"),
        .all("updated_at", "\(writing.now)"), .all("version", "d.version + 1"),
      ],
      by: [.each("id", places.compactMap { writes.ids[$0] })],
      where: """
        d.id = t.id AND d.user_id = (SELECT me()) AND d.deleted_at IS NULL
        AND EXISTS (SELECT FROM task_sources s WHERE s.task_id = d.id AND s.user_id = d.user_id AND s.revision = d.revision)
        AND (d.title, d.notes, d.status, d.priority, d.impact, d.due, d.due_at, d.estimate, d.spent, d.deferred_until, d.private) IS DISTINCT FROM
          (t.title, t.notes, t.status, t.priority, t.impact, t.due, t.due_at, t.estimate, t.spent, t.deferred_until, d.private OR t.private)
        """)
    let ids = places.compactMap { writes.ids[$0] }
    try writing.db.queue([PlannerImportUndo.keeping(ids, of: writes.id)])
    let changed: [ID<Task>] = try writing.db.rows(Query(column: "\(update) RETURNING d.id"))
    try writing.db.queue([PlannerImportUndo.forgetting(ids, but: changed, of: writes.id)])
    let all = Set(changed)
    for place in places where !(writes.ids[place].map { all.contains($0) } ?? false) { writes.outcomes[place] = .same }
    if changed.isEmpty { return }
    try writing.db.queue(
      TaskWrites.settling(changed, anyway: false, writing) + [
        """
        UPDATE task_sources s SET revision = t.revision FROM tasks t
        WHERE t.id = s.task_id AND t.user_id = s.user_id AND s.user_id = (SELECT me()) AND t.id = ANY (\(changed))
        """
      ])
    try writing.note("task.changed", changed.map { ThingRef(.task, of: $0) })
  }

  /// Those that would be open beside another of their series: one alone can be, and they leave it (RULES 8.21).
  private func leaving(_ opened: [ID<Task>]) throws(PostgresError) -> [ID<Task>] {
    if opened.isEmpty { return [] }
    return try writing.db.rows(
      Query(
        column: """
          SELECT x.id FROM (
            SELECT t.id, row_number() OVER (PARTITION BY t.series_id ORDER BY t.series_no, t.id) AS n,
              EXISTS (SELECT FROM tasks o WHERE o.series_id = t.series_id AND o.user_id = t.user_id AND o.deleted_at IS NULL
                AND o.archived_at IS NULL AND o.status IN ('open', 'in_progress', 'deferred')) AS goes_on
            FROM tasks t WHERE t.id = ANY (\(opened)) AND t.user_id = (SELECT me()) AND t.series_id IS NOT NULL
              AND t.status IN ('done', 'cancelled') AND t.deleted_at IS NULL AND t.archived_at IS NULL) x
          WHERE x.goes_on OR x.n > 1
          """))
  }

  /// What became of each.
  private func note(_ places: [Int]) throws(PostgresError) {
    let reasons = places.map { place in
      writes.outcomes[place] == .new
        ? StoredTask.cut(StoredTask.plain((writes.left[place] ?? []).joined(separator: " ")), 1_000) : ""
    }
    let insert: SQL = .insert(
      into: "planner_import_rows", .all("import_id", "\(writes.id)"), .all("user_id", "\(writing.person.id)"), .each("number", places),
      .each("line", places.map { task($0).line }), .each("outcome", places.map { writes.outcomes[$0] }),
      .each("task_id", places.map { writes.ids[$0] }), .each("reason", reasons))
    try writing.db.queue(["\(insert) ON CONFLICT DO NOTHING"])
  }
}
