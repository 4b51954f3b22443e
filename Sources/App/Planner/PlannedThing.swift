import Domain
import HTML
import Postgres

/// A thing of the planner or the context as links and lists of whatever kind name it. Those in the trash are not there.
struct PlannedThing {
  let kind: ThingKind
  let id: ID<Thing>
  let title: String
  /// As its table says it: `in_progress`, `completed`, `monitoring`; `archived`.
  let status: String
  /// Whether what waits for it waits still (RULES 8.19).
  let blocks: Bool

  var ref: ThingRef { ThingRef(kind, id) }

  /// The one with an id, of the person that the transaction is for, as a table of these columns: for `CROSS JOIN LATERAL`, so that it is found by its key
  /// whatever the person keeps.
  static func found(_ id: Columns) -> SQL {
    """
    (SELECT 'task' AS kind, t.id, t.title, CASE WHEN t.archived_at IS NULL THEN t.status ELSE 'archived' END AS status,
        t.status IN ('open', 'in_progress', 'deferred') AND t.archived_at IS NULL AS blocks
      FROM tasks t WHERE t.id = \(id) AND t.user_id = (SELECT me()) AND t.deleted_at IS NULL
    UNION ALL
    SELECT 'goal', g.id, g.title, g.status, g.status IN ('active', 'paused')
      FROM goals g WHERE g.id = \(id) AND g.user_id = (SELECT me()) AND g.deleted_at IS NULL
    UNION ALL
    SELECT 'problem', p.id, p.title, p.status, p.status = 'active'
      FROM problems p WHERE p.id = \(id) AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL
    UNION ALL
    SELECT 'deadline', d.id, d.title, d.status, false
      FROM deadlines d WHERE d.id = \(id) AND d.user_id = (SELECT me()) AND d.deleted_at IS NULL
    UNION ALL
    SELECT 'person', p.id, p.name, 'known', false FROM people p WHERE p.id = \(id) AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL
    UNION ALL
    SELECT 'place', p.id, p.name, 'known', false FROM places p WHERE p.id = \(id) AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL
    UNION ALL
    SELECT 'event', e.id, e.title, e.status, false FROM events e WHERE e.id = \(id) AND e.user_id = (SELECT me()) AND e.deleted_at IS NULL)
    """
  }

  /// Some of them, in no order.
  static func some(_ ids: [ID<Thing>]) -> Query<PlannedThing> {
    Query(
      "SELECT x.kind, x.id, x.title, x.status, x.blocks FROM unnest(\(ids)) AS i (id) CROSS JOIN LATERAL \(found("i.id")) x",
      into: PlannedThing.init)
  }

  /// Where its page is.
  var path: Path { ref.path }

  /// "Task", "Goal", "Person"…
  static func name(_ kind: ThingKind, _ words: Words) -> String {
    switch kind {
    case .task: words("Task")
    case .goal: words("Goal")
    case .problem: words("Problem")
    case .deadline: words("Deadline")
    case .person: words("Person")
    case .place: words("Place")
    case .event: words("Event")
    }
  }

  /// A path of them in titles, six at most: "A → B → C → A".
  static func chain(_ ids: [ID<Thing>], _ db: Connection) throws(PostgresError) -> String {
    let things = try db.rows(some(Array(Set(ids))))
    let titles = Dictionary(things.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    let shown = ids.count <= 7 ? ids : Array(ids.prefix(5)) + Array(ids.suffix(1))
    var names = shown.map { "“\(titles[$0] ?? "…")”" }
    if shown.count < ids.count { names.insert("…", at: 5) }
    return names.joined(separator: " → ")
  }
}

extension ThingRef {
  /// Where its page is.
  var path: Path {
    switch kind {
    case .task: Paths.task(row())
    case .goal: Paths.goal(row())
    case .problem: Paths.problem(row())
    case .deadline: Paths.deadline(row())
    case .person: Paths.person(row())
    case .place: Paths.place(row())
    case .event: Paths.event(row())
    }
  }
}
