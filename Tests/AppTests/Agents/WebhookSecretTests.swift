import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// The form of a webhook, and the secret that it is given.
@Suite struct WebhookSecretTests {
  @Test func `Hard case 9: an address that Heed never dials is refused on the page, and nothing is kept`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    for (url, says) in [
      ("http://0x7f.1/", "private network"), ("http://[::ffff:10.0.0.1]/", "private network"), ("http://a@b@c/", "without a name"),
      ("https://example.org:22/", "At port 22"), ("http://localhost/", "private network"), ("http://2130706433/", "private network"),
      ("http://0177.0.0.1/", "private network"), ("http://169.254.169.254/latest", "private network"),
      ("ftp://example.org/", "without a name"),
      ("https://me:secret@example.org/", "without a name"), ("", "Fill this in."),
    ] as [(String, String)] {
      let place: Comment = "\(url), \(says)"
      let before = try site.fingerprint()
      let page = ana.post("/agents/webhook", ["enabled": "on", "webhookUrl": url])
      #expect(page.status == 422 && page.complaints == ["webhookUrl"] && page.text.contains(says), place)
      #expect(try site.fingerprint() == before, place)
    }
  }

  @Test(arguments: [("ntfy", "https://ntfy.sh/", "webhookUrl"), ("fax", "https://example.org/", "format")])
  func `what a format needs is told beside its field`(format: String, url: String, field: String) throws {
    let ana = try Site().person("ana@x.test")
    let page = ana.post("/agents/webhook", ["enabled": "on", "webhookUrl": url, "format": format])
    #expect(page.status == 422 && page.complaints == [field])
  }

  @Test func `the secret is shown once, when the form is first saved, and lies sealed`() throws {
    let hooked = try Hooked()
    let (site, ana) = (hooked.site, hooked.ana)
    #expect(hooked.secret.hasPrefix("whsec_") && hooked.address.hasPrefix("https://heed.test/hooks/agents/"))
    let page = ana.get("/agents/webhook")
    #expect(page.fact("secret") == nil && !page.text.contains(hooked.secret) && page.fact("webhook") == hooked.address)
    #expect(try hooked.setUp(ana, "/status/204").location == "/agents/webhook")
    let kept: [UInt8] = try site.owner.value("SELECT configuration FROM agents WHERE type = 'webhook'").unwrapped
    #expect(!kept.holds("whsec_") && !kept.holds("127.0.0.1"))
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE payload::text LIKE '%whsec%'") == 0)
    // Saving again has left the secret as it was.
    let id = try hooked.ring()
    #expect(try hooked.post(Hooked.command(hooked.escalation(id), "acknowledgement")).status == 200)
  }

  @Test func `the same form sent twice makes one secret`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let nonce = ana.get("/agents/webhook").field("nonce", ofForm: "/agents/webhook") ?? ""
    let answers = (0..<2).map { _ in
      ana.post("/agents/webhook", ["enabled": "on", "webhookUrl": "https://example.org/", "version": "0", "nonce": nonce])
    }
    #expect(answers.map(\.status) == [200, 303] && answers[1].location == "/agents/webhook")
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'agent.changed'") == 1)
  }

  @Test func `who has no webhook has no secret to change, and nobody changes another's`() throws {
    let hooked = try Hooked()
    for browser in [try hooked.site.person("bob@x.test", sharing: hooked.ana, role: .viewer), try hooked.site.person("eve@x.test")] {
      #expect(browser.post("/agents/webhook/secret").status == 409)
      #expect(!browser.get("/agents/webhook").text.contains(hooked.address))
    }
    #expect(hooked.ana.get("/agents/webhook/secret").status == 405)
    #expect(try hooked.site.count("SELECT count(*) FROM audit_log WHERE action = 'agent.secret_rotated'") == 0)
  }

  @Test func `ten new secrets a day, each by a press of its own`() throws {
    let hooked = try Hooked()
    let form = "/agents/webhook/secret"
    let nonce = hooked.ana.get("/agents/webhook").field("nonce", ofForm: form) ?? ""
    #expect((0..<2).map { _ in hooked.ana.post(form, ["nonce": nonce]).status } == [200, 303])
    for _ in 0..<9 { #expect(hooked.ana.post(form).status == 200) }
    #expect(hooked.ana.post(form).status == 429)
    #expect(hooked.ana.get("/settings/audit").text.contains("Gave webhook another secret."))
  }

  /// With which of the secrets the newest post is signed, as other people's verifier has it at a time.
  private func good(_ hooked: Hooked, _ secrets: [String], at now: Instant? = nil) throws -> [Bool] {
    let log = hooked.sink.folder.appendingPathComponent("log.jsonl").path
    let said = try Sink.run("webhook_verify.py", [log, String((now ?? hooked.site.now).seconds)] + secrets)
    return said.split { $0 == " " || $0 == "\n" }.map { $0 == "yes" }
  }

  @Test func `Hard case 10: rotated twice in a day, each secret signs and is taken for 24 hours more`() throws {
    let hooked = try Hooked()
    let (site, ana) = (hooked.site, hooked.ana)
    var secrets = [hooked.secret]
    for _ in 0..<2 {
      let page = ana.post("/agents/webhook/secret")
      #expect(page.status == 200)
      secrets.append(try page.fact("secret").unwrapped)
      site.pass(hours: 2)
    }
    #expect(Set(secrets).count == 3)
    // At 14:00: all three. The first ends on the next day at 09:00, the second at 11:00.
    for (index, good) in [[true, true, true], [false, true, true], [false, false, true]].enumerated() {
      let id = try hooked.ring("Number \(index)")
      let taken = try self.good(hooked, secrets)
      #expect(taken == good, "\(index)")
      let command = try Hooked.command(hooked.escalation(id), "completion")
      for (number, secret) in secrets.enumerated() {
        let page = hooked.post(command, secret: secret, id: "msg \(index) \(number)")
        #expect(page.status == (good[number] ? 200 : 401), "\(index) \(number)")
      }
      // To 09:00 and 11:00 of the next day, when the next rings.
      site.pass(hours: index == 0 ? 18 : 1)
    }
    // Told again later, the message is old, whoever signed it.
    let late = try good(hooked, secrets, at: site.now.advanced(hours: 1))
    #expect(late == [false, false, false])
  }
}
