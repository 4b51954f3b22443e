/// Cards of vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350), in one file or one after the other.
///
/// A reader of our own: no library reads all three with their lines, says in which line what was wrong, and leaves a photo out without keeping it.
enum VCardFile {
  static func begins(_ text: [UInt8]) -> Bool {
    let start = text.prefix(400).drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    let line = start.prefix { $0 != 0x0A && $0 != 0x0D }
    return CalendarFile.upper(line.prefix(40).filter { $0 != 0x20 }) == "BEGIN:VCARD"
  }

  static func read(_ text: [UInt8], into draft: inout PersonFileDraft, _ mayGoOn: () -> Bool) throws(PersonFile.Refusal) {
    var lines = VCardLines(text)
    var open: VCard?
    // Cards inside of the open one (2.1's AGENT).
    var depth = 0
    var isAgent = false
    var (cards, count) = (0, 0)
    while let line = lines.next() {
      count += 1
      if count % 256 == 0, !mayGoOn() { throw .tooLong }
      let mark = VCardFile.mark(line.text)
      if mark == "BEGIN:VCARD" {
        cards += 1
        if cards > 2 * PersonFile.mostPeople { throw .tooMany }
        if open != nil, isAgent {
          depth += 1
          draft.note(line.number, .nested)
        } else {
          if let card = open { draft.note(card.line, .broken) }
          (open, depth) = (VCard(line: line.number), 0)
        }
        isAgent = false
      } else if mark == "END:VCARD" {
        if depth > 0 {
          depth -= 1
        } else if let card = open {
          try card.add(to: &draft)
          open = nil
        }
      } else {
        isAgent = mark == "AGENT:"
        if depth == 0 { open?.take(line) }
      }
    }
    if let card = open { draft.note(card.line, .broken) }
    if cards == 0 { throw .unknown }
  }

  /// Of a short line, in capitals and without blanks.
  private static func mark(_ line: ArraySlice<UInt8>) -> String {
    guard line.count <= 40, let first = line.first, [0x61, 0x62, 0x65, 0x20].contains(ASCII.lower(first)) else { return "" }
    return CalendarFile.upper(line.filter { $0 != 0x20 })
  }
}

/// A card on its way to an entry.
struct VCard {
  let line: Int
  private var isOld = false
  private var properties: [VCardProperty] = []
  private var pictures = 0
  /// Names of those that are longer than is kept, or more than are looked at.
  private var left: [String] = []

  /// Of one card; more are not looked at.
  private static let mostProperties = 1_000

  init(line: Int) { self.line = line }

  mutating func take(_ line: VCardLines.Line) {
    if line.isLeftOut {
      pictures += 1
      return
    }
    guard let property = VCardProperty(line.text, isOld: isOld) else { return }
    switch property.name {
    case "VERSION": isOld = property.text == "2.1"
    // Of the program that wrote it, and different each time.
    case "PRODID", "BEGIN", "END", "AGENT": break
    default:
      if line.isCut || properties.count == VCard.mostProperties {
        if left.count < 5 { left.append(property.name) }
      } else {
        properties.append(property)
      }
    }
  }

  private func all(_ name: String) -> [VCardProperty] { properties.filter { $0.name == name } }

  private func text(_ name: String) -> String { properties.first { $0.name == name }?.text ?? "" }

  /// The preferred one first, else in the order of the card.
  private func preferred(_ name: String) -> [VCardProperty] {
    let found = all(name).enumerated().sorted { ($0.element.preference, $0.offset) < ($1.element.preference, $1.offset) }
    return found.map(\.element)
  }

  func add(to draft: inout PersonFileDraft) throws(PersonFile.Refusal) {
    draft.leaveOut(pictures: pictures, line)
    for name in left { draft.note(line, name, "…") }
    var person = PersonFields("")
    var metadata = VCardMetadata()
    addresses(&person, &metadata, &draft)
    company(&person, &metadata)
    name(&person, &metadata, &draft)
    let titles = all("TITLE").filter { !$0.text.utf8.isEmpty }
    person.title = titles.first?.text ?? ""
    for property in titles.dropFirst() { metadata.add(property) }
    person.notes = all("NOTE").map(\.text).filter { !$0.utf8.isEmpty }.joined(separator: "\n\n")
    person.tags = all("CATEGORIES").flatMap { isOld ? $0.parts(0x2C, 0x3B) : $0.parts(0x2C) }
    birthday(&person, &metadata, &draft)
    person.type = PersonType(rawValue: text(VCardOwn.type.rawValue))
    person.importance = Int(text(VCardOwn.importance.rawValue)).flatMap { PersonFields.importances.contains($0) ? $0 : nil }
    person.stayInTouch = StayInTouch(stored: text(VCardOwn.stayInTouch.rawValue))
    let access = text("CLASS").uppercased()
    person.isPrivate = text(VCardOwn.isPrivate.rawValue) == "on" || access == "PRIVATE" || access == "CONFIDENTIAL"
    for property in properties where !VCardOwn.read.contains(property.name) { metadata.add(property) }
    person.metadata = metadata.fields
    // Without its prefix two programs name the same card: `urn:uuid:`.
    let written = Array(text("UID").utf8)[...]
    let uid = written.begins(with: "urn:uuid:") ? written.dropFirst(9).text : written.text
    try draft.add(person, uid: uid, revised: VCard.revision(text("REV")), line: line)
  }

  private func addresses(_ person: inout PersonFields, _ metadata: inout VCardMetadata, _ draft: inout PersonFileDraft) {
    for property in preferred("EMAIL") {
      let written = Array(property.text.utf8)[...].trimmed
      if written.isEmpty { continue }
      if let email = PersonAddress(email: written.begins(with: "mailto:") ? written.dropFirst(7).text : written.text) {
        person.add(email)
      } else {
        draft.note(line, "EMAIL", written.text)
        metadata.add(property)
      }
    }
    for property in preferred("TEL") {
      let written = property.text
      if written.utf8.isEmpty { continue }
      if let phone = PersonAddress(phone: VCard.number(written), in: draft.country) {
        person.add(phone)
      } else {
        draft.note(line, "TEL", written)
        metadata.add(property)
      }
    }
  }

  /// `tel:+1-201-555-0123;ext=12` as people write it.
  private static func number(_ text: String) -> String {
    let bytes = Array(text.utf8)[...].trimmed
    guard bytes.begins(with: "tel:") else { return text }
    let parts = bytes.split(separator: 0x3B)
    let number = parts.first.map { $0.dropFirst(4).text } ?? ""
    return parts.dropFirst().first { $0.begins(with: "ext=") }.map { number + " ext. " + $0.dropFirst(4).text } ?? number
  }

  private func company(_ person: inout PersonFields, _ metadata: inout VCardMetadata) {
    for (place, property) in all("ORG").enumerated() {
      let parts = property.parts(0x3B).map(ImportText.oneLine).filter { !$0.utf8.isEmpty }
      if place == 0 { person.company = parts.first ?? "" }
      // Departments come back out with it.
      if place > 0 || parts.count > 1 { metadata.add(property) }
    }
  }

  /// FN, else what N says in its order, else the company or an address (RULES 9.17).
  private func name(_ person: inout PersonFields, _ metadata: inout VCardMetadata, _ draft: inout PersonFileDraft) {
    let structured = all("N").filter { $0.parts(0x3B).contains { !$0.utf8.isEmpty } }
    if structured.count > 1 { draft.note(line, .secondName) }
    let parts = structured.first.map { $0.parts(0x3B).map(ImportText.oneLine) } ?? []
    if let first = structured.first, parts.filter({ !$0.utf8.isEmpty }).count > 1 { metadata.add(first) }
    let names = preferred("FN").filter { !ImportText.oneLine($0.text).utf8.isEmpty }
    for property in names.dropFirst() { metadata.add(property) }
    let order = [3, 1, 2, 0, 4].compactMap { parts.indices.contains($0) ? parts[$0] : nil }.filter { !$0.utf8.isEmpty }
    if let name = names.first {
      person.name = name.text
    } else if !order.isEmpty {
      person.name = order.joined(separator: " ")
    } else if !person.company.utf8.isEmpty {
      person.name = person.company
      draft.note(line, .nameOf("ORG"))
    } else if let email = person.emails.first {
      person.name = email.value
      draft.note(line, .nameOf("EMAIL"))
    }
  }

  private func birthday(_ person: inout PersonFields, _ metadata: inout VCardMetadata, _ draft: inout PersonFileDraft) {
    if let own = properties.first(where: { $0.name == VCardOwn.birthday.rawValue }) {
      person.birthday = draft.birthday(Birthday(stored: own.text), own.name, own.text, line)
    } else if let property = properties.first(where: { $0.name == "BDAY" && !$0.value.isEmpty }) {
      let found = Birthday(card: property.text, yearLeftOut: property.parameter("X-APPLE-OMIT-YEAR"))
      person.birthday = draft.birthday(found, "BDAY", property.text, line)
      if person.birthday == nil { metadata.add(property) }
    }
  }

  /// `20270301T120000Z`, `2027-03-01T12:00:00Z`, `2027-03-01`.
  private static func revision(_ text: String) -> Instant? {
    if let instant = PlannerDates.instant(text) { return instant }
    guard case .whole(let day)? = Birthday(card: text) else { return nil }
    return Zone.utc.start(of: day)
  }
}
