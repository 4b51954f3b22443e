/// People in a table: our own columns, those of Google Contacts and Outlook in English, and any others with a name; unknown ones are kept as metadata.
enum PersonTable {
  /// Ours, in the order in which they are written.
  enum Column: String, CaseIterable {
    case id, name, email
    case moreEmails = "more_emails"
    case phone
    case morePhones = "more_phones"
    case type, importance, company, title, birthday
    case stayInTouch = "stay_in_touch"
    case tags
    case isPrivate = "private"
    case notes

    /// Besides its own name.
    var others: [String] {
      switch self {
      case .id: ["uid"]
      case .name: ["full name", "display name", "nome completo", "nome"]
      case .email: ["e-mail address", "email address", "e-mail", "endereço de email", "endereço de e-mail"]
      case .phone: ["telephone", "phone number", "telefone"]
      case .company: ["organization name", "organization 1 - name", "organization", "empresa"]
      case .title: ["job title", "organization title", "organization 1 - title", "cargo"]
      case .birthday: ["aniversário", "data de nascimento"]
      case .tags: ["labels", "group membership", "categories", "etiquetas", "marcadores", "categorias"]
      case .notes: ["note", "notas", "observações"]
      default: []
      }
    }
  }

  /// Further addresses and numbers, as Google and Outlook call them.
  static let emails: [String] =
    ["e-mail 2 address", "e-mail 3 address"] + (1...10).flatMap { ["e-mail \($0) - value", "email \($0)"] }
  static let phones: [String] =
    ["mobile phone", "primary phone", "business phone", "business phone 2", "home phone", "home phone 2", "other phone", "car phone"]
    + ["company main phone", "celular", "telefone celular", "telefone residencial", "telefone comercial"]
    + (1...10).flatMap { ["phone \($0) - value", "phone \($0)"] }

  /// The parts of a name, where it is not whole: in their order.
  static let nameParts: [[String]] = [
    ["name prefix"], ["first name", "given name", "primeiro nome"], ["middle name", "additional name", "nome do meio"],
    ["last name", "family name", "sobrenome"], ["name suffix", "suffix"],
  ]
  static let pictures: Set = ["photo", "foto"]

  static func read(_ text: [UInt8], into draft: inout PersonFileDraft, _ mayGoOn: () -> Bool) throws(PersonFile.Refusal) {
    var table = TextTable(text)
    let first = table.next()
    let columns = HabitFileColumns(first)
    let written = (first?.cells ?? []).map { HabitFileText.line(OurCell.plain($0)) }
    let head = PersonTableHead(columns, written: written)
    guard head.isOfPeople else { throw .unknown }
    var number = 0
    while let row = table.next() {
      number += 1
      if number % 64 == 0, !mayGoOn() { throw .tooLong }
      if (0..<row.count).allSatisfy({ row.isEmpty($0) }) { continue }
      if columns.fault(row) != nil {
        draft.note(row.line, .cells)
      } else {
        try PersonTableRow(row, head).add(to: &draft)
      }
    }
  }

  /// By word, in both languages.
  static func type(_ word: String) -> PersonType? {
    switch String(decoding: PhraseFolding(word).bytes, as: UTF8.self) {
    case "contact", "contato": .contact
    case "colleague", "colega": .colleague
    case "friend", "amigo", "amiga": .friend
    case "family", "familia": .family
    case "lead": .lead
    default: nil
    }
  }
}

/// Where the columns stand.
struct PersonTableHead {
  fileprivate var places: [PersonTable.Column: Int] = [:]
  /// Whether tags are between commas alone.
  fileprivate let isOurs: Bool
  fileprivate var nameParts: [Int] = []
  fileprivate var emails: [Int] = []
  fileprivate var phones: [Int] = []
  fileprivate var pictures: [Int] = []
  /// Unknown ones, by name as it is written.
  fileprivate var others: [(name: String, place: Int)] = []

  init(_ columns: HabitFileColumns, written: [String]) {
    isOurs = columns["tags"] != nil
    for column in PersonTable.Column.allCases {
      places[column] = columns[column.rawValue] ?? column.others.lazy.compactMap { columns[$0] }.first
    }
    let parts = PersonTable.nameParts.map { names in names.lazy.compactMap { columns[$0] }.first }
    if places[.name] == nil || columns["sobrenome"] != nil || columns["family name"] != nil {
      nameParts = parts.compactMap(\.self)
      // "Nome" beside "Sobrenome" is the first one.
      if columns["sobrenome"] != nil, parts[1] == nil, let first = columns["nome"] {
        places[.name] = nil
        nameParts.insert(first, at: parts[0] == nil ? 0 : 1)
      }
    }
    // Outlook's "Title" is what stands before a name.
    if let job = columns["job title"], let prefix = columns["title"] {
      places[.title] = job
      if parts[0] == nil, places[.name] == nil { nameParts.insert(prefix, at: 0) }
    }
    emails = PersonTable.emails.compactMap { columns[$0] }
    phones = PersonTable.phones.compactMap { columns[$0] }
    pictures = PersonTable.pictures.sorted().compactMap { columns[$0] }
    let known = Set(places.values).union(nameParts).union(emails).union(phones).union(pictures)
    for (place, name) in written.enumerated() where !known.contains(place) && !name.utf8.isEmpty { others.append((name, place)) }
  }

  /// Whether anybody can be told by it.
  var isOfPeople: Bool { places[.name] != nil || !nameParts.isEmpty || places[.email] != nil || !emails.isEmpty }
}

/// A row on its way to somebody.
private struct PersonTableRow {
  let row: TextTable.Row
  let head: PersonTableHead

  init(_ row: TextTable.Row, _ head: PersonTableHead) { (self.row, self.head) = (row, head) }

  private func cell(_ place: Int?) -> ArraySlice<UInt8> { HabitFileText.trimmed(OurCell.plain(row[place])) }

  private func text(_ column: PersonTable.Column) -> String { HabitFileText.line(cell(head.places[column])) }

  func add(to draft: inout PersonFileDraft) throws(PersonFile.Refusal) {
    draft.leaveOut(pictures: head.pictures.filter { !cell($0).isEmpty }.count, row.line)
    var person = PersonFields(text(.name))
    if person.name.utf8.isEmpty {
      person.name = head.nameParts.map { HabitFileText.line(cell($0)) }.filter { !$0.utf8.isEmpty }.joined(separator: " ")
    }
    addresses(&person, &draft)
    person.company = text(.company)
    if person.name.utf8.isEmpty { nameItself(&person, &draft) }
    person.title = text(.title)
    person.type = read(.type, PersonTable.type, &draft)
    person.importance = read(.importance, { Int($0).flatMap { PersonFields.importances.contains($0) ? $0 : nil } }, &draft)
    birthday(&person, &draft)
    let reader = draft.reader
    // Why it is none does not matter: it is named.
    person.stayInTouch = read(.stayInTouch, { StayInTouch(stored: $0) ?? (try? StayInTouch($0, reader: reader)) }, &draft)
    person.tags = tags
    let yes: Set = ["1", "on", "yes", "sim", "true"]
    person.isPrivate = yes.contains(String(decoding: text(.isPrivate).utf8.map(ASCII.lower), as: UTF8.self))
    person.notes = HabitFileText.lines(OurCell.plain(row[head.places[.notes]]))
    person.metadata = head.others.compactMap { other in
      let value = HabitFileText.lines(OurCell.plain(row[other.place]))
      return value.utf8.isEmpty ? nil : PlannerFileTask.Field(other.name, PersonTableRow.json(value))
    }
    try draft.add(person, uid: text(.id), revised: nil, line: row.line)
  }

  /// Several values of a vCard's property come as an array; anything else is text.
  private static func json(_ text: String) -> JSONText {
    guard text.utf8.first == UInt8(ascii: "["), let value = JSONValue(text.utf8), value.isArray,
      value.elements.allSatisfy({ $0.text != nil })
    else { return .string(text) }
    return value.json
  }

  /// Several in one cell, between ends of lines, Google's three colons, or separators.
  private func several(_ place: Int?, _ separators: [UInt8] = []) -> [String] {
    var bytes: [UInt8] = []
    for byte in HabitFileText.lines(cell(place)).utf8 {
      bytes.append(byte)
      if byte == 0x3A, bytes.suffix(3).elementsEqual(":::".utf8) { bytes.replaceSubrange((bytes.count - 3)..., with: [0x0A]) }
    }
    let parts = bytes.split { $0 == 0x0A || separators.contains($0) }
    return parts.map { String(decoding: HabitFileText.trimmed($0), as: UTF8.self) }.filter { !$0.utf8.isEmpty }
  }

  private func addresses(_ person: inout PersonFields, _ draft: inout PersonFileDraft) {
    let emails = [head.places[.email]].compactMap(\.self) + head.emails + [head.places[.moreEmails]].compactMap(\.self)
    for text in emails.flatMap({ several($0, [0x2C, 0x3B, 0x20]) }) {
      if let email = PersonAddress(email: text) { person.add(email) } else { draft.note(row.line, "email", text) }
    }
    let phones = [head.places[.phone]].compactMap(\.self) + head.phones + [head.places[.morePhones]].compactMap(\.self)
    for text in phones.flatMap({ several($0) }) {
      if let phone = PersonAddress(phone: text, in: draft.country) { person.add(phone) } else { draft.note(row.line, "phone", text) }
    }
  }

  private func nameItself(_ person: inout PersonFields, _ draft: inout PersonFileDraft) {
    if !person.company.utf8.isEmpty {
      person.name = person.company
      draft.note(row.line, .nameOf("company"))
    } else if let email = person.emails.first {
      person.name = email.value
      draft.note(row.line, .nameOf("email"))
    }
  }

  private func birthday(_ person: inout PersonFields, _ draft: inout PersonFileDraft) {
    let text = text(.birthday)
    // What Outlook writes for none.
    if text.utf8.isEmpty || text == "0/0/00" { return }
    let found = Birthday(stored: text) ?? Birthday(card: text) ?? PlannerDates.day(text, draft.reader).map { Birthday.whole($0) }
    person.birthday = draft.birthday(found, "birthday", text, row.line)
  }

  /// Between commas or semicolons; Google puts " ::: " between groups, and a star before its own.
  private var tags: [String] {
    if head.isOurs { return several(head.places[.tags], [0x2C]) }
    return several(head.places[.tags], [0x2C, 0x3B]).filter { $0.utf8.first != UInt8(ascii: "*") }
  }

  /// What stands in a column, or a note that it is not understood.
  private func read<Value>(_ column: PersonTable.Column, _ read: (String) -> Value?, _ draft: inout PersonFileDraft) -> Value? {
    let text = text(column)
    if text.utf8.isEmpty { return nil }
    let value = read(text)
    if value == nil { draft.note(row.line, column.rawValue, text) }
    return value
  }
}
