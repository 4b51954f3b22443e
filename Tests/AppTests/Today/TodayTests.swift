import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

@Suite struct TodayTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    // 22:00 on Saturday in Auckland: the day ends at 11:00 in UTC.
    ana = try site.person("ana@x.test", zone: "Pacific/Auckland")
  }

  /// The titles of a section of the page.
  private func titles(_ page: Page, _ section: String) -> [String] {
    guard let part = page.text.components(separatedBy: "id=\"\(section)\"").dropFirst().first?.components(separatedBy: "</section>").first
    else {
      return []
    }
    return ["Late", "Now", "Soon", "Tomorrow", "Finished", "Asleep", "Away"].filter { part.contains(">\($0)<") }
  }

  private func remind(_ title: String, _ at: String) throws -> String { try ana.remind(["title": title, "at": at, "timezone": "UTC"]) }

  @Test func `it shows what rings, what is late and what is due before the day ends, and nothing else`() throws {
    let late = try remind("Late", "2026-11-21T09:10")
    _ = try remind("Soon", "2026-11-21T10:59")
    _ = try remind("Tomorrow", "2026-11-21T11:00")
    let (now, done, away, asleep) = (
      try remind("Now", "2026-11-21T10:00"), try remind("Finished", "2026-11-21T10:00"), try remind("Away", "2026-11-21T10:00"),
      try remind("Asleep", "2026-11-21T10:00")
    )
    #expect(ana.post("/reminders/\(now)/run").status == 303)
    #expect(ana.post("/reminders/\(done)/completion").status == 303)
    #expect(ana.post("/reminders/\(away)/archival").status == 303)
    #expect(ana.post("/reminders/\(asleep)/snoozes", ["until": "2 days"]).status == 303)
    site.now = site.now.advanced(minutes: 20)
    let page = ana.get("/")
    #expect(page.status == 200)
    #expect(titles(page, "escalating") == ["Now"])
    #expect(titles(page, "overdue") == ["Late"])
    #expect(titles(page, "due") == ["Soon"])
    #expect(!page.text.contains("Tomorrow<") && !page.text.contains("Away<") && !page.text.contains(">Finished<"))
    // Acknowledged, it does not ring any more.
    #expect(ana.post("/reminders/\(now)/acknowledgement").status == 303)
    #expect(titles(ana.get("/"), "escalating") == [])
    #expect(ana.post("/reminders/\(late)/completion").status == 303)
    #expect(titles(ana.get("/"), "overdue") == [])
  }

  @Test func `a day without anything says what comes next`() throws {
    let empty = ana.get("/")
    #expect(empty.text.contains("Nothing needs you now"))
    _ = try remind("Tomorrow", "2026-11-22T12:00")
    #expect(ana.get("/").text.contains("Next: Tomorrow,"))
  }

  @Test func `it shows twenty habits that are due, and says how many more there are`() throws {
    let ids = try (0..<22).map { try ana.habit(["name": "H\($0)"]) }
    for says in ["2 more habits are due", "1 more habit is due"] {
      let page = ana.get("/")
      #expect(page.text.contains("href=\"/habits?status=due\">\(says)</a>"))
      #expect(page.text.components(separatedBy: "/completions\"").count == 21)
      #expect(ana.post("/habits/\(ids[says.hasPrefix("2") ? 21 : 0])/completions").status == 303)
    }
    #expect(!ana.get("/").text.contains("status=due"))
  }
}
