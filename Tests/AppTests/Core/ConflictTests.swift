import Foundation
import Testing

@testable import App
@testable import Domain

/// What a form tells that was filled in on an older version: every field that a person can change, in the words that stand beside it.
@Suite struct ConflictTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", zone: "Europe/Berlin")
  }

  /// The names of a form's fields that a person can change.
  private func names(_ page: Page, _ action: String) -> Set<String> {
    Set(page.fields(of: action).compactMap { field in field.firstIndex(of: "=").map { String(field[..<$0]) } })
  }

  @Test func `the settings name every field in words`() throws {
    let place = "/settings/profile"
    let typed: KeyValuePairs = [
      "display_name": "Bea", "timezone": "America/Bogota", "language": "pt-BR", "week_start": "sunday", "day_start": "3",
      "default_hour": "10:00", "quiet_from": "22:00", "quiet_until": "07:00", "work_from": "10:00", "work_until": "18:00",
      "work_days": "sat",
      "personality": "general", "theme": "dark", "version": "999",
    ]
    let stale = ana.post(place, typed)
    #expect(stale.status == 409)
    #expect(names(stale, place) == Set(typed.map(\.key)).subtracting(["version"]))
    #expect(
      stale.conflict == [
        "Name|Ana|Bea", "Time zone|Europe/Berlin|America/Bogota", "Language|English|Português (Brasil)",
        "The week begins on|Monday|Sunday", "A new day begins at|00:00|03:00", "Default time|09:00|10:00", "Quiet from||22:00",
        "Quiet until||07:00",
        "Working hours from||10:00", "Working hours until||18:00",
        "Days on which I work|Monday, Tuesday, Wednesday, Thursday, Friday|Saturday",
        "Coach|Old master|Plain", "Colours|As the system|Dark",
      ])
  }

  @Test func `a reminder's form names every field in words`() throws {
    let place = "/reminders/\(try ana.remind(["title": "A", "at": "2026-12-01T09:00"]))"
    let critical = try site.text("SELECT id::text FROM profiles WHERE preset = 'critical'").unwrapped
    let typed: KeyValuePairs = [
      "title": "B", "description": "n", "importance": "high", "schedule": "recurring", "at": "2026-12-02T09:00", "cron": "0 9 * * *",
      "every_minutes": "60", "timezone": "America/Bogota", "exclude_dates": "2027-01-01", "exclude_weekends": "on", "profile": critical,
      "criteria": "api", "version": "999",
    ]
    let stale = ana.post(place, typed)
    #expect(stale.status == 409)
    let controls = ["", "_every", "_days", "_on", "_date", "_at", "_from", "_until", "_times"].map { "repeat" + $0 }
    #expect(names(stale, place) == Set(typed.map(\.key) + controls).subtracting(["version"]))
    #expect(
      stale.conflict == [
        "Title|A|B", "Notes||n", "Importance|Medium|High", "When|Once|Repeats", "Date and time|2026-12-01T09:00|2026-12-02T09:00",
        "Pattern||0 9 * * *", "Minutes between||60", "Time zone|Europe/Berlin|America/Bogota", "Not on these dates||2027-01-01",
        "Not on Saturdays and Sundays|no|yes", "Profile|Gentle|Critical",
        "Completed|By hand only|By hand, or by a program with an API key",
      ])
  }
}
