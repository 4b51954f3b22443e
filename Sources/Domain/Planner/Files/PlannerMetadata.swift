/// What other programs keep of a thing, as a JSON object in a database (RULES 8.35, 9.17).
public enum StoredMetadata {
  /// As a JSON object that a database takes; and the names of what it would not take: numbers beyond all measure, and text with a NUL.
  public static func text(_ fields: [PlannerFileTask.Field]) -> (text: String, left: [String]) {
    var members: [(name: String, value: JSONText)] = []
    var left: [String] = []
    var room = PlannerFileTask.longestMetadata
    for field in fields {
      room -= size(field)
      let isNew = !members.contains { $0.name.utf8.elementsEqual(field.name.utf8) }
      if room >= 0, isNew, isPlain(field) { members.append((field.name, field.value)) } else { left.append(field.name) }
    }
    return (JSONText.object(members).text, left)
  }

  /// The same back from a database.
  public static func fields(_ text: String) -> [PlannerFileTask.Field] {
    if text == "{}" { return [] }
    return JSONValue(text.utf8)?.members.map { PlannerFileTask.Field($0.name, $0.value.json) } ?? []
  }

  /// Bytes of one as a database writes it, with a blank behind each comma and colon.
  private static func size(_ field: PlannerFileTask.Field) -> Int {
    let marks = field.value.text.utf8.first == UInt8(ascii: "\"") ? 0 : field.value.text.utf8.count { $0 == 0x2C || $0 == 0x3A }
    return JSONText.object([(name: field.name, value: field.value)]).text.utf8.count + 2 + marks
  }

  private static func isPlain(_ field: PlannerFileTask.Field) -> Bool {
    let escaped = Array("\\u0000".utf8)
    let bytes = Array((field.name + field.value.text).utf8)
    if bytes.contains(0) { return false }
    var place = bytes.startIndex
    while place < bytes.endIndex {
      if bytes[place...].starts(with: escaped) { return false }
      place += 1
    }
    if field.value.text.utf8.first == UInt8(ascii: "\"") { return true }
    // A digit with an exponent behind it.
    return !zip(bytes, bytes.dropFirst()).contains { (0x30...0x39).contains($0) && $1 | 0x20 == UInt8(ascii: "e") }
  }
}

extension PlannerFileTask {
  /// ``StoredMetadata/text(_:)`` of this task's.
  public var storedMetadata: (text: String, left: [String]) { StoredMetadata.text(metadata) }

  /// The same back from a database.
  public static func metadata(stored text: String) -> [Field] { StoredMetadata.fields(text) }
}
