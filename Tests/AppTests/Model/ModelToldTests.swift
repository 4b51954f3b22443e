import Foundation
import Testing

@testable import App
@testable import Domain

/// Issue 14, privacy: what a model may be told, kind by kind, and what has left this server.
@Suite struct ModelToldTests {
  @Test func `every kind of things can be ticked and taken back, and says what would go`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let all = ModelKind.allCases.map(\.rawValue)
    func stored() throws -> String? { try site.text("SELECT array_to_string(model_kinds, ' ') FROM users") }
    func send(_ kinds: [String]) throws -> Page {
      let version = try ana.get("/settings/privacy").field("version", ofForm: "/settings/privacy").unwrapped
      return ana.fill("/settings/privacy", kinds.map { ("model", $0) } + [("version", version)])
    }
    // People, places and events were refused by the table once.
    #expect(try send(all).status == 303 && stored() == all.joined(separator: " "), "\(site.logged)")
    let page = ana.get("/settings/privacy")
    for kind in all { #expect(page.text.contains("value=\"\(kind)\" checked"), "\(kind)") }
    #expect(page.text.components(separatedBy: "class=\"help\"").count > all.count)
    for kind in all { #expect(try send([kind]).status == 303 && stored() == kind, "\(kind)") }
    #expect(try send([]).status == 303 && stored() == "")
    #expect(page.fact("told-host") == "" && page.fact("told-calls") == "0" && page.fact("told-bytes") == "0")
    let said = ana.get("/settings/audit?kind=settings.changed&entity=user:\(ana.user.text)").text
    #expect(said.contains("task goal problem deadline person place event reminder habit"))
  }

  @Test func `Hard case 51: the sum of what left equals what a listener saw, call by call, and others see nothing of it`() throws {
    let asking = try ModelAsking()
    let (site, ana) = (asking.site, asking.ana)
    let good = ModelAsking.saying("“Read”: 14 days in a row.")
    _ = try asking.asked(asking.server(["500", good]))
    _ = try asking.asked(asking.server([good]))
    let heard = try asking.requests().compactMap { ($0["body"] as? String)?.utf8.count }
    #expect(heard.count >= 2)
    // A server that nobody reached was told nothing, though the call is kept.
    let run = ModelRun(id: .new(at: site.now.advanced(seconds: 1)), call: 1)
    let cause = ModelRun.Cause(
      account: ana.account, user: ana.user, day: Day(20_778), event: EmbedCall.event, prompt: "passages", kinds: [.person, .task])
    try site.owner.run(run.beginning(cause, Array("never sent".utf8), model: "e5", host: "127.0.0.1:9", now: site.now))
    try site.owner.run(
      run.ending(.failed, "connection", answer: nil, hasLeft: false, tokens: nil, milliseconds: 1, now: site.now))
    let page = ana.get("/settings/privacy")
    #expect(page.fact("told-calls") == "\(heard.count)" && page.fact("told-bytes") == "\(heard.reduce(0, +))")
    let rows = page.text.components(separatedBy: "data-told=\"").dropFirst().compactMap { Int($0.prefix { $0 != "\"" }) }
    #expect(rows.sorted() == heard.sorted())
    #expect(page.text.contains("127.0.0.1:\(asking.sink.port)") && !page.text.contains("127.0.0.1:9<"))
    // By operation and outcome, with that call too.
    let own = ana.get("/settings/model").text
    #expect(own.contains("Vectors for search by meaning") && own.contains("Failed") && own.contains("A streak"))
    // The page of the model lists the same calls.
    #expect(own.components(separatedBy: "data-told=\"").count == heard.count + 1)
    #expect(ana.get("/settings/model").fact("told-bytes") == page.fact("told-bytes"))
    for other in [try site.person("bob@x.test", sharing: ana, role: .admin), try site.person("eve@x.test")] {
      let page = other.get("/settings/privacy")
      #expect(page.fact("told-calls") == "0" && !page.text.contains("data-told"))
      let others = other.get("/settings/model")
      #expect(others.text.contains("You have caused no call yet.") && others.fact("told-calls") == "0")
    }
  }

  @Test func `the list of what left is read page by page and tells the kinds, in the reader's language`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test", language: .portuguese)
    for number in 0..<52 {
      let (run, now) = (ModelRun(id: .new(at: site.now.advanced(seconds: number)), call: 1), site.now.advanced(seconds: number))
      let cause = ModelRun.Cause(
        account: ana.account, user: ana.user, day: Day(20_778), event: "assistant", prompt: "assistant.1",
        kinds: number == 0 ? [] : [.person, .event])
      try site.owner.run(run.beginning(cause, [UInt8](repeating: 1, count: 100), model: "tiny", host: "h.example", now: now))
    }
    let first = ana.get("/settings/privacy")
    #expect(
      first.fact("told-calls") == "52" && first.fact("told-bytes") == "5200"
        && first.text.contains("52 consultas nos últimos 90 dias, 5,2 kB"))
    #expect(first.text.contains("data-kinds=\"person event\"") && first.text.contains("Pessoas, Calendário"))
    #expect(first.text.contains("Respostas do assistente"))
    let next = try first.links.first { $0.contains("/settings/privacy?after=") }.unwrapped
    let second = ana.get(next)
    #expect(second.text.components(separatedBy: "data-told=\"").count == 3 && second.text.contains("Nenhum"))
    #expect(ana.get("/settings/privacy?after=x").status == 422)
  }

  @Test func `sizes are told in short`() {
    for (bytes, text) in [
      (0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB"), (25_000_000, "25.0 MB"),
    ] {
      #expect(ModelText.size(bytes, .english) == text)
    }
  }
}
