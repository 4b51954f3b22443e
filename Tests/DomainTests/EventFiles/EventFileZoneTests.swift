import Testing

@testable import Domain

/// Hard case 27.
@Suite struct EventFileZoneTests {
  /// Pacific time as Outlook writes it, since 1601.
  static func outlook(_ id: String, standard: String = "-0800", daylight: String = "-0700") -> String {
    """
    BEGIN:VTIMEZONE
    TZID:\(id)
    BEGIN:STANDARD
    DTSTART:16010101T020000
    TZOFFSETFROM:\(daylight)
    TZOFFSETTO:\(standard)
    RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:16010101T020000
    TZOFFSETFROM:\(standard)
    TZOFFSETTO:\(daylight)
    RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3
    END:DAYLIGHT
    END:VTIMEZONE
    """
  }

  static func fixed(_ id: String, _ offset: String) -> String {
    """
    BEGIN:VTIMEZONE
    TZID:\(id)
    BEGIN:STANDARD
    DTSTART:16010101T000000
    TZOFFSETFROM:\(offset)
    TZOFFSETTO:\(offset)
    END:STANDARD
    END:VTIMEZONE
    """
  }

  private func one(
    _ time: String, _ before: String = "METHOD:PUBLISH", own: String = "America/New_York"
  ) throws -> (String, [EventRemark]) {
    let entry = try EventFiles.one("DTSTART" + time, before: before, own: own)
    return (EventFiles.said(entry.times), entry.remarks)
  }

  @Test func `a zone is known by its name, by Windows' name, or by the end of a longer name`() throws {
    let rows: [(String, String)] = [
      ("Europe/Berlin", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("Eastern Standard Time", "America/New_York"),
      ("W. Europe Standard Time", "Europe/Berlin"), ("e. south america standard time", "America/Sao_Paulo"), ("UTC-11", "Etc/GMT+11"),
      ("/mozilla.org/20050126_1/Europe/Berlin", "Europe/Berlin"),
      ("/freeassociation.sourceforge.net/America/Sao_Paulo", "America/Sao_Paulo"),
      ("tzone://Microsoft/Utc", "Etc/UTC"), ("Line Islands Standard Time", "Pacific/Kiritimati"),
    ]
    for (name, expected) in rows {
      let (said, remarks) = try one(";TZID=\"\(name)\":20270312T090000")
      #expect(said == "2027-03-12T09:00 " + expected && remarks.isEmpty, "\(name)")
    }
    #expect(WindowsZones.places.count == 140)
    // A zone data package without old names has all of them by the newer.
    for place in WindowsZones.places { #expect(EventFiles.find(place) != nil, "\(place)") }
    let here = try one(";TZID=Home:20270312T090000", "BEGIN:VTIMEZONE\nTZID:Home\nX-LIC-LOCATION:Asia/Tokyo\nEND:VTIMEZONE")
    #expect(here.0 == "2027-03-12T09:00 Asia/Tokyo" && here.1.isEmpty)
  }

  @Test func `a zone of no known name is found by its clocks, the person's own first, and that is said`() throws {
    let custom = "Customized Time Zone"
    for (own, expected) in [("America/New_York", "America/Los_Angeles"), ("America/Tijuana", "America/Tijuana")] {
      let found = try one(";TZID=\(custom):20270712T090000", Self.outlook(custom), own: own)
      #expect(found.0 == "2027-07-12T09:00 " + expected)
      let place = try zone(expected)
      #expect(found.1 == [.zoneMatched(custom, place)])
    }
    let india = try one(";TZID=Mine:20270712T090000", Self.fixed("Mine", "+0530"))
    let kolkata = try zone("Asia/Kolkata")
    #expect(india.0 == "2027-07-12T09:00 Asia/Kolkata" && india.1 == [.zoneMatched("Mine", kolkata)])
  }

  @Test func `clocks that no place has keep instants, in UTC; a zone that nothing tells of and times without one are the person's`() throws
  {
    let odd = try one(";TZID=Odd:20270712T090000", Self.fixed("Odd", "+0123"))
    #expect(odd.0 == "2027-07-12T07:37 UTC" && odd.1 == [.zoneKept("Odd")])
    // In summer, in winter, long ago, in the hour that is skipped and in the one that comes twice.
    let rows: [(String, String)] = [
      ("20270712T090000", "2027-07-12T08:50"), ("20270112T090000", "2027-01-12T09:50"), ("19870712T090000", "1987-07-12T08:50"),
      ("20270314T023000", "2027-03-14T03:20"), ("20271107T013000", "2027-11-07T01:20"), ("20271107T023000", "2027-11-07T03:20"),
    ]
    for (time, expected) in rows {
      let found = try one(";TZID=Odd:\(time)", Self.outlook("Odd", standard: "-0050", daylight: "+0010"))
      #expect(found.0 == expected + " UTC", "\(time)")
    }
    let unknown = try one(";TZID=Mars/Phobos:20270312T090000")
    #expect(unknown.0 == "2027-03-12T09:00 America/New_York" && unknown.1 == [.zoneUnknown("Mars/Phobos")])
    let broken = try one(";TZID=X:20270312T090000", "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:x\nEND:STANDARD\nEND:VTIMEZONE")
    #expect(broken.1 == [.zoneUnknown("X")])
    let floating = try one(":20270312T090000", own: "Asia/Tokyo")
    #expect(floating.0 == "2027-03-12T09:00 Asia/Tokyo" && floating.1 == [.floating])
    let said = try one(":20270312T090000", "X-WR-TIMEZONE:Europe/Berlin")
    #expect(said.0 == "2027-03-12T09:00 Europe/Berlin" && said.1.isEmpty)
    let day = try one(";TZID=Mars/Phobos;VALUE=DATE:20270312")
    #expect(day.0 == "2027-03-12…2027-03-12" && day.1.isEmpty)
  }

  @Test func `the clocks that Heed writes are those of the zone again when its name is lost`() throws {
    let names = [
      "America/New_York", "America/Sao_Paulo", "America/Santiago", "Europe/Dublin", "Africa/Casablanca", "Africa/Cairo", "Asia/Gaza",
      "Australia/Lord_Howe", "Pacific/Auckland", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati",
    ]
    for name in names {
      let clocks = try zone(name)
      var lines = PublishedLines()
      PublishedZone(clocks, from: try instant("2020-01-01T00:00:00Z")).write(to: &lines)
      let text = String(decoding: lines.bytes, as: UTF8.self).replacing("TZID:" + name, with: "TZID:Lost")
      let entry = try EventFiles.one("DTSTART;TZID=Lost:20270312T090000", before: text)
      guard case .zoneMatched("Lost", let found)? = entry.remarks.first else {
        Issue.record("\(name): \(entry.remarks)")
        continue
      }
      var moment = try instant("2027-01-01T00:00:00Z")
      let end = try instant("2029-01-01T00:00:00Z")
      while moment < end {
        #expect(found.offset(at: moment) == clocks.offset(at: moment), "\(name) is not \(found.name) at \(moment.iso)")
        moment = clocks.nextTransition(after: moment) ?? end
      }
    }
  }
}
