import Domain
import HTML
import Postgres

/// What Today shows of goals: those that are late or due within a week.
struct GoalSection {
  let rows: [Row]
  let all = Paths.goals
  /// Whether there are more than stand here.
  let hasMore: Bool

  struct Row {
    let path: Path
    let title: String
    let badge: StatusBadge
    /// "Friday 5 March, in 3 days · 2 of 5 steps".
    let line: String
  }

  /// How many rows stand there.
  private static let most = 5

  static func today(_ day: DayView) -> Reading<TodayPart> {
    let today = day.clock.habitDate(of: day.person)
    let last = today.advanced(by: GoalCourse.soonDays)
    let due = Goal.mine("g.status = 'active' AND g.deadline <= \(last) ORDER BY g.deadline, g.id LIMIT \(most + 1)")
    return Reading(due) { goals in
      let rows = goals.prefix(most).map { goal in
        let text = GoalText(goal, day.person, today: today, day.words)
        return Row(
          path: Paths.goal(goal.id), title: goal.title, badge: text.badge,
          line: [text.deadline, text.progress].compactMap(\.self).joined(separator: " · "))
      }
      var part = TodayPart()
      let view = rows.isEmpty ? nil : GoalSection(rows: rows, hasMore: goals.count > most)
      part.sections = [TodaySection(rank: .today, figure: nil, view: view)]
      return part
    }
  }
}
