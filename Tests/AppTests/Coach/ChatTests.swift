import Domain
import Net
import Postgres
import TestSupport
import Testing

@testable import App

/// Conversations with the coach, without a model. Monday 4 January 2027, noon in UTC.
@Suite struct ChatTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T12:00:00Z").unwrapped
    ana = try site.person("ana@x.test")
  }

  private func answers() throws -> [String] {
    try site.owner.rows(Query(column: "SELECT coalesce(answer, '-') FROM chat_messages ORDER BY chat_id, number"))
  }

  @Test func `a message waits for the worker, the page asks again by itself, and the answer is there`() throws {
    _ = try ana.habit(["name": "Read"])
    let chat = try ana.chat("What is due today?")
    let waiting = ana.get("/coach/\(chat)")
    #expect(waiting.fact("answer") == "waiting")
    #expect(waiting.text.contains("<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>"))
    #expect(waiting.text.contains("<h1>What is due today?</h1>"))
    try site.work()
    let there = ana.get("/coach/\(chat)")
    #expect(there.fact("answer") == "there" && there.fact("written") == "template")
    #expect(there.text.contains("“Read”") && !there.text.contains("http-equiv"))
    #expect(there.links.contains("/habits"))
  }

  @Test func `the page is answered 304 until the answer comes, and says when it takes long`() throws {
    let chat = try ana.chat()
    let tag = try ana.get("/coach/\(chat)").header("ETag").unwrapped
    #expect(ana.get("/coach/\(chat)", ["if-none-match": tag]).status == 304)
    site.pass(seconds: 119)
    #expect(ana.get("/coach/\(chat)").text.contains("http-equiv"))
    site.pass(seconds: 1)
    let long = ana.get("/coach/\(chat)", ["if-none-match": tag])
    #expect(long.status == 200 && long.fact("answer") == "waiting" && !long.text.contains("http-equiv"))
    #expect(long.text.contains("takes longer than it should"))
    try site.work()
    #expect(ana.get("/coach/\(chat)").fact("answer") == "there")
  }

  @Test(
    arguments: [
      ("what is due today", "Read", "/habits"), ("how is my week?", "", "/review"), ("como foi meu mês", "this month", "/review"),
      ("my best day", "", "/review"), ("what did I miss", "", "/habits"), ("thank you", "", nil), ("xyzzy plugh", "what", nil),
    ] as [(String, String, String?)])
  func `what people ask is answered with the page meant`(question: String, holds: String, link: String?) throws {
    let id = try ana.habit(["name": "Read"])
    #expect(ana.post("/habits/\(id)/completions", ["date": "2027-01-03"]).status == 303)
    let chat = try ana.chat(question)
    try site.work()
    let page = ana.get("/coach/\(chat)")
    #expect(page.fact("answer") == "there")
    let answer = try answers()[0]
    #expect(holds.isEmpty || answer.lowercased().contains(holds.lowercased()), "\(answer)")
    let leads = page.text.components(separatedBy: "<ol class=\"talk\">").last?.components(separatedBy: "</ol>").first ?? ""
    #expect(leads.contains("class=\"button\"") == (link != nil), "\(question)")
    if let link { #expect(leads.contains("href=\"\(link)\""), "\(question)") }
  }

  @Test(arguments: [
    ("make Running easier", "edit?offer=smaller#frequency"), ("pause running", "?offer=pause#pause"), ("streak of running", ""),
    ("how do I start again with running", ""),
  ])
  func `a habit that is named is meant, and forms are filled in`(question: String, place: String) throws {
    _ = try ana.habit(["name": "Read"])
    let id = try ana.habit(["name": "Running"])
    let chat = try ana.chat(question)
    try site.work()
    let path = place.hasPrefix("?") || place.isEmpty ? "/habits/\(id)\(place)" : "/habits/\(id)/\(place)"
    #expect(ana.get("/coach/\(chat)").text.contains("href=\"\(path)\""), "\(question)")
    #expect(try site.count("SELECT count(*) FROM habit_pauses") == 0)
  }

  @Test(arguments: ["quero morrer", "quero moorrer", "I want to end it", "my friend wants to die", "should I stop my pills"])
  func `hard case 20: words of harm get the human text at once, without a worker, and nothing of it is in a later prompt`(said: String)
    throws
  {
    let chat = try ana.chat(said)
    let page = ana.get("/coach/\(chat)")
    #expect(page.fact("answer") == "there")
    #expect(page.text.contains("local emergency number") && !page.text.contains("<h1>\(said)"))
    #expect(try site.count("SELECT count(*) FROM jobs WHERE kind = 'coach.chat'") == 0)
    #expect(try site.count("SELECT count(*) FROM chat_messages WHERE kept_back AND prompt = 'human'") == 1)
    _ = try ana.chat("what is due today", in: chat)
    try site.work()
    #expect(try answers().count == 2 && !answers()[1].contains("emergency"))
  }

  @Test func `hard case 21: two posts at once are answered in order, each once`() throws {
    let chat = try ana.chat("hello")
    for said in ["what is due today", "thank you", "goodbye"] { _ = try ana.chat(said, in: chat) }
    #expect(try site.count("SELECT count(*) FROM jobs WHERE kind = 'coach.chat'") == 4)
    let workers = try [site.worker(), site.worker()]
    // On a busy machine a worker takes fewer steps a round.
    let open: SQL = "SELECT count(*) FROM jobs WHERE kind = 'coach.chat' AND state <> 'done'"
    #expect(
      try until {
        for worker in workers { try worker.cycle(site.now) }
        return try site.count(open) == 0
      })
    #expect(try site.count("SELECT count(*) FROM chat_messages WHERE answer IS NOT NULL") == 4)
    #expect(try site.count("SELECT count(*) FROM jobs WHERE kind = 'coach.chat' AND state = 'done'") == 4)
    #expect(try site.count("SELECT count(*) FROM chats WHERE job_id IS NOT NULL") == 0)
  }

  @Test func `hard case 21: two posts of two devices at one instant are both kept, 20 rounds, each with one answer`() throws {
    let chat = try ana.chat("hello")
    let devices = try Devices(2, of: ana)
    for round in 0..<20 {
      devices.atOnce { number, browser in
        let page = browser.post("/coach/messages", ["content": "round \(round) of \(number)", "conversation": chat])
        #expect(page.status == 303)
      }
    }
    try site.work()
    let numbers: [Int] = try site.owner.rows(Query(column: "SELECT number FROM chat_messages WHERE answer IS NOT NULL ORDER BY number"))
    #expect(numbers == Array(1...41) && site.logged.isEmpty)
    #expect(try site.count("SELECT count(DISTINCT said) FROM chat_messages") == 41)
  }

  @Test func `hard case 21: a conversation that is archived before the answer is kept, with the answer`() throws {
    let chat = try ana.chat()
    for _ in 0..<2 { #expect(ana.post("/coach/\(chat)/archival").status == 303) }
    try site.work()
    let page = ana.get("/coach/\(chat)")
    #expect(page.fact("answer") == "there" && page.form("/coach/messages") == nil)
    #expect(ana.post("/coach/messages", ["content": "x", "conversation": chat]).status == 409)
    #expect(ana.post("/coach/\(chat)/restoration").status == 303)
    #expect(ana.get("/coach/\(chat)").form("/coach/messages") != nil)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'chat.archived'") == 1)
  }

  @Test func `hard case 21: a worker that dies leaves one answer`() throws {
    _ = try ana.chat()
    let worker = try site.worker()
    try site.owner.run(
      "UPDATE jobs SET state = 'running', lease_until = clock_timestamp() - interval '1 second', fence = 1 WHERE kind = 'coach.chat'")
    _ = try worker.runOnce { site.now }
    #expect(try site.count("SELECT count(*) FROM chat_messages WHERE answer IS NOT NULL") == 1)
  }

  @Test func `a deleted conversation is gone, and back by undo with what was not answered`() throws {
    let chat = try ana.chat()
    #expect(ana.post("/coach/\(chat)/deletion").status == 303)
    #expect(ana.get("/coach/\(chat)").status == 404 && ana.post("/coach/\(chat)/deletion").status == 404)
    try site.work()
    #expect(try answers() == ["-"])
    #expect(ana.post("/coach/\(chat)/restoration").status == 303)
    try site.work()
    #expect(ana.get("/coach/\(chat)").fact("answer") == "there")
    _ = ana.post("/coach/\(chat)/deletion")
    site.pass(hours: 25)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM chats") == 0)
  }

  @Test func `a double click makes one message, and bad ones none`() throws {
    let nonce = try ana.get("/coach").field("nonce", ofForm: "/coach/messages").unwrapped
    let first = ana.post("/coach/messages", ["content": "hello", "nonce": nonce])
    #expect(ana.post("/coach/messages", ["content": "hello", "nonce": nonce]).location == first.location)
    #expect(try site.count("SELECT count(*) FROM chat_messages") == 1)
    for bad in ["", "  \n ", "\u{200B}\u{2028}", String(repeating: "a", count: 4_097)] {
      let page = ana.post("/coach/messages", ["content": bad])
      #expect(page.status == 422 && page.complaints == ["content"])
    }
    #expect(ana.post("/coach/messages", ["content": String(repeating: "a", count: 4_096)]).status == 303)
    #expect(ana.post("/coach/messages", ["content": "x", "conversation": "x"]).status == 404)
  }

  @Test func `hard case 27: a stranger and housemates find nothing, by ids and by nonces`() throws {
    let message = try ana.coachMessage()
    let chat = try ana.chat()
    let nonce = try ana.get("/coach/\(chat)").field("nonce", ofForm: "/coach/messages").unwrapped
    #expect(ana.post("/coach/messages", ["content": "thank you", "conversation": chat, "nonce": nonce]).status == 303)
    let said = try site.count("SELECT count(*) FROM chat_messages")
    for (number, other) in [
      try site.person("eve@x.test"), try site.person("bob@x.test", sharing: ana, role: .admin),
      try site.person("vic@x.test", sharing: ana, role: .viewer),
    ].enumerated() {
      let missing = other.get("/coach/0192f000-0000-7000-8000-000000000000")
      #expect(missing.status == 404 && other.get("/coach/\(chat)").unmasked == missing.unmasked)
      for path in [
        "\(chat)/archival", "\(chat)/restoration", "\(chat)/deletion", "messages/\(message)/deletion", "messages/\(message)/restoration",
      ] {
        #expect(other.post("/coach/\(path)").status == 404, "\(path)")
      }
      for nonce in ["", nonce] {
        #expect(other.post("/coach/messages", ["content": "x", "conversation": chat, "nonce": nonce]).status == 404)
      }
      #expect(other.get("/coach").fact("message") == nil && !other.get("/coach").text.contains(chat))
      // Where it led her, it leads nobody else.
      let own = other.post("/coach/messages", ["content": "x", "nonce": nonce])
      #expect(own.status == 303 && own.location?.contains(chat) == false)
      #expect(try site.count("SELECT count(*) FROM chat_messages") == said + number + 1)
    }
  }

  @Test func `the week is what its review says, what is paused by now among it`() throws {
    let ids = try ["Read", "Run", "Swim"].map { try ana.habit(["name": $0]) }
    site.pass(hours: 48)
    for (id, dates) in [(ids[0], ["2027-01-04", "2027-01-05", "2027-01-06"]), (ids[1], ["2027-01-05"])] {
      for date in dates { #expect(ana.post("/habits/\(id)/completions", ["date": date]).status == 303) }
    }
    #expect(ana.post("/habits/\(ids[2])/pause").status == 303)
    // 3 of 3, 1 of 2 and 0 of 2: the mean is 50, the share of all 57 per cent.
    let rate = ana.get("/review").fact("week-rate")
    _ = try ana.chat("how is my week?")
    try site.work()
    let answer = try answers()[0]
    #expect(rate == "0.500000" && answer.contains("50% on average") && answer.contains("4 of 7"), "\(answer)")
  }

  @Test func `the month is counted from all of its days, however old the habit is`() throws {
    site.now = try Instant(iso: "2026-12-01T12:00:00Z").unwrapped
    var bea = try site.person("bea@x.test")
    let id = try bea.habit(["name": "Read"])
    for day in 0..<60 {
      if day > 0 { site.pass(hours: 24) }
      // Sessions end after a month.
      if day % 20 == 19 { bea = try site.visit(as: bea) }
      if day % 7 != 5 { #expect(bea.post("/habits/\(id)/completions").status == 303) }
    }
    #expect(bea.today == "2027-01-29")
    #expect(try site.count("SELECT count(*) FROM habits WHERE state_next > '2027-01-10'") == 1)
    let kept = try site.count("SELECT count(*) FROM habit_days WHERE state = 'done' AND date >= '2027-01-01'")
    _ = try bea.chat("how is my month?")
    try site.work()
    let answer = try answers()[0]
    #expect(kept == 25 && answer.contains("25 of 29") && answer.contains("86%"), "\(answer)")
  }

  @Test func `who has begun today has missed nothing, and is told so in words`() throws {
    _ = try ana.chat("what did I miss")
    _ = try ana.habit(["name": "Read"])
    try site.work()
    _ = try ana.chat("what did I miss")
    try site.work()
    for answer in try answers() {
      #expect(["Nothing to count yet", "the page still is", "The count"].contains { answer.contains($0) }, "\(answer)")
    }
  }

  @Test func `what people write is text`() throws {
    let chat = try ana.chat("<script>alert(1)</script>\nand {{x}}")
    let page = ana.get("/coach/\(chat)").text
    #expect(!page.contains("<script>alert") && page.contains("&lt;script&gt;") && page.contains("{{x}}"))
  }

  @Test func `a long conversation shows its end, and the rest page by page`() throws {
    let chat = try ana.chat("hello")
    for number in 2...40 { _ = try ana.chat("message \(number)", in: chat) }
    try site.work()
    let page = ana.get("/coach/\(chat)")
    #expect(page.text.contains("message 40") && !page.text.contains("message 10<") && page.links.contains("/coach/\(chat)?before=11"))
    #expect(ana.get("/coach/\(chat)?before=11").text.contains("message 10<"))
    #expect(ana.get("/coach/\(chat)?before=x").status == 422)
  }

  @Test func `it is marked as no help in an emergency, and as written without AI`() {
    for target in ["/coach"] {
      let page = ana.get(target).text
      #expect(page.contains("watches over nobody") && page.contains("written without AI") && page.contains("You have not talked yet"))
    }
  }
}
