import Postgres
import Testing

@testable import App
@testable import Domain

/// A person's number: told in a form, verified by a code.
@Suite struct PhoneTests {
  private let texting: Texting
  private var ana: Browser { texting.ana }

  init() throws { texting = try Texting(verified: false) }

  private func save(_ number: String = Texting.number) -> Page { ana.post("/agents/sms", ["enabled": "on", "phoneNumber": number]) }

  private func isOn() throws -> Bool { try texting.site.count("SELECT count(*) FROM agents WHERE type = 'sms' AND enabled") == 1 }

  @Test func `a code goes to the number first, and who types it is told by SMS`() throws {
    #expect(ana.get("/agents").links.contains("/agents/sms"))
    #expect(save("+351 912-345 678").location == "/agents/sms")
    #expect(try !isOn())
    #expect(ana.get("/agents/sms").fact("phone") == "unverified")
    try texting.site.work()
    let told = try texting.sink.log()
    #expect(told.count == 1 && told.first?["to"] as? String == Texting.number)
    #expect(try texting.texts()[0].contains("is your code for Heed"))
    #expect(ana.get("/agents/sms").text.contains("has a code, which is good for ten minutes"))
    let code = try texting.code()
    #expect(ana.post("/agents/sms/verification", ["code": " \(code.prefix(3)) \(code.suffix(3)) "]).status == 303)
    #expect(try isOn() && ana.get("/agents/sms").fact("phone") == "verified")
    let audit = ana.get("/settings/audit").text
    #expect(audit.contains("Verified the number and switched on: SMS.") && !audit.contains(Texting.number))
    // The number stands nowhere in clear.
    #expect(
      try !texting.site.text("SELECT string_agg(a::text, ' ') || string_agg(p::text, ' ') FROM agents a, phones p").unwrapped.contains(
        "912345678"))
  }

  @Test func `a wrong code is said beside its field, and after five another is asked for`() throws {
    _ = save()
    try texting.site.work()
    let code = try texting.code()
    let wrong = code == "000000" ? "000001" : "000000"
    for typed in [wrong, "", "12", wrong, wrong, wrong] {
      let page = ana.post("/agents/sms/verification", ["code": typed])
      #expect(page.status == 422 && page.complaints == ["code"], "\(typed)")
      // The form above still shows what is stored.
      #expect(page.text.contains("value=\"\(Texting.number)\""))
    }
    let late = ana.post("/agents/sms/verification", ["code": code])
    #expect(late.status == 422 && late.text.contains("Ask for another."))
    #expect(try !isOn())
  }

  @Test func `a code is good for ten minutes, and another can be asked for`() throws {
    _ = save()
    try texting.site.work()
    let first = try texting.code()
    texting.site.pass(minutes: 10)
    #expect(ana.post("/agents/sms/verification", ["code": first]).status == 422)
    #expect(ana.post("/agents/sms/codes").location == "/agents/sms")
    try texting.site.work()
    #expect(try ana.post("/agents/sms/verification", ["code": texting.code()]).status == 303)
    #expect(try isOn())
  }

  @Test func `another number is verified anew, and the old code is worth nothing there`() throws {
    try texting.setUp(ana)
    #expect(try isOn())
    texting.site.pass(minutes: 2)
    #expect(save("+351910000001").status == 303)
    #expect(try !isOn() && ana.get("/agents/sms").fact("phone") == "unverified")
    try texting.ring()
    #expect(try texting.messages().last?.hasPrefix("email sent") == true)
  }

  @Test(arguments: ["", "912345678", "+0123456789", "+3519123456781234567", "fax", "<script>"])
  func `what is no number is said beside its field, and nothing is stored`(number: String) throws {
    let before = try texting.site.fingerprint()
    let page = save(number)
    #expect(page.status == 422 && page.complaints == ["phoneNumber"])
    #expect(try texting.site.fingerprint() == before)
  }

  @Test func `codes are limited for each number, whoever asks`() throws {
    for count in 0..<5 {
      #expect(save().status == 303, "\(count)")
      texting.site.pass(hours: 2)
    }
    #expect(save().status == 429)
    let eve = try texting.site.person("eve@x.test")
    #expect(eve.post("/agents/sms", ["enabled": "on", "phoneNumber": Texting.number]).status == 429)
  }

  @Test func `a stranger whose number was typed says STOP, and gets no other code`() throws {
    #expect(save().status == 303)
    try texting.site.work()
    try texting.receive("STOP")
    texting.site.pass(minutes: 2)
    #expect(save().status == 409 && ana.post("/agents/sms/codes").status == 409)
    let eve = try texting.site.person("eve@x.test")
    #expect(eve.post("/agents/sms", ["enabled": "on", "phoneNumber": Texting.number]).status == 303)
    try texting.receive("STOP")
    try texting.site.work()
    #expect(try texting.texts().count == 1)
    try texting.receive("START")
    #expect(ana.post("/agents/sms/codes").status == 303)
  }

  @Test func `STOP outlives another number and counts for another account, and START ends it`() throws {
    #expect(save().status == 303)
    try texting.site.work()
    try texting.receive("STOP")
    texting.site.pass(minutes: 2)
    #expect(save("+351910000001").status == 303 && save().status == 409)
    let eve = try texting.site.person("eve@x.test")
    #expect(eve.post("/agents/sms", ["enabled": "on", "phoneNumber": Texting.number]).status == 303)
    try texting.site.work()
    #expect(try !texting.sink.log().dropFirst().contains { $0["to"] as? String == Texting.number })
    let page = eve.get("/agents/sms")
    #expect(page.fact("phone") == "unverified" && page.text.contains("could not be delivered"))
    // START counts although the number stands nowhere of hers by now.
    try texting.receive("START")
    #expect(save().status == 303)
    try texting.site.work()
    #expect(try texting.sink.log().last?["to"] as? String == Texting.number)
  }

  @Test func `Hard case 11: a number that the gateway sends no code to, as STOP came from it, is muted`() throws {
    try texting.sink.control("21610")
    #expect(save().status == 303)
    try texting.site.work()
    #expect(ana.get("/agents/sms").fact("phone") == "stopped" && ana.post("/agents/sms/codes").status == 409)
  }

  @Test func `whose own address nobody has verified gets no code`() throws {
    try texting.site.owner.run("UPDATE users SET verified_at = NULL")
    #expect(save().status == 409)
    try texting.site.work()
    #expect(try texting.texts().isEmpty && texting.site.count("SELECT count(*) FROM phone_codes") == 0)
  }

  @Test func `a test goes to a verified number alone, and says what became of it`() throws {
    #expect(ana.post("/agents/sms/test").status == 409)
    try texting.setUp(ana)
    texting.site.pass(minutes: 2)
    #expect(ana.post("/agents/sms/test").status == 303)
    try texting.site.work()
    #expect(ana.get("/agents/sms").fact("delivery") == "sent")
    try texting.report("delivered")
    #expect(ana.get("/agents/sms").fact("delivery") == "delivered")
    // A second within the minute waits, and says why.
    #expect(ana.post("/agents/sms/test").status == 303)
    try texting.site.work()
    let page = ana.get("/agents/sms")
    #expect(page.fact("delivery") == "pending" && page.text.contains("a number gets one SMS a minute"))
  }

  @Test func `without a gateway it is not offered, and the page says so`() throws {
    let site = try Site()
    let bob = try site.person("bob@x.test")
    let page = bob.get("/agents")
    #expect(page.text.contains("This site has no gateway for SMS") && !page.links.contains("/agents/sms"))
    for path in ["/agents/sms", "/agents/sms/test", "/agents/sms/codes", "/agents/sms/verification"] {
      #expect(bob.post(path, ["enabled": "on", "phoneNumber": Texting.number, "code": "123456"]).status == 409, "\(path)")
    }
    #expect(try site.count("SELECT count(*) FROM phones") == 0)
    // Nor does anybody promise a code to a contact.
    #expect(bob.post("/contacts", ["name": "Tia", "phone": Texting.number]).status == 303)
    #expect(bob.get("/contacts").text.contains("Tia is stored. Without an e-mail address nothing can be sent."))
  }
}
