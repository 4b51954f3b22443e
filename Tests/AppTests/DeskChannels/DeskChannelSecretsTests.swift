import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// What a channel keeps sealed: shown once or never.
@Suite struct DeskChannelSecretsTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func opened(_ column: SecretColumn) throws -> String? {
    let sealed: [UInt8]?? = try site.owner.value("SELECT \(raw: column.column) FROM channels")
    guard let sealed = sealed ?? nil else { return nil }
    let id: ID<DeskChannel> = try site.owner.value("SELECT id FROM channels").unwrapped
    return String(
      decoding: try Vault(masters: site.services.masters, db: site.owner).open(sealed, of: ana.account, at: column.place(id)), as: UTF8.self
    )
  }

  @Test func `the first secret is shown once, with the address to call`() throws {
    let page = ana.post("/channels", ["name": "Shop", "type": "chat", "nonce": "n1"])
    let secret = try #require(page.fact("secret"))
    let id = try site.text("SELECT id::text FROM channels").unwrapped
    #expect(page.status == 200 && page.fact("webhook") == "https://heed.test/hooks/channels/\(id)")
    #expect(secret.hasPrefix("whsec_") && Bytes.fromBase64(secret.dropFirst(6))?.count == 32)
    #expect(try opened(DeskChannel.secretColumn) == secret)
    for path in ["/channels", "/channels/\(id)", "/settings/audit"] { #expect(!ana.get(path).text.contains(secret), "\(path)") }
    #expect(ana.get("/channels/\(id)").fact("webhook") == "https://heed.test/hooks/channels/\(id)")
    // The second press of the button.
    let again = ana.post("/channels", ["name": "Shop", "type": "chat", "nonce": "n1"])
    #expect(again.status == 303 && again.location == "/channels/\(id)")
    #expect(try site.count("SELECT count(*) FROM channels") == 1)
  }

  @Test func `a refused form leaves its nonce free`() throws {
    #expect(ana.post("/channels", ["name": "", "type": "chat", "nonce": "n1"]).status == 422)
    #expect(ana.post("/channels", ["name": "Shop", "type": "chat", "nonce": "n1"]).status == 200)
  }

  @Test func `another secret is shown once, and the old one is good for a day`() throws {
    let (id, first) = try ana.channel(["name": "Shop", "type": "chat"])
    let nonce = try #require(ana.get("/channels/\(id)").field("nonce", ofForm: "/channels/\(id)/secret"))
    let page = ana.post("/channels/\(id)/secret", ["nonce": nonce])
    let second = try #require(page.fact("secret"))
    #expect(page.status == 200 && second != first && page.fact("webhook") == "https://heed.test/hooks/channels/\(id)")
    #expect(try opened(DeskChannel.secretColumn) == second)
    #expect(try opened(DeskChannel.oldSecretColumn) == first)
    #expect(try site.count("SELECT count(*) FROM channels WHERE old_secret_until = \(site.now.advanced(hours: 24))") == 1)
    let again = ana.post("/channels/\(id)/secret", ["nonce": nonce])
    #expect(again.status == 303 && again.location == "/channels/\(id)")
    #expect(try opened(DeskChannel.secretColumn) == second)
    #expect(ana.get("/channels/\(id)").field("nonce", ofForm: "/channels/\(id)/secret") != nonce)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'channel.secret_rotated'") == 1)
  }

  private let mailbox: [(String, String)] = [
    ("name", "A"), ("address", "a@x.test"), ("inbound", "imap"), ("imap_host", "imap.x.test"), ("imap_user", "ana"),
    ("smtp_host", "smtp.x.test"),
    ("smtp_user", "ana"), ("enabled", "on"),
  ]

  private func save(_ id: String, _ fields: [(String, String)], version: Int) -> Page {
    let rest = mailbox.filter { pair in !fields.contains { $0.0 == pair.0 } }
    let all = [("csrf", ana.token()), ("version", "\(version)")] + rest + fields
    return ana.post("/channels/\(id)", raw: Array(all.map { "\($0.0)=\(Browser.encoded($0.1))" }.joined(separator: "&").utf8))
  }

  @Test func `passwords are never shown, a blank one keeps the old, and another server needs it again`() throws {
    let made = mailbox + [("imap_password", "walrus-in"), ("smtp_password", "walrus-out")]
    let page = ana.post(
      "/channels", raw: Array(([("csrf", ana.token())] + made).map { "\($0.0)=\(Browser.encoded($0.1))" }.joined(separator: "&").utf8))
    #expect(page.status == 200, "\(page.complaints)")
    let id = try site.text("SELECT id::text FROM channels").unwrapped
    #expect(save(id, [("name", "B")], version: 1).status == 303)
    #expect(try opened(DeskChannel.imapPasswordColumn) == "walrus-in")
    #expect(try opened(DeskChannel.smtpPasswordColumn) == "walrus-out")
    #expect(save(id, [("imap_password", "walrus-new")], version: 2).status == 303)
    #expect(try opened(DeskChannel.imapPasswordColumn) == "walrus-new")
    let moved = save(id, [("imap_host", "evil.x.test"), ("smtp_host", "evil.x.test")], version: 3)
    #expect(moved.status == 422 && moved.complaints == ["imap_password", "smtp_password"])
    let refused = save(id, [("name", ""), ("imap_password", "walrus-typed")], version: 3)
    let stale = save(id, [("imap_password", "walrus-typed")], version: 1)
    #expect(refused.status == 422 && stale.status == 409)
    #expect(save(id, [("smtp_user", "")], version: 3).status == 303)
    #expect(try opened(DeskChannel.smtpPasswordColumn) == nil)
    #expect(save(id, [("inbound", "webhook"), ("smtp_user", "")], version: 4).status == 303)
    #expect(try opened(DeskChannel.imapPasswordColumn) == nil)
    for page in [page, refused, stale, ana.get("/channels/\(id)"), ana.get("/channels"), ana.get("/settings/audit")] {
      #expect(!page.text.contains("walrus"))
    }
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE payload::text LIKE '%walrus%'") == 0)
  }

  @Test func `a rotation of the vault seals all four anew`() throws {
    let (id, secret) = try ana.channel([
      "name": "A", "address": "a@x.test", "inbound": "imap", "imap_host": "imap.x.test", "imap_user": "ana", "imap_password": "in",
      "smtp_host": "smtp.x.test", "smtp_user": "ana", "smtp_password": "out",
    ])
    let second = try #require(ana.post("/channels/\(id)/secret").fact("secret"))
    var rotation = VaultRotation(site.services, site.owner, at: site.now) { _ in }
    let outcome = try rotation.run()
    #expect(outcome.secrets == 4 && outcome.unreadable == 0)
    #expect(try opened(DeskChannel.secretColumn) == second)
    #expect(try opened(DeskChannel.oldSecretColumn) == secret)
    #expect(try opened(DeskChannel.imapPasswordColumn) == "in")
    #expect(try opened(DeskChannel.smtpPasswordColumn) == "out")
  }
}
