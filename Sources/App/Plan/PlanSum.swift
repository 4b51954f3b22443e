import Domain
import Postgres

/// The sum by which tasks are suggested (``DayPlan``), as the database reckons it: for choosing among many, and for lists in that order. `PlanPageTests`
/// holds it against the rule.
enum PlanSum {
  /// What the row of a task `t` gives by itself.
  static func own(_ moment: PlanMoment) -> SQL {
    let (now, today, soon) = (moment.now, moment.today, moment.today.advanced(by: 3))
    let idle = moment.clock.start(of: today.advanced(by: -13))
    return """
      (CASE WHEN t.due IS NULL THEN 0
          WHEN t.due_at < \(now) OR t.due_at IS NULL AND t.due < \(today) THEN 40 + 2 * least(greatest(\(today) - t.due, 0), 10)
          WHEN t.due <= \(today) THEN 30 WHEN t.due <= \(soon) THEN 15 ELSE 0 END
        + CASE t.priority WHEN 1 THEN 20 WHEN 2 THEN 12 WHEN 3 THEN 5 ELSE 0 END + 3 * coalesce(t.impact, 0)
        + CASE WHEN t.status = 'in_progress' THEN 8 ELSE 0 END + CASE WHEN t.estimate BETWEEN 1 AND \(moment.left.free) THEN 5 ELSE 0 END
        + CASE WHEN t.updated_at < \(idle) THEN 6 ELSE 0 END)
      """
  }

  /// What its links give, beside ``hanging``.
  static func ofLinks(_ moment: PlanMoment) -> SQL {
    """
    (5 * least(b.blocks, 3)
      + CASE WHEN g.active_goals = 0 THEN 0 WHEN g.target <= \(moment.today.advanced(by: 30)) THEN 10 ELSE 5 END)
    """
  }

  /// What hangs on a task `t`: how many open things wait for it (`b`), a hundred at most, and the goals that it supports (`g`).
  static let hanging: SQL = """
    CROSS JOIN LATERAL (
      SELECT count(*) AS blocks FROM (
        SELECT FROM entity_links l WHERE l.user_id = (SELECT me()) AND l.to_id = t.id AND l.type = 'depends_on'
          AND (EXISTS (SELECT FROM tasks w WHERE w.id = l.from_id AND w.user_id = (SELECT me()) AND w.deleted_at IS NULL AND w.archived_at IS NULL
              AND w.status IN ('open', 'in_progress', 'deferred'))
            OR EXISTS (SELECT FROM goals w WHERE w.id = l.from_id AND w.user_id = (SELECT me()) AND w.deleted_at IS NULL
              AND w.status IN ('active', 'paused')))
        LIMIT 100) x) b
    CROSS JOIN LATERAL (
      SELECT count(*) AS goals, count(*) FILTER (WHERE s.status = 'active') AS active_goals,
        min(s.deadline) FILTER (WHERE s.status = 'active') AS target
      FROM entity_links l JOIN goals s ON s.id = l.to_id AND s.user_id = (SELECT me()) AND s.deleted_at IS NULL
      WHERE l.user_id = (SELECT me()) AND l.from_id = t.id AND l.type = 'supports_goal') g
    """

  /// The tasks `t` that a sum can lift above others by what stands in their rows: the first of each order that an index has. So however many there are,
  /// so many are looked at.
  ///
  /// - Parameters:
  ///   - which: a condition on `t`.
  ///   - limit: as a constant; of a bind the planner takes it that a tenth of all rows is wanted.
  static func first(_ which: SQL, limit: SQL) -> SQL {
    """
    (SELECT \(fields) FROM tasks t WHERE \(which)
      ORDER BY coalesce(t.due, 'infinity'), coalesce(t.due_at, 'infinity'), t.id \(limit))
    UNION
    (SELECT \(fields) FROM tasks t WHERE \(which) ORDER BY coalesce(t.priority, 5), coalesce(t.due, 'infinity'), t.id \(limit))
    UNION
    (SELECT \(fields) FROM tasks t WHERE \(which) AND t.status = 'in_progress' ORDER BY t.due, t.id \(limit))
    """
  }

  /// The same of those that their links can lift.
  static func linked(_ which: SQL, limit: SQL) -> SQL {
    """
    (SELECT t.id FROM entity_links l JOIN tasks t ON t.id = l.to_id
      WHERE l.user_id = (SELECT me()) AND l.type = 'depends_on' AND \(which) GROUP BY t.id ORDER BY t.id \(limit))
    UNION
    (SELECT t.id FROM entity_links l JOIN tasks t ON t.id = l.from_id
      WHERE l.user_id = (SELECT me()) AND l.type = 'supports_goal' AND \(which) GROUP BY t.id ORDER BY t.id \(limit))
    """
  }

  private static let fields: Columns = "t.id, t.due, t.due_at, t.priority, t.impact, t.status, t.estimate, t.updated_at"
}
