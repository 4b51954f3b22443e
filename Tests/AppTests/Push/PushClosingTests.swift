import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// Notifications go when somebody answers elsewhere.
@Suite struct PushClosingTests {
  private let pushed: Pushed
  private var site: Site { pushed.site }
  private var ana: Browser { pushed.ana }

  init() throws { pushed = try Pushed() }

  /// The escalations whose notifications are taken away, as they came.
  private func closed() throws -> [String] { try pushed.opened().compactMap { $0["message"]?["close"]?.text } }

  @Test(arguments: ["acknowledgement", "completion", "snoozes", "archival"])
  func `an answer takes the notification away on each device that shows it, once`(answer: String) throws {
    try pushed.device("/status/201", "A")
    try pushed.device("/status/202", "B")
    let id = try pushed.ring()
    let escalation = try ana.newest(id).unwrapped.id.text
    try pushed.device("/status/200", "C")
    #expect(ana.post("/reminders/\(id.text)/\(answer)", ["until": "2 hours"]).status == 303)
    try site.work()
    #expect(try closed() == [escalation, escalation])
    #expect(Set(try pushed.sink.log().suffix(2).compactMap { $0["path"] as? String }) == ["/status/201", "/status/202"])
    let topics = Set(try pushed.opened().compactMap { $0["topic"]?.text })
    #expect(topics == [escalation.replacing("-", with: "")])
    // With words: a browser that is sent what shows nothing holds it against the site.
    let last = try (pushed.opened().last?["message"]).unwrapped
    #expect(["title", "body", "link"].map { last[$0]?.text } == ["Pay the rent", "No longer waiting for you.", "/escalations"])
    if answer == "acknowledgement" {
      #expect(ana.post("/reminders/\(id.text)/completion").status == 303)
      try site.work()
      #expect(try closed().count == 2)
    }
  }

  @Test func `what never arrived is not taken away, and what nobody answered stays`() throws {
    try pushed.device("/status/400")
    let id = try pushed.ring()
    #expect(ana.post("/reminders/\(id.text)/completion").status == 303)
    try site.work()
    #expect(try closed().isEmpty)
    try pushed.device("/status/201", "B")
    let other = try pushed.ring("Call the dentist")
    for _ in 0..<3 {
      site.pass(hours: 12)
      try site.work()
    }
    #expect(try ana.state(other).hasPrefix("expired"))
    #expect(try closed().isEmpty)
  }

  @Test func `one that rings again by then keeps its notification`() throws {
    try pushed.device("/status/500")
    let id = try pushed.ring()
    // As it is when the service was away while somebody answered.
    try site.owner.run("UPDATE outbox SET state = 'sent', sent_at = \(site.now)")
    #expect(ana.post("/reminders/\(id.text)/snoozes", ["until": "1 hour"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE subject = 'closing' AND state = 'pending'") == 1)
    try site.owner.run("UPDATE escalations SET state = 'active'")
    try site.work()
    #expect(try site.text("SELECT state || ' ' || reason FROM outbox WHERE subject = 'closing'") == "cancelled superseded")
  }

  /// What is done between the claim of a message and its sending.
  private final class Meanwhile: @unchecked Sendable {
    var act: () -> Void = {}
  }

  @Test func `one that was under way while somebody answered is taken away when it has arrived`() throws {
    let meanwhile = Meanwhile()
    let crossing = Channel(
      type: .push, toggle: { _ in "" },
      compose: { content, composing in
        if content.closes == nil { meanwhile.act() }
        return try Channel.push.compose(content, composing)
      }, judge: Channel.push.judge)
    let pushed = try Pushed(channels: [.email, crossing])
    let (site, ana) = (pushed.site, pushed.ana)
    try pushed.device("/status/201")
    let id = try ana.remind(nil, .low)
    meanwhile.act = { #expect(ana.post("/reminders/\(id.text)/acknowledgement").status == 303) }
    site.pass(hours: 1)
    for _ in 0..<2 { try site.work() }
    #expect(try pushed.messages() == ["sent 1 201"])
    let escalation = try ana.newest(id).unwrapped
    #expect(escalation.course.state == .acknowledged)
    #expect(try pushed.opened().compactMap { $0["message"]?["close"]?.text } == [escalation.id.text])
  }

  @Test func `a device that is gone takes what waits for it along`() throws {
    let phone = try pushed.device("/status/201")
    let id = try pushed.ring()
    #expect(ana.post("/reminders/\(id.text)/completion").status == 303)
    #expect(ana.post("/agents/push/subscriptions/\(phone.text)/deletion").status == 303)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE subject = 'closing'") == 0)
    #expect(try site.count("SELECT count(*) FROM push_closings") == 0)
    try site.work()
    #expect(try pushed.sink.log().count == 1)
  }
}
