import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Patterns as people paste them, and what is said of those that cannot be.
@Suite struct PastedPatternTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  @Test(arguments: [
    ("@daily", "@daily", "Every day at 00:00"), ("0\t9 \t*\t*\tMONDAY", "0 9  * * MONDAY", "Every Monday at 09:00"),
    ("0 9 ? * MON-FRI\t", "0 9 ? * MON-FRI", "Every weekday at 09:00"), ("0\u{A0}9 * * *", "0 9 * * *", "Every day at 09:00"),
  ])
  func `a pasted pattern is taken, kept as it was and said in words`(pasted: String, kept: String, sentence: String) throws {
    let fields = ["title": "A", "schedule": "recurring", "cron": pasted, "timezone": "UTC"]
    #expect(ana.send("/reminders/preview", fields).text.contains(sentence))
    let id = try String(ana.send("/reminders", fields).location.unwrapped.dropFirst("/reminders/".count))
    #expect(try site.text("SELECT cron FROM schedules WHERE reminder_id::text = \(id)") == kept)
    #expect(ana.get("/reminders/\(id)").text.contains(sentence))
    #expect(try site.text("SELECT next_at::text FROM reminders WHERE id::text = \(id)") != nil)
  }

  private func complaint(_ cron: String, _ more: [String: String] = [:], of person: Browser) throws -> String {
    let fields = ["title": "A", "schedule": "recurring", "cron": cron].merging(more) { _, new in new }
    let page = person.send("/reminders", fields)
    #expect(page.status == 422)
    #expect(page.complaints == ["cron"])
    let part = try page.text.components(separatedBy: "id=\"cron-complaint\"").dropFirst().first.unwrapped
    return part.components(separatedBy: "</p>").first ?? ""
  }

  @Test func `what cannot be taken is told why`() throws {
    let before = try site.fingerprint()
    let reboot = try complaint("@reboot", of: ana)
    #expect(reboot.contains("knows no @reboot"))
    let unknown = try complaint("@every 5m", of: ana)
    #expect(unknown.contains("@every 5m") && unknown.contains("@hourly"))
    for (pattern, count) in [("0 0 9 ? * MON", "6"), ("0 0 9 ? * MON 2027", "7"), ("0 9 * * 1-5 /usr/bin/backup", "6")] {
      let words = try complaint(pattern, of: ana)
      #expect(words.contains("These are \(count) fields") && words.contains("Seconds"))
    }
    #expect(try complaint("0 9 * * FUNDAY", of: ana).contains("day of the week"))
    #expect(try complaint("0 ? * * *", of: ana).contains("hour"))
    #expect(try complaint("0 9\u{1} * * *", of: ana).contains("hour"))
    #expect(try site.fingerprint() == before)
  }

  @Test func `a pattern that never comes is blamed itself, exclusions only when they swallow it`() throws {
    let eva = try site.person("eva@x.test")
    try site.owner.run("UPDATE users SET language = 'pt-BR' WHERE id = \(eva.user)")
    for never in ["0 9 31 4 *", "0 0 30 2 *", "0 9 31 apr,JUNE *"] {
      for more in [[:], ["exclude_weekends": "on"]] as [[String: String]] {
        #expect(try complaint(never, more, of: ana).contains("No day of the next five years fits this pattern"))
        #expect(try complaint(never, more, of: eva).contains("Nenhum dia dos próximos cinco anos"))
      }
    }
    let swallowed = ["exclude_weekends": "on"]
    #expect(try complaint("0 9 * * 6", swallowed, of: ana).contains("With these exclusions"))
    #expect(try complaint("0 9 * * SUNDAY", swallowed, of: eva).contains("Com estas exclusões"))
  }
}

extension Browser {
  /// Posts a form whose fields are put together by a test.
  func send(_ target: String, _ fields: [String: String]) -> Page {
    let pairs = [("csrf", token())] + fields.map { ($0.key, $0.value) }
    return post(target, raw: Array(pairs.map { Browser.encoded($0.0) + "=" + Browser.encoded($0.1) }.joined(separator: "&").utf8))
  }
}
