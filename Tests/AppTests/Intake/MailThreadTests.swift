import Domain
import Postgres
import Testing

@testable import App

@Suite("Where a mail belongs, and what follows of it")
struct MailThreadTests {
  let box: Mailbox
  var site: Site { box.site }

  init() throws { box = try Mailbox(target: 60) }

  @Test func `A customer's mail is a conversation with a draft; the answer to ours joins it, and nothing is taken twice`() throws {
    let first = try box.take(Mailbox.mail())
    #expect(try box.of(first, "state") == "open")
    #expect(try box.of(first, "late_at") != nil)
    #expect(try box.names("cur").count == 1)
    let ours = try box.answer(first)
    let mail = Mailbox.mail(id: "a2@customer.example", answering: ours, "Thanks!")
    #expect(try box.take(mail) == first)
    #expect(try box.of(first, "state") == "open")
    try box.put(mail)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM messages WHERE conversation_id::text = \(first)") == 3)
  }

  @Test func `Hard case 10: ids that are none never meet, and the same id with other words is another mail`() throws {
    for number in 1...2 {
      try box.put(Mailbox.mail(from: "c\(number)@customer.example", subject: "Help \(number)", id: " ", "Number \(number)"))
    }
    try box.put(Mailbox.mail(id: "same@x.example", "One."))
    try box.put(Mailbox.mail(id: "same@x.example", "Another."))
    try box.put(Mailbox.mail(id: "same@x.example", "One."))
    try site.work()
    #expect(try site.count("SELECT count(*) FROM messages WHERE message_id IS NULL") == 2)
    #expect(try site.count("SELECT count(DISTINCT conversation_id) FROM messages WHERE message_id IS NULL") == 2)
    #expect(try site.count("SELECT count(*) FROM messages WHERE message_id = '<same@x.example>'") == 2)
    #expect(try site.count("SELECT count(*) FROM message_revisions") == 0)
  }

  @Test func `Hard case 22: a stranger with a customer's id begins a conversation that says so; with ours joins it, marked`() throws {
    let first = try box.take(Mailbox.mail())
    let ours = try box.answer(first)
    let other = try box.take(
      Mailbox.mail(from: "eve@evil.example", subject: "Mine", id: "e1@evil.example", answering: "<a1@customer.example>", "Send it to me."))
    #expect(other != first)
    #expect(try box.of(other, "may_belong_to") == first)
    let joined = try box.take(
      Mailbox.mail(from: "bob@partner.example", subject: "Fwd: Re: Delivery", id: "b1@partner.example", answering: ours, "I am Bob."))
    #expect(joined == first)
    #expect(try site.count("SELECT count(*) FROM messages WHERE conversation_id::text = \(first) AND is_stranger") == 1)
    #expect(try site.text("SELECT is_taken::text FROM participants WHERE address_key = 'bob@partner.example'") == "false")
  }

  @Test func `Hard case 22: whoever names a customer in Reply-To has no part in what they wrote; a form that wrote for them has`() throws {
    let first = try box.take(Mailbox.mail())
    let heads = "Reply-To: ana@customer.example\n"
    let bySubject = try box.take(Mailbox.mail(from: "eve@evil.example", id: "e1@evil.example", heads: heads, "Send it to me."))
    let byID = try box.take(
      Mailbox.mail(
        from: "eve@evil.example", subject: "Mine", id: "e2@evil.example", answering: "<a1@customer.example>", heads: heads, "Now."))
    #expect(bySubject != first && byID != first)
    #expect(try box.of(byID, "may_belong_to") == first)
    #expect(
      try site.count("SELECT count(*) FROM participants WHERE conversation_id::text = \(first) AND address_key = 'eve@evil.example'") == 0)
    let form = try box.take(Mailbox.mail(from: "form@shop.example", subject: "Contact", id: "f1@shop.example", heads: heads, "A word."))
    #expect(
      try box.take(Mailbox.mail(from: "form@shop.example", subject: "Contact", id: "f2@shop.example", heads: heads, "Another.")) == form)
  }

  @Test func `What answers an answer of long ago goes on in one conversation, and a copied id of ours leads nobody astray`() throws {
    let first = try box.take(Mailbox.mail())
    let ours = try box.answer(first)
    let id = String(ours.dropFirst().dropLast())
    try site.owner.run("UPDATE conversations SET state = 'closed', closed_at = \(site.now), late_at = NULL, waiting_since = NULL")
    site.pass(hours: 91 * 24)
    let next = try box.take(Mailbox.mail(subject: "Re: Delivery", id: "a2@customer.example", answering: ours, "Once more."))
    #expect(next != first)
    #expect(try box.of(next, "continues") == first)
    #expect(try box.take(Mailbox.mail(subject: "Re: Delivery", id: "a3@customer.example", answering: ours, "And this.")) == next)
    // A copy of the answer begins a conversation by now; what answers the answer itself is led by that.
    let copy = try box.take(Mailbox.mail(from: "eve@evil.example", subject: "Copied", id: id, "Not yours."))
    #expect(copy != first && copy != next)
    try site.owner.run("UPDATE conversations SET state = 'open', closed_at = NULL WHERE id::text = \(first)")
    #expect(try box.take(Mailbox.mail(subject: "Re: Delivery", id: "a4@customer.example", answering: ours, "Last.")) == first)
  }

  @Test func `A subject of any length has a conversation, and so has what answers it`() throws {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    var seed: UInt32 = 7
    var subject = ""
    for _ in 0..<6_000 {
      seed = seed &* 1_664_525 &+ 1_013_904_223
      subject.append(letters[Int(seed >> 16) % letters.count])
    }
    let first = try box.take(Mailbox.mail(subject: subject))
    #expect(try box.take(Mailbox.mail(subject: "Re: " + subject, id: "a2@customer.example", "And now?")) == first)
    #expect(try site.count("SELECT count(*) FROM quarantine") == 0)
  }

  @Test func `The same customer about the same thing goes on for 14 days`() throws {
    let first = try box.take(Mailbox.mail())
    #expect(try box.take(Mailbox.mail(subject: "RES: [shop] Delivery", id: "a2@customer.example", "And now?")) == first)
    #expect(try box.take(Mailbox.mail(subject: "Something else", id: "a3@customer.example", "And this?")) != first)
    site.pass(hours: 15 * 24)
    #expect(try box.take(Mailbox.mail(id: "a4@customer.example", "Still there?")) != first)
  }

  @Test func `Hard case 23: a member's answer from elsewhere answers; a member's forward is their own message`() throws {
    let member = try box.desk.member("mia@x.test")
    let first = try box.take(Mailbox.mail())
    let draft = try box.desk.draft(first)
    let mail = Mailbox.mail(
      from: "Mia <mia@x.test>", to: "ana@customer.example", subject: "Re: Delivery", id: "m1@x.test", answering: "<a1@customer.example>",
      heads: "Cc: support@desk.example, dave@customer.example\n", "Three days.")
    #expect(try box.take(mail) == first)
    #expect(try site.text("SELECT author_id::text FROM messages WHERE direction = 'outbound' AND sending = 'sent'") == member.user.text)
    #expect(
      try site.text("SELECT array_to_string(recipients || copies, ' ') FROM messages WHERE direction = 'outbound'")
        == "ana@customer.example dave@customer.example")
    #expect(try box.of(first, "state") == "waiting")
    #expect(try box.of(first, "late_at") == nil)
    #expect(box.desk.state(draft) == "superseded")
    #expect(try site.count("SELECT count(*) FROM customer_addresses WHERE address_key = 'mia@x.test'") == 0)
    let page = box.desk.owner.get("/conversations/\(first)")
    #expect(page.text.contains("Three days.") && page.status == 200)
    let forward = try box.take(
      Mailbox.mail(
        from: "mia@x.test", subject: "Fwd: Help", id: "m2@x.test",
        "See below.\n\nFrom: Carl <carl@customer.example>\nSubject: Help\n\nHelp!"))
    #expect(forward != first)
    #expect(
      try site.text("SELECT address_key FROM customer_addresses a JOIN conversations v USING (customer_id) WHERE v.id::text = \(forward)")
        == "mia@x.test")
    // In an account of somebody else they are a customer like any other.
    #expect(try site.count("SELECT count(*) FROM messages WHERE direction = 'inbound'") == 2)
  }

  @Test(arguments: [(false, false, true), (false, true, true), (true, true, true), (true, false, false)])
  func `Hard case 23: an address that nobody has verified is a member's where no mail leaves the machine, and else anybody's`(
    checks: Bool, verified: Bool, isAnswer: Bool
  ) throws {
    let box = try Mailbox(checksAddresses: checks)
    let mia = try box.site.person("mia@x.test", sharing: box.desk.owner, role: .agent, verified: verified)
    let first = try box.take(Mailbox.mail())
    let mail = Mailbox.mail(
      from: "Mia <mia@x.test>", to: "ana@customer.example", subject: "Re: Delivery", id: "m1@x.test", answering: "<a1@customer.example>",
      heads: "Cc: support@desk.example\n", "Three days.")
    #expect(try (box.take(mail) == first) == isAnswer)
    let author = try box.site.text("SELECT author_id::text FROM messages WHERE direction = 'outbound' AND sending = 'sent'")
    #expect(author == (isAnswer ? mia.user.text : nil))
    #expect(try box.of(first, "state") == (isAnswer ? "waiting" : "open"))
  }

  @Test func `A member who is the customer of a conversation asks in it, and does not answer`() throws {
    _ = try box.desk.member("mia@x.test")
    let first = try box.take(Mailbox.mail(from: "mia@x.test", id: "m1@x.test"))
    let ours = try box.answer(first)
    #expect(try box.take(Mailbox.mail(from: "mia@x.test", id: "m2@x.test", answering: ours, "And to Recife?")) == first)
    #expect(try box.of(first, "state") == "open")
    #expect(try site.count("SELECT count(*) FROM messages WHERE direction = 'inbound'") == 2)
  }

  @Test func `Hard case 12: our answer comes back: it is marked, the customer waits again, the draft stays sent`() throws {
    let first = try box.take(Mailbox.mail())
    let ours = try box.answer(first)
    #expect(try box.of(first, "state") == "waiting")
    for (report, count) in [
      (Mailbox.report(of: ours, action: "delayed", status: "4.4.1"), 0),
      (Mailbox.report(of: ours, status: "4.2.2"), 0),
      (Mailbox.report(of: ours, to: "somebody@else.example"), 0),
      (Mailbox.report(of: "<a1@customer.example>"), 0),
      // Anybody who got the answer can write such a report, and may not know to whom else it went.
      (Mailbox.report(of: ours, to: nil), 0),
      (Mailbox.report(of: ours, to: nil, heads: "X-Failed-Recipients: somebody@else.example\n"), 0),
      (Mailbox.report(of: ours, to: nil, returned: "To: somebody@else.example\n"), 0),
      (Mailbox.report(of: ours, to: "somebody@else.example", heads: "X-Failed-Recipients: ana@customer.example\n"), 0),
      (Mailbox.report(of: ours), 1),
    ] {
      try box.put(report)
      try site.work()
      #expect(try site.count("SELECT count(*) FROM messages WHERE sending = 'bounced'") == count)
    }
    #expect(try box.of(first, "state") == "open")
    #expect(try box.of(first, "late_at") != nil)
    #expect(try site.text("SELECT code || ' ' || detail FROM messages WHERE sending = 'bounced'")?.contains("No such user") == true)
    #expect(try site.count("SELECT count(*) FROM learning_samples WHERE NOT delivered") == 1)
    #expect(try site.text("SELECT state FROM drafts") == "sent")
    #expect(try site.count("SELECT count(*) FROM conversation_events WHERE kind = 'bounced'") == 1)
    #expect(try site.count("SELECT count(*) FROM messages WHERE kind = 'bounce' AND is_stranger") == 0)
    #expect(box.desk.owner.get("/conversations/\(first)").text.contains("Came back undelivered"))
  }

  @Test(arguments: [("X-Failed-Recipients: <Ana@customer.example>\n", ""), ("", "To: Ana Souza <ana@customer.example>\n")])
  func `Hard case 12: a report that names its recipient in its own head, or in that of what came back, counts`(
    heads: String, returned: String
  ) throws {
    let first = try box.take(Mailbox.mail())
    let ours = try box.answer(first)
    try box.put(Mailbox.report(of: ours, to: nil, heads: heads, returned: returned))
    try site.work()
    #expect(try site.count("SELECT count(*) FROM messages WHERE sending = 'bounced'") == 1)
    #expect(try box.of(first, "state") == "open" && box.of(first, "late_at") != nil)
  }

  @Test func `Hard case 12: our own mail, an out-of-office and a list owe nothing`() throws {
    let first = try box.take(Mailbox.mail())
    let ours = try box.answer(first)
    let id = String(ours.dropFirst().dropLast())
    #expect(try box.take(Mailbox.mail(from: "Support <support@desk.example>", to: "ana@customer.example", id: id, "Our words.")) == first)
    #expect(
      try box.take(
        Mailbox.mail(
          subject: "Automatic reply: Delivery", id: "o1@customer.example", answering: ours, heads: "Auto-Submitted: auto-replied\n", "Away."
        ))
        == first)
    try box.take(
      Mailbox.mail(from: "dev@list.example", subject: "[dev] patch", id: "l1@list.example", heads: "List-Id: <dev.list.example>\n", "Hi"))
    #expect(try site.text("SELECT string_agg(kind, ' ' ORDER BY number) FROM messages") == "person person own automatic list")
    #expect(try box.of(first, "state") == "waiting")
    #expect(try site.count("SELECT count(*) FROM drafts") == 1)
    #expect(try site.count("SELECT count(*) FROM messages WHERE is_stranger") == 0)
  }

  @Test func `A filter's word counts where the channel says so`() throws {
    let heads = "X-Spam-Flag: YES\n"
    let first = try box.take(Mailbox.mail(heads: heads))
    #expect(try box.of(first, "state") == "open")
    try site.owner.run("UPDATE channels SET trusts_spam = true")
    let second = try box.take(Mailbox.mail(from: "x@spam.example", subject: "Pills", id: "s1@spam.example", heads: heads))
    #expect(try box.of(second, "state") == "spam")
    #expect(try site.count("SELECT count(*) FROM drafts") == 1)
  }
}
