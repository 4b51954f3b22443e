import Foundation
import Testing

@testable import App
@testable import Domain

/// The operators' page of the model server.
@Suite struct ModelPageTests {
  @Test func `owner and admin see it, and have a tab for it; others do not`() throws {
    let site = try Site()
    let owner = try site.person("ana@x.test")
    for role in Role.allCases {
      let person = try site.person("\(role)@x.test", sharing: owner, role: role)
      let isOperator = role == .owner || role == .admin
      #expect(person.get("/settings/model").status == (isOperator ? 200 : 403))
      #expect(person.get("/settings/profile").text.contains("/settings/model") == isOperator)
    }
    #expect(site.browser().get("/settings/model").status == 303)
  }

  @Test func `calls are told by day and event, of one's own account and without texts`() throws {
    let site = try Site()
    let (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
    let ben = try site.person("ben@x.test", sharing: ana, role: .agent)
    let day = Day(20_777)
    for milliseconds in 1...20 { try ana.modelRun(.streak, on: day, milliseconds: milliseconds * 100, tokens: 7) }
    try ben.modelRun(.streak, on: day, reason: "timeout", milliseconds: 30_000, tokens: 0)
    try ben.modelRun(.chat, reason: "status_429")
    try ben.modelRun(.chat, reason: "number")
    try ben.modelRun(.chat, reason: "number")
    try ana.modelRun(.chat, on: Day(20_778 - 30))
    try eve.modelRun(.goalComplete)
    let rows = try ana.get("/settings/model").cells()
    #expect(rows.count == 2, "\(rows)")
    #expect(
      rows[0] == [
        "Chat with the coach", "Sat 21 Nov 2026", "3", "30 in, 30 out", "100 ms", "100 ms",
        "2 × a number that was not given, 1 × status 429",
      ])
    #expect(rows[1] == ["A streak", "Fri 20 Nov 2026", "21", "140 in, 140 out", "1.1 s", "2.0 s", "1 × no answer in time"])
  }

  @Test func `with nothing asked, without a server, and while it is left alone the page says so`() throws {
    #expect(try Site().person("ana@x.test").get("/settings/model").text.contains("No model server is set up"))
    let server = ModelServer(endpoint: try CoachEndpoint("https://models.example:8443/v1").unwrapped, key: "sk-secret-7", model: "tiny")
    let site = try Site(model: server)
    let ana = try site.person("ana@x.test", language: .portuguese)
    func page() -> String { ana.get("/settings/model").text }
    #expect(page().contains("Nada foi perguntado ainda") && page().contains("tiny em models.example:8443 escreve"))
    #expect(!page().contains("Ninguém o consulta") && !page().contains("sk-secret-7"))
    for _ in 1...5 { _ = try ModelPause.failed("models.example:8443", at: site.now, site.connection("heed_work")) }
    #expect(page().contains("Ninguém o consulta até hoje 09:05"))
    site.pass(minutes: 5)
    #expect(!page().contains("Ninguém o consulta"))
  }
}

extension Page {
  /// The text of the cells of each row of the first table's body.
  fileprivate func cells() throws -> [[String]] {
    let body = try text.components(separatedBy: "<tbody>").dropFirst().first.unwrapped.components(separatedBy: "</tbody>")[0]
    return body.components(separatedBy: "<tr>").dropFirst().map { row in
      row.replacing("\n", with: "").replacing("<th ", with: "<td ").components(separatedBy: "<td ").dropFirst()
        .map { cell -> String in
          // The first text in it, behind its own tag or that of the time in it.
          let texts = cell.components(separatedBy: ">").dropFirst().map { $0.components(separatedBy: "<")[0] }
          return texts.first { !$0.isEmpty } ?? ""
        }
    }
  }
}
