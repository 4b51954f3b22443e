/// Events and reminders for other calendars, as a file or a feed (RFC 5545): each series with its changed times, and a VTIMEZONE for each zone
/// used (RULES 9.28).
///
/// Made of what is stored alone: the same things give the same bytes.
public struct EventPublishing: Sendable {
  /// How much others are told.
  public enum Detail: String, CaseIterable, Hashable, Sendable {
    case full
    /// "Busy" and times: no word of a title, a place, an address, an id of another program or a person.
    case busy
  }

  /// What is written beside times, title and place.
  public struct Options: Hashable, Sendable {
    public var detail: Detail
    public var hasDescriptions: Bool
    /// Who is asked to come.
    public var hasPeople: Bool
    /// What other programs added ("X-…").
    public var hasMetadata: Bool

    public init(_ detail: Detail, hasDescriptions: Bool = false, hasPeople: Bool = false, hasMetadata: Bool = false) {
      (self.detail, self.hasDescriptions, self.hasPeople, self.hasMetadata) = (detail, hasDescriptions, hasPeople, hasMetadata)
    }

    /// A file of one's own: all there is.
    public static let export = Options(.full, hasDescriptions: true, hasPeople: true, hasMetadata: true)
  }

  private let options: Options
  private let now: Instant
  private var calendar = PublishedCalendar()

  /// - Parameters:
  ///   - name: what the calendar is called; may be empty. Of detail `busy` it is left out.
  ///   - now: series go on, so that their zones are described beyond it.
  public init(_ options: Options, name: String = "", now: Instant) {
    (self.options, self.now) = (options, now)
    if options.detail == .full { calendar.name = name }
  }

  /// One event or series.
  ///
  /// - Parameters:
  ///   - entry: its UID stays for ever, its sequence grows with each change. Its stamp, else when it was modified, is its DTSTAMP.
  ///   - changes: times of it that are otherwise, each with its ``EventEntry/instance``.
  public mutating func add(_ entry: EventEntry, changes: [EventEntry] = []) {
    write(entry, uid: entry.uid, of: entry)
    for change in changes { write(change, uid: entry.uid, of: entry) }
  }

  /// One reminder.
  ///
  /// - Parameters:
  ///   - version: grows with each change.
  ///   - stamp: when it was changed last.
  public mutating func add(
    _ series: PublishedSeries, uid: String, title: String, notes: String, url: String, version: Int, stamp: Instant
  ) {
    PublishedEvent.write(
      series, uid: uid, title: title, notes: options.hasDescriptions ? notes : "", url: url, version: version, stamp: stamp,
      isBusy: options.detail == .busy, to: &calendar)
  }

  /// The whole file.
  public var bytes: [UInt8] { calendar.bytes }

  // MARK: - An event

  private mutating func write(_ entry: EventEntry, uid: String, of series: EventEntry) {
    let isBusy = options.detail == .busy
    var lines = PublishedLines()
    lines.add("BEGIN", "VEVENT")
    // The ids of other programs may hold words.
    lines.add("UID", text: isBusy ? EventHash(["busy", uid]).text + "@heed" : uid)
    lines.add("DTSTAMP", (entry.order.stamp ?? entry.order.modified ?? Instant(seconds: 0)).basic)
    if let modified = entry.order.modified { lines.add("LAST-MODIFIED", modified.basic) }
    if !isBusy, let created = entry.created { lines.add("CREATED", created.basic) }
    lines.add("SEQUENCE", String(entry.order.sequence))
    if let instance = entry.instance { write("RECURRENCE-ID", instance, of: series, to: &lines) }
    writeTimes(entry, to: &lines)
    if entry.instance == nil { writeSeries(entry, to: &lines) }
    lines.add("SUMMARY", text: isBusy ? PublishedCalendar.busy : entry.title)
    if entry.status != .confirmed || entry.instance != nil { lines.add("STATUS", entry.status.rawValue.uppercased()) }
    if let isBusy = entry.isBusy { lines.add("TRANSP", isBusy ? "OPAQUE" : "TRANSPARENT") }
    if let visibility = entry.visibility, visibility != .public { lines.add("CLASS", visibility.rawValue.uppercased()) }
    if !isBusy { writeWords(entry, to: &lines) }
    lines.add("END", "VEVENT")
    calendar.body.append(lines)
  }

  private func writeWords(_ entry: EventEntry, to lines: inout PublishedLines) {
    if options.hasDescriptions, !entry.description.isEmpty { lines.add("DESCRIPTION", text: entry.description) }
    if !entry.location.isEmpty { lines.add("LOCATION", text: entry.location) }
    if let place = entry.coordinates {
      lines.add("GEO", EventEntry.Coordinates.text(place.latitude) + ";" + EventEntry.Coordinates.text(place.longitude))
    }
    // Addresses are no texts: what stands in them is not escaped.
    let page = entry.link.isEmpty ? entry.url : entry.link
    if EventEntryReader.isAddress(page) { lines.add("URL", page) }
    if !entry.link.isEmpty, EventEntryReader.isAddress(entry.url) { lines.add("CONFERENCE;VALUE=URI", entry.url) }
    for tag in entry.tags { lines.add("CATEGORIES", text: tag) }
    if options.hasPeople {
      if let person = entry.organizer { write("ORGANIZER", person, to: &lines) }
      for person in entry.attendees { write("ATTENDEE", person, to: &lines) }
    }
    if !options.hasMetadata { return }
    for field in entry.metadata where EventPublishing.isName(field.name) { lines.add(field.name, text: field.text) }
  }

  /// Somebody without an address has no form there.
  private func write(_ name: String, _ person: EventEntry.Person, to lines: inout PublishedLines) {
    guard let mail = person.mail else { return }
    let plain = person.name.utf8.filter { $0 >= 0x20 && $0 != 0x22 && $0 != 0x7F }
    let shown = plain.isEmpty ? "" : ";CN=\"" + String(decoding: plain, as: UTF8.self) + "\""
    let type = person.isPerson ? "" : ";CUTYPE=RESOURCE"
    let answer = name == "ATTENDEE" ? ";PARTSTAT=" + person.answer.rawValue.uppercased() : ""
    lines.add(name + shown + type + answer, "mailto:" + String(decoding: mail.utf8.filter { $0 > 0x20 && $0 != 0x7F }, as: UTF8.self))
  }

  private static func isName(_ name: String) -> Bool {
    name.utf8.starts(with: "X-".utf8) && name.utf8.count <= 40 && name.utf8.allSatisfy(CalendarTasks.isToken)
  }

  // MARK: - Times

  private mutating func writeTimes(_ entry: EventEntry, to lines: inout PublishedLines) {
    switch entry.times {
    case .days(let days):
      lines.add("DTSTART;VALUE=DATE", days.lowerBound.basic)
      // The day after the last; the last day of all has none.
      let end = days.upperBound.advanced(by: 1)
      if end > days.upperBound { lines.add("DTEND;VALUE=DATE", end.basic) }
    case .clock(let clock):
      write("DTSTART", clock.starts, clock.zone, to: &lines)
      // Others go on from the start for as long as here, so that what they know of this zone is needed as long.
      if entry.rule != nil { calendar.use(clock.zone, at: max(now, clock.zone.instant(clock.starts))) }
      guard let ends = clock.ends else { return }
      let (start, end) = (clock.zone.instant(clock.starts), clock.endZone.instant(ends))
      if end < start {
        // The clocks skip the end but not all of it: the length by the clock is kept.
        lines.add("DTEND", start.advanced(seconds: max(ends.wallSeconds - clock.starts.wallSeconds, 0)).basic)
      } else {
        write("DTEND", ends, clock.endZone, to: &lines)
      }
    }
  }

  /// The rule, what it leaves out and what comes besides.
  private func writeSeries(_ entry: EventEntry, to lines: inout PublishedLines) {
    if let rule = entry.rule { lines.add("RRULE", rule.asOthersRead(entry.times)) }
    for (name, moments) in [("EXDATE", entry.exdates), ("RDATE", entry.rdates)] {
      var known: Set<String> = []
      let values = moments.flatMap { forms($0, of: entry) }.filter { known.insert($0).inserted }
      if !values.isEmpty { lines.add(name + parameters(entry), values.joined(separator: ",")) }
    }
  }

  private mutating func write(_ name: String, _ moment: EventMoment, of series: EventEntry, to lines: inout PublishedLines) {
    guard let value = forms(moment, of: series).first else { return }
    if case .clock(let clock) = series.times, let instant = moment.instant { calendar.use(clock.zone, at: instant) }
    lines.add(name + parameters(series), value)
  }

  private mutating func write(_ name: String, _ local: LocalTime, _ zone: Zone, to lines: inout PublishedLines) {
    calendar.use(zone, at: zone.instant(local))
    if zone.name == Zone.utc.name { lines.add(name, local.basic + "Z") } else { lines.add(name + ";TZID=\(zone.name)", local.basic) }
  }

  /// What the dates of a series are written with.
  private func parameters(_ series: EventEntry) -> String {
    switch series.times {
    case .days: ";VALUE=DATE"
    case .clock(let clock): clock.zone.name == Zone.utc.name ? "" : ";TZID=\(clock.zone.name)"
    }
  }

  /// A moment as the dates of its series are written. A date beside times is each time of that day: others read a date there as none.
  private func forms(_ moment: EventMoment, of series: EventEntry) -> [String] {
    guard case .clock(let clock) = series.times else { return [moment.day.basic] }
    let end = clock.zone.name == Zone.utc.name ? "Z" : ""
    if let wall = moment.wall(in: clock.zone) { return [wall.basic + end] }
    let times = series.rule?.timesOfDay(from: clock.starts) ?? [clock.starts.time]
    return times.map { LocalTime(day: moment.day, time: $0).basic + end }
  }
}
