import Postgres
import Testing

@testable import App
@testable import Domain

/// What two pages, two presses or two programs say of one thing.
@Suite struct TwoPagesTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  private func path(_ id: String) -> String { "/conversations/\(id)" }

  @Test func `A reply whose page is older than a colleague's answer is told so, and a second press sends it`() throws {
    let id = try desk.write("How long?")
    let bia = try desk.member("bia@x.test")
    let action = path(id) + "/reply"
    let old = bia.get(path(id))
    let (seen, answered) = (try old.field("seen", ofForm: action).unwrapped, try old.field("answered", ofForm: action).unwrapped)
    #expect(answered == "")
    #expect(desk.owner.post(action, ["text": "Two days.", "seen": seen, "answered": "", "nonce": "a"]).status == 303)
    site.pass(seconds: 31)
    try site.work()
    let page = bia.post(action, ["text": "Three days.", "seen": seen, "answered": answered, "nonce": "b"])
    #expect(page.status == 409 && page.fact("conflict") == "decided" && page.area("text") == "Three days.")
    #expect(page.text.contains("Somebody has answered since you opened this page.") && page.text.contains("Two days."))
    let fresh = try page.field("answered", ofForm: action).unwrapped
    #expect(bia.post(action, ["text": "Three days.", "seen": seen, "answered": fresh, "nonce": "c"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM messages WHERE direction = 'outbound'") == 2)
  }

  @Test func `Two notes of one page are two, one of one press is one, and what was merged has its next where it went`() throws {
    let (a, b) = (try desk.write("One"), try desk.write("Two", in: "b"))
    let notes = path(a) + "/notes"
    for text in ["First", "First", "Second"] { #expect(desk.owner.post(notes, ["text": text, "nonce": "n"]).status == 303) }
    #expect(try site.text("SELECT string_agg(text, ' ' ORDER BY text) FROM conversation_notes") == "First Second")
    #expect(desk.owner.post(path(a) + "/merge", ["into": b]).status == 303)
    #expect(desk.owner.post(notes, ["text": "Third", "nonce": "m"]).location?.hasPrefix(path(b)) == true)
    for way in ["claim", "seen"] { #expect(desk.owner.post(path(a) + "/" + way).status == 409, "\(way)") }
    #expect(desk.owner.post(path(a) + "/tags", ["tags": "vip"]).status == 409)
    #expect(desk.owner.post(path(a) + "/assignment", ["member": desk.owner.user.text]).status == 409)
    #expect(try site.count("SELECT count(*) FROM conversation_notes WHERE conversation_id = \(b)::uuid") == 3)
  }

  @Test func `A program that counts the messages of each conversation from one loses none`() throws {
    let first = desk.post(desk.body("One", conversation: "a", message: "m1"))
    let other = desk.post(desk.body("Two", conversation: "b", message: "m1"))
    #expect(first.status == 201 && other.status == 201 && other.text != first.text)
    #expect(try site.count("SELECT count(*) FROM conversations") == 2)
    // Each of them again is itself, whatever it says by then.
    for (text, conversation, page) in [("Two", "b", other), ("One", "a", first), ("One, I said", "a", first)] {
      let again = desk.post(desk.body(text, conversation: conversation, message: "m1"))
      #expect(again.status == 200 && again.text == page.text, "\(text)")
    }
    #expect(try site.count("SELECT count(*) FROM messages") == 2)
    #expect(try site.count("SELECT count(*) FROM message_revisions") == 1)
  }

  /// Another post with the id of a first: what it says, of whom, when, and whether it is the same.
  static let others = [
    ("One", "ana@customer.example", "2026-11-21T09:00:00Z", 200), ("Two", "ana@customer.example", "2026-11-21T09:00:00Z", 201),
    ("One", "bea@customer.example", "2026-11-21T09:00:00Z", 201), ("One", "ana@customer.example", "2026-11-21T09:00:01Z", 201),
    ("One", "ana@customer.example", "", 201),
  ]

  @Test(arguments: others)
  func `Hard case 9: an id that comes with another conversation of its channel is the same message where sender, time and words are`(
    text: String, email: String, sentAt: String, status: Int
  ) throws {
    func body(_ text: String, _ conversation: String, _ email: String, _ sentAt: String) -> String {
      let plain = desk.body(text, conversation: conversation, message: "m1", email: email)
      return sentAt.isEmpty ? plain : plain.replacing("\"body_text\"", with: "\"sent_at\":\"\(sentAt)\",\"body_text\"")
    }
    let first = desk.post(body("One", "a", "ana@customer.example", "2026-11-21T09:00:00Z"))
    let other = desk.post(body(text, "b", email, sentAt))
    #expect(first.status == 201 && other.status == status && (other.text == first.text) == (status == 200))
    let kept = status == 200 ? 1 : 2
    #expect(try site.count("SELECT count(*) FROM messages") == kept)
    #expect(try site.count("SELECT count(*) FROM conversations") == kept)
    #expect(try site.count("SELECT count(*) FROM message_revisions") == 0)
  }

  @Test func `Hard case 9: of two visitors without an address who say the same under one id none is lost`() throws {
    let chat = try Desk(site, as: desk.owner, type: .chat)
    for conversation in ["a", "b"] {
      #expect(chat.post(chat.body("Hi", conversation: conversation, message: "1", email: "")).status == 201)
    }
    #expect(try site.count("SELECT count(*) FROM messages") == 2)
  }

  @Test(arguments: [(#"{"a":"x\u0000"}"#, 422), (#"{"a":"x\\u0000"}"#, 201), (#"{"\u0000":1}"#, 422), (#"{"a":"\\"}"#, 201)])
  func `NUL in what a program notes of a message is refused, and what looks like it is not`(metadata: String, status: Int) {
    let body = desk.body("One", message: "m1").replacing("\"body_text\"", with: "\"metadata\":\(metadata),\"body_text\"")
    #expect(desk.post(body).status == status)
  }
}
