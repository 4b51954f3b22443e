import Foundation
import Net
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Channels in the browser: none yet, new, working, failing, off, deleted; who may.
@Suite struct DeskChannelPagesTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func imap(_ address: String = "a@x.test") throws -> String {
    try ana.channel([
      "name": "Box", "address": address, "inbound": "imap", "imap_host": "imap.x.test", "imap_user": "ana", "imap_password": "p",
    ]).id
  }

  private func fails(_ id: String, minutes: Int, _ error: String = "sign_in 535 no") throws {
    let since = site.now.advanced(minutes: -minutes)
    try site.owner.run(
      "UPDATE channel_states SET last_look_at = \(site.now), last_good_at = \(since), failing_since = \(since), error = \(error) WHERE channel_id = \(id)::uuid"
    )
  }

  @Test func `nothing yet says what a channel is and how to make one`() throws {
    let page = ana.get("/channels")
    #expect(page.status == 200 && page.text.contains("No channels yet") && page.links.contains("/channels/new"))
    let form = ana.get("/channels/new")
    #expect(form.status == 200 && form.field("nonce", ofForm: "/channels") != nil)
    for name in ["name", "address", "imap_password", "outbound_url", "hours", "zones"] { #expect(form.text.contains("id=\"\(name)\"")) }
    let viewer = try site.person("v@x.test", sharing: ana, role: .viewer)
    #expect(viewer.get("/channels").text.contains("An admin of the account can make one"))
  }

  @Test func `a new channel says what to do next`() throws {
    let hook = try ana.channel(["name": "Shop", "type": "chat"]).id
    let page = ana.get("/channels/\(hook)")
    #expect(page.fact("state") == "working" && page.fact("last-look") == "" && page.fact("last-message") == "")
    #expect(page.text.contains("Nothing has come yet") && page.text.contains("openssl dgst -sha256"))
    let box = try imap()
    #expect(ana.get("/channels/\(box)").text.contains("Heed looks at the mailbox each minute"))
    try site.owner.run("UPDATE channel_states SET last_message_at = \(site.now)")
    let busy = ana.get("/channels/\(hook)")
    #expect(!busy.text.contains("Nothing has come yet") && busy.fact("last-message") == site.now.iso)
  }

  @Test func `the example on the page signs as we check it`() throws {
    let (id, secret) = try ana.channel(["name": "Shop", "type": "chat"])
    let example = WebhookExample(try #require(ID<DeskChannel>(id)), "https://heed.test")
    let script = example.lines.replacingOccurrences(of: "whsec_…", with: secret).components(separatedBy: "\ncurl ")[0]
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script + "\nprintf '%s\\n%s\\n%s\\n%s' \"$TIME\" \"$SIGN\" \"$BODY\" \"$ID\""]
    process.standardOutput = pipe
    try process.run()
    let lines = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).components(separatedBy: "\n")
    let time = try #require(Int64(lines[0]))
    #expect(
      WebhookSignature.verify(
        id: lines[3], timestamp: lines[0], signature: "v1," + lines[1], body: Array(lines[2].utf8), secrets: [secret],
        now: Instant(seconds: time)))
  }

  @Test func `a mailbox that nobody could look into for a quarter of an hour fails, and says why and what to do`() throws {
    let id = try imap()
    try fails(id, minutes: 14)
    #expect(ana.get("/channels/\(id)").fact("state") == "working")
    site.pass(minutes: 1)
    let page = ana.get("/channels/\(id)")
    #expect(page.fact("state") == "failing" && page.text.contains("lets nobody in with this name and password"))
    #expect(page.text.contains("It said: 535 no") && page.text.contains("Type the password again below"))
    let list = ana.get("/channels?state=failing")
    #expect(list.fact("state") == "failing" && list.text.contains("Nobody could look since") && list.links.contains("/channels/\(id)"))
    let viewer = try site.person("v@x.test", sharing: ana, role: .viewer)
    #expect(viewer.get("/channels/\(id)").text.contains("lets nobody in"))
    // Another password begins anew.
    let edit: KeyValuePairs = [
      "name": "Box", "address": "a@x.test", "inbound": "imap", "imap_host": "imap.x.test", "imap_user": "ana", "imap_password": "q",
      "enabled": "on", "version": "1",
    ]
    #expect(ana.post("/channels/\(id)", edit).status == 303)
    #expect(ana.get("/channels/\(id)").fact("state") == "working")
  }

  @Test(arguments: [
    ("unreached", "The server does not answer."), ("timeout", "The server took too long."), ("tls x", "cannot be trusted"),
    ("refused", "HEED_ALLOW_LAN"), ("folder", "The folder is not there"), ("what nobody knows", "It said: what nobody knows"),
    ("<b>bold</b>", "&lt;b&gt;bold"),
  ])
  func `each trouble has its words`(error: String, words: String) throws {
    let id = try imap()
    try fails(id, minutes: 20, error)
    #expect(ana.get("/channels/\(id)").text.contains(words))
  }

  @Test func `one that is off says so, and the list tells the states apart`() throws {
    let id = try imap()
    let edit: KeyValuePairs = [
      "name": "Box", "address": "a@x.test", "inbound": "imap", "imap_host": "imap.x.test", "imap_user": "ana", "version": "1",
    ]
    #expect(ana.post("/channels/\(id)", edit).status == 303)
    try fails(id, minutes: 20)
    #expect(ana.get("/channels/\(id)").fact("state") == "off")
    #expect(ana.get("/channels?state=off").links.contains("/channels/\(id)"))
    #expect(ana.get("/channels?state=failing").text.contains("Nothing matches"))
    #expect(ana.get("/channels?state=broken").status == 422)
  }

  @Test func `the kind stays what it is`() throws {
    let id = try ana.channel(["name": "Shop", "type": "chat"]).id
    #expect(
      ana.post("/channels/\(id)", ["name": "Shop", "type": "email", "address": "a@x.test", "enabled": "on", "version": "1"]).status == 303)
    #expect(try site.text("SELECT type || coalesce(address, '') FROM channels") == "chat")
  }

  @Test func `what is edited on an older version is kept on the form`() throws {
    let id = try ana.channel(["name": "Shop", "type": "chat"]).id
    #expect(ana.post("/channels/\(id)", ["name": "B", "enabled": "on", "version": "1"]).status == 303)
    let stale = ana.post("/channels/\(id)", ["name": "C", "signature": "My text.", "enabled": "on", "version": "1"])
    #expect(stale.status == 409 && stale.text.contains("My text.") && stale.text.contains("value=\"C\""))
    #expect(ana.post("/channels/\(id)", ["name": "C", "enabled": "on"]).status == 422)
  }

  @Test func `what is deleted has no page, and comes back unless something of it is taken`() throws {
    let id = try ana.channel(["name": "Shop", "address": "a@x.test"]).id
    let deleted = ana.post("/channels/\(id)/deletion")
    #expect(deleted.location == "/channels" && ana.get("/channels/\(id)").status == 404)
    #expect(ana.get("/channels").field("csrf", ofForm: "/channels/\(id)/restoration") != nil)
    for path in ["", "/secret", "/rota", "/test", "/deletion"] {
      #expect(ana.post("/channels/\(id)\(path)", ["version": "1"]).status == 404)
    }
    let list = ana.get("/channels?state=deleted")
    #expect(list.text.contains("Its conversations can still be read") && list.form("/channels/\(id)/restoration") != nil)
    #expect(ana.post("/channels/\(id)/restoration").location == "/channels/\(id)")
    #expect(ana.post("/channels/\(id)/restoration").status == 303)
    #expect(ana.get("/channels/\(id)").status == 200)
    #expect(ana.post("/channels/\(id)/deletion").status == 303)
    try ana.channel(["name": "Other", "address": "A@x.test"])
    let taken = ana.post("/channels/\(id)/restoration")
    #expect(taken.status == 409 && taken.text.contains("Another channel has its address or id meanwhile"))
    #expect(try site.count("SELECT count(*) FROM channels WHERE deleted_at IS NULL") == 1)
  }

  @Test func `viewers and agents read, admins and owners change, strangers see nothing`() throws {
    let id = try ana.channel(["name": "Shop", "type": "chat", "signature": "Yours"]).id
    let posts = ["", "/\(id)", "/\(id)/secret", "/\(id)/rota", "/\(id)/test", "/\(id)/deletion", "/\(id)/restoration"].map {
      "/channels" + $0
    }
    for role in [Role.viewer, .agent] {
      let reader = try site.person("\(role.rawValue)@x.test", sharing: ana, role: role)
      for page in ["/channels", "/channels/\(id)", "/channels/\(id)/rota"] {
        let answer = reader.get(page)
        #expect(
          answer.status == 200 && !answer.links.contains("/channels/new") && !answer.text.contains("method=\"post\" action=\"/channels"))
      }
      for page in ["/channels/new", "/settings/desk"] { #expect(reader.get(page).status == 403) }
      for post in posts + ["/settings/desk"] { #expect(reader.post(post, ["name": "x", "version": "1"]).status == 403) }
    }
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    #expect(bob.post("/channels/\(id)", ["name": "B", "enabled": "on", "version": "1"]).status == 303)
    let eve = try site.person("eve@x.test")
    #expect(eve.get("/channels/\(id)").status == 404 && eve.get("/channels/\(id)/rota").status == 404)
    for post in posts.dropFirst() { #expect(eve.post(post, ["name": "x", "version": "1"]).status == 404) }
    #expect(!eve.get("/channels").text.contains("Shop"))
    #expect(site.browser().get("/channels").status == 303)
  }

  @Test func `a test mail comes from the channel, and its outcome is shown`() throws {
    let id = try ana.channel(["name": "Shop", "address": "support@shop.example"]).id
    #expect(ana.get("/channels/\(id)").text.contains("Never tested"))
    #expect(ana.post("/channels/\(id)/test").location == "/channels/\(id)")
    #expect(ana.get("/channels/\(id)").fact("delivery") == "pending")
    try site.work()
    #expect(ana.get("/channels/\(id)").fact("delivery") == "sent")
    let mails = try site.mails().filter { $0.contains("support@shop.example") }
    let mail = try #require(mails.first)
    #expect(mails.count == 1 && mail.contains("<support@shop.example>") && mail.contains("ana@x.test"), "\(mail)")
  }

  @Test(arguments: [(200, "sent", "A test message was taken"), (403, "failed", "failed: 403"), (503, "pending", "was not taken yet: 503")])
  func `a test of a chat is posted to where its answers go, signed, and its outcome is shown`(status: Int, state: String, says: String)
    throws
  {
    let sink = try Sink("http_sink.py")
    let site = try Site(addresses: AddressGuard(opening: [AddressRange("127.0.0.0/8")].compactMap(\.self)))
    let ana = try site.person("ana@x.test")
    let (id, secret) = try ana.channel(["name": "Chat", "type": "chat", "outbound_url": "http://127.0.0.1:\(sink.port)/status/\(status)"])
    let path = "/channels/\(id)"
    #expect(ana.get(path).text.contains("Never tested. A test posts") && ana.get(path).text.contains("Send a test message"))
    #expect(ana.post(path + "/test").location == path)
    #expect(ana.get(path).text.contains("The test message of"))
    try site.work()
    #expect(ana.get(path).fact("delivery") == state && ana.get(path).text.contains(says), "\(ana.get(path).text)")
    #expect(try site.mails().allSatisfy { !$0.contains("A test of the channel") })
    let calls = try sink.log()
    let call = try calls.first.unwrapped
    let body = try (call["body"] as? String).unwrapped
    let json = JSONValue(Array(body.utf8))
    #expect(
      calls.count == 1 && json?["type"]?.text == "channel.test" && json?["message"]?["text"]?.text?.contains("“Chat”") == true, "\(body)")
    let heads = try (call["headers"] as? [String: String]).unwrapped
    let (key, stamp) = (try heads["webhook-id"].unwrapped, try heads["webhook-timestamp"].flatMap { Int64($0) }.unwrapped)
    #expect(json?["message"]?["id"]?.text == key)
    #expect(
      heads["webhook-signature"] == WebhookSignature.sign(id: key, timestamp: stamp, body: Array(body.utf8), secret: secret))
  }

  @Test func `a chat that is answered nowhere has nothing to test, and says so`() throws {
    let id = try ana.channel(["name": "Chat", "type": "chat"]).id
    let page = ana.post("/channels/\(id)/test")
    #expect(page.status == 409 && page.text.contains("Nothing says where answers go."))
    #expect(try site.count("SELECT count(*) FROM channel_tests") == 0)
  }

  @Test func `a test asks for a look at the mailbox, and says how it went`() throws {
    let id = try imap()
    #expect(ana.get("/channels/\(id)").fact("look") == "waiting")
    try site.owner.run("UPDATE channel_states SET last_look_at = \(site.now)")
    #expect(ana.get("/channels/\(id)").fact("look") == "good" && ana.get("/channels/\(id)").fact("last-look") == site.now.iso)
    #expect(ana.post("/channels/\(id)/test").status == 303)
    #expect(ana.get("/channels/\(id)").fact("look") == "waiting")
    try fails(id, minutes: 1, "timeout")
    let page = ana.get("/channels/\(id)")
    #expect(page.fact("look") == "failed" && page.fact("state") == "working" && page.text.contains("The server took too long."))
  }

  @Test func `a channel's own server is asked, and its refusal is shown`() throws {
    let id = try ana.channel(["name": "Shop", "address": "a@x.test", "smtp_host": "127.0.0.1", "smtp_port": "1"]).id
    #expect(ana.post("/channels/\(id)/test").status == 303)
    try site.work()
    let page = ana.get("/channels/\(id)")
    #expect(["pending", "sending", "failed"].contains(page.fact("delivery")), "\(page.fact("delivery") ?? "")")
  }

  @Test func `tests are few, and go to addresses that are verified`() throws {
    let id = try ana.channel(["name": "Shop", "address": "a@x.test"]).id
    for _ in 1...20 { #expect(ana.post("/channels/\(id)/test").status == 303) }
    #expect(ana.post("/channels/\(id)/test").status == 429)
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin, verified: false)
    #expect(bob.post("/channels/\(id)/test").status == 409)
  }

  @Test func `a channel is text, whatever stands in it`() throws {
    let id = try ana.channel(["name": "<b>A</b>", "address": "a@x.test", "signature": "<script>alert(1)</script></textarea>"]).id
    for page in ["/channels", "/channels/\(id)", "/channels/\(id)/rota"] {
      let answer = ana.get(page)
      #expect(answer.status == 200 && !answer.text.contains("<script>alert") && !answer.text.contains("<b>A"))
    }
  }
}
