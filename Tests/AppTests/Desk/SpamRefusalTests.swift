import Postgres
import Testing

@testable import App

/// Nothing is answered in spam before somebody takes it back (RULES 6.32).
@Suite("What cannot be done with spam")
struct SpamRefusalTests {
  let site: Site
  let desk: Desk
  let conversation: String
  var path: String { "/conversations/\(conversation)" }

  init() throws {
    site = try Site()
    desk = try Desk(site)
    conversation = try desk.write("How long?")
  }

  private func state() -> String? { desk.owner.get(path).fact("state") }

  @Test(arguments: ["draft", "closure"])
  func `neither a draft is asked for nor is it closed, and its page offers neither`(action: String) throws {
    #expect(desk.owner.get(path).form(path + "/closure") != nil)
    #expect(desk.owner.post(path + "/spam").status == 303)
    let page = desk.owner.get(path)
    #expect(page.form(path + "/" + action) == nil && page.form(path + "/spam/deletion") != nil)
    let refused = desk.owner.post(path + "/" + action)
    #expect(refused.status == 409 && refused.text.contains("Take it out of spam first."))
    #expect(state() == "spam")
    #expect(try site.count("SELECT count(*) FROM drafts WHERE state IN ('asked', 'pending')") == 0)
  }

  @Test(arguments: [true, false])
  func `a draft is not approved in it, and what was typed stays`(isPending: Bool) throws {
    let draft = try desk.draft()
    let form = desk.fields(draft)
    #expect(desk.owner.post(path + "/spam").status == 303)
    // One that was taken back after it had failed waits in spam too.
    if isPending { try site.owner.run("UPDATE drafts SET state = 'pending' WHERE id::text = \(draft)") }
    #expect(desk.owner.get("/drafts/\(draft)").form("/drafts/\(draft)/approval") == nil)
    let page = desk.owner.post(
      "/drafts/\(draft)/approval", ["version": form.version, "seen": form.seen, "nonce": "a", "text": "Three days."])
    #expect(page.status == 409 && page.fact("conflict") == "decided" && page.area("text") == "Three days.")
    #expect(page.text.contains("Take it out of spam first."))
    let again = desk.owner.post("/drafts/\(draft)/regeneration", ["version": form.version, "instruction": ""])
    #expect(again.status == 409 && again.text.contains("Take it out of spam first."))
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
    #expect(try site.count("SELECT count(*) FROM drafts") == 1)
  }

  @Test func `Taken back, it asks for a draft; in another conversation of the customer it lets in what they write next`() throws {
    #expect(desk.owner.post(path + "/spam").status == 303)
    #expect(try site.count("SELECT count(*) FROM customers WHERE is_spam") == 1)
    // As of a customer who is spam by what they wrote elsewhere.
    try site.owner.run("UPDATE conversations SET state = 'waiting' WHERE id::text = \(conversation)")
    #expect(desk.owner.get(path).form(path + "/spam/deletion") != nil)
    #expect(desk.owner.post(path + "/spam/deletion").status == 303)
    #expect(try site.count("SELECT count(*) FROM customers WHERE is_spam") == 0)
    #expect(state() == "waiting" && desk.owner.get(path).form(path + "/spam/deletion") == nil)
    #expect(desk.owner.post(path + "/spam/deletion").status == 303)
    #expect(try site.count("SELECT count(*) FROM conversation_events WHERE kind = 'not_spam'") == 1)
    #expect(desk.owner.post(path + "/spam").status == 303)
    #expect(desk.owner.post(path + "/spam/deletion").status == 303)
    #expect(state() == "open")
    #expect(try site.count("SELECT count(*) FROM drafts WHERE state = 'asked'") == 1)
  }
}
