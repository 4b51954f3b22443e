extension PlannerFileTask {
  /// What other programs keep of it, as a JSON object that a database takes; and the names of what it would not take: numbers beyond all measure, and
  /// text with a NUL.
  public var storedMetadata: (text: String, left: [String]) {
    var members: [(name: String, value: JSONText)] = []
    var left: [String] = []
    var room = PlannerFileTask.longestMetadata
    for field in metadata {
      room -= field.name.utf8.count + field.value.text.utf8.count + 4
      let isNew = !members.contains { $0.name.utf8.elementsEqual(field.name.utf8) }
      if room >= 0, isNew, PlannerFileTask.isPlain(field) { members.append((field.name, field.value)) } else { left.append(field.name) }
    }
    return (JSONText.object(members).text, left)
  }

  /// The same back from a database.
  public static func metadata(stored text: String) -> [Field] {
    if text == "{}" { return [] }
    return JSONValue(text.utf8)?.members.map { Field($0.name, $0.value.json) } ?? []
  }

  private static func isPlain(_ field: Field) -> Bool {
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
