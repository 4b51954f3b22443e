import Domain
import Postgres

/// What became of something in the plan of a day, as stored.
enum PlanState: String, Bindable, FromColumn { case shown, taken, dismissed }

/// A task as the plan of a day looks at it.
struct PlanRow {
  let id: ID<Task>
  let title: String
  let status: TaskStatus
  let priority: Int?
  let impact: Int?
  let due: Day?
  let dueAt: Instant?
  let estimate: Int?
  let openBlockers: Int
  let completedAt: Instant?
  let updatedAt: Instant
  /// nil: nobody has said anything of it.
  let state: PlanState?
  /// Into which it was taken, or from which it was dismissed.
  let day: Day?
  let blocks: Int
  let goals: Int
  let activeGoals: Int
  /// The earliest of the active goals'.
  let target: Day?

  /// What the plan is called among the places that show things.
  static let chat = "plan"

  /// All that the page of a day is made of, in no order: what was taken or dismissed, what may be suggested, what is due tomorrow, what was done. One
  /// statement, which compares some hundred tasks however many there are.
  static func query(_ moment: PlanMoment) -> Query<PlanRow> {
    let (today, tomorrow) = (moment.today, moment.today.advanced(by: 1))
    let begin = moment.clock.start(of: today)
    let free: SQL = "\(open) AND t.open_blockers = 0"
    return Query(
      """
      WITH picked AS MATERIALIZED (
        SELECT c.thing AS id, c.state, c.day FROM recent_context_items c
        WHERE c.user_id = (SELECT me()) AND c.chat = \(chat) AND c.state <> 'shown'
          AND (c.state = 'taken' AND c.day <= \(tomorrow) OR c.state = 'dismissed' AND c.day = \(today))
        ORDER BY c.day DESC, c.id LIMIT 200),
      own AS (
        SELECT t.id FROM (\(PlanSum.first(free, limit: "LIMIT 400"))) t WHERE t.id NOT IN (SELECT p.id FROM picked p)
        ORDER BY \(PlanSum.own(moment)) DESC, coalesce(t.due, 'infinity'), t.id LIMIT 60),
      chosen AS (
        SELECT id FROM picked UNION SELECT id FROM own UNION \(PlanSum.linked(free, limit: "LIMIT 150"))
        UNION (SELECT t.id FROM tasks t WHERE \(open) AND coalesce(t.due, 'infinity') = \(tomorrow)
          ORDER BY coalesce(t.due_at, 'infinity'), t.id LIMIT 20)
        UNION (SELECT t.id FROM tasks t WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.status = 'done' AND t.updated_at >= \(begin)
            AND t.completed_at >= \(begin) ORDER BY t.updated_at DESC, t.id DESC LIMIT 50))
      SELECT t.id, t.title, t.status, t.priority, t.impact, t.due, t.due_at, t.estimate, t.open_blockers, t.completed_at, t.updated_at,
        p.state, p.day, b.blocks, g.goals, g.active_goals, g.target
      FROM chosen i JOIN tasks t ON t.id = i.id AND t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.archived_at IS NULL
      LEFT JOIN picked p ON p.id = t.id \(PlanSum.hanging)
      """, into: PlanRow.init)
  }

  private static let open: SQL =
    "t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.archived_at IS NULL AND t.status IN ('open', 'in_progress')"

  var ref: ThingRef { ThingRef(.task, of: id) }
  var dueTime: Due? { due.map { Due(day: $0, at: dueAt) } }
  /// Whether it is to be done now.
  var isOpen: Bool { status.canBeBlocked }
}

extension DayPlan.Candidate where Key == ID<Task> {
  init(_ row: PlanRow, _ clock: HabitClock) {
    self.init(row.id, changed: clock.date(row.updatedAt))
    (due, priority, impact, blocks, estimate) = (row.dueTime, row.priority, row.impact, row.blocks, row.estimate)
    if row.activeGoals > 0 {
      goals = [PlanGoal(isActive: true, target: row.target)]
    } else if row.goals > 0 {
      goals = [PlanGoal(isActive: false, target: nil)]
    }
    (isStarted, isDeferred) = (row.status == .inProgress, row.status == .deferred)
    (isBlocked, isTaken, isDismissed) = (row.openBlockers > 0, row.state == .taken, row.state == .dismissed)
  }
}
