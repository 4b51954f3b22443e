import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// What the queue shows besides its drafts, and what is done with many of them.
@Suite("The queue of drafts")
struct DraftQueueTests {
  private let site: Site
  private let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site, target: 90)
  }

  private func bulk(_ ids: [String], _ fields: [(String, String)], as browser: Browser) -> Page {
    let all: [(String, String)] = [("csrf", browser.token())] + fields + ids.map { ("id", $0) }
    return browser.post("/drafts/bulk", raw: Array(all.map { "\($0.0)=\(Browser.encoded($0.1))" }.joined(separator: "&").utf8))
  }

  @Test func `many are given to a member at once, to nobody again, and to none who only reads`() throws {
    let bia = try desk.member("bia@x.test")
    let viewer = try desk.member("v@x.test", .viewer)
    let ids = try (1...2).map { try desk.draft(desk.write("How long?", in: "c\($0)", email: "c\($0)@customer.example")) }
    #expect(bulk(ids, [("action", "assignment"), ("member", viewer.user.text)], as: desk.owner).status == 422)
    #expect(bulk(ids, [("action", "assignment"), ("member", "x")], as: desk.owner).status == 422)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE assignee_id IS NOT NULL") == 0)
    #expect(bulk(ids, [("action", "assignment"), ("member", bia.user.text)], as: viewer).status == 403)
    #expect(bulk(ids, [("action", "assignment"), ("member", bia.user.text)], as: desk.owner).status == 303)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE assignee_id = \(bia.user)") == 2)
    #expect(try site.count("SELECT count(*) FROM conversation_events WHERE kind = 'assigned'") == 2)
    #expect(bia.get("/drafts?state=mine").text.contains("data-draft=\"\(ids[0])\""))
    #expect(bulk(ids, [("action", "assignment"), ("member", "")], as: desk.owner).status == 303)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE assignee_id IS NOT NULL") == 0)
  }

  @Test func `where others hold all that waits, the queue says who, and of what is left nothing of the kind`() throws {
    let bia = try desk.member("bia@x.test")
    let ids = try (1...2).map { try desk.draft(desk.write("How long?", in: "c\($0)", email: "c\($0)@customer.example")) }
    #expect(bia.post("/drafts/\(ids[0])/claim").status == 303)
    let some = desk.owner.get("/drafts")
    #expect(some.fact("empty") == nil && some.text.contains("data-draft=\"\(ids[0])\""))
    #expect(bia.post("/drafts/\(ids[1])/claim").status == 303)
    let none = desk.owner.get("/drafts")
    #expect(none.fact("empty") == "claimed" && none.fact("count-pending") == "2")
    let name = try site.text("SELECT display_name FROM users WHERE id = \(bia.user)").unwrapped
    #expect(none.text.contains("All that waits is with others: \(name)."))
    #expect(desk.owner.get("/drafts?state=mine").fact("empty") == "claimed")
    #expect(desk.owner.get("/drafts/next").location == "/drafts")
    // Whoever holds them has something, and so has everybody ten minutes later.
    #expect(bia.get("/drafts").fact("empty") == nil)
    site.pass(seconds: 601)
    #expect(desk.owner.get("/drafts").fact("empty") == nil)
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
    let page = desk.owner.get("/drafts")
    #expect(page.links.contains("/drafts?tag=vip") && page.text.contains("read 4 days ago"))
    #expect(desk.owner.get("/drafts?tag=vip").text.contains("data-draft=\"\(draft)\""))
    #expect(desk.owner.get("/drafts?tag=other").fact("empty") == "filtered")
  }
}
