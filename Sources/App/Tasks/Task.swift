import Domain
import Postgres

/// Something that somebody has to do, as stored (RULES 8.1, 8.2), with what is counted of its subtasks.
struct Task {
  let id: ID<Task>
  let title: String
  /// Markdown.
  let notes: String
  let status: TaskStatus
  /// 1 is first.
  let priority: Int?
  let impact: Int?
  let due: Day?
  /// Where it has a time.
  let dueAt: Instant?
  /// Minutes.
  let estimate: Int?
  let spent: Int
  let parent: ID<Task>?
  /// Among its siblings, from 1; 0 at the top.
  let position: Int
  /// nil of a deferred one: someday.
  let deferredUntil: Day?
  /// How many things that are not over it waits for.
  let openBlockers: Int
  let series: ID<TaskSeries>?
  let seriesNo: Int?
  let passedOver: Int
  let isPrivate: Bool
  /// Who does it; nil: nobody has said.
  let assignee: ID<KnownPerson>?
  let startedAt: Instant?
  let completedAt: Instant?
  let archivedAt: Instant?
  let createdAt: Instant
  let updatedAt: Instant
  let version: Int
  let revision: Int
  /// In the order of their letters.
  let tags: [String]
  /// How many subtasks are closed, and how many there are: those right below it.
  let below: [Int]
  /// Of its series (``TaskSeries``); nil: it stands alone.
  let rule: String?
  let repeatFrom: TaskRepeat.From?
  let firstDay: Day?
  /// Whether what it stands right below is closed.
  let isUnderClosed: Bool
  /// What they are called; nil: nobody does it, or they are in the trash.
  let assigneeName: String?

  /// What it is about, for the audit log.
  static let subject = "task"
  /// How many subtasks a task has at most.
  static let mostSubtasks = 1_000

  private static let columns: Columns = """
    t.status, t.priority, t.impact, t.due, t.due_at, t.estimate, t.spent, t.parent_id, t.position, t.deferred_until,
    t.open_blockers, t.series_id, t.series_no, t.passed_over, t.private, t.assignee_id, t.started_at, t.completed_at, t.archived_at, t.created_at,
    t.updated_at, t.version, t.revision
    """

  private static let counted: SQL = """
    ARRAY(SELECT g.tag FROM tags g WHERE g.thing = t.id AND g.user_id = t.user_id ORDER BY g.tag_norm) AS tags,
    (SELECT ARRAY[count(*) FILTER (WHERE c.status IN ('done', 'cancelled')), count(*)]
      FROM tasks c WHERE c.user_id = t.user_id AND c.parent_id = t.id AND c.deleted_at IS NULL) AS below,
    CASE WHEN t.series_id IS NOT NULL THEN (SELECT r.rule FROM task_repeats r WHERE r.series_id = t.series_id AND r.user_id = t.user_id) END
      AS rule,
    CASE WHEN t.series_id IS NOT NULL THEN (SELECT r.repeat_from FROM task_repeats r WHERE r.series_id = t.series_id AND r.user_id = t.user_id) END
      AS repeat_from,
    CASE WHEN t.series_id IS NOT NULL THEN (SELECT r.first_day FROM task_repeats r WHERE r.series_id = t.series_id AND r.user_id = t.user_id) END
      AS first_day,
    t.parent_id IS NOT NULL AND EXISTS (SELECT FROM tasks p WHERE p.id = t.parent_id AND p.user_id = t.user_id AND p.status IN ('done', 'cancelled'))
      AS under_closed,
    CASE WHEN t.assignee_id IS NOT NULL THEN (SELECT h.name FROM people h WHERE h.id = t.assignee_id AND h.user_id = t.user_id AND h.deleted_at IS NULL)
      END AS assignee_name
    """

  /// Tasks of the person that the transaction is for; those in the trash are not there.
  ///
  /// - Parameter which: a condition on `t`, and their order.
  static func mine(_ which: SQL) -> Query<Task> {
    Query(
      "SELECT t.id, t.title, t.notes, \(columns), \(counted) FROM tasks t WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND \(which)",
      into: Task.init)
  }

  /// The same for lists, which show no notes: they are empty here.
  static func listed(_ which: SQL) -> Query<Task> {
    Query(
      "SELECT t.id, t.title, '' AS notes, \(columns), \(counted) FROM tasks t WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND \(which)",
      into: Task.init)
  }

  /// Subtasks that are closed, of all ``subtasks``.
  var closed: Int { below.first ?? 0 }
  var subtasks: Int { below.last ?? 0 }

  /// As links and events name it.
  var ref: ThingRef { ThingRef(.task, of: id) }

  /// nil: whenever.
  var dueTime: Due? { due.map { Due(day: $0, at: dueAt) } }

  /// Whether something is in its way that is not over.
  var isBlocked: Bool { openBlockers > 0 && status.canBeBlocked && archivedAt == nil }

  var isArchived: Bool { archivedAt != nil }

  /// How it comes again; nil: not at all, or by a rule of a newer program.
  var repeats: TaskRepeat? {
    guard let rule, let firstDay, let repeatFrom else { return nil }
    return TaskRepeat(rule: rule, first: firstDay, from: repeatFrom)
  }
}
