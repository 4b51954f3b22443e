import Domain
import HTML
import Postgres

/// What Today says of tasks that wait for nothing any more: the last thing in their way ended on this day (RULES 8.8).
struct FreedSection {
  let rows: [Row]
  let all = Paths.tasks

  struct Row {
    let path: Path
    let title: String
    /// "“Permit” is out of the way."
    let why: String
  }

  /// A task, and the thing whose end made it free.
  private struct Freed {
    let id: ID<Task>
    let title: String
    let blocker: String
  }

  /// How many rows stand there.
  private static let most = 5

  static func today(_ day: DayView) -> Reading<TodayPart> {
    let clock = HabitClock(zone: day.person.zone, dayStart: day.person.dayStart)
    let begin = clock.start(of: day.clock.habitDate(of: day.person))
    return Reading(freed(since: begin)) { freed in
      let rows = freed.map { Row(path: Paths.task($0.id), title: $0.title, why: why($0, day.words)) }
      let view = rows.isEmpty ? nil : FreedSection(rows: rows)
      var part = TodayPart()
      part.sections = [TodaySection(rank: .today, figure: nil, view: view)]
      return part
    }
  }

  private static func why(_ freed: Freed, _ words: Words) -> String {
    words("“{title}” is out of the way.", ["title": freed.blocker])
  }

  private static func freed(since begin: Instant) -> Query<Freed> {
    Query(
      """
      WITH ended AS (
        (SELECT t.id, t.title, t.completed_at AS at FROM tasks t
          WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.status = 'done' AND t.updated_at >= \(begin) AND t.completed_at >= \(begin)
          ORDER BY t.updated_at DESC, t.id DESC LIMIT 50)
        UNION ALL SELECT g.id, g.title, g.completed_at FROM goals g
          WHERE g.user_id = (SELECT me()) AND g.deleted_at IS NULL AND g.status = 'completed' AND g.completed_at >= \(begin)
        UNION ALL SELECT p.id, p.title, p.resolved_at FROM problems p
          WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND p.status = 'resolved' AND p.resolved_at >= \(begin))
      SELECT x.id, x.title, x.blocker FROM (
        SELECT DISTINCT ON (w.id) w.id, w.title, o.title AS blocker, o.at FROM ended o
        JOIN entity_links l ON l.to_id = o.id AND l.user_id = (SELECT me()) AND l.type = 'depends_on'
        JOIN tasks w ON w.id = l.from_id AND w.user_id = (SELECT me()) AND w.deleted_at IS NULL AND w.archived_at IS NULL AND w.open_blockers = 0
          AND w.status IN ('open', 'in_progress')
        ORDER BY w.id, o.at DESC, o.id) x
      ORDER BY x.at DESC, x.id LIMIT \(most)
      """, into: Freed.init)
  }
}
