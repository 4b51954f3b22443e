import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Somebody in São Paulo whose file is too large for a request. Wednesday 10 February 2027, noon there.
protocol HabitImportJobs {
  var site: Site { get }
  var ana: Browser { get }
}

extension HabitImportJobs {
  /// A site on which a hundred dates are too many for a request.
  static func site(importedAtOnce: Int? = 100) throws -> Site {
    let site = try Site(importedAtOnce: importedAtOnce)
    site.now = try Instant(iso: "2027-02-10T15:00:00Z").unwrapped
    return site
  }

  /// Habits with an entry for each of the last days, up to today, every seventh a skip, as a table with a column for each.
  static func table(_ names: [String], days: Int, through last: Day = Day(20_859)) -> String {
    let first = last.advanced(by: 1 - days)
    let cells = (0..<7).map { start in names.indices.map { (start + $0) % 7 == 0 ? "skip" : "x" }.joined(separator: ",") }
    return "date," + names.joined(separator: ",") + "\n" + (0..<days).map { "\(first.advanced(by: $0).iso),\(cells[$0 % 7])\n" }.joined()
  }

  /// In three parts of days: twelve thousand.
  static var large: String { table((1...6).map { "H\($0)" }, days: 2_000) }

  /// Confirms a file that is for the worker.
  ///
  /// - Returns: its page.
  func order(_ text: String, _ fields: KeyValuePairs<String, String> = [:]) throws -> String {
    let preview = ana.sendHabits(text)
    let place = try "/habits/import/\(preview.fact("import").unwrapped)"
    let answer = try ana.confirmHabits(preview, fields)
    #expect(answer.status == 303 && answer.location == place, "\(answer.status) \(answer.complaints)")
    return place
  }

  /// What of a site's habits does not depend on when and where they were made.
  func figures(of other: Site? = nil) throws -> String? {
    try (other ?? site).text(
      """
      SELECT string_agg(concat_ws('|', h.name, h.kind, h.unit, h.status, h.position, h.created_on, md5(h.state), h.state_next, md5(h.year_state),
        h.year_next, h.version,
        (SELECT string_agg(f.from_date || f.frequency || f.times || coalesce(f.target, 0), ' ' ORDER BY f.from_date) FROM habit_frequencies f
          WHERE f.habit_id = h.id),
        (SELECT count(*) || md5(string_agg(d.date || d.state || d.notes || d.source || (d.ticked_at = i.confirmed_at), ' ' ORDER BY d.date))
          FROM habit_days d WHERE d.habit_id = h.id), r.name, r.is_new, r.added, r.known), E'\\n' ORDER BY h.position, h.name)
      FROM habits h LEFT JOIN habit_import_rows r ON r.habit_id = h.id LEFT JOIN habit_imports i ON i.id = r.import_id WHERE h.status <> 'deleted'
      """)
  }

  /// "habits days jobs made", the states in the order of the alphabet, of what is there: nothing deleted, none undone.
  func tally() throws -> String? {
    try site.text(
      """
      SELECT concat_ws(' ', (SELECT count(*) FROM habits WHERE status <> 'deleted'),
        (SELECT count(*) FROM habit_days d JOIN habits h ON h.id = d.habit_id WHERE h.status <> 'deleted'),
        (SELECT string_agg(state, ',' ORDER BY state) FROM jobs WHERE kind = 'habits.import'),
        (SELECT count(*) FROM audit_log WHERE action = 'habit_import.made'))
      """)
  }

  func endLeases() throws {
    try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'running'")
  }

  /// A worker that does nothing by night, which it would do first.
  func importer() throws -> Worker { try site.worker(doing: [.reminders, Feature(jobs: [HabitImportWork.kind])].map(Self.withoutNights)) }

  private static func withoutNights(_ feature: Feature) -> Feature {
    var feature = feature
    feature.retention = []
    feature.jobs = feature.jobs.filter { !$0.isNightly }
    return feature
  }
}
