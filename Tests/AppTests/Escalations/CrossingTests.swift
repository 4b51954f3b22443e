import Foundation
import Net
import Testing

@testable import App
@testable import Domain

/// Answers that come while messages are claimed or under way.
@Suite struct CrossingTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    let ladder = try Ladder(tiers: [0, 5].map { Tier(delayMinutes: $0, agents: [.email]) })
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
  }

  private func press(_ id: ID<Reminder>) throws {
    let link = ActionLink(try ana.newest(id).unwrapped.id, to: .user(ana.user), sentAt: site.now).token(site.services.keys)
    #expect(site.browser().post("/a/\(link)", ["action": "acknowledgement"], csrf: false).status == 303)
  }

  private func timeline(_ id: ID<Reminder>) throws -> String { ana.get("/escalations/\(try ana.newest(id).unwrapped.id.text)").text }

  @Test func `Hard case 3: of a tier that was acknowledged by link before its message was claimed, nothing goes`() throws {
    let id = try ana.remind(nil, .medium)
    site.pass(hours: 1)
    try site.work()
    site.pass(minutes: 5)
    let worker = try site.worker()
    #expect(try worker.run("step", at: site.now) == 1)
    #expect(try site.deliveries() == ["1 sent kept", "2 pending "])
    try press(id)
    try worker.run("send", at: site.now)
    try worker.bench.writeEnded(site.now)
    #expect(try site.deliveries() == ["1 sent kept", "2 cancelled "])
    #expect(try site.mails().count == 1)
    #expect(!(try timeline(id)).contains("crossed with the answer"))
  }

  /// Works until `isSo`, at most a minute.
  private func work(_ worker: Worker, until isSo: () throws -> Bool) throws -> Bool {
    let end = Date(timeIntervalSinceNow: 60)
    while try !isSo() {
      if Date() > end { return false }
      try worker.cycle(site.now)
      _ = worker.bench.outbound.transfers.wait(milliseconds: 50)
    }
    return true
  }

  @Test func `Hard case 3: a mail that hangs in DATA while somebody acknowledges ends, and the timeline says that it crossed`() throws {
    let sink = try Sink("smtp_sink.py")
    try sink.control("held")
    let worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", connections: 2)))
    let id = try ana.remind(nil, .medium)
    site.pass(hours: 1)
    #expect(try work(worker) { try !sink.log("held").isEmpty })
    #expect(try site.deliveries() == ["1 sending "])
    site.pass(seconds: 1)
    try press(id)
    #expect(try site.deliveries() == ["1 sending "])
    #expect(try timeline(id).contains("crossed with the answer"))
    site.pass(seconds: 1)
    try sink.control("")
    #expect(try work(worker) { try site.deliveries() == ["1 sent 250"] })
    #expect(try timeline(id).contains("crossed with the answer"))
    // Nothing of the ladder comes after it.
    for _ in 1...3 {
      site.pass(minutes: 5)
      try worker.cycle(site.now)
    }
    #expect(try sink.messages().count == 1 && site.deliveries() == ["1 sent 250"])
  }
}
