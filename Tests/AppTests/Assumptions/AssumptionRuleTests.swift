import Postgres
import Testing

@testable import App
@testable import Domain

/// What rules take for true, what it rests on, and when they ask again; with issue 14's hard cases 34, 37 and 38. Monday 1 March 2027, noon in New York.
@Suite struct AssumptionRuleTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  private func person(_ name: String, _ email: String = "") throws -> String {
    defer { site.pass(seconds: 1) }
    return try ana.known(["name": name, "email": email])
  }

  /// "Bea works with Cal. 0.70 open, …": all that are not superseded, in the order of their words.
  private func assumed() throws -> String {
    try site.text(
      """
      SELECT coalesce(string_agg(concat_ws(' ', words, confidence, state), ', ' ORDER BY words), '') FROM assumptions WHERE state <> 'superseded'
      """) ?? ""
  }

  /// Infers as the assistant would, in a transaction of the worker's.
  private func infer(_ made: InferredAssumption) throws -> [InferredAgain] {
    let db = try site.connection("heed_work")
    return try db.transaction {
      let person = try db.read(
        Query<Void>.setting(user: ana.user, account: ana.account, role: nil), Person.mine(site.services.zones)
      ).1.first.unwrapped
      let writing = PlannerWriting(person: person, now: site.now, request: "", db: db)
      return try AssumptionWrites(writing: writing).infer([made]).map(\.outcome)
    }
  }

  @Test func `Rules ask about colleagues, people met three times and whom a title names, once, and say what speaks for it`() throws {
    let (bea, cal) = (try person("Bea", "bea@acme.example"), try person("Cal", "cal@acme.example"))
    _ = (try person("Dan", "dan@gmail.com"), try person("Eli Souza", "eli@gmail.com"))
    for title in ["Standup", "Planning", "Retro"] {
      let event = "event:" + (try ana.happening(title))
      for who in [bea, cal] { try ana.relate("person:" + who, "attends", event) }
      site.pass(seconds: 1)
    }
    _ = try planned.tasks("Call Dan about the lease", "Ligar para Eli", "Call nobody", "Recall Dan")
    #expect(try site.work()["assumed"] == 1)
    #expect(
      try assumed()
        == "Bea knows Cal. 0.60 open, Bea works with Cal. 0.70 open, “Call Dan about the lease” is about Dan. 0.80 open, "
        + "“Ligar para Eli” is about Eli Souza. 0.60 open")
    // With the evidence quoted, each linked.
    let page = ana.get("/assumptions").text
    for quote in ["bea@acme.example", "cal@acme.example", "Standup", "Retro", "Call Dan about the lease", "href=\"/people/\(bea)\""] {
      #expect(page.contains(quote), "\(quote)")
    }
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'assumption.made' AND actor = 'system'") == 4)
    // The next day nothing is new.
    site.pass(hours: 24)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM assumptions") == 4)
    // Who is related already is not asked about.
    try ana.relate("person:" + bea, "manages", "person:" + (try person("Fay", "fay@acme.example")))
    try site.work()
    let all = try assumed()
    #expect(all.contains("Cal works with Fay.") && !all.contains("Bea works with Fay."))
  }

  @Test
  func `Hard case 34: a confirmed one outlives its evidence, a dismissed one is asked again from new evidence alone, once in 30 days`()
    throws
  {
    let bea = try person("Bea", "bea@acme.example")
    _ = try person("Cal", "cal@acme.example")
    try site.work()
    let first = try site.text("SELECT id::text FROM assumptions WHERE state = 'open'").unwrapped
    #expect(ana.post("/assumptions/\(first)/dismissal", ["version": "1"]).status == 303)
    // The same evidence: nothing, however often it is looked at.
    site.pass(hours: 25)
    try site.work()
    #expect(try assumed() == "Bea works with Cal. 0.70 dismissed")
    // A new address: one question, that says what was said.
    func address(_ email: String) throws {
      try site.owner.run(
        """
        INSERT INTO person_addresses (id, user_id, person_id, kind, value, key, position)
        VALUES (\(ID<Thing>.new(at: site.now)), \(ana.user), \(bea)::text::uuid, 'email', \(email), \(email), 1)
        """)
      site.pass(hours: 25)
      try site.work()
    }
    try address("b@acme.example")
    #expect(try assumed() == "Bea works with Cal. 0.60 open")
    #expect(ana.get("/assumptions").text.contains("that it is not so. Something new speaks for it: is it so now?"))
    let second = try site.text("SELECT id::text FROM assumptions WHERE state = 'open'").unwrapped
    #expect(try site.text("SELECT superseded_by::text FROM assumptions WHERE id = \(first)::uuid") == second)
    // Corrected, and inferred again within 30 days: not asked. After them: once.
    #expect(ana.post("/assumptions/\(second)/correction", ["correction": "They were at school together"]).status == 303)
    try address("aa@acme.example")
    #expect(try site.count("SELECT count(*) FROM assumptions WHERE state = 'open'") == 0)
    site.pass(hours: 30 * 24)
    try site.work()
    try ana.openSession()
    #expect(try assumed().contains("Bea works with Cal. 0.60 open"))
    #expect(ana.get("/assumptions").text.contains("You corrected this on"))
    // Confirmed, its evidence goes: it stays, marked. An open one without any fades at once, and is back with it.
    let third = try site.text("SELECT id::text FROM assumptions WHERE state = 'open'").unwrapped
    #expect(ana.post("/assumptions/\(third)/confirmation", ["version": "1"]).status == 303)
    let tasks = try planned.tasks("A", "B")
    let open = try ana.assumption("Likes early meetings", on: "task:" + tasks[0])
    site.pass(seconds: 1)
    let sure = try ana.assumption("Prefers tea", on: "task:" + tasks[1])
    #expect(ana.post("/assumptions/\(sure)/confirmation").status == 303)
    for task in tasks { #expect(ana.post("/tasks/\(task)/deletion").status == 303) }
    #expect(try ana.stands(open) == "faded 0.70 2")
    #expect(try ana.stands(sure) == "confirmed 1.00 2")
    #expect(ana.get("/assumptions?state=confirmed").text.contains("(gone since)"))
    #expect(ana.get("/assumptions?state=faded").text.contains("What it rested on is gone."))
    site.pass(seconds: 1)
    #expect(ana.post("/trash/task/\(tasks[0])/restoration").status == 303)
    #expect(try ana.stands(open) == "open 0.70 3")
    // Unanswered for 90 days, it fades. What was replaced is kept no longer than that.
    let replaced: SQL = "SELECT count(*) FROM assumptions WHERE state = 'superseded'"
    #expect(try site.count(replaced) == 2)
    site.pass(hours: 91 * 24)
    try site.work()
    try ana.openSession()
    #expect(try ana.stands(open) == "faded 0.70 4")
    #expect(ana.get("/assumptions?state=faded").text.contains("Nobody answered for 90 days."))
    let worker = try site.connection("heed_work")
    for retention in Feature.assumptions.retention { try worker.run(retention.deletion(site.now, site.services)) }
    #expect(try site.count(replaced) == 0)
    #expect(try ana.stands(sure) == "confirmed 1.00 2")
  }

  @Test func `Hard case 38: what is inferred from the assistant's own words, a summary or a proposal is not made, nor what is too unsure`()
    throws
  {
    let task = try ThingRef("task:" + planned.tasks("Buy tea")[0]).unwrapped
    let (chat, message) = (ID<Chat>.new(at: site.now), ID<Thing>.new(at: site.now))
    try site.owner.run(
      """
      INSERT INTO chats (id, user_id, title, status, said_at, created_at) VALUES (\(chat), \(ana.user), 'A talk', 'active', \(site.now), \(site.now))
      """)
    try site.owner.run(
      """
      INSERT INTO chat_messages (id, chat_id, user_id, number, said, kept_back, created_at, answer, answered_at, personality, language, prompt, written)
      VALUES (\(message), \(chat), \(ana.user), 1, 'I drink tea at four', false, \(site.now), 'You like coffee', \(site.now), 'general', 'en', 'p', 'model')
      """)
    func one(_ kind: String, _ id: ID<Thing>, _ quote: String, confidence: Int = 60, words: String = "Likes tea") -> InferredAssumption {
      InferredAssumption(
        key: AssumptionKey(nil, "", nil, words: words), words: words, category: .preference, confidence: confidence, written: .model,
        grounds: [AssumptionGround(mark: EvidenceMark(kind, id), quote: quote)])
    }
    let before = try site.fingerprint()
    for kind in ["summary", "proposal", "assumption", "answer"] { #expect(try infer(one(kind, task.id, "tea")).isEmpty, "\(kind)") }
    // What the assistant answered there is not what the person wrote; what is not there at all is nothing.
    #expect(try infer(one("message", message, "You like coffee")).isEmpty)
    #expect(try infer(one("message", ID(high: 1, low: 1), "I drink tea")).isEmpty)
    #expect(try infer(one("event", task.id, "Buy tea")).isEmpty)
    #expect(try infer(one("task", task.id, "Buy tea", confidence: 29)).isEmpty)
    #expect(throws: AssumptionComplaint.confidence) { _ = try infer(one("task", task.id, "Buy tea", confidence: 101)) }
    #expect(throws: AssumptionComplaint.words) { _ = try infer(one("task", task.id, "Buy tea", words: "")) }
    #expect(try site.fingerprint() == before)
    // From what they wrote, and from what they keep: once.
    #expect(try infer(one("message", message, "I drink tea")) == [.makes])
    #expect(try infer(one("message", message, "I drink tea")).isEmpty)
    #expect(try infer(one("task", task.id, "Buy tea")) == [.adds])
    #expect(try assumed() == "Likes tea 0.60 open")
    // The talk is thrown away: what rested on it alone would fade, this rests on a task besides.
    try site.owner.run("DELETE FROM chat_messages WHERE id = \(message)")
    #expect(try site.count("SELECT count(*) FROM assumption_evidence WHERE gone_at IS NOT NULL") == 1)
    #expect(try assumed() == "Likes tea 0.60 open")
  }

  @Test func `Hard case 37: of many that rules find at once twenty are asked about, the surest of them`() throws {
    // Eight at one domain are 28 pairs.
    for number in 1...8 { _ = try person("P\(number)", "p\(number)@umbrella.example") }
    for number in 1...2 { _ = try person("G\(number)", "g\(number)@gmail.com") }
    try site.work()
    #expect(try site.count("SELECT count(*) FROM assumptions WHERE state = 'open'") == 20)
    #expect(try site.count("SELECT count(*) FROM assumptions WHERE words LIKE '%G1%'") == 0)
    // A surer one takes the place of one that is less sure, which is not lost: it comes back where there is room.
    _ = (try person("Quin", "quin@acme.example"), try person("Rob", "rob@acme.example"))
    site.pass(seconds: 1)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM assumptions WHERE state = 'open'") == 20)
    #expect(try assumed().contains("Quin works with Rob. 0.70 open"))
    #expect(try site.count("SELECT count(*) FROM assumptions WHERE state = 'faded' AND faded = 'room'") == 1)
    let page = ana.get("/assumptions")
    #expect(page.facts("state").count == 20)
    // Each language says it in its own words.
    try site.owner.run("UPDATE users SET language = 'pt-BR', revision = revision + 1 WHERE id = \(ana.user)")
    #expect(ana.get("/assumptions").text.contains("Quin trabalha com Rob."))
  }
}
