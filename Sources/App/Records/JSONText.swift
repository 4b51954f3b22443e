/// JSON text (RFC 8259) of the small objects that records hold: keys sorted, so that the same values are the same bytes.
enum JSONText {
  /// An object of texts.
  static func object(_ values: [String: String]) -> String {
    let members = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { string($0.key) + ":" + string($0.value) }
    return "{" + members.joined(separator: ",") + "}"
  }

  /// A text in quotes. PostgreSQL's jsonb refuses U+0000, so it is left out.
  static func string(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\u{0}": continue
      case "\u{1}"..."\u{1F}": out += "\\u00" + String(scalar.value >> 4, radix: 16) + String(scalar.value & 15, radix: 16)
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
