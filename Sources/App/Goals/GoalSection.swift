import Domain
import HTML
import Postgres

/// What Today shows of goals: those that are late or due within a week.
struct GoalSection {
  let rows: [GoalLine]
  let all = Paths.goals
  /// Whether there are more than stand here.
  let hasMore: Bool

  /// How many rows stand there.
  private static let most = 5

  static func today(_ day: DayView) -> Reading<TodayPart> {
    let today = day.clock.habitDate(of: day.person)
    let last = today.advanced(by: GoalCourse.soonDays)
    let due = Goal.mine("g.status = 'active' AND g.deadline <= \(last) ORDER BY g.deadline, g.id LIMIT \(most + 1)")
    return Reading(due) { goals in
      let rows = goals.prefix(most).map { GoalLine($0, day.person, today: today, day.words) }
      var part = TodayPart()
      let view = rows.isEmpty ? nil : GoalSection(rows: rows, hasMore: goals.count > most)
      part.sections = [TodaySection(rank: .today, figure: nil, view: view)]
      return part
    }
  }
}
