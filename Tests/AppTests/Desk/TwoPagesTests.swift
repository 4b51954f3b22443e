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

  @Test func `Two notes of one page are two, one of one press is one, and none goes to a conversation that was merged`() throws {
    let (a, b) = (try desk.write("One"), try desk.write("Two", in: "b"))
    let notes = path(a) + "/notes"
    for text in ["First", "First", "Second"] { #expect(desk.owner.post(notes, ["text": text, "nonce": "n"]).status == 303) }
    #expect(try site.text("SELECT string_agg(text, ' ' ORDER BY text) FROM conversation_notes") == "First Second")
    #expect(desk.owner.post(path(a) + "/merge", ["into": b]).status == 303)
    #expect(desk.owner.post(notes, ["text": "Third", "nonce": "m"]).status == 409)
    for way in ["claim", "seen"] { #expect(desk.owner.post(path(a) + "/" + way).status == 409, "\(way)") }
    #expect(desk.owner.post(path(a) + "/tags", ["tags": "vip"]).status == 409)
    #expect(desk.owner.post(path(a) + "/assignment", ["member": desk.owner.user.text]).status == 409)
    #expect(try site.count("SELECT count(*) FROM conversation_notes") == 2)
  }

  @Test func `A program that counts the messages of each conversation from one loses none`() throws {
    let first = desk.post(desk.body("One", conversation: "a", message: "m1"))
    let other = desk.post(desk.body("Two", conversation: "b", message: "m1"))
    #expect(first.status == 201 && other.status == 201 && other.text != first.text)
    #expect(try site.count("SELECT count(*) FROM conversations") == 2)
  }

  @Test(arguments: [(#"{"a":"x\u0000"}"#, 422), (#"{"a":"x\\u0000"}"#, 201), (#"{"\u0000":1}"#, 422), (#"{"a":"\\"}"#, 201)])
  func `NUL in what a program notes of a message is refused, and what looks like it is not`(metadata: String, status: Int) {
    let body = desk.body("One", message: "m1").replacing("\"body_text\"", with: "\"metadata\":\(metadata),\"body_text\"")
    #expect(desk.post(body).status == status)
  }
}
