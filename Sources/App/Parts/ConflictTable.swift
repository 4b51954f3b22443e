/// What is stored now beside what was typed, when a form was filled in on an older version.
struct ConflictTable {
  let rows: [Row]
  /// Those that differ; where another has saved the same, all.
  var shown: [Row] { rows.contains(where: \.differs) ? rows.filter(\.differs) : rows }

  struct Row {
    /// The field of the form.
    let name: String
    let label: String
    let stored: String
    let typed: String
    let differs: Bool

    /// Neither stored nor typed: fields of a kind that was not chosen.
    var isEmpty: Bool { stored.utf8.isEmpty && typed.utf8.isEmpty }

    /// Bytes that a value may have to be shown as it is, and the most that is shown of a longer one.
    private static let longest = 2_000
    /// How much of what is the same stands around what differs.
    private static let around = 100

    /// - Parameter name: the field's; "" where nobody asks for it.
    init(_ label: String, _ stored: String, _ typed: String, of name: String = "") {
      (self.name, self.label) = (name, label)
      // Browsers end lines by CR LF.
      let (old, new) = (stored.utf8.filter { $0 != 13 }, typed.utf8.filter { $0 != 13 })
      differs = old != new
      (self.stored, self.typed) = max(old.count, new.count) > Row.longest ? Row.folded(old, new) : (stored, typed)
    }

    /// What differs of two long texts, with a little around it; of texts that are the same, how they begin. The whole of what was typed stands in
    /// its field, of what is stored on its own page.
    private static func folded(_ old: [UInt8], _ new: [UInt8]) -> (String, String) {
      if old == new {
        let text = part(old, 0, old.count - around)
        return (text, text)
      }
      let before = zip(old, new).prefix { $0 == $1 }.count
      let rest = min(old.count, new.count) - before
      let after = min(zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count, rest)
      return (part(old, before, after), part(new, before, after))
    }

    /// - Parameters: how many bytes are the same before and after what differs.
    private static func part(_ text: [UInt8], _ before: Int, _ after: Int) -> String {
      var start = max(0, before - around)
      var end = min(text.count, text.count - after + around, start + longest)
      // Between two characters.
      while start < end, text[start] & 0xC0 == 0x80 { start += 1 }
      while end > start, end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
      return (start > 0 ? "…" : "") + String(decoding: text[start..<end], as: UTF8.self) + (end < text.count ? "…" : "")
    }
  }
}
