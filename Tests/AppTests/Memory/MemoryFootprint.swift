import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let memory = Footprint(
    parameters: [
      ":summary": { browser in try MemoryFootprint.summary(browser) }, ":recent": { browser in try MemoryFootprint.recent(browser) },
    ],
    owned: [":summary", ":recent"],
    posts: [
      "/summaries/:summary": Post(
        entry: "summary.corrected",
        fields: [House.Field(name: "text", right: "b", rule: .markdown), House.Field(name: "version", right: "1", rule: .exactly)]),
      "/summaries/:summary/rebuild": Post(entry: "summary.rebuilt"),
      "/summaries/:summary/deletion": Post(entry: "summary.deleted"),
      "/recent/:recent/deletion": Post(entry: "recent.forgotten"),
    ],
    queries: [
      "/summaries": [
        House.Field(name: "type", right: "", rule: .choice), House.Field(name: "from", right: "2027-01-01", rule: .optionalNumber),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ],
      "/activity": [
        House.Field(name: "kind", right: "", rule: .choice), House.Field(name: "thing", right: "", rule: .choice),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ],
      "/recent": [House.Field(name: "after", right: "", rule: .rowAfter)],
    ],
    rows: { browser in _ = try MemoryFootprint.summary(browser) },
    roots: ["memory_summaries"],
    changed: ["memory_summaries": "deleted_at facts from_at sources text until_at updated_at version week_start written zone"],
    worked: ["memory_rounds": "S", "memory_summaries": "IS"], asked: ["memory_rounds": "S"])
}

enum MemoryFootprint {
  /// A summary of a day of somebody's.
  static func summary(_ browser: Browser) throws -> String {
    let known = try browser.site.text("SELECT id::text FROM memory_summaries WHERE user_id = \(browser.user) ORDER BY id LIMIT 1")
    if let known { return known }
    _ = try TasksFootprint.task(browser)
    let (id, now) = (ID<MemorySummary>.new(at: browser.site.now), browser.site.now)
    let day = HabitClock(zone: .utc).date(now)
    try browser.site.owner.run(
      """
      INSERT INTO memory_summaries (id, user_id, chat, type, period, from_at, until_at, zone, week_start, facts, sources, created_at, updated_at)
      VALUES (\(id), \(browser.user), 'all', 'daily', \(day.iso), \(Zone.utc.start(of: day)), \(Zone.utc.start(of: day.advanced(by: 1))), 'UTC', 1,
        '[{"fact":"made","n":1,"things":[],"events":[]}]', '{}', \(now), \(now))
      """)
    return id.text
  }

  /// Something that somebody had in hands.
  static func recent(_ browser: Browser) throws -> String {
    let task = try TasksFootprint.task(browser)
    let (id, now) = (ID<RecentItem>.new(at: browser.site.now), browser.site.now)
    try browser.site.owner.run(
      """
      INSERT INTO recent_context_items (id, user_id, chat, thing, kind, reason, surfaced_at, expires_at)
      VALUES (\(id), \(browser.user), 'web', \(task)::text::uuid, 'task', 'task.made', \(now), \(now.advanced(days: 7))) ON CONFLICT DO NOTHING
      """)
    return try browser.site.text(
      "SELECT id::text FROM recent_context_items WHERE user_id = \(browser.user) AND chat = 'web' AND thing = \(task)::text::uuid"
    ).unwrapped
  }
}
