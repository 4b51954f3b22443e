import Testing

@testable import App
@testable import Domain

/// The single time of a reminder in a person's own words.
@Suite struct SpokenTimeTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    site.now = try Instant(iso: "2026-11-21T12:00:30Z").unwrapped
  }

  @Test(arguments: [
    ("tomorrow at 9", "2026-11-22T14:00:00Z"), ("tmr 9", "2026-11-22T14:00:00Z"), ("sexta 18", "2026-11-27T23:00:00Z"),
    ("End of month!", "2026-11-30T14:00:00Z"), ("2 hours", "2026-11-21T14:01:00Z"), ("2026-11-25T17:30", "2026-11-25T22:30:00Z"),
  ])
  func `it is read by the clocks of the reminder's zone`(words: String, next: String) throws {
    let id = try ana.remind(["title": "Call mom", "at": words, "timezone": "America/New_York"])
    #expect(ana.get("/reminders/\(id)").fact("next") == next)
    // An edit that changes nothing else keeps it, when it has passed too.
    let edit = ana.get("/reminders/\(id)/edit")
    let at = try edit.fields(of: "/reminders/\(id)").first { $0.hasPrefix("at=") }.unwrapped
    site.now = site.now.advanced(days: 10)
    let fields: KeyValuePairs = ["title": "Call dad", "at": String(at.dropFirst(3)), "timezone": "America/New_York", "version": "1"]
    #expect(ana.post("/reminders/\(id)", fields).status == 303)
  }

  @Test func `words that are refused stay in their field, with what was probably meant`() throws {
    let before = try site.fingerprint()
    let page = ana.post("/reminders", ["title": "Call mom", "at": "tomorow at 9"])
    #expect(page.status == 422 && page.complaints == ["at"])
    #expect(page.text.contains("“tomorow” is not understood. Did you mean “tomorrow at 9”?"))
    #expect(page.fields(of: "/reminders").contains("at=tomorow at 9!"))
    #expect(page.text.contains("type=\"datetime-local\"") == false)
    #expect(try site.fingerprint() == before)
    #expect(ana.get("/reminders/new").text.contains("type=\"datetime-local\""))
  }
}
