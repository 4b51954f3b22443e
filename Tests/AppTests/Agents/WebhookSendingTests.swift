import FastCGI
import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// What becomes of a message by webhook, over a real listener.
@Suite struct WebhookSendingTests {
  @Test(arguments: [
    ("/status/200", "sent 1 200"), ("/status/204", "sent 1 204"), ("/redirect", "failed 1 302"), ("/redirect/301", "failed 1 301"),
    ("/status/410", "failed 1 410 gone"), ("/status/404", "failed 1 404"), ("/status/500", "pending 1 500"), ("/drop", "pending 1 broken"),
    ("/endless", "sent 1 200"), ("/huge", "sent 1 200"),
  ])
  func `Hard case 9: what the other side does decides`(path: String, becomes: String) throws {
    let hooked = try Hooked(path)
    try hooked.ring()
    #expect(try hooked.messages() == [becomes])
    // A redirect is not followed.
    #expect(try hooked.sink.log().count == 1)
  }

  @Test func `Hard case 9: an answer after 14 seconds counts, and after 16 the message is tried again`() throws {
    let hooked = try Hooked("/after/14")
    let bob = try hooked.site.person("bob@x.test")
    #expect(try hooked.setUp(bob, "/after/16").status == 200)
    for person in [hooked.ana, bob] { _ = try person.remind(nil, .low) }
    hooked.site.pass(hours: 1)
    try hooked.site.work()
    #expect(try hooked.messages() == ["sent 1 200", "pending 1 timeout"])
  }

  @Test func `Hard case 9: 429 with a date waits until then`() throws {
    let hooked = try Hooked("/status/429?retry-after=Sat,%2021%20Nov%202026%2012:30:00%20GMT")
    try hooked.ring()
    #expect(try hooked.messages() == ["pending 1 429"])
    let due: Instant = try hooked.site.owner.value("SELECT due_at FROM outbox WHERE subject = 'escalation'").unwrapped
    #expect(due == Instant(iso: "2026-11-21T12:30:00Z"))
    hooked.site.pass(hours: 2)
    try hooked.site.work()
    #expect(try hooked.sink.log().count == 1)
  }

  /// For localhost, over since yesterday.
  private static let expired: Certificate? = {
    guard let folder = try? temporaryFolder() else { return nil }
    let script = """
      import datetime, sys
      from cryptography import x509
      from cryptography.hazmat.primitives import hashes, serialization
      from cryptography.hazmat.primitives.asymmetric import ec
      folder, key, day = sys.stdin.read(), ec.generate_private_key(ec.SECP256R1()), datetime.timedelta(days=1)
      name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "localhost")])
      now = datetime.datetime.now(datetime.timezone.utc)
      made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
      made = made.not_valid_before(now - 9 * day).not_valid_after(now - day).sign(key, hashes.SHA256())
      open(folder + "/cert.pem", "wb").write(made.public_bytes(serialization.Encoding.PEM))
      open(folder + "/key.pem", "wb").write(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
      """
    guard (try? Sink.python(script, Array(folder.path.utf8))) != nil else { return nil }
    return Certificate(file: folder.appendingPathComponent("cert.pem").path, key: folder.appendingPathComponent("key.pem").path)
  }()

  @Test(arguments: [true, false])
  func `Hard case 9: a certificate that nobody vouches for, or that is over, fails the message at once`(isOver: Bool) throws {
    let pair = try #require(isOver ? Self.expired : Certificate.shared)
    let sink = try Sink("http_sink.py", "--cert", pair.file, "--key", pair.key)
    let hooked = try Hooked("/status/200", sink: sink, scheme: "https")
    try hooked.ring()
    #expect(try hooked.messages() == ["failed 1 untrusted"])
    #expect(try hooked.sink.log().isEmpty)
    #expect(hooked.ana.get("/agents/webhook").text.contains("its certificate cannot be trusted"))
  }

  @Test func `Hard case 9: what leads into our own network when it is dialled is refused, whatever it was when it was saved`() throws {
    let hooked = try Hooked()
    _ = try hooked.ana.remind(nil, .low)
    let later = try Site(as: hooked.site, zoneinfo: "/usr/share/zoneinfo")
    later.pass(hours: 1)
    try later.work()
    #expect(try hooked.messages() == ["failed 1 no_entry"])
    #expect(try hooked.sink.log().isEmpty)
  }

  @Test func `Hard case 9: a name that leads to this machine once it is dialled is refused then, for each dial anew`() throws {
    let sink = try Sink("http_sink.py")
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let ladder = try Ladder(tiers: [Tier(delayMinutes: 0, agents: [.webhook])])
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    // No address is known of it when it is saved; libcurl has 127.0.0.1 for it, as a name server may have for any other.
    let url = "http://hook.localhost:\(sink.port)/status/200"
    #expect(ana.post("/agents/webhook", ["enabled": "on", "webhookUrl": url]).status == 200)
    for number in 1...2 {
      _ = try ana.remind(nil, .low, title: "Number \(number)")
      site.pass(hours: 1)
      try site.work()
      let refused = try site.count("SELECT count(*) FROM outbox WHERE channel = 'webhook' AND state = 'failed' AND reason = 'no_entry'")
      #expect(refused == number)
    }
    #expect(try sink.log().isEmpty)
  }

  @Test func `Hard case 9: an address that is gone switches its agent off, a mail says so, and reminders come by mail`() throws {
    let hooked = try Hooked("/status/410")
    let (site, ana) = (hooked.site, hooked.ana)
    try hooked.ring()
    try site.work()
    #expect(try site.text("SELECT concat_ws(' ', enabled, gone_at IS NOT NULL) FROM agents WHERE type = 'webhook'") == "f t")
    #expect(try site.mails().filter { $0.contains("Subject: Heed cannot reach you by webhook") }.count == 1)
    let page = ana.get("/agents/webhook").text
    #expect(page.contains("said on Sat 21 Nov 2026, 10:00 that it is gone (410)") && page.contains("Off: nothing is sent"))
    #expect(ana.get("/settings/audit").text.contains("Switched off: webhook. Its address says that it is gone."))
    let other = try hooked.ring("Call the dentist")
    #expect(try site.count("SELECT count(*) FROM outbox WHERE channel = 'email' AND reminder_id = \(other)") == 1)
    #expect(try hooked.sink.log().count == 1)
    #expect(try hooked.setUp(ana, "/status/200").status == 303)
    #expect(!ana.get("/agents/webhook").text.contains("that it is gone (410)"))
    try hooked.ring("Water the plants")
    #expect(try hooked.sink.log().count == 2)
  }

  @Test(arguments: ["", "reject554"])
  func `Hard case 18: where every agent fails for good its owner is told by what is left, and if nothing is the operator reads it once`(
    mail: String
  ) throws {
    let hooked = try Hooked("/status/404")
    let site = hooked.site
    let ladder = try Ladder(tiers: [0, 5].map { Tier(delayMinutes: $0, agents: [.webhook]) })
    try site.owner.run("UPDATE profiles SET tiers = \(ladder.tiersText)::text::jsonb")
    let server = try Sink("smtp_sink.py")
    try server.control(mail)
    let worker = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)")))
    let id = try hooked.ana.remind(nil, .low, title: "Pay the rent")
    site.pass(hours: 1)
    for _ in 0..<3 {
      for _ in 0..<2 { _ = try worker.runOnce { site.now } }
      site.pass(minutes: 5)
    }
    #expect(try hooked.messages() == ["failed 1 404", "failed 1 404"])
    let mails: [String] = try site.owner.rows(
      Query(column: "SELECT state FROM outbox WHERE channel = 'email' AND subject = 'escalation' ORDER BY tier"))
    #expect(mails == Array(repeating: mail.isEmpty ? "sent" : "failed", count: 2))
    #expect(site.workLogged.count { $0 == "work.nobody_told" } == (mail.isEmpty ? 0 : 1))
    // It still rings, in red.
    #expect(hooked.ana.get("/").text.contains("<article class=alarm data-state=\"urgent\""))
    #expect(site.browser().get("/readyz").status == 200)
    let page = hooked.ana.get("/escalations/\(try hooked.escalation(id))")
    let told = page.facts("told").filter { $0.hasPrefix("1 ") }.sorted()
    #expect(told == [mail.isEmpty ? "1 email sent" : "1 email failed", "1 webhook failed"])
  }

  @Test func `a test that meets 410 switches nothing off, and its outcome is shown`() throws {
    let hooked = try Hooked("/status/410")
    #expect(hooked.ana.post("/agents/webhook/test").location == "/agents/webhook")
    try hooked.site.work()
    let page = hooked.ana.get("/agents/webhook")
    #expect(page.fact("delivery") == "failed" && page.text.contains("410"))
    #expect(try hooked.site.text("SELECT enabled::text FROM agents WHERE type = 'webhook'") == "true")
  }

  @Test func `each agent says when it last reached its person and when it failed`() throws {
    let hooked = try Hooked("/status/404")
    // Else a mail came instead of what has failed.
    #expect(hooked.ana.post("/agents/email").status == 303)
    #expect(hooked.ana.get("/agents/webhook").fact("last-success")?.isEmpty == true)
    try hooked.ring()
    try hooked.setUp(hooked.ana, "/status/200")
    try hooked.ring("Call the dentist")
    let page = hooked.ana.get("/agents/webhook")
    #expect(page.fact("last-failure") == "2026-11-21T10:00:00Z" && page.fact("last-success") == "2026-11-21T11:00:00Z")
    #expect(page.text.contains("Last failure: Sat 21 Nov 2026, 10:00, 404"))
    let mail = hooked.ana.get("/agents")
    #expect(mail.fact("last-success")?.isEmpty == true && mail.text.contains("Last success: Sat 21 Nov 2026, 11:00."))
    // What others were sent is nobody else's.
    #expect(try !hooked.site.person("eve@x.test").get("/agents").text.contains("Last success: Sat"))
  }

  @Test func `the page tells what the specification has of an agent`() throws {
    let page = try Hooked().ana.get("/agents/webhook").text
    for part in ["About this agent", "1.0.0", "webhookUrl (url), format (choice)", "personal", "snooze, dismiss, complete"] {
      #expect(page.contains(part), "\(part)")
    }
  }

  @Test(arguments: [
    ("slack", "text", "*Pay &lt;b&gt; &amp; *rest**"), ("discord", "content", #"**Pay \<b\> & \*rest\***"#),
    ("matrix", "text", #"**Pay \<b\> & \*rest\***"#), ("gotify", "title", "Pay <b> & *rest*"), ("ntfy", "title", "Pay <b> & *rest*"),
  ])
  func `chats get it as they take it`(format: String, field: String, begins: String) throws {
    let hooked = try Hooked("/status/200", format: format)
    try hooked.ring("Pay <b> & *rest*")
    let line = try hooked.sink.log().first.unwrapped
    let body = try JSONValue(Array((line["body"] as? String ?? "").utf8)).unwrapped
    #expect(body[field]?.text?.hasPrefix(begins) == true, "\(body.json.text)")
    #expect(try hooked.messages() == ["sent 1 200"])
    // A topic stands in the body, and the address is the server's.
    if format == "ntfy" { #expect(line["path"] as? String == "/status/" && body["topic"]?.text == "200") }
  }

  @Test func `the standard body names what can be answered`() throws {
    let hooked = try Hooked()
    let id = try hooked.ring()
    #expect(try hooked.ana.get("/escalations/\(hooked.escalation(id))").text.contains("webhook:"))
    let text = try (hooked.sink.log().first?["body"] as? String).unwrapped
    let body = try JSONValue(Array(text.utf8)).unwrapped
    let told = try (body["data"]?["escalations"]?.elements.first).unwrapped
    #expect(body["type"]?.text == "escalation.started" && body["timestamp"]?.text == "2026-11-21T10:00:00Z")
    #expect(try told["escalation"]?.text == hooked.escalation(id) && told["reminder"]?.text == id.text)
    #expect(told["notes"]?.text?.contains("Transfer it.") == true && told["url"]?.text?.hasPrefix("https://heed.test/a/") == true)
  }
}
