import Domain
import Net
import Postgres
import TestSupport
import Testing

@testable import App

/// Conversations with the assistant, without a model. Noon in UTC, Monday 4 January 2027.
@Suite struct AssistantTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T12:00:00Z").unwrapped
    ana = try site.person("ana@x.test")
  }

  private func roles(_ page: Page) -> [String] {
    page.text.components(separatedBy: "data-fact=\"role\" value=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  @Test func `what is asked waits, is answered by rules, and says what was read; a stranger finds nothing of it`() throws {
    let empty = ana.get("/assistant")
    #expect(empty.text.contains("Ask what is due, who somebody is, when you are free.") && empty.fact("conversation") == nil)
    #expect(empty.text.components(separatedBy: "name=\"content\" value=").count == 6, "five things to ask")
    let friend = try ana.known(["name": "Bia Ramos", "company": "Umbrella"])
    ana.get("/")  // Takes the flash line.
    site.pass(seconds: 1)
    let chat = try ana.talk("who is Bia")
    let waiting = ana.get("/assistant/\(chat)")
    #expect(waiting.fact("answer") == "waiting" && waiting.text.contains("http-equiv=\"refresh\"") && roles(waiting) == ["user"])
    let tag = try waiting.header("ETag").unwrapped
    #expect(ana.get("/assistant/\(chat)", ["if-none-match": tag]).status == 304)
    try site.work()
    let page = ana.get("/assistant/\(chat)", ["if-none-match": tag])
    #expect(page.status == 200 && page.fact("answer") == "there" && roles(page) == ["user", "assistant"])
    #expect(page.links.contains { $0.hasPrefix("/people/\(friend)") } && page.text.contains("written without AI"))
    #expect(page.text.contains("What the assistant saw") && !page.text.contains("http-equiv"))
    #expect(try site.text("SELECT written FROM chat_messages WHERE kind = 'assistant'") == "rules")
    let first = ana.get("/assistant")
    #expect(first.fact("conversation") == chat && roles(first).count == 2)
    // Its first view has the last conversation, the field, and five things to ask, which go on with that.
    #expect(first.text.components(separatedBy: "name=\"content\" value=").count == 6)
    #expect(first.text.components(separatedBy: "name=\"conversation\" value=\"\(chat)\"").count == 3)
    #expect(roles(ana.get("/assistant?new=on")).isEmpty && ana.get("/assistant?new=on").form("/assistant/messages") != nil)
    // The coach's are others.
    #expect(ana.get("/coach/\(chat)").status == 404 && !ana.get("/coach").text.contains(chat))
    let coached = try ana.chat()
    #expect(ana.get("/assistant/\(coached)").status == 404)
    #expect(ana.post("/assistant/messages", ["content": "x", "conversation": coached]).status == 404)
    // Hard case 53.
    let eve = try site.person("eve@x.test")
    let missing = eve.get("/assistant/0192f000-0000-7000-8000-000000000000")
    #expect(missing.status == 404 && eve.get("/assistant/\(chat)").unmasked == missing.unmasked)
    for deed in ["stop", "archival", "restoration", "deletion"] { #expect(eve.post("/assistant/\(chat)/\(deed)").status == 404) }
    #expect(eve.post("/assistant/messages", ["content": "", "conversation": chat]).status == 404)
    #expect(!eve.get("/assistant").text.contains(chat))
  }

  @Test func `hard case 49: two at once in order, stop, an answer after archival, and the 21st message of an hour`() throws {
    let chat = try ana.talk("hello")
    site.pass(seconds: 1)
    try ana.talk("what is due", in: chat)
    // Before a worker comes the first is the one under way.
    let stopped = ana.post("/assistant/\(chat)/stop")
    #expect(stopped.status == 303 && ana.get("/assistant/\(chat)").text.contains("Stopped."))
    try site.work()
    let page = ana.get("/assistant/\(chat)")
    #expect(roles(page) == ["user", "user", "assistant"] && page.fact("answer") == "there")
    #expect(try site.count("SELECT count(*) FROM chat_messages WHERE answer IS NULL AND stopped_at IS NOT NULL AND number = 1") == 1)
    #expect(ana.post("/assistant/\(chat)/stop").status == 303)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'assistant.stopped'") == 1)
    // Archived before the answer: it is kept, with the answer.
    try ana.talk("what is due", in: chat)
    for _ in 0..<2 { #expect(ana.post("/assistant/\(chat)/archival").status == 303) }
    try site.work()
    let archived = ana.get("/assistant/\(chat)")
    #expect(roles(archived).count == 5 && archived.form("/assistant/messages") == nil)
    #expect(ana.get("/assistant").fact("conversation") == nil && ana.get("/assistant?state=archived").fact("conversation") == chat)
    #expect(ana.post("/assistant/messages", ["content": "x", "conversation": chat]).status == 409)
    #expect(ana.post("/assistant/\(chat)/restoration").status == 303)
    // Deleted with what was not answered, and back.
    try ana.talk("what is overdue", in: chat)
    #expect(ana.post("/assistant/\(chat)/deletion").status == 303 && ana.get("/assistant/\(chat)").status == 404)
    try site.work()
    #expect(ana.post("/assistant/\(chat)/restoration").status == 303)
    try site.work()
    #expect(roles(ana.get("/assistant/\(chat)")).count == 7)
    // Four so far.
    for number in 5...20 { try ana.talk("hello \(number)", in: chat) }
    let more = ana.post("/assistant/messages", ["content": "one more", "conversation": chat])
    #expect(
      more.status == 422 && more.complaints == ["content"] && more.text.contains("20 times") && more.text.contains("one more</textarea>"))
    #expect(try site.count("SELECT count(*) FROM chat_messages WHERE kind = 'assistant'") == 20)
    site.pass(hours: 1, seconds: 1)
    try ana.talk("one more", in: chat)
    try site.work()
    let numbers: [Int] = try site.owner.rows(
      Query(column: "SELECT number FROM chat_messages WHERE answer IS NOT NULL ORDER BY answered_at, number"))
    #expect(numbers == Array(2...21))
  }

  @Test func `bad messages store nothing, and what is no question is answered in words`() throws {
    let tooLong = [String(repeating: "é", count: 2_049), String(repeating: "x", count: 100_000)]
    for bad in ["", "  \n ", "\u{200B}\u{202E}", "what is\u{0} due"] + tooLong {
      let page = ana.post("/assistant/messages", ["content": bad])
      #expect(page.status == 422 && page.complaints == ["content"], "\(bad.count)")
    }
    #expect(try site.count("SELECT count(*) FROM chats") == 0)
    _ = try ana.task(["title": "Paint the walrus"])
    site.pass(seconds: 1)
    let chat = try ana.talk("xyzzy walrus plugh <script>alert(1)</script>")
    // Marks that turn lines round are text, and of a message that has them besides words something is said, too.
    try ana.talk("\u{202E}walrus\u{202C} \u{2066}\u{200F}")
    try ana.talk("quero morrer")
    try site.work()
    let page = ana.get("/assistant/\(chat)")
    #expect(
      page.text.contains("I did not understand that.") && page.text.contains("Paint the walrus") && !page.text.contains("<script>alert"))
    #expect(try site.count("SELECT count(*) FROM chat_messages WHERE kept_back AND prompt = 'human' AND written = 'rules'") == 1)
    #expect(try site.count("SELECT count(*) FROM chat_messages WHERE answer IS NULL OR answer = ''") == 0)
  }

  @Test func `hard case 46: the worker reads as the person behind their wall, and is itself again afterwards`() throws {
    let eve = try site.person("eve@x.test")
    _ = try eve.task(["title": "Eve's errand"])
    _ = try ana.task(["title": "Ana's errand"])
    let db = try site.connection("heed_work")
    let bench = try WorkBench(
      site.services, db,
      Mailer(.maildir(Maildir(path: "/nowhere")), from: Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped))
    ) { _, _ in }
    let everybody: SQL = "SELECT count(*) FROM tasks"
    try db.transaction {
      #expect(try Person.acting(ana.user, bench) != nil)
      let all: Int? = try db.value(everybody)
      #expect(all == 2)
      let (role, seen): (String?, Int?) = try AssistantWall.behind(db) {
        (try db.value("SELECT current_user::text"), try db.value(everybody))
      }
      #expect(role == "heed_web" && seen == 1)
      // What breaks there undoes itself, and nothing else.
      #expect(throws: PostgresError.self) { try AssistantWall.behind(db) { try db.run("SELECT 1 / 0") } }
      let after: String? = try db.value("SELECT current_user::text")
      #expect(after == "heed_work")
    }
    let (later, owner): (String?, String?) = (
      try db.value("SELECT current_user::text"), try db.value("SELECT coalesce(current_setting('heed.user_id', true), '')")
    )
    #expect(later == "heed_work" && owner == "")
    // It has none of that role's rights by itself.
    let inherits: Bool? = try db.value("SELECT pg_has_role('heed_web', 'USAGE')")
    #expect(inherits == false)
  }
}
