import Domain
import Postgres

/// Takes back what an import made and changed (RULES 8.35): what nobody has changed since, what lies below others first.
enum PlannerImportUndo {
  /// How many tasks go at a time.
  static let most = 500

  /// - Parameter rounds: how often at most.
  /// - Returns: how many went; nil: there are more.
  static func all(of id: ID<PlannerImport>, rounds: Int, _ db: Connection) throws(PostgresError) -> Int? {
    var gone = 0
    for _ in 0..<rounds {
      let count = try some(of: id, db)
      if count == 0 { return gone }
      gone += count
    }
    return nil
  }

  /// - Returns: how many went; 0: no more will.
  static func some(of id: ID<PlannerImport>, _ db: Connection) throws(PostgresError) -> Int {
    try db.value("SELECT door.undo_planner_import(\(id), \(most))") ?? 0
  }

  /// How many tasks of it are there, or as it changed them.
  static func kept(_ id: ID<PlannerImport>) -> SQL {
    "SELECT count(*) FROM task_sources s WHERE s.user_id = (SELECT me()) AND (s.import_id = \(id) OR s.before_import = \(id))"
  }

  // MARK: - What it changed

  /// Keeps how tasks are that nobody has changed, before an import does: it goes with the task.
  static func keeping(_ tasks: [ID<Task>], of id: ID<PlannerImport>) -> SQL {
    """
    UPDATE task_sources s SET before_import = \(id), before = jsonb_build_object('revision', t.revision + 1, 'title', t.title, 'notes', t.notes,
      'status', t.status, 'priority', t.priority, 'impact', t.impact, 'due', t.due, 'due_at', t.due_at, 'estimate', t.estimate, 'spent', t.spent,
      'deferred_until', t.deferred_until, 'wake_at', t.wake_at, 'completed_at', t.completed_at, 'private', t.private, 'series_id', t.series_id,
      'series_no', t.series_no)
    FROM tasks t WHERE t.id = s.task_id AND t.user_id = s.user_id AND s.user_id = (SELECT me()) AND s.revision = t.revision
      AND t.id = ANY (\(tasks)) AND t.deleted_at IS NULL
    """
  }

  /// Of those that it left as they were nothing is kept.
  static func forgetting(_ tasks: [ID<Task>], but changed: [ID<Task>], of id: ID<PlannerImport>) -> SQL {
    """
    UPDATE task_sources SET before = NULL, before_import = NULL
    WHERE user_id = (SELECT me()) AND before_import = \(id) AND task_id = ANY (\(tasks)) AND task_id <> ALL (\(changed))
    """
  }

  /// Whether it changed any that are there still.
  static func hasChanged(_ id: ID<PlannerImport>) -> SQL {
    "SELECT EXISTS (SELECT FROM task_sources s WHERE s.user_id = (SELECT me()) AND s.before_import = \(id))"
  }

  /// Puts some back that it changed and that nobody has changed since: for a worker. One that would be open beside another of its series stays.
  ///
  /// - Returns: how many; 0: no more will.
  static func putBack(_ id: ID<PlannerImport>, _ writing: PlannerWriting) throws(PostgresError) -> Int {
    let back: [ID<Task>] = try writing.db.rows(
      Query(
        column: """
          UPDATE tasks t SET title = b.title, notes = b.notes, status = b.status, priority = b.priority, impact = b.impact, due = b.due,
            due_at = b.due_at, estimate = b.estimate, spent = b.spent, deferred_until = b.deferred_until, wake_at = b.wake_at,
            completed_at = b.completed_at, private = b.private, series_id = b.series_id, series_no = b.series_no, version = t.version + 1,
            updated_at = \(writing.now)
          FROM (
            SELECT o.id AS task, k.* FROM task_sources s JOIN tasks o ON o.id = s.task_id AND o.user_id = s.user_id
            CROSS JOIN LATERAL jsonb_to_record(s.before) AS k (revision bigint, title text, notes text, status text, priority smallint,
              impact smallint, due date, due_at timestamptz, estimate integer, spent integer, deferred_until date, wake_at timestamptz,
              completed_at timestamptz, private boolean, series_id uuid, series_no integer)
            WHERE s.user_id = (SELECT me()) AND s.before_import = \(id) AND o.revision = k.revision AND o.deleted_at IS NULL
              AND (k.series_id IS NULL OR o.series_id = k.series_id OR k.status IN ('done', 'cancelled')
                AND EXISTS (SELECT FROM task_repeats r WHERE r.series_id = k.series_id AND r.user_id = s.user_id))
              AND (k.series_id IS NULL OR k.status IN ('done', 'cancelled') OR NOT EXISTS (
                SELECT FROM tasks x WHERE x.series_id = k.series_id AND x.user_id = s.user_id AND x.id <> o.id AND x.deleted_at IS NULL
                  AND x.archived_at IS NULL AND x.status IN ('open', 'in_progress', 'deferred')))
            LIMIT \(most)) b
          WHERE t.id = b.task AND t.user_id = (SELECT me()) RETURNING t.id
          """))
    if back.isEmpty { return 0 }
    try writing.db.queue(
      TaskWrites.settling(back, anyway: false, writing) + [
        """
        UPDATE task_sources s SET revision = t.revision, before = NULL, before_import = NULL FROM tasks t
        WHERE t.id = s.task_id AND t.user_id = s.user_id AND s.user_id = (SELECT me()) AND t.id = ANY (\(back))
        """
      ])
    try writing.note("task.undone", back.map { ThingRef(.task, of: $0) })
    return back.count
  }

  /// Writes down that it is over.
  static func ending(_ id: ID<PlannerImport>, at now: Instant) -> SQL {
    """
    UPDATE planner_imports SET undone_at = \(now), kept = (\(kept(id)))::integer
    WHERE id = \(id) AND user_id = (SELECT me()) AND undone_at IS NULL
    """
  }
}
