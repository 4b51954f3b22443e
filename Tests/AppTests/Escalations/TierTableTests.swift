import Postgres
import Testing

@testable import App
@testable import Domain

/// The page of an escalation besides its log: who is told and who is not, and what its tab says.
@Suite struct TierTableTests {
  private let site: Site
  private let ana: Browser

  /// Of five minutes a tier: mail, mail and contacts, the same and an SMS that nobody can send.
  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    let ladder = try Ladder(tiers: [
      Tier(delayMinutes: 0, agents: [.email]), Tier(delayMinutes: 5, agents: [.email], includesContacts: true),
      Tier(delayMinutes: 10, agents: [.email, .sms], includesContacts: true),
    ])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
  }

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

  private func timeline(_ id: ID<Reminder>) throws -> Page { ana.get("/escalations/\(try ana.newest(id).unwrapped.id.text)") }

  @Test func `a table says whom each tier told and will tell, by quiet hours, and who is left out and why`() throws {
    try ana.agreed("Rui", "rui@x.test")
    _ = try ana.contact("Bia", "bia@x.test")
    // 10:08 to 11:00.
    try site.owner.run("UPDATE users SET quiet_from = 36480, quiet_until = 39600")
    let id = try ring()
    try climb()
    let page = try timeline(id)
    #expect(page.facts("told") == ["1 email sent", "2 email sent", "2 email sent", "3 email held", "3 email told"])
    for piece in [
      "<tr aria-current=\"step\"><th scope=\"row\" data-label=\"Tier\">Tier 2 ", "Not told: Bia (has not agreed yet).", "Not set up: SMS.",
      "sent after 0.0 s", "Your quiet hours hold it until Sat 21 Nov 2026, 11:00.",
    ] { #expect(page.text.contains(piece), "\(piece)") }
    try climb()
    // What was planned is what became of it.
    let then = try timeline(id)
    #expect(then.facts("told").suffix(2) == ["3 email held", "3 email sent"])
    #expect(then.text.contains("Tier 3 <span class=\"state\"") && site.logged.isEmpty)
  }

  @Test func `Hard case 2: a profile that is edited and an agent that is switched off between two tiers are named`() throws {
    let id = try ring()
    try site.owner.run("UPDATE profiles SET preset = NULL, version = version + 1 WHERE user_id = \(ana.user)")
    #expect(ana.post("/agents/email").status == 303)
    try climb()
    let page = try timeline(id)
    #expect(page.facts("told").prefix(2) == ["1 email sent", "2 email cancelled"])
    for piece in ["edited since", "not sent: switched off", "You, by e-mail: not sent: switched off"] {
      #expect(page.text.contains(piece), "\(piece)")
    }
    // The plan stays as it was.
    #expect(try ana.newest(id)?.course.ladder.tiers.count == 3)
  }

  @Test func `the tab says how many ring where they are shown, and its icon too`() throws {
    let id = try ring()
    let escalation = "/escalations/\(try ana.newest(id).unwrapped.id.text)"
    let pages = ["/", "/escalations", escalation, "/reminders", "/reminders/\(id.text)"]
    for path in pages {
      let page = ana.get(path).text
      #expect(page.contains("<title>(1) ") && page.contains("/favicon-ringing.svg\""), "\(path)")
    }
    #expect(!ana.get("/habits").text.contains("<title>("))
    #expect(ana.post(escalation + "/acknowledgement").status == 303)
    for path in pages {
      let page = ana.get(path).text
      #expect(!page.contains("<title>(") && page.contains("/favicon.svg\""), "\(path)")
    }
  }

  @Test func `counters lead to the escalations of each state, and to no others`() throws {
    let titles = ["Rings", "Asks again", "On it", "Asleep", "Done"]
    let ids = try titles.map { try ana.remind(nil, title: $0) }
    site.pass(hours: 1)
    try site.work()
    try ana.desk(ids[1]) { _ = try $0.acknowledge(againAt: site.now.advanced(hours: 2)) }
    try ana.desk(ids[2]) { _ = try $0.acknowledge(againAt: nil) }
    try ana.desk(ids[3]) { _ = try $0.snooze(until: site.now.advanced(hours: 1), words: "1h", reason: "") }
    try ana.desk(ids[4]) { _ = try $0.complete() }
    let states: [(String, Set<String>)] = [
      ("open", ["Rings", "Asks again", "Asleep"]), ("active", ["Rings"]), ("acknowledged", ["Asks again", "On it"]),
      ("snoozed", ["Asleep"]), ("ended", ["Done"]), ("all", Set(titles)),
    ]
    for (state, expected) in states {
      let page = ana.get("/escalations?state=\(state)").text
      let rows = page.components(separatedBy: "<article class=alarm").dropFirst()
      #expect(Set(titles.filter { title in rows.contains { $0.contains(">\(title)</a>") } }) == expected, "\(state)")
      let chip = page.components(separatedBy: "?state=\(state)\"").dropFirst().first?.components(separatedBy: "</a>").first ?? ""
      #expect(chip.contains("aria-current") && chip.hasSuffix("<span class=\"count\">\(expected.count)</span>"), "\(chip)")
    }
    try ana.desk(ids[0]) { _ = try $0.complete() }
    #expect(ana.get("/escalations?state=active").text.contains("None of your escalations is in this state."))
    #expect(site.logged.isEmpty)
  }
}
