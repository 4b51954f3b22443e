import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// The ways from draft to draft, and files that leave by a webhook.
@Suite("Ways from draft to draft")
struct DraftWaysTests {
  /// Three drafts that wait, in the order of their coming.
  private func three(_ desk: Desk) throws -> [String] {
    for n in 1...3 { try desk.write("How long?", in: "c\(n)", email: "c\(n)@customer.example", subject: "S\(n)") }
    try desk.site.work()
    return try desk.site.owner.rows(Query(column: "SELECT id::text FROM drafts WHERE state = 'pending' ORDER BY number"))
  }

  private func ways(_ id: String, _ browser: Browser) -> [String] {
    let links = browser.get("/drafts/\(id)").text.components(separatedBy: "<a class=\"button plain\" ").dropFirst()
    return links.compactMap { link in
      let parts = link.components(separatedBy: "\"")
      return link.hasPrefix("rel=") && parts.count > 3 ? parts[1] + " " + parts[3] : nil
    }
  }

  @Test func `the page leads to the one before and behind it and past itself, late ones first`() throws {
    let desk = try Desk(Site())
    let (site, owner) = (desk.site, desk.owner)
    let ids = try three(desk)
    try #require(ids.count == 3)
    let (a, b, c) = (ids[0], ids[1], ids[2])
    #expect(ways(a, owner) == ["next /drafts/\(b)"])
    #expect(ways(b, owner) == ["prev /drafts/\(a)", "next /drafts/\(c)"])
    #expect(ways(c, owner) == ["prev /drafts/\(b)"])
    #expect(owner.get("/drafts/\(b)").links.contains("/drafts/next?after=\(b)"))
    try site.owner.run(
      """
      UPDATE conversations SET late_at = \(site.now) WHERE id = (SELECT conversation_id FROM drafts WHERE id = \(c)::text::uuid)
      """)
    #expect(ways(c, owner) == ["next /drafts/\(a)"])
    #expect(ways(a, owner) == ["prev /drafts/\(c)", "next /drafts/\(b)"])
    #expect(owner.get("/drafts/\(c)").links.contains("/drafts/next?after=late-\(c)"))
    #expect(owner.get("/drafts/next?after=late-\(c)").location == "/drafts/\(a)")
    #expect(owner.get("/drafts/next?after=\(a)").location == "/drafts/\(b)")
    #expect(owner.get("/drafts/next?after=\(b)").location == "/drafts")
    // Passed over by a skip is what another holds.
    let bia = try desk.member("bia@x.test")
    #expect(bia.post("/drafts/\(a)/claim").status == 303)
    #expect(owner.get("/drafts/next?after=late-\(c)").location == "/drafts/\(b)")
    #expect(ways(c, owner) == ["next /drafts/\(a)"])
  }

  @Test func `Drafts of one instant stand in the order of their coming, over pages, from page to page and to the next`() throws {
    let desk = try Desk(Site())
    let (owner, most) = (desk.owner, 60)
    let all = try desk.waiting(most)
    let names = Dictionary(uniqueKeysWithValues: all.map { ($0.draft, $0.conversation) })
    func listed(_ path: String) -> [String] {
      var (found, target): ([String], String?) = ([], path)
      while let path = target, found.count < most {
        let page = owner.get(path)
        found += page.text.components(separatedBy: "data-draft=\"").dropFirst().compactMap { names[String($0.prefix(36))] }
        target = page.links.first { $0.contains("after=") }
      }
      return found
    }
    let order = (0..<most).map { "h\($0)" }
    #expect(listed("/drafts") == order)
    #expect(listed("/drafts?state=all") == order.reversed())
    for (one, other) in zip(all, all.dropFirst()) {
      #expect(owner.get("/drafts/next?after=\(one.draft)").location == "/drafts/\(other.draft)")
    }
    for place in [1, 30, 58] {
      #expect(ways(all[place].draft, owner) == ["prev /drafts/\(all[place - 1].draft)", "next /drafts/\(all[place + 1].draft)"])
    }
  }

  @Test func `Hard case 3: of drafts that take each other's place in one instant the one that waits is the conversation's`() throws {
    let desk = try Desk(Site())
    for waiting in try desk.waiting(20) {
      let conversation = try desk.write("And how much?", in: waiting.conversation, email: waiting.email)
      let asked = try desk.site.text("SELECT id::text FROM drafts WHERE conversation_id::text = \(conversation) AND state = 'asked'")
      #expect(try desk.owner.get("/conversations/\(conversation)").fact("draft") == asked.unwrapped)
    }
    // One that an undo gave back waits again, and what was asked for after it does not.
    let conversation = try desk.write("How long?", in: "c1")
    let first = try desk.draft(conversation)
    #expect(desk.approve(first).status == 303)
    #expect(desk.owner.post("/conversations/\(conversation)/draft").status == 303)
    #expect(desk.owner.post("/drafts/\(first)/undo").status == 303)
    #expect(desk.owner.get("/conversations/\(conversation)").fact("draft") == first)
  }

  @Test func `drafts below the least confidence of the desk stand behind the others, late ones before all`() throws {
    let desk = try Desk(Site())
    let (site, owner) = (desk.site, desk.owner)
    let ids = try three(desk)
    try #require(ids.count == 3)
    let (a, b, c) = (ids[0], ids[1], ids[2])
    func order() -> [String] {
      owner.get("/drafts").text.components(separatedBy: "data-draft=\"").dropFirst().map { String($0.prefix(36)) }
    }
    try site.owner.run("UPDATE drafts SET confidence = CASE WHEN id = \(a)::text::uuid THEN 0.20 ELSE 0.80 END")
    #expect(order() == [a, b, c])
    let settings = owner.post("/settings/desk", ["undo_seconds": "30", "retention": "never", "confidence_floor": "0.40", "version": "0"])
    #expect(settings.status == 303)
    #expect(order() == [b, c, a])
    #expect(ways(b, owner) == ["next /drafts/\(c)"])
    #expect(ways(c, owner) == ["prev /drafts/\(b)", "next /drafts/\(a)"])
    #expect(ways(a, owner) == ["prev /drafts/\(c)"])
    #expect(owner.get("/drafts/\(a)").links.contains("/drafts/next?after=low-\(a)"))
    #expect(owner.get("/drafts/next").location == "/drafts/\(b)")
    #expect(owner.get("/drafts/next?after=\(c)").location == "/drafts/\(a)")
    #expect(owner.get("/drafts/next?after=low-\(a)").location == "/drafts")
    try site.owner.run(
      """
      UPDATE conversations SET late_at = \(site.now) WHERE id = (SELECT conversation_id FROM drafts WHERE id = \(a)::text::uuid)
      """)
    #expect(order() == [a, b, c])
  }

  @Test func `the queue says who holds all that waits, and many are given to somebody at once`() throws {
    let desk = try Desk(Site())
    let (site, owner) = (desk.site, desk.owner)
    let ids = try three(desk)
    let (bia, viewer) = (try desk.member("bia@x.test"), try desk.member("v@x.test", .viewer))
    for id in ids.dropFirst() { #expect(bia.post("/drafts/\(id)/claim").status == 303) }
    #expect(owner.get("/drafts").fact("empty") == nil)
    #expect(bia.post("/drafts/\(ids[0])/claim").status == 303)
    #expect(owner.get("/drafts").fact("empty") == "claimed")
    #expect(bia.get("/drafts").fact("empty") == nil)
    func give(to member: Browser) -> Int {
      owner.post("/drafts/bulk", ["id": ids[0], "id": ids[2], "action": "assignment", "member": member.user.text]).status
    }
    #expect(give(to: viewer) == 422)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE assignee_id IS NOT NULL") == 0)
    #expect(give(to: bia) == 303)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE assignee_id = \(bia.user)") == 2)
    site.pass(minutes: 11)
    #expect(owner.get("/drafts").fact("empty") == nil)
    #expect(owner.get("/drafts?state=mine").text.contains("3 drafts wait for whoever takes them."))
  }

  @Test func `a conversation is given to whoever presses, who stays with the draft; viewers have no such button`() throws {
    let desk = try Desk(Site())
    let (site, owner) = (desk.site, desk.owner)
    let conversation = try desk.write("How long?")
    let draft = try desk.draft()
    let page = owner.get("/drafts/\(draft)")
    let action = "/conversations/\(conversation)/assignment"
    let (member, next) = (try page.field("member", ofForm: action).unwrapped, try page.field("next", ofForm: action).unwrapped)
    let pressed = owner.post(action, ["member": member, "next": next])
    #expect(pressed.status == 303 && pressed.location == "/drafts/\(draft)")
    #expect(try site.text("SELECT assignee_id::text FROM conversations") == owner.user.text)
    #expect(owner.get("/drafts/\(draft)").form(action) == nil)
    #expect(page.form("/conversations/\(conversation)/snoozes") != nil)
    let viewer = try desk.member("v@x.test", .viewer).get("/drafts/\(draft)")
    #expect(viewer.form(action) == nil && viewer.form("/conversations/\(conversation)/snoozes") == nil)
  }

  @Test func `files of an answer leave as links that work for an hour, for whoever was given them`() throws {
    let sink = try Sink("http_sink.py")
    let site = try Site(addresses: AddressGuard(opening: [AddressRange("127.0.0.0/8")].compactMap(\.self)))
    let desk = try Desk(site, type: .chat, url: "http://127.0.0.1:\(sink.port)/status/200")
    try desk.write("Have you a picture?")
    desk.approve(try desk.draft(), "Here it is.")
    try site.owner.run("INSERT INTO files (account_id, sha256, size, bytes) VALUES (\(desk.owner.account), sha256('seen'), 4, 'seen')")
    try site.owner.run(
      """
      INSERT INTO attachments (id, account_id, message_id, n, name, type, size, sha256, state)
      SELECT gen_random_uuid(), account_id, id, 1, 'a.png', 'image/png', 4, sha256('seen'), 'kept' FROM messages WHERE direction = 'outbound'
      """)
    site.pass(seconds: 31)
    try site.work()
    let body = try (sink.log().last?["body"] as? String).unwrapped
    let file = try (JSONValue(Array(body.utf8))?["message"]?["attachments"]?.elements.first).unwrapped
    #expect(file["file_name"]?.text == "a.png" && file["mime_type"]?.text == "image/png" && file["size"]?.number == "4")
    let url = try (file["url"]?.text).unwrapped
    #expect(url.hasPrefix("https://heed.test/f/"))
    let path = String(url.dropFirst("https://heed.test".count))
    let program = site.browser()
    let got = program.get(path)
    #expect(got.status == 200 && got.text == "seen" && got.header("Content-Type") == "image/png")
    #expect(got.header("Content-Disposition")?.hasPrefix("attachment") == true)
    #expect(program.get(String(path.dropLast(10)) + "AAAAAAAAAA").status == 404)
    site.pass(hours: 1)
    #expect(program.get(path).status == 404)
  }
}
