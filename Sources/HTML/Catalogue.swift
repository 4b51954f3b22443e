/// A gettext `.po` file, read: `msgctxt`, `msgid`, `msgid_plural`, `msgstr`, `msgstr[n]`, strings over several lines,
/// escapes, comments. Fuzzy, obsolete (`#~`) and empty entries count as not translated, as in `msgfmt`.
public struct Catalogue {
  /// Translations by ``Words/key(_:_:)``; one for a word, one for each plural form otherwise.
  public private(set) var entries: [String: [String]] = [:]

  /// What could not be read: the line, counted from 1, and why. The template compiler refuses a file that has any.
  public private(set) var complaints: [(line: Int, reason: String)] = []

  private var draft = Draft()

  /// Reads the text of a `.po` file. Never fails: see ``complaints``.
  public init(_ text: String) {
    var number = 0
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      if let reason = read(Array(trimmed(line))) { complaints.append((number, reason)) }
    }
    if let reason = finish() { complaints.append((number, reason)) }
  }

  private enum Field: Equatable { case context, id, plural, translation(Int) }

  private struct Draft {
    var fields: [(field: Field, bytes: [UInt8])] = []
    var isFuzzy = false

    func text(_ field: Field) -> String? {
      fields.first { $0.field == field }.map { String(decoding: $0.bytes, as: UTF8.self) }
    }
  }

  /// One line. Returns why it cannot be read.
  private mutating func read(_ line: [UInt8]) -> String? {
    if line.isEmpty { return nil }
    if line.first == 0x23 {
      // A comment after a translation belongs to the next entry.
      let reason = draft.fields.contains { if case .translation = $0.field { true } else { false } } ? finish() : nil
      if line.starts(with: "#,".utf8), line.split(whereSeparator: { $0 == 0x2C || $0 == 0x20 }).contains(Array("fuzzy".utf8)[...]) {
        draft.isFuzzy = true
      }
      return reason
    }
    guard let quote = line.firstIndex(of: 0x22) else { return "expected a string in quotes" }
    guard let value = Catalogue.unquote(line[quote...]) else { return "the string is not closed, or holds an unknown escape" }
    let keyword = String(decoding: trimmed(line[..<quote]), as: UTF8.self)
    if keyword.isEmpty {
      guard let last = draft.fields.indices.last else { return "a string without msgid or msgstr before it" }
      draft.fields[last].bytes += value
      return nil
    }
    guard let field = Catalogue.field(keyword) else { return "unknown keyword \(keyword)" }
    var reason: String?
    if field == .context || (field == .id && draft.text(.id) != nil) { reason = finish() }
    if draft.text(field) != nil { reason = "\(keyword) stands here twice" }
    draft.fields.append((field, value))
    return reason
  }

  /// Takes over the entry that is being read. Returns why it cannot.
  private mutating func finish() -> String? {
    let entry = draft
    if entry.fields.isEmpty { return nil }
    draft = Draft()
    guard let id = entry.text(.id) else { return "an entry without msgid" }
    if id.isEmpty || entry.isFuzzy { return nil }
    var forms: [String] = []
    while let form = entry.text(.translation(forms.count)), !form.isEmpty { forms.append(form) }
    if forms.isEmpty { return nil }
    let isPlural = entry.text(.plural) != nil
    if !isPlural && forms.count > 1 { return "several forms for \"\(id)\", which has no msgid_plural" }
    if isPlural && forms.count != 2 { return "\"\(id)\" needs two forms, as English and Portuguese have" }
    let sources = id + (entry.text(.plural) ?? "")
    if let stray = forms.lazy.flatMap({ Words.placeholders($0) }).first(where: { !Words.placeholders(sources).contains($0) }) {
      return "{\(stray)} is not in the source \"\(id)\""
    }
    let key = Words.key(id, entry.text(.context))
    if entries.updateValue(forms, forKey: key) != nil { return "\"\(id)\" is translated twice" }
    return nil
  }

  private static func field(_ keyword: String) -> Field? {
    switch keyword {
    case "msgctxt": .context
    case "msgid": .id
    case "msgid_plural": .plural
    case "msgstr", "msgstr[0]": .translation(0)
    case "msgstr[1]": .translation(1)
    case "msgstr[2]": .translation(2)
    case "msgstr[3]": .translation(3)
    default: nil
    }
  }

  /// The bytes between the quotes, escapes resolved; nil when the quotes do not close at the end of the line.
  private static func unquote(_ quoted: ArraySlice<UInt8>) -> [UInt8]? {
    guard quoted.count >= 2, quoted.last == 0x22 else { return nil }
    var out: [UInt8] = []
    var isEscape = false
    for byte in quoted.dropFirst().dropLast() {
      if isEscape {
        guard let plain = escapes[byte] else { return nil }
        out.append(plain)
        isEscape = false
      } else if byte == 0x5C {
        isEscape = true
      } else if byte == 0x22 {
        return nil
      } else {
        out.append(byte)
      }
    }
    return isEscape ? nil : out
  }

  private static let escapes: [UInt8: UInt8] = [0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D, 0x22: 0x22, 0x5C: 0x5C]
}

private func trimmed(_ line: some BidirectionalCollection<UInt8>) -> [UInt8] {
  let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  return Array(Array(line.drop(while: blank)).reversed().drop(while: blank).reversed())
}
