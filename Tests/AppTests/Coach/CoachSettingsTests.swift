import Domain
import Foundation
import Postgres
import TestSupport
import Testing

@testable import App

/// What the coach may do, and the log of what people do.
@Suite struct CoachSettingsTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private func stored() throws -> String? {
    try site.text(
      "SELECT concat_ws(' ', coach_speak, coach_model, coach_notes, weekly_mail, keeps_events, coach_version) FROM users WHERE id = \(ana.user)"
    )
  }

  @Test func `settings begin open but for notes, and are stored with their version`() throws {
    #expect(try stored() == "all t f t t 1")
    #expect(ana.post("/settings/coach", ["speak": "milestones", "notes": "on", "version": "1"]).location == "/settings/coach")
    #expect(try stored() == "milestones f t f f 2")
    let stale = ana.post("/settings/coach", ["speak": "never", "version": "1"])
    #expect(stale.status == 409 && stale.text.contains("Changed meanwhile"))
    #expect(ana.post("/settings/coach", ["speak": "loud", "version": "2"]).complaints == ["speak"])
    #expect(ana.post("/settings/coach", ["speak": "all"]).status == 422)
    #expect(try stored() == "milestones f t f f 2")
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'coach.changed'") == 1)
  }

  @Test func `what people do is written down for them without names or texts, and not at all once they switch it off`() throws {
    let id = try ana.habit(["name": "A secret habit"])
    #expect(ana.post("/habits/\(id)/completions").status == 303)
    _ = try ana.chat("a secret question")
    let goal = try ana.goal(["title": "A secret goal"])
    #expect(ana.post("/goals/\(goal)/completion").status == 303)
    // What happens to things of the planner has its own page.
    let mine: SQL = "FROM event_log WHERE user_id = \(ana.user) AND thing_id IS NULL"
    let kinds: [String] = try site.owner.rows(Query(column: "SELECT DISTINCT kind \(mine)"))
    #expect(Set(kinds) == Set(EventLog.Deed.allCases.map(\.rawValue)))
    let noted = try site.count("SELECT count(*) \(mine)")
    #expect(try site.count("SELECT count(*) FROM event_log WHERE payload::text LIKE '%secret%'") == 0)
    #expect(ana.post("/settings/coach", ["speak": "all", "version": "1"]).status == 303)
    _ = try ana.habit(["name": "Another"])
    _ = try ana.goal(["title": "Another"])
    #expect(try site.count("SELECT count(*) \(mine)") == noted)
    site.pass(hours: 24 * 31)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM event_log WHERE user_id = \(ana.user)") == 0)
  }

  @Test func `the files that the program carries are those of the repository, without a complaint`() throws {
    #expect(CoachLibrary.carried.complaints == [])
    let folder = repository + "/templates/prompts"
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }.filter { $0.contains(".") } ?? []
    #expect(names.count > 10 && Set(PromptFiles.all.keys) == Set(names))
    for name in names { #expect(try PromptFiles.all[name] == String(contentsOfFile: folder + "/" + name, encoding: .utf8)) }
  }
}
