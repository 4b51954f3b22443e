import Domain
import Foundation
import Postgres
import Testing

@testable import App

/// What an undo gives back, what becomes of an old form after it, and what is done about an answer by hand that is kept back.
@Suite struct AnswerUndoTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  /// Whether the box of that name is ticked in a form.
  private func isTicked(_ name: String, _ form: String) -> Bool {
    form.components(separatedBy: "name=\"\(name)\"").dropFirst().first?.components(separatedBy: ">").first?.contains("checked") ?? false
  }

  private func reply(_ conversation: String) -> String { "/conversations/\(conversation)/reply" }

  private func seen(_ conversation: String) -> String {
    desk.owner.get("/conversations/\(conversation)").field("seen", ofForm: reply(conversation)) ?? ""
  }

  private func message(_ sending: DeskMessage.Sending) throws -> String {
    try site.text("SELECT id::text FROM messages WHERE sending = \(sending) ORDER BY number DESC LIMIT 1").unwrapped
  }

  // MARK: - 4

  @Test(arguments: [("in 3 days", "on"), ("in 3 days", ""), ("", "on"), ("", "")])
  func `Hard case 4: an undo gives back when to be reminded and whether to close, of drafts and of answers by hand`(
    words: String, close: String
  ) throws {
    let conversation = try desk.write("How long?")
    let draft = try desk.draft()
    let (approval, form) = ("/drafts/\(draft)/approval", desk.fields(draft))
    var fields = "csrf=\(desk.owner.token())&text=Two+days.&follow_up=\(Browser.encoded(words))"
    if !close.isEmpty { fields += "&close=on" }
    let approved = desk.owner.post(approval, raw: Array((fields + "&version=\(form.version)&seen=\(form.seen)&nonce=a").utf8))
    #expect(approved.status == 303, "\(approved.complaints)")
    #expect(desk.owner.post("/drafts/\(draft)/undo").status == 303)
    let review = try desk.owner.get("/drafts/\(draft)").form(approval).unwrapped
    #expect(isTicked("close", review) == !close.isEmpty)
    #expect(desk.owner.get("/drafts/\(draft)").text.contains("name=\"follow_up\" type=\"text\" value=\"\(words)\""))
    try site.work()

    let sent = desk.owner.post(reply(conversation), raw: Array((fields + "&seen=\(form.seen)&nonce=b").utf8))
    #expect(sent.status == 303, "\(sent.complaints)")
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active'") == (words.isEmpty ? 0 : 1))
    let waiting = try message(.waiting)
    #expect(desk.owner.post("/conversations/\(conversation)/messages/\(waiting)/undo").status == 303)
    let page = desk.owner.get("/conversations/\(conversation)")
    let box = try page.form(reply(conversation)).unwrapped
    #expect(page.area("text") == "Two days." && isTicked("close", box) == !close.isEmpty)
    #expect(page.text.contains("name=\"follow_up\" type=\"text\" value=\"\(words)\""))
    site.pass(minutes: 1)
    try site.work()
    #expect(try site.mails().isEmpty)
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active'") == 0)
  }

  @Test func `Hard case 4: an undo by hand gives the claim, pressed twice it is one, and after the sending it says when that was`() throws {
    let conversation = try desk.write("How long?")
    #expect(desk.owner.post(reply(conversation), ["text": "Two days.", "seen": seen(conversation), "nonce": "a"]).status == 303)
    let first = try message(.waiting)
    let undo = "/conversations/\(conversation)/messages/\(first)/undo"
    for _ in 1...2 { #expect(desk.owner.post(undo).status == 303) }
    #expect(try site.count("SELECT messages FROM conversations") == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'conversation.answer_undone'") == 1)
    #expect(try site.text("SELECT claimed_by::text FROM conversations") == desk.owner.user.text)
    #expect(desk.owner.post(reply(conversation), ["text": "Three days.", "seen": seen(conversation), "nonce": "b"]).status == 303)
    let second = try message(.waiting)
    site.pass(seconds: 31)
    try site.work()
    let late = desk.owner.post("/conversations/\(conversation)/messages/\(second)/undo")
    #expect(late.status == 409 && late.fact("conflict") == "sent")
    #expect(late.text.contains("It was sent today ") && late.text.contains(" and cannot be taken back."))
    #expect(try site.mails().count == 1)
  }

  // MARK: - 1, after an undo

  @Test func `Hard case 1: the old form of a draft that comes again after Undo leads where it led, sends nothing and says so`() throws {
    try desk.write("How long?", subject: "The parcel")
    let draft = try desk.draft()
    let (path, form) = ("/drafts/\(draft)/approval", desk.fields(draft))
    let fields: KeyValuePairs = ["version": form.version, "seen": form.seen, "nonce": "same", "text": "Two days."]
    let told = "Nothing was sent: the answer to “The parcel” was taken back, and its old form is used up."
    let first = desk.owner.post(path, fields)
    // A double press is told what the first was: that it leaves, with its Undo.
    #expect(desk.owner.post(path, fields).location == first.location)
    let twice = desk.owner.get(first.location ?? "")
    #expect(twice.text.contains("The answer leaves in 30 seconds.") && !twice.text.contains(told))
    #expect(desk.owner.post("/drafts/\(draft)/undo").status == 303)
    _ = desk.owner.get("/drafts/\(draft)")
    let again = desk.owner.post(path, fields)
    #expect(again.status == 303 && again.location == first.location)
    #expect(desk.owner.get(again.location ?? "").text.contains(told))
    site.pass(minutes: 1)
    try site.work()
    #expect(try site.mails().isEmpty && desk.state(draft) == "pending")
    #expect(desk.approve(draft, "Two days.", nonce: "new").status == 303)
    _ = desk.owner.get("/drafts")
    #expect(desk.owner.post(path, fields).status == 303)
    #expect(!desk.owner.get("/drafts").text.contains(told))
    site.pass(minutes: 1)
    try site.work()
    #expect(try site.mails().count == 1)
  }

  @Test(arguments: [true, false])
  func `Hard case 1: the old form of an answer by hand, or of a mail that we begin, says after Undo that it sent nothing`(begins: Bool)
    throws
  {
    let known = try desk.write("How long?")
    let path = begins ? "/conversations" : reply(known)
    let fields: KeyValuePairs<String, String> =
      begins
      ? ["channel": desk.channel.text, "to": "new@customer.example", "subject": "Your order", "text": "It is\r\nready.", "nonce": "same"]
      : ["text": "Two\r\ndays.", "seen": seen(known), "nonce": "same"]
    let told = "Nothing was sent: this text was taken back, and its old form is used up. Send it from the box on this page."
    let place = try desk.owner.post(path, fields).location.unwrapped
    #expect(desk.owner.post(path, fields).location == place)
    #expect(!desk.owner.get(place).text.contains(told))
    let waiting = try message(.waiting)
    #expect(desk.owner.post("\(place)/messages/\(waiting)/undo").status == 303)
    _ = desk.owner.get(place)
    let again = desk.owner.post(path, fields)
    #expect(again.status == 303 && again.location == place)
    let page = desk.owner.get(place)
    #expect(page.text.contains(told) && page.area("text") == (begins ? "It is\nready." : "Two\ndays."))
    #expect(try site.count("SELECT count(*) FROM messages WHERE direction = 'outbound'") == 1)
    site.pass(minutes: 1)
    try site.work()
    #expect(try site.mails().isEmpty)
  }

  // MARK: - 2

  @Test func `Hard case 2: an answer by hand that a message held back leaves once, when somebody has seen that and confirms it`() throws {
    let conversation = try desk.write("How long?")
    #expect(desk.owner.post(reply(conversation), ["text": "Three days.", "seen": seen(conversation), "nonce": "a"]).status == 303)
    try desk.write("To Norway, I mean.")
    let held = try message(.held)
    let path = "/conversations/\(conversation)/messages/\(held)/confirmation"
    let page = desk.owner.get("/conversations/\(conversation)")
    #expect(page.text.contains("The customer wrote again before the answer left. Nothing is sent until you say so."))
    let old = try page.field("seen", ofForm: path).unwrapped
    try desk.write("And how much?")
    let newer = desk.owner.post(path, ["seen": old])
    #expect(newer.status == 409 && newer.fact("conflict") == "newer-message" && newer.text.contains("And how much?"))
    #expect(newer.text.contains("The customer has written again."))
    let fresh = try newer.field("seen", ofForm: path).unwrapped
    #expect(try desk.member("val@x.test", .viewer).post(path, ["seen": fresh]).status == 403)
    #expect(desk.owner.post(path, ["seen": fresh]).status == 303)
    #expect(desk.owner.post(path, ["seen": fresh]).status == 409)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'conversation.answer_confirmed'") == 1)
    for _ in 1...2 {
      site.pass(seconds: 31)
      try site.work()
    }
    #expect(try site.mails().count == 1)
    #expect(try site.text("SELECT sending FROM messages WHERE direction = 'outbound'") == "sent")
    #expect(try site.count("SELECT count(*) FROM drafts WHERE state IN ('asked', 'pending')") == 0)
    #expect(desk.owner.get("/conversations/\(conversation)").fact("state") == "waiting")
  }

  @Test func `Hard case 6: a Retry by hand that is held back over what came since can be confirmed too`() throws {
    let conversation = try desk.write("How long?")
    #expect(desk.owner.post(reply(conversation), ["text": "Three days.", "seen": seen(conversation), "nonce": "a"]).status == 303)
    try site.owner.run("UPDATE messages SET sending = 'failed' WHERE direction = 'outbound'")
    try desk.write("Any news?")
    let failed = try message(.failed)
    let place = "/conversations/\(conversation)/messages/\(failed)"
    #expect(desk.owner.post(place + "/retry").status == 303)
    try site.work()
    let page = desk.owner.get("/conversations/\(conversation)")
    let seen = try page.field("seen", ofForm: place + "/confirmation").unwrapped
    #expect(desk.owner.post(place + "/confirmation", ["seen": seen]).status == 303)
    try site.work()
    #expect(try site.mails().count == 1)
  }

  @Test func `Hard case 6: Retry by hand of what is not lost says how that stands, and a wrong address is said beside its field`() throws {
    let conversation = try desk.write("How long?")
    #expect(desk.owner.post(reply(conversation), ["text": "Three days.", "seen": seen(conversation), "nonce": "a"]).status == 303)
    let answer = try message(.waiting)
    let place = "/conversations/\(conversation)/messages/\(answer)"
    for press in ["/retry", "/confirmation"] {
      let early = desk.owner.post(place + press)
      #expect(early.status == 409 && early.fact("conflict") == "decided" && early.form(reply(conversation)) != nil, "\(press)")
    }
    try site.owner.run("UPDATE messages SET sending = 'failed' WHERE direction = 'outbound'")
    let refused = desk.owner.post(place + "/retry", ["to": "nobody"])
    #expect(refused.status == 422 && refused.complaints == ["to"])
    let form = try refused.form(place + "/retry").unwrapped
    #expect(form.contains("value=\"nobody\"") && form.contains("aria-describedby=\"to-complaint\" aria-invalid=\"true\""))
    #expect(try message(.failed) == answer)
    #expect(desk.owner.post(place + "/retry", ["to": "bia@customer.example"]).status == 303)
    try site.work()
    #expect(try site.mails().count == 1)
    for press in ["/retry", "/confirmation"] {
      let late = desk.owner.post(place + press)
      #expect(late.status == 409 && late.fact("conflict") == "sent" && late.text.contains("It was sent today "), "\(press)")
    }
    #expect(try site.mails().count == 1)
  }

  // MARK: - Addresses and forms that nobody has

  static let addresses: [(path: String, status: Int)] = [
    ("/drafts?late=maybe", 422), ("/drafts?late=off", 422), ("/drafts?late=", 200), ("/drafts?late=on", 200),
    ("/conversations?late=maybe", 422), ("/conversations?late=on", 200), ("/drafts?confidence=some", 422), ("/drafts?channel=x", 422),
    ("/drafts?state=unknown", 422), ("/drafts?after=x", 422), ("/drafts/next?late=maybe", 422), ("/conversations?assignee=x", 422),
    ("/jobs?state=maybe", 422), ("/jobs?type=maybe", 422), ("/sources?state=maybe", 422), ("/sources/trial?q=a&language=xx", 422),
    ("/notifications?state=maybe", 422), ("/quarantine?state=maybe", 422), ("/channels?state=maybe", 422), ("/learning?days=1", 422),
    ("/customers?after=x", 422), ("/learning/export.jsonl?since=x", 422),
  ]

  @Test func `A filter that no link of ours holds is refused in every list of the desk`() {
    for address in Self.addresses { #expect(desk.owner.get(address.path).status == address.status, "\(address.path)") }
  }

  @Test(arguments: ["", "action=&", "action=approval&", "action=Claim&"])
  func `Hard case 19: many drafts at once without a word of what to do are nobody's afterwards either`(action: String) throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    let page = desk.owner.post("/drafts/bulk", raw: Array("csrf=\(desk.owner.token())&\(action)id=\(draft)".utf8))
    #expect(page.status == 422 && page.text.contains("Choose what to do with them."))
    #expect(try site.count("SELECT count(*) FROM conversations WHERE claimed_by IS NOT NULL") == 0)
    #expect(try site.count("SELECT count(*) FROM decisions") == 0)
  }
}
