/// Places in a table, read whole: our own columns and any others with a name, unknown ones kept as metadata (RULES 9.3, 9.17). One broken row never
/// stops the rest.
public struct PlaceFile: Sendable {
  /// As a file of people.
  public static let mostBytes = PersonFile.mostBytes
  public static let mostPlaces = PersonFile.mostPeople

  /// A place as a row says it.
  public struct Entry: Hashable, Sendable {
    /// From 1.
    public let line: Int
    /// What the file calls it; "" where it has no id.
    public let uid: String
    /// The same whenever the same is sent: its id, or all that it says with how many equal ones stand before it.
    public let key: String
    public let place: PlaceFields
  }

  public let entries: [Entry]
  /// By line, at most ``PersonFile/mostNotes``.
  public let notes: [PersonFile.Note]
  /// How many more there are.
  public let notesLeft: Int

  enum Column: String, CaseIterable {
    case id, name, type, address, city, state, country, latitude, longitude, timezone, tags
    case isPrivate = "private"
    case notes

    var others: [String] {
      switch self {
      case .name: ["title", "nome"]
      case .type: ["tipo"]
      case .address: ["street", "endereço", "rua"]
      case .city: ["cidade"]
      case .state: ["region", "estado"]
      case .country: ["país", "pais"]
      case .latitude: ["lat"]
      case .longitude: ["lon", "lng", "long"]
      case .timezone: ["zone", "time zone", "fuso horário", "fuso"]
      case .tags: ["labels", "etiquetas"]
      case .notes: ["note", "notas", "observações"]
      default: []
      }
    }
  }

  /// - Parameters:
  ///   - language: decides whether a comma may be a decimal mark.
  ///   - mayGoOn: asked now and then; false ends it with ``PersonFile/Refusal/tooLong``.
  public init(_ bytes: [UInt8], language: Language, mayGoOn: () -> Bool = { true }) throws(PersonFile.Refusal) {
    if bytes.count > PlaceFile.mostBytes { throw .tooLarge }
    let text: [UInt8]
    do { text = try ImportText.utf8(bytes) } catch { throw .notText }
    guard text.contains(where: { $0 > 0x20 }) else { throw .empty }
    var draft = PlaceFileDraft(language)
    var table = TextTable(text)
    let first = table.next()
    let columns = HabitFileColumns(first)
    let head = PlaceTableHead(columns, (first?.cells ?? []).map { HabitFileText.line(OurCell.plain($0)) })
    guard head.places[.name] != nil else { throw .unknown }
    var number = 0
    while let row = table.next() {
      number += 1
      if number % 64 == 0, !mayGoOn() { throw .tooLong }
      if (0..<row.count).allSatisfy({ row.isEmpty($0) }) { continue }
      if columns.fault(row) != nil { draft.note(row.line, .cells) } else { try draft.add(row, head) }
    }
    (entries, notesLeft) = (draft.entries, draft.notesLeft)
    notes = draft.notes.sorted { $0.line < $1.line }
  }
}

/// Where the columns stand.
private struct PlaceTableHead {
  var places: [PlaceFile.Column: Int] = [:]
  /// Unknown ones, by name as it is written.
  var others: [(name: String, place: Int)] = []

  init(_ columns: HabitFileColumns, _ written: [String]) {
    for column in PlaceFile.Column.allCases {
      places[column] = columns[column.rawValue] ?? column.others.lazy.compactMap { columns[$0] }.first
    }
    let known = Set(places.values)
    for (place, name) in written.enumerated() where !known.contains(place) && !name.utf8.isEmpty { others.append((name, place)) }
  }
}

/// Places of a table while it is read.
private struct PlaceFileDraft {
  let language: Language
  private(set) var entries: [PlaceFile.Entry] = []
  private(set) var notes: [PersonFile.Note] = []
  private(set) var notesLeft = 0
  private var places: [String: Int] = [:]
  private var equals: [String: Int] = [:]

  init(_ language: Language) { self.language = language }

  mutating func note(_ line: Int, _ about: PersonFile.About) {
    if notes.count < PersonFile.mostNotes { notes.append(PersonFile.Note(line: line, about: about)) } else { notesLeft += 1 }
  }

  private mutating func note(_ line: Int, _ field: String, _ value: String) {
    note(line, .value(field, ImportText.prefix(ImportText.oneLine(ImportText.prefix(value, scalars: 200)), scalars: 80)))
  }

  mutating func add(_ row: TextTable.Row, _ head: PlaceTableHead) throws(PersonFile.Refusal) {
    func cell(_ column: PlaceFile.Column) -> ArraySlice<UInt8> { HabitFileText.trimmed(OurCell.plain(row[head.places[column]])) }
    func text(_ column: PlaceFile.Column) -> String { HabitFileText.line(cell(column)) }
    var place = PlaceFields(text(.name))
    if place.name.utf8.isEmpty { return note(row.line, .noName) }
    if place.name.unicodeScalars.count > PlaceFields.longestName { return note(row.line, .longName) }
    place.type = PlaceType(rawValue: String(decoding: text(.type).utf8.map(ASCII.lower), as: UTF8.self))
    if place.type == nil, !text(.type).utf8.isEmpty { note(row.line, "type", text(.type)) }
    place.address = part(text(.address), "address", row.line)
    place.city = part(text(.city), "city", row.line)
    place.state = part(text(.state), "state", row.line)
    place.country = part(text(.country), "country", row.line)
    place.zone = part(text(.timezone), "timezone", row.line)
    do {
      place.coordinates = try Coordinates.read(latitude: text(.latitude), longitude: text(.longitude), language)
    } catch {
      if error.latitude != nil { note(row.line, "latitude", text(.latitude)) }
      if error.longitude != nil { note(row.line, "longitude", text(.longitude)) }
    }
    do {
      place.tags = try TagList.read(text(.tags))
    } catch {
      note(row.line, .tags)
    }
    place.isPrivate = ["1", "on", "yes", "sim", "true"].contains(String(decoding: text(.isPrivate).utf8.map(ASCII.lower), as: UTF8.self))
    let notes = HabitFileText.lines(OurCell.plain(row[head.places[.notes]]))
    place.notes = ImportText.prefix(notes, bytes: PlaceFields.longestNotes)
    if place.notes.utf8.count < notes.utf8.count { note(row.line, .longNotes) }
    place.metadata = head.others.compactMap { other in
      let value = HabitFileText.lines(OurCell.plain(row[other.place]))
      return value.utf8.isEmpty ? nil : PlannerFileTask.Field(other.name, .string(value))
    }
    if place.metadata.reduce(0, { $0 + $1.name.utf8.count + $1.value.text.utf8.count + 8 }) > PlannerFileTask.longestMetadata {
      note(row.line, .longMetadata)
      place.metadata = []
    }
    try take(place, uid: ImportText.prefix(text(.id), scalars: 500), row.line)
  }

  private mutating func part(_ text: String, _ field: String, _ line: Int) -> String {
    let fitting = ImportText.oneLine(ImportText.prefix(text, scalars: PlaceFields.longestPart))
    if fitting.utf8.count < text.utf8.count { note(line, field, text) }
    return fitting
  }

  /// Of two with one id the later stands.
  private mutating func take(_ place: PlaceFields, uid: String, _ line: Int) throws(PersonFile.Refusal) {
    var key = uid
    if uid.utf8.isEmpty {
      let content = place.canonical
      let number = equals[content, default: 0]
      equals[content] = number + 1
      key = number == 0 ? content : content + "\u{1F}\(number)"
    } else if let other = places[uid] {
      note(entries[other].line, .repeated(line: line))
      entries[other] = PlaceFile.Entry(line: line, uid: uid, key: uid, place: place)
      return
    }
    if entries.count == PlaceFile.mostPlaces { throw .tooMany }
    if !uid.utf8.isEmpty { places[uid] = entries.count }
    entries.append(PlaceFile.Entry(line: line, uid: uid, key: key, place: place))
  }
}

/// Writes places as our own CSV, as ``PersonTableWriter`` does people. What it writes, ``PlaceFile`` reads as the same.
public struct PlaceTableWriter: Sendable {
  private let names: [String]
  private var bytes: [UInt8] = []

  /// - Parameter metadata: names of what places have beside what is known.
  public init(metadata: [String] = []) {
    let known = Set(PlaceFile.Column.allCases.flatMap { [$0.rawValue] + $0.others })
    names = Set(metadata).filter { !known.contains($0.lowercased()) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    PersonTableWriter.head(PlaceFile.Column.allCases.map(\.rawValue) + names, to: &bytes)
  }

  /// - Parameter id: what the place is known by when the table comes back.
  public mutating func write(_ place: PlaceFields, id: String) {
    let values = names.map { name in
      place.metadata.first { $0.name.utf8.elementsEqual(name.utf8) }.map { JSONValue($0.value.text.utf8)?.text ?? $0.value.text } ?? ""
    }
    row(PlaceFile.Column.allCases.map { cell($0, place, id) } + values)
  }

  /// Gives what was written so far, and forgets it.
  public mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private func cell(_ column: PlaceFile.Column, _ place: PlaceFields, _ id: String) -> String {
    switch column {
    case .id: id
    case .name: place.name
    case .type: place.type?.rawValue ?? ""
    case .address: place.address
    case .city: place.city
    case .state: place.state
    case .country: place.country
    case .latitude: place.coordinates?.latitudeText ?? ""
    case .longitude: place.coordinates?.longitudeText ?? ""
    case .timezone: place.zone
    case .tags: place.tags.joined(separator: ",")
    case .isPrivate: place.isPrivate ? "on" : ""
    case .notes: place.notes
    }
  }

  private mutating func row(_ cells: [String]) {
    for (place, cell) in cells.enumerated() {
      if place > 0 { bytes.append(0x2C) }
      OurCell.write(cell, to: &bytes)
    }
    bytes += [0x0D, 0x0A]
  }
}
