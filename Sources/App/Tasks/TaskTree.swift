import Domain
import Postgres

/// A place among siblings.
enum TaskPlace {
  /// From 1; any number means one of those there are.
  case position(Int)
  case after(ID<Task>)
}

/// Where tasks stand below each other (RULES 8.2, 8.20, 8.23).
struct TaskTree {
  let commands: TaskCommands

  private var task: Task { commands.task }
  private var writing: PlannerWriting { commands.writing }

  /// The position behind the subtasks of a parent, for a task that is not there yet.
  ///
  /// - Throws: ``TaskRefusal`` for a parent that is missing, in the trash or somebody else's, one that is full, and one that stands too deep.
  static func place(under parent: ID<Task>, for id: ID<Task>, _ writing: PlannerWriting) throws -> Int {
    let last = try TaskTree.last(under: parent, writing)
    let graph = try PlannerReach.graph(behind: [ThingRef(.task, of: parent).id], writing.db)
    if !graph.fits(ThingRef(.task, of: id).id, under: ThingRef(.task, of: parent).id) { throw TaskRefusal.tooDeep }
    return last + 1
  }

  /// Moves the task.
  ///
  /// - Parameters:
  ///   - parent: nil: to the top.
  ///   - place: among its siblings there; nil: as it is, or the last. At the top there is none.
  /// - Returns: the entries, and what links led to that say nothing more there.
  func move(to parent: ID<Task>?, _ place: TaskPlace?) throws -> TaskOutcome {
    let dropped = parent == task.parent ? [] : try put(under: parent)
    let isPlaced = try parent.map { try self.place(at: place, under: $0) } ?? false
    if parent == task.parent, !isPlaced { return TaskOutcome() }
    var outcome = try commands.did("task.moved", [task.id])
    outcome.dropped = dropped
    return outcome
  }

  /// Puts it under another parent, as the last; nil: to the top. Links that the tree says by itself from then on go.
  ///
  /// - Returns: what those led to.
  func put(under parent: ID<Task>?) throws -> [String] {
    guard let parent else {
      try write(nil, 0)
      return []
    }
    let (child, above) = (task.ref.id, ThingRef(.task, of: parent).id)
    if child == above { throw TaskRefusal.circle(try PlannedThing.chain([child, above], writing.db)) }
    let last = try TaskTree.last(under: parent, writing)
    let graph = try PlannerReach.graph(without: [], writing.db)
    if let circle = graph.circle(closedByPutting: child, under: above) {
      throw TaskRefusal.circle(try PlannedThing.chain(circle, writing.db))
    }
    if !graph.fits(child, under: above) { throw TaskRefusal.tooDeep }
    try TaskSeriesWrites(writing: writing).refuse(task.id, under: parent)
    let dropped = try LinkCommands(writing: writing).drop(from: [above] + graph.above(above), to: graph.below(child))
    try write(parent, last + 1)
    return dropped
  }

  private func write(_ parent: ID<Task>?, _ position: Int) throws {
    try writing.db.queue([
      """
      UPDATE tasks SET parent_id = \(parent), position = \(position), updated_at = \(writing.now) WHERE id = \(task.id) AND user_id = (SELECT me())
      """
    ])
  }

  /// - Returns: whether anything moved.
  private func place(at place: TaskPlace?, under parent: ID<Task>) throws -> Bool {
    guard let place else { return false }
    let siblings = try TaskTree.order(under: parent, writing)
    var order = siblings.filter { $0 != task.id }
    switch place {
    case .position(let number): order.insert(task.id, at: min(max(number, 1) - 1, order.count))
    case .after(let sibling):
      guard let index = order.firstIndex(of: sibling) else { throw TaskRefusal.noParent }
      order.insert(task.id, at: index + 1)
    }
    try writing.db.queue(TaskWrites.placing(order, writing))
    return order != siblings
  }

  /// The subtasks of a parent in their order.
  static func order(under parent: ID<Task>, _ writing: PlannerWriting) throws(PostgresError) -> [ID<Task>] {
    try writing.db.rows(
      Query(
        column: """
          SELECT id FROM tasks WHERE user_id = (SELECT me()) AND parent_id = \(parent) AND deleted_at IS NULL ORDER BY position, id
          """))
  }

  /// The last position below a parent.
  private static func last(under parent: ID<Task>, _ writing: PlannerWriting) throws -> Int {
    let found: (Int, Int)? = try writing.db.row(
      Query(
        tuple: """
          SELECT count(c.id), coalesce(max(c.position), 0) FROM tasks t
          LEFT JOIN tasks c ON c.parent_id = t.id AND c.user_id = t.user_id AND c.deleted_at IS NULL
          WHERE t.id = \(parent) AND t.user_id = (SELECT me()) AND t.deleted_at IS NULL GROUP BY t.id
          """))
    guard let (count, last) = found else { throw TaskRefusal.noParent }
    if count >= Task.mostSubtasks { throw TaskRefusal.tooMany }
    return last
  }
}
