import Foundation
import Net
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// A channel whose messages are HTTP requests, over a real listener: the same claim, lease, retry and timeline as mail.
@Suite struct ChannelTests {
  private let site: Site
  private let ana: Browser
  private let sink: Sink

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    sink = try Sink("http_sink.py")
  }

  /// A worker that knows e-mail and a webhook at a path of the listener.
  private func worker(_ path: String, _ settings: [String: String] = ["HEED_ALLOW_LAN": "127.0.0.0/8"]) throws -> Worker {
    let url = "http://127.0.0.1:\(sink.port)\(path)"
    let hook = Channel(
      type: .webhook, toggle: { _ in "" },
      compose: { content, _ in
        let headers = [HeaderField("webhook-id", content.key.id), HeaderField("Content-Type", "text/plain")]
        return .request(try HTTPRequest(.post, url, headers: headers, body: Array(content.subject.utf8), seconds: 1))
      })
    var services = try Services(configuration(settings.merging(["HEED_ROOT": repository]) { $1 }))
    services.channels = [.email, hook]
    let mailer = Mailer(.maildir(Maildir(path: sink.folder.path + "/mail")), from: try Mailer.sender("heed@heed.test"))
    let bench = try WorkBench(services, site.connection("heed_work"), mailer) { _, _ in }
    return Worker(bench, features)
  }

  /// A message that is to leave by a channel.
  private func message(by channel: String) throws {
    _ = try ana.remind(nil, .low, title: "Water the plants")
    site.pass(hours: 1)
    try site.worker().run("fire", at: site.now)
    try site.owner.run("UPDATE outbox SET channel = \(channel)")
    // What fails by a webhook would come by mail instead.
    if channel == "webhook" { try site.owner.run("UPDATE agents SET enabled = false WHERE type = 'email'") }
  }

  private func row() throws -> String? {
    try site.text("SELECT concat_ws(' ', state, attempts, code, reason) FROM outbox WHERE channel <> 'email'")
  }

  @Test(arguments: [
    ("/status/200", "sent 1 200"), ("/status/204", "sent 1 204"), ("/status/404", "failed 1 404"),
    ("/status/410", "failed 1 410 gone"), ("/redirect", "failed 1 302"), ("/status/429", "pending 1 429"), ("/status/500", "pending 1 500"),
    ("/hang", "pending 1 timeout"), ("/drop", "pending 1 broken"), ("/garbage", "pending 1 broken"), ("/huge", "sent 1 200"),
  ])
  func `how a request ends is written down`(path: String, becomes: String) throws {
    try message(by: "webhook")
    let worker = try worker(path)
    let tally = try worker.runOnce { site.now }
    #expect(try row() == becomes)
    #expect(tally.sent == (becomes.hasPrefix("sent") ? 1 : 0) && tally.failed == (becomes.hasPrefix("failed") ? 1 : 0))
    let asked = try sink.log()
    #expect(asked.count == 1 && asked.first?["body"] as? String == "Water the plants")
    let told: SQL = """
      SELECT string_agg(concat_ws(' ', a.state, a.code, a.reason), ', ' ORDER BY a.id) FROM outbox_attempts a JOIN outbox o ON o.id = a.message_id
      WHERE a.state <> 'sending' AND o.channel <> 'email'
      """
    #expect(try site.text(told) == becomes.replacing(" 1", with: "", maxReplacements: 1))
    // What the timeline shows of it begins with the message's own time.
    let id: ID<Escalation> = try site.owner.value("SELECT id FROM escalations").unwrapped
    #expect(ana.get("/escalations/\(id.text)").text.contains("waiting"))
  }

  @Test func `a second attempt is the same message, and comes when the other side wants it`() throws {
    try message(by: "webhook")
    _ = try worker("/status/503?retry-after=600").runOnce { site.now }
    let due: Instant = try site.owner.value("SELECT due_at FROM outbox WHERE channel <> 'email'").unwrapped
    #expect(due == site.now.advanced(seconds: 600))
    site.pass(seconds: 601)
    _ = try worker("/status/200").runOnce { site.now }
    #expect(try row() == "sent 2 200")
    let keys = try sink.log().compactMap { ($0["headers"] as? [String: String])?["webhook-id"] }
    #expect(keys.count == 2 && Set(keys).count == 1)
  }

  @Test(arguments: [[:], ["HEED_ALLOW_LAN": "10.0.0.0/8, fd00::/8"]] as [[String: String]])
  func `what is not opened is not dialled`(settings: [String: String]) throws {
    try message(by: "webhook")
    _ = try worker("/status/200", settings).runOnce { site.now }
    #expect(try row() == "failed 1 no_entry")
    #expect(try site.text("SELECT detail FROM outbox WHERE channel <> 'email'")?.contains("loopback") == true)
    #expect(try sink.log().isEmpty)
  }

  @Test func `a way that this program does not have fails and holds up no other`() throws {
    try message(by: "sms")
    _ = try ana.remind(nil, .low, title: "By mail")
    site.pass(hours: 1)
    #expect(try worker("/status/200").runOnce { site.now }.sent >= 1)
    #expect(try site.count("SELECT count(*) FROM outbox WHERE channel = 'sms' AND state = 'failed' AND reason = 'no_channel'") == 1)
    #expect(try sink.log().isEmpty)
  }
}
