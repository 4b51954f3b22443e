import Foundation

@testable import Domain

extension Target {
  /// Zone files, changed anywhere: offsets stay bounded, what the clocks show is found again, and their changes come to an end or go on in order.
  static let zones = Target(
    "zones", longest: 4_000,
    seeds: [
      "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia", "Etc/UTC", "Europe/Dublin",
    ]
    .compactMap(SystemZones.bytes),
    words: [
      "\nEST5EDT,M3.2.0,M11.1.0\n", "\n<-03>3\n", "\nA24B,J1/0,J365/25\n", "TZif2", "TZif", "M10.5.0/-167", "/167", "<+1>-24:59:59",
      ",0/0,J365/25",
    ]
  ) { input in
    let zone: Zone
    do { zone = try Zone(name: "Fuzz/Zone", tzif: input) } catch { return "\(error)" }
    var kinds: Set<Int> = []
    for start in [Int64.min, -12_219_292_800, -1, 0, 1_790_000_000, 4_102_444_800, .max] {
      var moment = Instant(microseconds: start == .min || start == .max ? start : start * 1_000_000)
      for _ in 0..<6 {
        let offset = zone.offset(at: moment)
        kinds.insert(offset)
        try hold((-89_999...93_599).contains(offset), "an offset of \(offset)")
        try hold(zone.abbreviation(at: moment).utf8.count < 100, "an abbreviation without end")
        try checkClock(zone, Instant(seconds: moment.seconds))
        guard let next = zone.nextTransition(after: moment) else { break }
        try hold(next > moment, "the change after \(moment.iso) is at \(next.iso)")
        moment = next
      }
    }
    _ = zone.start(of: zone.local(Instant(seconds: 1_790_000_000)).day)
    return "\(size(kinds.count)) \(kinds.min() ?? 0 < 0) \(kinds.max() ?? 0 > 0)"
  }

  /// What the clocks show at a moment means that moment, or another at which they show the same.
  private static func checkClock(_ zone: Zone, _ moment: Instant) throws {
    // At the ends of time the clocks would show a year 0 or 10000.
    guard abs(moment.seconds) < 60_000_000_000 else { return }
    let shown = zone.local(moment)
    switch zone.resolve(shown) {
    case .skipped(let other):
      throw Broken(description: "the clocks show \(shown.day.iso) at \(moment.iso), said to be skipped (\(other.iso))")
    case .once(let one): try hold(one == moment, "shown once, at \(one.iso), and yet at \(moment.iso)")
    case .twice(let one, let other):
      try hold(one < other && (moment == one || moment == other || moment > other), "shown twice, but not at \(moment.iso)")
      try hold(zone.local(one) == shown && zone.local(other) == shown, "shown twice, and not the same")
    }
  }
}

/// The zone files of this machine.
enum SystemZones {
  static func bytes(_ name: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/" + name))).map { Array($0) }
  }
}
