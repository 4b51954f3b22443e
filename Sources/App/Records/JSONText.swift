import Domain

extension JSONText {
  /// A small object of texts, as records hold them: keys sorted, so that the same values are the same bytes. PostgreSQL's jsonb refuses U+0000,
  /// so it is left out.
  static func object(_ values: [String: String]) -> JSONText {
    func plain(_ text: String) -> String {
      text.utf8.contains(0) ? String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" })) : text
    }
    let members = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return .object(members.map { (name: plain($0.key), value: .string(plain($0.value))) })
  }
}
