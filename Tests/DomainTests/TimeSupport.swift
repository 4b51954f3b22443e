import Foundation
import Testing

@testable import Domain

/// The system's zones: what these tests are about is that we read them as the system does.
enum SystemZones {
  static let folder = "/usr/share/zoneinfo/"

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: folder + name)))
  }

  static let index: ZoneIndex = ZoneIndex(tzdata: (try? bytes("tzdata.zi")) ?? [])

  /// "2026f".
  static let version: String = {
    let line = (try? bytes("tzdata.zi"))?.prefix(40).split(separator: 0x0A).first ?? []
    return String(decoding: line, as: UTF8.self).split(separator: " ").last.map(String.init) ?? ""
  }()
}

func zone(_ name: String) throws -> Zone {
  try Zone(name: name, tzif: SystemZones.bytes(name))
}

func instant(_ iso: String) throws -> Instant {
  try #require(Instant(iso: iso), "\(iso) is not an instant")
}

func local(_ text: String) throws -> LocalTime {
  try #require(LocalTime(text: text), "\(text) is not a local time")
}

func day(_ iso: String) throws -> Day {
  try #require(Day(iso: iso), "\(iso) is not a day")
}

/// SplitMix64: the same numbers on every run, so that a failure can be seen again.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
