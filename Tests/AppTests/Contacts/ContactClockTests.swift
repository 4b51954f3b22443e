import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Each is told by their own clock, of two people each by a mail of their own, and of whoever is gone nothing.
@Suite struct ContactClockTests {
  private let site: Site
  private let ana: Browser

  /// Of five minutes a tier: the first tells the person alone, the others contacts besides.
  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    let ladder = try Ladder(tiers: (0..<3).map { Tier(delayMinutes: $0 * 5, agents: [.email], includesContacts: $0 > 0) })
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
  }

  /// "2 Rui sent kept" a message.
  private func messages() throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT o.tier || ' ' || coalesce(c.name, 'Ana') || ' ' || o.state || coalesce(' ' || o.reason, '')
          FROM outbox o LEFT JOIN contacts c ON c.id = o.recipient_id WHERE o.subject = 'escalation' ORDER BY o.tier, c.name NULLS FIRST
          """))
  }

  /// The mails to an address, in one line each.
  private func mails(to address: String) throws -> [String] {
    try site.mails().filter { mail in
      mail.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("To: ") && $0.contains(address) }
    }.map { $0.replacing("=\r\n", with: "").replacing("=\n", with: "") }
  }

  /// Rings at tier 1.
  private func ring(_ title: String = "Pay the rent") throws -> ID<Reminder> {
    let id = try ana.remind(nil, title: title)
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

  private func timeline(_ id: ID<Reminder>) throws -> String { ana.get("/escalations/\(try ana.newest(id).unwrapped.id.text)").text }

  @Test func `Hard case 8: a contact in Tokyo is quiet by their own clock, while the owner in Lisbon is told`() throws {
    try site.owner.run("UPDATE users SET timezone = 'Europe/Lisbon'")
    try ana.agreed("Kenji", "kenji@x.test", [("timezone", "Asia/Tokyo"), ("quiet_from", "22:00"), ("quiet_until", "07:00")])
    site.now = try Instant(iso: "2026-11-21T12:30:00Z").unwrapped
    let id = try ring()
    try climb()
    #expect(try messages() == ["1 Ana sent kept", "2 Ana sent kept", "2 Kenji held quiet"])
    let until: Instant? = try site.owner.value("SELECT due_at FROM outbox WHERE recipient_kind = 'contact' AND subject = 'escalation'")
    #expect(until == Instant(iso: "2026-11-21T22:00:00Z"))
    #expect(try timeline(id).contains("held until"))
    try climb()
    site.now = try until.unwrapped
    try site.work()
    // Of two that waited the newest is told, once.
    #expect(
      try messages() == [
        "1 Ana sent kept", "2 Ana sent kept", "2 Kenji cancelled superseded", "3 Ana sent kept", "3 Kenji sent kept",
      ])
    #expect(try mails(to: "kenji@x.test").count == 2)
  }

  @Test func `Hard case 8: an owner who is quiet is told later, and a contact who is not is told now`() throws {
    try ana.agreed("Kenji", "kenji@x.test", [("timezone", "Asia/Tokyo")])
    try site.owner.run("UPDATE users SET quiet_from = 0, quiet_until = 86340")
    _ = try ring()
    try climb()
    #expect(try messages() == ["1 Ana held quiet", "2 Ana held quiet", "2 Kenji sent kept"])
  }

  @Test func `what waited for two people leaves as a mail for each`() throws {
    try ana.agreed("Kenji", "kenji@x.test", [("timezone", "UTC"), ("quiet_from", "09:30"), ("quiet_until", "12:00")])
    try site.owner.run("UPDATE users SET quiet_from = 34200, quiet_until = 43200")
    for title in ["One", "Two"] { _ = try ana.remind(nil, title: title) }
    site.pass(hours: 1)
    try site.work()
    try climb()
    try site.owner.run("UPDATE escalations SET next_step_at = \(site.now.advanced(hours: 5))")
    let before = try site.mails().count
    site.pass(hours: 2)
    try site.work()
    #expect(try site.mails().count == before + 2)
    #expect(try mails(to: "kenji@x.test").contains { $0.contains("2 reminders of Ana") })
    #expect(try mails(to: "ana@x.test").contains { $0.contains("2 reminders waited for you") })
  }

  @Test func `Hard case 17: with a person their contacts go, and what was to be sent to them`() throws {
    let rui = try ana.agreed("Rui", "rui@x.test")
    try ana.contact("Bia", "bia@x.test")
    let id = try ring()
    site.pass(minutes: 5)
    #expect(try site.worker().run("step", at: site.now) == 1)
    let paths = [
      try link(rui, id), try ana.letter(to: rui), "/u/" + UnsubscribeLink(contactOf: ana.user, "rui@x.test").token(site.services.keys),
    ]
    let sent = try site.mails().count
    try site.owner.run("DELETE FROM users WHERE id = \(ana.user)")
    try site.work()
    #expect(try site.mails().count == sent)
    for path in paths { #expect(site.browser().get(path).status == 404, "\(path)") }
    for table: Columns in ["contacts", "contact_mails", "contact_stops", "outbox"] {
      #expect(try site.count("SELECT count(*) FROM \(table)") == 0, "\(table)")
    }
  }
}
