import Domain
import Net
import Postgres
import TestSupport
import Testing

@testable import App

/// What a customer is owed while an answer may still be taken back, and after it was, or did not arrive.
@Suite struct OwedAnswerTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site, target: 60)
  }

  private func path(_ id: String) -> String { "/conversations/\(id)" }

  private func facts(_ id: String) -> [String?] {
    let page = desk.owner.get(path(id))
    return ["state", "waiting-since", "late-at"].map { page.fact($0) }
  }

  /// An answer by hand, or of the draft.
  ///
  /// - Returns: where it is taken back.
  private func answer(_ id: String, byHand: Bool) throws -> String {
    if byHand {
      let seen = desk.owner.get(path(id)).field("seen", ofForm: path(id) + "/reply") ?? ""
      #expect(desk.owner.post(path(id) + "/reply", ["text": "Two days.", "seen": seen, "nonce": "a"]).status == 303)
      let message = try site.text("SELECT id::text FROM messages WHERE sending = 'waiting'").unwrapped
      return path(id) + "/messages/\(message)/undo"
    }
    let draft = try desk.draft(id)
    #expect(desk.approve(draft).status == 303)
    return "/drafts/\(draft)/undo"
  }

  private func post(_ id: String, _ deeds: [String]) {
    for deed in deeds { #expect(desk.owner.post(path(id) + "/" + deed, ["until": "2 hours"]).status == 303, "\(deed)") }
  }

  static let deeds = [[], ["closure", "reopening"], ["closure"], ["snoozes", "reopening"], ["spam", "spam/deletion"]]

  @Test(arguments: [false, true], OwedAnswerTests.deeds)
  func `Hard case 20: what is owed is owed again after an undo, whatever was done with the conversation meanwhile`(
    byHand: Bool, deeds: [String]
  ) throws {
    let id = try desk.write("How long?")
    let owed = facts(id)
    #expect(owed.first == "open" && owed.allSatisfy { $0 != "" && $0 != nil })
    let undo = try answer(id, byHand: byHand)
    post(id, deeds)
    let isCancelled = deeds.first == "spam"
    #expect(desk.owner.post(undo).status == (isCancelled && !byHand ? 409 : 303))
    #expect(facts(id) == owed)
    site.pass(minutes: 61)
    try site.work()
    #expect(desk.owner.get(path(id)).fact("escalation") == "active")
    #expect(try site.count("SELECT count(*) FROM messages WHERE sending = 'sent'") == 0)
  }

  @Test(arguments: [false, true])
  func `Hard case 20: what is put off stays so after an undo, and when that ends the answer is owed since the message came`(byHand: Bool)
    throws
  {
    let id = try desk.write("How long?")
    let owed = facts(id)
    let undo = try answer(id, byHand: byHand)
    post(id, ["snoozes"])
    #expect(desk.owner.post(undo).status == 303)
    #expect(facts(id) == ["snoozed", "", ""])
    site.pass(hours: 2, seconds: 1)
    try site.work()
    #expect(facts(id) == owed)
  }

  @Test func `Hard case 20: what was answered stays answered when something more is taken back`() throws {
    let id = try desk.write("How long?")
    _ = try answer(id, byHand: false)
    try desk.write("To Norway, I mean.")
    // It is held, and confirmed by somebody who has seen the second message: that is answered by it too.
    let draft = try site.text("SELECT id::text FROM drafts WHERE state = 'approved'").unwrapped
    let (form, page) = ("/drafts/\(draft)/confirmation", desk.owner.get("/drafts/\(draft)"))
    let fields: KeyValuePairs = [
      "version": page.field("version", ofForm: form) ?? "", "seen": page.field("seen", ofForm: form) ?? "",
    ]
    #expect(desk.owner.post(form, fields).status == 303)
    site.pass(seconds: 31)
    try site.work()
    #expect(facts(id) == ["waiting", "", ""])
    let undo = try answer(id, byHand: true)
    post(id, ["closure"])
    #expect(desk.owner.post(undo).status == 303)
    #expect(facts(id) == ["closed", "", ""])
    post(id, ["reopening"])
    #expect(facts(id) == ["open", "", ""])
  }

  @Test(arguments: [[], ["closure", "reopening"], ["closure"], ["snoozes", "reopening"]], ["refuse552", "dropstored"])
  func `Hard case 20: of an answer that did not arrive, or nobody knows whether, the customer waits as before`(
    deeds: [String], server: String
  ) throws {
    let id = try desk.write("How long?")
    let owed = facts(id)
    _ = try answer(id, byHand: false)
    post(id, deeds)
    site.pass(seconds: 31)
    let sink = try Sink("smtp_sink.py")
    try sink.control(server)
    _ = try site.worker(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)"))).runOnce { site.now }
    #expect(facts(id) == owed)
  }
}
