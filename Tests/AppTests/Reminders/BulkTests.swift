import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

@Suite struct BulkTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// The ids whose boxes are ticked.
  private func ticked(_ page: Page) -> [String] {
    page.text.components(separatedBy: "name=id value=\"").dropFirst().compactMap { part in
      let box = part.components(separatedBy: ">")[0]
      return box.hasSuffix(" checked") ? String(box.prefix(36)) : nil
    }
  }

  @Test(arguments: [
    (Language.english, "“soonish” is not understood. Try", "Snooze until"),
    (.portuguese, "Não deu para entender “soonish”. Tente", "Adiar até"),
  ])
  func `a phrase that is not understood leads back to the list with its ticks`(language: Language, complaint: String, label: String) throws
  {
    try site.owner.run("UPDATE users SET language = \(language.rawValue)")
    let ids = try (0..<3).map { _ in try ana.remind() }
    let before = try site.fingerprint()
    let page = ana.post("/reminders/bulk", ["id": ids[0], "id": ids[2], "action": "snooze", "until": "soonish \"&"])
    #expect(page.status == 422)
    #expect(ticked(page).sorted() == [ids[0], ids[2]].sorted())
    let bar = try page.form("/reminders/bulk").unwrapped
    for piece in ["value=\"soonish &quot;&amp;\"", "aria-invalid=\"true\"", "aria-describedby=\"bulk-until-complaint\"", complaint, label] {
      #expect(bar.contains(piece), "\(piece)")
    }
    #expect(page.complaints == ["bulk-until"])
    // The summary above the list leads to the field.
    #expect(page.text.contains("<a href=\"#bulk-until\"><strong>\(label)</strong> \(complaint)"))
    #expect(try site.fingerprint() == before)
    #expect(ticked(ana.get("/reminders")).isEmpty)
    #expect(!ana.get("/reminders").text.contains("complaint"))
  }

  @Test(arguments: [
    ("", false, ["#rows", "#bulk"]), ("deletion", true, ["#bulk"]), ("completion", false, ["#rows"]),
    ("snooze", false, ["#rows", "#bulk-until"]),
    ("snooze", true, ["#bulk-until"]),
  ])
  func `whatever is missing is said at once, above the list`(action: String, ticks: Bool, targets: [String]) throws {
    let id = try ana.remind(["title": "Pay the rent", "at": "2026-12-01T09:00"])
    let page = ana.post("/reminders/bulk", ticks ? ["id": id, "action": action, "until": ""] : ["action": action, "until": ""])
    #expect(page.status == 422)
    #expect(ticked(page) == (ticks ? [id] : []))
    let summary = try page.text.components(separatedBy: "role=\"alert\"").dropFirst().first.unwrapped.components(separatedBy: "</ul>")[0]
    #expect(
      targets.map { "<a href=\"\($0)\">" }
        == summary.components(separatedBy: "<li>").dropFirst().map { String($0.prefix { $0 != ">" }) + ">" })
    for target in targets { #expect(page.text.contains("id=\"\(target.dropFirst())\"")) }
  }

  @Test func `more than fits is refused as such`() throws {
    let id = try ana.remind()
    let many = (0..<600).map { _ in "id=" + ID<Reminder>.new(at: site.now).text }
    // The rows are looked for first.
    #expect(
      ana.post("/reminders/bulk", raw: Array((["csrf=" + ana.token(), "action=completion"] + many).joined(separator: "&").utf8)).status
        == 404)
    try site.owner.run(
      """
      WITH made AS (
        INSERT INTO reminders (id, user_id, profile_id, title, importance, status, next_at, created_at, updated_at)
        SELECT gen_random_uuid(), user_id, profile_id, 'Many', importance, status, next_at, created_at, updated_at
        FROM reminders, generate_series(1, 500) WHERE id::text = \(id) RETURNING id, user_id)
      INSERT INTO schedules (reminder_id, user_id, kind, timezone, at)
      SELECT m.id, m.user_id, s.kind, s.timezone, s.at FROM made m, schedules s WHERE s.reminder_id::text = \(id)
      """)
    let ids: [String] = try site.owner.rows(Query(column: "SELECT id::text FROM reminders"))
    #expect(ids.count == 501)
    let before = try site.fingerprint()
    let body = (["csrf=" + ana.token(), "action=completion"] + ids.map { "id=" + $0 }).joined(separator: "&")
    let page = ana.post("/reminders/bulk", raw: Array(body.utf8))
    #expect(page.status == 422)
    #expect(page.text.contains("Tick at most 500 reminders."))
    #expect(try site.fingerprint() == before)
  }

  @Test func `a refusal shows the same page of the same list, and success leads back to its filters`() throws {
    let ids = try (0..<60).map { try ana.remind(["title": "\(String(format: "%02d", $0)) & more", "importance": "high"]) }
    _ = try ana.remind(["title": "elsewhere & more", "importance": "low"])
    let first = ana.get("/reminders?importance=high&sort=title&q=%26+more")
    let next = try first.links.first { $0.contains("after=") }.unwrapped
    let second = ana.get(next)
    let kept = try second.field("list", ofForm: "/reminders/bulk").unwrapped.replacingOccurrences(of: "&amp;", with: "&")
    let refused = ana.post("/reminders/bulk", ["id": ids[55], "action": "snooze", "until": "soonish", "list": kept])
    #expect(refused.status == 422)
    let shown = refused.text.components(separatedBy: "name=id value=\"").dropFirst().map { String($0.prefix(36)) }
    #expect(shown == Array(ids[50...]))
    #expect(ticked(refused) == [ids[55]])
    #expect(refused.field("list", ofForm: "/reminders/bulk") == second.field("list", ofForm: "/reminders/bulk"))
    let done = ana.post("/reminders/bulk", ["id": ids[55], "action": "archival", "list": kept])
    #expect(done.location == "/reminders?importance=high&q=%26%20more&sort=title")
  }

  @Test func `a list that is none of ours is the plain list`() throws {
    for list in [
      "status=odd", "after=x", "\u{0}", "https://evil.test/", "q=" + String(repeating: "x", count: 201), "//evil.test?status=all",
    ] as [String] {
      let place: Comment = "\(list)"
      let id = try ana.remind()
      let page = ana.post("/reminders/bulk", ["id": id, "action": "snooze", "until": "soonish", "list": list])
      #expect(page.status == 422, place)
      #expect(ticked(page) == [id], place)
      #expect(page.field("list", ofForm: "/reminders/bulk") == nil, place)
      #expect(ana.post("/reminders/bulk", ["id": id, "action": "completion", "list": list]).location == "/reminders", place)
      #expect(site.logged.isEmpty, place)
    }
  }
}
