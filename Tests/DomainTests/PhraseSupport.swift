import Foundation

@testable import Domain

/// A zone read from the system's own files.
func phraseZone(_ name: String) -> Zone {
  guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)"),
    let zone = try? Zone(name: name, tzif: [UInt8](data))
  else { return .utc }
  return zone
}
