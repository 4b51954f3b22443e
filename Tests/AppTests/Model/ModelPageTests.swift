import Foundation
import Testing

@testable import App
@testable import Domain

/// The page of the model server: everybody's own, and for operators what the account asked.
@Suite struct ModelPageTests {
  @Test func `everybody has it, and a tab for it; what the account asked is for owner and admin`() throws {
    let site = try Site()
    let owner = try site.person("ana@x.test")
    for role in Role.allCases {
      let person = try site.person("\(role)@x.test", sharing: owner, role: role)
      let isOperator = role == .owner || role == .admin
      let page = person.get("/settings/model")
      #expect(page.status == 200 && page.text.contains("What all of you asked") == isOperator)
      #expect(person.get("/settings/profile").text.contains("/settings/model"))
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
    // His own by operation and outcome, and none of hers.
    let own = try ben.get("/settings/model").cells(of: "own")
    #expect(
      own == [["Chat with the coach", "Failed", "3", "30 in, 30 out", "100 ms"], ["A streak", "Failed", "1", "0 in, 0 out", "30.0 s"]])
  }

  @Test func `with nothing asked, without a server, and while it is left alone the page says so`() throws {
    let off = try Site().person("ana@x.test").get("/settings/model")
    #expect(off.fact("model-state") == "off" && off.text.contains("No model is set up. Everything works; this is what would be added."))
    let server = ModelServer(endpoint: try CoachEndpoint("https://models.example:8443/v1").unwrapped, key: "sk-secret-7", model: "tiny")
    let site = try Site(model: server)
    let ana = try site.person("ana@x.test", language: .portuguese)
    func page() -> String { ana.get("/settings/model").text }
    #expect(page().contains("Você ainda não causou nenhuma consulta.") && page().contains("tiny em models.example:8443 escreve"))
    #expect(!page().contains("Ninguém o consulta") && !page().contains("sk-secret-7"))
    for _ in 1...5 { _ = try ModelPause.failed("models.example:8443", at: site.now, site.connection("heed_work")) }
    #expect(page().contains("Ninguém o consulta até hoje 09:05"))
    site.pass(minutes: 5)
    #expect(!page().contains("Ninguém o consulta"))
    #expect(ana.get("/settings/model").fact("model-state") == "working")
    // Since the first failure after it last answered; what nobody waited for any more is none.
    for (seconds, reason) in [(1, "timeout"), (2, ""), (3, "unwanted"), (4, "timeout"), (5, "status_500")] {
      site.pass(seconds: seconds)
      try ana.modelRun(.chat, reason: reason)
    }
    let failing = ana.get("/settings/model")
    #expect(failing.fact("model-state") == "failing" && failing.text.contains("Falhando desde"))
    #expect(failing.text.contains("datetime=\"\(site.now.advanced(seconds: -5).iso)\""))
  }
}

extension Page {
  /// The text of the cells of each row of a section's table.
  fileprivate func cells(of section: String = "account") throws -> [[String]] {
    let part = try text.components(separatedBy: "id=\"\(section)\"").dropFirst().first.unwrapped
    let body = try part.components(separatedBy: "<tbody>").dropFirst().first.unwrapped.components(separatedBy: "</tbody>")[0]
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
