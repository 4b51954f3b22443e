import Domain
import HTML
import Postgres
import Web

/// What a goal is about.
enum GoalCategory: String, CaseIterable, Bindable, FromColumn { case career, health, education, personal, finance, other }

/// Where a goal stands with its owner, as stored.
enum GoalStatus: String, CaseIterable, Bindable, FromColumn { case active, paused, completed, archived }

/// Something that somebody wants to reach, with what is counted of its steps.
struct Goal {
  let id: ID<Goal>
  let user: ID<User>
  let title: String
  let description: String
  let category: GoalCategory
  /// The last day on which it is in time.
  let deadline: Day?
  let status: GoalStatus
  /// Also of one that was archived after it was completed.
  let completedAt: Instant?
  let createdAt: Instant
  let version: Int
  let revision: Int
  let horizon: Horizon?
  let isPrivate: Bool
  /// Steps that are done, and all.
  let done: Int
  let steps: Int
  /// What those that are not done are estimated to take.
  let daysLeft: Int
  /// Tasks that support it and are done, and all; the same by their minutes.
  let tasksDone: Int
  let tasks: Int
  let minutesDone: Int
  let minutes: Int
  /// In the order of their letters.
  let tags: [String]

  /// What it is about, for the audit log.
  static let subject = "goal"

  private static let columns: Columns = """
    g.id, g.user_id, g.title, g.description, g.category, g.deadline, g.status, g.completed_at, g.created_at, g.version, g.revision,
    g.horizon, g.private, s.done, s.steps, s.days_left, k.tasks_done, k.tasks, k.minutes_done, k.minutes,
    ARRAY(SELECT x.tag FROM tags x WHERE x.thing = g.id AND x.user_id = g.user_id ORDER BY x.tag_norm) AS tags
    """

  private static let from: SQL = """
    goals g CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE status = 'completed') AS done, count(*) AS steps,
        coalesce(sum(estimated_days) FILTER (WHERE status <> 'completed'), 0) AS days_left
      FROM goal_subtasks WHERE goal_id = g.id AND user_id = g.user_id AND deleted_at IS NULL) s
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE t.status = 'done') AS tasks_done, count(*) AS tasks,
        coalesce(sum(coalesce(t.estimate, \(GoalCourse.Support.minutes))) FILTER (WHERE t.status = 'done'), 0)::bigint AS minutes_done,
        coalesce(sum(coalesce(t.estimate, \(GoalCourse.Support.minutes))), 0)::bigint AS minutes
      FROM entity_links l JOIN tasks t ON t.id = l.from_id AND t.user_id = l.user_id
      WHERE l.user_id = g.user_id AND l.to_id = g.id AND l.type = 'supports_goal' AND t.deleted_at IS NULL AND t.status <> 'cancelled'
        AND (t.archived_at IS NULL OR t.status = 'done')) k
    """

  /// Goals of the person that the transaction is for; those that were deleted are not there.
  ///
  /// - Parameter which: a condition on `g`, and their order.
  static func mine(_ which: SQL) -> Query<Goal> {
    Query(
      "SELECT \(columns) FROM \(from) WHERE g.user_id = (SELECT me()) AND g.deleted_at IS NULL AND \(which)", into: Goal.init)
  }

  /// As links and events name it.
  var ref: ThingRef { ThingRef(.goal, of: id) }

  /// How it stands on a date.
  func course(on today: Day) -> GoalCourse {
    GoalCourse(
      done: done, of: steps, support: GoalCourse.Support(done: minutesDone, of: minutes), deadline: deadline, isOpen: status == .active,
      today: today)
  }
}

/// A step of a goal.
struct Subtask {
  enum Status: String, CaseIterable, Bindable, FromColumn {
    case pending
    case inProgress = "in_progress"
    case completed
  }

  let id: ID<Subtask>
  let title: String
  let description: String
  let successCriteria: String
  let estimatedDays: Int?
  let status: Status
  let completedAt: Instant?
  let version: Int
  let revision: Int

  /// Those of a goal of the person that the transaction is for, in their order.
  static func of(_ goal: ID<Goal>) -> Query<Subtask> {
    Query(
      """
      SELECT id, title, description, success_criteria, estimated_days, status, completed_at, version, revision
      FROM goal_subtasks WHERE goal_id = \(goal) AND user_id = (SELECT me()) AND deleted_at IS NULL ORDER BY position
      """, into: Subtask.init)
  }
}

extension Subtask {
  /// The task that it becomes: with what it said, a day of its estimate as one of work.
  ///
  /// - Parameter day: how many minutes that has.
  func task(of goal: ID<Goal>, day: Int, _ words: Words) -> TaskDraft {
    let criteria = successCriteria.utf8.isEmpty ? nil : words("Done when:") + " " + successCriteria
    let notes = [description.utf8.isEmpty ? nil : description, criteria].compactMap(\.self).joined(separator: "\n\n")
    let estimate = estimatedDays.map { min($0 * day, WorkMinutes.range.upperBound) }
    return TaskDraft(title: title, notes: notes, estimate: estimate, goal: goal)
  }
}

/// A goal as the form of a habit offers it.
struct GoalChoice {
  let id: ID<Goal>
  let title: String
  /// Whether the habit serves it.
  let isServed: Bool

  /// Those that are active, and those that the habit serves already.
  static func offered(for habit: ID<Habit>?) -> Query<GoalChoice> {
    Query(
      """
      SELECT g.id, g.title, l.goal_id IS NOT NULL AS is_served
      FROM goals g LEFT JOIN habit_goals l ON l.goal_id = g.id AND l.user_id = g.user_id AND l.habit_id = \(habit)
      WHERE g.user_id = (SELECT me()) AND g.deleted_at IS NULL AND (g.status = 'active' OR l.goal_id IS NOT NULL)
      ORDER BY l.goal_id IS NULL, lower(g.title), g.id LIMIT 100
      """, into: GoalChoice.init)
  }
}

extension Habit {
  /// Which goals it serves from now on.
  ///
  /// - Parameter goals: of the person that the transaction is for; none twice.
  /// - Returns: whether that is another set than before.
  /// - Throws: ``FormErrors`` for one that is missing, deleted or somebody else's.
  static func serve(_ goals: [ID<Goal>], by habit: ID<Habit>, _ web: Context) throws -> Bool {
    let known: [ID<Goal>] = try web.db.rows(
      Query(column: "SELECT id FROM goals WHERE id = ANY (\(goals)) AND user_id = (SELECT me()) AND deleted_at IS NULL FOR SHARE"))
    if known.count < goals.count { throw FormErrors("goal", web.words("Choose one of your goals.")) }
    let removed: Int = try web.db.value("SELECT door.drop_habit_goals(\(habit), \(goals))") ?? 0
    let added = try web.db.run(
      """
      INSERT INTO habit_goals (habit_id, goal_id, user_id) SELECT \(habit), g, \(try web.person.id) FROM unnest(\(goals)) g ON CONFLICT DO NOTHING
      """)
    return removed + added > 0
  }
}
