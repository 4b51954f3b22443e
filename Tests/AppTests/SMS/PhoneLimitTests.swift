import Postgres
import Testing

@testable import App
@testable import Domain

/// How much goes to a number (RULES 4.7).
@Suite struct PhoneLimitTests {
  private let texting: Texting

  init() throws { texting = try Texting() }

  @Test func `of several at once the most important leaves, and the others a minute later as one`() throws {
    for (title, importance) in [("One", Importance.low), ("Two", .high), ("Three", .medium)] {
      _ = try texting.ana.remind(nil, importance, title: title)
    }
    texting.site.pass(hours: 1)
    try texting.site.work()
    let count = try texting.texts().count
    #expect(try texting.texts().last?.hasPrefix("Two\n") == true)
    #expect(try texting.messages().filter { $0 == "sms held 0 limited" }.count == 2)
    let id = try texting.site.text("SELECT escalation_id::text FROM outbox WHERE reason = 'limited' LIMIT 1").unwrapped
    #expect(texting.ana.get("/escalations/\(id)").text.contains("a number gets one SMS a minute"))
    texting.site.pass(seconds: 59)
    try texting.site.work()
    #expect(try texting.texts().count == count)
    texting.site.pass(seconds: 1)
    try texting.site.work()
    #expect(try texting.texts().count == count + 1)
    let digest = try texting.texts().last.unwrapped
    #expect(digest.contains("One") && digest.contains("Three") && digest.contains("https://heed.test/escalations"))
    #expect(try texting.messages().filter { $0.hasPrefix("sms sent") }.count == 3)
  }

  @Test func `five in a quarter of an hour, and the next when the first is that long ago`() throws {
    var sent: [Int] = []
    for minute in 0..<20 {
      _ = try texting.ana.remind(.once(at: texting.site.now.advanced(minutes: 1)), .low, title: "Number \(minute)")
      texting.site.pass(minutes: 1)
      let before = try texting.texts().count
      try texting.site.work()
      if try texting.texts().count > before { sent.append(minute + 1) }
    }
    // The code went at 0.
    #expect(sent == [1, 2, 3, 4, 15, 16, 17, 18, 19])
  }

  @Test func `a number that two people told is one number`() throws {
    let eve = try texting.site.person("eve@x.test")
    texting.site.pass(hours: 4)
    try texting.setUp(eve)
    texting.site.pass(minutes: 2)
    for person in [texting.ana, eve] { _ = try person.remind(.once(at: texting.site.now.advanced(minutes: 1)), .low) }
    texting.site.pass(minutes: 1)
    let before = try texting.texts().count
    try texting.site.work()
    #expect(try texting.texts().count == before + 1)
    texting.site.pass(minutes: 1)
    try texting.site.work()
    #expect(try texting.texts().count == before + 2)
  }

  @Test func `what was counted is forgotten`() throws {
    #expect(try texting.site.count("SELECT count(*) FROM address_sends") == 1)
    texting.site.pass(hours: 49)
    try texting.site.work()
    #expect(try texting.site.count("SELECT count(*) FROM address_sends") == 0)
  }
}
