import Foundation
import Testing

@testable import App
@testable import Domain

/// What people are told that they did is the same on the reminder's page and on the escalation's.
@Suite struct OutcomeTextTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// The addresses of a new reminder that rings, and of its escalation.
  private func ringing(_ importance: String = "high") throws -> (reminder: String, escalation: String) {
    let id = try ana.remind(["title": "Pay", "importance": importance, "schedule": "once", "at": "2026-12-01T09:00"])
    #expect(ana.post("/reminders/\(id)/run").status == 303)
    let escalation = try site.text("SELECT id::text FROM escalations WHERE reminder_id::text = \(id)").unwrapped
    return ("/reminders/\(id)", "/escalations/\(escalation)")
  }

  /// The line on the page that a button leads to.
  private func told(_ place: String, _ button: String, _ fields: KeyValuePairs<String, String> = [:]) -> String {
    #expect(ana.post("\(place)/\(button)", fields).location == place)
    let line = ana.get(place).text.components(separatedBy: "<div class=\"flash\"").dropFirst().first ?? ""
    return line.components(separatedBy: "</div>")[0]
  }

  @Test(
    arguments: [
      ("acknowledgement", [:], "You are on it. Nothing rings until the next time."), ("completion", [:], "Done: “Pay”."),
      ("snoozes", ["until": "2 hours"], "11:00 (in 2 hours)."),
    ] as [(String, KeyValuePairs<String, String>, String)])
  func `page and timeline tell the same`(button: String, fields: KeyValuePairs<String, String>, sentence: String) throws {
    #expect(told(try ringing().reminder, button, fields).contains(sentence))
    #expect(told(try ringing().escalation, button, fields).contains(sentence))
  }

  @Test func `who acknowledges is told when Heed asks again`() throws {
    for place in [try ringing("critical").reminder, try ringing("critical").escalation] {
      #expect(told(place, "acknowledgement").contains("You are on it. Heed asks again in 4 hours."))
    }
    let place = try ringing().escalation
    #expect(told(place, "acknowledgement", ["again_in": "2 hours"]).contains("You are on it. Heed asks again in 2 hours."))
    #expect(told(place, "acknowledgement").contains("This was acknowledged already."))
    #expect(ana.get("/settings/audit").text.contains("<dt>Escalation</dt><dd>\(place.dropFirst("/escalations/".count))</dd>"))
  }
}
