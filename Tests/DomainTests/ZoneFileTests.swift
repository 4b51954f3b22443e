import Testing

@testable import Domain

/// Zone files made by hand: old versions, rare footers and hostile bytes.
@Suite struct ZoneFileTests {
  private struct File {
    var version: UInt8 = 0x32
    var times: [Int64] = []
    var kinds: [UInt8] = []
    var types: [(offset: Int32, index: UInt8)] = [(0, 0)]
    var names: [UInt8] = Array("AAA\0BBB\0".utf8)
    var leaps = 0
    var footer = "\n\n"

    private func block(_ size: Int) -> [UInt8] {
      var bytes: [UInt8] = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
      for count in [0, 0, leaps, times.count, types.count, names.count] { bytes += big(Int64(count), 4) }
      for time in times { bytes += big(time, size) }
      bytes += kinds
      for type in types { bytes += big(Int64(type.offset), 4) + [0, type.index] }
      return bytes + names + [UInt8](repeating: 0, count: leaps * (size + 4))
    }

    private func big(_ value: Int64, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: value >> Int64((size - 1 - $0) * 8)) }
    }

    var bytes: [UInt8] { version == 0 ? block(4) : block(4) + block(8) + Array(footer.utf8) }
  }

  private func footer(_ text: String) throws(ZoneError) -> Zone {
    try Zone(name: "Test", tzif: File(footer: "\n\(text)\n").bytes)
  }

  @Test func `version 1 has 32-bit times and keeps its last clock`() throws {
    let file = File(version: 0, times: [-100, 100], kinds: [1, 0], types: [(3600, 0), (-7200, 4)])
    let zone = try Zone(name: "Test", tzif: file.bytes)
    let expected = [(-101, 3600, "AAA"), (-100, -7200, "BBB"), (99, -7200, "BBB"), (100, 3600, "AAA"), (4_000_000_000, 3600, "AAA")]
    for (second, offset, name) in expected {
      #expect(zone.offset(at: Instant(seconds: second)) == offset)
      #expect(zone.abbreviation(at: Instant(seconds: second)) == name)
    }
  }

  @Test func `a name may begin inside another`() throws {
    let zone = try Zone(name: "Test", tzif: File(version: 0, types: [(0, 1)], names: Array("LMT\0".utf8)).bytes)
    #expect(zone.abbreviation(at: Instant(seconds: 0)) == "MT")
  }

  @Test func `a change that changes nothing is passed over`() throws {
    let file = File(version: 0, times: [10, 20, 30], kinds: [0, 0, 1], types: [(0, 0), (60, 4)])
    let zone = try Zone(name: "Test", tzif: file.bytes)
    #expect(zone.nextTransition(after: Instant(seconds: 0)) == Instant(seconds: 30))
  }

  /// Footer, then (instant, offset, abbreviation) of two instants.
  @Test(arguments: [
    ("<+03>-3", "2026-07-01T00:00:00Z", 10_800, "+03"), ("<-0330>3:30", "2026-07-01T00:00:00Z", -12_600, "-0330"),
    ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -18_000, "EST"), ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -14_400, "EDT"),
    ("EST5EDT,M3.2.0,M11.1.0", "9999-07-01T00:00:00Z", -14_400, "EDT"), ("EST5EDT,M3.2.0,M11.1.0", "0001-07-01T00:00:00Z", -14_400, "EDT"),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 3600, "IST"), ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-12-01T00:00:00Z", 0, "GMT"),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200, "-02"),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600, "-01"),
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00:00Z", 10_800, "EEST"),
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-27T23:59:59Z", 7200, "EET"),
    ("AAA0BBB,J60/0,J300/0", "2028-02-29T23:59:59Z", 0, "AAA"), ("AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", 3600, "BBB"),
    ("AAA0BBB,59/0,300/0", "2028-02-29T00:00:00Z", 3600, "BBB"), ("AAA0BBB,59/0,300/0", "2027-03-01T00:00:00Z", 3600, "BBB"),
    ("AAA0BBB,59/0,300/0", "2027-02-28T23:59:59Z", 0, "AAA"), ("XXX3EDT4,0/0,J365/23", "2026-01-01T03:00:00Z", -14_400, "EDT"),
    ("XXX3EDT4,0/0,J365/23", "2028-12-31T23:59:59Z", -14_400, "EDT"),
    ("AAA0BBB,M1.1.0/-167,M6.1.0/167", "2025-12-29T00:00:00Z", 3600, "BBB"),
    ("AAA0BBB,M1.1.0/-167,M6.1.0/167", "2025-12-28T00:00:00Z", 0, "AAA"),
  ])
  func `the footer's rule is followed`(rule: String, iso: String, offset: Int, name: String) throws {
    let zone = try footer(rule)
    #expect(try zone.offset(at: instant(iso)) == offset)
    #expect(try zone.abbreviation(at: instant(iso)) == name)
  }

  @Test func `summer that never ends never changes`() throws {
    #expect(try footer("XXX3EDT4,0/0,J365/23").nextTransition(after: Instant(seconds: 0)) == nil)
    #expect(try footer("AAA0AAA0,M3.2.0,M11.1.0").nextTransition(after: Instant(seconds: 0)) == nil)
  }

  @Test(arguments: [
    "A5", "AB5", "EST", "EST5EDT", "EST25", "EST5:60", "EST5EDT,", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,", "EST5EDT,M13.2.0,M11.1.0",
    "EST5EDT,M0.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J300",
    "EST5EDT,J366,J300", "EST5EDT,366,300", "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0/-168,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x",
    "<+03-3", "<+0\u{e9}>-3", "<>3", "5", "EST5EDT,M3.2.0/2:,M11.1.0", "EST99999999999999999999",
  ])
  func `a footer that is not a rule is refused`(rule: String) {
    #expect(throws: ZoneError.badFooter) { try footer(rule) }
  }

  @Test func `what is malformed is refused with the reason`() {
    let cases: [(File, ZoneError)] = [
      (File(leaps: 1), .countsLeapSeconds), (File(types: []), .malformed), (File(names: []), .malformed),
      (File(times: [1, 1], kinds: [0, 0]), .malformed), (File(times: [2, 1], kinds: [0, 0]), .malformed),
      (File(times: [1], kinds: [1]), .malformed), (File(types: [(0, 8)]), .malformed), (File(types: [(93_600, 0)]), .malformed),
      (File(types: [(-90_000, 0)]), .malformed), (File(types: [(.min, 0)]), .malformed), (File(times: [.min], kinds: [0]), .malformed),
      (File(times: [.max], kinds: [0]), .malformed), (File(names: [0x3C, 0x73, 0]), .malformed),
      (File(names: [UInt8](repeating: 0x41, count: 200)), .malformed), (File(version: 0x31), .notTZif), (File(footer: ""), .badFooter),
      (File(footer: "\nUTC0"), .badFooter),
    ]
    for (file, error) in cases {
      #expect(throws: error) { try Zone(name: "Test", tzif: file.bytes) }
    }
    #expect(throws: ZoneError.notTZif) { try Zone(name: "Test", tzif: []) }
    #expect(throws: ZoneError.notTZif) { try Zone(name: "Test", tzif: Array("not a zone file, but long enough to hold a header.".utf8)) }
  }

  @Test func `a file cut anywhere is refused`() throws {
    let bytes = try SystemZones.bytes("Europe/Berlin")
    for length in 0..<bytes.count {
      if (try? Zone(name: "Test", tzif: Array(bytes.prefix(length)))) != nil { Issue.record("accepted \(length) bytes") }
    }
  }

  @Test func `bytes changed at random never trap, whatever is asked afterwards`() throws {
    var generator = Seeded(42)
    for name in ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"] {
      let bytes = try SystemZones.bytes(name)
      for round in 0..<400 {
        var hostile = bytes
        // Half of the rounds leave the times alone and spoil the footer.
        let start = round % 2 == 0 ? 0 : max(0, bytes.count - 40)
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
          hostile[Int.random(in: start..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
        }
        guard let zone = try? Zone(name: "Test", tzif: hostile) else { continue }
        for moment in [Instant.distantPast, Instant(seconds: 0), Instant(seconds: 4_000_000_000), .distantFuture] {
          _ = zone.nextTransition(after: moment)
          _ = zone.resolve(zone.local(moment))
          _ = zone.start(of: zone.local(moment).day)
        }
      }
    }
  }
}
