import Domain
import HTML
import Postgres

/// The goals that a habit serves, on its page.
struct HabitGoals {
  let goals: [GoalLine]

  /// Those of a habit of the person that the transaction is for: open ones first, what is due first.
  static func query(_ id: ID<Habit>) -> Query<Goal> {
    Goal.mine(
      """
      g.id IN (SELECT l.goal_id FROM habit_goals l WHERE l.habit_id = \(id) AND l.user_id = g.user_id)
      ORDER BY g.status <> 'active', g.deadline, g.id LIMIT 100
      """)
  }

  /// - Returns: nil: it serves none.
  init?(_ served: [Goal], _ person: Person, today: Day, _ words: Words) {
    if served.isEmpty { return nil }
    goals = served.map { GoalLine($0, person, today: today, words) }
  }
}
