/// One reminder as a file for other calendars (RFC 5545): a VEVENT of no length that keeps nobody busy, and the zone that it is read in.
public struct PublishedEvent {
  /// The whole file.
  public let bytes: [UInt8]

  /// - Parameters:
  ///   - uid: the same for ever.
  ///   - version: grows with each change.
  ///   - stamp: when the file is made.
  public init(_ series: PublishedSeries, uid: String, title: String, notes: String, url: String, version: Int, stamp: Instant) {
    var calendar = PublishedCalendar()
    PublishedEvent.write(series, uid: uid, title: title, notes: notes, url: url, version: version, stamp: stamp, to: &calendar)
    bytes = calendar.bytes
  }

  /// - Parameter isBusy: others are told when, and no more.
  static func write(
    _ series: PublishedSeries, uid: String, title: String, notes: String, url: String, version: Int, stamp: Instant, isBusy: Bool = false,
    to calendar: inout PublishedCalendar
  ) {
    var lines = PublishedLines()
    let isUTC = series.zone.name == Zone.utc.name
    let zoned = isUTC ? "" : ";TZID=\(series.zone.name)"
    if case .wall(let wall) = series.start { calendar.use(series.zone, at: series.zone.instant(wall)) }
    lines.add("BEGIN", "VEVENT")
    lines.add("UID", text: uid)
    lines.add("DTSTAMP", stamp.basic)
    lines.add("SEQUENCE", String(version))
    switch series.start {
    case .wall(let wall): lines.add("DTSTART" + zoned, wall.basic + (isUTC ? "Z" : ""))
    case .instant(let instant): lines.add("DTSTART", instant.basic)
    }
    if let rule = series.rule { lines.add("RRULE", rule) }
    if !series.excluded.isEmpty {
      lines.add("EXDATE" + zoned, series.excluded.map { $0.basic + (isUTC ? "Z" : "") }.joined(separator: ","))
    }
    if !series.dates.isEmpty { lines.add("RDATE", series.dates.map(\.basic).joined(separator: ",")) }
    lines.add("SUMMARY", text: isBusy ? PublishedCalendar.busy : title)
    if !isBusy, !notes.utf8.isEmpty { lines.add("DESCRIPTION", text: notes) }
    if !isBusy { lines.add("URL", url) }
    lines.add("TRANSP", "TRANSPARENT")
    if isBusy {
      lines.add("END", "VEVENT")
      calendar.body.append(lines)
      return
    }
    // Others ring too, and Heed itself reads an event without an alarm as none (RULES 2.10).
    lines.add("BEGIN", "VALARM")
    lines.add("ACTION", "DISPLAY")
    lines.add("DESCRIPTION", text: title)
    lines.add("TRIGGER", "PT0S")
    lines.add("END", "VALARM")
    lines.add("END", "VEVENT")
    calendar.body.append(lines)
  }
}
