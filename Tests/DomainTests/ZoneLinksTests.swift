import Testing

@testable import Domain

/// Old names of zones, compared with those that this machine's list has.
@Suite struct ZoneLinksTests {
  /// The machine's list: old name, newer name.
  private static let listed: [(name: String, target: String)] = {
    let lines = ((try? SystemZones.bytes("tzdata.zi")) ?? []).split(separator: 0x0A)
    return lines.map { $0.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) } }.filter { $0.first == "L" && $0.count == 3 }
      .map { ($0[2], $0[1]) }
  }()

  @Test func `every link of the machine's list is known by the clocks that it has there`() throws {
    #expect(Self.listed.count > 100)
    for link in Self.listed {
      guard let known = ZoneLinks.find(link.name) else {
        // A newer release may have renamed a zone since; of our own release every link is known.
        #expect(SystemZones.version > ZoneLinks.version, "\(link.name) of \(SystemZones.version) is missing; ours is \(ZoneLinks.version)")
        continue
      }
      #expect(known.name == link.name)
      #expect(try SystemZones.bytes(known.target) == SystemZones.bytes(link.target), "\(link.name), in \(SystemZones.version)")
    }
  }

  @Test func `every old name leads to a name that is none`() {
    for (key, link) in ZoneLinks.links {
      #expect(key == link.name.lowercased() && ZoneLinks.find(link.target) == nil && link.name != link.target)
    }
  }

  @Test(arguments: [
    ("US/Eastern", "America/New_York"), ("us/eastern", "America/New_York"), ("Asia/Calcutta", "Asia/Kolkata"),
    ("Brazil/East", "America/Sao_Paulo"),
  ])
  func `an old name is found in any letter case`(name: String, target: String) {
    #expect(ZoneLinks.find(name)?.target == target)
  }

  @Test(arguments: ["", "America/New_York", "US", "US/Eastern ", "../US/Eastern", String(repeating: "a", count: 100_000)])
  func `what is no old name is not found`(name: String) {
    #expect(ZoneLinks.find(name) == nil)
  }
}
