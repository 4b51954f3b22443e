import Domain
import Postgres
import Web

/// What the form of a habit offers.
struct HabitFormChoices {
  /// The groups that the person has.
  let groups: [String]
  /// How a reminder may ask again.
  let profiles: [EscalationProfile]
  /// The goals that it may serve, or does.
  let goals: [GoalChoice]

  /// - Parameter habit: the one that is edited; nil: a new one.
  static func read(for habit: ID<Habit>?, _ web: Context) throws -> HabitFormChoices {
    let names = Query<String>(
      column: """
        SELECT DISTINCT habit_group FROM habits WHERE user_id = (SELECT me()) AND status <> 'deleted' AND habit_group <> '' ORDER BY habit_group
        """)
    let (groups, profiles, goals) = try web.read(names, EscalationProfile.mine, GoalChoice.offered(for: habit))
    return HabitFormChoices(groups: groups, profiles: profiles, goals: goals)
  }
}
