import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// What customers are told at once (RULES 6.25). Saturday 21 November 2026, 09:00 in UTC, is when they write.
@Suite("Acknowledgements")
struct AcknowledgementTests {
  private func box(_ when: String = "always", address: String = "support@desk.example") throws -> Mailbox {
    let box = try Mailbox(address: address)
    try box.site.owner.run("UPDATE channels SET acknowledge_when = \(when), acknowledge = 'It has **come**.'")
    return box
  }

  private func told(_ box: Mailbox) throws -> Int {
    try box.site.work()
    return try box.site.count("SELECT count(*) FROM messages WHERE direction = 'outbound' AND kind = 'automatic' AND sending = 'sent'")
  }

  @Test func `a customer is told once, by a mail that says that nobody wrote it, and is owed an answer as before`() throws {
    let box = try box()
    let id = try box.take(Mailbox.mail())
    #expect(try told(box) == 1)
    let mail = try box.site.mails().first.unwrapped
    #expect(mail.contains("Auto-Submitted: auto-replied") && mail.contains("X-Auto-Response-Suppress: All"))
    #expect(mail.contains("In-Reply-To: <a1@customer.example>") && mail.contains("Subject: Re: Delivery"))
    #expect(mail.contains("To: ana@customer.example") && mail.contains("It has"))
    #expect(try box.of(id, "state") == "open" && box.of(id, "waiting_since") != nil)
    #expect(try box.site.count("SELECT count(*) FROM drafts WHERE state = 'pending'") == 1)
    let page = box.desk.owner.get("/conversations/\(id)")
    #expect(page.text.contains("The customer was told that their message has come.") && page.text.contains("<strong>come</strong>"))
    #expect(!page.text.contains("The answer was sent."))
    // What they write next in it is not acknowledged, and the answer to both leaves as any does.
    try box.take(Mailbox.mail(id: "a2@customer.example", answering: "<a1@customer.example>", "And how much is it?"))
    #expect(try told(box) == 1)
    #expect(try box.answer(id).hasPrefix("<heed."))
    #expect(try box.of(id, "state") == "waiting" && box.of(id, "waiting_since") == nil)
  }

  @Test func `a customer is told once a day, whatever they write about`() throws {
    let box = try box()
    try box.take(Mailbox.mail())
    try box.take(Mailbox.mail(subject: "Colours", id: "b1@customer.example", "Is it red?"))
    #expect(try told(box) == 1)
    box.site.pass(hours: 25)
    try box.take(Mailbox.mail(subject: "Sizes", id: "c1@customer.example", "Is it large?"))
    #expect(try told(box) == 2)
  }

  @Test(arguments: [(23, 1), (25, 0)])
  func `nobody hears a day later that their message has come`(hours: Int, letters: Int) throws {
    let box = try box("never")
    let id = try box.take(Mailbox.mail())
    let message: ID<DeskMessage> = try box.site.owner.value("SELECT newest_inbound_id FROM conversations WHERE id = \(id)::uuid").unwrapped
    try box.site.owner.run("UPDATE channels SET acknowledge_when = 'always'")
    box.site.pass(hours: hours)
    let account = box.desk.owner.account
    try box.site.owner.run(Job.asking(for: AcknowledgementWork.name, at: message.text, of: account, now: box.site.now))
    #expect(try told(box) == letters)
  }

  @Test(arguments: [
    ("a robot", Mailbox.mail(heads: "Auto-Submitted: auto-replied\n", "I am away.")),
    ("a list", Mailbox.mail(heads: "List-Id: <dev.list.example>\n", "Hi")),
    ("nobody", Mailbox.mail(from: "no-reply@shop.example", "Your parcel")),
    ("a mail server", Mailbox.report(of: "<x@desk.example>")),
    ("spam", Mailbox.mail(heads: "X-Spam-Flag: YES\n", "Buy this")),
  ])
  func `nothing is said to what no person wrote, and to spam`(who: String, mail: String) throws {
    let box = try box()
    try box.site.owner.run("UPDATE channels SET trusts_spam = true")
    try box.put(mail)
    #expect(try told(box) == 0, "\(who)")
    #expect(try box.site.count("SELECT count(*) FROM messages") == 1, "\(who)")
    #expect(try box.site.mails().isEmpty, "\(who)")
  }

  @Test func `Hard case 12: two desks that answer each other are silent after one, also where the other does not say what it is`() throws {
    let (ours, theirs, rude) = (try box(), try box(address: "help@other.example"), try box(address: "help@other.example"))
    try ours.take(Mailbox.mail(from: "Help <help@other.example>", "How long does delivery take?"))
    #expect(try told(ours) == 1)
    let said = try ours.site.mails().first.unwrapped
    // An id that is another program's: all sites of tests have one secret.
    func sent(_ mail: String) -> String { mail.replacingOccurrences(of: "<heed.", with: "<other.") }
    try theirs.put(sent(said))
    #expect(try told(theirs) == 0)
    #expect(try theirs.site.text("SELECT kind FROM messages") == "automatic")
    func bare(_ mail: String) -> String {
      ["Auto-Submitted", "X-Auto-Response-Suppress"].reduce(sent(mail)) { $0.replacingOccurrences(of: $1, with: "X-Nothing") }
    }
    try rude.put(bare(said))
    #expect(try told(rude) == 1)
    try ours.put(bare(rude.site.mails().first.unwrapped))
    #expect(try told(ours) == 1)
    #expect(
      try ours.site.text("SELECT string_agg(kind || ' ' || direction, ', ' ORDER BY number) FROM messages")
        == "person inbound, automatic outbound, person inbound")
    #expect(try ours.site.count("SELECT count(*) FROM conversations") == 1)
  }

  @Test(arguments: [("never", "", 0), ("closed", "", 0), ("closed", "mon-fri 09:00-18:00", 1), ("closed", "sat 08:00-18:00", 0)])
  func `it is off by default, or for what comes outside of the hours alone`(when: String, hours: String, count: Int) throws {
    let box = try box(when)
    try box.site.owner.run("UPDATE channels SET hours = \(hours)")
    try box.take(Mailbox.mail())
    #expect(try told(box) == count)
  }

  @Test func `who writes in another language than the channel's reads a sentence of ours in theirs`() throws {
    let box = try box()
    try box.take(Mailbox.mail(subject: "Entrega", "Bom dia, quanto tempo demora a entrega do meu pedido para Recife? Obrigada."))
    #expect(try told(box) == 1)
    #expect(
      try box.site.text("SELECT source FROM messages WHERE direction = 'outbound'")
        == "Obrigado pela sua mensagem. Ela chegou, e você receberá uma resposta.")
  }

  @Test func `one that cannot be delivered changes nothing of its conversation`() throws {
    let box = try box()
    let id = try box.take(Mailbox.mail())
    #expect(try told(box) == 1)
    let ours = try box.site.text("SELECT message_id FROM messages WHERE direction = 'outbound'").unwrapped
    try box.put(Mailbox.report(of: ours))
    try box.site.work()
    #expect(try box.site.text("SELECT sending FROM messages WHERE direction = 'outbound'") == "bounced")
    #expect(try box.of(id, "state") == "open" && box.of(id, "waiting_since") != nil)
    #expect(box.desk.owner.get("/drafts").fact("count-attention") == "0")
    #expect(try box.site.count("SELECT count(*) FROM notifications") == 0)
  }
}
