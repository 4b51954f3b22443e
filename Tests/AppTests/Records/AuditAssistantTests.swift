import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Issue 14: acts of the assistant in the audit log, in whose name, and what unfolds below them (RULES 9.8, 9.33, 9.41).
@Suite struct AuditAssistantTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func kinds(_ query: String) -> [String] {
    ana.get("/settings/audit" + query).text.components(separatedBy: "data-kind=\"").dropFirst().map { $0.components(separatedBy: "\"")[0] }
  }

  @Test func `an act of the assistant says for whom, why and how sure, leads to its proposal, and is found by actor, kind and entity`()
    throws
  {
    let task = try ana.task(["title": "Call Bea"])
    site.pass(seconds: 1)
    let (proposal, first, second) = (ID<Proposal>.new(at: site.now), ID<Assumption>.new(at: site.now), ID<Assumption>.new(at: site.now))
    let entry = AuditEntry(
      "a.kind_to_come", "task", task,
      [
        "intent": "Wants to <call>", "reasoning": "It was said.", "confidence": "0.72", "input_summary": "3 things",
        "output_summary": "1 change",
        "proposal": proposal.text, "assumptions": "\(first.text) \(second.text)", "run": "x",
      ])
    let actor = Actor(kind: .assistant, id: ana.user.text, name: "Ana", address: "192.0.2.1", request: "r")
    try site.owner.transaction {
      try Audit.append([entry], user: ana.user, account: ana.account, by: actor, at: site.now, site.services.keys, site.owner)
    }
    let page = ana.get("/settings/audit?who=assistant").text
    #expect(page.contains("The assistant, for you") && page.contains("<dt>What was wanted</dt><dd>Wants to &lt;call&gt;</dd>"))
    for label in ["Why", "How sure", "What it went by", "What came of it", "Proposal", "Taken for true", "Call of the model"] {
      #expect(page.contains("<dt>\(label)</dt>"), "\(label)")
    }
    #expect(page.contains("href=\"/proposals/\(proposal.text)\""))
    for id in [first, second] { #expect(page.contains("href=\"/assumptions?state=all#assumption-\(id.text)\"")) }
    for query in [
      "?who=assistant", "?actor=assistant", "?kind=a.kind_to_come", "?kind=kind_to_come&actor=assistant",
      "?entity=task:\(task)&actor=assistant",
    ] { #expect(kinds(query) == ["a.kind_to_come"], "\(query)") }
    #expect(kinds("?entity=goal:\(task)").isEmpty && kinds("?entity=task:\(task)").count == 2 && kinds("?actor=me").count == 1)
    #expect(ana.get("/settings/audit?actor=nobody").status == 422)
    try site.owner.run("UPDATE users SET language = 'pt-BR'")
    #expect(ana.get("/settings/audit?actor=assistant").text.contains("O assistente, por você"))
    let rows = try site.count("SELECT count(*) FROM audit_log")
    #expect(try AuditVerification.verify(site.services.keys, site.owner) == .whole(rows: rows, accounts: 1))
  }

  @Test func `the web role writes no act of the assistant for another person`() throws {
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    for (user, isOwn) in [(bob.user, false), (ana.user, true)] {
      let actor = Actor(kind: .assistant, id: user.text, name: "", address: "", request: "r")
      func write() throws {
        try site.web.transaction {
          try site.web.run(
            "SELECT set_config('heed.user_id', \(ana.user.text), true), set_config('heed.account_id', \(ana.account.text), true)")
          try Audit.append(
            [AuditEntry("task.made", "task")], user: ana.user, account: ana.account, by: actor, at: site.now, site.services.keys, site.web)
        }
      }
      if isOwn {
        try write()
      } else {
        let error = #expect(throws: PostgresError.self) { try write() }
        #expect(error?.sqlstate == "42501")
      }
    }
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE actor = 'assistant'") == 1)
  }
}
