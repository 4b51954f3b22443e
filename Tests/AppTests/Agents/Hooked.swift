import Net
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// A person whose webhook is a path of a listener that misbehaves on order, and who is told by it alone.
final class Hooked {
  let site: Site
  let ana: Browser
  let sink: Sink
  /// Where commands go, and the secret that the page showed once.
  private(set) var address = ""
  private(set) var secret = ""

  init(_ path: String = "/status/200", format: String = "standard", sink: Sink? = nil, scheme: String = "http") throws {
    site = try Site(addresses: try AddressGuard(opening: "127.0.0.0/8"))
    self.sink = try sink ?? Sink("http_sink.py")
    ana = try site.person("ana@x.test")
    let page = try setUp(ana, path, format: format, scheme: scheme)
    address = try page.fact("webhook").unwrapped
    secret = try page.fact("secret").unwrapped
  }

  /// Saves the form of somebody's webhook.
  @discardableResult
  func setUp(_ browser: Browser, _ path: String, format: String = "standard", scheme: String = "http") throws -> Page {
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.webhook])])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    let url = "\(scheme)://127.0.0.1:\(sink.port)\(path)"
    return browser.post("/agents/webhook", ["enabled": "on", "webhookUrl": url, "format": format])
  }

  /// Lets a reminder ring and be told.
  @discardableResult
  func ring(_ title: String = "Pay the rent") throws -> ID<Reminder> {
    let id = try ana.remind(nil, .low, title: title)
    site.pass(hours: 1)
    try site.work()
    return id
  }

  /// "state attempts code reason" of each message by webhook about an escalation, in the order of their people.
  func messages() throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT concat_ws(' ', o.state, o.attempts, o.code, o.reason) FROM outbox o JOIN users u ON u.id = o.user_id
          WHERE o.subject = 'escalation' AND o.channel = 'webhook' ORDER BY u.email, o.created_at, o.id
          """))
  }

  func escalation(_ id: ID<Reminder>) throws -> String { try ana.newest(id).unwrapped.id.text }

  /// Posts bytes as a program does.
  @discardableResult
  func post(_ body: String, to path: String? = nil, secret: String? = nil, at: Instant? = nil, id: String = "msg_1") -> Page {
    let bytes = Array(body.utf8)
    let stamp = (at ?? site.now).seconds
    let signature = WebhookSignature.sign(id: id, timestamp: stamp, body: bytes, secret: secret ?? self.secret)
    let own = String(address.dropFirst(site.services.origin.count))
    return site.browser().post(
      path ?? own, raw: bytes,
      ["content-type": "application/json", "webhook-id": id, "webhook-timestamp": String(stamp), "webhook-signature": signature])
  }

  /// A command as its body.
  static func command(_ escalation: String, _ action: String, until: String? = nil) -> String {
    let about = [("escalation", escalation), ("action", action)] + (until.map { [("until", $0)] } ?? [])
    return JSONText.object(Dictionary(uniqueKeysWithValues: about)).text
  }
}
