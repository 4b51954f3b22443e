import Domain
import Foundation
import Net
import Postgres
import Testing
import Web

@testable import App

/// An account with a channel to which a program writes, and the people who answer.
final class Desk {
  let site: Site
  let owner: Browser
  let channel: ID<DeskChannel>
  let secret: String
  private var count = 0

  /// - Parameters:
  ///   - type: an e-mail channel has the address support@shop.example.
  ///   - target: working minutes, round the clock unless `hours` says otherwise.
  init(_ site: Site, as owner: Browser? = nil, type: DeskChannel.Kind = .email, target: Int? = nil, hours: String = "", url: String? = nil)
    throws
  {
    self.site = site
    self.owner = try owner ?? site.person("owner@x.test")
    channel = ID<DeskChannel>.new(at: site.now)
    secret = WebhookSignature.newSecret()
    let account = self.owner.account
    let vault = Vault(masters: site.services.masters, db: site.owner)
    let sealed = try vault.seal(Array(secret.utf8), of: account, at: DeskChannel.secretColumn.place(channel), now: site.now)
    try site.owner.run(
      """
      INSERT INTO channels (id, account_id, name, type, external_id, address, aliases, inbound, folder, outbound_url, secret, signature, language,
        timezone, target_minutes, hours, closed_on, auto_draft, enabled, created_at, updated_at)
      VALUES (\(channel), \(account), 'Support', \(type), '', \(type == .email ? "support@shop.example" : nil), '{}', 'webhook', '', \(url), \(sealed),
        'The **shop**', 'en', 'UTC', \(target), \(hours), '{}', true, true, \(site.now), \(site.now))
      """)
    try site.owner.run("INSERT INTO channel_states (channel_id, account_id) VALUES (\(channel), \(account))")
  }

  /// A member of the account.
  func member(_ email: String, _ role: Role = .agent) throws -> Browser { try site.person(email, sharing: owner, role: role) }

  /// What the shop posts when a customer writes.
  func body(
    _ text: String, conversation: String = "c1", message: String, email: String = "ana@customer.example", name: String = "Ana Souza",
    subject: String = "Delivery"
  ) -> String {
    JSONText.object([
      (
        "conversation",
        .object([
          ("external_id", .string(conversation)), ("subject", .string(subject)),
          ("customer", .object([("email", .string(email)), ("name", .string(name))])),
        ])
      ), ("message", .object([("external_id", .string(message)), ("body_text", .string(text))])),
    ]).text
  }

  /// Posts bytes as the shop does.
  @discardableResult
  func post(_ body: String, to channel: String? = nil, secret: String? = nil, at: Instant? = nil, id: String = "msg_1") -> Page {
    let bytes = Array(body.utf8)
    let stamp = (at ?? site.now).seconds
    let signature = WebhookSignature.sign(id: id, timestamp: stamp, body: bytes, secret: secret ?? self.secret)
    return site.browser().post(
      "/hooks/channels/\(channel ?? self.channel.text)", raw: bytes,
      ["content-type": "application/json", "webhook-id": id, "webhook-timestamp": String(stamp), "webhook-signature": signature])
  }

  /// A customer writes.
  ///
  /// - Returns: the id of the conversation.
  @discardableResult
  func write(
    _ text: String, in conversation: String = "c1", email: String = "ana@customer.example", name: String = "Ana Souza",
    subject: String = "Delivery"
  ) throws -> String {
    count += 1
    let page = post(body(text, conversation: conversation, message: "m\(count)", email: email, name: name, subject: subject))
    #expect(page.status == 201, "\(page.text)")
    return try (JSONValue(Array(page.text.utf8))?["conversation"]?.text).unwrapped
  }

  /// The draft of a conversation that waits, once a worker has written it.
  func draft(_ conversation: String? = nil) throws -> String {
    try site.work()
    let which = conversation.flatMap { ID<Conversation>($0) }
    return try site.text(
      "SELECT id::text FROM drafts WHERE (\(which == nil) OR conversation_id = \(which)::uuid) AND state = 'pending' ORDER BY number DESC LIMIT 1"
    ).unwrapped
  }

  /// What the form on a draft's page carries.
  func fields(_ draft: String, as browser: Browser? = nil) -> (version: String, seen: String, text: String) {
    let page = (browser ?? owner).get("/drafts/\(draft)")
    let form = "/drafts/\(draft)/approval"
    return (page.field("version", ofForm: form) ?? "", page.field("seen", ofForm: form) ?? "", page.area("text") ?? "")
  }

  /// Approves a draft as it stands, or with another text.
  @discardableResult
  func approve(_ draft: String, _ text: String? = nil, as browser: Browser? = nil, nonce: String = "n") -> Page {
    let browser = browser ?? owner
    let form = fields(draft, as: browser)
    return browser.post(
      "/drafts/\(draft)/approval", ["version": form.version, "seen": form.seen, "nonce": nonce + draft, "text": text ?? form.text])
  }

  func state(_ draft: String) -> String? { owner.get("/drafts/\(draft)").fact("state") }
}

extension Page {
  /// What a box for text holds.
  func area(_ name: String) -> String? {
    guard let start = text.range(of: "name=\"\(name)\" rows=") ?? text.range(of: "name=\"\(name)\"") else { return nil }
    guard let end = text[start.upperBound...].range(of: ">") else { return nil }
    // The first line end of a box is none of its text.
    let whole = text[end.upperBound...].components(separatedBy: "</textarea>").first.map(Page.unescaped)
    return whole.map { $0.hasPrefix("\n") ? String($0.dropFirst()) : $0 }
  }

  static func unescaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">").replacingOccurrences(
      of: "&quot;", with: "\""
    )
    .replacingOccurrences(of: "&#39;", with: "'").replacingOccurrences(of: "&amp;", with: "&")
  }
}
