import Domain
import Foundation
import Postgres
import Testing

@testable import App

/// A member passes on to the channel what a customer wrote to them (RULES 6.18).
@Suite("Hard case 23: the sender of a forwarded mail as the customer")
struct ForwardedCustomerTests {
  let box: Mailbox
  let mia: Browser
  var site: Site { box.site }
  var owner: Browser { box.desk.owner }

  init() throws {
    box = try Mailbox(target: 60)
    mia = try box.desk.member("mia@x.test")
  }

  /// How a mail is passed on.
  enum Way: CaseIterable {
    case inText, asFile

    var mail: String {
      switch self {
      case .inText: ForwardedCustomerTests.mail(from: "Mia <mia@x.test>")
      case .asFile:
        Mailbox.mail(
          from: "Mia <mia@x.test>", subject: "FW: Help", id: "m1@x.test",
          heads: "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n",
          "--b\nContent-Type: text/plain\n\nCould somebody answer him?\n--b\nContent-Type: message/rfc822\n\nFrom: Carl Lima <carl@customer.example>\n"
            + "To: mia@x.test\nSubject: Help\nMessage-ID: <c1@customer.example>\n\nHow long does delivery take?\n--b--")
      }
    }
  }

  static func mail(from: String) -> String {
    Mailbox.mail(
      from: from, subject: "Fwd: Help", id: "m1@x.test",
      "Could somebody answer him?\n\n---------- Forwarded message ---------\nFrom: Carl Lima <carl@customer.example>\n"
        + "Date: Mon, Jan 4, 2027 at 8:00 AM\nSubject: Help\nTo: Mia <mia@x.test>\n\nHow long does delivery take?")
  }

  private func path(_ id: String) -> String { "/conversations/\(id)/customer" }
  private func customer(_ id: String) -> String? { owner.get("/conversations/\(id)").fact("customer") }
  private func offer(_ id: String, to browser: Browser? = nil) -> String? {
    (browser ?? owner).get("/conversations/\(id)").field("address", ofForm: path(id))
  }
  private func press(_ id: String, _ address: String = "carl@customer.example", by browser: Browser? = nil) -> Page {
    (browser ?? owner).post(path(id), ["address": address])
  }
  private func entries() throws -> Int { try site.count("SELECT count(*) FROM audit_log WHERE action LIKE 'conversation.customer_%'") }
  private func recipients(_ message: String) throws -> String? {
    try site.text("SELECT array_to_string(recipients || copies, ' ') FROM messages WHERE message_id = \(message)")
  }

  @Test(arguments: Way.allCases)
  func `Hard case 23: whoever wrote what a member passes on is offered, and not guessed`(way: Way) throws {
    let id = try box.take(way.mail)
    #expect(customer(id) == "mia@x.test")
    #expect(offer(id) == "carl@customer.example")
    #expect(owner.get("/conversations/\(id)").text.contains("The forwarded mail is from Carl Lima (carl@customer.example)."))
    #expect(try site.count("SELECT count(*) FROM customer_addresses WHERE address_key = 'carl@customer.example'") == 0)
    #expect(try site.count("SELECT count(*) FROM participants WHERE address_key = 'carl@customer.example'") == 0)
    // As long as nobody presses, answers go to the member.
    #expect(try recipients(box.answer(id)) == "mia@x.test")
  }

  @Test(arguments: [
    ForwardedCustomerTests.mail(from: "Ana Souza <ana@customer.example>"),
    Mailbox.mail(from: "mia@x.test", id: "m1@x.test", "A question of mine.\n\nFrom: Carl <carl@customer.example>"),
    ForwardedCustomerTests.mail(from: "mia@x.test").replacingOccurrences(of: "carl@customer.example", with: "support@desk.example"),
    ForwardedCustomerTests.mail(from: "mia@x.test").replacingOccurrences(of: "carl@customer.example", with: "owner@x.test"),
  ])
  func `Hard case 23: nobody is offered for a customer's forward, for what is none, and of ourselves`(mail: String) throws {
    let id = try box.take(mail)
    #expect(offer(id) == nil)
    #expect(press(id).status == 422)
    #expect(try entries() == 0)
  }

  @Test(arguments: Way.allCases)
  func `Hard case 23: pressed, the sender is the customer, later answers go there, and theirs come back here`(way: Way) throws {
    let id = try box.take(way.mail)
    let draft = try box.desk.draft(id)
    let page = press(id, by: mia)
    #expect(page.status == 303 && page.location?.hasSuffix("/conversations/\(id)") == true)
    #expect(customer(id) == "carl@customer.example" && offer(id) == nil)
    #expect(
      try site.text("SELECT u.name FROM customers u JOIN conversations v ON v.customer_id = u.id WHERE v.id::text = \(id)") == "Carl Lima")
    #expect(try entries() == 1)
    #expect(owner.get("/conversations/\(id)").text.contains("made carl@customer.example its customer."))
    // What was written for the member is written anew.
    #expect(box.desk.state(draft) == "superseded")
    let ours = try box.answer(id)
    #expect(try recipients(ours) == "carl@customer.example")
    #expect(try site.mails().contains { $0.contains("carl@customer.example") })
    let answer = Mailbox.mail(
      from: "carl@customer.example", subject: "Re: Help", id: "c2@customer.example", answering: ours, "And to Recife?")
    #expect(try box.take(answer) == id)
    #expect(try box.of(id, "state") == "open")
    #expect(try site.count("SELECT count(*) FROM messages WHERE is_stranger") == 0)
    #expect(try recipients(box.answer(id)) == "carl@customer.example")
    // The member is its customer no more: what they write answers.
    let theirs = Mailbox.mail(
      from: "Mia <mia@x.test>", to: "carl@customer.example", subject: "Re: Help", id: "m2@x.test", answering: "<c2@customer.example>",
      heads: "Cc: support@desk.example\n", "Three days.")
    #expect(try box.take(theirs) == id)
    #expect(try site.text("SELECT direction FROM messages WHERE message_id = '<m2@x.test>'") == "outbound")
  }

  @Test func `Hard case 23: pressed twice it is done once; taken back, it is as before and offered again`() throws {
    let id = try box.take(Way.inText.mail)
    for _ in 0..<2 { #expect(press(id).status == 303) }
    #expect(try entries() == 1)
    #expect(try site.count("SELECT count(*) FROM conversation_events WHERE kind = 'customer'") == 1)
    #expect(try site.count("SELECT count(*) FROM customer_addresses WHERE address_key = 'carl@customer.example'") == 1)
    for _ in 0..<2 { #expect(owner.post(path(id) + "/deletion").status == 303) }
    #expect(try entries() == 2)
    #expect(customer(id) == "mia@x.test" && offer(id) == "carl@customer.example")
    #expect(try recipients("<m1@x.test>") == "mia@x.test")
    #expect(press(id).status == 303)
    #expect(customer(id) == "carl@customer.example")
  }

  @Test func `Hard case 23: a viewer is offered nobody and may not choose`() throws {
    let id = try box.take(Way.inText.mail)
    let viewer = try box.desk.member("vera@x.test", .viewer)
    #expect(viewer.get("/conversations/\(id)").status == 200)
    #expect(offer(id, to: viewer) == nil)
    #expect(press(id, by: viewer).status == 403)
    #expect(viewer.post(path(id) + "/deletion").status == 403)
    #expect(try customer(id) == "mia@x.test" && entries() == 0)
  }

  @Test(arguments: ["eve@evil.example", "", "mia@x.test", "support@desk.example", "carl@customer.example,eve@evil.example", "Carl Lima"])
  func `Hard case 23: an address that is not offered is 422 and changes nothing`(address: String) throws {
    let id = try box.take(Way.inText.mail)
    #expect(press(id, address).status == 422)
    #expect(try customer(id) == "mia@x.test" && entries() == 0)
    #expect(try site.count("SELECT count(*) FROM customers") == 1)
  }

  @Test func `Hard case 23: while an answer may still be taken back nobody else becomes the customer`() throws {
    let id = try box.take(Way.inText.mail)
    let draft = try box.desk.draft(id)
    box.desk.approve(draft)
    #expect(press(id).status == 409)
    #expect(try customer(id) == "mia@x.test" && entries() == 0)
    #expect(owner.post("/drafts/\(draft)/undo").status == 303)
    #expect(press(id).status == 303)
  }

  @Test func `Hard case 23: of two accounts each has a customer of that address of its own`() throws {
    let theirs = try Desk(site, as: site.person("olga@y.test"))
    let other = try theirs.write("Where is my order?", email: "carl@customer.example")
    let id = try box.take(Way.inText.mail)
    #expect(press(id, by: theirs.owner).status == 404)
    #expect(theirs.owner.post(path(id) + "/deletion").status == 404)
    #expect(press(id).status == 303)
    #expect(
      try site.count(
        "SELECT count(DISTINCT (account_id, customer_id)) FROM customer_addresses WHERE address_key = 'carl@customer.example'") == 2)
    #expect(
      try site.count(
        """
        SELECT count(*) FROM conversations v JOIN customers u ON u.id = v.customer_id AND u.account_id = v.account_id
        WHERE v.id::text IN (\(id), \(other))
        """) == 2)
    #expect(owner.get("/conversations/\(other)").status == 404)
  }
}
