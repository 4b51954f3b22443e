import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// A tier that tells contacts tells each who agreed, by a mail of their own; what changes meanwhile counts, and timelines name whom they told.
@Suite struct ContactTellingTests {
  let site: Site
  let ana: Browser

  /// Of five minutes a tier: the first tells the person alone, the others contacts besides.
  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    let ladder = try Ladder(tiers: (0..<3).map { Tier(delayMinutes: $0 * 5, agents: [.email], includesContacts: $0 > 0) })
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
  }

  /// "2 Rui sent kept" a message.
  func messages() throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT o.tier || ' ' || coalesce(c.name, 'Ana') || ' ' || o.state || coalesce(' ' || o.reason, '')
          FROM outbox o LEFT JOIN contacts c ON c.id = o.recipient_id WHERE o.subject = 'escalation' ORDER BY o.tier, c.name NULLS FIRST
          """))
  }

  /// The mails to an address, in one line each.
  func mails(to address: String) throws -> [String] {
    try site.mails().filter { mail in
      mail.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("To: ") && $0.contains(address) }
    }.map { $0.replacing("=\r\n", with: "").replacing("=\n", with: "") }
  }

  /// Rings at tier 1.
  func ring(_ title: String = "Pay the rent") throws -> ID<Reminder> {
    let id = try ana.remind(nil, title: title)
    site.pass(hours: 1)
    try site.work()
    return id
  }

  func climb() throws {
    site.pass(minutes: 5)
    try site.work()
  }

  func link(_ contact: ID<Contact>, _ id: ID<Reminder>) throws -> String {
    "/a/" + ActionLink(try ana.newest(id).unwrapped.id, to: .contact(contact), sentAt: site.now).token(site.services.keys)
  }

  func timeline(_ id: ID<Reminder>) throws -> String { ana.get("/escalations/\(try ana.newest(id).unwrapped.id.text)").text }

  func edit(_ contact: ID<Contact>, _ name: String, _ email: String, on: Bool = true, version: String = "1") {
    let page =
      on
      ? ana.post("/contacts/\(contact.text)", ["name": name, "email": email, "notify_email": "on", "version": version])
      : ana.post("/contacts/\(contact.text)", ["name": name, "email": email, "version": version])
    #expect(page.status == 303, "\(page.complaints)")
  }

  @Test func `who agreed and wants mails is told, and nobody else, and the timeline names whom`() throws {
    try ana.agreed("Rui", "rui@x.test")
    let bia = try ana.agreed("Bia", "bia@x.test")
    edit(bia, "Bia", "bia@x.test", on: false)
    try ana.contact("Caio", "caio@x.test")
    let dora = try ana.agreed("Dora", "dora@x.test")
    #expect(
      site.browser().post("/u/" + UnsubscribeLink(contactOf: ana.user, "dora@x.test").token(site.services.keys), csrf: false).status == 200)
    _ = try site.person("eve@x.test").agreed("Eve’s", "friend@x.test")
    let id = try ring()
    try climb()
    #expect(try messages() == ["1 Ana sent kept", "2 Ana sent kept", "2 Rui sent kept"])
    #expect(try mails(to: "dora@x.test").count == 1, "\(dora)")
    let page = try timeline(id)
    #expect(page.contains("E-mail to Rui, rui@x.test:") && page.contains("Trusted contacts: Rui."))
    #expect(page.contains("Tier 3: e-mail, trusted contacts."))
    #expect(page.contains("Not told: Bia (switched off), Caio (has not agreed yet), Dora (asked for no more)."))
    #expect(page.components(separatedBy: "Bia").count == 2 && page.components(separatedBy: "Caio").count == 2)
  }

  @Test(arguments: [Language.english, .portuguese])
  func `a contact's mail says whose reminder it is, in their language and by their clock, with notes only where they may`(
    language: Language
  ) throws {
    let more = [("language", language.rawValue), ("timezone", "Asia/Tokyo")]
    try ana.agreed("Rui", "rui@x.test", more + [("shows_notes", "on")])
    try ana.agreed("Bia", "bia@x.test", more)
    _ = try ring()
    try climb()
    func told(_ address: String) throws -> String { try mails(to: address).first { $0.contains("/a/") }.unwrapped }
    let (rui, bia) = (try told("rui@x.test"), try told("bia@x.test"))
    let subject = language == .english ? "Reminder of Ana: Pay the rent" : "Lembrete de Ana: Pay the rent"
    for mail in [rui, bia] {
      // 10:00 in UTC.
      for piece in [subject, "19:00", "ana@x.test", "List-Unsubscribe-Post"] { #expect(mail.contains(piece), "\(piece)") }
      #expect(!mail.contains("10:00"))
    }
    #expect(rui.contains("Transfer it") && !bia.contains("Transfer it"))
    let token = try String(bia.firstMatch(of: /\/a\/([A-Za-z0-9_-]{40,})/).unwrapped.output.1)
    let page = site.browser().get("/a/\(token)")
    #expect(page.status == 200 && page.text.contains("lang=\"\(language.rawValue)\"") && page.text.contains("Pay the rent"))
    #expect(page.text.contains(language == .english ? "I cannot" : "Não posso") && !page.text.contains("Transfer"))
    // A contact answers whether they have it; what is done, and when to ask again, is not theirs to say.
    #expect(!page.text.contains("completion") && !page.text.contains("snooze"))
    #expect(site.browser().post("/a/\(token)", ["action": "completion"], csrf: false).status == 422)
  }

  @Test(arguments: ["deleted", "off", "moved", "stopped"])
  func `Hard case 2: what changes between a step and its mail counts, and the timeline says why`(change: String) throws {
    let rui = try ana.agreed("Rui", "rui@x.test")
    let id = try ring()
    site.pass(minutes: 5)
    #expect(try site.worker().run("step", at: site.now) == 1)
    switch change {
    case "deleted": #expect(ana.post("/contacts/\(rui.text)/deletion").status == 303)
    case "off": edit(rui, "Rui", "rui@x.test", on: false)
    case "moved": edit(rui, "Rui", "rui2@x.test")
    default:
      let stop = "/u/" + UnsubscribeLink(contactOf: ana.user, "rui@x.test").token(site.services.keys)
      #expect(site.browser().post(stop, csrf: false).status == 200)
    }
    try site.work()
    let (reason, says) =
      switch change {
      case "deleted": ("removed", "not sent: the contact was deleted")
      case "off": ("switched_off", "not sent: switched off")
      case "moved": ("unverified", "not sent: nobody has verified the address yet")
      default: ("unsubscribed", "not sent: this address asked for no mail")
      }
    #expect(try messages() == ["1 Ana sent kept", "2 Ana sent kept", "2 Rui cancelled \(reason)"])
    let page = try timeline(id)
    #expect(page.contains("E-mail to Rui") && page.contains(says))
    // Their one mail is the letter.
    #expect(try mails(to: "rui@x.test").count == 1)
    try climb()
    #expect(try messages().filter { $0.hasPrefix("3 Rui") }.isEmpty)
  }

  @Test func `Hard case 2: a changed address is used once its owner has agreed`() throws {
    let rui = try ana.agreed("Rui", "rui@x.test")
    _ = try ring()
    edit(rui, "Rui", "rui2@x.test")
    #expect(site.browser().post(try ana.letter(to: rui), csrf: false).status == 303)
    try climb()
    #expect(try messages().last == "2 Rui sent kept")
    #expect(try site.text("SELECT address FROM outbox WHERE tier = 2 AND recipient_kind = 'contact'") == "rui2@x.test")
    #expect(try mails(to: "rui@x.test").count == 1)
  }

  @Test(arguments: [true, false])
  func `Hard case 5: of two contacts one has it and one cannot: whoever is first, both read who has it, and then who did it`(
    taker: Bool
  ) throws {
    let (rui, bia) = (try ana.agreed("Rui", "rui@x.test"), try ana.agreed("Bia", "bia@x.test"))
    let id = try ring()
    try climb()
    let links = (try link(rui, id), try link(bia, id))
    func take() { #expect(site.browser().post(links.0, ["action": "acknowledgement"], csrf: false).status == 303) }
    func decline() { #expect(site.browser().post(links.1, ["action": "refusal"], csrf: false).status == 303) }
    if taker {
      take()
      decline()
      #expect(try ana.state(id) == "acknowledged 2 0 1")
    } else {
      decline()
      // Rui is still asked.
      #expect(try ana.state(id) == "active 2 0 1")
      take()
      #expect(try ana.state(id) == "acknowledged 2 0 1")
      let page = try timeline(id)
      #expect(page.contains("Bia cannot take it.") && !page.contains("So tier 3 was told at once.") && page.contains("Rui is on it."))
    }
    for path in [links.0, links.1] {
      let page = site.browser().get(path).text
      #expect(page.contains("Rui has been on it since") && !page.contains("value=\"refusal\""))
    }
    try site.work()
    #expect(try messages().filter { $0.hasPrefix("3") && $0.contains("sent") }.isEmpty)
    try ana.desk(id) { _ = try $0.complete() }
    let entries = try site.count("SELECT count(*) FROM audit_log")
    for path in [links.0, links.1] {
      for action in ["acknowledgement", "refusal"] {
        #expect(site.browser().post(path, ["action": action], csrf: false).status == 303)
      }
      #expect(site.browser().get(path).text.contains("Ana did it on"))
    }
    #expect(try site.count("SELECT count(*) FROM audit_log") == entries)
    #expect(try ana.state(id).hasPrefix("completed"))
  }

  @Test func `who cannot is heard once and told no more in this run, and when none is left the next tier comes at once`() throws {
    let (rui, bia) = (try ana.agreed("Rui", "rui@x.test"), try ana.agreed("Bia", "bia@x.test"))
    let id = try ring()
    try climb()
    for _ in 0..<2 { #expect(site.browser().post(try link(rui, id), ["action": "refusal"], csrf: false).status == 303) }
    #expect(try ana.state(id) == "active 2 0 1")
    let page = site.browser().get(try link(rui, id)).text
    #expect(
      page.contains("You said that you cannot. Others are told.") && page.contains("I have it") && !page.contains("value=\"refusal\""))
    #expect(site.browser().post(try link(bia, id), ["action": "refusal"], csrf: false).status == 303)
    #expect(try ana.state(id) == "active 3 0 1")
    #expect(try ana.events(id) == ["started", "escalated 1", "escalated 2", "declined", "declined", "advanced 3"])
    try site.work()
    #expect(try messages() == ["1 Ana sent kept", "2 Ana sent kept", "2 Bia sent kept", "2 Rui sent kept", "3 Ana sent kept"])
    let said = try site.text(
      "SELECT string_agg(payload::jsonb->>'contact', ' ' ORDER BY number) FROM audit_log WHERE action = 'escalation.declined'")
    #expect(said == "Rui Bia")
  }

  @Test func `a link of somebody else's contact, a deleted one's and one of an older ring answer nothing`() throws {
    let rui = try ana.agreed("Rui", "rui@x.test")
    let other = try site.person("eve@x.test").agreed("Eve’s", "friend@x.test")
    let id = try ring()
    try climb()
    let old = try link(rui, id)
    for path in [try link(other, id)] {
      #expect(site.browser().get(path).status == 404)
      #expect(site.browser().post(path, ["action": "acknowledgement"], csrf: false).status == 404)
    }
    try ana.desk(id) { _ = try $0.complete() }
    try ana.desk(id) { _ = try $0.reopen() }
    #expect(ana.post("/reminders/\(id.text)/run").status == 303)
    #expect(site.browser().get(old).text.contains("It has rung again since"))
    #expect(site.browser().post(old, ["action": "acknowledgement"], csrf: false).status == 409)
    let new = try link(rui, id)
    #expect(site.browser().get(new).status == 404)
    try site.work()
    try climb()
    #expect(site.browser().get(new).status == 200)
    #expect(ana.post("/contacts/\(rui.text)/deletion").status == 303)
    #expect(site.browser().get(new).status == 404)
    #expect(try ana.state(id).hasPrefix("active"))
    site.pass(hours: 8 * 24)
    #expect(ana.post("/contacts/\(rui.text)/restoration").status == 303)
    let late = site.browser().get(new)
    #expect(late.status == 200 && late.text.contains("older than seven days") && !late.text.contains("acknowledgement"))
    #expect(site.browser().post(new, ["action": "acknowledgement"], csrf: false).status == 409)
  }
}
