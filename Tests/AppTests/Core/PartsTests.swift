import Testing
import Web

@testable import App

@Suite struct PartsTests {
  @Test func `complaints are named and stand as their fields do`() throws {
    let site = try Site()
    let page = try site.person("ana@x.test").post(
      "/reminders", ["title": "", "schedule": "recurring", "cron": "61 * * * *", "timezone": "Mars"])
    #expect(page.status == 422)
    let names = page.text.components(separatedBy: "<li><a href=\"#").dropFirst().map { $0.components(separatedBy: "\"")[0] }
    #expect(names.filter { ["title", "cron", "timezone"].contains($0) } == ["title", "cron", "timezone"])
    #expect(page.text.contains("<strong>Pattern</strong>"))
  }

  @Test(arguments: [("recurring", "cron", "61 * * * *"), ("interval", "every_minutes", "none")])
  func `a schedule is complained about as a whole`(_ kind: String, _ field: String, _ value: String) throws {
    let site = try Site()
    let fields: KeyValuePairs = ["title": "A", "schedule": kind, field: value, "exclude_dates": "2026-13-40\nfoo"]
    let page = try site.person("ana@x.test").post("/reminders", fields)
    #expect(page.status == 422)
    #expect(page.complaints == [field, "exclude_dates"])
  }

  @Test func `the stored and typed values of a stale form are those that say something`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(["title": "A", "at": "2026-12-01T09:00"])
    let fields: KeyValuePairs = ["title": "B", "at": "2026-12-01T09:00", "importance": "high", "version": "0"]
    let page = ana.post("/reminders/\(id)", fields)
    #expect(page.status == 409)
    #expect(page.text.contains(">Medium</mark>") && page.text.contains(">High</td>"))
    #expect(!page.text.contains("data-label=\"Field\">Pattern<"))
  }

  @Test func `only a held clock is written into the page`() throws {
    let held = try Site(holdsClock: true).person("ana@x.test").get("/").text
    #expect(held.contains(" data-now=\"2026-11-21T09:00:00Z\""))
    #expect(!(try Site().person("ana@x.test").get("/").text.contains("data-now")))
  }

  @Test func `a refusal stands in the frame of who is signed in, what is not there is the same for everybody`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let refused = ana.get("/reminders?status=odd")
    #expect(refused.status == 422 && refused.text.contains("class=\"rail\""))
    for path in ["/reminders/01a1fe33-0940-7545-a08e-766ec39bfb36", "/reminders/x", "/nowhere"] {
      let page = ana.get(path)
      #expect(page.status == 404 && page.text == site.browser().get("/nowhere").text, "\(path)")
    }
  }

  @Test(arguments: [
    (404, "calm", "search"), (403, "calm", "lock"), (409, "due", "late"), (429, "due", "held"), (500, "urgent", "error"),
    (503, "due", "held"),
  ])
  func `a refusal looks as grave as it is`(_ status: Int, _ tone: String, _ icon: String) throws {
    let site = try Site()
    let context = Context(site.services, Request(method: .get, target: Array("/x".utf8), headers: [:], body: []), now: site.now, site.web)
    let text = String(decoding: ErrorPage.response(status, context).body, as: UTF8.self)
    #expect(text.contains("data-state=\"\(tone)\"") && text.contains("icons.svg#\(icon)"))
  }
}
