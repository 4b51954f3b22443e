import Domain
import Postgres

/// What a message is about; the week is about neither.
enum CoachSubject {
  case habit(ID<Habit>)
  case goal(ID<Goal>)
  case week

  var habit: ID<Habit>? { if case .habit(let id) = self { id } else { nil } }
  var goal: ID<Goal>? { if case .goal(let id) = self { id } else { nil } }
}

/// What the coach said.
struct CoachMessageRow {
  let id: ID<CoachMessageRow>
  let event: CoachEvent
  let habit: ID<Habit>?
  let goal: ID<Goal>?
  /// The habit's name, or the goal's title; nil where the message is about neither.
  let name: String?
  let date: Day
  let written: CoachWritten
  /// Whether it offers to make the habit smaller, to move or to pause it.
  let offers: Bool
  let text: String
  let createdAt: Instant

  private static let columns: Columns = """
    m.id, m.event, m.habit_id AS habit, m.goal_id AS goal, coalesce(h.name, g.title) AS name, m.date, m.written, m.offers, m.text, m.created_at
    """
  /// Those of a habit or goal that was deleted come back with it.
  private static let from: SQL = """
    coach_messages m LEFT JOIN habits h ON h.id = m.habit_id AND h.user_id = m.user_id
    LEFT JOIN goals g ON g.id = m.goal_id AND g.user_id = m.user_id
    WHERE m.user_id = (SELECT me()) AND m.deleted_at IS NULL AND (m.habit_id IS NULL OR h.status <> 'deleted') AND g.deleted_at IS NULL
    """

  /// A page of them and one more, newest first.
  static func newest(_ event: CoachEvent?, after: ID<CoachMessageRow>?) -> Query<CoachMessageRow> {
    let which: SQL = event.map { "AND m.event = \($0)" } ?? ""
    let behind: SQL = after.map { "AND m.id < \($0)" } ?? ""
    return Query("SELECT \(columns) FROM \(from) \(which) \(behind) ORDER BY m.id DESC LIMIT \(PageSize.read)", into: CoachMessageRow.init)
  }

  /// The newest about a habit.
  static func about(_ habit: ID<Habit>, limit: Int) -> Query<CoachMessageRow> {
    Query("SELECT \(columns) FROM \(from) AND m.habit_id = \(habit) ORDER BY m.id DESC LIMIT \(limit)", into: CoachMessageRow.init)
  }
}

/// What was said before about something: whatever became of its words, it is not said again.
struct CoachSaid {
  let event: CoachEvent
  let date: Day
  let prompt: String

  /// What decides about saying more of a habit, newest first: all about these dates, its milestones, and the newest.
  static func about(_ habit: ID<Habit>, _ dates: [Day]) -> Query<CoachSaid> {
    Query(
      """
      SELECT event, date, prompt FROM coach_messages WHERE habit_id = \(habit) AND user_id = (SELECT me())
        AND (event = 'streak' OR date = ANY (\(dates))
          OR id = (SELECT id FROM coach_messages WHERE habit_id = \(habit) AND user_id = (SELECT me()) ORDER BY id DESC LIMIT 1))
      ORDER BY id DESC
      """, into: CoachSaid.init)
  }

  /// The same of a goal, or of the weeks.
  static func about(goal: ID<Goal>?, _ event: CoachEvent) -> Query<CoachSaid> {
    let which: SQL = goal.map { "goal_id = \($0)" } ?? "goal_id IS NULL AND habit_id IS NULL"
    return Query(
      """
      SELECT event, date, prompt FROM coach_messages WHERE user_id = (SELECT me()) AND event = \(event) AND \(which)
      ORDER BY date DESC, id DESC LIMIT 100
      """, into: CoachSaid.init)
  }
}

extension [CoachSaid] {
  func holds(_ event: CoachEvent, _ date: Day) -> Bool { contains { $0.event == event && $0.date == date } }
}
