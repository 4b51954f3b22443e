import Domain
import Postgres
import Testing

@testable import App

@Suite("Customers and saved replies")
struct CustomerTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  private func customer(_ email: String = "ana@customer.example") throws -> String {
    try site.text("SELECT customer_id::text FROM customer_addresses WHERE address_key = \(email)").unwrapped
  }

  @Test func `A customer's page has addresses, conversations and notes; two that are one become one`() throws {
    try desk.write("First", in: "a")
    try desk.write("Second", in: "b", email: "ana@home.example")
    let (one, two) = (try customer(), try customer("ana@home.example"))
    #expect(desk.owner.get("/customers?q=home").text.contains("ana@home.example"))
    #expect(!desk.owner.get("/customers?q=home").text.contains("ana@customer.example"))
    #expect(desk.owner.post("/customers/\(one)/notes", ["text": "Likes **tea**."]).status == 303)
    #expect(desk.owner.get("/customers/\(one)").text.contains("Likes <strong>tea</strong>."))
    #expect(desk.owner.post("/customers/\(one)/merge", ["into": "ana@home.example"]).status == 303)
    #expect(desk.owner.get("/customers/\(one)").location?.hasSuffix(two) == true)
    let page = desk.owner.get("/customers/\(two)")
    #expect(page.text.contains("ana@customer.example"))
    #expect(page.text.contains("Likes"))
    #expect(try site.count("SELECT count(*) FROM conversations WHERE customer_id = \(two)::uuid") == 2)
    #expect(desk.owner.post("/customers/\(two)/merge", ["into": two]).status == 409)
    #expect(desk.owner.post("/customers/\(two)/merge", ["into": "nobody@x.example"]).status == 422)
  }

  @Test func `Export and erasure are an admin's, and other accounts' customers nobody's`() throws {
    try desk.write("A secret word")
    let id = try customer()
    let agent = try desk.member("bia@x.test")
    #expect(agent.post("/customers/\(id)/export").status == 403)
    #expect(agent.post("/customers/\(id)/erasure", ["password": Site.password]).status == 403)
    let file = desk.owner.post("/customers/\(id)/export")
    #expect(file.status == 200)
    #expect(file.text.contains("A secret word"))
    #expect(file.header("Content-Disposition")?.hasPrefix("attachment") == true)
    let stranger = try site.person("stranger@x.test")
    #expect(stranger.post("/customers/\(id)/export").status == 404)
    #expect(stranger.get("/customers/\(id)").status == 404)
    #expect(desk.owner.post("/customers/\(id)/erasure", ["password": "wrong"]).status == 422)
  }

  @Test func `An export holds every message once, whatever there is: also what they wrote in a conversation of somebody else`() throws {
    let mine = try desk.write("Mine")
    let other = try desk.write("Other", in: "b", email: "rui@customer.example", name: "Rui Lima")
    func fill(_ conversation: String, _ from: Int, _ last: Int, of person: String) throws {
      try site.owner.run(
        """
        INSERT INTO messages (id, account_id, conversation_id, channel_id, direction, kind, message_key, body_key, from_name, from_address,
          customer_id, subject, own, arrived_at)
        SELECT new_id(\(site.now)), v.account_id, v.id, v.channel_id, 'inbound', 'person', sha256(n::text::bytea), sha256('x'), 'Ana Souza',
          'ana@customer.example', \(person)::uuid, 'Later', 'say "' || n || '"', \(site.now)
        FROM conversations v, generate_series(\(from), \(last)) n WHERE v.id = \(conversation)::uuid
        """)
    }
    let (ana, rui) = (try customer(), try customer("rui@customer.example"))
    try fill(mine, 1, 420, of: ana)
    try fill(other, 421, 430, of: ana)
    try fill(other, 431, 440, of: rui)
    try site.owner.run(
      """
      INSERT INTO customer_notes (id, account_id, customer_id, author_id, author_name, text, at)
      SELECT new_id(\(site.now)), u.account_id, u.id, NULL, 'Bia', 'Note ' || n, \(site.now) FROM customers u, generate_series(1, 201) n
      WHERE u.id = \(ana)::uuid
      """)
    let file = desk.owner.post("/customers/\(ana)/export")
    #expect(file.status == 200)
    let json = try JSONValue(file.text.utf8).unwrapped
    let messages = (json["messages"]?.elements ?? []).map { "\($0["conversation"]?.text ?? "") \($0["text"]?.text ?? "")" }
    let expected =
      ["\(mine) Mine"] + (1...420).map { "\(mine) say \"\($0)\"" } + (421...430).map { "\(other) say \"\($0)\"" }
    // Conversations stand in the order of their ids.
    #expect(messages.sorted() == expected.sorted())
    #expect(messages.filter { $0.hasPrefix(mine) } == expected.filter { $0.hasPrefix(mine) })
    #expect(json["notes"]?.elements.count == 201)
    #expect(json["customer"]?["id"]?.text == ana)
    #expect(json["conversations"]?.elements.count == 1)
  }

  @Test func `Hard case 29: erased with an answer in the outbox, a draft, a sample, a file: nothing leaves or remains but counts`() throws {
    let a = try desk.write("My zebra is blue", subject: "Zebra")
    let draft = try desk.draft(a)
    desk.approve(draft, "Your zebra is fine.")
    site.pass(seconds: 31)
    try site.work()
    #expect(try site.mails().count == 1)
    try desk.write("Zebra again")
    desk.approve(try desk.draft(a), "Zebra once more.", nonce: "two")
    let b = try desk.write("Zebra elsewhere", in: "b", subject: "Zebra two")
    desk.owner.post("/conversations/\(b)/notes", ["text": "A zebra note."])
    desk.owner.post("/conversations/\(b)/snoozes", ["until": "tomorrow"])
    try site.owner.run("INSERT INTO files (account_id, sha256, size, bytes) VALUES (\(desk.owner.account), sha256('z'), 5, 'zebra')")
    try site.owner.run(
      """
      INSERT INTO attachments (id, account_id, message_id, n, name, type, size, sha256, state)
      SELECT new_id(\(site.now)), m.account_id, m.id, 1, 'zebra.txt', 'text/plain', 5, sha256('z'), 'kept' FROM messages m
      WHERE m.conversation_id = \(b)::uuid LIMIT 1
      """)
    let file = try site.text("SELECT id::text FROM attachments").unwrapped
    #expect(desk.owner.get("/attachments/\(file)").status == 200)
    let id = try customer()
    let done = desk.owner.post("/customers/\(id)/erasure", ["password": Site.password])
    #expect(done.status == 303, "\(done.complaints)")
    site.pass(seconds: 90)
    try site.work()
    #expect(try site.mails().count == 1)
    #expect(desk.owner.get("/attachments/\(file)").status == 404)
    #expect(desk.owner.get("/customers/\(id)").status == 404)
    #expect(!desk.owner.get("/customers").text.contains("ana@"))
    let page = desk.owner.get("/conversations/\(a)")
    #expect(page.status == 200)
    #expect(!page.text.lowercased().contains("zebra"))
    // Wherever a word of theirs could stand.
    let found = try site.text(
      """
      SELECT coalesce(string_agg(DISTINCT x.name, ', '), '') FROM (
        SELECT 'messages' FROM messages t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'conversations' FROM conversations t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'drafts' FROM drafts t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'decisions' FROM decisions t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'attachments' FROM attachments t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'conversation_notes' FROM conversation_notes t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'conversation_events' FROM conversation_events t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'learning_samples' FROM learning_samples t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'customers' FROM customers t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'participants' FROM participants t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'reminders' FROM reminders t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'outbox' FROM outbox t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'message_addresses' FROM message_addresses t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'notifications' FROM notifications t WHERE t::text ILIKE '%zebra%' UNION ALL
        SELECT 'audit_log' FROM audit_log t WHERE t.payload ILIKE '%zebra%'
      ) x (name)
      """)
    #expect(found == "")
    // Who writes again is somebody new.
    try desk.write("Hello again", in: "c")
    #expect(try customer() != id)
  }

  @Test func `A saved reply is filled in at the end of the text, without script`() throws {
    let a = try desk.write("First")
    #expect(desk.owner.post("/saved-replies", ["title": "Bad", "text": "{{customer.password}}"]).status == 422)
    #expect(
      desk.owner.post("/saved-replies", ["title": "Thanks", "text": "Thank you, {{customer.first_name}}.\n\n{{agent.name}}"]).status == 303)
    let id = try site.text("SELECT id::text FROM saved_replies").unwrapped
    let draft = try desk.draft(a)
    let page = desk.owner.post("/drafts/\(draft)/preview", ["version": "1", "text": "Hello.", "saved": id])
    #expect(page.status == 200)
    #expect(page.area("text") == "Hello.\n\nThank you, Ana.\n\nAna")
    let reply = desk.owner.post("/conversations/\(a)/preview", ["text": "", "saved": id])
    #expect(reply.area("text") == "Thank you, Ana.\n\nAna")
    #expect(desk.owner.post("/conversations/\(a)/preview", ["text": "x", "saved": "00000000-0000-7000-8000-000000000000"]).status == 422)
  }

  @Test func `Agents change their own saved replies, admins all`() throws {
    desk.owner.post("/saved-replies", ["title": "Thanks", "text": "Thank you."])
    let id = try site.text("SELECT id::text FROM saved_replies").unwrapped
    let agent = try desk.member("bia@x.test")
    #expect(agent.get("/saved-replies/\(id)").status == 200)
    #expect(agent.post("/saved-replies/\(id)", ["title": "Mine", "text": "x", "version": "1"]).status == 403)
    #expect(agent.post("/saved-replies/\(id)/deletion").status == 403)
    #expect(agent.post("/saved-replies", ["title": "Mine", "text": "Mine."]).status == 303)
    let mine = try site.text("SELECT id::text FROM saved_replies WHERE title = 'Mine'").unwrapped
    #expect(agent.post("/saved-replies/\(mine)", ["title": "Mine", "text": "Better.", "version": "1"]).status == 303)
    #expect(agent.post("/saved-replies/\(mine)", ["title": "Mine", "text": "Other.", "version": "1"]).status == 409)
    #expect(desk.owner.post("/saved-replies/\(mine)/deletion").status == 303)
    #expect(agent.get("/saved-replies/\(mine)").status == 404)
    #expect(try desk.member("vera@x.test", .viewer).post("/saved-replies", ["title": "V", "text": "V"]).status == 403)
  }

  @Test func `Files go along with an answer, and are given back when it is taken back`() throws {
    let a = try desk.write("First")
    let reply = "/conversations/\(a)/reply"
    let seen = desk.owner.get("/conversations/\(a)").field("seen", ofForm: reply) ?? ""
    let boundary = "xyz"
    func part(_ head: String, _ body: String) -> String { "--\(boundary)\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(body)\r\n" }
    let body =
      part("name=\"csrf\"", desk.owner.token()) + part("name=\"text\"", "See the file.") + part("name=\"seen\"", seen)
      + part("name=\"nonce\"", "f") + part("name=\"file\"; filename=\"../plan.pdf\"\r\nContent-Type: application/pdf", "PDF-BYTES")
      + part("name=\"file\"; filename=\"empty.txt\"", "") + "--\(boundary)--\r\n"
    let done = desk.owner.post(reply, raw: Array(body.utf8), ["content-type": "multipart/form-data; boundary=\(boundary)"])
    #expect(done.status == 303, "\(done.complaints)")
    #expect(
      try site.text("SELECT string_agg(name || ' ' || type, ', ' ORDER BY n) FROM attachments")
        == "plan.pdf application/pdf, empty.txt text/plain")
    let message = try site.text("SELECT message_id::text FROM attachments LIMIT 1").unwrapped
    #expect(desk.owner.post("/conversations/\(a)/messages/\(message)/undo").status == 303)
    let page = desk.owner.get("/conversations/\(a)")
    #expect(page.area("text") == "See the file.")
    #expect(page.text.contains("plan.pdf (9 B)"))
    let kept = try site.text("SELECT id::text FROM attachments WHERE name = 'plan.pdf'").unwrapped
    let again = page.field("nonce", ofForm: reply) ?? ""
    #expect(desk.owner.post(reply, ["text": "See the file.", "seen": seen, "kept": kept, "nonce": again]).status == 303)
    site.pass(seconds: 31)
    try site.work()
    let mails = try site.mails()
    #expect(mails.count == 1)
    #expect(mails.first?.contains("plan.pdf") == true)
    #expect(mails.first?.contains("empty.txt") == false)
  }
}
