import Foundation
import Glibc
import Testing

@testable import App
@testable import Domain
@testable import Postgres

/// Jobs as `heed work` does them, and the timetable that an operator reads.
@Suite struct JobCommandTests {
  /// Slices enough for a worker to be killed among them.
  private static let rows = 60_000

  @Test func `nightly work of a worker that is killed goes on, and nothing is counted twice`() throws {
    let site = try Site()
    try site.owner.run(
      "INSERT INTO attempts (kind, key, at) SELECT 'x', '', \(site.now.advanced(days: -100)) FROM generate_series(1, \(Self.rows))")
    let clock = FileManager.default.temporaryDirectory.appendingPathComponent("heed-clock-\(UUID().uuidString)").path
    try site.now.iso.write(toFile: clock, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: clock) }
    var kills = 0
    var done = 0
    while kills < 3 {
      let process = try HeedCommand.start(["work", "--once"], on: site, ["HEED_CLOCK_FILE": clock, "HEED_MAILDIR": clock + ".mail"])
      (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
      try process.run()
      let before = done
      let end = Date(timeIntervalSinceNow: 60)
      while done == before, process.isRunning, Date() < end {
        done = try site.owner.value("SELECT done FROM jobs WHERE kind = 'retention.attempts'") ?? 0
      }
      Glibc.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      kills += 1
      // What is counted as done is gone, to the row.
      done = try site.owner.value("SELECT done FROM jobs WHERE kind = 'retention.attempts'") ?? 0
      #expect(done > before && done < Self.rows)
      #expect(try site.count("SELECT count(*) FROM attempts") == Self.rows - done)
      try site.owner.run("UPDATE jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'running'")
    }
    try site.work()
    #expect(try site.count("SELECT count(*) FROM attempts") == 0)
    #expect(
      try site.text("SELECT concat_ws(' ', state, done, attempts, lost) FROM jobs WHERE kind = 'retention.attempts'")
        == "done \(Self.rows) 4 0")
    #expect(try site.count("SELECT count(*) FROM jobs WHERE state <> 'done'") == 0)
    try? FileManager.default.removeItem(atPath: clock + ".mail")
  }

  @Test func `the timetable is one screen, with how everything went`() throws {
    let site = try Site()
    let before = try Timetable(at: site.now, site.owner)
    let names = before.entries.map(\.name)
    #expect(names.contains("retention.snoozes") && names.contains("audit.heads") && names.contains("reminders.zones"))
    #expect(names.count == features.flatMap(\.allJobs).count + features.flatMap(\.chores).count && names.count < 100)
    #expect(before.entries.allSatisfy { $0.last == nil && $0.state.isEmpty })
    try site.work()
    let later = site.now.advanced(hours: 1)
    try site.owner.run(
      """
      UPDATE jobs SET state = 'pending', finished_at = NULL, due_at = \(later), error = 'disk full' WHERE kind = 'audit.heads'
      """)
    let text = try Timetable(at: site.now, site.owner).text
    let lines = text.split(separator: "\n").map { $0.split(separator: /[ ]{2,}/).joined(separator: " | ") }
    #expect(lines.contains("audit.heads | every night | 2026-11-21T09:00 | pending | 2026-11-21T10:00"), "\(lines)")
    #expect(text.contains("\n    disk full\n"))
    #expect(lines.contains("retention.snoozes | every night | 90 days | 2026-11-21T09:00 | done | 2026-11-22T00:00"))
    #expect(lines.contains("reminders.zones | each worker: start, day, new zone data"))
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 150 })
    let printed = try HeedCommand("jobs", on: site)
    #expect(printed.status == 0 && printed.output.contains("disk full"), "\(printed)")
  }
}
