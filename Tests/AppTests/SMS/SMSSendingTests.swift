import Postgres
import Testing

@testable import App
@testable import Domain
@testable import Net

/// What becomes of an SMS, over a stand-in for the gateway.
@Suite struct SMSSendingTests {
  @Test(arguments: [
    ("", "sms sent 1 201"), ("429", "sms pending 1 429"), ("503", "sms pending 1 503"), ("302", "sms failed 1 302 20500"),
    ("21614", "sms failed 1 400 21614"), ("500", "sms failed 1 unknown"), ("drop", "sms failed 1 unknown"),
  ])
  func `Hard case 11: what the gateway does decides`(does: String, becomes: String) throws {
    let texting = try Texting()
    try texting.sink.control(does)
    try texting.ring()
    #expect(try texting.messages().first == becomes)
    let asked = try texting.sink.log().last.unwrapped
    #expect(asked["to"] as? String == Texting.number && asked["from"] as? String == Texting.from)
    #expect(
      (asked["body"] as? String)?.hasPrefix("Pay the rent\nAnswer 1: on it. 2: done. 3 and when: later.\nhttps://heed.test/a/") == true)
  }

  @Test(arguments: ["drop", "500"])
  func `Hard case 11: an unknown end is not sent twice, and its person is told by mail`(does: String) throws {
    let texting = try Texting()
    try texting.sink.control(does)
    try texting.ring()
    try texting.sink.control("")
    let count = try texting.texts().count
    try texting.site.work()
    for _ in 0..<3 {
      texting.site.pass(hours: 5)
      try texting.site.work()
    }
    #expect(try texting.texts().count == count)
    #expect(try texting.messages().map { String($0.prefix(10)) } == ["sms failed", "email sent"])
    #expect(try texting.site.mails().filter { $0.contains("Pay the rent") }.count == 1)
  }

  @Test func `Hard case 11: of several that leave as one whose end is unknown, each comes by mail`() throws {
    let texting = try Texting()
    for title in ["One", "Two", "Three"] { _ = try texting.ana.remind(nil, .low, title: title) }
    texting.site.pass(hours: 1)
    try texting.site.work()
    try texting.sink.control("drop")
    texting.site.pass(minutes: 1)
    for _ in 0..<3 { try texting.site.work() }
    let messages = try texting.messages()
    #expect(messages.count { $0.hasPrefix("sms sent") } == 1 && messages.count { $0.hasPrefix("sms failed") } == 2, "\(messages)")
    #expect(messages.count { $0.hasPrefix("email sent") } == 2, "\(messages)")
  }

  @Test func `Hard case 11: who says STOP to one person is muted for all who told that number`() throws {
    let texting = try Texting()
    let eve = try texting.site.person("eve@x.test")
    texting.site.pass(hours: 4)
    try texting.setUp(eve)
    texting.site.pass(minutes: 2)
    try texting.sink.control("21610")
    try texting.ring()
    for person in [texting.ana, eve] {
      #expect(person.get("/agents/sms").fact("phone") == "stopped")
      #expect(person.get("/settings/audit").text.contains("STOP came by SMS: nothing more is sent there."))
    }
    let count = try texting.texts().count
    _ = try eve.remind(nil, .low)
    texting.site.pass(hours: 1)
    try texting.site.work()
    #expect(try texting.texts().count == count && texting.messages().last?.hasPrefix("email sent") == true)
  }

  @Test func `Hard case 11: no answer within the time is an unknown end`() throws {
    let texting = try Texting()
    try texting.sink.control("hang")
    try texting.ring()
    #expect(try texting.messages().first == "sms failed 1 unknown")
  }

  @Test func `a gateway that cannot be reached is tried again`() throws {
    let texting = try Texting()
    _ = try texting.ana.remind(nil, .low)
    texting.site.pass(hours: 1)
    var services = texting.site.services
    services.sms = Texting.gateway(9)
    let mailer = try Mailer(.maildir(Maildir(path: "/proc/nowhere")), from: Mail.Mailbox("Heed", MailAddress("heed@heed.test").unwrapped))
    let worker = Worker(try WorkBench(services, texting.site.connection("heed_work"), mailer) { _, _ in }, features)
    _ = try worker.runOnce { texting.site.now }
    #expect(try texting.messages() == ["sms pending 1 unreached"])
  }

  @Test func `Hard case 11: who has said STOP gets no more, and is told by mail from then on`() throws {
    let texting = try Texting()
    try texting.sink.control("21610")
    try texting.ring()
    try texting.site.work()
    #expect(try texting.messages().map { String($0.prefix(10)) } == ["sms failed", "email sent"])
    let count = try texting.texts().count
    try texting.sink.control("")
    try texting.ring("Water the plants")
    #expect(try texting.texts().count == count)
    #expect(try texting.messages().filter { $0.hasPrefix("email sent") }.count == 2)
    let page = texting.ana.get("/agents/sms")
    #expect(page.fact("phone") == "stopped" && page.text.contains("STOP came from this number"))
    #expect(texting.ana.get("/settings/audit").text.contains("STOP came by SMS: nothing more is sent there."))
  }

  @Test func `Hard case 16: what a worker died with may have left, and is not sent again`() throws {
    let texting = try Texting()
    try texting.ring()
    try texting.site.owner.run(
      "UPDATE outbox SET state = 'sending', lease_until = now() - interval '1 minute' WHERE channel = 'sms' AND subject = 'escalation'")
    let count = try texting.texts().count
    try texting.site.work()
    try texting.site.work()
    #expect(try texting.texts().count == count)
    #expect(try texting.messages() == ["sms failed 1 unknown", "email sent 1 kept"])
  }

  @Test func `Hard case 1: what is not set up goes by mail, also where the gateway was taken away`() throws {
    let texting = try Texting()
    let later = try Site(as: texting.site, zoneinfo: "/usr/share/zoneinfo")
    _ = try texting.ana.remind(nil, .low)
    later.pass(hours: 1)
    try later.work()
    try later.work()
    #expect(try texting.messages().map { $0.hasPrefix("email sent") } == [false, true])
    #expect(try texting.messages()[0] == "sms failed 1 no_channel")
  }

  @Test func `a long title is cut, and the link stands whole`() throws {
    let texting = try Texting()
    try texting.ring(String(repeating: "Prestação do carro ", count: 10))
    let text = try SMSText(texting.texts().last.unwrapped)
    #expect(text.alphabet == .ucs2 && text.parts <= 4)
    #expect(text.text.hasPrefix("Prestação do carro") && text.text.contains("...\nAnswer 1") && text.text.contains("/a/"))
  }

  @Test func `it is said in Portuguese`() throws {
    let texting = try Texting(language: .portuguese)
    try texting.ring("Pagar o aluguel")
    #expect(try texting.texts().last?.hasPrefix("Pagar o aluguel\nResponda 1: eu cuido. 2: feito. 3 e quando: mais tarde.\n") == true)
  }

  @Test func `the timeline names the SMS, and the list the state`() throws {
    let texting = try Texting()
    let id = try texting.ring()
    let escalation = try texting.ana.newest(id).unwrapped.id.text
    #expect(texting.ana.get("/escalations/\(escalation)").text.contains("By SMS:"))
    // Why one was not sent is said of a number, not of an address.
    let words = texting.site.services.words(.english)
    #expect(DeliveryWords.why(.unsubscribed, nil, "", by: .sms, words) == "this number asked for no SMS")
    #expect(DeliveryWords.why(.unverified, nil, "", by: .sms, words) == "no code has shown whose the number is")
    #expect(DeliveryWords.why(.switchedOff, nil, "", by: .sms, words) == "switched off")
    #expect(DeliveryWords.why(.unsubscribed, nil, "", by: .email, words) == "this address asked for no mail")
  }
}
