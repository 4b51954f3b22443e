import Domain
import HTML
import Postgres

/// A thing of the person's as tools of the assistant know it, with what says whether a model may be told of it (RULES 9.32, 9.45). Those in the trash
/// are not there.
struct ToolThing {
  let kind: String
  let id: ID<FoundThing>
  let title: String
  /// As its table says it: `in_progress`, `completed`; of what has none "".
  let state: String
  /// As a proposal is held to it (``ProposedThing/revision``).
  let revision: Int
  let isPrivate: Bool
  /// The kind of what it is about, where it says that one's name: a reminder to stay in touch with somebody; nil: nothing else's.
  let about: String?
  /// Whether others wrote it: it was brought in, came by a program, or is the desk's (RULES 9.34).
  let isForeign: Bool

  /// The kinds that tools read, as the register calls them.
  static let kinds = ModelKind.allCases.map(\.rawValue)

  /// Some things by their kinds and ids, in no order; nobody else's, whatever ids they are.
  static func some(_ things: [(kind: String, id: ID<FoundThing>)]) -> Query<ToolThing> {
    let (kinds, ids) = (things.map(\.kind), things.map(\.id))
    return Query(
      """
      SELECT i.kind, i.id, x.title, x.state, x.revision, x.private, x.about, x.is_foreign
      FROM unnest(\(kinds), \(ids)) AS i (kind, id) CROSS JOIN LATERAL (\(planned)
        UNION ALL \(context)
        UNION ALL \(kept)) x
      """, into: ToolThing.init)
  }

  private static func sources(_ table: Columns) -> SQL {
    "EXISTS (SELECT FROM entity_sources s WHERE s.thing = \(table).id AND s.user_id = \(table).user_id)"
  }

  /// What a line of the inbox became that a program sent.
  private static func posted(_ table: Columns) -> SQL {
    """
    EXISTS (SELECT FROM inbox_items n WHERE n.became_id = \(table).id AND n.user_id = \(table).user_id AND n.source <> 'web' AND NOT n.joined)
    """
  }

  private static var planned: SQL {
    """
    SELECT t.title, CASE WHEN t.archived_at IS NULL THEN t.status ELSE 'archived' END AS state, t.revision, t.private, NULL::text AS about,
        \(sources("t")) OR \(posted("t")) OR EXISTS (SELECT FROM task_sources s WHERE s.task_id = t.id AND s.user_id = t.user_id) AS is_foreign
      FROM tasks t WHERE i.kind = 'task' AND t.id = i.id AND t.user_id = (SELECT me()) AND t.deleted_at IS NULL
    UNION ALL
    SELECT g.title, g.status, g.revision, g.private, NULL, \(posted("g"))
      FROM goals g WHERE i.kind = 'goal' AND g.id = i.id AND g.user_id = (SELECT me()) AND g.deleted_at IS NULL
    UNION ALL
    SELECT p.title, p.status, p.revision, p.private, NULL, \(posted("p"))
      FROM problems p WHERE i.kind = 'problem' AND p.id = i.id AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL
    UNION ALL
    SELECT d.title, d.status, d.revision, d.private, NULL, \(sources("d")) OR \(posted("d"))
      FROM deadlines d WHERE i.kind = 'deadline' AND d.id = i.id AND d.user_id = (SELECT me()) AND d.deleted_at IS NULL
    """
  }

  private static var context: SQL {
    """
    SELECT p.name, '', p.revision, p.private, NULL, p.source <> 'manual' OR \(sources("p"))
      FROM people p WHERE i.kind = 'person' AND p.id = i.id AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL
    UNION ALL
    SELECT p.name, '', p.revision, p.private, NULL, p.source <> 'manual' OR \(sources("p"))
      FROM places p WHERE i.kind = 'place' AND p.id = i.id AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL
    UNION ALL
    SELECT e.title, e.status, e.revision, e.private, NULL, e.source <> 'manual' OR \(sources("e"))
      FROM events e WHERE i.kind = 'event' AND e.id = i.id AND e.user_id = (SELECT me()) AND e.deleted_at IS NULL
    """
  }

  /// A reminder of something says what that is called: it is as private as that, and nobody is told of the desk's.
  private static var kept: SQL {
    """
    SELECT h.name, h.status, h.version, false, NULL, \(posted("h"))
        OR EXISTS (SELECT FROM habit_sources s WHERE s.habit_id = h.id AND s.user_id = h.user_id)
      FROM habits h WHERE i.kind = 'habit' AND h.id = i.id AND h.user_id = (SELECT me()) AND h.status <> 'deleted'
    UNION ALL
    SELECT r.title, r.status, r.version, r.of_desk OR coalesce(a.private, false), a.kind,
        r.of_desk OR coalesce(a.is_foreign, false) OR \(posted("r"))
          OR EXISTS (SELECT FROM reminder_sources s WHERE s.reminder_id = r.id AND s.user_id = r.user_id)
      FROM reminders r LEFT JOIN LATERAL (
        SELECT 'person' AS kind, p.private, p.source <> 'manual' AS is_foreign
          FROM person_reminders b JOIN people p ON p.id = b.person_id AND p.user_id = b.user_id
          WHERE b.reminder_id = r.id AND b.user_id = r.user_id
        UNION ALL
        SELECT 'deadline', d.private, \(sources("d")) FROM deadline_reminders b JOIN deadlines d ON d.id = b.deadline_id AND d.user_id = b.user_id
          WHERE b.reminder_id = r.id AND b.user_id = r.user_id
        UNION ALL
        SELECT 'event', e.private, e.source <> 'manual' FROM event_reminders b JOIN events e ON e.id = b.event_id AND e.user_id = b.user_id
          WHERE b.reminder_id = r.id AND b.user_id = r.user_id
        UNION ALL
        SELECT 'habit', false, false WHERE r.habit_id IS NOT NULL
        LIMIT 1) a ON true
      WHERE i.kind = 'reminder' AND r.id = i.id AND r.user_id = (SELECT me()) AND r.status <> 'deleted'
    """
  }

  /// Whether a model may be told of it: the person allows its kind, and that of what it is about, and it is not private (RULES 9.45).
  func isTold(to person: Person) -> Bool {
    let kinds = [kind, about].compactMap(\.self)
    return !isPrivate && kinds.allSatisfy { kind in ModelKind(rawValue: kind).map { person.modelKinds.contains($0) } ?? false }
  }

  /// As an answer is given it.
  ///
  /// - Parameter isForeign: whether others wrote what is read of it beside its name.
  func given(_ person: Person, isForeign: Bool = false) -> AssistantReach.Given {
    AssistantReach.Given(
      kind: kind, id: id, title: title, revision: revision, isForeign: self.isForeign || isForeign, isTold: isTold(to: person))
  }

  /// Whether nothing is to be done about it any more.
  var isOver: Bool { ["done", "cancelled", "completed", "resolved", "archived"].contains(state) }

  /// Its page.
  var path: Path { FoundKind(rawValue: kind)?.path(id) ?? Paths.search }
}

extension ID {
  /// As the register has it.
  var found: ID<FoundThing> { ID<FoundThing>(high: high, low: low) }
}
