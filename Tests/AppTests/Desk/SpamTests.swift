import Domain
import Postgres
import Testing

@testable import App

/// What somebody writes whose mails are spam, and what can be done with it (RULES 6.32).
@Suite struct SpamTests {
  private func path(_ id: String) -> String { "/conversations/\(id)" }

  @Test func `What a spammer writes into another conversation of theirs is spam, holds no answer back and asks for no draft`() throws {
    let site = try Site()
    let desk = try Desk(site, target: 60)
    let first = try desk.write("Buy this", in: "c1")
    let second = try desk.write("How long?", in: "c2")
    let draft = try desk.draft(second)
    #expect(desk.owner.post(path(first) + "/spam").status == 303)
    let drafts = try site.count("SELECT count(*) FROM drafts")
    desk.approve(draft)
    let facts = ["state", "waiting-since", "late-at"]
    let before = facts.map { desk.owner.get(path(second)).fact($0) }
    site.pass(seconds: 10)
    for (text, name) in [("Buy that", "c2"), ("And that", "c1"), ("And those", "c3")] {
      let place = try desk.write(text, in: name)
      #expect(desk.owner.get(path(place)).fact("state") == "spam", "\(text)")
      #expect(desk.owner.get(path(place)).fact("late-at") == "", "\(text)")
      #expect((place == first) == (name == "c1"), "\(text)")
      #expect(place != second, "\(text)")
    }
    #expect(facts.map { desk.owner.get(path(second)).fact($0) } == before)
    #expect(try site.count("SELECT count(*) FROM drafts") == drafts)
    site.pass(seconds: 31)
    try site.work()
    #expect(desk.state(draft) == "sent" && desk.owner.get(path(second)).fact("state") == "waiting")
    // Taken out of spam, what they write is somebody's again.
    #expect(desk.owner.post(path(first) + "/spam/deletion").status == 303)
    #expect(try desk.write("Sorry, when does it come?", in: "c2") == second)
    #expect(desk.owner.get(path(second)).fact("state") == "open")
  }

  @Test func `The same message of a spammer again is the same`() throws {
    let desk = try Desk(Site())
    let first = try desk.write("Buy this", in: "c1")
    _ = try desk.write("How long?", in: "c2")
    #expect(desk.owner.post(path(first) + "/spam").status == 303)
    let body = desk.body("Buy that", conversation: "c2", message: "again")
    let (new, old) = (desk.post(body), desk.post(body, id: "msg_2"))
    #expect(new.status == 201 && old.status == 200 && new.text == old.text)
    #expect(try desk.site.count("SELECT count(*) FROM messages") == 3)
  }

  @Test func `A spammer's mail into what others write about is spam, and what they write goes on`() throws {
    let box = try Mailbox(target: 60)
    let id = try box.take(Mailbox.mail(heads: "Cc: dave@customer.example\n"))
    let junk = try box.take(Mailbox.mail(from: "dave@customer.example", subject: "Pills", id: "p1@customer.example", "Buy this."))
    #expect(box.desk.owner.post(path(junk) + "/spam").status == 303)
    let ours = try box.answer(id)
    let more = try box.take(Mailbox.mail(from: "dave@customer.example", id: "p2@customer.example", answering: ours, "Buy that."))
    #expect(try more != id && box.of(more, "state") == "spam")
    #expect(try box.of(id, "state") == "waiting" && box.of(id, "late_at") == nil)
    // A mail server's word about an answer is no spammer's.
    #expect(try box.take(Mailbox.report(of: ours)) == id)
    #expect(try box.of(id, "state") == "open" && box.of(id, "late_at") != nil)
    #expect(try box.take(Mailbox.mail(id: "a2@customer.example", answering: ours, "Thank you.")) == id)
  }

  @Test func `Spam is not answered, and a text that was typed meanwhile is given back`() throws {
    let desk = try Desk(Site())
    let id = try desk.write("Buy this")
    let reply = path(id) + "/reply"
    let page = desk.owner.get(path(id))
    let seen = try page.field("seen", ofForm: reply).unwrapped
    #expect(desk.owner.post(path(id) + "/spam").status == 303)
    #expect(desk.owner.get(path(id)).form(reply) == nil)
    let refused = desk.owner.post(reply, ["text": "No, thank you.", "seen": seen, "nonce": "a"])
    #expect(refused.status == 409 && refused.fact("conflict") == "decided" && refused.area("text") == "No, thank you.")
    #expect(refused.text.contains("This conversation is spam. Take it out of spam first."))
    #expect(desk.owner.post(path(id) + "/draft").status == 409)
    #expect(try desk.site.count("SELECT count(*) FROM messages WHERE direction = 'outbound'") == 0)
    #expect(desk.owner.post(path(id) + "/spam/deletion").status == 303)
    #expect(desk.owner.post(reply, ["text": "No, thank you.", "seen": seen, "nonce": "b"]).status == 303)
  }
}
