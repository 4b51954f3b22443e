/// What the times of one file mean: by which zone each is read, and what has to be said of that (RULES 9.26).
struct EventFileZones {
  /// What a name of the file's comes to.
  private enum Reading {
    case zone(Zone, EventRemark?)
    /// Clocks that no place has.
    case kept
  }

  private let definitions: [String: CalendarComponent]
  private let names: CalendarZones
  private let own: Zone
  /// Of times without a zone: what the file says of itself (X-WR-TIMEZONE).
  private let floating: Zone?
  private var matches: ZoneMatches
  private var readings: [String: Reading] = [:]
  private var kept: [String: ZoneDefinition] = [:]

  /// - Parameter all: the names of this machine's zones.
  init(_ file: CalendarFile, own: Zone, now: Instant, find: @escaping (String) -> Zone?, all: [String]) {
    (definitions, self.own, names) = (file.zones, own, CalendarZones(find: find))
    matches = ZoneMatches(own: own, now: now, find: find, names: all)
    let name = file.calendars.lazy.compactMap { $0.first("X-WR-TIMEZONE")?.text }.first { !$0.isEmpty }
    floating = name.flatMap { CalendarZones(find: find).zone($0, place: nil) }
  }

  /// What a property says: a date, a time, or an instant.
  ///
  /// - Returns: nil for what is none.
  mutating func moment(_ property: CalendarProperty, _ remarks: inout [EventRemark]) -> EventMoment? {
    guard let read = CalendarTime.read(property.value) else { return nil }
    if read.isDay { return .day(read.local.day) }
    // Whatever TZID stands beside it.
    if read.isUTC { return .instant(Instant(seconds: read.local.wallSeconds)) }
    guard let id = property.parameter("TZID"), !id.isEmpty else {
      if floating == nil { note(.floating, &remarks) }
      return .wall(read.local, floating ?? own)
    }
    switch reading(id) {
    case .zone(let zone, let remark):
      if let remark { note(remark, &remarks) }
      return .wall(read.local, zone)
    case .kept:
      note(.zoneKept(shown(id)), &remarks)
      return kept[id]?.instant(read.local).inUTC
    }
  }

  private func note(_ remark: EventRemark, _ remarks: inout [EventRemark]) {
    if !remarks.contains(remark) { remarks.append(remark) }
  }

  private func shown(_ id: String) -> String { ImportText.prefix(ImportText.oneLine(id), scalars: 80) }

  private mutating func reading(_ id: String) -> Reading {
    if let known = readings[id] { return known }
    let found = look(id)
    readings[id] = found
    return found
  }

  private mutating func look(_ id: String) -> Reading {
    let described = definitions[id]
    if let zone = names.zone(id, place: described?.first("X-LIC-LOCATION")?.text) { return .zone(zone, nil) }
    guard let definition = described.flatMap({ ZoneDefinition($0) }) else { return .zone(own, .zoneUnknown(shown(id))) }
    if let zone = matches.zone(like: definition) { return .zone(zone, .zoneMatched(shown(id), zone)) }
    kept[id] = definition
    return .kept
  }
}

extension Instant {
  fileprivate var inUTC: EventMoment { .instant(self) }
}
