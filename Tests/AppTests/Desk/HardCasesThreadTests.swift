import Domain
import Foundation
import Postgres
import Testing

@testable import App

/// Where mails belong after merges and splits, who gets what, and what clears nothing.
@Suite("Hard cases 20 to 23: mails, merges, strangers, members")
struct HardCasesThreadTests {
  let box: Mailbox
  var site: Site { box.site }
  var owner: Browser { box.desk.owner }

  init() throws { box = try Mailbox(target: 60) }

  private func path(_ id: String) -> String { "/conversations/\(id)" }

  private func messages(_ id: String) throws -> Int {
    try site.count("SELECT count(*) FROM messages WHERE conversation_id::text = \(id)")
  }

  /// Posts an answer by hand to whom the page proposes, and lets it leave: who gets it.
  private func reply(_ id: String, _ text: String) throws -> String? {
    let seen = owner.get(path(id)).field("seen", ofForm: path(id) + "/reply") ?? ""
    let page = owner.post(path(id) + "/reply", ["text": text, "seen": seen, "nonce": text])
    #expect(page.status == 303, "\(page.complaints)")
    site.pass(seconds: 31)
    try site.work()
    return try site.text(
      """
      SELECT array_to_string(recipients || copies, ' ') FROM messages WHERE direction = 'outbound' AND sending = 'sent' AND source = \(text)
      """)
  }

  // MARK: - 20

  @Test func `Hard case 20: a note, a mail that is late, an out-of-office and a bounce in between clear nothing`() throws {
    let id = try box.take(Mailbox.mail())
    let ours = try box.answer(id)
    #expect(try box.of(id, "late_at") == nil)
    site.pass(minutes: 10)
    #expect(try box.take(Mailbox.mail(id: "a2@customer.example", answering: ours, "And is express quicker?")) == id)
    let (late, since) = (try box.of(id, "late_at"), try box.of(id, "waiting_since"))
    #expect(late != nil && since != nil)
    #expect(owner.post(path(id) + "/notes", ["text": "Ask the warehouse.", "nonce": "n"]).status == 303)
    try box.put(Mailbox.report(of: ours, action: "delayed", status: "4.4.1"))
    try box.put(
      Mailbox.mail(
        subject: "Automatic reply: Delivery", id: "o1@customer.example", answering: ours, heads: "Auto-Submitted: auto-replied\n", "Away."))
    try site.work()
    #expect(try messages(id) == 5)
    #expect(try box.of(id, "late_at") == late && box.of(id, "waiting_since") == since)
    // The first answer has not arrived: what it answered is owed again, and longer.
    try box.put(Mailbox.report(of: ours))
    try site.work()
    let longer = try site.count(
      """
      SELECT count(*) FROM conversations
      WHERE id::text = \(id) AND waiting_since < \(since)::text::timestamptz AND late_at < \(late)::text::timestamptz
      """)
    #expect(longer == 1)
    site.pass(hours: 1)
    try site.work()
    #expect(owner.get(path(id)).fact("escalation") == "active")
  }

  @Test func `Hard case 20: an answer in the undo window leaves what is late as it is, also when it is taken back`() throws {
    let id = try box.take(Mailbox.mail())
    let late = try box.of(id, "late_at")
    let draft = try box.desk.draft(id)
    site.pass(minutes: 59)
    box.desk.approve(draft)
    #expect(try box.of(id, "late_at") == late)
    #expect(owner.post("/drafts/\(draft)/undo").status == 303)
    #expect(try late != nil && box.of(id, "late_at") == late)
    site.pass(minutes: 2)
    try site.work()
    #expect(owner.get(path(id)).fact("escalation") == "active")
    box.desk.approve(draft, nonce: "again")
    site.pass(seconds: 31)
    for _ in 0..<3 { try site.work() }
    #expect(owner.get(path(id)).fact("escalation") == "completed")
    #expect(try box.of(id, "late_at") == nil)
  }

  // MARK: - 21

  @Test func `Hard case 21: after A into B into C mails to ids of A and B are in C, typed texts kept; undone, it is as before`() throws {
    var (ids, ours): ([String], [String]) = ([], [])
    for name in ["a", "b", "c"] {
      let (subject, domain) = ("About \(name)", "customer.example")
      let id = try box.take(Mailbox.mail(subject: subject, id: "\(name)1@\(domain)", "How long does delivery of \(name) take?"))
      ids.append(id)
      ours.append(try box.answer(id))
      try box.take(Mailbox.mail(subject: "Re: \(subject)", id: "\(name)2@\(domain)", answering: ours.last, "And express of \(name)?"))
      let draft = try box.desk.draft(id)
      #expect(owner.post("/drafts/\(draft)", ["version": box.desk.fields(draft).version, "text": "Typed \(name)."]).status == 303)
    }
    let (a, b, c) = (ids[0], ids[1], ids[2])
    #expect(Set(ids).count == 3)
    #expect(owner.post(path(a) + "/merge", ["into": b, "nonce": "1"]).status == 303)
    let before = try messages(b)
    #expect(before == 6)
    #expect(owner.post(path(b) + "/merge", ["into": c, "nonce": "2"]).status == 303)
    #expect(
      try site.text("SELECT string_agg(text, ' ' ORDER BY text) FROM drafts WHERE state = 'superseded' AND text LIKE 'Typed%'")
        == "Typed a. Typed b. Typed c.")
    #expect(try site.count("SELECT count(*) FROM drafts WHERE state IN ('asked', 'pending')") == 1)
    #expect(owner.get(path(a)).location?.hasSuffix(b) == true && owner.get(path(b)).location?.hasSuffix(c) == true)
    // Ids of ours, and one of the customer's own.
    #expect(try box.take(Mailbox.mail(subject: "Re: About a", id: "a3@customer.example", answering: ours[0], "To A.")) == c)
    #expect(try box.take(Mailbox.mail(subject: "Re: About b", id: "b3@customer.example", answering: ours[1], "To B.")) == c)
    #expect(try box.take(Mailbox.mail(subject: "Again", id: "a4@customer.example", answering: "<a1@customer.example>", "To A.")) == c)
    let first = try site.text(
      "SELECT messages[1]::text FROM conversation_merges WHERE source_id::text = \(b) AND merged_at IS NOT NULL AND undone_at IS NULL"
    ).unwrapped
    #expect(owner.post(path(c) + "/split", ["message": first, "nonce": "3"]).location?.hasSuffix(b) == true)
    #expect(try messages(b) == before)
    #expect(try box.of(b, "merged_into") == nil && box.of(b, "state") == "open" && box.of(b, "late_at") != nil)
    #expect(try box.take(Mailbox.mail(subject: "Re: About b", id: "b5@customer.example", answering: ours[1], "To B again.")) == b)
    #expect(try box.take(Mailbox.mail(subject: "Re: About c", id: "c5@customer.example", answering: ours[2], "To C.")) == c)
  }

  @Test func `Hard case 21: what is split off takes its ids along`() throws {
    let id = try box.take(Mailbox.mail())
    let ours = try box.answer(id)
    #expect(try box.take(Mailbox.mail(id: "a2@customer.example", answering: ours, "Something else: do you ship abroad?")) == id)
    let later = try box.answer(id)
    let second = try site.text("SELECT id::text FROM messages WHERE message_id = '<a2@customer.example>'").unwrapped
    let made = owner.post(path(id) + "/split", ["message": second, "nonce": "s"])
    #expect(made.status == 303)
    let other = try String((made.location?.split(separator: "/").last).unwrapped)
    #expect(other != id)
    #expect(try messages(id) == 2 && messages(other) == 2)
    #expect(try box.take(Mailbox.mail(id: "a3@customer.example", answering: later, "To Recife?")) == other)
    #expect(try box.take(Mailbox.mail(id: "a4@customer.example", answering: "<a2@customer.example>", "And to Porto?")) == other)
    #expect(try box.take(Mailbox.mail(id: "a5@customer.example", answering: ours, "Thanks for the first.")) == id)
  }

  // MARK: - 22

  @Test func `Hard case 22: whoever knows an id of ours joins marked, and gets nothing until they are taken in`() throws {
    let id = try box.take(Mailbox.mail(heads: "Cc: dave@customer.example\n"))
    let ours = try box.answer(id)
    #expect(
      try box.take(
        Mailbox.mail(from: "bob@partner.example", subject: "Fwd: Re: Delivery", id: "b1@partner.example", answering: ours, "I am Bob."))
        == id)
    #expect(owner.get(path(id)).text.contains("From somebody new"))
    // The draft that it asked for goes to the customer, as does an answer by hand.
    let answer = try box.answer(id)
    #expect(
      try site.text("SELECT array_to_string(recipients || copies, ' ') FROM messages WHERE message_id = \(answer)")
        == "ana@customer.example dave@customer.example")
    #expect(try reply(id, "To all of you.") == "ana@customer.example dave@customer.example")
    #expect(try site.mails().count == 3)
    #expect(try site.mails().allSatisfy { !$0.contains("bob@partner.example") })
    #expect(owner.post(path(id) + "/seen").status == 303)
    #expect(try reply(id, "Hello Bob.") == "bob@partner.example")
  }

  @Test func `Hard case 22: a stranger with the customer's id begins a conversation that says so`() throws {
    let id = try box.take(Mailbox.mail())
    let other = try box.take(
      Mailbox.mail(from: "eve@evil.example", subject: "Mine", id: "e1@evil.example", answering: "<a1@customer.example>", "Send it to me."))
    #expect(other != id)
    #expect(owner.get(path(other)).text.contains("It may belong there."))
    #expect(!owner.get(path(id)).text.contains("eve@evil.example"))
    #expect(try reply(id, "For the customer.") == "ana@customer.example")
  }

  @Test func `Whom somebody left out of an answer stays out, until they are put on again`() throws {
    let heads = "Cc: dave@customer.example\n"
    let id = try box.take(Mailbox.mail(heads: heads))
    func copies() -> String? {
      owner.get(path(id)).form(path(id) + "/reply")?.components(separatedBy: "name=\"cc\"").last?.components(separatedBy: ">").first
    }
    func send(_ text: String, cc: String) throws {
      let seen = owner.get(path(id)).field("seen", ofForm: path(id) + "/reply") ?? ""
      let form: KeyValuePairs = ["text": text, "seen": seen, "nonce": text, "to": "ana@customer.example", "cc": cc]
      #expect(owner.post(path(id) + "/reply", form).status == 303)
      site.pass(seconds: 31)
      try site.work()
    }
    #expect(copies()?.contains("dave@customer.example") == true)
    try send("Only for you.", cc: "")
    #expect(try box.take(Mailbox.mail(id: "a2@customer.example", heads: heads, "And express?")) == id)
    #expect(copies()?.contains("dave@customer.example") == false)
    #expect(try reply(id, "As the page says.") == "ana@customer.example")
    #expect(try box.take(Mailbox.mail(id: "a3@customer.example", heads: heads, "And abroad?")) == id)
    try send("For both of you.", cc: "dave@customer.example")
    #expect(try box.take(Mailbox.mail(id: "a4@customer.example", heads: heads, "Thank you.")) == id)
    #expect(copies()?.contains("dave@customer.example") == true)
  }

  // MARK: - 23

  @Test func `Hard case 23: who wrote a mail that a member passes on is offered as the customer, and becomes it by a press alone`() throws {
    _ = try box.desk.member("mia@x.test")
    let id = try box.take(
      Mailbox.mail(
        from: "Mia <mia@x.test>", subject: "Fwd: Help", id: "m2@x.test",
        "See below.\n\nFrom: Carl <carl@customer.example>\nSubject: Help\n\nHelp!"))
    let page = owner.get(path(id))
    #expect(page.fact("customer") == "mia@x.test")
    #expect(page.text.contains("Carl (carl@customer.example) wrote it."))
    #expect(owner.post(path(id) + "/customer").status == 303)
    let after = owner.get(path(id))
    #expect(after.fact("customer") == "carl@customer.example")
    #expect(after.form(path(id) + "/customer") == nil)
    #expect(owner.post(path(id) + "/customer").status == 409)
    #expect(try reply(id, "Here is help.") == "carl@customer.example")
  }

  @Test func `Hard case 23: a member of one account is a customer of another like anybody, and each has its own`() throws {
    let mia = try box.desk.member("mia@x.test")
    let id = try box.take(Mailbox.mail())
    let theirs = try Desk(site, as: site.person("olga@y.test"))
    let folder = box.root.appendingPathComponent("other")
    for part in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(at: folder.appendingPathComponent(part), withIntermediateDirectories: true)
    }
    try site.owner.run(
      "UPDATE channels SET inbound = 'maildir', folder = 'other', address = 'help@other.example' WHERE id = \(theirs.channel)")
    // It names an id of the first account's customer, which is known there alone.
    let mail = Mailbox.mail(
      from: "Mia <mia@x.test>", to: "help@other.example", subject: "Re: Delivery", id: "m1@x.test", answering: "<a1@customer.example>",
      "Where is my order?")
    try site.owner.run("UPDATE channel_states SET last_good_at = \(site.now)")
    try Data(mail.utf8).write(to: folder.appendingPathComponent("new/000001.x.host"))
    try site.work()
    let account = theirs.owner.account
    #expect(try site.text("SELECT direction || ' ' || kind FROM messages WHERE account_id = \(account)") == "inbound person")
    #expect(try site.count("SELECT count(*) FROM drafts WHERE account_id = \(account) AND state = 'pending'") == 1)
    #expect(try site.text("SELECT address_key FROM customer_addresses WHERE account_id = \(account)") == "mia@x.test")
    #expect(try messages(id) == 1)
    #expect(try box.of(id, "state") == "open" && box.of(id, "waiting_since") != nil)
    #expect(mia.get("/conversations").text.contains("Where is my order?") == false)
    let place = try site.text("SELECT id::text FROM conversations WHERE account_id = \(account)").unwrapped
    #expect(mia.get(path(place)).status == 404 && theirs.owner.get(path(id)).status == 404)
  }
}
