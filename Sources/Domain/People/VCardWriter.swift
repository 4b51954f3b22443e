/// Writes people as vCards, a card at a time: CR LF, lines of at most 75 bytes that never end inside of a character (RFC 2426, RFC 6350). What it writes,
/// ``PersonFile`` reads as the same.
public struct VCardWriter: Sendable {
  public enum Version: String, CaseIterable, Hashable, Sendable {
    case three = "3.0"
    case four = "4.0"
  }

  public let version: Version

  public init(_ version: Version) { self.version = version }

  /// - Parameters:
  ///   - uid: what others know the person by; a UUID of ours, or the id of the card that they came with.
  ///   - revised: when the person was changed last.
  public func card(_ person: PersonFields, uid: String, revised: Instant) -> [UInt8] {
    var lines = PublishedLines()
    lines.add("BEGIN", "VCARD")
    lines.add("VERSION", version.rawValue)
    lines.add("PRODID", "-//Heed//Heed//EN")
    if !uid.utf8.isEmpty { lines.add("UID", text: uid) }
    lines.add("REV", revised.basic)
    lines.add("FN", text: person.name)
    let kept = VCardWriter.keptName(person)
    lines.add(kept?.head ?? "N", kept?.value ?? VCardWriter.escaped(person.name) + ";;;;")
    addresses(person, to: &lines)
    let company = VCardWriter.keptCompany(person)
    if !person.company.utf8.isEmpty { lines.add(company?.head ?? "ORG", company?.value ?? VCardWriter.escaped(person.company)) }
    if !person.title.utf8.isEmpty { lines.add("TITLE", text: person.title) }
    if let birthday = person.birthday { add(birthday, to: &lines) }
    if !person.notes.utf8.isEmpty { lines.add("NOTE", text: person.notes) }
    if !person.tags.isEmpty { lines.add("CATEGORIES", person.tags.map(VCardWriter.escaped).joined(separator: ",")) }
    if person.isPrivate { if version == .three { lines.add("CLASS", "PRIVATE") } else { lines.add(VCardOwn.isPrivate.rawValue, "on") } }
    if let type = person.type { lines.add(VCardOwn.type.rawValue, type.rawValue) }
    if let importance = person.importance { lines.add(VCardOwn.importance.rawValue, "\(importance)") }
    if let pace = person.stayInTouch { lines.add(VCardOwn.stayInTouch.rawValue, pace.stored) }
    for field in person.metadata where field.name != kept?.head {
      add(field, person, isCompanyFirst: field.name == company?.head, to: &lines)
    }
    lines.add("END", "VCARD")
    return lines.bytes
  }

  private func addresses(_ person: PersonFields, to lines: inout PublishedLines) {
    let (first, plain) = version == .three ? (";TYPE=pref", "") : (";PREF=1", "")
    for (place, email) in person.emails.enumerated() {
      lines.add("EMAIL" + (place == 0 && person.emails.count > 1 ? first : plain), text: email.value)
    }
    for (place, phone) in person.phones.enumerated() {
      let isWhole = version == .four && phone.key.utf8.first == UInt8(ascii: "+")
      let head = "TEL" + (isWhole ? ";VALUE=uri" : "") + (place == 0 && person.phones.count > 1 ? first : plain)
      if isWhole { lines.add(head, "tel:" + phone.value) } else { lines.add(head, text: phone.value) }
    }
  }

  private func add(_ birthday: Birthday, to lines: inout PublishedLines) {
    switch (birthday, version) {
    // The year that stands for none.
    case (.whole(let day), _) where day.year == 1_604: lines.add(VCardOwn.birthday.rawValue, day.iso)
    case (.whole(let day), .three): lines.add("BDAY", day.iso)
    case (.whole(let day), .four): lines.add("BDAY", day.basic)
    // As Apple and Google write it: 3.0 has no day without a year.
    case (.yearless, .three): lines.add("BDAY;X-APPLE-OMIT-YEAR=1604", "1604" + birthday.text.dropFirst())
    case (.yearless, .four): lines.add("BDAY", "--" + birthday.text.filter { $0 != "-" })
    case (.year, .three): lines.add(VCardOwn.birthday.rawValue, birthday.text)
    case (.year, .four): lines.add("BDAY", birthday.text)
    }
  }

  /// N as it came, while it still says the name; else the whole name is one part, since nobody guesses which word is the family's (RULES 9.14).
  private static func keptName(_ person: PersonFields) -> (head: String, value: String)? {
    guard let field = person.metadata.first(where: { propertyName($0.name) == "N" }), let found = properties(field, "N"), found.count == 1
    else { return nil }
    let words = Set(person.name.split(separator: " "))
    let parts = found[0].parts(0x3B).filter { !$0.utf8.isEmpty }
    let isName = parts.count > 1 && parts.allSatisfy { $0.split(separator: " ").allSatisfy { words.contains($0) } }
    return isName ? (field.name, found[0].value.text) : nil
  }

  /// ORG with its departments, while it still says the company.
  private static func keptCompany(_ person: PersonFields) -> (head: String, value: String)? {
    guard let field = person.metadata.first(where: { propertyName($0.name) == "ORG" }), let first = properties(field, "ORG")?.first
    else { return nil }
    let company = first.parts(0x3B).map(ImportText.oneLine).first { !$0.utf8.isEmpty }
    return company == person.company ? (field.name, first.value.text) : nil
  }

  /// The values of metadata as properties; nil where they would not come back as they are.
  private static func properties(_ field: PlannerFileTask.Field, _ name: String) -> [VCardProperty]? {
    guard let texts = field.texts, texts.count > 1 || field.value.text.utf8.first == UInt8(ascii: "\"") else { return nil }
    // What nobody escaped must not begin a line of its own.
    let found = texts.compactMap { text -> VCardProperty? in
      let property = VCardProperty(Array((name + ":" + text).utf8)[...], isOld: false)
      return property.flatMap { !$0.value.isEmpty && $0.value.elementsEqual(text.utf8) ? $0 : nil }
    }
    return found.count == texts.count ? found : nil
  }

  /// - Parameter isCompanyFirst: the first of its values is written with the company.
  private func add(_ field: PlannerFileTask.Field, _ person: PersonFields, isCompanyFirst: Bool, to lines: inout PublishedLines) {
    guard let name = VCardWriter.propertyName(field.name), !VCardOwn.reserved.contains(name), name != "N",
      // Of who has none it would become one.
      name != "ORG" || !person.company.utf8.isEmpty, name != "TITLE" || !person.title.utf8.isEmpty,
      let found = VCardWriter.properties(field, name)
    else { return addOwn(field, to: &lines) }
    for property in isCompanyFirst ? found.dropFirst() : found[...] { lines.add(field.name, property.value.text) }
  }

  private func addOwn(_ field: PlannerFileTask.Field, to lines: inout PublishedLines) {
    let bytes = field.name.utf8.filter { $0 >= 0x20 && $0 != 0x22 && $0 != 0x7F }
    if bytes.count == field.name.utf8.count, bytes.count <= 200 {
      lines.add(VCardOwn.field.rawValue + ";NAME=\"" + field.name + "\"", text: field.value.text)
    }
  }

  /// The property of a name of metadata in capitals, with parameters; nil for a name that is of no vCard.
  private static func propertyName(_ key: String) -> String? {
    guard key.utf8.count <= 200, let property = VCardProperty(Array((key + ":x").utf8)[...], isOld: false), property.key == key,
      property.value.elementsEqual("x".utf8)
    else { return nil }
    return property.name
  }

  private static func escaped(_ text: String) -> String {
    var out: [UInt8] = []
    for byte in ImportText.oneLine(text).utf8 {
      if [0x5C, 0x3B, 0x2C].contains(byte) { out.append(0x5C) }
      out.append(byte)
    }
    return String(decoding: out, as: UTF8.self)
  }
}
