import FastCGI
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// A channel that asks a person something: its folder and one line in the list are all that it takes.
@Suite struct ChannelFieldTests {
  private static let hook = Channel(
    type: .webhook, toggle: { _ in "Send reminders to a webhook" },
    fields: [
      ChannelField(name: "webhookUrl", label: { _ in "Address of the webhook" }, type: "url") { read, name in
        let text = read.line(name, 1...200)
        if (try? HTTPRequest(.post, text)) == nil { read.complain(name, "Write an address such as https://example.org/hook.") }
        return text
      }
    ],
    compose: { content, composing in
      let url = composing.settings.values["webhookUrl"] ?? ""
      return .request(try HTTPRequest(.post, url, body: Array(content.subject.utf8), seconds: 5))
    })
  private static let address = "https://hooks.example.org/s3cret"

  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site(addresses: try AddressGuard(opening: "127.0.0.0/8"), channels: [.email, Self.hook])
    ana = try site.person("ana@x.test")
  }

  private func save(_ address: String, on: Bool = true, version: String? = nil) -> Page {
    var fields = [("csrf", ana.token()), ("webhookUrl", address)]
    if on { fields.append(("enabled", "on")) }
    if let version { fields.append(("version", version)) }
    return ana.post("/agents/webhook", raw: Array(fields.map { $0.0 + "=" + Browser.encoded($0.1) }.joined(separator: "&").utf8))
  }

  private func stored() throws -> [UInt8]? {
    let found: [UInt8]?? = try site.owner.value("SELECT configuration FROM agents WHERE type = 'webhook'")
    return found ?? nil
  }

  @Test func `its form stands on its own page, and the page of agents leads there`() throws {
    let list = ana.get("/agents")
    #expect(list.links.contains("/agents/webhook") && list.form("/agents/email") != nil && list.form("/agents/webhook") == nil)
    let page = ana.get("/agents/webhook")
    #expect(page.field("version", ofForm: "/agents/webhook") == "0")
    let form = try page.form("/agents/webhook").unwrapped
    #expect(form.contains("name=\"webhookUrl\"") && form.contains("type=\"url\"") && form.contains("Address of the webhook"))
    #expect(!form.contains(" checked"))
  }

  @Test(arguments: [("", "Fill this in."), ("ftp://x", "Write an address such as"), (String(repeating: "h", count: 201), "too long")])
  func `what is wrong is told beside the field, and nothing is kept`(address: String, says: String) throws {
    let before = try site.fingerprint()
    let page = save(address)
    #expect(page.status == 422 && page.complaints == ["webhookUrl"] && page.text.contains(says))
    #expect(page.text.contains("value=\"\(address)\""))
    #expect(try site.fingerprint() == before)
  }

  @Test func `it is kept sealed, shown again, and no log holds it`() throws {
    #expect(save(Self.address).location == "/agents/webhook")
    #expect(try stored()?.holds("hooks.example.org") == false)
    let page = ana.get("/agents/webhook")
    #expect(page.text.contains("value=\"\(Self.address)\"") && page.field("version", ofForm: "/agents/webhook") == "1")
    #expect(try site.text("SELECT payload::jsonb->>'webhookUrl' FROM audit_log WHERE action = 'agent.changed'") == "changed")
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE payload::text LIKE '%s3cret%'") == 0)
    #expect(ana.get("/settings/audit").text.contains("Saved and switched on: webhook."))
    // The same again is no change.
    #expect(save(Self.address).status == 303)
    #expect(try site.count("SELECT count(*) FROM audit_log") == 1)
    // Switched off it may be empty.
    #expect(save("", on: false).status == 303)
    #expect(ana.get("/agents/webhook").text.contains("Off"))
    #expect(try site.count("SELECT count(*) FROM audit_log") == 2)
  }

  @Test func `what was typed over an older version is shown beside what is stored`() throws {
    #expect(save(Self.address, version: "0").status == 303)
    let stale = save("https://other.example.org/", version: "0")
    #expect(stale.status == 409)
    #expect(stale.text.contains("<mark>\(Self.address)</mark>") && stale.text.contains("value=\"https://other.example.org/\""))
    #expect(save("https://other.example.org/", version: "x").status == 422)
    #expect(save("https://other.example.org/", version: "1").status == 303)
  }

  @Test func `others see and change nothing of it`() throws {
    _ = save(Self.address)
    let kept = try stored()
    for browser in [try site.person("bob@x.test", sharing: ana, role: .viewer), try site.person("eve@x.test")] {
      #expect(!browser.get("/agents/webhook").text.contains("hooks.example.org"))
      #expect(browser.post("/agents/webhook", ["enabled": "on", "webhookUrl": "https://x.test/"]).status == 303)
    }
    #expect(try site.count("SELECT count(*) FROM agents WHERE type = 'webhook'") == 3)
    #expect(try site.owner.value("SELECT configuration FROM agents WHERE type = 'webhook' AND user_id = \(ana.user)") == kept)
  }

  @Test func `its test goes where the person said`() throws {
    #expect(ana.post("/agents/webhook/test").status == 409)
    let sink = try Sink("http_sink.py")
    #expect(save("http://127.0.0.1:\(sink.port)/status/200").status == 303)
    #expect(ana.post("/agents/webhook/test").location == "/agents/webhook")
    #expect(try site.work()["tests"] == 1)
    #expect(try sink.log().compactMap { $0["body"] as? String } == ["A test message from Heed"])
    let page = ana.get("/agents/webhook")
    #expect(page.fact("delivery") == "sent" && page.text.contains(": 200"))
    #expect(ana.get("/agents/email").text.contains("Never tested."))
  }

  @Test func `an address of a private network gets none, and the page says so`() throws {
    _ = save("http://192.168.0.1/")
    _ = ana.post("/agents/webhook/test")
    try site.work()
    #expect(ana.get("/agents/webhook").text.contains("no message may go to this address: it belongs to a private network"))
  }

  @Test func `a key that is renewed opens it still`() throws {
    _ = save(Self.address)
    let kept = try stored()
    var rotation = VaultRotation(site.services, try site.connection("heed_owner"), at: site.now) { _ in }
    #expect(try rotation.run().secrets == 1)
    #expect(try stored() != kept)
    #expect(ana.get("/agents/webhook").text.contains("value=\"\(Self.address)\""))
  }
}
