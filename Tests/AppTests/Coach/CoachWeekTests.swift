import Postgres
import Testing

@testable import App
@testable import Domain

/// What the coach says of a week that is over: on its page, in its mail, in its list. Tuesday 5 January 2027, noon in São Paulo.
@Suite struct CoachWeekTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-05T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  /// Works at noon and at half past midnight, day after day, until a time.
  private func wait(until iso: String) throws {
    let end = try Instant(iso: iso).unwrapped
    while site.now < end {
      try site.work()
      site.pass(hours: 6)
    }
    site.now = end
    try site.work()
  }

  /// "date text" of what was said of weeks, in their order.
  private func said() throws -> [String] {
    try site.owner.rows(Query(column: "SELECT date || ' ' || text FROM coach_messages WHERE event = 'weekly_analysis' ORDER BY date"))
  }

  @Test func `a week has its words when the next begins: on its page, in the list and in its mail, which comes later`() throws {
    let id = try ana.habit(["name": "Read"])
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    try wait(until: "2027-01-11T02:59:59Z")
    #expect(try said() == [])
    try wait(until: "2027-01-11T03:00:00Z")
    let text = try said().first.unwrapped
    #expect(try said().count == 1 && text.hasPrefix("2027-01-04 ") && text.contains("1 of 6") && text.contains("17%"))
    let words = String(text.dropFirst("2027-01-04 ".count))
    let page = ana.get("/review/2027-W01")
    #expect(
      page.text.contains(words.replacing("'", with: "&#39;")) && page.fact("written") == "template"
        && page.text.contains("written without AI"))
    // The week that goes on has none yet.
    #expect(ana.get("/review").fact("written") == nil)
    let list = ana.get("/coach?event=weekly_analysis")
    #expect(list.fact("message") == "weekly_analysis" && list.links.contains("/review/2027-W01"))
    try wait(until: "2027-01-11T12:00:00Z")
    let mail = try site.mails().joined()
    #expect(mail.contains("1 of 6") && mail.contains("written without AI"))
    // Once, whatever is done later.
    #expect(ana.post("/habits/\(id)/completions", ["date": "2027-01-08"]).status == 303)
    try wait(until: "2027-01-12T12:00:00Z")
    #expect(try said() == [text])
  }

  @Test func `several habits: the share of all, the mean of their rates, and which went best`() throws {
    let read = try ana.habit(["name": "Read"])
    let run = try ana.habit(["name": "Run"])
    for id in [read, run] { #expect(ana.post("/habits/\(id)/completions").status == 303) }
    site.pass(hours: 24)
    #expect(ana.post("/habits/\(run)/completions").status == 303)
    try wait(until: "2027-01-11T03:00:00Z")
    #expect(try said().first.unwrapped.contains("3 of 12"))
    #expect(try said().first.unwrapped.contains("25%"))
  }

  @Test func `a week in which all was paused is quiet, one without habits has no words, nor has one that was brought along later`() throws {
    let id = try ana.habit(["name": "Read"])
    #expect(ana.post("/habits/\(id)/pause", ["from": "2027-01-05"]).status == 303)
    try wait(until: "2027-01-11T15:00:00Z")
    let text = try said().first.unwrapped
    #expect(try said().count == 1 && !text.contains("%"))
    #expect(ana.post("/habits/\(id)/deletion").status == 303)
    // As an import writes it: made today, with a past.
    try wait(until: "2027-01-18T02:00:00Z")
    let old = try ana.habit(["name": "Swim"])
    try site.owner.run("UPDATE habits SET created_on = '2026-01-01', created_at = \(site.now.advanced(hours: 2)) WHERE id = \(old)::uuid")
    try wait(until: "2027-01-18T15:00:00Z")
    #expect(try said() == [text])
  }

  @Test func `milestones only: weeks are spoken of; never: they are not, and the page and the mail do without`() throws {
    _ = try ana.habit(["name": "Read"])
    #expect(ana.post("/settings/coach", ["version": "1", "speak": "milestones", "weekly_mail": "on"]).status == 303)
    try wait(until: "2027-01-11T15:00:00Z")
    #expect(try said().count == 1)
    #expect(ana.post("/settings/coach", ["version": "2", "speak": "never", "weekly_mail": "on"]).status == 303)
    try wait(until: "2027-01-18T15:00:00Z")
    #expect(try said().count == 1 && site.mails().count == 2)
    #expect(ana.get("/review/2027-W02").fact("written") == nil && ana.get("/review/2027-W01").fact("written") == "template")
  }

  @Test func `deleted words are gone from the page, and do not come again`() throws {
    _ = try ana.habit(["name": "Read"])
    try wait(until: "2027-01-11T04:00:00Z")
    let id = try site.text("SELECT id::text FROM coach_messages WHERE event = 'weekly_analysis'").unwrapped
    #expect(ana.post("/coach/messages/\(id)/deletion").status == 303)
    #expect(ana.get("/review/2027-W01").fact("written") == nil)
    try wait(until: "2027-01-12T15:00:00Z")
    #expect(try said().count == 1 && ana.get("/review/2027-W01").fact("written") == nil)
  }
}
