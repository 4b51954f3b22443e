import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let plan = Footprint(
    parameters: [":planned": { browser in try PlanFootprint.planned(browser) }],
    posts: [
      "/plan/task/:task/take": Post(entry: "plan.taken"),
      "/plan/task/:task/dismissal": Post(entry: "plan.dismissed"),
      "/plan/carry": Post(
        entry: "plan.carried",
        fields: [House.Field(name: "id", right: ":planned", rule: .picks), House.Field(name: "to", right: "today", rule: .optionalNumber)]),
    ],
    rows: { browser in _ = try PlanFootprint.planned(browser) },
    changed: ["recent_context_items": "day expires_at reason state surfaced_at"], worked: ["recent_context_items": "DIS"])
}

enum PlanFootprint {
  /// A task of somebody's that was taken into the plan of the day before, and left.
  static func planned(_ browser: Browser) throws -> String {
    let known = try browser.site.text("SELECT id::text FROM tasks WHERE user_id = \(browser.user) AND title = 'Left' ORDER BY id LIMIT 1")
    let task = try known ?? browser.task(["title": "Left"])
    try browser.plan(task, daysAgo: 1)
    return task
  }
}

extension Browser {
  /// Puts a task on the plan of a day past the program.
  func plan(_ task: String, daysAgo days: Int) throws {
    let day = HabitClock(zone: .utc).date(site.now).advanced(by: -days)
    try site.owner.run(
      """
      INSERT INTO recent_context_items (id, user_id, chat, thing, kind, reason, state, day, surfaced_at, expires_at)
      VALUES (gen_random_uuid(), \(user), 'plan', \(task)::text::uuid, 'task', 'due:0', 'taken', \(day), \(site.now), 'infinity')
      ON CONFLICT (user_id, chat, thing) DO UPDATE SET state = 'taken', day = EXCLUDED.day, expires_at = 'infinity'
      """)
  }
}
