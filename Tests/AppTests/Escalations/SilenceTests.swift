import Postgres
import Testing

@testable import App
@testable import Domain

/// Everything snoozed by one form and brought back by one press; many escalations answered at once; how long after an answer somebody is asked again.
@Suite struct SilenceTests {
  private let site: Site
  private let ana: Browser

  /// Of an hour between two tiers.
  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    let ladder = try Ladder(tiers: [0, 60].map { Tier(delayMinutes: $0, agents: [.email]) })
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
  }

  /// Reminders that ring.
  private func ring(_ titles: String..., importance: Importance = .medium) throws -> [ID<Reminder>] {
    let ids = try titles.map { try ana.remind(.once(at: site.now.advanced(minutes: 1)), importance, title: $0) }
    site.pass(minutes: 1)
    try site.work()
    return ids
  }

  private func path(_ id: ID<Reminder>) throws -> String { "/escalations/\(try ana.newest(id).unwrapped.id.text)" }

  private func press() throws -> String {
    try site.text("SELECT press_id::text FROM snoozes WHERE press_id IS NOT NULL ORDER BY from_time DESC LIMIT 1").unwrapped
  }

  @Test func `one form snoozes all that rings or would before then, and one press lets all go on where they were`() throws {
    let ringing = try ring("Rent", "Pills")
    let soon = try ana.remind(.once(at: site.now.advanced(hours: 1)), .critical, title: "Soon")
    let late = try ana.remind(.once(at: site.now.advanced(hours: 9)), title: "Late")
    let asleep = try ana.remind(.once(at: site.now.advanced(hours: 1)), title: "Asleep")
    #expect(ana.post("/reminders/\(asleep.text)/snoozes", ["until": "90 min"]).status == 303)
    let done = ana.post("/escalations/snoozes", ["until": "3 hours", "reason": "the theatre", "nonce": "n"])
    #expect(done.location == "/escalations")
    let (page, pressed) = (ana.get("/escalations"), try press())
    #expect(page.text.contains("4 reminders are snoozed.") && page.form("/escalations/snoozes/\(pressed)/restoration") != nil)
    for id in ringing + [soon, asleep] { #expect(try ana.reminder(id).snoozedUntil == site.now.advanced(hours: 3)) }
    #expect(try ana.reminder(late).status == .active)
    site.pass(minutes: 10)
    #expect(ana.post("/escalations/snoozes/\(try press())/restoration").status == 303)
    #expect(ana.get("/escalations").text.contains("4 reminders go on where they were."))
    #expect(try ana.reminder(asleep).snoozedUntil == site.now.advanced(minutes: 80))
    #expect(try ana.reminder(soon).status == .active)
    #expect(try ringing.map { try ana.state($0) } == ["active 1 0 1", "active 1 0 1"])
    #expect(try ana.newest(ringing[0])?.course.nextStepAt == site.now.advanced(minutes: 50))
    #expect(try ana.events(ringing[0]).suffix(2) == ["snoozed", "unsnoozed"])
    #expect(ana.get(try path(ringing[0])).text.contains("took the snooze back"))
    site.pass(minutes: 50)
    try site.work()
    #expect(try ana.state(ringing[0]) == "active 2 0 1")
    // Twice is as once.
    #expect(ana.post("/escalations/snoozes/\(try press())/restoration").status == 303)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'reminder.unsnoozed'") == 4)
  }

  @Test func `what the press withdrew is sent after it was taken back`() throws {
    try site.owner.run("UPDATE users SET quiet_from = 0, quiet_until = 43200")  // Until noon; it is nine.
    _ = try ring("Rent")
    #expect(try site.deliveries() == ["1 held quiet"])
    #expect(ana.post("/escalations/snoozes", ["until": "5 hours"]).status == 303)
    #expect(try site.deliveries() == ["1 cancelled "])
    #expect(ana.post("/escalations/snoozes/\(try press())/restoration").status == 303)
    try site.work()
    #expect(try site.deliveries() == ["1 held quiet"])
    #expect(try site.mails().isEmpty)
  }

  @Test func `what was answered since stays answered`() throws {
    let ids = try ring("Rent", "Milk")
    #expect(ana.post("/escalations/snoozes", ["until": "3 hours"]).status == 303)
    let press = try press()
    #expect(ana.post("/reminders/\(ids[0].text)/completion").status == 303)
    #expect(ana.post("/reminders/\(ids[1].text)/snoozes", ["until": "1 hour"]).status == 303)
    #expect(ana.post("/escalations/snoozes/\(press)/restoration").status == 303)
    #expect(ana.get("/escalations").text.contains("There was nothing to undo."))
    #expect(try ana.reminder(ids[0]).status == .completed)
    #expect(try ana.reminder(ids[1]).snoozedUntil == site.now.advanced(hours: 1))
    let eve = try site.person("eve@x.test")
    #expect(eve.post("/escalations/snoozes/\(press)/restoration").status == 404)
  }

  @Test(arguments: ["", "soonish", "yesterday", "2 years"])
  func `a wrong time for everything changes nothing and is kept`(words: String) throws {
    _ = try ring("Rent")
    let before = try site.fingerprint()
    let page = ana.post("/escalations/snoozes", ["until": words])
    #expect(page.status == 422 && page.complaints == ["until"])
    #expect(try site.fingerprint() == before)
  }

  @Test func `where nothing rings nothing is snoozed, and the same form with a later time is taken`() throws {
    let id = try ana.remind(.once(at: site.now.advanced(hours: 4)))
    let nonce = try ana.get("/escalations").field("nonce", ofForm: "/escalations/snoozes").unwrapped
    let page = ana.post("/escalations/snoozes", ["until": "3 hours", "nonce": nonce])
    #expect(page.status == 422 && page.complaints == ["until"] && page.text.contains("Nothing rings before then."))
    #expect(ana.post("/escalations/snoozes", ["until": "5 hours", "nonce": nonce]).status == 303)
    #expect(try ana.reminder(id).status == .snoozed)
    // Pressed twice it is one.
    #expect(ana.post("/escalations/snoozes", ["until": "5 hours", "nonce": nonce]).location == "/escalations")
    #expect(try site.count("SELECT count(*) FROM snoozes") == 1)
  }

  @Test func `a series that somebody is on is snoozed over its next time, and goes on waiting for its question after the undo`() throws {
    let id = try ana.remind(.interval(minutes: 60))
    site.pass(hours: 1)
    try site.work()
    #expect(ana.post(try path(id) + "/acknowledgement", ["again_in": "5 hours"]).status == 303)
    let again = site.now.advanced(hours: 5)
    // It would not ring before then.
    #expect(ana.post("/escalations/snoozes", ["until": "30 min"]).status == 422)
    #expect(ana.post("/escalations/snoozes", ["until": "2 hours"]).status == 303)
    #expect(try ana.state(id) == "snoozed 1 0 1" && ana.reminder(id).snoozedUntil == site.now.advanced(hours: 2))
    #expect(ana.post("/escalations/snoozes/\(try press())/restoration").status == 303)
    #expect(try ana.newest(id)?.course.againAt == again && ana.state(id) == "acknowledged 1 0 1")
  }

  @Test(arguments: [
    ("acknowledgement", "acknowledged 1 0 1"), ("completion", "completed 1 0 1"), ("snooze", "snoozed 1 0 1"),
  ])
  func `the ticked ones are answered, and no other`(action: String, state: String) throws {
    let ids = try ring("Rent", "Milk", "Bins")
    let ticked = try ids.prefix(2).map { try ana.newest($0).unwrapped.id.text }
    let answer = ana.post("/escalations/bulk", ["id": ticked[0], "id": ticked[1], "action": action, "until": "2 hours"])
    #expect(answer.location == "/escalations")
    let page = ana.get("/escalations").text
    #expect(page.contains("2 reminders were changed.") && page.contains("Snoozed until") == (action == "snooze"))
    #expect(try ids.map { try ana.state($0) } == [state, state, "active 1 0 1"])
  }

  @Test func `what is wrong with a bulk form of a later page leads back to that page`() throws {
    let ids = try ring("Rent", "Milk").map { try ana.newest($0).unwrapped.id.text }.sorted()
    let list = try ana.get("/escalations?after=\(ids[1])").field("list", ofForm: "/escalations/bulk").unwrapped
    let page = ana.post("/escalations/bulk", ["id": ids[0], "action": "snooze", "until": "soonish", "list": list])
    #expect(page.status == 422 && page.text.contains("value=\"\(ids[0])\" form=bulk") && !page.text.contains("value=\"\(ids[1])\""))
  }

  @Test func `what is wrong with a bulk form leads back to the list with its ticks`() throws {
    let id = try ana.newest(try ring("Rent")[0]).unwrapped.id.text
    let page = ana.post("/escalations/bulk", ["id": id, "action": "snooze", "until": "soonish"])
    #expect(page.status == 422 && page.complaints == ["bulk-until"] && page.text.contains("value=\"\(id)\" form=bulk"))
    #expect(ana.post("/escalations/bulk", ["action": "completion"]).status == 422)
    #expect(ana.post("/escalations/bulk", ["id": id, "action": "party"]).status == 422)
    #expect(ana.post("/escalations/bulk", ["id": "x", "action": "completion"]).status == 404)
    #expect(try site.person("eve@x.test").post("/escalations/bulk", ["id": id, "action": "completion"]).status == 404)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action LIKE 'reminder.%'") == 0)
  }

  @Test func `an escalation that its reminder has rung again since is left out`() throws {
    let id = try ring("Rent")[0]
    let old = try ana.newest(id).unwrapped.id.text
    #expect(ana.post("/reminders/\(id.text)/acknowledgement").status == 303)
    #expect(ana.post("/reminders/\(id.text)/run").status == 303)
    #expect(ana.post("/escalations/bulk", ["id": old, "action": "completion"]).status == 303)
    #expect(ana.get("/escalations").text.contains("1 could not be changed any more."))
    #expect(try ana.newest(id)?.course.state == .active)
  }

  // MARK: - Asked again

  @Test(
    arguments: [
      (Importance.critical, "", 240), (.high, "", nil), (.medium, "", nil), (.low, "", nil), (.medium, "90 min", 90),
      (.critical, "never", nil),
      (.critical, "Nunca", nil), (.critical, "NÃO", nil), (.critical, "na\u{303}o", nil), (.critical, "30 min", 30),
    ] as [(Importance, String, Int?)])
  func `after an acknowledgement somebody is asked again as was said, else as the standard is`(
    importance: Importance, said: String, minutes: Int?
  ) throws {
    let id = try ring("Rent", importance: importance)[0]
    #expect(ana.post(try path(id) + "/acknowledgement", ["again_in": said]).status == 303)
    #expect(try ana.newest(id)?.course.againAt == minutes.map { site.now.advanced(minutes: $0) })
  }

  @Test func `the standard of the settings counts wherever the answer comes from`() throws {
    #expect(ana.post("/settings/quiet", ["again_medium": "60", "again_critical": "0", "version": "1"]).status == 303)
    let ids = try ring("Rent", "Milk") + ring("Pills", importance: .critical)
    let link = ActionLink(try ana.newest(ids[1]).unwrapped.id, to: .user(ana.user), sentAt: site.now).token(site.services.keys)
    #expect(ana.get(try path(ids[0])).text.contains("Empty means 1 h, as your settings say."))
    #expect(ana.post("/reminders/\(ids[0].text)/acknowledgement").status == 303)
    #expect(ana.get("/reminders/\(ids[0].text)").text.contains("Heed asks again in 1 hour."))
    #expect(site.browser().post("/a/\(link)", ["action": "acknowledgement"], csrf: false).status == 303)
    #expect(ana.post("/reminders/\(ids[2].text)/acknowledgement").status == 303)
    let again = try ids.map { try ana.newest($0)?.course.againAt }
    #expect(again == [site.now.advanced(minutes: 60), site.now.advanced(minutes: 60), nil])
    site.pass(minutes: 60)
    try site.work()
    #expect(try ids.map { try ana.state($0) } == ["active 1 0 2", "active 1 0 2", "acknowledged 1 0 1"])
  }

  @Test func `Hard case 4: acknowledged for two hours and completed after one, it never asks again`() throws {
    let id = try ring("Rent")[0]
    #expect(ana.post(try path(id) + "/acknowledgement", ["again_in": "2 hours"]).status == 303)
    site.pass(hours: 1)
    #expect(ana.post("/reminders/\(id.text)/completion").status == 303)
    let mails = try site.mails().count
    for _ in 1...3 {
      site.pass(hours: 1)
      try site.work()
    }
    #expect(try site.mails().count == mails && ana.newest(id)?.course.state == .completed)
  }

  @Test func `Hard case 4: what asks again in quiet hours is held until they end`() throws {
    let id = try ring("Rent")[0]
    try site.owner.run("UPDATE users SET quiet_from = 39600, quiet_until = 46800")  // 11:00 to 13:00
    #expect(ana.post(try path(id) + "/acknowledgement", ["again_in": "2 hours"]).status == 303)
    site.pass(hours: 2)
    try site.work()
    #expect(try ana.state(id) == "active 1 0 2")
    #expect(try site.deliveries().suffix(1) == ["1 held quiet"])
    #expect(try site.mails().count == 1)
    site.now = try Instant(iso: "2026-11-21T13:00:00Z").unwrapped
    try site.work()
    #expect(try site.mails().count == 2)
  }

  @Test func `Hard case 4: one that was to ask again and is snoozed rings when the snooze ends, once`() throws {
    let id = try ring("Rent")[0]
    #expect(ana.post(try path(id) + "/acknowledgement", ["again_in": "1 hour"]).status == 303)
    #expect(ana.post(try path(id) + "/snoozes", ["until": "3 hours"]).status == 303)
    site.pass(hours: 1)
    try site.work()
    #expect(try ana.state(id) == "snoozed 1 0 1")
    site.pass(hours: 2)
    try site.work()
    #expect(try ana.state(id) == "active 1 0 2")
    #expect(try site.count("SELECT count(*) FROM escalations") == 1)
  }
}
