import Postgres
import Testing

@testable import App
@testable import Domain

/// Contacts who are told by SMS.
@Suite struct ContactPhoneTests {
  private static let phone = "+5511987654321"
  private let texting: Texting
  private var ana: Browser { texting.ana }

  /// One tier, which tells contacts.
  init() throws {
    texting = try Texting(verified: false)
    let ladder = try Ladder(tiers: [
      Tier(delayMinutes: 0, agents: [.email], includesContacts: true), Tier(delayMinutes: 60, agents: [.email]),
    ])
    try texting.site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
  }

  private func contact() throws -> ID<Contact> {
    #expect(ana.post("/contacts", ["name": "Tia", "phone": Self.phone, "language": "pt-BR", "notify_sms": "on"]).status == 303)
    return try texting.site.owner.value("SELECT id FROM contacts").unwrapped
  }

  /// One whose phone is verified.
  private func verified() throws -> ID<Contact> {
    let id = try contact()
    #expect(ana.post("/contacts/\(id.text)/phone/codes").location == "/contacts/\(id.text)/edit")
    try texting.site.work()
    #expect(try ana.post("/contacts/\(id.text)/phone/verification", ["code": texting.code()]).location == "/contacts")
    return id
  }

  @Test func `they get a code that says who asks, and are told nothing before it is typed`() throws {
    let id = try contact()
    #expect(ana.get("/contacts").fact("contact-sms") == "unverified")
    try texting.ring()
    #expect(try texting.texts().isEmpty)
    #expect(ana.post("/contacts/\(id.text)/phone/codes").status == 303)
    try texting.site.work()
    let text = try texting.texts()[0]
    #expect(text.contains("ana@x.test") && text.contains("PARAR") && !text.contains("Ana "))
    #expect(ana.post("/contacts/\(id.text)/phone/verification", ["code": "1"]).complaints == ["code"])
    #expect(try ana.post("/contacts/\(id.text)/phone/verification", ["code": texting.code()]).status == 303)
    #expect(ana.get("/contacts").fact("contact-sms") == "told")
    try texting.ring("Water the plants")
    let told = try texting.texts().last.unwrapped
    #expect(told.contains("Water the plants") && told.contains("Ana") && told.contains("PARAR"))
    #expect(try texting.messages().contains("sms sent 1 201"))
  }

  @Test(arguments: [("1", "acknowledged", 0), ("2", "active", 1), ("não posso", "active", 1)])
  func `they answer that they have it, or that they cannot: then the next tier comes`(says: String, state: String, tiers: Int) throws {
    _ = try verified()
    texting.site.pass(minutes: 2)
    let id = try texting.ring()
    #expect(try texting.receive(says, from: Self.phone).text.contains("Pay the rent"))
    #expect(try ana.state(id).hasPrefix(state))
    #expect(try texting.site.count("SELECT count(*) FROM escalations WHERE tier = 2") == tiers)
    #expect(try texting.site.text("SELECT actor_name FROM escalation_events WHERE actor = 'sms' LIMIT 1") == "Tia")
  }

  @Test func `Hard case 8: their SMS waits by their own clock, whatever the owner's hours are`() throws {
    _ = try verified()
    let site = texting.site
    site.pass(minutes: 2)
    // 18:00 to 20:00 in Tokyo, where it is 19:02 when it rings.
    try site.owner.run("UPDATE contacts SET timezone = 'Asia/Tokyo', quiet_from = 64800, quiet_until = 72000")
    try site.owner.run("UPDATE users SET quiet_from = 0, quiet_until = 86340")
    let count = try texting.texts().count
    try texting.ring()
    let until = try Instant(iso: "2026-11-21T11:00:00Z").unwrapped
    let held = try site.count(
      "SELECT count(*) FROM outbox WHERE channel = 'sms' AND state = 'held' AND reason = 'quiet' AND due_at = \(until)")
    #expect(try held == 1 && texting.texts().count == count)
    site.now = until
    try site.work()
    #expect(try texting.texts().count == count + 1)
  }

  @Test func `STOP from their phone ends it for everybody who told that number, and only START takes it back`() throws {
    let id = try verified()
    try texting.receive("parar", from: Self.phone)
    #expect(ana.get("/contacts").fact("contact-sms") == "stopped")
    let count = try texting.texts().count
    try texting.ring()
    #expect(try texting.texts().count == count)
    #expect(ana.post("/contacts/\(id.text)/phone/codes").status == 409)
    // Written down anew it stays so.
    #expect(ana.post("/contacts/\(id.text)/deletion").status == 303)
    #expect(ana.post("/contacts", ["name": "Again", "phone": Self.phone, "notify_sms": "on"]).status == 303)
    #expect(ana.get("/contacts").fact("contact-sms") == "stopped")
    try texting.receive("voltar", from: Self.phone)
    #expect(ana.get("/contacts").fact("contact-sms") == "unverified")
  }

  @Test(arguments: ["", "+5511900000000"])
  func `whose contact it is cannot undo STOP by another number, nor by a deletion`(other: String) throws {
    let id = try verified()
    // Deleted when STOP comes, and taken back.
    #expect(ana.post("/contacts/\(id.text)/deletion").status == 303)
    try texting.receive("STOP", from: Self.phone)
    #expect(ana.post("/contacts/\(id.text)/restoration").status == 303)
    #expect(ana.get("/contacts").fact("contact-sms") == "stopped")
    for phone in [other, Self.phone] {
      let version = try texting.site.text("SELECT version::text FROM contacts").unwrapped
      let fields: KeyValuePairs = ["name": "Tia", "email": "tia@x.test", "phone": phone, "notify_sms": "on", "version": version]
      #expect(ana.post("/contacts/\(id.text)", fields).status == 303)
    }
    #expect(ana.get("/contacts").fact("contact-sms") == "stopped")
    #expect(ana.post("/contacts/\(id.text)/phone/codes").status == 409)
    try texting.receive("START", from: Self.phone)
    #expect(ana.post("/contacts/\(id.text)/phone/codes").status == 303)
  }

  @Test func `Hard case 18: where contacts alone are told and their SMS fails for good, the person is told by mail`() throws {
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [], includesContacts: true)])
    try texting.site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    _ = try verified()
    texting.site.pass(minutes: 2)
    try texting.ring()
    // Nobody else is asked, and the reply does not say so.
    #expect(try texting.receive("2", from: Self.phone).text.contains("<Message>Você não pode: Pay the rent</Message>"))
    try texting.sink.control("21614")
    try texting.ring("Water the plants")
    try texting.site.work()
    #expect(try texting.messages() == ["sms sent 1 201", "sms failed 1 400 21614", "email sent 1 kept"])
  }

  @Test func `Hard case 8: SMS wait for a contact's own quiet hours and leave as one, whose answers go from the newest on`() throws {
    _ = try verified()
    // 10:00 to 13:00 by their clock; it is past nine.
    try texting.site.owner.run("UPDATE contacts SET quiet_from = 36000, quiet_until = 46800")
    texting.site.pass(minutes: 2)
    let count = try texting.texts().count
    let (old, new) = (try texting.ring("Pay the rent"), try texting.ring("Water the plants"))
    #expect(try texting.texts().count == count && texting.messages().count { $0 == "sms held 0 quiet" } == 2)
    texting.site.pass(hours: 2)
    try texting.site.work()
    let texts = try texting.texts()
    #expect(texts.count == count + 1)
    let text = try texts.last.unwrapped
    #expect(["Pay the rent", "Water the plants", "PARAR"].allSatisfy { text.contains($0) }, "\(text)")
    #expect(try texting.receive("1", from: Self.phone).text.contains("Water the plants"))
    #expect(try texting.receive("1", from: Self.phone).text.contains("Pay the rent"))
    #expect(try ana.state(old).hasPrefix("acknowledged") && ana.state(new).hasPrefix("acknowledged"))
  }

  @Test func `another phone is verified anew`() throws {
    let id = try verified()
    let version = try texting.site.text("SELECT version::text FROM contacts").unwrapped
    let page = ana.post(
      "/contacts/\(id.text)", ["name": "Tia", "phone": "+5511987654322", "notify_sms": "on", "version": version])
    #expect(page.status == 303 && ana.get("/contacts").fact("contact-sms") == "unverified")
    let count = try texting.texts().count
    try texting.ring()
    #expect(try texting.texts().count == count)
  }

  @Test func `housemates, strangers and nobody reach no code`() throws {
    let id = try contact()
    for browser in [try texting.site.person("bob@x.test", sharing: ana), try texting.site.person("eve@x.test")] {
      for path in ["codes", "verification"] {
        #expect(browser.post("/contacts/\(id.text)/phone/\(path)", ["code": "123456"]).status == 404)
      }
    }
    #expect(texting.site.browser().post("/contacts/\(id.text)/phone/codes", csrf: false).status == 401)
    #expect(try texting.site.count("SELECT count(*) FROM phone_codes") == 0)
  }
}
