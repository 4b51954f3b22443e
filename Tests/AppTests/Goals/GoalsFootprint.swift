import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let goals = Footprint(
    parameters: [
      ":goal": { browser in try GoalsFootprint.goal(browser) },
      ":subtask": { browser in
        let goal = try GoalsFootprint.goal(browser)
        return try browser.site.text("SELECT id::text FROM goal_subtasks WHERE goal_id = \(goal)::uuid ORDER BY position LIMIT 1")
          ?? missing
      },
    ],
    owned: [":goal"], posts: posts,
    queries: [
      "/goals": [
        House.Field(name: "status", right: "", rule: .choice), House.Field(name: "horizon", right: "year", rule: .choice),
        House.Field(name: "q", right: "read", rule: .optionalLine),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ],
      "/goals/:goal": [House.Field(name: "step", right: "", rule: .rowAfter)],
    ],
    rows: { browser in
      let goal = try GoalsFootprint.goal(browser)
      try browser.habit(["name": "Serves it", "goal": goal])
    },
    roots: ["goals", "goal_subtasks"],
    changed: [
      "goals": "category completed_at deadline deleted_at deletion_id description horizon private rests status title updated_at version",
      "goal_subtasks": "completed_at deleted_at description estimated_days position status success_criteria title updated_at version",
    ],
    worked: ["goals": "DS", "goal_subtasks": "DS", "habit_goals": "S"],
    doors: ["drop_habit_goals web"])

  /// Of a goal that came without steps.
  private static let missing = "0192f000-0000-7000-8000-000000000000"

  private static let posts = [
    "/goals": Post(entry: "goal.made", fields: fields + [House.Field(name: "nonce", right: "n", rule: .ignored)]),
    "/goals/:goal": Post(entry: "goal.changed", fields: fields + [House.Field(name: "version", right: "1", rule: .exactly)]),
    "/goals/:goal/completion": Post(entry: "goal.completed"),
    "/goals/:goal/reopening": Post(entry: "goal.reopened", after: "/goals/:goal/completion"),
    "/goals/:goal/archival": Post(entry: "goal.archived"),
    "/goals/:goal/restoration": Post(entry: "goal.restored", after: "/goals/:goal/archival"),
    "/goals/:goal/deletion": Post(entry: "goal.deleted"),
    "/goals/:goal/pause": Post(entry: "goal.paused"),
    "/goals/:goal/resumption": Post(entry: "goal.resumed", after: "/goals/:goal/pause"),
    "/goals/:goal/subtasks/:subtask/promotion": Post(entry: "goal.step_promoted", entries: 2),
    "/goals/:goal/subtasks": Post(
      entry: "goal.step_added", fields: step + [House.Field(name: "nonce", right: "n", rule: .ignored)]),
    "/goals/:goal/subtasks/:subtask": Post(
      entry: "goal.step_changed", fields: step + [House.Field(name: "version", right: "1", rule: .exactly)]),
    "/goals/:goal/subtasks/:subtask/status": Post(
      entry: "goal.step_set", fields: [House.Field(name: "status", right: "in_progress", rule: .exactly)]),
    "/goals/:goal/subtasks/:subtask/position": Post(
      entry: "goal.step_moved", fields: [House.Field(name: "position", right: "2", rule: .exactly)]),
    "/goals/:goal/subtasks/:subtask/deletion": Post(entry: "goal.step_deleted"),
    "/goals/:goal/subtasks/:subtask/restoration": Post(
      entry: "goal.step_restored", after: "/goals/:goal/subtasks/:subtask/deletion"),
  ]

  private static let fields = [
    House.Field(name: "title", right: "B", rule: .line), House.Field(name: "description", right: "b", rule: .markdown),
    House.Field(name: "category", right: "health", rule: .choice),
    House.Field(name: "deadline", right: "2027-06-30", rule: .optionalNumber),
    House.Field(name: "horizon", right: "year", rule: .choice), House.Field(name: "tags", right: "home", rule: .optionalLine),
    House.Field(name: "private", right: "on", rule: .flag),
  ]
  private static let step = [
    House.Field(name: "title", right: "B", rule: .line), House.Field(name: "estimated_days", right: "3", rule: .optionalNumber),
  ]
}

enum GoalsFootprint {
  /// The first of somebody's goals, made with two steps where there is none.
  static func goal(_ browser: Browser) throws -> String {
    let known = try browser.site.text("SELECT id::text FROM goals WHERE user_id = \(browser.user) ORDER BY id LIMIT 1")
    if let known { return known }
    let goal = try browser.goal(["title": "Mine", "description": "*Mine.*"])
    for title in ["First", "Second"] { try browser.step(goal, ["title": title, "description": "*Mine.*"]) }
    return goal
  }
}

extension Browser {
  /// Makes a goal.
  @discardableResult
  func goal(_ fields: KeyValuePairs<String, String> = ["title": "Run 10 km"]) throws -> String {
    let page = post("/goals", fields)
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }

  /// Plans a step of a goal.
  @discardableResult
  func step(_ goal: String, _ fields: KeyValuePairs<String, String>) throws -> String {
    let page = post("/goals/\(goal)/subtasks", fields)
    #expect(page.status == 303, "\(page.complaints)")
    return try site.text("SELECT id::text FROM goal_subtasks WHERE goal_id = \(goal)::uuid ORDER BY position DESC LIMIT 1").unwrapped
  }
}
