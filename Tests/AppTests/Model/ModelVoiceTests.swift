import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// The coach with a model: what people see of it.
@Suite struct ModelVoiceTests {
  private let sink: Sink
  private let test = UUID().uuidString

  init() throws { sink = try Sink.shared("model_sink.py") }

  private func site(_ steps: [String], daily: Int = 60) throws -> Site {
    let endpoint = CoachEndpoint("http://127.0.0.1:\(sink.port)/\(test)/\(steps.joined(separator: ","))")
    return try Site(model: ModelServer(endpoint: endpoint.unwrapped, model: "tiny", daily: daily, seconds: 10))
  }

  private func bodies() throws -> [String] { try sink.log().filter { $0["test"] as? String == test }.compactMap { $0["body"] as? String } }

  private func answers(_ site: Site) throws -> [String] {
    try site.owner.rows(Query(column: "SELECT written || ' ' || answer FROM chat_messages ORDER BY chat_id, number"))
  }

  @Test func `a message is there at once in our words, then in the model's, and says so`() throws {
    let site = try site([ModelAsking.saying("“Read” is done.")])
    let ana = try site.person("ana@x.test")
    let id = try ana.habit(["name": "Read"])
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    #expect(ana.get("/coach").fact("written") == "template")
    try site.work()
    #expect(ana.get("/coach").fact("written") == "model")
    #expect(try site.text("SELECT concat_ws(' ', prompt, text) FROM coach_messages") == "habit_complete.1 “Read” is done.")
    // Who receives it is named where it is read, and where it is switched off.
    for page in ["/coach", "/settings/coach"] { #expect(ana.get(page).text.contains("at 127.0.0.1:\(sink.port)")) }
  }

  @Test func `a text that does not hold leaves ours where it stands`() throws {
    let site = try site([ModelAsking.saying("“Read” is done for the 41st time.")])
    let ana = try site.person("ana@x.test")
    let id = try ana.habit(["name": "Read"])
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    let ours = try site.text("SELECT text FROM coach_messages")
    try site.work()
    #expect(try site.text("SELECT text FROM coach_messages") == ours)
    #expect(ana.get("/coach").fact("written") == "template")
    #expect(try site.text("SELECT outcome || ' ' || reason FROM prompt_runs") == "refused number")
  }

  @Test func `a conversation is answered in order, and words of harm never leave this machine`() throws {
    let site = try site([ModelAsking.saying("Good to hear."), ModelAsking.saying("So be it.")])
    let ana = try site.person("ana@x.test")
    let chat = try ana.chat("The train was late, as ever.")
    _ = try ana.chat("quero morrer", in: chat)
    _ = try ana.chat("And the bus was later still.", in: chat)
    try site.work()
    let said = try answers(site)
    #expect(said.count == 3 && said[0] == "model Good to hear." && said[1].hasPrefix("template ") && said[2] == "model So be it.")
    let sent = try bodies()
    #expect(sent.count == 2 && sent[1].contains("train was late") && sent[1].contains("Good to hear") && sent[1].contains("bus was later"))
    let human = said[1].dropFirst("template ".count).prefix(20)
    #expect(!sent.joined().contains("morrer") && !sent.joined().contains(human))
  }

  @Test func `when the day's calls are used up the coach says so once, and speaks in our words`() throws {
    let site = try site([ModelAsking.saying("Good to hear.")], daily: 1)
    let ana = try site.person("ana@x.test")
    for _ in 1...3 {
      _ = try ana.chat("The train was late, as ever.")
      try site.work()
    }
    let said = try answers(site)
    #expect(said.count { $0.hasPrefix("template ") } == 2 && said.count { $0.contains("as often as it may today") } == 1)
    #expect(try bodies().count == 1)
  }

  @Test func `who has switched the model off is not told of to anybody, whatever was asked for before`() throws {
    let site = try site([ModelAsking.saying("Good to hear.")])
    let ana = try site.person("ana@x.test")
    let id = try ana.habit(["name": "Read"])
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    _ = try ana.chat("The train was late, as ever.")
    #expect(ana.post("/settings/coach", ["version": "1", "events": "on"]).status == 303)
    try site.work()
    #expect(try bodies().isEmpty && site.count("SELECT count(*) FROM prompt_runs") == 0)
    #expect(try answers(site)[0].hasPrefix("template "))
  }
}
