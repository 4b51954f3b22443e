import Testing

@testable import Domain

@Suite struct ZoneIndexTests {
  private let index = ZoneIndex(names: ["Europe/Berlin", "America/New_York", "Etc/GMT+5", "UTC", "America/Port-au-Prince"])

  @Test(arguments: [
    ("europe/berlin", "Europe/Berlin"), ("EUROPE/BERLIN", "Europe/Berlin"), ("America/New_York", "America/New_York"),
    ("america/new_york", "America/New_York"), ("etc/gmt+5", "Etc/GMT+5"), ("utc", "UTC"),
    ("AMERICA/PORT-AU-PRINCE", "America/Port-au-Prince"),
  ])
  func `a name in any letter case finds the list's spelling`(text: String, name: String) {
    #expect(index.name(matching: text) == name)
  }

  @Test(arguments: [
    "", "Europe/Berlin ", " Europe/Berlin", "Europe/Bérlin", "Europe\\Berlin", "Europe/Berlin\0", "Europe/Berli\u{212A}", "Mars/Phobos",
    "../../etc/passwd", "America/New York", "New_York", "Etc/GMT 5",
  ])
  func `an unknown name finds nothing`(text: String) {
    #expect(index.name(matching: text) == nil)
  }

  @Test func `a very long name is not even looked up`() {
    #expect(index.name(matching: String(repeating: "a", count: 1_000_000)) == nil)
  }

  @Test(arguments: [
    "../etc/passwd", "/etc/passwd", "Europe//Berlin", "Europe/", "", ".", "Europe/Ber\nlin", "zone1970.tab", "A\0B", "Ünder",
    String(repeating: "a", count: 65),
  ])
  func `a name that could leave the zone folder never enters the list`(name: String) {
    #expect(ZoneIndex(names: [name, "UTC"]).names == ["UTC"])
  }

  @Test func `names are listed in order, each once`() {
    #expect(ZoneIndex(names: ["UTC", "Europe/Berlin", "utc", "UTC", "Africa/Cairo"]).names == ["Africa/Cairo", "Europe/Berlin", "UTC"])
  }

  @Test func `tzdata.zi lists zones and links`() {
    let text = """
      # version 2026f
      R d 1916 o - Jun 14 23s 1 S
      Z Africa/Algiers 0:12:12 - LMT 1891 Mar 16
      0:9:21 - PMT 1911 Mar 11
      L Africa/Abidjan Africa/Accra
      L
      Z
      """
    #expect(ZoneIndex(tzdata: Array(text.utf8)).names == ["Africa/Accra", "Africa/Algiers"])
    #expect(ZoneIndex(tzdata: [0xFF, 0x0A, 0x5A, 0x20, 0xFF]).names == [])
  }

  @Test func `the system's list holds some hundred zones and each has a file we can read`() throws {
    #expect(SystemZones.index.names.count > 400)
    #expect(SystemZones.index.name(matching: "america/SAO_paulo") == "America/Sao_Paulo")
    for name in SystemZones.index.names { _ = try zone(name) }
  }
}
