import Domain
import HTML
import Postgres
import Web

/// What was deleted and is not gone yet: looked at, brought back, gone for good (RULES 8.9, 8.26).
enum Trash {
  /// GET /trash
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try TrashFilter(query, words) }
    let page: PageOf<TrashedThing> = PageOf(try web.read(TrashedThing.page(filter)))
    let tasks = page.rows.filter { $0.kind == .task && $0.below > 0 }.map(\.id)
    let below: [TrashedBelow] = tasks.isEmpty ? [] : try web.read(TrashedBelow.of(tasks))
    return web.list(try TrashPage(page, below, filter, web))
  }

  /// GET /trash/purge: asks before all of it goes.
  static func ask(_ web: Context) throws -> Response {
    let count: Int? = try web.read(Query(column: "SELECT count(*) FROM (\(TrashKind.all())) x", as: Int.self)).first
    return web.page(try TrashPurgePage(count ?? 0, web))
  }

  /// How many go by one press: of tasks as many as a press on a list throws away, of each other kind what people throw away one by one.
  private static let (mostTasks, mostOthers) = (20_000, 500)

  /// POST /trash/purge
  static func empty(_ web: Context) throws -> Change {
    try web.plannerWriting.lock()
    var gone: Int = try web.db.value("SELECT door.purge_tasks(\(mostTasks))") ?? 0
    for kind in TrashKind.allCases where kind != .task {
      let ids: [ID<Trashed>] = try web.db.rows(Query(column: "SELECT x.id FROM (\(kind.rows)) x ORDER BY x.at, x.id LIMIT \(mostOthers)"))
      if ids.isEmpty { continue }
      let count: Int? = try web.db.value("SELECT coalesce(sum(\(kind.door)(x)), 0)::bigint FROM unnest(\(ids)) x")
      gone += count ?? 0
    }
    if gone == 0 { return Change(to: Paths.trash, says: web.words("The trash is empty already."), did: []) }
    return Change(
      to: Paths.trash, says: web.words.count("{n} thing is gone for good.", "{n} things are gone for good.", gone),
      did: [AuditEntry("trash.emptied", TrashedThing.subject, nil, ["things": String(gone)])])
  }

  // MARK: - One thing

  /// POST /trash/goal/:trashedGoal/restoration
  static func restoreGoal(_ web: Context, _ id: ID<Goal>) throws -> Change {
    _ = try find(.goal, id, web)
    return try Goals.restore(web, id)
  }

  /// POST /trash/habit/:trashedHabit/restoration
  static func restoreHabit(_ web: Context, _ id: ID<Habit>) throws -> Change {
    _ = try find(.habit, id, web)
    return try Habits.restore(web, id)
  }

  /// POST /trash/task/:trashedTask/purge
  static func purgeTask(_ web: Context, _ id: ID<Task>) throws -> Change { try purge(.task, id, web) }

  /// POST /trash/goal/:trashedGoal/purge
  static func purgeGoal(_ web: Context, _ id: ID<Goal>) throws -> Change { try purge(.goal, id, web) }

  /// POST /trash/habit/:trashedHabit/purge
  static func purgeHabit(_ web: Context, _ id: ID<Habit>) throws -> Change { try purge(.habit, id, web) }

  /// POST /trash/problem/:trashedProblem/purge
  static func purgeProblem(_ web: Context, _ id: ID<Problem>) throws -> Change { try purge(.problem, id, web) }

  /// POST /trash/deadline/:trashedDeadline/purge
  static func purgeDeadline(_ web: Context, _ id: ID<Deadline>) throws -> Change { try purge(.deadline, id, web) }

  /// POST /trash/person/:trashedPerson/purge
  static func purgePerson(_ web: Context, _ id: ID<KnownPerson>) throws -> Change { try purge(.person, id, web) }

  /// POST /trash/place/:trashedPlace/purge
  static func purgePlace(_ web: Context, _ id: ID<Place>) throws -> Change { try purge(.place, id, web) }

  /// POST /trash/event/:trashedEvent/purge
  static func purgeEvent(_ web: Context, _ id: ID<Event>) throws -> Change { try purge(.event, id, web) }

  /// Gone for good, with what went with it.
  private static func purge<Row>(_ kind: TrashKind, _ id: ID<Row>, _ web: Context) throws -> Change {
    try web.plannerWriting.lock()
    let thing = try kind == .task ? findTask(id, web) : find(kind, id, web).title
    let count: Int? = try web.db.value("SELECT \(kind.door)(\(id))")
    guard let count, count > 0 else { throw Failure.notFound }
    return Change(
      to: Paths.trash, says: web.words("“{title}” is gone for good.", ["title": thing]),
      did: [AuditEntry("trash.purged", TrashedThing.subject, id.text, ["things": String(count)])])
  }

  private static func find<Row>(_ kind: TrashKind, _ id: ID<Row>, _ web: Context) throws -> TrashedThing {
    _ = try web.person
    guard let thing = try web.db.row(TrashedThing.one(kind, ID(high: id.high, low: id.low))) else { throw Failure.notFound }
    return thing
  }

  /// What a task in the trash is called, one that went with another too.
  private static func findTask<Row>(_ id: ID<Row>, _ web: Context) throws -> String {
    let title: String? = try web.db.value(
      "SELECT title FROM tasks WHERE id = \(id) AND user_id = (SELECT me()) AND deletion_id IS NOT NULL")
    guard let title else { throw Failure.notFound }
    return title
  }
}
