import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What contacts answer by their links, and what comes of it.
@Suite struct ContactAnswerTests {
  private let site: Site
  private let ana: Browser

  /// Of five minutes a tier: the first tells the person alone, the others contacts besides.
  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    try use(Ladder(tiers: (0..<3).map { Tier(delayMinutes: $0 * 5, agents: [.email], includesContacts: $0 > 0) }))
  }

  private func use(_ ladder: Ladder) throws { try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb") }

  private func ring() throws -> ID<Reminder> {
    let id = try ana.remind(nil)
    site.pass(hours: 1)
    try site.work()
    return id
  }

  private func climb() throws {
    site.pass(minutes: 5)
    try site.work()
  }

  private func link(_ contact: ID<Contact>, _ id: ID<Reminder>) throws -> String {
    "/a/" + ActionLink(try ana.newest(id).unwrapped.id, to: .contact(contact), sentAt: site.now).token(site.services.keys)
  }

  private func press(_ path: String, _ action: String) -> Int { site.browser().post(path, ["action": action], csrf: false).status }

  /// "2 Rui" of each message, in their order.
  private func told() throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT o.tier || ' ' || coalesce(c.name, 'Ana') FROM outbox o LEFT JOIN contacts c ON c.id = o.recipient_id
          WHERE o.subject = 'escalation' AND o.state = 'sent' ORDER BY o.tier, c.name NULLS FIRST
          """))
  }

  /// Lets `first` and then `second` wait for a reminder that somebody else holds.
  private func meet(at id: ID<Reminder>, _ first: (String, String), _ second: (String, String)) throws -> [Int] {
    let (holder, watcher) = (try site.connection("heed_owner"), try Connection(url: Cluster.shared.get().url()))
    let ended = DispatchSemaphore(value: 0)
    nonisolated(unsafe) let browsers = try (0..<2).map { _ in try Site(as: site, zoneinfo: "/usr/share/zoneinfo").browser() }
    nonisolated(unsafe) var one = 0
    nonisolated(unsafe) var other = 0
    let waiting: SQL = """
      SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE a.datname = \(site.name) AND NOT l.granted
      """
    var begun = 0
    do {
      defer { for _ in 0..<begun { ended.wait() } }
      try holder.transaction {
        try holder.run("SELECT FROM reminders WHERE id = \(id) FOR UPDATE")
        Thread.detachNewThread {
          one = browsers[0].post(first.0, ["action": first.1], csrf: false).status
          ended.signal()
        }
        begun = 1
        try #require(try until { try watcher.value(waiting, as: Int.self) == 1 })
        Thread.detachNewThread {
          other = browsers[1].post(second.0, ["action": second.1], csrf: false).status
          ended.signal()
        }
        begun = 2
        try #require(try until { try watcher.value(waiting, as: Int.self) == 2 })
      }
    }
    return [one, other]
  }

  @Test(arguments: [("acknowledgement", "refusal"), ("refusal", "acknowledgement"), ("acknowledgement", "acknowledgement")])
  func `Hard case 5: two contacts press in the same second: one has it, and both read who`(first: String, second: String) throws {
    let (rui, bia) = (try ana.agreed("Rui", "rui@x.test"), try ana.agreed("Bia", "bia@x.test"))
    let id = try ring()
    try climb()
    let links = (try link(rui, id), try link(bia, id))
    #expect(try meet(at: id, (links.0, first), (links.1, second)) == [303, 303])
    #expect(try ana.state(id) == "acknowledged 2 0 1")
    let taker = first == "acknowledgement" ? "Rui" : "Bia"
    for path in [links.0, links.1] { #expect(site.browser().get(path).text.contains("\(taker) has been on it since")) }
    let counts = try site.text(
      """
      SELECT count(*) FILTER (WHERE action = 'reminder.acknowledged') || ' ' || count(*) FILTER (WHERE action = 'escalation.declined') FROM audit_log
      """)
    #expect(counts == (first == "refusal" ? "1 1" : "1 0"))
  }

  @Test func `who is told by the last tier alone and cannot is not told that others are`() throws {
    let rui = try ana.agreed("Rui", "rui@x.test")
    let id = try ring()
    try climb()
    try climb()
    #expect(press(try link(rui, id), "refusal") == 303)
    #expect(try ana.state(id) == "active 3 0 1")
    let page = site.browser().get(try link(rui, id)).text
    #expect(page.contains("You said that you cannot.") && !page.contains("Others are told."))
  }

  @Test func `who was told by an earlier tier and cannot lets none come at once`() throws {
    let rui = try ana.agreed("Rui", "rui@x.test")
    try use(
      Ladder(tiers: [
        Tier(delayMinutes: 0, agents: [.email], includesContacts: true), Tier(delayMinutes: 5, agents: [.email]),
        Tier(delayMinutes: 10, agents: [.email]),
      ]))
    let id = try ring()
    try climb()
    #expect(press(try link(rui, id), "refusal") == 303)
    #expect(try ana.state(id) == "active 2 0 1")
  }

  @Test func `what waits for who cannot is withdrawn, and a tier of contacts who all cannot is sent to the owner`() throws {
    let rui = try ana.agreed("Rui", "rui@x.test")
    try use(
      Ladder(tiers: [
        Tier(delayMinutes: 0, agents: [], includesContacts: true), Tier(delayMinutes: 5, agents: [], includesContacts: true),
      ]))
    let id = try ring()
    #expect(try told() == ["1 Rui"])
    #expect(press(try link(rui, id), "refusal") == 303)
    try site.work()
    #expect(try told() == ["1 Rui", "2 Ana"])
    #expect(
      ana.get("/escalations/\(try ana.newest(id).unwrapped.id.text)").text.contains("No trusted contact can be told. By e-mail instead."))
    // In the next run they are asked again.
    #expect(ana.post("/reminders/\(id.text)/snoozes", ["until": "20 min"]).status == 303)
    site.pass(minutes: 21)
    try site.work()
    #expect(try told() == ["1 Rui", "1 Rui", "2 Ana"])
  }

  @Test func `a link counts for what was sent to the address that the contact has now, in the run that told it`() throws {
    let (rui, bia) = (try ana.agreed("Rui", "rui@x.test"), try ana.agreed("Bia", "bia@x.test"))
    let id = try ring()
    for contact in [rui, bia] {
      #expect(site.browser().get(try link(contact, id)).status == 404)
      #expect(press(try link(contact, id), "acknowledgement") == 404)
    }
    try climb()
    #expect(site.browser().get(try link(rui, id)).status == 200)
    let fields: KeyValuePairs = ["name": "Rui", "email": "rui2@x.test", "notify_email": "on", "version": "1"]
    #expect(ana.post("/contacts/\(rui.text)", fields).status == 303)
    #expect(site.browser().get(try link(rui, id)).status == 404)
    #expect(press(try link(rui, id), "acknowledgement") == 404)
    // Another run, of which nobody else has been told yet.
    #expect(ana.post("/reminders/\(id.text)/snoozes", ["until": "20 min"]).status == 303)
    site.pass(minutes: 21)
    try site.work()
    #expect(try ana.state(id) == "active 1 0 2")
    let page = site.browser().get(try link(bia, id))
    #expect(page.status == 200 && page.text.contains("It has rung again since") && !page.text.contains("value=\"acknowledgement\""))
    #expect(press(try link(bia, id), "acknowledgement") == 409)
    #expect(try ana.state(id) == "active 1 0 2")
    try climb()
    #expect(press(try link(bia, id), "acknowledgement") == 303)
  }

  @Test func `two contacts of one address are refused, by the form and when one comes back`() throws {
    let rui = try ana.contact("Rui", "rui@x.test")
    let twice = ana.post("/contacts", ["name": "R.", "email": "RUI@x.test", "notify_email": "on"])
    #expect(twice.status == 422 && twice.complaints == ["email"] && twice.text.contains("Rui has this address already."))
    let bia = try ana.contact("Bia", "bia@x.test")
    let moved = ana.post("/contacts/\(bia.text)", ["name": "Bia", "email": "rui@x.test", "version": "1"])
    #expect(moved.status == 422 && moved.complaints == ["email"])
    #expect(ana.post("/contacts/\(rui.text)/deletion").status == 303)
    try ana.contact("Rui again", "rui@x.test")
    #expect(ana.post("/contacts/\(rui.text)/restoration").status == 409)
    try site.person("eve@x.test").contact("Rui", "rui@x.test")
    #expect(throws: PostgresError.self) {
      try site.owner.run("UPDATE contacts SET address = 'rui@x.test', address_key = 'rui@x.test' WHERE id = \(bia)")
    }
  }

  @Test func `the letter's page tells how it is now`() throws {
    let rui = try ana.agreed("Rui", "rui@x.test")
    let (path, stop) = (try ana.letter(to: rui), "/u/" + UnsubscribeLink(contactOf: ana.user, "rui@x.test").token(site.services.keys))
    #expect(site.browser().get(path).text.contains("You are a trusted contact of"))
    let asked = site.browser().get(stop).text
    #expect(asked.contains("From then on nothing about") && !asked.contains("any more"))
    #expect(site.browser().post(stop, csrf: false).status == 200)
    let stopped = site.browser().get(path).text
    #expect(stopped.contains("asked for no more mails since") && !stopped.contains("You are a trusted contact of"))
    #expect(site.browser().post(stop, ["action": "resumption"], csrf: false).status == 200)
    #expect(ana.post("/contacts/\(rui.text)", ["name": "Rui", "email": "rui2@x.test", "version": "1"]).status == 303)
    #expect(!site.browser().get(path).text.contains("You are a trusted contact of"))
  }
}
