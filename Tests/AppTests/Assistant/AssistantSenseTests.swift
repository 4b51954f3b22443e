import Foundation
import Net
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What the assistant finds by its sense (RULES 9.44), with a server of vectors that does what it is told. Noon in New York, Monday 1 March 2027.
@Suite struct AssistantSenseTests {
  private let embedding: Embedding
  private let sink: Sink
  private let car: String
  private var site: Site { embedding.site }
  private var ana: Browser { embedding.ana }

  init() throws {
    embedding = try Embedding()
    sink = try Sink.shared("model_sink.py")
    car = try embedding.ana.task(["title": "Repair the vehicle"])
    _ = try embedding.ana.task(["title": "Secret automobile", "private": "on"])
    let gone = try embedding.ana.task(["title": "Sell the veiculo"])
    _ = try embedding.ana.known(["name": "Bia Ramos"])
    _ = try embedding.site.person("eve@x.test").task(["title": "Wash the carro of Eve"])
    try embedding.look()
    #expect(embedding.ana.post("/tasks/\(gone)/deletion").status == 303)
    site.pass(seconds: 61)
  }

  /// What is looked for, call by call.
  private func looked() throws -> [String] {
    try embedding.sent().flatMap { $0 }.filter { $0.hasPrefix("query: ") }.map { String($0.dropFirst(7)) }
  }

  private func answer() throws -> String {
    try site.text("SELECT answer FROM chat_messages WHERE kind = 'assistant' ORDER BY created_at DESC, number DESC LIMIT 1") ?? ""
  }

  @Test func `without a model the rules find by sense too, say so, and wait for nobody where the server fails`() throws {
    let chat = try ana.talk("find carro")
    try site.work()
    #expect(try looked() == ["carro"])
    let found = try answer()
    #expect(
      found.contains("I found nothing called") && found.contains("This is like it by its meaning:") && found.contains("/tasks/\(car)"))
    #expect(!found.contains("Secret") && !found.contains("Sell") && !found.contains("Eve"))
    let page = ana.get("/assistant/\(chat)")
    #expect(page.links.contains { $0.hasPrefix("/tasks/\(car)") } && page.text.contains("What the assistant saw"))
    // The same again asks nobody, and what is no search neither.
    for said in ["find carro", "what is due today", "hello"] {
      site.pass(seconds: 1)
      try ana.talk(said, in: chat)
      try site.work()
    }
    #expect(try looked() == ["carro"])
    // What the grammar does not understand is looked for as it was written.
    site.pass(seconds: 1)
    try ana.talk("my carro makes strange sounds", in: chat)
    try site.work()
    let guessed = try answer()
    #expect(try looked().last == "my carro makes strange sounds" && guessed.contains("/tasks/\(car)"))
    #expect(guessed.contains("Nothing of yours holds these words.") && guessed.contains("This is like it by its meaning:"))
    // Hard case 51: what names somebody of whom nothing is told, or what is private, stays here.
    for said in ["find Bia Ramos", "strange things of Bia Ramos", "where did my Secret automobile go, I wonder"] {
      site.pass(seconds: 1)
      try ana.talk(said, in: chat)
      try site.work()
    }
    #expect(try looked().count == 2 && site.count("SELECT count(*) FROM chat_messages WHERE answer IS NULL") == 0)
    // A server that fails is asked once a minute, and words answer.
    site.pass(minutes: 5)
    try embedding.script("500")
    for said in ["find cachorro", "find vehicle"] {
      site.pass(seconds: 1)
      try ana.talk(said, in: chat)
      try site.work()
    }
    #expect(try looked().count == 3 && answer().contains("/tasks/\(car)"))
    #expect(
      try embedding.runs().last == "failed status_500" && site.count("SELECT count(*) FROM prompt_runs WHERE outcome = 'asking'") == 0)
    // Nothing is allowed: nobody is asked.
    try embedding.allow([:])
    site.pass(minutes: 5)
    try ana.talk("find novel", in: chat)
    try site.work()
    #expect(try looked().count == 3 && answer().contains("I found nothing called"))
  }

  @Test func `a model is given what lies near to the question, and its tool finds by sense`() throws {
    func encoded(_ text: String) -> String {
      text.utf8.map { (48...57).contains($0) || (97...122).contains($0) ? "\(UnicodeScalar($0))" : String(format: "%%%02X", $0) }.joined()
    }
    let calls = #"[{"name": "search", "arguments": {"q": "automobile"}}, {"name": "search", "arguments": {"q": "a\u0000b"}}]"#
    let test = UUID().uuidString
    let steps = ["calls:" + encoded(calls), "say:" + encoded("It is Repair the vehicle [1].")].joined(separator: ",")
    let endpoint = try CoachEndpoint("http://127.0.0.1:\(sink.port)/\(test)/\(steps)").unwrapped
    let chat = try ana.talk("how is my carro doing, in your own words")
    let worker = try embedding.worker(talking: ModelServer(endpoint: endpoint, model: "tiny", daily: 1_000, seconds: 10))
    let open: SQL = "SELECT count(*) FROM chat_messages WHERE kind = 'assistant' AND answer IS NULL"
    #expect(
      try until {
        _ = try worker.runOnce { self.site.now }
        return try site.count(open) == 0
      })
    #expect(try looked() == ["how is my carro doing, in your own words", "automobile", "a b"])
    let requests = try sink.log().filter { $0["test"] as? String == test }.compactMap { $0["body"] as? String }
    let first = try requests.first.unwrapped
    let last = try requests.last.unwrapped
    // No word of it stands in the question or in what is looked for.
    #expect(requests.count == 2 && first.contains("Repair the vehicle") && !first.contains("by meaning") && last.contains("by meaning"))
    let hits: [String] = try site.owner.rows(
      Query(column: "SELECT p->'lines'->>0 FROM chat_messages m, jsonb_array_elements(m.saw) p WHERE p->>'part' = 'hits'"))
    #expect(hits == ["Repair the vehicle"])
    for word in ["Secret automobile", "Sell the", "of Eve", "Bia"] { #expect(!last.contains(word), "\(word)") }
    #expect(try answer().contains("[Repair the vehicle](/tasks/\(car))"))
    #expect(ana.get("/assistant/\(chat)").links.contains { $0.hasPrefix("/tasks/\(car)") })
    let tools: [String] = try site.owner.rows(Query(column: "SELECT tool || ' ' || status FROM assistant_steps ORDER BY id"))
    #expect(tools.sorted() == ["model ok", "model ok", "search ok", "search ok"])
    // All that left is kept as calls: of the model, of its questions, of the things.
    let kept = try site.count("SELECT count(*) FROM prompt_runs WHERE outcome = 'taken' AND prompt = 'query'")
    #expect(try kept == 3 && site.count("SELECT count(*) FROM assistant_turns") == 0)
  }
}
