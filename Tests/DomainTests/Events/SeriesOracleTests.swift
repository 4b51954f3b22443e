import Foundation
import Testing

@testable import Domain

/// Series against what PyPI's recurring-ical-events and python-dateutil say of them: `Oracle/series.py` and `Oracle/recurrences.py` made the tables.
@Suite struct SeriesOracleTests {
  struct Row {
    let series: EventSeries
    let window: Range<Instant>
    let expected: Set<String>
    let text: String

    init(_ line: Substring, _ zones: inout [String: Zone]) throws {
      text = String(line)
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(parts.count == 10)
      let there = try zones[parts[0]] ?? (parts[0].isEmpty ? Zone.utc : zone(parts[0]))
      zones[parts[0]] = there
      func times(_ start: String, _ end: String) throws -> EventTimes {
        let (from, to) = (try key(start), try key(end))
        return try parts[0].isEmpty
          ? EventTimes(allDay: from.wall.day, through: to.wall.day) : EventTimes(from: from.wall, to: to.wall, zone: there)
      }
      let overrides = try parts[6].split(separator: " ").map { text in
        let sides = text.split { $0 == "=" || $0 == "/" }.map(String.init)
        return EventOverride(try key(sides[0]), times: try times(sides[1], sides[2]))
      }
      series = EventSeries(
        try times(parts[1], parts[2]), rule: try Recurrence(event: parts[3], isStored: true),
        rdates: try dates(parts[4].split(separator: " ").map(String.init)),
        exdates: try dates(parts[5].split(separator: " ").map(String.init)), overrides: overrides, countsStart: true)
      window = try instant(parts[7])..<instant(parts[8])
      expected = Set(parts[9].split(separator: " ").map(String.init))
    }

    /// As the table writes it.
    static func text(_ instance: EventInstance) -> String {
      guard instance.times.isAllDay else { return instance.start.iso + "/" + instance.end.iso }
      return instance.start.iso.prefix(10) + "/" + instance.end.iso.prefix(10)
    }
  }

  @Test func `both oracles agree on every instance of every series`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Oracle/series.tsv")
    var zones: [String: Zone] = [:]
    let rows = try String(decoding: Data(contentsOf: file), as: UTF8.self).split(separator: "\n").map { try Row($0, &zones) }
    #expect(rows.count == 400 && zones.count > 5)
    for row in rows {
      let found = row.series.instances(overlapping: row.window, most: 1_000)
      #expect(Set(found.map(Row.text)) == row.expected, "\(row.text) gave \(found.map(Row.text))")
      // The first of them are the same when fewer are asked for, and each is found by its name.
      #expect(row.series.instances(overlapping: row.window, most: 3) == Array(found.prefix(3)), "\(row.text)")
      for instance in found.prefix(5) { #expect(row.series.instance(instance.key) == instance, "\(row.text) \(instance.key.text)") }
      #expect(throws: Never.self, "\(row.text)") { try row.series.checkRule() }
    }
  }

  @Test func `a series alone has the times that its rule has for reminders`() throws {
    for row in try RecurrenceOracleTests.rows() {
      let series = EventSeries(try EventTimes(from: row.start, zone: row.zone), rule: row.rule)
      let found = series.next(after: row.moment, most: max(row.times.count, 1)).map(\.start)
      if row.times.isEmpty {
        if let far = found.first { #expect(far.seconds(since: row.moment) > 1_200 * 86_400, "\(row.text) gave \(far.iso)") }
      } else {
        #expect(found == row.times, "\(row.text) gave \(found.map(\.iso))")
      }
    }
  }
}
