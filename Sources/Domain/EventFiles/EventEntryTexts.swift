/// What a VEVENT says beside its times.
extension EventEntryReader {
  mutating func readTexts() {
    entry.location = line("LOCATION", EventEntry.longestLocation)
    var text = component.first("DESCRIPTION")?.text ?? ""
    // What the title loses stands at the head of the description.
    let title = ImportText.oneLine(component.first("SUMMARY")?.text ?? "")
    if entry.title.utf8.count < title.utf8.count { text = text.isEmpty ? title : title + "\n\n" + text }
    entry.description = ImportText.prefix(text, bytes: EventEntry.longestDescription)
    if entry.description.utf8.count < text.utf8.count { note(.cut("DESCRIPTION")) }
    readAddresses()
  }

  /// Where people meet online stands in properties of its own, if anywhere; else URL is taken for it.
  private mutating func readAddresses() {
    let meetings = ["CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK"]
    let meeting = meetings.flatMap { name in component.all(name).map(\.text) }.first { EventEntryReader.isAddress($0) }
    let page = component.first("URL")?.text ?? ""
    let isPage = EventEntryReader.isAddress(page)
    if !page.isEmpty, !isPage, let property = component.first("URL") { note(.value("URL", shown(property))) }
    entry.url = meeting ?? (isPage ? page : "")
    entry.link = isPage && page != entry.url ? page : ""
  }

  /// http and https alone, in one piece.
  static func isAddress(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= EventEntry.longestAddress, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return false }
    let start = bytes.prefix(9).map { ASCII.lower($0) }
    let scheme = ["http://", "https://"].first { start.starts(with: $0.utf8) }
    return scheme.map { bytes.count > $0.utf8.count } ?? false
  }

  mutating func readMarks() {
    switch component.word("STATUS") {
    case "TENTATIVE": entry.status = .tentative
    case "CANCELLED": entry.status = .cancelled
    default: entry.status = .confirmed
    }
    if method == "CANCEL" { entry.status = .cancelled }
    switch component.word("CLASS") {
    case "": entry.visibility = nil
    case "PUBLIC": entry.visibility = .public
    case "CONFIDENTIAL": entry.visibility = .confidential
    default: entry.visibility = .private
    }
    switch component.word("TRANSP") {
    case "OPAQUE": entry.isBusy = true
    case "TRANSPARENT": entry.isBusy = false
    default: entry.isBusy = nil
    }
    let tags = component.all("CATEGORIES").flatMap(\.texts).map { ImportText.oneLine($0) }.filter { !$0.isEmpty }
    for tag in tags where !entry.tags.contains(tag) {
      let isTag = tag.unicodeScalars.count <= 40 && !tag.utf8.contains(0x2C)
      if isTag, entry.tags.count < EventEntry.mostTags { entry.tags.append(tag) } else { note(.tags) }
    }
    if let property = component.first("GEO") {
      entry.coordinates = EventEntry.Coordinates(property.value)
      if entry.coordinates == nil { note(.value("GEO", shown(property))) }
    }
    if !component.parts.isEmpty { note(.alarms(component.parts.count)) }
    let files = component.all("ATTACH").count
    if files > 0 { note(.attachments(files)) }
  }

  // MARK: - People

  mutating func readPeople() {
    entry.organizer = component.first("ORGANIZER").flatMap { EventEntryReader.person($0) }
    let all = component.all("ATTENDEE")
    entry.attendees = all.prefix(EventEntry.mostAttendees).compactMap { EventEntryReader.person($0) }
    let more = all.count - min(all.count, EventEntry.mostAttendees) + (component.cut["ATTENDEE"] ?? 0)
    if more > 0 { note(.attendees(more)) }
  }

  /// - Returns: nil for nobody: neither address nor name.
  private static func person(_ property: CalendarProperty) -> EventEntry.Person? {
    let written = property.text
    let isMail = written.utf8.prefix(7).map { ASCII.lower($0) }.elementsEqual("mailto:".utf8)
    let mail = mail(isMail ? String(decoding: written.utf8.dropFirst(7), as: UTF8.self) : property.parameter("EMAIL") ?? "")
    let name = ImportText.prefix(ImportText.oneLine(plain(property.parameter("CN") ?? "")), scalars: 200)
    if mail == nil, name.isEmpty { return nil }
    let answer = property.parameter("PARTSTAT").map { String(decoding: $0.utf8.prefix(20).map { ASCII.lower($0) }, as: UTF8.self) }
    let type = property.parameter("CUTYPE").map { CalendarFile.upper(Array($0.utf8)) } ?? "INDIVIDUAL"
    return EventEntry.Person(
      mail: mail, name: name, answer: answer.flatMap { EventEntry.Person.Answer(rawValue: $0) } ?? .open,
      isPerson: !["ROOM", "RESOURCE", "GROUP"].contains(type))
  }

  private static func mail(_ text: String) -> String? {
    let bytes = Array(ImportText.oneLine(text).utf8)
    let isMail = (3...254).contains(bytes.count) && bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F } && bytes.contains(0x40)
    return isMail ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// With the escapes of parameters taken back (RFC 6868).
  private static func plain(_ text: String) -> String {
    var out: [UInt8] = []
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        switch byte {
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "'"): out.append(0x22)
        case UInt8(ascii: "^"): out.append(byte)
        default: out += [UInt8(ascii: "^"), byte]
        }
        isEscaped = false
      } else if byte == UInt8(ascii: "^") {
        isEscaped = true
      } else {
        out.append(byte)
      }
    }
    if isEscaped { out.append(UInt8(ascii: "^")) }
    return String(decoding: out, as: UTF8.self)
  }

  // MARK: - What others add

  /// All but what is read above, and the description once more as HTML.
  mutating func readMetadata() {
    let read: Set<String> = [
      "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK", "X-ALT-DESC", "X-LIC-LOCATION",
    ]
    let names = component.properties.keys.filter { $0.utf8.starts(with: "X-".utf8) && !read.contains($0) }.sorted()
    let fields = names.flatMap { name in component.all(name).map { EventEntry.Field(name, $0.text) } }
    let size = fields.reduce(0) { $0 + $1.name.utf8.count + $1.text.utf8.count }
    if size > EventEntry.longestMetadata || names.contains(where: { component.cut[$0] != nil }) {
      note(.metadata)
    } else {
      entry.metadata = fields
    }
  }
}

extension EventEntry.Coordinates {
  /// "52.52;13.405" (RFC 5545, 3.8.1.6); beyond eight decimals it is rounded.
  fileprivate init?(_ value: ArraySlice<UInt8>) {
    let parts = value.filter { $0 > 0x20 }.split(separator: 0x3B, omittingEmptySubsequences: false)
    guard parts.count == 2, let latitude = Self.degrees(parts[0]), let longitude = Self.degrees(parts[1]) else { return nil }
    self.init(latitude: latitude, longitude: longitude)
  }

  private static func degrees(_ text: ArraySlice<UInt8>) -> Int? {
    var reader = ByteReader(Array(text))
    let isNegative = reader.skip(0x2D)
    if !isNegative { _ = reader.skip(0x2B) }
    guard let whole = reader.number(upTo: 999) else { return nil }
    var fraction = 0
    var place = 0
    if reader.skip(0x2E) {
      while let digit = reader.next.flatMap({ decimal($0) }) {
        _ = reader.take()
        place += 1
        if place <= 8 { fraction = fraction * 10 + digit } else if place == 9, digit >= 5 { fraction += 1 }
      }
    }
    guard reader.isAtEnd else { return nil }
    while place < 8 {
      fraction *= 10
      place += 1
    }
    let size = whole * 100_000_000 + fraction
    return isNegative ? -size : size
  }

  /// "52.52".
  static func text(_ degrees: Int) -> String {
    let digits = String(degrees.magnitude % 100_000_000)
    var behind = Array((String(repeating: "0", count: 8 - digits.utf8.count) + digits).utf8)
    while behind.count > 1, behind.last == UInt8(ascii: "0") { behind.removeLast() }
    return (degrees < 0 ? "-" : "") + "\(degrees.magnitude / 100_000_000)." + String(decoding: behind, as: UTF8.self)
  }
}
