import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Channels as their form makes and changes them, with every complaint.
@Suite struct DeskChannelFormTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site(maildirs: "/nonexistent")
    ana = try site.person("ana@x.test")
  }

  private static let right = [("name", "Support"), ("address", "support@shop.example")]

  private func make(_ fields: [(String, String)], _ browser: Browser? = nil) -> Page {
    let browser = browser ?? ana
    let rest = DeskChannelFormTests.right.filter { pair in !fields.contains { $0.0 == pair.0 } }
    let body = ([("csrf", browser.token())] + rest + fields).map { "\($0.0)=\(Browser.encoded($0.1))" }.joined(separator: "&")
    return browser.post("/channels", raw: Array(body.utf8))
  }

  private static let imap = [("inbound", "imap"), ("imap_host", "imap.x.test"), ("imap_user", "ana"), ("imap_password", "secret word")]

  @Test func `a form that says too little or too much is refused`() throws {
    for (fields, field) in [
      ([("name", "")], "name"), ([("name", String(repeating: "a", count: 101))], "name"), ([("name", "a\nb")], "name"),
      ([("type", "fax")], "type"), ([("external_id", String(repeating: "a", count: 201))], "external_id"), ([("address", "")], "address"),
      ([("address", "shop")], "address"), ([("address", "a@b c")], "address"), ([("aliases", "x@y.test, nobody")], "aliases"),
      ([("aliases", (1...21).map { "a\($0)@y.test" }.joined(separator: "\n"))], "aliases"), ([("inbound", "pigeon")], "inbound"),
      ([("inbound", "maildir")], "folder"), ([("inbound", "maildir"), ("folder", "../x")], "folder"),
      ([("inbound", "maildir"), ("folder", "a/b")], "folder"), ([("inbound", "maildir"), ("folder", ".x")], "folder"),
      (Self.imap.filter { $0.0 != "imap_host" }, "imap_host"),
      (Self.imap.dropFirst() + [("inbound", "imap"), ("imap_port", "70000")], "imap_port"),
      ([("inbound", "imap"), ("imap_host", "imap://x.test"), ("imap_user", "a"), ("imap_password", "b")], "imap_host"),
      ([("inbound", "imap"), ("imap_host", "x.test/y"), ("imap_user", "a"), ("imap_password", "b")], "imap_host"),
      ([("inbound", "imap"), ("imap_host", "a@x.test"), ("imap_user", "a"), ("imap_password", "b")], "imap_host"),
      (Self.imap + [("imap_security", "none")], "imap_security"),
      ([("inbound", "imap"), ("imap_host", "x.test"), ("imap_user", ""), ("imap_password", "b")], "imap_user"),
      ([("inbound", "imap"), ("imap_host", "x.test"), ("imap_user", "a")], "imap_password"),
      ([("inbound", "imap"), ("imap_host", "x.test"), ("imap_user", "a"), ("imap_password", "a\r\nb")], "imap_password"),
      ([("smtp_host", "x.test"), ("smtp_port", "x")], "smtp_port"), ([("smtp_host", "x y")], "smtp_host"),
      ([("smtp_host", "x.test"), ("smtp_security", "ssl")], "smtp_security"),
      ([("smtp_host", "x.test"), ("smtp_user", "a")], "smtp_password"),
      ([("type", "chat"), ("outbound_url", "ftp://x.test/")], "outbound_url"),
      ([("type", "chat"), ("outbound_url", "nowhere")], "outbound_url"),
      ([("type", "slack"), ("outbound_url", "https://a:b@x.test/")], "outbound_url"),
      ([("signature", String(repeating: "a", count: 4_097))], "signature"), ([("language", "fr")], "language"),
      ([("timezone", "Mars/Base")], "timezone"), ([("target_minutes", "0")], "target_minutes"),
      ([("target_minutes", "43201")], "target_minutes"), ([("target_minutes", "soon")], "target_minutes"),
      ([("hours", "mon-fri 22:00-06:00")], "hours"), ([("hours", "someday 9-5")], "hours"), ([("hours", "mon 9-25")], "hours"),
      ([("hours", "mon")], "hours"), ([("hours", "mon 9-12 11-13")], "hours"), ([("closed_on", "christmas")], "closed_on"),
      ([("closed_on", "2027-02-30")], "closed_on"), ([("profile", "x")], "profile"),
      ([("profile", "01890a5d-ac96-774b-bcce-b302099a8057")], "profile"),
      ([("acknowledge", String(repeating: "a", count: 4_097))], "acknowledge"), ([("acknowledge_when", "always")], "acknowledge"),
      ([("acknowledge_when", "often")], "acknowledge_when"),
      // What could begin a head of its own.
      ([("name", "Shop\r\nBcc: eve@evil.example")], "name"), ([("address", "a@shop.example\r\nBcc: eve@evil.example")], "address"),
      ([("aliases", "x@y.test\r\nBcc: eve@evil.example")], "aliases"),
    ] as [([(String, String)], String)] {
      let place: Comment = "\(fields), \(field)"
      let page = make(fields)
      #expect(page.status == 422 && page.complaints == [field], "\(fields): \(page.complaints)")
      #expect(try site.count("SELECT count(*) FROM channels") == 0, place)
      #expect(!page.text.contains("secret word") && page.fact("secret") == nil, place)
    }
  }

  @Test func `all complaints come at once, in the order of the form, and what was typed stays`() throws {
    let page = make([
      ("name", ""), ("address", "x"), ("hours", "mon 22:00-06:00\nfoo 9-5"), ("target_minutes", "-1"), ("signature", "Yours"),
    ])
    #expect(page.complaints == ["name", "address", "target_minutes", "hours"], "\(page.complaints)")
    #expect(page.text.contains("Line 1: “22:00-06:00” ends before it begins.") && page.text.contains("Line 2: “foo” is no day."))
    #expect(page.text.contains("mon 22:00-06:00\nfoo 9-5</textarea>") && page.text.contains("Yours</textarea>"))
  }

  @Test func `what belongs to a kind that was not chosen is ignored`() throws {
    let chat = make([
      ("type", "chat"), ("address", "no address"), ("inbound", "imap"), ("smtp_host", "x y"), ("folder", "../x"), ("imap_port", "x"),
    ])
    #expect(chat.status == 200, "\(chat.complaints)")
    let mail = make([("outbound_url", "nowhere"), ("folder", "../x"), ("imap_port", "x"), ("smtp_port", "x"), ("smtp_password", "p")])
    #expect(mail.status == 200, "\(mail.complaints)")
    #expect(
      try site.text("SELECT string_agg(type || inbound || folder || smtp_host || coalesce(address, '-'), ' ' ORDER BY type) FROM channels")
        == "chatwebhook- emailwebhooksupport@shop.example")
    #expect(try site.count("SELECT count(*) FROM channels WHERE smtp_password IS NULL AND imap_password IS NULL") == 2)
  }

  @Test func `what is not sent has its default`() throws {
    #expect(make([]).status == 200)
    #expect(
      try site.text(
        """
        SELECT concat_ws(' ', type, inbound, language, timezone, coalesce(target_minutes::text, '-'), hours = '', closed_on = '{}', profile_id IS NULL,
          acknowledge_when, auto_draft, trusts_spam, enabled, version) FROM channels
        """) == "email webhook en UTC - t t t never f f t 1")
    #expect(try site.count("SELECT count(*) FROM channel_states WHERE last_good_at = \(site.now)") == 1)
  }

  @Test func `hours, days and addresses are stored as they are meant`() throws {
    let page = make([
      ("hours", "segunda a sexta 9h-12h 13h-18h\r\nsat 9am-1pm"), ("closed_on", "25/12/2027, 2027-01-01\r\n2027-01-01"),
      ("aliases", "Support@Shop.example; help@shop.example\nHELP@shop.example"), ("target_minutes", "240"),
    ])
    #expect(page.status == 200, "\(page.complaints)")
    #expect(try site.text("SELECT hours FROM channels") == "mon-fri 09:00-12:00 13:00-18:00\nsat 09:00-13:00")
    #expect(try site.text("SELECT closed_on::text || aliases::text FROM channels") == "{2027-01-01,2027-12-25}{help@shop.example}")
  }

  @Test func `an address is one channel's of an account, whatever its case, as its own or as an alias`() throws {
    let first = try ana.channel(["name": "A", "address": "a@shop.example", "aliases": "b@shop.example"]).id
    #expect(make([("address", "A@Shop.example")]).complaints == ["address"])
    #expect(make([("address", "b@shop.example")]).complaints == ["address"])
    #expect(make([("aliases", "c@shop.example\na@shop.example")]).complaints == ["aliases"])
    let second = try ana.channel(["name": "B", "address": "c@shop.example"]).id
    let edit: KeyValuePairs = ["name": "B", "address": "a@shop.example", "enabled": "on", "version": "1"]
    #expect(ana.post("/channels/\(second)", edit).complaints == ["address"])
    #expect(ana.post("/channels/\(first)", ["name": "A", "address": "a@shop.example", "enabled": "on", "version": "1"]).status == 303)
    // Another account's is none of ours.
    #expect(make([("address", "a@shop.example")], try site.person("eve@x.test")).status == 200)
  }

  @Test func `an id is one channel's of its kind`() throws {
    #expect(make([("type", "chat"), ("external_id", "7")]).status == 200)
    #expect(make([("type", "chat"), ("external_id", "7")]).complaints == ["external_id"])
    #expect(make([("type", "slack"), ("external_id", "7")]).status == 200)
  }

  @Test func `a folder is one channel's, whoever's it is, and nothing is told of the other`() throws {
    #expect(make([("inbound", "maildir"), ("folder", "support")], try site.person("eve@x.test")).status == 200)
    let page = make([("inbound", "maildir"), ("folder", "support")])
    #expect(page.status == 422 && page.complaints == ["folder"] && !page.text.contains("eve@"))
    #expect(make([("inbound", "maildir"), ("folder", "sales")]).status == 200)
    let id = try site.text("SELECT id::text FROM channels WHERE folder = 'sales'").unwrapped
    let edit: KeyValuePairs = [
      "name": "A", "address": "support@shop.example", "inbound": "maildir", "folder": "support", "enabled": "on", "version": "1",
    ]
    #expect(ana.post("/channels/\(id)", edit).complaints == ["folder"])
  }

  @Test func `without a place for them no folder can be named`() throws {
    let bare = try Site()
    let bob = try bare.person("bob@x.test")
    let page = bob.post("/channels", ["name": "A", "address": "a@x.test", "inbound": "maildir", "folder": "a"])
    #expect(page.status == 422 && page.complaints == ["folder"] && page.text.contains("HEED_MAILDIRS"))
  }

  @Test func `a profile is one of the person's own, and another's stays where it was`() throws {
    let profile = try site.text("SELECT id::text FROM profiles WHERE user_id = \(ana.user) AND preset = 'urgent'").unwrapped
    let id = try ana.channel(["name": "A", "address": "a@x.test", "profile": profile]).id
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    #expect(bob.get("/channels/\(id)").text.contains("as somebody else has set it"))
    let edit: KeyValuePairs = ["name": "B", "address": "a@x.test", "profile": profile, "enabled": "on", "version": "1"]
    #expect(bob.post("/channels/\(id)", edit).status == 303)
    #expect(bob.post("/channels", ["name": "C", "address": "c@x.test", "profile": profile]).complaints == ["profile"])
    #expect(try site.text("SELECT profile_id::text FROM channels") == profile)
  }
}
