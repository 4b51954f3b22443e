import Postgres
import Testing

@testable import App
@testable import Domain

/// The page of quiet hours: the hours of the week, "do not disturb until …", and how long after an acknowledgement somebody is asked again.
@Suite struct QuietSettingsTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func stored() throws -> String? {
    try site.text(
      """
      SELECT concat_ws(' ', quiet_from, quiet_until, quiet_days, coalesce(quiet_days_from::text, '-'), coalesce(quiet_days_until::text, '-'),
        quiet_critical, coalesce(again_low::text, '-'), coalesce(again_medium::text, '-'), coalesce(again_high::text, '-'),
        coalesce(again_critical::text, '-'), version) FROM users
      """)
  }

  @Test func `every setting is kept as the form says, and logged`() throws {
    let fields: KeyValuePairs = [
      "quiet_from": "22:00", "quiet_until": "07:00", "quiet_days": "sat", "quiet_days": "fri", "quiet_days_from": "23:00",
      "quiet_days_until": "10:00", "quiet_critical": "on", "again_low": "0", "again_medium": "90", "again_high": "60",
      "again_critical": "0",
      "version": "1",
    ]
    #expect(ana.post("/settings/quiet", fields).location == "/settings/quiet")
    #expect(try stored() == "79200 25200 48 82800 36000 t - 90 60 - 2")
    let page = ana.get("/settings/quiet")
    #expect(page.field("version", ofForm: "/settings/quiet") == "2")
    let shown = page.fields(of: "/settings/quiet")
    for field in ["quiet_from=22:00", "quiet_days_until=10:00", "quiet_critical=on", "again_medium=90", "again_critical=0"] {
      #expect(shown.contains(field), "\(field) in \(shown)")
    }
    let log = ana.get("/settings/audit").text
    #expect(log.contains("22:00–07:00; fri sat 23:00–10:00; critical"))
    // The profile's form knows the usual hours alone, and leaves the rest.
    #expect(
      ana.post("/settings/profile", ["display_name": "Ana", "quiet_from": "21:00", "quiet_until": "06:00", "version": "2"]).status == 303)
    #expect(try stored() == "75600 21600 48 82800 36000 t - 90 60 - 3")
  }

  @Test func `what is wrong is said beside its field, all at once, and stores nothing`() throws {
    for (fields, wrong) in [
      ([("quiet_days_from", "23:00")], ["quiet_days_until"]),
      ([("quiet_days", "sat"), ("quiet_days_until", "10:00")], ["quiet_days_from"]),
      ([("quiet_days_from", "23:00"), ("quiet_days_until", "10:00")], ["quiet_days"]), ([("quiet_days", "someday")], ["quiet_days"]),
      ([("quiet_days", "sat"), ("quiet_days_from", "10:00"), ("quiet_days_until", "10:00")], ["quiet_days_until"]),
      ([("again_low", "-1")], ["again_low"]), ([("again_high", "525601"), ("again_low", "soon")], ["again_high", "again_low"]),
    ] as [([(String, String)], [String])] {
      let place: Comment = "\(fields), \(wrong)"
      let before = try site.fingerprint()
      let body = ([("csrf", ana.token()), ("version", "1")] + fields).map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }
      let page = ana.post("/settings/quiet", raw: Array(body.joined(separator: "&").utf8))
      #expect(page.status == 422 && page.complaints.sorted() == wrong, "\(fields): \(page.complaints)")
      #expect(try site.fingerprint() == before, place)
    }
  }

  @Test func `a stale form is 409 and keeps what was typed`() throws {
    let page = ana.post("/settings/quiet", ["quiet_from": "22:00", "quiet_until": "07:00", "version": "9"])
    #expect(page.status == 409 && page.fields(of: "/settings/quiet").contains("quiet_from=22:00"))
  }

  @Test(arguments: [("2 hours", "2026-11-21T11:00:00Z"), ("amanhã às 9h", "2026-11-22T09:00:00Z"), ("monday noon", "2026-11-23T12:00:00Z")])
  func `do not disturb is said in words, shown, and taken back by one press`(words: String, until: String) throws {
    let page = ana.post("/settings/quiet/pause", ["until": words])
    #expect(page.location == "/settings/quiet")
    #expect(try site.text("SELECT quiet_paused_words FROM users") == words)
    let shown = ana.get("/settings/quiet")
    #expect(shown.fact("quiet-until") == until)
    #expect(shown.text.contains("but for critical ones.") && shown.form("/settings/quiet/pause/deletion") != nil)
    #expect(ana.post("/settings/quiet/pause/deletion").status == 303)
    #expect(ana.get("/settings/quiet").fact("quiet-until") == nil)
    // It was so by then: nothing is recorded.
    #expect(ana.post("/settings/quiet/pause/deletion").status == 303)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'quiet.resumed'") == 1)
  }

  @Test func `a time that the clocks skip is moved on, and the page says so`() throws {
    let rui = try site.person("rui@x.test", zone: "Europe/Berlin")
    #expect(rui.post("/settings/quiet/pause", ["until": "2027-03-28T02:30"]).status == 303)
    let page = rui.get("/settings/quiet")
    #expect(page.fact("quiet-until") == "2027-03-28T01:30:00Z" && page.text.contains("The clocks skip the time you typed"))
  }

  @Test func `Undo brings back what was said before`() throws {
    #expect(ana.post("/settings/quiet/pause", ["until": "2 hours"]).status == 303)
    #expect(ana.post("/settings/quiet/pause", ["until": "5 hours"]).status == 303)
    let before = site.now.advanced(hours: 2)
    #expect(ana.get("/settings/quiet").form("/settings/quiet/pause/\(before.microseconds)/restoration") != nil)
    #expect(ana.post("/settings/quiet/pause/\(before.microseconds)/restoration").status == 303)
    #expect(ana.get("/settings/quiet").fact("quiet-until") == before.iso)
    #expect(ana.post("/settings/quiet/pause/\(site.now.advanced(hours: -1).microseconds)/restoration").status == 303)
    #expect(ana.get("/settings/quiet").fact("quiet-until") == before.iso)
    #expect(ana.post("/settings/quiet/pause/\(site.now.advanced(days: 400).microseconds)/restoration").status == 404)
  }

  @Test(arguments: ["", "yesterday", "soonish", "0 min", "2 years", String(repeating: "x", count: 201)])
  func `words that are no time ahead are refused and kept`(words: String) throws {
    let before = try site.fingerprint()
    let page = ana.post("/settings/quiet/pause", ["until": words])
    #expect(page.status == 422 && page.complaints == ["until"])
    #expect(try site.fingerprint() == before)
  }

  @Test func `messages wait while nobody is to disturb, and come at once as one when it is taken back`() throws {
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.email])])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    #expect(ana.post("/settings/quiet/pause", ["until": "5 hours"]).status == 303)
    for title in ["Rent", "Milk"] { _ = try ana.remind(nil, .medium, title: title) }
    _ = try ana.remind(nil, .critical, title: "Pills")
    site.pass(hours: 1)
    try site.work()
    #expect(try site.mails().count == 1 && site.mails()[0].contains("Pills"))
    #expect(ana.get("/settings/quiet").text.contains("2 messages wait for the quiet to end."))
    #expect(ana.post("/settings/quiet/pause/deletion").status == 303)
    try site.work()
    #expect(try site.mails().count == 2)
  }

  @Test func `a program that fetches gets nothing meanwhile but what is critical, and not even that where that is held`() throws {
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.pull])])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    let key = try ana.apiKey()
    #expect(ana.post("/agents/pull", ["enabled": "on"]).status == 303)
    for (title, importance) in [("Milk", Importance.medium), ("Pills", .critical)] { _ = try ana.remind(nil, importance, title: title) }
    site.pass(hours: 1)
    try site.work()
    func fetched() -> String {
      site.browser().get("/api/v1/notifications/pending?agent=pull", ["authorization": "Bearer \(key)"]).text
    }
    try site.owner.run("UPDATE users SET quiet_paused_until = \(site.now.advanced(hours: 1)), quiet_critical = true")
    #expect(fetched().contains("\"data\":[]"))
    try site.owner.run("UPDATE users SET quiet_critical = false")
    let some = fetched()
    #expect(some.contains("Pills") && !some.contains("Milk"))
    site.pass(hours: 1)
    #expect(fetched().contains("Milk"))
  }
}
