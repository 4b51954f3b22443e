import Domain
import HTML
import Postgres

/// The goal that the form of a task shows: the one that it has supported longest. Others are linked and taken away on its page.
struct TaskGoal {
  let link: ID<EntityLink>
  let id: ID<Thing>
  let title: String

  static func of(_ task: ID<Task>?) -> Query<TaskGoal> {
    Query(
      """
      SELECT l.id AS link, g.id, g.title FROM entity_links l
      JOIN goals g ON g.id = l.to_id AND g.user_id = l.user_id AND g.deleted_at IS NULL
      WHERE l.user_id = (SELECT me()) AND l.from_id = \(task)::uuid AND l.type = 'supports_goal' ORDER BY l.created_at, l.id LIMIT 1
      """, into: TaskGoal.init)
  }
}

extension TaskCommands {
  /// Supports a goal in place of the one that its form showed; nil: none.
  ///
  /// - Throws: ``Failure/notFound`` for a goal that is missing, in the trash or somebody else's.
  func support(_ goal: ID<Goal>?) throws -> [AuditEntry] {
    let known = try writing.db.row(TaskGoal.of(task.id))
    let asked = goal.map { ThingRef(.goal, of: $0) }
    if known?.id == asked?.id { return [] }
    let links = LinkCommands(writing: writing)
    var entries: [AuditEntry] = []
    if let asked { entries += try links.make(.supportsGoal, from: task.ref, to: asked).entries }
    if let known { entries += try links.delete(known.link, back: Paths.task(task.id)).outcome.entries }
    return entries
  }
}
