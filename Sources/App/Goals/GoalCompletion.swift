import Domain

/// A goal that was reached, as the coach speaks of it.
struct GoalCompletion {
  let id: ID<Goal>
  let title: String
  /// When.
  let day: Day
  /// How many of its steps were done.
  let steps: Int
  /// From its start.
  let days: Int

  var saying: CoachSaying { .goal(title: title, on: day, steps: steps > 0 ? steps : nil, days: days) }

  /// What a model is told of it.
  func add(to table: inout CoachFactTable) {
    table.add("goal", .name(title))
    table.add("completed", .date(day))
    if steps > 0 { table.add("steps done", .count(steps)) }
    if days > 0 { table.add("days from its start", .count(days)) }
  }
}
