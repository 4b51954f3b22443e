import Domain
import Postgres

/// Whose week is read, and which.
struct WeekReader {
  let user: ID<User>
  let calendar: HabitCalendar
  let week: PersonWeek

  /// When the week begins, and when the next one does.
  fileprivate var stretch: (begin: Instant, end: Instant) { (calendar.start(of: week.first), calendar.start(of: week.next.first)) }
}

/// A tick, with the date it belongs to.
struct WeekTick {
  let habit: ID<Habit>
  let date: Day
  let tickedAt: Instant
}

/// A goal that moved in a week.
struct MovedGoal {
  let user: ID<User>
  let id: ID<Goal>
  let title: String
  let isCompleted: Bool
  /// How many of its steps were done.
  let steps: Int
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
  private let moved: [ID<User>: [MovedGoal]]
  private let due: [ID<User>: [DueGoal]]
  private let said: [ID<User>: [WeekSaid]]

  /// One round trip for them all.
  ///
  /// - Parameter ids: of these habits alone, of one person; of the others what was reckoned is known.
  static func reading(_ readers: [WeekReader], only ids: [ID<Habit>]? = nil) -> Reading<Found> {
    guard let ids else {
      return Reading(
        rows: Habit.week(of: readers), WeekTick.query(readers), MovedGoal.query(readers), DueGoal.query(readers), WeekSaid.query(readers))
    }
    if ids.isEmpty {
      return Reading(rows: MovedGoal.query(readers), DueGoal.query(readers), WeekSaid.query(readers)).map { ([], [], $0.0, $0.1, $0.2) }
    }
    return Reading(
      rows: Habit.week(of: readers, only: ids), WeekTick.query(readers), MovedGoal.query(readers), DueGoal.query(readers),
      WeekSaid.query(readers))
  }

  typealias Found = ([Habit], [WeekTick], [MovedGoal], [DueGoal], [WeekSaid])

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
      parts = (parts + known).sorted { $0.position == $1.position ? $0.habit.text < $1.habit.text : $0.position < $1.position }
    }
    return WeekReview(
      reader, parts, moved: moved[reader.user] ?? [], due: due[reader.user] ?? [], said: said[reader.user]?.first)
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

extension MovedGoal {
  fileprivate static func query(_ readers: [WeekReader]) -> Query<MovedGoal> {
    let stretches = readers.map(\.stretch)
    return Query(
      """
      SELECT g.user_id, g.id, g.title, coalesce(g.completed_at >= t.begin_at AND g.completed_at < t.end_at, false) AS is_completed,
        count(s.id) AS steps
      FROM \(SQL.rows(.each("user_id", readers.map(\.user)), .each("begin_at", stretches.map(\.begin)), .each("end_at", stretches.map(\.end))))
      JOIN goals g ON g.user_id = t.user_id AND g.deleted_at IS NULL
      LEFT JOIN goal_subtasks s ON s.goal_id = g.id AND s.user_id = g.user_id AND s.deleted_at IS NULL
        AND s.completed_at >= t.begin_at AND s.completed_at < t.end_at
      GROUP BY g.id, t.begin_at, t.end_at
      HAVING count(s.id) > 0 OR g.completed_at >= t.begin_at AND g.completed_at < t.end_at
      ORDER BY lower(g.title), g.id
      """, into: MovedGoal.init)
  }
}

extension DueGoal {
  fileprivate static func query(_ readers: [WeekReader]) -> Query<DueGoal> {
    let next = readers.map(\.week.next)
    return Query(
      """
      SELECT g.user_id, g.id, g.title, g.deadline
      FROM \(SQL.rows(.each("user_id", readers.map(\.user)), .each("first", next.map(\.first)), .each("last", next.map(\.last))))
      JOIN goals g ON g.user_id = t.user_id AND g.deadline BETWEEN t.first AND t.last
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
