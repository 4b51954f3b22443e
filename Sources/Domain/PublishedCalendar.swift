/// A whole file for other calendars (RFC 5545): what is in it, and each zone that it is read in, once (RULES 9.28).
struct PublishedCalendar {
  /// What is said of a time whose title is nobody's business.
  static let busy = "Busy"

  /// Events, in the order in which they are added.
  var body = PublishedLines()
  /// May be empty.
  var name = ""
  private var zones: [String: (zone: Zone, times: ClosedRange<Instant>)] = [:]

  /// A time of the body is read by this zone's clocks.
  mutating func use(_ zone: Zone, at instant: Instant) {
    if zone.name == Zone.utc.name { return }
    let times = zones[zone.name]?.times ?? instant...instant
    zones[zone.name] = (zone, min(times.lowerBound, instant)...max(times.upperBound, instant))
  }

  var bytes: [UInt8] {
    var lines = PublishedLines()
    lines.add("BEGIN", "VCALENDAR")
    lines.add("VERSION", "2.0")
    lines.add("PRODID", "-//Heed//Heed//EN")
    lines.add("CALSCALE", "GREGORIAN")
    if !name.isEmpty { lines.add("X-WR-CALNAME", text: name) }
    for (_, (zone, times)) in zones.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      PublishedZone(zone, from: times.lowerBound, to: times.upperBound).write(to: &lines)
    }
    lines.append(body)
    lines.add("END", "VCALENDAR")
    return lines.bytes
  }
}
