import Domain
import HTML
import Postgres
import Web

/// Marks the ids of things in the trash, of whatever kind.
enum Trashed {}

/// A kind of things that lies in the trash for a while before it is gone. A new one is a case here with a line in each place, its two routes, and
/// a function at the door that takes one out of it for good.
enum TrashKind: String, CaseIterable, FromColumn, Bindable {
  case task, goal, problem, deadline, person, place, event, habit

  func name(_ words: Words) -> String {
    switch self {
    case .task: words("Task")
    case .goal: words("Goal")
    case .problem: words("Problem")
    case .deadline: words("Deadline")
    case .person: words("Person")
    case .place: words("Place")
    case .event: words("Event")
    case .habit: words("Habit")
    }
  }

  /// How long it lies there (``Feature/retention``).
  var days: Int {
    switch self {
    case .task, .goal, .problem, .deadline, .person, .place, .event: 30
    case .habit: 1
    }
  }

  /// `door.purge_task(uuid)`: takes one out for good, with what went with it, and says how many went.
  var door: Columns {
    switch self {
    case .task: "door.purge_task"
    case .goal: "door.purge_goal"
    case .problem: "door.purge_problem"
    case .deadline: "door.purge_deadline"
    case .person: "door.purge_person"
    case .place: "door.purge_place"
    case .event: "door.purge_event"
    case .habit: "door.purge_habit"
    }
  }

  func restoration(_ id: ID<Trashed>) -> Path {
    switch self {
    case .task: "/trash/task/\(id)/restoration"
    case .goal: "/trash/goal/\(id)/restoration"
    case .problem: "/trash/problem/\(id)/restoration"
    case .deadline: "/trash/deadline/\(id)/restoration"
    case .person: "/trash/person/\(id)/restoration"
    case .place: "/trash/place/\(id)/restoration"
    case .event: "/trash/event/\(id)/restoration"
    case .habit: "/trash/habit/\(id)/restoration"
    }
  }

  func purge(_ id: ID<Trashed>) -> Path {
    switch self {
    case .task: "/trash/task/\(id)/purge"
    case .goal: "/trash/goal/\(id)/purge"
    case .problem: "/trash/problem/\(id)/purge"
    case .deadline: "/trash/deadline/\(id)/purge"
    case .person: "/trash/person/\(id)/purge"
    case .place: "/trash/place/\(id)/purge"
    case .event: "/trash/event/\(id)/purge"
    case .habit: "/trash/habit/\(id)/purge"
    }
  }

  /// What of it lies there, one row for each deletion: kind, id, title, when, and how many things went with it.
  var rows: SQL {
    switch self {
    case .task:
      """
      SELECT 'task' AS kind, t.id, t.title, d.at, (SELECT count(*) FROM tasks b WHERE b.deletion_id = d.id) - 1 AS below
      FROM deletions d JOIN tasks t ON t.deletion_id = d.id AND t.user_id = d.user_id
      WHERE d.user_id = (SELECT me()) AND NOT EXISTS (SELECT FROM tasks p WHERE p.id = t.parent_id AND p.deletion_id = d.id)
      """
    case .goal:
      """
      SELECT 'goal' AS kind, g.id, g.title, g.deleted_at AS at,
        (SELECT count(*) FROM goal_subtasks s WHERE s.goal_id = g.id AND s.deleted_at IS NULL) AS below
      FROM goals g WHERE g.user_id = (SELECT me()) AND g.deleted_at IS NOT NULL
      """
    case .problem:
      """
      SELECT 'problem' AS kind, p.id, p.title, p.deleted_at AS at, 0 AS below FROM problems p
      WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NOT NULL
      """
    // Those that went with their task come back with it.
    case .deadline:
      """
      SELECT 'deadline' AS kind, l.id, l.title, d.at, 0 AS below FROM deadlines l
      JOIN deletions d ON d.id = l.deletion_id AND d.user_id = l.user_id WHERE l.user_id = (SELECT me()) AND d.kind = 'deadline'
      """
    // Somebody who was merged into another comes back by taking that back.
    case .person:
      """
      SELECT 'person' AS kind, p.id, p.name AS title, p.deleted_at AS at, 0 AS below FROM people p
      WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NOT NULL AND p.merged_into IS NULL
      """
    case .place:
      """
      SELECT 'place' AS kind, p.id, p.name AS title, p.deleted_at AS at, 0 AS below FROM places p
      WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NOT NULL
      """
    // What went in one piece (the rest of a feed) stands once, by its first.
    case .event:
      """
      SELECT 'event' AS kind, e.id, e.title, d.at, (SELECT count(*) FROM events b WHERE b.deletion_id = d.id) - 1 AS below
      FROM deletions d JOIN events e ON e.deletion_id = d.id AND e.user_id = d.user_id
      WHERE d.user_id = (SELECT me()) AND d.kind = 'event' AND d.thing = e.id
      """
    case .habit:
      """
      SELECT 'habit' AS kind, h.id, h.name AS title, h.deleted_at AS at, 0 AS below FROM habits h
      WHERE h.user_id = (SELECT me()) AND h.status = 'deleted'
      """
    }
  }

  /// What lies in the trash, as a table of these columns.
  static func all(_ kinds: [TrashKind] = allCases) -> SQL {
    kinds.dropFirst().reduce(kinds.first?.rows ?? TrashKind.task.rows) { "\($0) UNION ALL \($1.rows)" }
  }
}

/// One deletion in the trash.
struct TrashedThing {
  let kind: TrashKind
  let id: ID<Trashed>
  let title: String
  let at: Instant
  /// How many things went with it.
  let below: Int

  /// What it is about, for the audit log.
  static let subject = "trash"

  /// When it goes for good.
  var goesAt: Instant { at.advanced(days: Int64(kind.days)) }

  /// A page of them, the newest first.
  static func page(_ filter: TrashFilter) -> Query<TrashedThing> {
    let behind: SQL =
      filter.after.map { "(x.at, x.id) < (SELECT a.at, a.id FROM (\(TrashKind.all())) a WHERE a.id = \($0))" } ?? "true"
    return Query(
      """
      SELECT x.kind, x.id, x.title, x.at, x.below FROM (\(TrashKind.all(filter.kinds))) x
      WHERE \(behind) AND (\(filter.search) = '' OR strpos(plain(x.title), plain(\(filter.search))) > 0)
      ORDER BY x.at DESC, x.id DESC LIMIT \(PageSize.read)
      """, into: TrashedThing.init)
  }

  static func one(_ kind: TrashKind, _ id: ID<Trashed>) -> Query<TrashedThing> {
    Query("SELECT x.kind, x.id, x.title, x.at, x.below FROM (\(kind.rows)) x WHERE x.id = \(id)", into: TrashedThing.init)
  }
}

/// What went with a task, which can come back alone.
struct TrashedBelow {
  let root: ID<Trashed>
  let id: ID<Trashed>
  let title: String

  /// Of how many of each deletion the page shows.
  static let shown = 20

  /// Those of some deletions, each in the order in which they were made.
  static func of(_ roots: [ID<Trashed>]) -> Query<TrashedBelow> {
    Query(
      """
      SELECT r.id AS root, b.id, b.title FROM unnest(\(roots)) AS x (id) JOIN tasks r ON r.id = x.id AND r.user_id = (SELECT me())
      CROSS JOIN LATERAL (SELECT t.id, t.title FROM tasks t
        WHERE t.deletion_id = r.deletion_id AND t.user_id = r.user_id AND t.id <> r.id ORDER BY t.id LIMIT \(shown)) b
      """, into: TrashedBelow.init)
  }
}

/// What the trash shows, as its address says.
struct TrashFilter {
  /// nil: all.
  let kind: TrashKind?
  let search: String
  let after: ID<Trashed>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    let text = read.raw("kind")
    kind = TrashKind.allCases.first { $0.rawValue.utf8.elementsEqual(text.utf8) }
    if kind == nil, !text.utf8.isEmpty { read.complain("kind", words("Choose one of the values offered.")) }
    search = read.line("q", 0...200)
    after = read.after()
    try read.finish()
  }

  var kinds: [TrashKind] { kind.map { [$0] } ?? TrashKind.allCases }

  var path: Path { path(kind) }

  func path(_ kind: TrashKind?) -> Path {
    Paths.trash.adding("kind", kind?.rawValue).adding("q", search.utf8.isEmpty ? nil : search)
  }
}
