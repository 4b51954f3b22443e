import Domain
import Postgres
import Testing

@testable import App

@Suite("Conversations: begun, merged, split, put off")
struct ConversationWorkTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  private func path(_ id: String) -> String { "/conversations/\(id)" }

  private func messages(_ id: String) throws -> Int {
    try Int(site.count("SELECT count(*) FROM messages WHERE conversation_id = \(id)::uuid"))
  }

  @Test func `A conversation that we begin leaves when its undo is over, with its own subject`() throws {
    #expect(desk.owner.get("/conversations/new").status == 200)
    let fields: KeyValuePairs = [
      "channel": desk.channel.text, "to": "new@customer.example", "cc": "two@customer.example", "subject": "Your order",
      "text": "It is **ready**.",
      "nonce": "b",
    ]
    let made = desk.owner.post("/conversations", fields)
    #expect(made.status == 303, "\(made.complaints)")
    #expect(desk.owner.post("/conversations", fields).location == made.location)
    site.pass(seconds: 31)
    try site.work()
    let mails = try site.mails()
    #expect(mails.count == 1)
    #expect(mails.first?.contains("Subject: Your order") == true)
    #expect(mails.first?.contains("two@customer.example") == true)
    let page = desk.owner.get(made.location ?? "")
    #expect(page.fact("state") == "waiting")
    #expect(page.fact("customer") == "new@customer.example")
  }

  @Test func `What is begun can be taken back, and stands in the box again`() throws {
    let made = desk.owner.post(
      "/conversations", ["channel": desk.channel.text, "to": "new@customer.example", "subject": "Your order", "text": "It is ready."])
    let place = made.location ?? ""
    let message = try site.text("SELECT id::text FROM messages").unwrapped
    #expect(desk.owner.post("\(place)/messages/\(message)/undo").status == 303)
    #expect(desk.owner.get(place).area("text") == "It is ready.")
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
  }

  @Test func `An answer that a message held back stands in the box again once it is taken back`() throws {
    let id = try desk.write("How long?")
    let seen = desk.owner.get(path(id)).field("seen", ofForm: path(id) + "/reply") ?? ""
    #expect(desk.owner.post(path(id) + "/reply", ["text": "Three days.", "seen": seen, "nonce": "a"]).status == 303)
    try desk.write("To Norway, I mean.")
    let message = try site.text("SELECT id::text FROM messages WHERE sending = 'held'").unwrapped
    #expect(desk.owner.post(path(id) + "/messages/\(message)/undo").status == 303)
    #expect(desk.owner.get(path(id)).area("text") == "Three days.")
  }

  @Test func `A form that was made before anybody had written does not answer over what came since`() throws {
    let id = try desk.write("How long?")
    let page = desk.owner.post(path(id) + "/reply", ["text": "Hello", "seen": "", "nonce": "x"])
    #expect(page.status == 409 && page.fact("conflict") == "newer-message" && page.area("text") == "Hello")
    #expect(try messages(id) == 1)
  }

  @Test func `Another text under the nonce of an answer that was taken is not taken for the same, and not lost`() throws {
    let id = try desk.write("How long?")
    let seen = desk.owner.get(path(id)).field("seen", ofForm: path(id) + "/reply") ?? ""
    func send(_ text: String) -> Page { desk.owner.post(path(id) + "/reply", ["text": text, "seen": seen, "nonce": "a"]) }
    #expect(send("Three days.").status == 303)
    #expect(send("Three days.").status == 303)
    let other = send("Four days.")
    #expect(other.status == 409 && other.area("text") == "Four days.")
    #expect(try messages(id) == 2)
  }

  @Test func `Everything of a conversation can be read from its beginning, a hundred a page`() throws {
    let id = try desk.write("How long?")
    try site.owner.run(
      """
      INSERT INTO conversation_events (id, account_id, conversation_id, at, kind)
      SELECT new_id(\(site.now)), v.account_id, v.id, \(site.now), 'reopened' FROM conversations v, generate_series(1, 120)
      """)
    #expect(desk.owner.post(path(id) + "/notes", ["text": "Ask the **warehouse**."]).status == 303)
    try desk.write("To Norway, I mean.")
    #expect(desk.owner.get(path(id)).links.contains(path(id) + "/timeline"))
    let first = desk.owner.get(path(id) + "/timeline")
    #expect(first.text.contains("How long?") && !first.text.contains("To Norway"))
    let next = try first.links.first { $0.hasPrefix(path(id) + "/timeline?after=") }.unwrapped
    let second = desk.owner.get(next)
    #expect(second.text.contains("To Norway, I mean.") && second.text.contains("Ask the warehouse."))
    #expect(!second.text.contains("How long?") && second.links.allSatisfy { !$0.contains("after=") })
  }

  @Test func `Beside a conversation stands who its customer is, and what the team noted about them`() throws {
    let id = try desk.write("How long?")
    let first = desk.owner.get(path(id))
    #expect(first.text.contains("The first message of a new customer.") && first.text.contains("First seen"))
    let customer = try site.text("SELECT customer_id::text FROM conversations WHERE id::text = \(id)").unwrapped
    #expect(desk.owner.post("/customers/\(customer)/notes", ["text": "Pays by **invoice**."]).status == 303)
    try desk.write("To Norway, I mean.")
    let page = desk.owner.get(path(id))
    #expect(page.text.contains("Pays by <strong>invoice</strong>."))
    #expect(!page.text.contains("The first message of a new customer."))
  }

  @Test func `Without a channel a new conversation comes back with what was typed`() throws {
    let bob = try site.person("bob@x.test")
    #expect(bob.get("/conversations/new").text.contains("No channel to write by"))
    let page = bob.post("/conversations", ["to": "new@customer.example", "subject": "Your order", "text": "It is ready."])
    #expect(page.status == 422 && page.complaints == ["channel"])
    #expect(page.area("text") == "It is ready." && page.text.contains("value=\"Your order\""))
    #expect(try site.count("SELECT count(*) FROM conversations") == 0)
  }

  @Test func `What is wrong with a new conversation is said all at once`() {
    let page = desk.owner.post("/conversations", ["channel": "x", "to": "nobody", "subject": "", "text": ""])
    #expect(page.status == 422)
    #expect(page.complaints.count >= 4, "\(page.complaints)")
  }

  @Test func `Hard case 21: merged into one, answers to either go there, drafts are superseded with their text, and it can be taken back`()
    throws
  {
    let a = try desk.write("First", in: "a", subject: "Delivery")
    let b = try desk.write("Second", in: "b", subject: "Invoice")
    let c = try desk.write("Third", in: "c", subject: "Returns")
    let draft = try desk.draft(a)
    #expect(desk.owner.post("/drafts/\(draft)", ["version": desk.fields(draft).version, "text": "Typed."]).status == 303)
    #expect(desk.owner.post(path(a) + "/merge", ["into": b, "nonce": "1"]).status == 303)
    #expect(desk.owner.post(path(b) + "/merge", ["into": "https://heed.example/conversations/\(c)", "nonce": "2"]).status == 303)
    #expect(desk.state(draft) == "superseded")
    #expect(try site.text("SELECT text FROM drafts WHERE id = \(draft)::uuid") == "Typed.")
    #expect(try messages(c) == 3)
    #expect(desk.owner.get(path(a)).location?.hasSuffix(b) == true)
    #expect(desk.owner.get(path(b)).location?.hasSuffix(c) == true)
    try desk.write("To the first again", in: "a")
    try desk.write("To the second again", in: "b")
    #expect(try messages(c) == 5)
    let first = try site.text("SELECT messages[1]::text FROM conversation_merges WHERE source_id = \(b)::uuid AND merged_at IS NOT NULL")
      .unwrapped
    let back = desk.owner.post(path(c) + "/split", ["message": first, "nonce": "3"])
    #expect(back.location?.hasSuffix(b) == true)
    #expect(try messages(b) == 2)
    #expect(try messages(c) == 3)
    #expect(desk.owner.get(path(b)).fact("state") == "open")
    #expect(try site.count("SELECT count(*) FROM drafts WHERE state IN ('asked', 'pending')") == 2)
  }

  @Test func `A merge across customers asks once, into itself never`() throws {
    let a = try desk.write("First", in: "a")
    let b = try desk.write("Second", in: "b", email: "bea@customer.example")
    let asked = desk.owner.post(path(a) + "/merge", ["into": b, "nonce": "m"])
    #expect(asked.status == 200)
    #expect(asked.form(path(a) + "/merge")?.contains(b) == true)
    #expect(try messages(b) == 1)
    #expect(desk.owner.post(path(a) + "/merge", ["into": b, "nonce": "m"]).status == 303)
    #expect(try messages(b) == 2)
    #expect(desk.owner.post(path(b) + "/merge", ["into": b, "nonce": "n"]).status == 409)
    #expect(desk.owner.post(path(b) + "/merge", ["into": "nothing", "nonce": "o"]).status == 422)
    let stranger = try Desk(site, as: site.person("stranger@x.test"))
    let theirs = try stranger.write("Hello")
    #expect(desk.owner.post(path(b) + "/merge", ["into": theirs, "nonce": "p"]).status == 404)
  }

  @Test func `A message and what follows it get a conversation of their own`() throws {
    let a = try desk.write("First")
    try desk.write("Second")
    try desk.write("Third")
    let second = try site.text("SELECT id::text FROM messages WHERE own = 'Second'").unwrapped
    let first = try site.text("SELECT id::text FROM messages WHERE own = 'First'").unwrapped
    #expect(desk.owner.post(path(a) + "/split", ["message": first]).status == 409)
    let made = desk.owner.post(path(a) + "/split", ["message": second, "nonce": "s"])
    #expect(made.status == 303)
    #expect(try messages(a) == 1)
    let other = try (made.location?.split(separator: "/").last).unwrapped
    #expect(try messages(String(other)) == 2)
    #expect(desk.owner.get(made.location ?? "").fact("state") == "open")
  }

  @Test func `Hard case 24: put off, its reminder rings, it is on top again, and nothing is sent`() throws {
    let a = try desk.write("First")
    let done = desk.owner.post(path(a) + "/snoozes", ["until": "2 hours"])
    #expect(done.status == 303, "\(done.complaints)")
    let page = desk.owner.get(path(a))
    #expect(page.fact("state") == "snoozed")
    #expect(page.fact("late-at") == "")
    #expect(try site.text("SELECT title FROM reminders") == "Ana Souza: Delivery")
    try desk.write("Another", in: "z")
    site.pass(seconds: 7_300)
    try site.work()
    #expect(desk.owner.get(path(a)).fact("state") == "open")
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open") == 1)
    #expect(try site.text("SELECT id::text FROM conversations WHERE state = 'open' ORDER BY last_at DESC LIMIT 1") == a)
    #expect(try site.mails().allSatisfy { !$0.contains("customer.example") })
    #expect(desk.owner.post(path(a) + "/closure").status == 303)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open") == 0)
    #expect(try site.text("SELECT status FROM reminders") == "completed")
  }

  @Test func `Hard case 24: what the customer writes ends it, and the same time is offered again`() throws {
    let a = try desk.write("First")
    desk.owner.post(path(a) + "/snoozes", ["until": "2 days"])
    try desk.write("Thanks!")
    try site.work()
    let page = desk.owner.get(path(a))
    #expect(page.fact("state") == "open")
    #expect(try site.text("SELECT status FROM reminders") == "completed")
    let until = try page.field("until", ofForm: path(a) + "/snoozes").unwrapped
    #expect(desk.owner.post(path(a) + "/snoozes", ["until": until]).status == 303)
    #expect(desk.owner.get(path(a)).fact("state") == "snoozed")
    #expect(desk.owner.post(path(a) + "/reopening").status == 303)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active'") == 0)
  }

  @Test func `Hard case 24: a reminder behind an answer is cancelled by the customer's answer, and by taking it back`() throws {
    let a = try desk.write("First")
    let seen = desk.owner.get(path(a)).field("seen", ofForm: path(a) + "/reply") ?? ""
    #expect(
      desk.owner.post(path(a) + "/reply", ["text": "Hello", "seen": seen, "follow_up": "no time at all", "nonce": "x"]).status == 422)
    #expect(desk.owner.post(path(a) + "/reply", ["text": "Hello", "seen": seen, "follow_up": "in 3 days", "nonce": "y"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active'") == 1)
    site.pass(seconds: 31)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active'") == 1)
    try desk.write("Thank you")
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active'") == 0)
    let draft = try desk.draft()
    let form = desk.fields(draft)
    let approval: KeyValuePairs = ["version": form.version, "seen": form.seen, "text": form.text, "follow_up": "friday", "nonce": "z"]
    #expect(desk.owner.post("/drafts/\(draft)/approval", approval).status == 303)
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active'") == 1)
    #expect(desk.owner.post("/drafts/\(draft)/undo").status == 303)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active'") == 0)
  }

  @Test func `Many at once: what is missing or another account's is counted as not there`() throws {
    let (a, b) = (try desk.write("First", in: "a"), try desk.write("Second", in: "b"))
    let theirs = try Desk(site, as: site.person("stranger@x.test")).write("Hello")
    let done = desk.owner.post(
      "/conversations/bulk", ["id": a, "id": b, "id": theirs, "id": "00000000-0000-7000-8000-000000000000", "action": "closure"])
    #expect(done.status == 303)
    #expect(desk.owner.get("/conversations").text.contains("2 conversations done. 2 were not there."))
    #expect(desk.owner.get(path(a)).fact("state") == "closed")
    #expect(try site.text("SELECT state FROM conversations WHERE id = \(theirs)::uuid") == "open")
    #expect(desk.owner.post("/conversations/bulk", ["id": "x", "action": "closure"]).status == 404)
    #expect(desk.owner.post("/conversations/bulk", ["action": "closure"]).status == 422)
    #expect(desk.owner.post("/conversations/bulk", ["id": a, "action": "snoozes", "until": ""]).status == 422)
    #expect(desk.owner.post("/conversations/bulk", ["id": a, "id": b, "action": "snoozes", "until": "tomorrow"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM conversations WHERE state = 'snoozed'") == 2)
    #expect(desk.owner.post("/conversations/bulk", ["id": a, "action": "assignment", "member": desk.owner.user.text]).status == 303)
    #expect(desk.owner.get(path(a)).fact("assignee") == "Ana")
  }

  @Test func `A note on what was merged meanwhile, twice too, stands where that went, and a blank one says so there`() throws {
    let all = try ["a", "b", "c"].map { try desk.write("Hello", in: $0) }
    for (source, target) in [(all[0], all[1]), (all[1], all[2])] {
      #expect(desk.owner.post(path(source) + "/merge", ["into": target, "nonce": source]).status == 303)
    }
    let noted = desk.owner.post(path(all[0]) + "/notes", ["text": "Ask the warehouse."])
    #expect(noted.status == 303 && noted.location == path(all[2]))
    #expect(try site.text("SELECT conversation_id::text FROM conversation_notes") == all[2])
    #expect(desk.owner.get(path(all[2])).text.contains("Ask the warehouse."))
    #expect(desk.owner.post(path(all[0]) + "/notes", ["text": " "]).status == 422)
    let eve = try site.person("eve@x.test")
    #expect(eve.post(path(all[0]) + "/notes", ["text": "Mine"]).status == 404)
  }

  @Test func `Hard case 13: the HTML of a message is shown in a frame of its own, cleaned`() throws {
    let a = try desk.write("First")
    let message = try site.text(
      "UPDATE messages SET html = '<p onclick=x>Hi<script>alert(1)</script><img src=http://x/y.png>' RETURNING id::text"
    ).unwrapped
    let page = desk.owner.get(path(a))
    #expect(page.text.contains("<iframe"))
    #expect(page.header("Content-Security-Policy")?.contains("frame-src 'self'") == true)
    let frame = desk.owner.get("\(path(a))/messages/\(message)/html")
    #expect(frame.text.contains("<p>Hi"))
    #expect(!frame.text.contains("alert"))
    #expect(!frame.text.contains("<img"))
    #expect(frame.header("Content-Security-Policy")?.hasPrefix("sandbox") == true)
  }
}
