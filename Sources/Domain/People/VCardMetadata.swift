/// Properties of our own in a vCard, for what it has none for.
enum VCardOwn: String, CaseIterable {
  case type = "X-HEED-TYPE"
  case importance = "X-HEED-IMPORTANCE"
  case stayInTouch = "X-HEED-STAY-IN-TOUCH"
  case isPrivate = "X-HEED-PRIVATE"
  /// A year alone, in vCard 3.0.
  case birthday = "X-HEED-BIRTHDAY"
  /// Metadata that has a name of another kind of file.
  case field = "X-HEED-FIELD"

  /// Properties that become fields, or are no metadata; what was not understood of them is added by hand.
  static let read: Set<String> = Set(allCases.map(\.rawValue)).subtracting([field.rawValue]).union([
    "FN", "N", "EMAIL", "TEL", "ORG", "TITLE", "NOTE", "BDAY", "CATEGORIES", "UID", "REV", "CLASS",
  ])

  /// Never written out of metadata under their own names: they are ours to write, or would come back as another thing.
  static let reserved: Set<String> = Set(allCases.map(\.rawValue)).union([
    "BEGIN", "END", "VERSION", "PRODID", "FN", "NOTE", "CATEGORIES", "UID", "REV", "CLASS", "PHOTO", "LOGO", "SOUND", "KEY", "AGENT",
    "EMAIL", "TEL", "BDAY",
  ])
}

/// What is kept of a card beside a person's fields, by property and parameters.
struct VCardMetadata {
  private var values: [(name: String, values: [JSONText])] = []
  private var places: [String: Int] = [:]

  mutating func add(_ property: VCardProperty) {
    if property.name == VCardOwn.field.rawValue {
      guard let name = property.parameter("NAME"), let value = JSONValue(property.text.utf8) else { return }
      add(name, value.json)
    } else if !property.value.isEmpty {
      add(property.key, .string(property.value.text))
    }
  }

  private mutating func add(_ name: String, _ value: JSONText) {
    if let place = places[name] {
      values[place].values.append(value)
    } else {
      places[name] = values.count
      values.append((name, [value]))
    }
  }

  var fields: [PlannerFileTask.Field] {
    values.map { PlannerFileTask.Field($0.name, $0.values.count == 1 ? $0.values[0] : .array($0.values)) }
  }
}

extension PlannerFileTask.Field {
  /// The texts that it holds: one, or those of an array; nil for anything else.
  var texts: [String]? {
    guard let value = JSONValue(self.value.text.utf8) else { return nil }
    if let text = value.text { return [text] }
    let texts = value.elements.compactMap(\.text)
    return value.isArray && !texts.isEmpty && texts.count == value.elements.count ? texts : nil
  }
}
