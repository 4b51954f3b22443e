import Foundation
import Net
import TestSupport
import Testing

@testable import App
@testable import Domain
@testable import Postgres

/// The assistant with a model that does as it is told, and one that does not. Noon in UTC, Monday 4 January 2027.
@Suite struct AssistantModelTests {
  private let site: Site
  private let ana: Browser
  private let sink: Sink

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T12:00:00Z").unwrapped
    ana = try site.person("ana@x.test")
    sink = try Sink.shared("model_sink.py")
    try site.owner.run("UPDATE users SET model_kinds = '{task,event}' WHERE id = \(ana.user)")
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { (48...57).contains($0) || (97...122).contains($0) ? "\(UnicodeScalar($0))" : String(format: "%%%02X", $0) }.joined()
  }
  private static func say(_ text: String) -> String { "say:" + encoded(text) }
  private static func calls(_ names: [String]) -> String {
    "calls:" + encoded("[" + names.map { "{\"name\": \"search\", \"arguments\": {\"q\": \"\($0)\"}}" }.joined(separator: ",") + "]")
  }

  /// Has everything answered by a model that goes through these steps.
  ///
  /// - Returns: the requests that it got.
  private func work(_ steps: [String], seconds: Int = 10) throws -> [[String: Any]] {
    let test = UUID().uuidString
    let endpoint = try CoachEndpoint("http://127.0.0.1:\(sink.port)/\(test)/\(steps.joined(separator: ","))").unwrapped
    var services = site.services
    services.model = ModelServer(endpoint: endpoint, model: "tiny", daily: 1_000, seconds: seconds)
    let mailer = Mailer(
      .maildir(Maildir(path: sink.folder.path + "/mail")), from: Mail.Mailbox("Heed", try MailAddress("heed@heed.test").unwrapped))
    let worker = Worker(try WorkBench(services, site.connection("heed_work"), mailer) { _, _ in }, features)
    let open: SQL = "SELECT count(*) FROM chat_messages WHERE kind = 'assistant' AND answer IS NULL AND stopped_at IS NULL"
    #expect(
      try until {
        _ = try worker.runOnce { self.site.now }
        return try site.count(open) == 0
      })
    try site.owner.run("DELETE FROM model_servers")
    return try sink.log().filter { $0["test"] as? String == test }
  }

  private func last() throws -> (answer: String, written: String) {
    let row: [String] = try site.owner.rows(
      Query(
        column: "SELECT written || ' ' || answer FROM chat_messages WHERE kind = 'assistant' ORDER BY created_at DESC, number DESC LIMIT 1")
    )
    let parts = try row.first.unwrapped.split(separator: " ", maxSplits: 1)
    return (String(parts[1]), String(parts[0]))
  }

  private func body(_ request: [String: Any]) throws -> [String: Any] {
    let text = try (request["body"] as? String).unwrapped
    return try (JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]).unwrapped
  }

  @Test func `it reads with tools as the person, and its numbers become links; hard cases 44 to 46`() throws {
    let task = try ana.task(["title": "Paint the fence"])
    let eve = try site.person("eve@x.test")
    _ = try eve.task(["title": "Paint the fence of Eve"])
    site.pass(seconds: 1)
    let chat = try ana.talk("tell me something about the fence in your own words")
    let answer =
      "It is Paint the fence [1]. Bob has a secret [77]. See ![x](https://evil.example/?d=1) <script>alert(1)</script> and [all](/tasks)."
    let requests = try work([Self.calls(["fence"]), Self.say(answer)])
    #expect(requests.count == 2)
    let (text, written) = try last()
    #expect(written == "model" && text.contains("[Paint the fence](/tasks/\(task))") && !text.contains("secret"))
    let page = ana.get("/assistant/\(chat)")
    // Hard case 45: what is of this site works, the rest is text.
    #expect(page.links.contains("/tasks/\(task)") && page.links.contains("/tasks") && !page.links.contains { $0.contains("evil") })
    #expect(!page.text.contains("<img") && !page.text.contains("<script>alert") && page.text.contains("https://evil.example/?d=1"))
    // What it was told stands in messages of tools, as data.
    let asked = try body(requests[1])
    let messages = try (asked["messages"] as? [[String: Any]]).unwrapped
    let tools = messages.filter { $0["role"] as? String == "tool" }
    #expect(tools.count == 2 && tools.allSatisfy { ($0["content"] as? String)?.contains("\"untrusted\":true") == true })
    let all = try (requests[1]["body"] as? String).unwrapped
    #expect(!all.contains("of Eve") && !all.contains(task) && asked["tools"] != nil)
    for message in messages where message["role"] as? String != "tool" {
      #expect((message["content"] as? String)?.contains("Paint the fence") != true)
    }
    let steps: [String] = try site.owner.rows(Query(column: "SELECT tool || ' ' || status FROM assistant_steps ORDER BY id"))
    #expect(steps.sorted() == ["model ok", "model ok", "search ok"])
    #expect(try site.count("SELECT count(*) FROM assistant_turns") == 0)
    #expect(try site.count("SELECT count(*) FROM prompt_runs WHERE event = 'assistant' AND outcome = 'taken'") == 2)
  }

  @Test func `hard case 38: what the person wrote is kept as a question with their words, and nothing that they did not write`() throws {
    try site.owner.run("UPDATE users SET model_kinds = '{task,person}' WHERE id = \(ana.user)")
    let friend = try ana.known(["name": "Bia Ramos"])
    site.pass(seconds: 1)
    let chat = try ana.talk("say in your own words what is new with Bia Ramos, who works at Umbrella")
    func assume(_ quote: String) -> String {
      "{\"name\": \"assume\", \"arguments\": {\"about\": 1, \"predicate\": \"works_at\", \"object\": \"Umbrella\", \"confidence\": 0.8,"
        + "\"words\": \"Bia Ramos works at Umbrella.\", \"quote\": \"\(quote)\"}}"
    }
    let calls = [assume("I heard that she works there"), assume("who works at Umbrella")].joined(separator: ",")
    _ = try work(["calls:" + Self.encoded("[\(calls)]"), Self.say("You say that she works at Umbrella, and I ask you to confirm it.")])
    let kept: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT concat_ws('|', a.key, a.written, a.state, a.confidence::text, e.kind, e.quote) FROM assumptions a
          JOIN assumption_evidence e ON e.assumption_id = a.id WHERE a.user_id = \(ana.user)
          """))
    #expect(kept == ["person:\(friend) works_at umbrella|model|open|0.80|message|who works at Umbrella"])
    #expect(ana.get("/assumptions").text.contains("who works at Umbrella"))
    #expect(try site.count("SELECT count(*) FROM assistant_steps WHERE tool = 'assume' AND status = 'error'") == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'assumption.made' AND actor = 'assistant'") == 1)
    // The conversation is thrown away, and what rests on nothing else with it; it is asked about again when that is back.
    let works = try site.text("SELECT id::text FROM assumptions").unwrapped
    #expect(ana.post("/assistant/\(chat)/deletion").status == 303)
    #expect(try ana.stands(works) == "faded 0.80 2")
    #expect(ana.post("/assistant/\(chat)/restoration").status == 303)
    #expect(try ana.stands(works) == "open 0.80 3")
    // What the assistant said itself is no ground, though it stands in the conversation.
    site.pass(seconds: 1)
    try ana.talk("and what else is there, in your own words", in: chat)
    _ = try work(["calls:" + Self.encoded("[\(assume("I ask you to confirm it"))]"), Self.say("There is nothing else.")])
    #expect(try site.count("SELECT count(*) FROM assumption_evidence") == 1)
    // Facts of the person stand before all else, their own words first, with whom they are about; but for what rests on something private.
    site.pass(seconds: 1)
    let early = try ana.assumption("Works best in the morning")
    site.pass(seconds: 1)
    let late = try ana.assumption("Likes quiet walruses", on: "task:" + ana.task(["title": "Walrus", "private": "on"]))
    for own in [early, late] { #expect(ana.post("/assumptions/\(own)/confirmation", ["version": "1"]).status == 303) }
    #expect(ana.post("/assumptions/\(works)/correction", ["version": "3", "correction": "no, at Initech"]).status == 303)
    site.pass(seconds: 1)
    try ana.talk("say in your own words how Bia Ramos is", in: chat)
    let requests = try work([Self.say("She is well.")])
    let told = try (requests.first?["body"] as? String).unwrapped
    let fact = try told.range(of: "no, at Initech").unwrapped
    let own = try told.range(of: "Works best in the morning").unwrapped
    #expect(fact.lowerBound < own.lowerBound && told[..<fact.lowerBound].hasSuffix("Bia Ramos\\\",\\\"words\\\":\\\""))
    #expect(!told.contains("walruses") && !told.contains("works at Umbrella.\\\""))
  }

  @Test func `hard case 48: delete everything comes to one proposal into the trash, and nothing is deleted`() throws {
    for title in ["Paint the fence", "Mow the fence", "Sell the fence"] { _ = try ana.task(["title": title]) }
    site.pass(seconds: 1)
    let chat = try ana.talk("get rid of every single fence there is, all of them at once, I mean it")
    let deletions = (1...3).map { "{\"name\": \"propose_delete\", \"arguments\": {\"n\": \($0)}}" }.joined(separator: ",")
    _ = try work([Self.calls(["fence"]), "calls:" + Self.encoded("[\(deletions)]"), Self.say("I propose one of them.")])
    #expect(ana.get("/assistant/\(chat)").text.contains("I propose one of them."))
    #expect(try site.count("SELECT count(*) FROM proposals WHERE action = 'delete' AND NOT is_foreign") == 1)
    #expect(try site.count("SELECT count(*) FROM assistant_steps WHERE tool = 'propose_delete' AND status = 'error'") == 2)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE deleted_at IS NULL") == 3)
  }

  @Test func `hard case 49: nine calls and a loop without end stop with what it has, and ten messages of 4 kB fit`() throws {
    _ = try ana.task(["title": "Paint the fence"])
    site.pass(seconds: 1)
    let chat = try ana.talk("everything about the fence in your own words")
    let nine = try work([Self.calls((0..<9).map { "fence \($0)" })])
    let choice = try body(nine[1])["tool_choice"] as? String
    #expect(nine.count == 2 && choice == "none")
    #expect(try site.count("SELECT count(*) FROM assistant_steps WHERE tool = 'search' AND status = 'ok'") == 8)
    #expect(try site.count("SELECT count(*) FROM assistant_steps WHERE tool = 'search' AND status = 'refused'") == 1)
    let had = try last().answer
    #expect(had.contains("Paint the fence"))
    site.pass(seconds: 1)
    try ana.talk("and again about the fence", in: chat)
    #expect(try work([Self.calls(["fence"])]).count == 9)
    site.pass(seconds: 1)
    for number in 1...10 { try ana.talk("\(number) " + String(repeating: "lorem fence ", count: 340), in: chat) }
    let long = try work([Self.say("It is there.")])
    let sizes = try long.map { request in
      let messages = try (body(request)["messages"] as? [[String: Any]]).unwrapped.filter { $0["role"] as? String != "system" }
      return messages.reduce(0) { $0 + (($1["content"] as? String)?.utf8.count ?? 0) }
    }
    // Four bytes a token at most.
    #expect(sizes.count == 10 && (sizes.max() ?? 0) <= 24_000 && (sizes.max() ?? 0) > 12_000)
  }

  @Test func `hard case 50: whatever a model does wrong, rules or honest words answer, and why is kept with the run`() throws {
    _ = try ana.task(["title": "Paint the fence"])
    let faults: [(step: String, reason: String)] = [
      ("hang", "timeout"), ("429@600", "status_429"), ("400", "status_400"), ("broken", "not_json"), ("empty", "empty_answer"),
      ("error:overloaded", "error"), (Self.say("Error: 500 marker"), "error_text"),
      (Self.say("{\"name\": \"search\", \"arguments\": {}}"), "code"),
      (Self.say("Lo siento, pero no puedo ayudarte con esto porque el servidor no tiene la respuesta que tu quieres"), "language"),
      (Self.say("Bob has it [55]."), "ungrounded"), ("huge", "too_large"),
    ]
    var chat: String?
    for (step, reason) in faults {
      site.pass(minutes: 10)
      chat = try ana.talk("how would the fence look in blue, I wonder", in: chat)
      _ = try work([step], seconds: 2)
      let (text, written) = try last()
      #expect(written == "rules" && text.contains("I could not reach the model.") && text.contains("Paint the fence"), "\(step)")
      #expect(!text.contains("marker") && !text.contains("siento"), "\(step)")
      let found = try site.text("SELECT reason FROM prompt_runs ORDER BY started_at DESC, call DESC LIMIT 1")
      #expect(found == reason, "\(step)")
    }
    #expect(try site.count("SELECT count(*) FROM prompt_runs WHERE outcome = 'asking'") == 0)
  }

  @Test func `hard case 51: what names somebody is answered here while people are off, and nothing of it leaves later`() throws {
    _ = try ana.known(["name": "Bia Ramos", "company": "Umbrella"])
    _ = try ana.task(["title": "Secret walrus", "private": "on"])
    site.pass(seconds: 1)
    let chat = try ana.talk("who is Bia")
    #expect(try work([Self.say("Nobody.")]).isEmpty)
    #expect(try last().written == "rules")
    site.pass(seconds: 1)
    try ana.talk("what about the secret walrus", in: chat)
    #expect(try work([Self.say("Nothing.")]).isEmpty)
    site.pass(seconds: 1)
    try ana.talk("say something in your own words", in: chat)
    let requests = try work([Self.say("There is not much to say.")])
    let written = try last().written
    #expect(requests.count == 1 && written == "model")
    let told = try (requests.first?["body"] as? String).unwrapped
    for word in ["Bia", "Ramos", "Umbrella", "walrus"] { #expect(!told.contains(word), "\(word)") }
    // Nothing is allowed: nobody is asked.
    try site.owner.run("UPDATE users SET model_kinds = '{}' WHERE id = \(ana.user)")
    site.pass(seconds: 1)
    try ana.talk("what is due", in: chat)
    #expect(try work([Self.say("Nothing.")]).isEmpty)
  }

  @Test func `a worker that dies between two tools leaves the answer to the next, and yes says where to press`() throws {
    _ = try ana.task(["title": "Paint the fence"])
    site.pass(seconds: 1)
    let chat = try ana.talk("add task buy paint")
    try site.owner.run("UPDATE users SET model_kinds = '{}' WHERE id = \(ana.user)")
    try site.work()
    let proposal = try site.text("SELECT proposals[1]::text FROM chat_messages WHERE kind = 'assistant'").unwrapped
    try site.owner.run("UPDATE users SET model_kinds = '{task}' WHERE id = \(ana.user)")
    site.pass(seconds: 1)
    try ana.talk("yes", in: chat)
    #expect(try work([Self.say("Done.")]).isEmpty)
    let told = try last().answer
    // Hard case 48.
    #expect(told.contains("/proposals/\(proposal)") && told.contains("Nothing is changed by a message"))
    #expect(try site.count("SELECT count(*) FROM tasks") == 1)
    // What a worker wrote down before it died is taken up: two calls were made.
    site.pass(seconds: 1)
    try ana.talk("tell me about the fence in your own words", in: chat)
    let now = site.now
    let state = JSONText.object([
      ("prompt", .string("assistant.1")), ("system", .string("Rules.")),
      ("turns", .array([CoachPrompt.message("user", "tell me about the fence")])), ("given", .array([])), ("saw", .array([])),
      ("assumptions", .array([])), ("proposals", .array([])), ("calls", .number(8)), ("spent", .number(0)),
      ("began", .string(String(now.microseconds))),
    ])
    try site.owner.run(
      """
      INSERT INTO assistant_turns (chat_id, number, user_id, state, began_at) VALUES (\(chat)::text::uuid, 3, \(ana.user), \(state.text), \(now))
      """)
    let requests = try work([Self.say("I have nothing on that.")])
    let choice = try body(requests[0])["tool_choice"] as? String
    let written = try last().written
    #expect(requests.count == 1 && choice == "none" && written == "model")
  }
}
