import Domain
import Postgres
import Testing

@testable import App

@Suite("From a customer's message to the answer")
struct DeskFlowTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
    try desk.owner.source([
      "title": "Delivery", "url": "https://shop.example/delivery", "text": "# Delivery\n\nWe deliver within three days.",
    ])
  }

  @Test func `A customer writes, a draft waits, somebody approves it, and it leaves once`() throws {
    let conversation = try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    let page = desk.owner.get("/drafts/\(draft)")
    #expect(page.status == 200)
    #expect(page.fact("state") == "pending")
    #expect(page.fact("model") == "builtin/extractive-1")
    #expect(page.fact("sources") == "1")
    #expect(page.text.contains("We deliver within three days"))
    let approved = desk.approve(draft)
    #expect(approved.status == 303)
    #expect(desk.state(draft) == "approved")
    #expect(desk.owner.get("/drafts/\(draft)").fact("action") == "approve")
    try site.work()
    #expect(try site.mails().isEmpty)
    site.pass(seconds: 31)
    try site.work()
    try site.work()
    let mails = try site.mails()
    #expect(mails.count == 1)
    let mail = try mails.first.unwrapped
    #expect(mail.contains("From: \"Support\" <support@shop.example>"))
    #expect(mail.contains("To: ana@customer.example"))
    #expect(mail.contains("Subject: Re: Delivery"))
    #expect(!mail.contains("Auto-Submitted"))
    #expect(desk.state(draft) == "sent")
    let after = desk.owner.get("/conversations/\(conversation)")
    #expect(after.fact("state") == "waiting")
    #expect(after.fact("late-at") == "")
    #expect(try site.count("SELECT count(*) FROM learning_samples WHERE action = 'approve'") == 1)
  }

  @Test func `Hard case 4: an answer that is taken back does not leave, and what is approved next does`() throws {
    try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    desk.approve(draft, "The first text.")
    #expect(desk.owner.post("/drafts/\(draft)/undo").status == 303)
    let again = desk.owner.get("/drafts/\(draft)")
    #expect(again.fact("state") == "pending")
    #expect(again.area("text") == "The first text.")
    desk.approve(draft, "The second text.", nonce: "again")
    site.pass(seconds: 31)
    try site.work()
    let mails = try site.mails()
    #expect(mails.count == 1)
    #expect(mails.first?.contains("The second text.") == true)
    let late = desk.owner.post("/drafts/\(draft)/undo")
    #expect(late.status == 409)
    #expect(late.fact("conflict") == "sent")
    #expect(late.text.contains("It was sent") && late.text.contains("and cannot be taken back."))
    #expect(try site.text("SELECT action || ' ' || chosen FROM learning_samples") == "edit The second text.")
  }

  @Test func `Hard case 2: what a customer writes in the undo window holds the answer back until somebody confirms it`() throws {
    try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    desk.approve(draft)
    try desk.write("Never mind, it came.")
    let held = desk.owner.get("/drafts/\(draft)")
    #expect(held.fact("sending") == "held")
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
    let form = "/drafts/\(draft)/confirmation"
    let old = desk.owner.post(form, ["version": held.fact("version") ?? "", "seen": "00000000-0000-7000-8000-000000000000"])
    #expect(old.status == 409)
    let page = desk.owner.get("/drafts/\(draft)")
    let done = desk.owner.post(
      form, ["version": page.field("version", ofForm: form) ?? "", "seen": page.field("seen", ofForm: form) ?? ""])
    #expect(done.status == 303)
    try site.work()
    #expect(try site.mails().count == 1)
    #expect(desk.state(draft) == "sent")
  }

  @Test func `Hard cases 2 and 3: an unseen message stops an approval; the edit stays, the text is kept, the message on the page`() throws {
    try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    let form = desk.fields(draft)
    // Typed text is kept, so the next message asks for no new draft.
    #expect(desk.owner.post("/drafts/\(draft)", ["version": form.version, "text": "Mine."]).status == 303)
    try desk.write("And do you ship abroad?")
    let refused = desk.owner.post(
      "/drafts/\(draft)/approval", ["version": "2", "seen": form.seen, "nonce": "x", "text": "My own & <long> answer"])
    #expect(refused.status == 409)
    #expect(refused.fact("conflict") == "newer-message")
    #expect(refused.area("text") == "My own & <long> answer")
    #expect(refused.text.contains("And do you ship abroad?"))
    #expect(desk.state(draft) == "pending")
  }

  @Test func `Hard case 3: a message replaces a draft that nobody touched, and one draft answers all that came`() throws {
    try desk.write("How long does delivery take?")
    let first = try desk.draft()
    try desk.write("One more thing.")
    try desk.write("And another.")
    let second = try desk.draft()
    #expect(desk.state(first) == "superseded")
    #expect(first != second)
    let page = desk.owner.get("/drafts/\(second)")
    #expect(page.text.contains("It answers 3 messages together."))
    #expect(try site.count("SELECT count(*) FROM drafts") == 2)
  }

  @Test func `Hard case 1: the same form sent twice is one decision, another session is told who decided`() throws {
    try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    let form = desk.fields(draft)
    let colleague = try desk.member("bia@x.test")
    let fields: KeyValuePairs = ["version": form.version, "seen": form.seen, "nonce": "same", "text": form.text]
    #expect(desk.owner.post("/drafts/\(draft)/approval", fields).status == 303)
    #expect(desk.owner.post("/drafts/\(draft)/approval", fields).status == 303)
    let late = colleague.post(
      "/drafts/\(draft)/approval", ["version": form.version, "seen": form.seen, "nonce": "other", "text": "Another text"])
    #expect(late.status == 409)
    #expect(late.fact("conflict") == "decided")
    #expect(late.area("text") == "Another text")
    site.pass(seconds: 31)
    try site.work()
    #expect(try site.mails().count == 1)
  }

  @Test func `Hard case 8: whoever comes second has both texts on the page, their own in the box`() throws {
    try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    let form = desk.fields(draft)
    let bia = try desk.member("bia@x.test")
    func second(_ nonce: String) -> Page {
      bia.post("/drafts/\(draft)/approval", ["version": form.version, "seen": form.seen, "nonce": nonce, "text": "Four days."])
    }
    #expect(desk.owner.post("/drafts/\(draft)", ["version": form.version, "text": "Three days, **kept**."]).status == 303)
    let stale = second("a")
    #expect(stale.status == 409 && stale.fact("conflict") == "stale" && stale.area("text") == "Four days.")
    #expect(stale.text.contains("Three days, <strong>kept</strong>."))
    #expect(desk.approve(draft, "Three days, **sent**.").status == 303)
    let decided = second("b")
    #expect(decided.status == 409 && decided.fact("conflict") == "decided" && decided.area("text") == "Four days.")
    #expect(decided.text.contains("Three days, <strong>sent</strong>."))
  }

  @Test func `A rejected draft leaves nothing but a sample`() throws {
    try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    let done = desk.owner.post(
      "/drafts/\(draft)/rejection", ["version": desk.fields(draft).version, "nonce": "r", "reason": "tone", "note": "Too cold"])
    #expect(done.status == 303)
    #expect(desk.owner.get("/drafts/\(draft)").fact("action") == "reject")
    #expect(try site.text("SELECT action || ' ' || reason FROM learning_samples") == "reject tone")
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
  }

  @Test func `An answer by hand retires the draft`() throws {
    let conversation = try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    let page = desk.owner.get("/conversations/\(conversation)")
    let seen = page.field("seen", ofForm: "/conversations/\(conversation)/reply") ?? ""
    #expect(desk.owner.post("/conversations/\(conversation)/reply", ["text": "By hand.", "seen": seen, "nonce": "h"]).status == 303)
    #expect(desk.state(draft) == "superseded")
    site.pass(seconds: 31)
    try site.work()
    let mails = try site.mails()
    #expect(mails.count == 1)
    #expect(mails.first?.contains("By hand.") == true)
    #expect(desk.owner.get("/conversations/\(conversation)").fact("state") == "waiting")
  }

  @Test func `An answer by hand that cannot be taken now comes back as it was typed`() throws {
    let conversation = try desk.write("How long does delivery take?")
    let path = "/conversations/\(conversation)"
    let colleague = try desk.member("bia@x.test")
    func answer(_ text: String, as browser: Browser, nonce: String) -> Page {
      let seen = browser.get(path).field("seen", ofForm: path + "/reply") ?? ""
      return browser.post(path + "/reply", ["text": text, "seen": seen, "nonce": nonce])
    }
    #expect(answer("The first.", as: desk.owner, nonce: "a").status == 303)
    let waits = answer("The second & <longer> one.", as: colleague, nonce: "b")
    #expect(waits.status == 409)
    #expect(waits.fact("conflict") == "decided")
    #expect(waits.area("text") == "The second & <longer> one.")
    try desk.write("Never mind.")
    let held = answer("The third.", as: colleague, nonce: "c")
    #expect(held.status == 409)
    #expect(held.fact("conflict") == "held")
    #expect(held.area("text") == "The third.")
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
  }

  /// What happens to whoever has the page open, and with which status their answer comes back.
  static let endings: [(sql: SQL, status: Int)] = [
    ("DELETE FROM web_sessions WHERE user_id = (SELECT id FROM users WHERE email = 'bia@x.test')", 401),
    ("UPDATE users SET role = 'viewer' WHERE email = 'bia@x.test'", 403),
  ]

  @Test(arguments: endings.indices)
  func `Hard case 7: the session ends or the role is lowered while the page is open: the text is on the page that refuses it`(
    place: Int
  ) throws {
    let ending = Self.endings[place]
    try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    let bia = try desk.member("bia@x.test")
    let form = desk.fields(draft, as: bia)
    try site.owner.run(ending.sql)
    let fields: KeyValuePairs = ["version": form.version, "seen": form.seen, "nonce": "n", "text": "My half-written <answer>"]
    let ours = ["sec-fetch-site": "same-origin", "origin": "https://heed.test"]
    let page = bia.post("/drafts/\(draft)/approval", fields, ours)
    #expect(page.status == ending.status)
    #expect(page.area("text") == "My half-written <answer>")
    for headers in [[:], ["origin": "https://heed.test"], ["sec-fetch-site": "cross-site", "origin": "https://evil.example"]] {
      let plain = bia.post("/drafts/\(draft)/approval", fields, headers)
      #expect(plain.status == ending.status || plain.status == 403)
      #expect(!plain.text.contains("half-written"))
    }
    #expect(desk.state(draft) == "pending")
  }

  @Test func `Whoever answers by hand is told that nobody reads there, and what is added below`() throws {
    let mute = try desk.write("Your order has left.", in: "c8", email: "no-reply@shop.example")
    let other = try desk.write("How long does delivery take?", in: "c9", email: "bea@customer.example")
    let page = desk.owner.get("/conversations/\(mute)")
    #expect(page.text.contains("no-reply@shop.example reads no answers"))
    #expect(page.text.contains("Signature that is added"))
    #expect(!desk.owner.get("/conversations/\(other)").text.contains("reads no answers"))
  }

  @Test func `Spam takes back what was about to leave, with its draft`() throws {
    let conversation = try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    desk.approve(draft)
    #expect(desk.owner.post("/conversations/\(conversation)/spam").status == 303)
    #expect(desk.state(draft) == "superseded")
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
  }

  @Test func `Spam takes back what a server has put off`() throws {
    let conversation = try desk.write("How long does delivery take?")
    let draft = try desk.draft()
    desk.approve(draft)
    try site.owner.run("UPDATE messages SET sending = 'queued', attempts = 1 WHERE direction = 'outbound'")
    #expect(desk.owner.post("/conversations/\(conversation)/spam").status == 303)
    #expect(desk.state(draft) == "superseded")
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
  }

  @Test func `Hard case 25: notes, tags and assignments reach no customer`() throws {
    let conversation = try desk.write("How long does delivery take?")
    let path = "/conversations/\(conversation)"
    #expect(desk.owner.post(path + "/notes", ["text": "Careful.", "nonce": "a"]).status == 303)
    #expect(desk.owner.post(path + "/tags", ["tags": "vip, late , vip"]).status == 303)
    #expect(desk.owner.post(path + "/assignment", ["member": desk.owner.user.text]).status == 303)
    let page = desk.owner.get(path)
    #expect(page.fact("tags") == "vip, late")
    #expect(page.fact("assignee") == "Ana")
    #expect(page.text.contains("Careful."))
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
  }
}
