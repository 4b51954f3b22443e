import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// The audit log tells what was done, and the same of it whichever way it was done; of the answer to an escalation also, to which.
@Suite struct SameEntryTests {
  private enum Way: String, CaseIterable { case page, timeline, link, list }

  /// What stands in the log after a command by one way, whether it names the escalation, and whether the same again adds nothing.
  private func entry(
    _ command: String, _ fields: [(String, String)], by way: Way
  ) throws -> (entry: String, names: Bool, again: Int, actor: String) {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let id = try ana.remind(["title": "Pay", "importance": "high", "schedule": "once", "at": "2026-11-21T10:00"])
    site.now = site.now.advanced(hours: 1)
    try site.work()
    let escalation: ID<Escalation> = try site.owner.value("SELECT id FROM escalations").unwrapped
    let token = ActionLink(escalation, to: nil, sentAt: site.now).token(site.services.keys)
    let action = command == "snoozes" ? "snooze" : command
    let asked: [(String, String)]
    let path: String
    switch way {
    case .page: (path, asked) = ("/reminders/\(id)/\(command)", fields)
    case .timeline: (path, asked) = ("/escalations/\(escalation.text)/\(command)", fields)
    case .link: (path, asked) = ("/a/\(token)", fields + [("action", action)])
    case .list: (path, asked) = ("/reminders/bulk", fields + [("action", action), ("id", id)])
    }
    func press() -> Int {
      let pairs = way == .link ? asked : asked + [("csrf", ana.token())]
      let body = pairs.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&")
      return (way == .link ? site.browser() : ana).post(path, raw: Array(body.utf8)).status
    }
    let before = try site.count("SELECT count(*) FROM audit_log")
    #expect(press() == 303, "\(command) by \(way)")
    let once = try site.count("SELECT count(*) FROM audit_log")
    #expect(once == before + 1, "\(command) by \(way)")
    let newest: SQL = "FROM audit_log ORDER BY number DESC LIMIT 1"
    let facts = try site.text(
      "SELECT concat_ws(' ', action, subject, subject_id = (SELECT id FROM reminders), payload::jsonb - 'escalation') \(newest)")
    let names = try site.text("SELECT coalesce(payload::jsonb ->> 'escalation', '') \(newest)") == escalation.text
    let actor = try site.text("SELECT actor \(newest)")
    #expect(press() == 303, "\(command) by \(way) again")
    return (facts ?? "", names, try site.count("SELECT count(*) FROM audit_log") - once, actor ?? "")
  }

  @Test func `page, timeline, link and list record the same of the same, and nothing of what was so already`() throws {
    for (command, ways) in [("acknowledgement", [Way.page, .timeline, .link]), ("completion", Way.allCases)] {
      let found = try ways.map { try entry(command, [], by: $0) }
      #expect(Set(found.map(\.entry)).count == 1, "\(found)")
      #expect(found.allSatisfy { $0.again == 0 }, "\(found)")
      #expect(found.map(\.names) == ways.map { $0 == .timeline || $0 == .link })
      #expect(found.map(\.actor) == ways.map { $0 == .link ? "link" : "user" })
    }
  }

  @Test func `a snooze is recorded with its end and its words by every way`() throws {
    let found = try Way.allCases.map { try entry("snoozes", [("until", "2 hours")], by: $0) }
    #expect(Set(found.map(\.entry)).count == 1, "\(found)")
    #expect(found[0].entry.contains("reminder.snoozed reminder t") && found[0].entry.contains("2 hours"))
  }
}
