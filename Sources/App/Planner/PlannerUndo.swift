import Domain
import HTML
import Postgres
import Web

/// What one press did to several things, kept for a day as it was before (RULES 8.26). It puts back each thing whose revision is still the one that
/// the press left, names those that changed since, and cannot be undone itself.
enum PlannerUndo {
  /// How long something can be taken back.
  static let hours = 24

  /// Bytes of the address of the page that shows the result.
  private static let longestBack = 200

  /// A list of long words has an address that is longer than what is kept.
  static func kept(_ back: Path) -> Path { back.text.utf8.count <= longestBack ? back : Paths.tasks }

  /// What every undo begins with: behind it stands a SELECT from `changes` on, a JSON array with an object for each thing.
  ///
  /// - Parameter back: the page that shows the result.
  static func inserting(_ id: ID<PlannerUndo>, back: Path, _ writing: PlannerWriting) -> SQL {
    """
    INSERT INTO undos (id, user_id, at, expires_at, back, changes)
    SELECT \(id), \(writing.person.id), \(writing.now), \(writing.now.advanced(hours: hours)), \(kept(back).text),
    """
  }

  /// What keeps how tasks are: ask before the one statement that changes each of them once.
  ///
  /// - Parameter back: the page that shows the result.
  static func keeping(tasks ids: [ID<Task>], back: Path, _ writing: PlannerWriting) -> (id: ID<PlannerUndo>, path: Path, sql: SQL) {
    let id = ID<PlannerUndo>.new(at: writing.now)
    let sql: SQL = """
      \(inserting(id, back: back, writing))
        jsonb_agg(jsonb_build_object('kind', 'task', 'id', t.id, 'revision', t.revision + 1, 'status', t.status, 'started_at', t.started_at,
          'completed_at', t.completed_at, 'archived_at', t.archived_at, 'deferred_until', t.deferred_until, 'wake_at', t.wake_at,
          'priority', t.priority))
      FROM tasks t WHERE t.id = ANY (\(ids)) AND t.user_id = (SELECT me()) HAVING count(*) > 0
      """
    return (id, Paths.undo(id), sql)
  }

  /// What keeps links that are taken away: ask before they are.
  static func keeping(links ids: [ID<EntityLink>], back: Path, _ writing: PlannerWriting) -> (path: Path, sql: SQL) {
    let id = ID<PlannerUndo>.new(at: writing.now)
    let sql: SQL = """
      \(inserting(id, back: back, writing))
        jsonb_agg(jsonb_build_object('kind', 'link', 'type', l.type, 'from', l.from_kind || ':' || l.from_id, 'to', l.to_kind || ':' || l.to_id))
      FROM entity_links l WHERE l.id = ANY (\(ids)) AND l.user_id = (SELECT me()) HAVING count(*) > 0
      """
    return (Paths.undo(id), sql)
  }

  /// What came of it.
  struct Outcome {
    let back: Path
    /// How many things are as they were.
    let undone: Int
    /// What those are called that changed since.
    let kept: [String]
    /// What links led to that were left off.
    let dropped: [String]
  }

  /// Takes it back, once.
  ///
  /// - Parameter others: puts back the kinds of features above (``Feature/takesBack``).
  /// - Throws: ``Failure/notFound`` for one of somebody else's; ``UndoRefusal``.
  static func takeBack(
    _ id: ID<PlannerUndo>, _ writing: PlannerWriting, others: () throws -> (undone: Int, kept: [String]) = { (0, []) }
  ) throws -> Outcome {
    try writing.lock()
    let found: (String, Bool, Bool)? = try writing.db.row(
      Query(
        tuple: """
          SELECT back, undone_at IS NOT NULL, expires_at <= \(writing.now) FROM undos WHERE id = \(id) AND user_id = (SELECT me()) FOR UPDATE
          """))
    guard let (back, isUndone, isOver) = found else { throw Failure.notFound }
    if isUndone { throw UndoRefusal.already }
    if isOver { throw UndoRefusal.over }
    let tasks = try TaskUndo.takeBack(id, writing)
    let links = try LinkUndo.takeBack(id, writing)
    let plan = try PlanUndo.takeBack(id, writing)
    let bulk = try TaskBulkUndo.takeBack(id, writing)
    let rest = try others()
    let undone = tasks.undone + links.undone + plan.undone + bulk.undone + rest.undone
    if undone == 0 { throw UndoRefusal.nothing }
    try writing.db.queue(["UPDATE undos SET undone_at = \(writing.now) WHERE id = \(id) AND user_id = (SELECT me())"])
    return Outcome(
      back: Path(checking: back) ?? Paths.tasks, undone: undone, kept: tasks.kept + links.kept + plan.kept + rest.kept,
      dropped: bulk.dropped)
  }
}

/// The button beside what a press said.
enum Undos {
  /// POST /undo/:undo
  static func takeBack(_ web: Context, _ id: ID<PlannerUndo>) throws -> Change {
    let outcome = try takeBackOwn(web, id) ?? takeBackKept(web, id)
    var says = web.words.count("{n} thing is as it was.", "{n} things are as they were.", outcome.undone)
    if !outcome.kept.isEmpty {
      let names = outcome.kept.prefix(5).map { "“\($0)”" }.joined(separator: ", ")
      says += " " + web.words("Left, for it changed since: {names}.", ["names": names])
    }
    if !outcome.dropped.isEmpty { says += " " + LinkLoss.says(outcome.dropped, web.words) }
    let (undone, kept) = (String(outcome.undone), String(outcome.kept.count))
    let entry = AuditEntry("undo.taken", "undo", id.text, ["undone": undone, "kept": kept])
    let facts: KeyValuePairs = ["undone": undone, "kept": kept, "dropped-links": String(outcome.dropped.count)]
    return Change(to: outcome.back, says: says, facts: facts, did: [entry])
  }

  /// What a feature keeps itself, for longer (``Feature/takesBackOwn``); nil: none does.
  private static func takeBackOwn(_ web: Context, _ id: ID<PlannerUndo>) throws -> PlannerUndo.Outcome? {
    for feature in features {
      guard let (back, undone, kept) = try feature.takesBackOwn(id, web) else { continue }
      return PlannerUndo.Outcome(back: back, undone: undone, kept: kept, dropped: [])
    }
    return nil
  }

  private static func takeBackKept(_ web: Context, _ id: ID<PlannerUndo>) throws -> PlannerUndo.Outcome {
    try PlannerUndo.takeBack(id, web.plannerWriting) {
      try features.reduce(into: (undone: 0, kept: [])) { sum, feature in
        let (undone, kept) = try feature.takesBack(id, web)
        sum.undone += undone
        sum.kept += kept
      }
    }
  }
}

/// Why something cannot be taken back.
enum UndoRefusal: Refusal, Equatable {
  case already, over, nothing

  func sentence(_ words: Words) -> String {
    switch self {
    case .already: words("This was taken back already.")
    case .over: words("This can be taken back for 24 hours, and they are over.")
    case .nothing: words("Nothing is left to take back: all of it changed since.")
    }
  }
}
