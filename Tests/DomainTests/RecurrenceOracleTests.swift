import Foundation
import Testing

@testable import Domain

/// The times of rules against what PyPI's python-dateutil and recurring-ical-events say of them: `Oracle/recurrences.py` made the table.
@Suite struct RecurrenceOracleTests {
  struct Row {
    let zone: Zone
    let start: LocalTime
    let rule: Recurrence
    let moment: Instant
    let times: [Instant]
    let text: String
  }

  static func rows() throws -> [Row] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Oracle/recurrences.tsv")
    var zones: [String: Zone] = [:]
    return try String(decoding: Data(contentsOf: file), as: UTF8.self).split(separator: "\n").map { line in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let there = try zones[parts[0]] ?? zone(parts[0])
      zones[parts[0]] = there
      return Row(
        zone: there, start: try local(parts[1]), rule: try Recurrence(parts[2]), moment: try instant(parts[3]),
        times: try parts[4].split(separator: " ").map { try instant(String($0)) }, text: String(line))
    }
  }

  @Test func `both oracles agree on every time of every rule`() throws {
    let rows = try Self.rows()
    #expect(rows.count >= 600 && Set(rows.map(\.zone)).count >= 10)
    for row in rows {
      let schedule = try Schedule(.rule(row.rule, from: row.start), zone: row.zone)
      let found = schedule.upcoming(after: row.moment, count: max(row.times.count, 1)).map(\.instant)
      #expect(Array(found.prefix(row.times.count)) == row.times, "\(row.text) gave \(found.map(\.iso))")
      if row.times.isEmpty, let far = found.first {
        #expect(far.seconds(since: row.moment) > 1_200 * 86_400, "\(row.text) gave \(far.iso)")
      }
      // Step by step it is the same as at once.
      var cursor = row.moment
      for time in row.times {
        cursor = try #require(try schedule.next(after: cursor, lastScheduled: nil))
        #expect(cursor == time, "\(row.text)")
      }
      if let last = row.times.last {
        #expect(schedule.occurrences(after: row.moment, through: last)?.count == row.times.count, "\(row.text)")
      }
    }
  }

  @Test func `a rule begins with the first time that its parts name, whatever its interval`() throws {
    for row in try Self.rows() where row.rule.end == nil {
      do {
        #expect(try row.rule.begin(notBefore: row.start) == row.start, "\(row.text)")
        let days = LocalTime(day: row.start.day.advanced(by: -1), time: .midnight)
        #expect(try row.rule.begin(notBefore: days) <= row.start, "\(row.text)")
      } catch {
        // One of its places is never reached: nobody may type that, though others send it.
        if case .positionOutOfReach = error { continue }
        Issue.record("\(error) \(row.text)")
      }
    }
  }

  @Test func `what is printed is read as the same rule`() throws {
    for row in try Self.rows() {
      #expect(try Recurrence(row.rule.text) == row.rule)
      #expect(try Recurrence("rrule:" + row.rule.text.lowercased()).text == row.rule.text)
    }
  }

  /// Every day that a rule names fits its parts, and where nothing chooses among them every day that fits is named.
  @Test func `the days that fit are the days that libical names`() throws {
    for row in try Self.rows() where row.rule.interval == 1 && !row.rule.hasEnd {
      let schedule = try Schedule(.rule(row.rule, from: row.start), zone: .utc)
      let named = Set(schedule.upcoming(after: row.moment, count: 60).map { Zone.utc.local($0.instant).day })
      #expect(named.allSatisfy { row.rule.fits($0) }, "\(row.text)")
      guard row.rule.positions.isEmpty, let first = named.min(), let last = named.max() else { continue }
      var day = first
      while day < last {
        #expect(row.rule.fits(day) == named.contains(day), "\(row.text) \(day.iso)")
        day = day.advanced(by: 1)
      }
    }
  }
}
