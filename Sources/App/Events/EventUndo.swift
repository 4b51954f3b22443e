import Domain
import HTML
import Postgres

/// The events of an undo: an edit or a deletion of instances puts back the series, its overrides and its dates, and takes away what was cut off
/// (RULES 8.26, 9.23). It is all or nothing: half a series is none.
enum EventUndo {
  /// What keeps how an event is: ask before the one statement that changes it, once.
  ///
  /// - Parameters:
  ///   - made: the continuation that the press is about to make.
  ///   - back: the page that shows the result.
  static func keeping(_ id: ID<Event>, making made: ID<Event>? = nil, back: Path, _ writing: PlannerWriting) -> (path: Path, sql: SQL) {
    let undo = ID<PlannerUndo>.new(at: writing.now)
    let sql: SQL = """
      \(PlannerUndo.inserting(undo, back: back, writing))
        jsonb_build_array(jsonb_build_object('kind', 'event', 'id', e.id, 'revision', e.revision + 1, 'row', to_jsonb(e),
          'overrides', (SELECT coalesce(jsonb_agg(to_jsonb(o)), '[]') FROM event_overrides o WHERE o.event_id = e.id AND o.user_id = e.user_id),
          'tags', (SELECT coalesce(jsonb_agg(g.tag ORDER BY g.tag_norm), '[]') FROM tags g WHERE g.thing = e.id AND g.user_id = e.user_id)))
        || CASE WHEN \(made)::uuid IS NULL THEN '[]'
          ELSE jsonb_build_array(jsonb_build_object('kind', 'event_made', 'id', \(made)::uuid, 'revision', 0)) END
      FROM events e WHERE e.id = \(id) AND e.user_id = (SELECT me())
      """
    return (Paths.undo(undo), sql)
  }

  /// - Returns: how many are as they were, and what those are called that changed since.
  static func takeBack(_ undo: ID<PlannerUndo>, _ with: DeadlineWriting) throws -> (undone: Int, kept: [String]) {
    let found: [(ID<Event>, Bool, Bool, String)] = try with.db.rows(
      Query(
        tuple: """
          SELECT e.id, c.kind = 'event', e.revision = c.revision AND e.deleted_at IS NULL, e.title FROM \(changes)
          JOIN events e ON e.id = c.id AND e.user_id = u.user_id WHERE \(mine(undo)) ORDER BY c.kind, e.id
          """))
    if found.isEmpty { return (0, []) }
    if !found.allSatisfy(\.2) { return (0, found.filter { !$0.2 }.map(\.3)) }
    for (id, isOld, _, _) in found {
      let commands = try EventCommands.find(id, with)
      if isOld { try putBack(undo, commands) } else { _ = try commands.delete() }
    }
    return (found.count, [])
  }

  private static func putBack(_ undo: ID<PlannerUndo>, _ commands: EventCommands) throws {
    let (with, id) = (commands.with, commands.event.id)
    let tags: [String] = try with.db.rows(
      Query(
        column: """
          SELECT t.tag FROM \(changes) CROSS JOIN LATERAL jsonb_array_elements_text(c.tags) t (tag) WHERE \(mine(undo)) AND c.id = \(id)
          """))
    try with.db.queue(
      [
        "SELECT door.drop_overrides(\(id), \(commands.overrides.map(\.instance)))",
        row(undo, id, with.now), overrides(undo, id),
      ] + TaskWrites.tagging(commands.event.ref, tags, with.planner))
    try EventCommands.find(id, with).keepAnew()
  }

  /// A place and a profile that are gone meanwhile stay away.
  private static func row(_ undo: ID<PlannerUndo>, _ id: ID<Event>, _ now: Instant) -> SQL {
    """
    UPDATE events e SET title = r.title, description = r.description, type = r.type, status = r.status, visibility = r.visibility, busy = r.busy,
      importance = r.importance, all_day = r.all_day, starts = r.starts, ends = r.ends, zone = r.zone, ends_zone = r.ends_zone,
      starts_at = r.starts_at, ends_at = r.ends_at, rule = r.rule, rule_words = r.rule_words, rdates = r.rdates,
      exdates = r.exdates, series_until = r.series_until, counts_start = r.counts_start, location = r.location,
      place_id = (SELECT p.id FROM places p WHERE p.id = r.place_id AND p.user_id = e.user_id), virtual_url = r.virtual_url,
      remind_months = r.remind_months, remind_seconds = r.remind_seconds, remind_time = r.remind_time, remind_words = r.remind_words,
      profile_id = (SELECT p.id FROM profiles p WHERE p.id = r.profile_id AND p.user_id = e.user_id), cancelled_at = r.cancelled_at,
      private = r.private, version = e.version + 1, sequence = e.sequence + 1, updated_at = \(now)
    FROM \(changes) CROSS JOIN LATERAL jsonb_populate_record(NULL::events, c."row") r
    WHERE \(mine(undo)) AND c.kind = 'event' AND c.id = \(id) AND e.id = c.id AND e.user_id = u.user_id
    """
  }

  private static func overrides(_ undo: ID<PlannerUndo>, _ id: ID<Event>) -> SQL {
    """
    INSERT INTO event_overrides (event_id, user_id, instance, all_day, starts, ends, is_point, zone, ends_zone, title, description, type, status,
      visibility, busy, importance, location, place_id, no_place, virtual_url, cancelled_at, created_at, updated_at)
    SELECT o.event_id, u.user_id, o.instance, o.all_day, o.starts, o.ends, o.is_point, o.zone, o.ends_zone, o.title, o.description, o.type, o.status,
      o.visibility, o.busy, o.importance, o.location, (SELECT p.id FROM places p WHERE p.id = o.place_id AND p.user_id = u.user_id),
      coalesce(o.no_place, false), o.virtual_url, o.cancelled_at, o.created_at, o.updated_at
    FROM \(changes) CROSS JOIN LATERAL jsonb_populate_recordset(NULL::event_overrides, c.overrides) o
    WHERE \(mine(undo)) AND c.kind = 'event' AND c.id = \(id)
    """
  }

  private static let changes: SQL = """
    undos u CROSS JOIN LATERAL jsonb_to_recordset(u.changes) AS c (kind text, id uuid, revision bigint, "row" jsonb, overrides jsonb, tags jsonb)
    """

  private static func mine(_ id: ID<PlannerUndo>) -> SQL {
    "u.id = \(id) AND u.user_id = (SELECT me()) AND c.kind IN ('event', 'event_made')"
  }
}
