import Foundation
import Testing

@testable import App
@testable import Domain

/// Issue 11, part 8: the audit page is narrowed, and what people did stands on a page. Saturday 21 November 2026, 09:00 in UTC.
@Suite struct AuditFilterTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", zone: "Asia/Tokyo")
  }

  /// The kinds of the entries, newest first.
  private func kinds(_ query: String, _ browser: Browser? = nil) -> [String] {
    let page = (browser ?? ana).get("/settings/audit" + query)
    #expect(page.status == 200, "\(query)")
    return page.text.components(separatedBy: "data-kind=\"").dropFirst().map { $0.components(separatedBy: "\"")[0] }
  }

  @Test func `who, what, from, until and the thing narrow it, alone and together`() throws {
    let first = try ana.remind(["title": "One"])
    // 00:30 of Sunday in Tokyo.
    site.now = try Instant(iso: "2026-11-21T15:30:00Z").unwrapped
    let second = try ana.remind(["title": "Two"])
    #expect(ana.post("/reminders/\(second)/archival").status == 303)
    let actor = Actor(kind: .operator, address: "", request: "r")
    try site.owner.transaction {
      try Audit.append(
        [AuditEntry("vault.rotated", "account").shared], user: ana.user, account: ana.account, by: actor, at: site.now, site.services.keys,
        site.owner)
    }
    let all = ["vault.rotated", "reminder.archived", "reminder.made", "reminder.made"]
    let rows: [(String, [String])] = [
      ("", all), ("?who=anyone", all), ("?who=me", ["reminder.archived", "reminder.made", "reminder.made"]), ("?who=others", []),
      ("?who=operator", ["vault.rotated"]), ("?who=link", []), ("?who=sms", []), ("?what=made", ["reminder.made", "reminder.made"]),
      ("?what=reminder", ["reminder.archived", "reminder.made", "reminder.made"]), ("?what=reminder.archived", ["reminder.archived"]),
      ("?what=mad", []), ("?subject=account", ["vault.rotated"]), ("?subject=\(first)", ["reminder.made"]),
      ("?subject=\(second)&what=archived", ["reminder.archived"]), ("?until=2026-11-21", ["reminder.made"]),
      ("?from=2026-11-22", ["vault.rotated", "reminder.archived", "reminder.made"]),
      ("?from=2026-11-22&until=2026-11-22&who=me&what=made", ["reminder.made"]), ("?from=2026-11-23", []),
    ]
    for (query, expected) in rows { #expect(kinds(query) == expected, "\(query)") }
    #expect(ana.get("/settings/audit?what=mad").text.contains("Nothing matches"))
    // The thing leads to all that was done to it.
    #expect(ana.get("/settings/audit").links.contains("/settings/audit?subject=\(second)"))
    #expect(kinds("?subject=\(first)", try site.person("eve@x.test")).isEmpty)
  }

  @Test func `what no link holds is refused`() {
    for query in [
      "who=nobody", "from=2026-02-30", "until=soon", "from=2026-11-22&until=2026-11-21", "after=x", "what=%00",
      "subject=" + String(repeating: "a", count: 201),
    ] as [String] {
      let place: Comment = "\(query)"
      #expect(ana.get("/settings/audit?" + query).status == 422, place)
    }
  }

  @Test func `the next page keeps what it is narrowed by`() throws {
    for number in 0..<60 { _ = try ana.remind(["title": "A \(number)"]) }
    let other = try site.person("bob@x.test", sharing: ana, role: .agent)
    _ = try other.remind(["title": "B"])
    #expect(kinds("?what=made&who=me").count == 50)
    let next = try ana.get("/settings/audit?what=made&who=me").links.first { $0.contains("after=") }.unwrapped
    #expect(next.contains("what=made") && next.contains("who=me"))
    #expect(kinds(String(next.dropFirst("/settings/audit".count))).count == 10)
  }

  @Test func `what somebody did with habits and goals stands on a page of theirs, by kind, page by page`() throws {
    let habit = try ana.habit(["name": "Read"])
    #expect(ana.post("/habits/\(habit)/completions", ["date": "2026-11-21"]).status == 303)
    _ = try ana.goal(["title": "Run"])
    func found(_ query: String, _ browser: Browser) -> [String] {
      browser.get("/settings/events" + query).text.components(separatedBy: "data-kind=\"").dropFirst().map {
        $0.components(separatedBy: "\"")[0]
      }
    }
    #expect(Set(found("", ana)) == ["habit_created", "habit_completed", "coach_message", "goal_created"])
    #expect(found("?kind=goal_created", ana) == ["goal_created"])
    let eve = try site.person("eve@x.test")
    #expect(found("", eve).isEmpty && eve.get("/settings/events").text.contains("Nothing yet"))
    for query in ["?kind=x", "?after=x"] { #expect(ana.get("/settings/events" + query).status == 422, "\(query)") }
    try site.owner.run(
      """
      INSERT INTO event_log (id, at, user_id, kind) SELECT gen_random_uuid(), \(site.now)::timestamptz - make_interval(secs => n), \(ana.user), 'x'
      FROM generate_series(1, 60) n
      """)
    let next = try ana.get("/settings/events?kind=all").links.first { $0.contains("after=") }.unwrapped
    #expect(found("", ana).count == 50 && found(String(next.dropFirst("/settings/events".count)), ana).count == 14)
  }
}
