import Domain
import HTML
import Postgres

/// What one press did to many tasks, as one thing to take back: what the command of each kept, with those that went into the trash.
enum TaskBulkUndo {
  /// Joins what was kept of each.
  ///
  /// - Returns: what takes all of it back; nil: nothing was kept.
  static func joining(_ undos: [ID<PlannerUndo>], _ deleted: [ID<Task>], back: Path, _ writing: PlannerWriting) throws(PostgresError)
    -> ID<PlannerUndo>?
  {
    if undos.isEmpty, deleted.isEmpty { return nil }
    let id = ID<PlannerUndo>.new(at: writing.now)
    try writing.db.queue([
      """
      \(PlannerUndo.inserting(id, back: back, writing))
        coalesce((SELECT jsonb_agg(e) FROM undos u CROSS JOIN LATERAL jsonb_array_elements(u.changes) e
          WHERE u.id = ANY (\(undos)) AND u.user_id = (SELECT me())), '[]')
        || coalesce((SELECT jsonb_agg(jsonb_build_object('kind', 'deleted', 'id', x)) FROM unnest(\(deleted)) x), '[]')
      """,
      "UPDATE undos SET undone_at = \(writing.now) WHERE id = ANY (\(undos)) AND user_id = (SELECT me())",
    ])
    return id
  }

  /// Brings back what went into the trash, and takes tags away that were given.
  ///
  /// - Returns: how many are as they were, and what links led to that were left off.
  static func takeBack(_ id: ID<PlannerUndo>, _ writing: PlannerWriting) throws -> (undone: Int, dropped: [String]) {
    let deleted: [ID<Task>] = try writing.db.rows(
      Query(
        column: """
          SELECT (e->>'id')::uuid FROM undos u CROSS JOIN LATERAL jsonb_array_elements(u.changes) e
          WHERE u.id = \(id) AND u.user_id = (SELECT me()) AND e->>'kind' = 'deleted'
          """))
    var (undone, dropped): (Int, [String]) = (0, [])
    for task in deleted {
      do {
        let outcome = try TaskCommands.restore(task, writing)
        undone += outcome.isNothing ? 0 : 1
        dropped += outcome.dropped
      } catch Failure.notFound {
        continue
      }
    }
    let tags: [(ID<Thing>, [String])] = try writing.db.rows(
      Query(
        tuple: """
          SELECT g.thing, coalesce(array_agg(g.tag) FILTER (WHERE g.tag <> e->>'tag'), '{}') FROM undos u
          CROSS JOIN LATERAL jsonb_array_elements(u.changes) e
          JOIN tags g ON g.thing = (e->>'thing')::uuid AND g.user_id = u.user_id
          WHERE u.id = \(id) AND u.user_id = (SELECT me()) AND e->>'kind' = 'tag' GROUP BY g.thing HAVING bool_or(g.tag = e->>'tag')
          """))
    for (thing, kept) in tags { try writing.db.queue(["SELECT door.drop_tags(\(thing), \(kept))"]) }
    return (undone + tags.count, dropped)
  }
}

extension TaskCommands {
  /// How urgent it is; nil: nobody says.
  func set(priority: Int?) throws -> TaskOutcome {
    if task.priority == priority { return TaskOutcome() }
    let undo = PlannerUndo.keeping(tasks: [task.id], back: Paths.task(task.id), writing)
    try writing.db.queue([
      undo.sql,
      """
      UPDATE tasks SET priority = \(priority), version = version + 1, updated_at = \(writing.now)
      WHERE id = \(task.id) AND user_id = (SELECT me())
      """,
    ])
    let number: (Int?) -> String = { $0.map { String($0) } ?? "" }
    return try did(
      "task.changed", [task.id], ["task": task.title, "priority": "\(number(task.priority)) → \(number(priority))"], undo: undo.id)
  }

  /// One tag more.
  ///
  /// - Throws: ``TaskRefusal/tooManyTags``.
  func add(tag: String) throws -> TaskOutcome {
    if task.tags.contains(tag) { return TaskOutcome() }
    if task.tags.count >= TagList.most { throw TaskRefusal.tooManyTags }
    let undo = ID<PlannerUndo>.new(at: writing.now)
    try writing.db.queue([
      """
      \(PlannerUndo.inserting(undo, back: Paths.task(task.id), writing))
        jsonb_build_array(jsonb_build_object('kind', 'tag', 'thing', \(task.id)::uuid, 'tag', \(tag)::text))
      """,
      "INSERT INTO tags (user_id, thing, tag) VALUES (\(writing.person.id), \(task.id), \(tag)) ON CONFLICT DO NOTHING",
      "UPDATE tasks SET version = version + 1, updated_at = \(writing.now) WHERE id = \(task.id) AND user_id = (SELECT me())",
    ])
    return try did("task.changed", [task.id], ["task": task.title, "tags": "+ \(tag)"], undo: undo)
  }
}
