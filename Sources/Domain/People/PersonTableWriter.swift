/// Writes people as our own CSV: UTF-8, commas, CR LF; a cell that a spreadsheet would take for a formula begins with `'`. What it writes, ``PersonFile``
/// reads as the same.
public struct PersonTableWriter: Sendable {
  /// Names of metadata, each a column.
  private let names: [String]
  private var bytes: [UInt8] = []

  /// - Parameter metadata: names of what people have beside what is known.
  public init(metadata: [String] = []) {
    let known = Set(PersonTable.Column.allCases.flatMap { [$0.rawValue] + $0.others })
      .union(PersonTable.emails + PersonTable.phones).union(PersonTable.nameParts.joined()).union(PersonTable.pictures)
    names = Set(metadata).filter { !known.contains($0.lowercased()) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    PersonTableWriter.head(PersonTable.Column.allCases.map(\.rawValue) + names, to: &bytes)
  }

  /// - Parameter id: what the person is known by when the table comes back.
  public mutating func write(_ person: PersonFields, id: String) {
    row(PersonTable.Column.allCases.map { cell($0, person, id) } + names.map { name in value(name, person) })
  }

  /// Gives what was written so far, and forgets it: a long export leaves in pieces.
  public mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private func value(_ name: String, _ person: PersonFields) -> String {
    guard let field = person.metadata.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return "" }
    return JSONValue(field.value.text.utf8)?.text ?? field.value.text
  }

  private func cell(_ column: PersonTable.Column, _ person: PersonFields, _ id: String) -> String {
    switch column {
    case .id: id
    case .name: person.name
    case .email: person.emails.first?.value ?? ""
    case .moreEmails: person.emails.dropFirst().map(\.value).joined(separator: "\n")
    case .phone: person.phones.first?.value ?? ""
    case .morePhones: person.phones.dropFirst().map(\.value).joined(separator: "\n")
    case .type: person.type?.rawValue ?? ""
    case .importance: person.importance.map { "\($0)" } ?? ""
    case .company: person.company
    case .title: person.title
    case .birthday: person.birthday?.text ?? ""
    case .stayInTouch: person.stayInTouch?.stored ?? ""
    case .tags: person.tags.joined(separator: ",")
    case .isPrivate: person.isPrivate ? "on" : ""
    case .notes: person.notes
    }
  }

  /// Between quotes where it has a mark by which a reader might tell the separator of the table.
  static func head(_ names: [String], to bytes: inout [UInt8]) {
    for (place, name) in names.enumerated() {
      if place > 0 { bytes.append(0x2C) }
      var cell: [UInt8] = []
      OurCell.write(name, to: &cell)
      let isQuoted = cell.first == 0x22 || !cell.contains { $0 == 0x3B || $0 == 0x09 }
      bytes += isQuoted ? cell : [0x22] + cell + [0x22]
    }
    bytes += [0x0D, 0x0A]
  }

  private mutating func row(_ cells: [String]) {
    for (place, cell) in cells.enumerated() {
      if place > 0 { bytes.append(0x2C) }
      OurCell.write(cell, to: &bytes)
    }
    bytes += [0x0D, 0x0A]
  }
}
