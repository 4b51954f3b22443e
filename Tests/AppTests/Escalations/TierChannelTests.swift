import FastCGI
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// A step tells by each agent of its tier that its owner has switched on: of a channel that is added to the list, nothing else is said.
@Suite struct TierChannelTests {
  private static let hook = Channel(
    type: .webhook, toggle: { _ in "Send reminders to a webhook" },
    fields: [ChannelField(name: "webhookUrl", label: { _ in "Address" }) { read, name in read.line(name, 1...200) }],
    compose: { content, composing in
      let url = composing.settings.values["webhookUrl"] ?? ""
      return .request(try HTTPRequest(.post, url, body: Array(content.subject.utf8), seconds: 5))
    })

  private let site: Site
  private let ana: Browser
  private let sink: Sink

  /// Of five minutes a tier: the webhook alone, with mail, with an SMS that nobody can send, and mail alone.
  init() throws {
    site = try Site(addresses: try AddressGuard(opening: "127.0.0.0/8"), channels: [.email, Self.hook])
    ana = try site.person("ana@x.test")
    sink = try Sink("http_sink.py")
    let ladder = try Ladder(
      tiers: [[.webhook], [.webhook, .email], [.sms, .webhook], [.email]].enumerated().map { Tier(delayMinutes: $0 * 5, agents: $1) },
      repeatMinutes: 0, repeatLimit: 0)
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
  }

  private func setUp(on: Bool = true) {
    let address = "http://127.0.0.1:\(sink.port)/status/200"
    let page =
      on ? ana.post("/agents/webhook", ["webhookUrl": address, "enabled": "on"]) : ana.post("/agents/webhook", ["webhookUrl": address])
    #expect(page.status == 303)
  }

  /// "1 webhook" a message, with tier and state.
  private func messages() throws -> [String] {
    try site.owner.rows(
      Query(column: "SELECT tier || ' ' || channel || ' ' || state FROM outbox WHERE subject = 'escalation' ORDER BY tier, channel DESC"))
  }

  private func said() throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT concat_ws('; ', data->>'not_set_up', data->>'instead') FROM escalation_timeline WHERE kind = 'escalated' ORDER BY at
          """))
  }

  private func bodies() throws -> [String] { try sink.log().compactMap { $0["body"] as? String } }

  @Test func `each of a tier's agents that is switched on tells it, what is missing is named, and mail steps in for none`() throws {
    setUp()
    let id = try ana.remind(nil)
    site.pass(hours: 1)
    for _ in 0..<4 {
      try site.work()
      site.pass(minutes: 5)
    }
    #expect(try messages() == ["1 webhook sent", "2 webhook sent", "2 email sent", "3 webhook sent", "4 email sent"])
    #expect(try said() == ["", "", "sms", ""])
    #expect(try bodies().sorted() == ["Pay the rent", "Tier 2 of 4: Pay the rent", "Tier 3 of 4: Pay the rent"])
    #expect(try site.mails().count == 2)
    #expect(try ana.events(id) == ["started", "escalated 1", "escalated 2", "escalated 3", "escalated 4"])
  }

  @Test(arguments: [false, true]) func `by what is not set up, or was switched off, nobody is told`(wasOn: Bool) throws {
    if wasOn {
      setUp()
      setUp(on: false)
    }
    _ = try ana.remind(nil)
    site.pass(hours: 1)
    for _ in 0..<3 {
      try site.work()
      site.pass(minutes: 5)
    }
    #expect(try messages() == ["1 email sent", "2 email sent", "3 email sent"])
    #expect(try said() == ["webhook; email", "webhook", "sms webhook; email"])
    #expect(try bodies().isEmpty)
  }

  @Test func `what was switched off since is dropped, and the next step knows`() throws {
    setUp()
    _ = try ana.remind(nil)
    site.pass(hours: 1)
    #expect(try site.worker().run("fire", at: site.now) == 1)
    setUp(on: false)
    try site.work()
    site.pass(minutes: 5)
    try site.work()
    #expect(try messages() == ["1 webhook cancelled", "2 email sent"])
    #expect(try site.text("SELECT reason FROM outbox WHERE channel = 'webhook'") == "switched_off")
  }

  @Test func `mail that waits for its address to be verified holds up no other channel`() throws {
    setUp()
    try site.owner.run("UPDATE users SET verified_at = NULL")
    _ = try ana.remind(nil)
    site.pass(hours: 1)
    // Mail leaves this machine, so it waits.
    let worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:9")))
    for _ in 0..<2 {
      _ = try worker.runOnce { site.now }
      site.pass(minutes: 5)
    }
    #expect(try messages() == ["1 webhook sent", "2 webhook sent", "2 email held"])
  }

  @Test func `what waited for quiet hours to end is told once by each channel`() throws {
    setUp()
    try site.owner.run("UPDATE users SET quiet_from = 34200, quiet_until = 43200")
    for title in ["One", "Two"] { _ = try ana.remind(nil, title: title) }
    site.pass(hours: 1)
    for _ in 0..<2 {
      try site.work()
      site.pass(minutes: 5)
    }
    #expect(try messages().map { $0.suffix(4) } == Array(repeating: "held", count: 6))
    try site.owner.run("UPDATE escalations SET next_step_at = \(site.now.advanced(hours: 5))")
    site.pass(hours: 2)
    try site.work()
    #expect(try messages().filter { $0.hasPrefix("2") } == ["2 webhook sent", "2 webhook sent", "2 email sent", "2 email sent"])
    #expect(try site.count("SELECT count(*) FROM outbox WHERE tier = 1 AND reason = 'superseded'") == 2)
    #expect(try site.mails().count == 1)
    #expect(try bodies() == ["2 reminders waited for you"])
  }

  @Test func `the page of profiles warns of what is not set up, and of what mail that is off leaves out`() throws {
    let nothing = "E-mail is off: no tier reaches you."
    #expect(ana.get("/profiles").text.contains("Not set up: SMS, webhook."))
    #expect(ana.post("/agents/email").status == 303)
    #expect(ana.get("/profiles").text.contains(nothing))
    setUp()
    let page = ana.get("/profiles").text
    #expect(page.contains("Not set up: SMS.") && !page.contains(nothing))
    #expect(page.contains("E-mail is off: tiers with nothing else do not reach you."))
  }
}
