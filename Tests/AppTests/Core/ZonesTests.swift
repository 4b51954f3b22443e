import Foundation
import Testing

@testable import App
@testable import Domain

/// Zone data that changes while the program runs (RULES 1.7).
@Suite struct ZonesTests {
  /// The system's zones with another version, as links that a test can replace.
  private func folder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("heed-zones-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder + "/Europe", withIntermediateDirectories: true)
    for name in ["Europe/Berlin", "Europe/Paris"] {
      try FileManager.default.copyItem(atPath: "/usr/share/zoneinfo/" + name, toPath: "\(folder)/\(name)")
    }
    try list("2026x", folder)
    return folder
  }

  private func list(_ version: String, _ folder: String) throws {
    try "# version \(version)\nZ Europe/Berlin 1 - CET\nL Europe/Berlin Europe/Paris\n".write(
      toFile: folder + "/tzdata.zi", atomically: true, encoding: .utf8)
  }

  @Test func `what stands in the list for no place is no zone`() throws {
    let zones = try Zones(folder: "/usr/share/zoneinfo")
    #expect(zones.zone("Factory") == nil && zones.zone("factory") == nil && !zones.names.contains("Factory"))
    #expect(zones.zone("UTC") != nil && zones.zone("Etc/UTC") != nil)
  }

  private func replace(_ name: String, _ folder: String) throws {
    let file = "\(folder)/\(name)"
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.copyItem(atPath: "/usr/share/zoneinfo/America/New_York", toPath: file)
  }

  @Test func aChangeIsTakenOverWithinAnHourOnceItStandsStill() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let zones = try Zones(folder: folder)
    var now = try #require(Instant(iso: "2026-11-21T09:00:00Z"))
    #expect(zones.version == "2026x" && zones.zone("europe/berlin")?.offset(at: now) == 3600)
    #expect(!zones.refresh(at: now))
    try list("2026y", folder)
    try replace("Europe/Berlin", folder)
    #expect(!zones.refresh(at: now.advanced(minutes: 59)))
    now = now.advanced(hours: 1)
    // The package's other files may not be there yet.
    #expect(!zones.refresh(at: now) && zones.version == "2026x")
    try list("2026z", folder)
    now = now.advanced(minutes: 1)
    #expect(!zones.refresh(at: now) && zones.version == "2026x")
    #expect(!zones.refresh(at: now.advanced(seconds: 59)))
    #expect(zones.zone("Europe/Berlin")?.offset(at: now) == 3600)
    now = now.advanced(minutes: 1)
    #expect(zones.refresh(at: now) && zones.version == "2026z")
    #expect(zones.zone("Europe/Berlin")?.offset(at: now) == -5 * 3600)
    #expect(!zones.refresh(at: now.advanced(hours: 1)))
  }

  /// What it stores right after its first look would else be an hour off.
  @Test func `a process that slept through a change takes it over at its first look`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let zones = try Zones(folder: folder)
    try list("2026y", folder)
    let written = Instant(seconds: Int64(Date().timeIntervalSince1970))
    #expect(!zones.refresh(at: written.advanced(seconds: 30)) && zones.version == "2026x")
    let late = try Zones(folder: folder)
    try list("2026z", folder)
    #expect(late.refresh(at: written.advanced(hours: 6)) && late.version == "2026z")
  }

  @Test func aListThatHasGoneOrIsBrokenChangesNothing() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let zones = try Zones(folder: folder)
    var now = Instant(seconds: 0)
    for content in ["", nil] as [String?] {
      try FileManager.default.removeItem(atPath: folder + "/tzdata.zi")
      try content?.write(toFile: folder + "/tzdata.zi", atomically: true, encoding: .utf8)
      for _ in 1...3 {
        now = now.advanced(hours: 1)
        #expect(!zones.refresh(at: now) && zones.version == "2026x" && zones.names == ["Europe/Berlin", "Europe/Paris"])
      }
    }
  }

  @Test func aRunningWorkerMovesWhatLiesAhead() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let site = try Site(zoneinfo: folder)
    let ana = try site.person("ana@x.test", zone: "Europe/Berlin")
    let nine = try ana.remind(.recurring(try Cron("0 9 * * *")), .high, zone: "Europe/Berlin")
    let once = try ana.remind(.once(at: site.now.advanced(days: 9)), .low, zone: "Europe/Berlin")
    try site.work()
    try list("2026y", folder)
    try replace("Europe/Berlin", folder)
    for minutes in [30, 30, 1] {
      #expect(try ana.reminder(nine).nextAt?.iso == "2026-11-22T08:00:00Z")
      site.pass(minutes: minutes)
      try site.work()
    }
    // Nine o'clock is later now, and today's has not come yet.
    #expect(try ana.reminder(nine).nextAt?.iso == "2026-11-21T14:00:00Z")
    // A single time keeps what the wall shows, too: ten o'clock.
    #expect(try ana.reminder(once).nextAt?.iso == "2026-11-30T15:00:00Z")
    #expect(try site.count("SELECT count(*) FROM schedules WHERE zone_version = '2026y'") == 2)
    // Stored meanwhile by a process that has not noticed yet.
    try site.owner.run("UPDATE schedules SET zone_version = '2026x'")
    site.pass(hours: 2)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM schedules WHERE zone_version = '2026y'") == 2)
  }
}
