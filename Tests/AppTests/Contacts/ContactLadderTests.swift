import Postgres
import Testing

@testable import App
@testable import Domain

/// Ladders that tell contacts: what is sent is what their dry check says.
@Suite struct ContactLadderTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// "2 Rui email" of each message.
  private func sent() throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT concat_ws(' ', o.tier, coalesce(c.name, 'Ana'), o.channel) FROM outbox o LEFT JOIN contacts c ON c.id = o.recipient_id
          WHERE o.subject = 'escalation' AND o.state = 'sent' ORDER BY o.tier, c.name NULLS FIRST
          """))
  }

  private func ring(_ id: ID<Reminder>) throws {
    site.pass(hours: 1)
    try site.work()
    for _ in 0..<3 {
      site.pass(minutes: 5)
      try site.work()
    }
  }

  @Test(arguments: [[], ["Rui"], ["Bia", "Rui"]])
  func `Hard case 1: what a ladder sends instead of what is not there, its dry check, Today and the timeline say alike`(names: [String])
    throws
  {
    for name in names { try ana.agreed(name, "\(name.lowercased())@x.test") }
    let profile = try ana.ladder([
      "name": "Mine", "tiers": "4", "tier_1_delay": "0", "tier_1_contacts": "on", "tier_2_delay": "5", "tier_2_agent": "sms",
      "tier_2_contacts": "on", "tier_3_delay": "10", "tier_3_agent": "sms", "tier_4_delay": "15", "tier_4_agent": "email",
      "tier_4_contacts": "on",
    ])
    let id = try ID<Reminder>(ana.remind(["title": "Pay the rent", "at": "2026-11-21T10:00", "profile": profile])).unwrapped
    let page = ana.get("/profiles/\(profile)/edit")
    let today = ana.get("/").text
    let ladder = try Ladder(tiers: [
      Tier(delayMinutes: 0, agents: [], includesContacts: true), Tier(delayMinutes: 5, agents: [.sms], includesContacts: true),
      Tier(delayMinutes: 10, agents: [.sms]), Tier(delayMinutes: 15, agents: [.email], includesContacts: true),
    ])
    let mail: [AgentType: DryCheck.Reach] = [.email: .ready]
    let check = DryCheck(ladder, owner: DryCheck.Person("Ana", mail), contacts: names.map { DryCheck.Person($0, mail) })
    let lines = check.timetable(from: site.now)
    try ring(id)
    #expect(
      try sent()
        == lines.flatMap { line in line.told.map { "\(line.step.tier) \($0.contact.map { names[$0] } ?? "Ana") \($0.agent.rawValue)" } })
    #expect(page.facts("told") == lines.flatMap { line in line.told.map { "\(line.step.tier) \($0.agent.rawValue) told" } })
    let instead: [Int] = try site.owner.rows(Query(column: "SELECT tier FROM escalation_events WHERE data ? 'instead' ORDER BY tier"))
    #expect(instead == lines.filter(\.isInstead).map(\.step.tier))
    let tiers = instead.map { String($0) }.joined(separator: ", ")
    #expect(today.contains("Tiers \(tiers) come by e-mail instead."), "\(tiers)")
  }

  @Test func `what the desk reminds of tells no contact, and no page promises it`() throws {
    try ana.agreed("Rui", "rui@x.test")
    let ladder = try Ladder(tiers: [
      Tier(delayMinutes: 0, agents: [.email], includesContacts: true), Tier(delayMinutes: 5, agents: [], includesContacts: true),
      Tier(delayMinutes: 60, agents: [.email], includesContacts: true),
    ])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    let id = try ana.remind(nil)
    try site.owner.run("UPDATE reminders SET of_desk = true WHERE id = \(id)")
    try ring(id)
    #expect(try sent() == ["1 Ana email", "2 Ana email"])
    let page = ana.get("/escalations/\(try ana.newest(id).unwrapped.id.text)").text
    #expect(page.contains("Contacts are told nothing of the desk. By e-mail instead.") && !page.contains("trusted contacts"))
  }

  @Test func `with other zone data, what a contact's quiet hours hold moves by these and not by the owner's`() throws {
    let kenji = try ana.agreed("Kenji", "kenji@x.test", [("timezone", "Asia/Tokyo"), ("quiet_from", "22:00"), ("quiet_until", "07:00")])
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [], includesContacts: true)])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    site.now = try Instant(iso: "2026-11-21T12:30:00Z").unwrapped
    _ = try ana.remind(nil)
    site.pass(hours: 1)
    try site.work()
    let bench = try Worker.idle(site.services, Connection(url: site.url("heed_work"))).bench
    // As if the clocks had changed, and not the hours: what those hold would be due at once.
    try site.owner.run("ALTER TABLE contacts DISABLE TRIGGER contacts_quiet")
    for (end, leaves) in [(25_200, "2026-11-21T22:00:00Z"), (28_800, "2026-11-21T23:00:00Z")] {
      try site.owner.run("UPDATE contacts SET quiet_until = \(end) WHERE id = \(kenji)")
      _ = try bench.recomputeZones(after: ID(high: 0, low: 0), site.now)
      let due: Instant? = try site.owner.value("SELECT due_at FROM outbox WHERE subject = 'escalation' AND state = 'held'")
      #expect(due?.iso == leaves)
    }
  }

  @Test func `the page of agents tells what became of one's own messages and addresses alone`() throws {
    try ana.agreed("Rui", "rui@x.test")
    let ladder = try Ladder(tiers: [
      Tier(delayMinutes: 0, agents: [.email]), Tier(delayMinutes: 5, agents: [], includesContacts: true),
    ])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    let id = try ana.remind(nil)
    try ring(id)
    #expect(try sent() == ["1 Ana email", "2 Rui email"])
    try site.owner.run(
      "INSERT INTO muted_addresses (user_id, agent, address, reason, at) VALUES (\(ana.user), 'email', 'rui@x.test', 'refused', \(site.now))"
    )
    _ = ana.get("/contacts")  // What was said of the letter is said once.
    let page = ana.get("/agents")
    #expect(page.fact("last-success") == "2026-11-21T10:00:00Z" && !page.text.contains("rui@x.test"))
  }
}
