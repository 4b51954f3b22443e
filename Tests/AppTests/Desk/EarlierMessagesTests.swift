import Postgres
import Testing

@testable import App
@testable import Domain

/// What can be done with a message that is not among the newest of its conversation's page.
@Suite struct EarlierMessagesTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  private func path(_ id: String) -> String { "/conversations/\(id)" }

  /// So many messages come that nobody reads on the page what came before; the answer that has left is said to have failed.
  private func bury(_ id: String) throws {
    try site.owner.run(
      """
      INSERT INTO messages (id, account_id, conversation_id, channel_id, direction, kind, message_key, body_key, from_name, from_address, customer_id,
        subject, own, arrived_at)
      SELECT new_id(\(site.now)), v.account_id, v.id, v.channel_id, 'inbound', 'list', sha256(n::text::bytea), sha256('x'), 'Ana Souza',
        'ana@customer.example', v.customer_id, 'Later', 'later ' || n, \(site.now)
      FROM conversations v, generate_series(1, \(AnswerDetails.most)) n WHERE v.id = \(id)::uuid
      """)
    try site.owner.run("UPDATE messages SET sending = 'failed' WHERE conversation_id = \(id)::uuid AND direction = 'outbound'")
  }

  /// An answer by hand that failed long ago.
  private func failed() throws -> (id: String, answer: String) {
    let id = try desk.write("How long?")
    let seen = desk.owner.get(path(id)).field("seen", ofForm: path(id) + "/reply") ?? ""
    #expect(desk.owner.post(path(id) + "/reply", ["text": "Two days.", "seen": seen, "nonce": "r"]).status == 303)
    site.pass(seconds: 31)
    try site.work()
    try bury(id)
    return (id, try site.text("SELECT id::text FROM messages WHERE direction = 'outbound'").unwrapped)
  }

  private func sending() throws -> String? { try site.text("SELECT sending FROM messages WHERE direction = 'outbound'") }

  @Test func `An answer beyond the newest is sent again from the timeline`() throws {
    let (id, answer) = try failed()
    let (retry, undo) = (path(id) + "/messages/\(answer)/retry", path(id) + "/messages/\(answer)/undo")
    let page = desk.owner.get(path(id))
    #expect(page.form(retry) == nil && page.text.contains("These are the newest messages."))
    let timeline = desk.owner.get(path(id) + "/timeline")
    #expect(timeline.form(retry)?.contains("ana@customer.example") == true && timeline.form(undo) != nil)
    let viewer = try desk.member("v@x.test", .viewer).get(path(id) + "/timeline")
    #expect(viewer.form(retry) == nil && viewer.form(undo) == nil && viewer.form(path(id) + "/split") == nil)
    #expect(desk.owner.post(retry, ["to": "bia@customer.example"]).status == 303)
    #expect(try sending() == "queued")
    try site.work()
    #expect(try sending() == "sent")
    #expect(try site.mails().contains { $0.contains("bia@customer.example") })
    // What another conversation holds is not there.
    let other = try desk.write("Another", in: "b", subject: "Other")
    #expect(desk.owner.post(path(other) + "/messages/\(answer)/retry").status == 404)
  }

  @Test func `An answer beyond the newest is taken back, and what follows it is split off`() throws {
    let (id, answer) = try failed()
    #expect(desk.owner.post(path(id) + "/messages/\(answer)/undo").status == 303)
    #expect(try sending() == "cancelled")
    let split = path(id) + "/split"
    #expect(desk.owner.get(path(id)).form(split)?.contains(answer) == false)
    let first = try site.text("SELECT id::text FROM messages WHERE conversation_id = \(id)::uuid ORDER BY number LIMIT 1").unwrapped
    let form = try desk.owner.get(path(id) + "/timeline").form(split).unwrapped
    #expect(form.contains(answer) && !form.contains(first))
    #expect(desk.owner.post(split, ["message": answer, "nonce": "s"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM messages WHERE conversation_id = \(id)::uuid") == 1)
  }

  @Test func `A draft whose answer failed many messages ago is sent again from its page`() throws {
    let id = try desk.write("How long?")
    let draft = try desk.draft()
    desk.approve(draft)
    site.pass(seconds: 31)
    try site.work()
    try bury(id)
    try site.owner.run("UPDATE drafts SET state = 'failed' WHERE id = \(draft)::uuid")
    #expect(desk.owner.get("/drafts/\(draft)").form("/drafts/\(draft)/retry") != nil)
    #expect(desk.owner.post("/drafts/\(draft)/retry", ["to": ""]).status == 303)
    #expect(try sending() == "queued")
  }
}
