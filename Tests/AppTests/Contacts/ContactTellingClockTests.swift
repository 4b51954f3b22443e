import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Each is told by their own clock, of two people each by a mail of their own, and of whoever is gone nothing.
extension ContactTellingTests {
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
