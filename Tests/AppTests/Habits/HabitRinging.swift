import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// Somebody in São Paulo whose habits ring.
protocol HabitRinging {
  var site: Site { get }
  var ana: Browser { get }
}

extension HabitRinging {
  func habit(_ fields: KeyValuePairs<String, String> = [:], at time: String = "22:00") throws -> String {
    var all = ["name": "Read", "reminder": "on", "preferred_time": time]
    for (name, value) in fields { all[name] = value }
    let body = (all.map { "\($0)=\($1)" } + ["csrf=\(ana.token())"]).joined(separator: "&")
    let page = ana.post("/habits", raw: Array(body.utf8))
    #expect(page.status == 303)
    return try String(page.location.unwrapped.dropFirst("/habits/".count))
  }

  func save(_ id: String, version: Int, _ fields: KeyValuePairs<String, String>) -> Page {
    let body = (fields.map { "\($0)=\($1)" } + ["version=\(version)", "csrf=\(ana.token())"]).joined(separator: "&")
    return ana.post("/habits/\(id)", raw: Array(body.utf8))
  }

  /// Whether the form says that it is to ring.
  func isTicked(_ id: String) -> Bool {
    let form = ana.get("/habits/\(id)/edit").text
    return form.range(of: "name=\"reminder\"").map { form[$0.upperBound...].prefix { $0 != ">" }.contains("checked") } ?? false
  }

  /// At a time by the clocks of São Paulo, after the worker has done what is due up to then.
  func wait(until local: String) throws {
    site.now = try site.services.zones.zone("America/Sao_Paulo").unwrapped.instant(LocalTime(text: local).unwrapped)
    try site.work()
  }

  var reminder: String { get throws { try site.text("SELECT id::text FROM reminders").unwrapped } }

  /// "state date" of every escalation, in order.
  var rung: [String] {
    get throws { try site.owner.rows(Query(column: "SELECT state || ' ' || habit_date FROM escalations ORDER BY created_at, id")) }
  }

  /// "date state source" of every entry.
  var days: [String] {
    get throws { try site.owner.rows(Query(column: "SELECT date || ' ' || state || ' ' || source FROM habit_days ORDER BY date")) }
  }

  var next: String? {
    get throws {
      try site.text("SELECT coalesce(to_char(next_at AT TIME ZONE 'America/Sao_Paulo', 'MM-DD HH24:MI'), 'never') FROM reminders")
    }
  }

  func link(_ number: Int = 0) throws -> String {
    let ids: [ID<Escalation>] = try site.owner.rows(Query(column: "SELECT id FROM escalations ORDER BY created_at, id"))
    let sent: Instant = try site.owner.value("SELECT created_at FROM escalations WHERE id = \(ids[number])").unwrapped
    return ActionLink(ids[number], to: .user(ana.user), sentAt: sent).token(site.services.keys)
  }

  /// The answer of whoever holds the link of an escalation.
  func press(_ number: Int = 0, _ action: String = "completion") throws -> Page {
    site.browser().post("/a/\(try link(number))", ["action": action, "until": "2 hours"], csrf: false)
  }

  func timeline() throws -> String {
    let id = try site.text("SELECT id::text FROM escalations ORDER BY created_at DESC LIMIT 1").unwrapped
    return ana.get("/escalations/\(id)").text
  }
}
