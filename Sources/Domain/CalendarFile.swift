/// A property of a component: `DTSTART;TZID=Europe/Berlin:20270310T090000`.
struct CalendarProperty {
  let parameters: [(name: String, value: String)]
  let value: ArraySlice<UInt8>

  func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// The value with RFC 5545's escapes taken back (3.3.11).
  var text: String {
    var out: [UInt8] = []
    var isEscaped = false
    for byte in value {
      if isEscaped {
        out.append(byte | 0x20 == UInt8(ascii: "n") ? 10 : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        out.append(byte)
      }
    }
    return ImportText.lines(out)
  }

  /// The texts between commas that nothing escapes.
  var texts: [String] {
    var parts: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in value {
      if byte == 0x2C, !isEscaped {
        parts.append([])
      } else {
        parts[parts.count - 1].append(byte)
      }
      isEscaped = byte == 0x5C && !isEscaped
    }
    return parts.map { CalendarProperty(parameters: [], value: $0[...]).text }
  }
}

/// An entry of a calendar with what is set of it; of alarms and changes of a zone's clocks inside nothing but this.
struct CalendarComponent {
  let name: String
  let line: Int
  var properties: [String: [CalendarProperty]] = [:]
  var parts: [CalendarComponent] = []
  /// How many properties of a kind there were beyond those that are looked at.
  var cut: [String: Int] = [:]
  /// Its place in ``CalendarFile/calendars``.
  var calendar = 0
  /// The file ends, or something else does, before it.
  var isBroken = false

  func first(_ name: String) -> CalendarProperty? { properties[name]?.first }
  func all(_ name: String) -> [CalendarProperty] { properties[name] ?? [] }
}

/// The components of an iCalendar file (RFC 5545, 3.4): to-dos, events, zones.
///
/// A reader of our own and not libical's, which makes a tree of the whole file before anything can be refused: here a file of 10 MB is one pass over its
/// bytes, nothing is kept of what no reminder is made of, and an entry knows its line.
struct CalendarFile {
  private(set) var entries: [CalendarComponent] = []
  private(set) var zones: [String: CalendarComponent] = [:]
  /// The calendars that the file has, with what they say of themselves; mostly one.
  private(set) var calendars: [CalendarComponent] = []
  /// How many lines the file has.
  private(set) var lines = 0

  /// What is kept of a component, and how many to-dos and events are read.
  struct Scope {
    let kept: Set<String>
    /// Also what other programs made up: `X-…`.
    let keepsOthers: Bool
    let mostEntries: Int
    /// Of one component; more of a kind, or more alarms, are not looked at.
    var mostOfAKind = 500

    static let reminders = Scope(
      kept: [
        "UID", "RECURRENCE-ID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "COMPLETED", "PERCENT-COMPLETE", "PRIORITY",
        "DTSTART", "DTEND", "DURATION", "DUE", "RRULE", "EXRULE", "EXDATE", "RDATE", "TRIGGER", "ACTION", "TZID", "X-LIC-LOCATION",
      ], keepsOthers: false, mostEntries: ImportFile.mostEntries)

    func keeps(_ name: String) -> Bool { kept.contains(name) || keepsOthers && name.utf8.starts(with: "X-".utf8) }
  }

  static func begins(_ text: [UInt8]) -> Bool {
    let line = text.drop { $0 <= 0x20 }.prefix { $0 != 0x0A && $0 != 0x0D }
    return upper(line.prefix(40).filter { $0 != 0x20 }) == "BEGIN:VCALENDAR"
  }

  init(_ text: [UInt8], for scope: Scope = .reminders, mayGoOn: () -> Bool) throws(ImportRefusal) {
    var open: [CalendarComponent] = []
    var number = 1
    var place = 0
    while place < text.count {
      let start = number
      let line = CalendarFile.line(text, &place, &number)
      guard let (name, property) = CalendarFile.property(line) else { continue }
      if name == "BEGIN" {
        if open.count > 20 { throw .unknown }
        open.append(CalendarComponent(name: CalendarFile.upper(property.value), line: start))
      } else if name == "END" {
        let ended = CalendarFile.upper(property.value)
        guard let level = open.lastIndex(where: { $0.name == ended }) else { continue }
        while open.count > level { close(open.removeLast(), isBroken: open.count > level, &open, scope) }
        if entries.count > scope.mostEntries { throw .tooMany }
        if entries.count % 64 == 0, !mayGoOn() { throw .tooLong }
      } else if scope.keeps(name), let last = open.indices.last {
        if open[last].all(name).count < scope.mostOfAKind {
          open[last].properties[name, default: []].append(property)
        } else {
          open[last].cut[name, default: 0] += 1
        }
      }
    }
    while let last = open.popLast() { close(last, isBroken: true, &open, scope) }
    lines = number - 1
    if entries.count > scope.mostEntries { throw .tooMany }
  }

  private mutating func close(_ component: CalendarComponent, isBroken: Bool, _ open: inout [CalendarComponent], _ scope: Scope) {
    var component = component
    component.isBroken = component.isBroken || isBroken
    component.calendar = calendars.count
    switch component.name {
    case "VCALENDAR": calendars.append(component)
    case "VTODO", "VEVENT": entries.append(component)
    case "VTIMEZONE":
      if let id = component.first("TZID")?.text { zones[id] = component }
    case "VALARM":
      if let last = open.indices.last, open[last].parts.count < scope.mostOfAKind { open[last].parts.append(component) }
    case "STANDARD", "DAYLIGHT":
      guard let last = open.indices.last, open[last].name == "VTIMEZONE", open[last].parts.count < scope.mostOfAKind else { break }
      open[last].parts.append(component)
    default: break
    }
  }

  /// The next line, with those that go on in it (3.1); long ones cost no more than their bytes.
  private static func line(_ text: [UInt8], _ place: inout Int, _ number: inout Int) -> ArraySlice<UInt8> {
    var folded: [UInt8] = []
    var isFolded = false
    while true {
      var end = place
      while end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
      let piece = text[place..<end]
      place = end
      if place < text.count { place += text[place] == 0x0D && place + 1 < text.count && text[place + 1] == 0x0A ? 2 : 1 }
      number += 1
      let goesOn = place < text.count && (text[place] == 0x20 || text[place] == 0x09)
      if !goesOn, !isFolded { return piece }
      folded += piece
      if !goesOn { return folded[...] }
      isFolded = true
      place += 1
    }
  }

  /// - Returns: nil for a line that is none.
  private static func property(_ line: ArraySlice<UInt8>) -> (String, CalendarProperty)? {
    let name = line.prefix { $0 != 0x3A && $0 != 0x3B }
    guard (1...40).contains(name.count), name.count < line.count else { return nil }
    var rest = line.dropFirst(name.count)
    var parameters: [(name: String, value: String)] = []
    while rest.first == 0x3B {
      rest = rest.dropFirst()
      let key = rest.prefix { $0 != 0x3D && $0 != 0x3A && $0 != 0x3B }
      rest = rest.dropFirst(key.count)
      guard rest.first == 0x3D else { continue }
      rest = rest.dropFirst()
      var value: [UInt8] = []
      var isQuoted = false
      while let byte = rest.first, isQuoted || byte != 0x3A && byte != 0x3B {
        if byte == 0x22 { isQuoted.toggle() } else if value.count < 200 { value.append(byte) }
        rest = rest.dropFirst()
      }
      if parameters.count < 20 { parameters.append((upper(key), String(decoding: value, as: UTF8.self))) }
    }
    guard rest.first == 0x3A else { return nil }
    return (upper(name), CalendarProperty(parameters: parameters, value: rest.dropFirst()))
  }

  static func upper(_ bytes: some Collection<UInt8>) -> String {
    var bytes = bytes.prefix(60).map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
