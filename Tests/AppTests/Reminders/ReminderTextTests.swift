import Postgres
import Testing

@testable import App
@testable import Domain

/// Notes are rendered once, when they are saved (RULES 6.11); pages show what is stored.
@Suite struct ReminderTextTests {
  private let site: Site
  private let ana: Browser
  private let id: String

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    id = try ana.remind(["title": "Pay", "description": "one *two*", "at": "2026-12-01T09:00"])
  }

  private func page() -> String { ana.get("/reminders/\(id)").text }

  private func save(_ notes: String) throws {
    let version = try ana.get("/reminders/\(id)/edit").field("version", ofForm: "/reminders/\(id)").unwrapped
    let page = ana.post("/reminders/\(id)", ["title": "Pay", "description": notes, "at": "2026-12-01T09:00", "version": version])
    #expect(page.status == 303)
  }

  /// Replaces what is stored by something that no rendering gives, so that what is shown tells where it came from.
  private func mark() throws { #expect(try site.owner.run("UPDATE reminder_texts SET html = '<p>as it was stored</p>'") == 1) }

  @Test func `a page shows what was stored when the notes were saved`() throws {
    #expect(page().contains("<p>one <em>two</em></p>"))
    #expect(try site.text("SELECT plain FROM reminder_texts WHERE user_id = \(ana.user)") == "one two")
    try mark()
    #expect(page().contains("<p>as it was stored</p>"))
  }

  @Test func `an edit of the notes stores them anew`() throws {
    try save("**three**")
    #expect(page().contains("<p><strong>three</strong></p>"))
    try mark()
    try save("**three**")
    #expect(page().contains("<p><strong>three</strong></p>"))
    try save("")
    #expect(!page().contains("three") && !page().contains("class=\"prose\""))
    #expect(try site.count("SELECT count(*) FROM reminder_texts") == 0)
    try save("four")
    #expect(page().contains("<p>four</p>"))
  }

  @Test func `what was saved before, by other rules or past the program is rendered when it is shown`() throws {
    for change: SQL in [
      "DELETE FROM reminder_texts", "UPDATE reminder_texts SET version = 0, html = '<p>old</p>'",
      "UPDATE reminder_texts SET version = version + 1, html = '<p>of a later program</p>'",
    ] {
      try save("one *two*")
      #expect(try site.owner.run(change) == 1)
      #expect(page().contains("<p>one <em>two</em></p>"))
    }
    try save("one *two*")
    try site.owner.run("UPDATE reminders SET description = 'one *three*'")
    #expect(page().contains("<p>one <em>three</em></p>"))
  }

  @Test func `a worker stores what was saved before, every one of it`() throws {
    let eve = try site.person("eve@x.test")
    for number in 0..<25 { _ = try (number % 2 == 0 ? ana : eve).remind(["title": "N", "description": "*\(number)*"]) }
    _ = try eve.remind(["title": "Without"])
    try site.owner.run("DELETE FROM reminder_texts WHERE plain <> 'one two'")
    try site.owner.run("UPDATE reminder_texts SET version = 0, html = ''")
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminder_texts WHERE version > 0") == 26)
    let wrong = try site.count(
      """
      SELECT count(*) FROM reminders r LEFT JOIN reminder_texts t ON t.reminder_id = r.id AND t.user_id = r.user_id
      WHERE t.plain IS DISTINCT FROM nullif(replace(r.description, '*', ''), '')
      """)
    #expect(wrong == 0)
    // Once more: nothing is left to do, so nothing is written.
    try site.owner.run("UPDATE reminder_texts SET html = 'as it was stored'")
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminder_texts WHERE html = 'as it was stored'") == 26)
  }

  @Test func `notes that would be too much work are saved and shown as they were typed`() throws {
    let hostile = String(repeating: "- ", count: 4_096) + "<x>\n" + String(repeating: "\n", count: 8_188)
    try save(hostile)
    #expect(page().contains("<pre>" + String(repeating: "- ", count: 4_096) + "&lt;x&gt;\n"))
    #expect(!page().contains("<li><ul>"))
  }
}
