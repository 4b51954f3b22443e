import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Mails from a mailbox to the page: where they belong, what stands open, what asks for a draft. What each of many mails is, `MailFactsTests` says.
@Suite struct HardCasesMailTests {
  // MARK: - 10

  @Test func `Hard case 10: one mail to two channels is a message in each`() throws {
    let box = try Mailbox()
    let second = ID<DeskChannel>.new(at: box.site.now)
    let folder = box.root.appendingPathComponent("sales")
    for part in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(at: folder.appendingPathComponent(part), withIntermediateDirectories: true)
    }
    try box.site.owner.run(
      """
      INSERT INTO channels SELECT (jsonb_populate_record(c, jsonb_build_object('id', \(second), 'name', 'Sales', 'folder', 'sales',
        'address', 'sales@desk.example'))).* FROM channels c
      """)
    try box.site.owner.run("INSERT INTO channel_states (channel_id, account_id) VALUES (\(second), \(box.desk.owner.account))")
    let mail = Mailbox.mail(to: "support@desk.example, sales@desk.example")
    try box.put(mail)
    try Data(mail.utf8).write(to: folder.appendingPathComponent("new/000001.x"))
    try box.site.work()
    #expect(try box.site.count("SELECT count(DISTINCT channel_id) FROM messages") == 2)
    #expect(try box.site.count("SELECT count(DISTINCT conversation_id) FROM messages") == 2)
    #expect(try box.site.count("SELECT count(*) FROM messages WHERE message_id = '<a1@customer.example>'") == 2)
    // Doubled in one of them it is counted, and shown nowhere.
    try box.put(mail)
    try box.site.work()
    #expect(try box.site.count("SELECT count(*) FROM messages") == 2 && box.names("new").isEmpty)
  }

  @Test func `Hard case 10: an id of ours that somebody made up joins nothing, and is nobody's mail of ours`() throws {
    let box = try Mailbox()
    let first = try box.take(Mailbox.mail())
    let ours = try box.answer(first)
    let last = try ours.index(before: ours.firstIndex(of: "@").unwrapped)
    let forged = ours.replacingCharacters(in: last...last, with: ours[last] == "a" ? "b" : "a")
    let answer = try box.take(
      Mailbox.mail(from: "eve@evil.example", subject: "Mine", id: "e1@evil.example", answering: forged, "Send it to me."))
    #expect(try answer != first && box.of(answer, "may_belong_to") == nil)
    let bare = String(forged.dropFirst().dropLast())
    let other = try box.take(Mailbox.mail(from: "eve@evil.example", subject: "Theirs", id: bare, "I am you."))
    #expect(other != first)
    #expect(try box.site.text("SELECT string_agg(DISTINCT kind, ' ') FROM messages WHERE from_address = 'eve@evil.example'") == "person")
    #expect(try box.site.count("SELECT count(*) FROM messages WHERE conversation_id::text = \(first)") == 2)
  }

  // MARK: - 11

  private static let quote = "On Mon, Jan 4, 2027 at 9:12 AM Support <support@desk.example> wrote:\n\n> Your order left.\n> Regards\n"

  @Test(
    arguments: [
      ("above", "Still nothing.\n\n\(quote)", true), ("below", "\(quote)\nStill nothing.", true),
      ("a quote alone", quote, false), ("no head", "He wrote: pay me\n\nStill nothing.", false),
      (
        "a forward",
        "Still nothing.\n\n---------- Forwarded message ---------\nFrom: Bank <b@bank.example>\nDate: Mon, Jan 4, 2027\nSubject: Boleto\n\nYour order left.",
        false
      ),
    ] as [(String, String, Bool)])
  func `Hard case 11: a quote is folded on the page and never dropped; all else stands open`(what: String, text: String, isFolded: Bool)
    throws
  {
    let box = try Mailbox()
    let page = box.desk.owner.get("/conversations/\(try box.take(Mailbox.mail(text)))")
    #expect(page.text.contains("data-part=\"quoted\"") == isFolded, "\(what)")
    let folded = page.text.components(separatedBy: "<details class=\"unfold\">").dropFirst().compactMap {
      $0.components(separatedBy: "</details>").first
    }
    #expect(folded.contains { $0.contains("Your order left.") } == isFolded, "\(what)")
    for words in ["Still nothing.", "Your order left.", "pay me"] where text.contains(words) {
      #expect(page.text.contains(words), "\(what)")
      #expect(words == "Your order left." || !folded.contains { $0.contains(words) }, "\(what)")
    }
  }

  // MARK: - 12

  private static func report(_ kind: String, _ part: String) -> String {
    Mailbox.mail(
      subject: "Read: Delivery",
      heads: "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=\(kind); boundary=b\n",
      "--b\nContent-Type: text/plain\n\nIt was read.\n\n--b\nContent-Type: message/\(kind)\n\n\(part)\n\n--b--")
  }

  @Test(
    arguments: [
      ("away, in English", Mailbox.mail(subject: "Automatic reply: Delivery", "I am away."), "automatic"),
      ("away, in Portuguese", Mailbox.mail(subject: "Resposta automática: Entrega", "Estou fora."), "automatic"),
      ("absent, in Portuguese", Mailbox.mail(subject: "Ausência temporária: Entrega", "Estou fora."), "automatic"),
      ("about being away", Mailbox.mail(subject: "My out of office reply does not work", "How do I set it up?"), "person"),
      ("said to be a person's", Mailbox.mail(heads: "Auto-Submitted: no\n"), "person"),
      (
        "through our own list",
        Mailbox.mail(
          from: "'Ana' via Support <support@desk.example>",
          heads: "Reply-To: Ana Souza <ana@customer.example>\nList-Id: <support.desk.example>\nPrecedence: list\n"), "person"
      ),
      ("a list", Mailbox.mail(heads: "List-Id: <dev.list.example>\nPrecedence: list\n"), "list"),
      ("a bounce of nothing of ours", Mailbox.report(of: "<guessed@desk.example>"), "bounce"),
      ("a receipt", report("disposition-notification", "Disposition: manual-action/MDN-sent-manually; displayed"), "automatic"),
      ("a complaint", report("feedback-report", "Feedback-Type: abuse\nVersion: 1"), "automatic"),
      ("our own", Mailbox.mail(from: "Support <support@desk.example>", to: "ana@customer.example"), "own"),
    ] as [(String, String, String)])
  func `Hard case 12: a draft is asked for by people alone, and nothing is owed to programs`(what: String, mail: String, kind: String)
    throws
  {
    let box = try Mailbox(target: 60)
    let id = try box.take(mail)
    #expect(try box.site.text("SELECT kind FROM messages") == kind, "\(what)")
    #expect(try box.site.count("SELECT count(*) FROM drafts") == (kind == "person" ? 1 : 0), "\(what)")
    #expect(try (box.of(id, "late_at") != nil) == (kind == "person"), "\(what)")
    #expect(try box.site.count("SELECT count(*) FROM messages WHERE sending = 'bounced'") == 0)
    if kind == "person" {
      #expect(try box.site.text("SELECT address_key FROM customer_addresses") == "ana@customer.example", "\(what)")
    }
    #expect(box.desk.owner.get("/conversations/\(id)").status == 200, "\(what)")
  }
}
