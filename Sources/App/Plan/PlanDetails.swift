import Domain
import Postgres

/// What the plan of a day holds.
struct PlanDetails {
  let moment: PlanMoment
  let suggested: [Suggestion]
  /// Into this day, those that are to be done still.
  let taken: [PlanRow]
  /// What was taken into past days and left, under the day that it slipped from, the newest first.
  let slipped: [(day: Day, rows: [PlanRow])]
  /// On this day, the last first.
  let done: [PlanRow]
  /// Taken into the next day, or due on it.
  let tomorrow: [PlanRow]
  /// How many active goals have no task.
  let bareGoals: Int

  struct Suggestion {
    let row: PlanRow
    let line: DayPlan<ID<Task>>.Line
  }

  init(_ rows: [PlanRow], bareGoals: Int = 0, _ moment: PlanMoment) {
    (self.moment, self.bareGoals) = (moment, bareGoals)
    let today = moment.today
    let open = rows.filter(\.isOpen)
    let known = Dictionary(open.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let plan = DayPlan(
      open.map { DayPlan<ID<Task>>.Candidate($0, moment.clock) }, now: moment.now, clock: moment.clock, freeMinutes: moment.left.free)
    suggested = plan.lines.compactMap { line in known[line.key].map { Suggestion(row: $0, line: line) } }
    let planned = open.filter { $0.state == .taken }.sorted { PlanDetails.order($0, moment) < PlanDetails.order($1, moment) }
    taken = planned.filter { $0.day == today }
    let days = Set(planned.compactMap(\.day)).filter { $0 < today }.sorted { $0 > $1 }
    slipped = days.map { day in (day: day, rows: planned.filter { $0.day == day }) }
    let begin = moment.clock.start(of: today)
    done = rows.filter { row in row.completedAt.map { $0 >= begin } ?? false }
      .sorted { ($0.completedAt ?? .distantPast, $0.id) > ($1.completedAt ?? .distantPast, $1.id) }
    let next = today.advanced(by: 1)
    tomorrow = open.filter { $0.state == .taken && $0.day == next || $0.due == next && $0.day != today }
      .sorted { PlanDetails.order($0, moment) < PlanDetails.order($1, moment) }
  }

  private static func order(_ row: PlanRow, _ moment: PlanMoment) -> (Instant, Int, ID<Task>) {
    (row.dueTime?.end(moment.clock) ?? .distantFuture, row.priority ?? 5, row.id)
  }

  static func read(_ web: Context) throws -> PlanDetails {
    let person = try web.person
    let whole = PlanMoment(person, web.clock)
    let moment = whole.busy(try web.read(whole.taken(of: person)))
    let (rows, bare) = try web.read(PlanRow.query(moment), bareGoals)
    return PlanDetails(rows, bareGoals: bare.first ?? 0, moment)
  }

  private static var bareGoals: Query<Int> {
    Query(
      column: """
        SELECT count(*) FROM goals g WHERE g.user_id = (SELECT me()) AND g.deleted_at IS NULL AND g.status = 'active'
          AND NOT EXISTS (SELECT FROM entity_links l WHERE l.user_id = (SELECT me()) AND l.to_id = g.id AND l.type = 'supports_goal'
            AND l.from_kind = 'task')
        """)
  }

  /// Minutes of what was taken, of those that somebody has estimated.
  var planned: Int { taken.reduce(0) { $0 + ($1.estimate ?? 0) } }

  var isNothing: Bool { suggested.isEmpty && taken.isEmpty && slipped.isEmpty && done.isEmpty && tomorrow.isEmpty }
}
