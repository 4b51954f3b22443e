import Foundation
import Testing

@testable import Domain

/// Our reading of the zone files against the C library's, as `zdump` prints it: each change, and the second before it.
@Suite struct ZoneTruthTests {
  private struct Line {
    let zone: String
    let instant: Instant
    let local: String
    let abbreviation: String
    let offset: Int
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `America/Havana  Sun Mar  8 04:59:59 2026 UT = Sat Mar  7 23:59:59 2026 CST isdst=0 gmtoff=-18000`
  private static func parse(_ line: Substring) throws -> Line {
    let words = line.split(separator: " ")
    try #require(words.count == 16, "\(line)")
    let offset = try #require(Int(words[15].dropFirst("gmtoff=".count)))
    let instant = try #require(Instant(iso: iso(words[2...5]) + "Z"))
    return Line(zone: String(words[0]), instant: instant, local: iso(words[9...12]), abbreviation: String(words[13]), offset: offset)
  }

  /// Mar, 8, 04:59:59, 2026
  private static func iso(_ words: ArraySlice<Substring>) -> String {
    let words = Array(words)
    let month = (months.firstIndex(of: String(words[0])) ?? 0) + 1
    let pad = { (text: String) in text.count < 2 ? "0" + text : text }
    let year = String(repeating: "0", count: 4 - words[3].count) + words[3]
    return "\(year)-\(pad(String(month)))-\(pad(String(words[1])))T\(words[2])"
  }

  private static func dump(_ zones: [String], _ years: String) throws -> [Line] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/zdump")
    process.arguments = ["-V", "-c", years] + zones
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(parse)
  }

  private func compare(_ names: [String], _ years: String) throws -> Int {
    let lines = try Self.dump(names, years)
    for (name, lines) in Dictionary(grouping: lines, by: \.zone) {
      let zone = try zone(name)
      for (index, line) in lines.enumerated() {
        let shown = zone.local(line.instant)
        let seconds = shown.time.second % 60
        let same =
          zone.offset(at: line.instant) == line.offset && zone.abbreviation(at: line.instant) == line.abbreviation
          && shown.text + (seconds < 10 ? ":0" : ":") + String(seconds) == line.local
        if !same { Issue.record("\(line): \(zone.offset(at: line.instant)) \(shown.text)") }
        // The odd lines are the changes, each a second after the line before it.
        if index % 2 == 1 { expectChange(from: lines[index - 1], to: line, zone) }
      }
    }
    return lines.count
  }

  private func expectChange(from before: Line, to after: Line, _ zone: Zone) {
    expectResolutions(around: after.instant, zone)
    // Britain's clocks stayed where they were in October 1968, only the law called it standard time from then on: no change to us.
    guard before.offset != after.offset || before.abbreviation != after.abbreviation else { return }
    let next = zone.nextTransition(after: before.instant)
    if next != after.instant { Issue.record("\(after): next is \(String(describing: next))") }
  }

  /// Around a change, a wall-clock time must resolve to exactly the instants at which the clocks show it.
  private func expectResolutions(around change: Instant, _ zone: Zone) {
    let before = Int64(zone.offset(at: change.advanced(seconds: -1)))
    let after = Int64(zone.offset(at: change))
    let low = change.seconds + min(before, after)
    let high = change.seconds + max(before, after)
    for wall in [low - 1, low, low + 1, (low + high) / 2, high - 1, high, high + 1] {
      let time = LocalTime(wallSeconds: wall)
      let shown = Set([before, after].map { Instant(seconds: wall - $0) }).filter { zone.local($0) == time }.sorted()
      let expected: Zone.Resolution =
        switch shown.count {
        case 0: .skipped(Instant(seconds: wall - before))
        case 1: .once(shown[0])
        default: .twice(shown[0], shown[1])
        }
      if zone.resolve(time) != expected { Issue.record("\(zone.name) \(time.text): \(zone.resolve(time)), not \(expected)") }
    }
  }

  @Test func `every zone of this machine changes when the C library says`() throws {
    #expect(try compare(SystemZones.index.names, "2026,2038") > 4000)
  }

  @Test func `so it was since 1900, with odd seconds, war times and skipped days`() throws {
    let names = [
      "America/New_York", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago",
      "Pacific/Kiritimati", "Pacific/Apia", "Europe/Dublin", "Europe/London", "Asia/Kathmandu", "Asia/Manila", "America/St_Johns",
      "Antarctica/Troll", "Africa/Monrovia", "Europe/Amsterdam", "Asia/Tehran", "Pacific/Kwajalein", "America/Caracas", "Asia/Gaza",
    ]
    #expect(try compare(names, "1900,2038") > 3000)
  }

  @Test func `far in the future the footer's rule goes on`() throws {
    let names = [
      "America/New_York", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo", "Europe/Dublin", "Asia/Gaza",
    ]
    #expect(try compare(names, "2085,2090") > 100)
    #expect(try compare(names, "2396,2404") > 150)
  }

  @Test(
    .enabled(if: SystemZones.version >= "2026f"),
    arguments: ["America/Vancouver", "America/Edmonton", "America/Winnipeg", "Africa/Casablanca", "America/Inuvik"])
  func `zones that gave up changing in 2026 do not change from 2027 on`(name: String) throws {
    let zone = try zone(name)
    #expect(try zone.nextTransition(after: instant("2027-01-01T00:00:00Z")) == nil)
    #expect(try zone.nextTransition(after: instant("2026-01-01T00:00:00Z")) != nil)
  }
}
