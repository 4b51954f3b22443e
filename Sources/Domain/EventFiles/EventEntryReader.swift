/// One VEVENT on its way to an ``EventEntry``.
struct EventEntryReader {
  let component: CalendarComponent
  let method: String
  var entry: EventEntry

  /// - Parameter method: the file's METHOD, in capitals.
  init(_ component: CalendarComponent, method: String) {
    (self.component, self.method) = (component, method)
    entry = EventEntry(.days(Day(0)...Day(0)))
    entry.line = component.line
    entry.uid = ImportText.prefix(ImportText.oneLine(component.first("UID")?.text ?? ""), bytes: EventEntry.longestUID)
    entry.title = line("SUMMARY", EventEntry.longestTitle)
  }

  mutating func read(_ zones: inout EventFileZones) throws(EventFile.Reason) -> EventEntry {
    if component.isBroken { throw .brokenOff }
    if ["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"].contains(method) { throw .answer(method) }
    readOrder()
    if let property = component.first("RECURRENCE-ID") {
      entry.instance = try moment("RECURRENCE-ID", property, &zones)
      if property.parameter("RANGE") != nil { note(.range) }
    }
    entry.times = try times(&zones)
    entry.rule = try rule()
    entry.rdates = try moments("RDATE", &zones)
    entry.exdates = try moments("EXDATE", &zones)
    if entry.title.isEmpty { note(.noTitle) }
    readTexts()
    readMarks()
    readPeople()
    readMetadata()
    return entry
  }

  mutating func note(_ remark: EventRemark) {
    if !entry.remarks.contains(remark) { entry.remarks.append(remark) }
  }

  /// A property's name with what it holds, for a person to see.
  func shown(_ property: CalendarProperty) -> String {
    ImportText.prefix(ImportText.oneLine(String(decoding: property.value.prefix(400), as: UTF8.self)), scalars: 80)
  }

  /// A text in one line; one that is too long is cut, which is said.
  mutating func line(_ name: String, _ most: Int) -> String {
    let text = ImportText.oneLine(component.first(name)?.text ?? "")
    let fitting = ImportText.prefix(text, scalars: most)
    if fitting.utf8.count == text.utf8.count { return text }
    note(.cut(name))
    return ImportText.prefix(text, scalars: most - 1) + "…"
  }

  private mutating func readOrder() {
    entry.order = EventOrder(sequence: component.first("SEQUENCE")?.number ?? 0, modified: stamp("LAST-MODIFIED"), stamp: stamp("DTSTAMP"))
    entry.created = stamp("CREATED")
  }

  /// To the second, in UTC whatever it says.
  private func stamp(_ name: String) -> Instant? {
    guard let value = component.first(name)?.value.filter({ $0 > 0x20 }) else { return nil }
    let text = String(decoding: value.prefix(20), as: UTF8.self)
    return PlannerDates.instant(value.last == 0x5A ? text : text + "Z")
  }

  // MARK: - Times

  private mutating func moment(_ name: String, _ property: CalendarProperty, _ zones: inout EventFileZones) throws(EventFile.Reason)
    -> EventMoment
  {
    guard let moment = zones.moment(property, &entry.remarks) else { throw .value(name, shown(property)) }
    return moment
  }

  private mutating func times(_ zones: inout EventFileZones) throws(EventFile.Reason) -> EventEntry.Times {
    // A cancellation of one time may say nothing but which.
    var start = entry.instance
    if let property = component.first("DTSTART") { start = try moment("DTSTART", property, &zones) }
    var end: EventMoment?
    var length: Int?
    if let property = component.first("DTEND") {
      end = try moment("DTEND", property, &zones)
    } else if let property = component.first("DURATION") {
      guard let seconds = CalendarTime.seconds(property.value) else { throw .value("DURATION", shown(property)) }
      if seconds < 0 { throw .endsBeforeStart }
      length = seconds
    }
    switch start {
    case nil: throw .noStart
    case .day(let first): return .days(try days(from: first, end, length))
    case .wall(let local, let zone): return .clock(try clock(EventEntry.Clock(starts: local, zone: zone), end, length))
    case .instant(let instant):
      return .clock(try clock(EventEntry.Clock(starts: Zone.utc.local(instant), zone: .utc), end, length))
    }
  }

  /// The end of a file is the day after the last; one that is the first day itself is written by some and means that day.
  private func days(from first: Day, _ end: EventMoment?, _ length: Int?) throws(EventFile.Reason) -> ClosedRange<Day> {
    var count = length.map { max(($0 + 86_399) / 86_400, 1) } ?? 1
    if let end {
      let until = first.distance(to: end.day)
      if until < 0 { throw .endsBeforeStart }
      count = max(until + (end.isMidnight ? 0 : 1), 1)
    }
    if count > EventEntry.mostDays { throw .tooLong }
    return first...max(first.advanced(by: count - 1), first)
  }

  private func clock(_ start: EventEntry.Clock, _ end: EventMoment?, _ length: Int?) throws(EventFile.Reason) -> EventEntry.Clock {
    var clock = start
    let begins = start.zone.instant(start.starts)
    switch end {
    case nil:
      guard let length else { return clock }
      // Days are days by the calendar, and of a series the end is the same time of every day; else hours are hours.
      let isByWall = length % 86_400 == 0 || component.first("RRULE") != nil || component.first("RDATE") != nil
      if isByWall {
        clock.ends = LocalTime(wallSeconds: start.starts.wallSeconds + Int64(length))
      } else {
        clock.end(at: begins.advanced(seconds: length))
      }
    case .day(let day): clock.ends = LocalTime(day: day, time: .midnight)
    case .wall(let local, let zone): (clock.ends, clock.endZone) = (local, zone)
    case .instant(let instant): clock.end(at: instant)
    }
    guard let ends = clock.ends else { return clock }
    let isBefore = clock.endZone == clock.zone ? ends < clock.starts : clock.endZone.instant(ends) < begins
    if isBefore { throw .endsBeforeStart }
    if clock.endZone.instant(ends).seconds(since: begins) > Int64(EventEntry.mostDays) * 86_400 + 7_200 { throw .tooLong }
    return clock
  }

  private mutating func moments(_ name: String, _ zones: inout EventFileZones) throws(EventFile.Reason) -> [EventMoment] {
    // One time has no others.
    if entry.instance != nil { return [] }
    if component.cut[name] != nil { throw .tooMany(name) }
    var found: [EventMoment] = []
    var known: Set<EventMoment> = []
    for property in component.all(name) {
      for value in property.value.split(separator: 0x2C) {
        let start = value.prefix { $0 != UInt8(ascii: "/") }
        if start.count < value.count { note(.periods) }
        let one = CalendarProperty(parameters: property.parameters, value: start)
        guard let moment = zones.moment(one, &entry.remarks) else {
          note(.value(name, shown(one)))
          continue
        }
        if known.insert(moment).inserted { found.append(moment) }
      }
      if found.count > EventEntry.mostDates { throw .tooMany(name) }
    }
    return found
  }

  // MARK: - The rule

  /// Whatever it asks for, the start is an instance and counts as the first (RULES 9.21).
  private mutating func rule() throws(EventFile.Reason) -> Recurrence? {
    guard entry.instance == nil, let property = component.first("RRULE") else { return nil }
    if component.first("EXRULE") != nil { throw .exceptionRule }
    let count = component.all("RRULE").count
    if count > 1 { note(.furtherRules(count - 1)) }
    let start = entry.start
    var parts: [Recurrence.Part] = []
    do throws(RecurrenceError) {
      var rule = try Recurrence(ofFile: String(decoding: property.value.prefix(Recurrence.longestText + 1), as: UTF8.self))
      // Hours that say no minute have the start's (RFC 5545, 3.3.10); a rule of ours would have the full hour.
      if !rule.hours.isEmpty || rule.frequency == .hourly, rule.minutes.isEmpty { rule.minutes = [start.time.minute] }
      if case .days = entry.times {
        if rule.frequency == .hourly { throw .tooFine("HOURLY") }
        (rule.hours, rule.minutes) = ([], [])  // What days have no use for is not looked at (RFC 5545, 3.3.10).
        try rule.check(mayEndTwice: true)
      }
      parts = rule.dayParts
      _ = try rule.completed(on: start.day, at: start.time).begin(notBefore: start)
      return rule
    } catch {
      switch error {
      case .endsBeforeStart: note(.ruleIsOver)
      case .neverComes: throw .neverComes(parts)
      default: throw .rule(error)
      }
      return nil
    }
  }
}

extension EventEntry.Clock {
  /// By the start's clocks, unless they show that time earlier as well.
  fileprivate mutating func end(at instant: Instant) {
    let local = zone.local(instant)
    let isShown = zone.instant(local) == instant
    (ends, endZone) = isShown ? (local, zone) : (Zone.utc.local(instant), .utc)
  }
}

extension EventMoment {
  fileprivate var isMidnight: Bool {
    switch self {
    case .day: true
    case .wall(let local, _): local.time == .midnight
    case .instant(let instant): Zone.utc.local(instant).time == .midnight
    }
  }
}

extension CalendarProperty {
  /// 0 to 2³¹ − 1; nil for anything else.
  fileprivate var number: Int? {
    var reader = ByteReader(Array(value.filter { $0 > 0x20 }))
    guard let number = reader.number(upTo: Int(Int32.max)), reader.isAtEnd else { return nil }
    return number
  }
}
