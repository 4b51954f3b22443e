import Domain
import Postgres

/// Whose week is read, and which.
struct WeekReader {
  let user: ID<User>
  let calendar: HabitCalendar
  let week: PersonWeek

  /// When the week begins, and when the next one does.
  fileprivate var stretch: Range<Instant> { calendar.start(of: week.first)..<calendar.start(of: week.next.first) }
}

/// For which weeks something is asked.
enum WeekSpan {
  /// Those that are read.
  case of([WeekReader])
  /// All that may go on at an instant, wherever the person lives and whenever their week and their days begin: who they are comes in the same round
  /// trip. What belongs to another week is left out when it is known which it is.
  case around(Instant)

  /// A row `t` each: whose it is, between which instants it lies, between which dates it begins, and between which dates lies the next.
  var rows: SQL {
    switch self {
    case .of(let readers):
      let (weeks, stretches) = (readers.map(\.week), readers.map(\.stretch))
      return .rows(
        .each("user_id", readers.map(\.user)), .each("begin_at", stretches.map(\.lowerBound)), .each("end_at", stretches.map(\.upperBound)),
        .each("first", weeks.map(\.first)), .each("latest", weeks.map(\.first)), .each("next_first", weeks.map(\.next.first)),
        .each("next_last", weeks.map(\.next.last)))
    case .around(let now):
      let today = Zone.utc.local(now).day
      return """
        (SELECT (SELECT me()) AS user_id, \(now.advanced(days: -10)) AS begin_at, \(now.advanced(days: 10)) AS end_at,
          \(today.advanced(by: -8)) AS first, \(today.advanced(by: 2)) AS latest, \(today.advanced(by: -1)) AS next_first,
          \(today.advanced(by: 16)) AS next_last) t
        """
    }
  }
}

/// A tick, with the date it belongs to.
struct WeekTick {
  let habit: ID<Habit>
  let date: Day
  let tickedAt: Instant
}

/// A goal that moved in a week.
struct MovedGoal {
  let id: ID<Goal>
  let title: String
  let isCompleted: Bool
  /// How many of its steps were done.
  let steps: Int
}

/// When a goal and its steps were done.
struct GoalMoves {
  let user: ID<User>
  let id: ID<Goal>
  let title: String
  let completedAt: Instant?
  let steps: [Instant]?

  /// Nil: nothing of it in this week.
  func moved(in stretch: Range<Instant>) -> MovedGoal? {
    let (isCompleted, steps) = (completedAt.map(stretch.contains) ?? false, (steps ?? []).count(where: stretch.contains))
    return isCompleted || steps > 0 ? MovedGoal(id: id, title: title, isCompleted: isCompleted, steps: steps) : nil
  }
}

/// A goal whose last day lies in the next week.
struct DueGoal {
  let user: ID<User>
  let id: ID<Goal>
  let title: String
  let deadline: Day
}

/// Everything that reviews are reckoned from, of one person or of as many as get a mail together: the same few queries.
struct ReviewRows {
  private let habits: [ID<User>: [Habit]]
  private let ticks: [ID<Habit>: [WeekTick]]
  private let moved: [ID<User>: [GoalMoves]]
  private let due: [ID<User>: [DueGoal]]
  private let said: [ID<User>: [WeekSaid]]

  /// One round trip for them all.
  static func reading(_ readers: [WeekReader]) -> Reading<Found> {
    Reading(
      rows: Habit.week(of: readers), WeekTick.query(readers), GoalMoves.query(.of(readers)), DueGoal.query(.of(readers)),
      WeekSaid.query(.of(readers)))
  }

  /// What is read of the week that goes on beside what is kept of habits.
  static func readingGoals(around now: Instant) -> Reading<Goals> {
    let span = WeekSpan.around(now)
    return Reading(rows: GoalMoves.query(span), DueGoal.query(span), WeekSaid.query(span))
  }

  /// What is read of those habits of which nothing is kept.
  static func reading(_ ids: [ID<Habit>], of reader: WeekReader) -> Reading<([Habit], [WeekTick])> {
    Reading(rows: Habit.week(of: [reader], only: ids), WeekTick.query([reader]))
  }

  typealias Goals = ([GoalMoves], [DueGoal], [WeekSaid])
  typealias Found = ([Habit], [WeekTick], [GoalMoves], [DueGoal], [WeekSaid])

  /// - Parameters:
  ///   - found: what ``reading(_:)`` read.
  ///   - readAgain: reads habits whole, those whose stored past does not fit any more: as a rule there are none.
  init(_ found: Found, of readers: [WeekReader], readAgain: (Query<Habit>) throws -> [Habit]) throws {
    let known = Dictionary(readers.map { ($0.user, $0) }) { $1 }
    let stale = found.0.filter { habit in known[habit.user].map { !$0.calendar.isEnough(habit, from: $0.week.first) } ?? false }.map(\.id)
    let mended = stale.isEmpty ? [] : try readAgain(Habit.whole(stale, of: readers.map(\.user)))
    let whole = Dictionary(mended.map { ($0.id, $0) }) { $1 }
    habits = Dictionary(grouping: found.0.map { whole[$0.id] ?? $0 }, by: \.user)
    ticks = Dictionary(grouping: found.1, by: \.habit)
    moved = Dictionary(grouping: found.2, by: \.user)
    due = Dictionary(grouping: found.3, by: \.user)
    said = Dictionary(grouping: found.4, by: \.user)
  }

  /// One person's review.
  ///
  /// - Parameter known: of the habits that were not read.
  func review(of reader: WeekReader, known: [WeekPart] = []) -> WeekReview {
    var parts = parts(of: reader)
    if !known.isEmpty {
      let all = parts + known
      // Places are sorted and not parts, each of which is a dozen arrays.
      let order = all.indices.sorted { one, other in
        let (one, other) = ((all[one].position, all[one].habit), (all[other].position, all[other].habit))
        return one.0 == other.0 ? one.1 < other.1 : one.0 < other.0
      }
      parts = order.map { all[$0] }
    }
    let (stretch, week) = (reader.stretch, reader.week)
    return WeekReview(
      reader, parts, moved: (moved[reader.user] ?? []).compactMap { $0.moved(in: stretch) },
      due: (due[reader.user] ?? []).filter { week.next.days.contains($0.deadline) },
      said: said[reader.user]?.first { $0.date == week.first })
  }

  /// What the habits that were read add to it, in the person's order.
  func parts(of reader: WeekReader) -> [WeekPart] {
    (habits[reader.user] ?? []).map { habit in
      WeekPart(habit, reader.calendar.history(of: habit), reader, ticks: ticks[habit.id] ?? [])
    }
  }
}

extension WeekTick {
  fileprivate static func query(_ readers: [WeekReader]) -> Query<WeekTick> {
    Query(
      """
      SELECT d.habit_id AS habit, d.date, d.ticked_at
      FROM \(SQL.rows(.each("user_id", readers.map(\.user)), .each("first", readers.map(\.week.first)), .each("last", readers.map(\.week.last))))
      JOIN habit_days d ON d.user_id = t.user_id AND d.date BETWEEN t.first AND t.last
      WHERE d.state = 'done' AND d.source <> 'import'
      """, into: WeekTick.init)
  }
}

extension GoalMoves {
  fileprivate static func query(_ span: WeekSpan) -> Query<GoalMoves> {
    Query(
      """
      SELECT g.user_id, g.id, g.title, g.completed_at, array_agg(s.completed_at) FILTER (WHERE s.id IS NOT NULL) AS steps
      FROM \(span.rows) JOIN goals g ON g.user_id = t.user_id AND g.deleted_at IS NULL
      LEFT JOIN goal_subtasks s ON s.goal_id = g.id AND s.user_id = g.user_id AND s.deleted_at IS NULL
        AND s.completed_at >= t.begin_at AND s.completed_at < t.end_at
      GROUP BY g.id, t.begin_at, t.end_at
      HAVING count(s.id) > 0 OR g.completed_at >= t.begin_at AND g.completed_at < t.end_at
      ORDER BY lower(g.title), g.id
      """, into: GoalMoves.init)
  }
}

extension DueGoal {
  fileprivate static func query(_ span: WeekSpan) -> Query<DueGoal> {
    Query(
      """
      SELECT g.user_id, g.id, g.title, g.deadline FROM \(span.rows)
      JOIN goals g ON g.user_id = t.user_id AND g.deadline BETWEEN t.next_first AND t.next_last
      WHERE g.status = 'active' AND g.deleted_at IS NULL ORDER BY g.deadline, g.id
      """, into: DueGoal.init)
  }
}

extension Habit {
  fileprivate static func week(of readers: [WeekReader], only ids: [ID<Habit>]? = nil) -> Query<Habit> {
    // Who gets a mail together gets it about weeks that begin within a day or two of each other.
    let first = readers.map(\.week.first).min() ?? .last
    let chosen: SQL = ids.map { "AND h.id = ANY (\($0))" } ?? ""
    return all("h.user_id = ANY (\(readers.map(\.user))) \(chosen) \(Habit.inOrder)", .week(first))
  }

  fileprivate static func whole(_ ids: [ID<Habit>], of users: [ID<User>]) -> Query<Habit> {
    all("h.id = ANY (\(ids)) AND h.user_id = ANY (\(users)) \(Habit.inOrder)", .whole)
  }
}
