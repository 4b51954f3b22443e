import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// What the queue shows besides its drafts.
@Suite("The queue of drafts")
struct DraftQueueTests {
  private let site: Site
  private let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site, target: 90)
  }

  @Test func `an answer by hand that failed stands in the attention list, with its conversation`() throws {
    let conversation = try desk.write("How long?")
    let sent = desk.owner.post(
      "/conversations/\(conversation)/reply", ["text": "Two days.", "nonce": "r", "to": "ana@customer.example"])
    #expect(sent.status == 303)
    #expect(desk.owner.get("/drafts?state=attention").fact("count-attention") == "0")
    try site.owner.run("UPDATE messages SET sending = 'failed', code = '552' WHERE direction = 'outbound'")
    let page = desk.owner.get("/drafts?state=attention")
    #expect(page.fact("count-attention") == "1" && page.fact("empty") == nil)
    #expect(page.links.contains("/conversations/\(conversation)"))
    #expect(!desk.owner.get("/drafts").text.contains("id=\"troubles\""))
    // There it can be edited, or sent again to another address.
    let message = try site.text("SELECT id::text FROM messages WHERE direction = 'outbound'").unwrapped
    let place = "/conversations/\(conversation)/messages/\(message)"
    let open = desk.owner.get("/conversations/\(conversation)")
    #expect(open.form("\(place)/undo")?.contains("Edit it again") == true)
    #expect(open.field("to", ofForm: "\(place)/retry") == "ana@customer.example")
    #expect(desk.owner.post("\(place)/retry", ["to": "other@customer.example"]).status == 303)
    #expect(try site.text("SELECT recipients[1] FROM messages WHERE direction = 'outbound'") == "other@customer.example")
    #expect(desk.owner.get("/drafts?state=attention").fact("count-attention") == "0")
  }

  @Test func `a draft is late in every list while it waits, and no more once it is decided`() throws {
    let conversation = try desk.write("How long?")
    let draft = try desk.draft()
    #expect(desk.owner.post("/conversations/\(conversation)/assignment", ["member": desk.owner.user.text]).status == 303)
    func late(_ state: String) -> String? { desk.owner.get("/drafts?state=\(state)").fact("late") }
    let lists = ["pending", "mine", "all"]
    #expect(lists.map(late) == ["no", "no", "no"])
    site.pass(minutes: 90)
    #expect(lists.map(late) == ["yes", "yes", "yes"])
    func isListed(_ state: String) -> Bool {
      desk.owner.get("/drafts?late=on&state=\(state)").text.contains("data-draft=\"\(draft)\"")
    }
    #expect(lists.map(isListed) == [true, true, true])
    #expect(desk.approve(draft).status == 303)
    #expect(late("all") == "no")
    #expect(lists.map(isListed) == [false, false, false])
  }

  @Test func `what came back wants attention until somebody answers otherwise or closes`() throws {
    let conversation = try desk.write("How long?")
    let draft = try desk.draft()
    #expect(desk.approve(draft).status == 303)
    site.pass(seconds: 31)
    try site.work()
    try site.owner.run("UPDATE messages SET sending = 'bounced' WHERE direction = 'outbound'")
    try site.owner.run("UPDATE conversations SET state = 'open'")
    func isListed() -> Bool {
      let page = desk.owner.get("/drafts?state=attention")
      let isThere = page.text.contains("data-draft=\"\(draft)\"")
      #expect(page.fact("count-attention") == (isThere ? "1" : "0"))
      desk.owner.setCookie("__Host-heed_flash", nil)
      #expect(desk.owner.get("/").text.contains("1 did not go as it should.") == isThere)
      return isThere
    }
    #expect(isListed())
    #expect(desk.owner.post("/conversations/\(conversation)/closure").status == 303)
    #expect(!isListed())
    #expect(desk.owner.post("/conversations/\(conversation)/reopening").status == 303)
    #expect(isListed())
    #expect(desk.owner.post("/conversations/\(conversation)/reply", ["text": "Two days.", "to": "other@customer.example"]).status == 303)
    site.pass(seconds: 31)
    try site.work()
    #expect(!isListed())
  }

  @Test func `one of several who was refused is named beside the answer`() throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    #expect(desk.approve(draft).status == 303)
    site.pass(seconds: 31)
    try site.work()
    #expect(!desk.owner.get("/drafts/\(draft)").text.contains("Not all of them got it."))
    try site.owner.run(
      "UPDATE messages SET reason = 'refused', detail = 'two@customer.example: 550 no such user' WHERE direction = 'outbound'")
    let page = desk.owner.get("/drafts/\(draft)")
    #expect(page.text.contains("Not all of them got it. The server said “two@customer.example: 550 no such user”."))
  }

  @Test(arguments: [false, true])
  func `an answer that a server has put off for an hour stands in the attention list and on Today, and is told once`(byHand: Bool) throws {
    let conversation = try desk.write("How long?")
    let draft = try desk.draft()
    if byHand {
      let fields: KeyValuePairs = ["text": "Two days.", "nonce": "r", "to": "ana@customer.example"]
      #expect(desk.owner.post("/conversations/\(conversation)/reply", fields).status == 303)
    } else {
      #expect(desk.approve(draft).status == 303)
    }
    let server = try Sink("smtp_sink.py")
    func run() throws { _ = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)"))).runOnce { site.now } }
    func listed() -> Bool {
      let page = desk.owner.get("/drafts?state=attention")
      let isThere = page.text.contains("data-draft=\"\(draft)\"") || page.text.contains("Put off by its server")
      #expect(page.fact("count-attention") == (isThere ? "1" : "0"))
      desk.owner.setCookie("__Host-heed_flash", nil)
      #expect(desk.owner.get("/").text.contains("1 did not go as it should.") == isThere)
      return isThere
    }
    try server.control("defer451")
    site.pass(seconds: 31)
    for _ in 0..<6 {
      try run()
      #expect(!listed())
      site.pass(minutes: 10)
    }
    // Whenever it was tried last, it is tried when the hour is over.
    try run()
    #expect(listed())
    let told: SQL = "SELECT count(*) FROM notifications WHERE kind = 'send_failed' AND words = 'deferred'"
    #expect(try site.count(told) == 1)
    let timeline = desk.owner.get("/conversations/\(conversation)")
    #expect(timeline.text.contains("For an hour the answer has not been taken."))
    #expect(desk.owner.get("/notifications").text.contains("For an hour your answer has not been taken."))
    site.pass(hours: 2)
    try run()
    #expect(try listed() && site.count(told) == 1)
    try server.control("")
    site.pass(hours: 2)
    try run()
    #expect(!listed())
    #expect(try site.text("SELECT sending FROM messages WHERE direction = 'outbound'") == "sent")
  }

  @Test func `what a server has put off for an hour and somebody sends again is told anew after another hour`() throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    #expect(desk.approve(draft).status == 303)
    site.pass(minutes: 70)
    try site.owner.run("UPDATE messages SET sending = 'failed', deferred_at = \(site.now) WHERE direction = 'outbound'")
    #expect(desk.owner.post("/drafts/\(draft)/retry").status == 303)
    #expect(desk.owner.get("/drafts").fact("count-attention") == "0")
    let server = try Sink("smtp_sink.py")
    try server.control("defer451")
    for minutes in [0, 61] {
      site.pass(minutes: minutes)
      _ = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)"))).runOnce { site.now }
      #expect(desk.owner.get("/drafts").fact("count-attention") == (minutes == 0 ? "0" : "1"))
    }
  }

  @Test func `what will be late within the hour is counted and listed, until it is late`() throws {
    let conversation = try desk.write("How long?")
    func listed(_ state: String) -> Bool {
      desk.owner.get("/conversations?state=\(state)").text.contains("data-conversation=\"\(conversation)\"")
    }
    #expect(desk.owner.get("/drafts").fact("count-soon") == "0" && !listed("soon"))
    site.pass(seconds: 1_800)
    #expect(desk.owner.get("/drafts").fact("count-soon") == "1" && listed("soon") && !listed("late"))
    site.pass(seconds: 3_600)
    let page = desk.owner.get("/drafts")
    #expect(page.fact("count-soon") == "0" && page.fact("count-late") == "1" && !listed("soon") && listed("late"))
  }

  @Test func `a row leads to the others of its tag and says how old its sources are`() throws {
    let conversation = try desk.write("How long?")
    let draft = try desk.draft()
    #expect(desk.owner.post("/conversations/\(conversation)/tags", ["tags": "vip"]).status == 303)
    try site.owner.run(
      """
      INSERT INTO draft_sources (draft_id, account_id, n, source_id, passage, title, heading, text, indexed_at, is_stale, score)
      VALUES (\(draft)::text::uuid, \(desk.owner.account), 1, gen_random_uuid(), 1, 'A', '', 'B', \(site.now.advanced(days: -4)), false, 0.5)
      """)
    try site.owner.run("UPDATE drafts SET sources = 1, sources_at = \(site.now.advanced(days: -4)) WHERE id = \(draft)::text::uuid")
    let page = desk.owner.get("/drafts")
    #expect(page.links.contains("/drafts?tag=vip") && page.text.contains("read 4 days ago"))
    #expect(desk.owner.get("/drafts?tag=vip").text.contains("data-draft=\"\(draft)\""))
    #expect(desk.owner.get("/drafts?tag=other").fact("empty") == "filtered")
  }

  @Test func `a press for many that says too little comes back as the queue, with the complaint, what was ticked and what was chosen`()
    throws
  {
    try desk.write("How long?")
    let draft = try desk.draft()
    let viewer = try desk.member("v@x.test", .viewer)
    let nothing = desk.owner.post("/drafts/bulk", ["id": draft, "reason": "tone"])
    #expect(nothing.status == 422 && nothing.complaints == ["action"] && nothing.text.contains("data-draft=\"\(draft)\""))
    #expect(nothing.text.contains("value=\"\(draft)\" form=\"bulk\" checked"))
    #expect(nothing.form("/drafts/bulk")?.contains("value=\"tone\" selected") == true)
    let none = desk.owner.post("/drafts/bulk", ["action": "claim"])
    #expect(none.status == 422 && none.complaints == ["id"] && !none.text.contains("form=\"bulk\" checked"))
    let wrong = desk.owner.post("/drafts/bulk", ["id": draft, "action": "assignment", "member": viewer.user.text])
    #expect(wrong.status == 422 && wrong.complaints == ["member"])
    #expect(wrong.text.contains("aria-describedby=\"member-complaint\" aria-invalid=\"true\""))
    #expect(desk.owner.post("/drafts/bulk", ["id": "x", "action": "claim"]).status == 404)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE assignee_id IS NOT NULL OR claimed_by IS NOT NULL") == 0)
  }

  @Test func `a press for many comes back with the list and the page that it was sent from, and leads back to that list`() throws {
    let conversations = try (0..<55).map { try desk.write("How long?", in: "c\($0)", email: "c\($0)@c\($0).example") }
    for _ in 0..<3 { try site.work() }
    try site.owner.run("UPDATE conversations SET tags = '{vip}'")
    let drafts = try site.owner.rows(Query<String>(column: "SELECT id::text FROM drafts WHERE state = 'pending' ORDER BY asked_at, number"))
    #expect(drafts.count == conversations.count)
    let first = desk.owner.get("/drafts?tag=vip")
    let second = desk.owner.get(try first.links.first { $0.contains("after=") }.unwrapped.replacingOccurrences(of: "&amp;", with: "&"))
    #expect(desk.owner.get("/drafts").field("list", ofForm: "/drafts/bulk") == nil)
    let list = try second.field("list", ofForm: "/drafts/bulk").unwrapped.replacingOccurrences(of: "&amp;", with: "&")
    func press(_ ids: [String], _ list: String, _ action: String = "") -> Page {
      let fields = [("csrf", desk.owner.token()), ("action", action), ("list", list)] + ids.map { ("id", $0) }
      let body = fields.map { "\($0.0)=\(Browser.encoded($0.1))" }.joined(separator: "&")
      return desk.owner.post("/drafts/bulk", raw: Array(body.utf8))
    }
    func shown(_ page: Page) -> [String] {
      page.text.components(separatedBy: "<li class=\"row\" data-draft=\"").dropFirst().map { String($0.prefix(36)) }
    }
    func ticked(_ page: Page) -> [String] { drafts.filter { page.text.contains("value=\"\($0)\" form=\"bulk\" checked") } }
    // More than a page holds: those that it shows keep their ticks.
    let refused = press(drafts, list)
    #expect(refused.status == 422 && refused.complaints == ["action"])
    #expect(shown(refused) == shown(second) && ticked(refused) == Array(drafts[50...]))
    #expect(refused.field("list", ofForm: "/drafts/bulk") == second.field("list", ofForm: "/drafts/bulk"))
    #expect(ticked(press(drafts, "tag=vip")) == Array(drafts[..<50]))
    // What is no list of ours is the plain one.
    #expect(press([drafts[0]], "state=odd").field("list", ofForm: "/drafts/bulk") == nil)
    #expect(press([drafts[54]], list, "claim").location == "/drafts?tag=vip")
    #expect(press([drafts[53]], "//evil.test", "claim").location == "/drafts")
  }
}
