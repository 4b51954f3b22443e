import Testing

@testable import Domain

/// Files of events, read on Wednesday 10 March 2027 at 10:00 by somebody in New York unless said.
enum EventFiles {
  static let now = "2027-03-10T15:00:00Z"

  /// Read once: comparing clocks asks for all of them.
  static let zones: [String: Zone] = {
    var found: [String: Zone] = [:]
    // What no file can be read of is no zone of this machine.
    for name in SystemZones.index.names { found[name] = try? zone(name) }
    return found
  }()

  static func find(_ name: String) -> Zone? { SystemZones.index.name(matching: name).flatMap { zones[$0] } }

  static func read(_ bytes: [UInt8], own: String = "America/New_York", mayGoOn: () -> Bool = { true }) throws -> EventFile {
    try EventFile(
      bytes, own: zone(own), now: instant(now), zone: { find($0) }, names: SystemZones.index.names, mayGoOn: mayGoOn)
  }

  static func read(_ text: String, own: String = "America/New_York") throws -> EventFile { try read(Array(text.utf8), own: own) }

  static func calendar(_ lines: String...) -> String {
    (["BEGIN:VCALENDAR", "VERSION:2.0"] + lines + ["END:VCALENDAR", ""]).joined(separator: "\n")
  }

  static func event(_ lines: String...) -> String {
    (["BEGIN:VEVENT"] + lines + ["END:VEVENT"]).joined(separator: "\n")
  }

  /// The only event of a file with these lines.
  static func one(_ lines: String, before: String = "METHOD:PUBLISH", own: String = "America/New_York") throws -> EventEntry {
    let file = try read(calendar(before, event("UID:u1", "SUMMARY:Stand-up", lines)), own: own)
    try #require(file.refused.isEmpty, "\(lines): \(file.refused)")
    return try #require(file.entries.first, "\(lines) is no event")
  }

  /// Why an event with these lines is not taken; nil where it is.
  static func refusal(_ lines: String) throws -> EventFile.Reason? {
    try read(calendar(event("UID:u1", "SUMMARY:Stand-up", lines))).refused.first?.reason
  }

  /// "2027-03-10T09:00 Europe/Berlin to 2027-03-10T10:00", "2027-03-10…2027-03-12".
  static func said(_ times: EventEntry.Times) -> String {
    switch times {
    case .days(let days): return days.lowerBound.iso + "…" + days.upperBound.iso
    case .clock(let clock):
      let end = clock.ends.map { " to " + $0.text + (clock.endZone == clock.zone ? "" : " " + clock.endZone.name) }
      return clock.starts.text + " " + clock.zone.name + (end ?? "")
    }
  }

  static func said(_ moment: EventMoment?) -> String {
    switch moment {
    case nil: "none"
    case .day(let day): day.iso
    case .wall(let local, let zone): local.text + " " + zone.name
    case .instant(let instant): instant.iso
    }
  }

  /// The lines of a file, unfolded.
  static func lines(_ bytes: [UInt8]) -> [String] {
    var lines: [[UInt8]] = []
    for line in bytes.split(separator: 0x0A) {
      let plain = Array(line.filter { $0 != 0x0D })
      if plain.first == 0x20, !lines.isEmpty { lines[lines.count - 1] += plain.dropFirst() } else { lines.append(plain) }
    }
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }
}
