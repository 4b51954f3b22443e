/// What the zones of a calendar file are called here: by name, by the end of a longer name, by what Windows calls them.
struct CalendarZones {
  let find: (String) -> Zone?

  /// - Parameter place: what the file itself says that the zone is (`X-LIC-LOCATION`).
  func zone(_ id: String, place: String?) -> Zone? {
    for name in [id, place ?? ""] where !name.isEmpty {
      if let zone = named(name) { return zone }
    }
    return nil
  }

  private func named(_ id: String) -> Zone? {
    if id.utf8.count > 200 { return nil }
    if let zone = find(id) { return zone }
    let bytes = Array(id.utf8)
    if let place = WindowsZones.place(id) { return find(place) ?? ZoneLinks.find(place).flatMap { find($0.target) } }
    // "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin"
    for place in bytes.indices where bytes[place] == UInt8(ascii: "/") {
      let rest = String(decoding: bytes[(place + 1)...], as: UTF8.self)
      if rest.utf8.contains(UInt8(ascii: "/")), let zone = find(rest) { return zone }
    }
    return nil
  }
}

/// A moment of a calendar file, as it is written: by a zone's clock, or a day without a time.
struct CalendarTime {
  let local: LocalTime
  let zone: Zone
  /// A date without a time.
  let isDay: Bool

  /// - Throws: ``ImportEntry/Reason/zone(_:)``, or ``ImportEntry/Reason/value(_:)`` with the property's name.
  init(_ property: CalendarProperty, _ name: String, _ zones: [String: CalendarComponent], _ names: CalendarZones, floating: Zone)
    throws(ImportLeftOut)
  {
    guard let read = CalendarTime.read(property.value) else { throw ImportLeftOut(.value(name)) }
    (local, isDay) = (read.local, read.isDay)
    if read.isUTC {
      zone = .utc
    } else if !read.isDay, let id = property.parameter("TZID") {
      guard let found = names.zone(id, place: zones[id]?.first("X-LIC-LOCATION")?.text) else {
        throw ImportLeftOut(.zone(ImportText.prefix(ImportText.oneLine(id), scalars: 80)))
      }
      zone = found
    } else {
      zone = floating
    }
  }

  /// "20270310", "20270310T0900", "20270310T090000Z"; seconds are left out.
  static func read(_ value: some Sequence<UInt8>) -> (local: LocalTime, isDay: Bool, isUTC: Bool)? {
    var bytes = Array(value)
    while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
    var reader = ByteReader(bytes)
    guard let year = reader.digits(4), let month = reader.digits(2), let date = reader.digits(2),
      let day = Day(year: year, month: month, day: date)
    else { return nil }
    if reader.isAtEnd { return (LocalTime(day: day, time: .midnight), true, false) }
    guard reader.skip(0x54), let hour = reader.digits(2), let minute = reader.digits(2) else { return nil }
    if !reader.isAtEnd, !reader.skip(0x5A), reader.digits(2) == nil { return nil }
    _ = reader.skip(0x5A)
    guard reader.isAtEnd, let time = TimeOfDay(hour: hour, minute: minute) else { return nil }
    return (LocalTime(day: day, time: time), false, bytes.last == 0x5A)
  }

  /// Seconds of "-PT15M", "P1DT2H", "-P1W"; nil for anything else, and beyond a year.
  static func seconds(_ value: some Sequence<UInt8>) -> Int? {
    var reader = ByteReader(Array(value))
    let isBefore = reader.skip(0x2D)
    if !isBefore { _ = reader.skip(0x2B) }
    guard reader.skip(0x50) else { return nil }
    var seconds = 0
    var isTime = false
    var parts = 0
    while !reader.isAtEnd {
      if reader.skip(0x54) {
        isTime = true
        continue
      }
      guard let number = reader.number(upTo: 40_000_000), let unit = reader.take() else { return nil }
      switch (unit, isTime) {
      case (0x57, false): seconds += number * 604_800
      case (0x44, false): seconds += number * 86_400
      case (0x48, true): seconds += number * 3_600
      case (0x4D, true): seconds += number * 60
      case (0x53, true): seconds += number
      default: return nil
      }
      parts += 1
      if parts > 5 { return nil }
    }
    guard parts > 0, seconds <= 366 * 86_400 else { return nil }
    return isBefore ? -seconds : seconds
  }
}

/// Why an entry becomes no reminder, thrown where that is found.
struct ImportLeftOut: Error {
  let reason: ImportEntry.Reason

  init(_ reason: ImportEntry.Reason) { self.reason = reason }
}
