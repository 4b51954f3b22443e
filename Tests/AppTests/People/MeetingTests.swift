import Testing

@testable import App
@testable import Domain

/// When somebody was met at an event.
@Suite struct MeetingTests {
  @Test func `RULES 9.18: whole days with somebody count as their last date, wherever the person lives`() throws {
    let zones = try Zones(folder: "/usr/share/zoneinfo")
    let end = try Instant(iso: "2027-03-11T00:00:00Z").unwrapped
    let hour = try #require(TimeOfDay(hour: 9, minute: 0))
    for (name, now, noted) in [
      ("America/New_York", "2027-03-11T00:00:30Z", "2027-03-10T14:00:00Z"),
      ("Europe/Berlin", "2027-03-11T00:00:30Z", "2027-03-10T08:00:00Z"),
      ("Pacific/Kiritimati", "2027-03-11T00:00:30Z", "2027-03-09T19:00:00Z"),
      ("Pacific/Pago_Pago", "2027-03-10T15:00:00Z", "2027-03-10T15:00:00Z"),
    ] {
      let zone = try zones.zone(name).unwrapped
      let now = try Instant(iso: now).unwrapped
      #expect(Meeting.time(end, isAllDay: true, zone, hour, now: now).iso == noted, "\(name)")
    }
    #expect(Meeting.time(end, isAllDay: false, Zone.utc, hour, now: end) == end)
  }
}
