/// Rows of a table in text (RFC 4180): between commas or, where its head has more of them, semicolons, as Excel writes them, or tabs.
struct TextTable {
  struct Row {
    let line: Int
    /// Parts of the text itself, but for those with doubled quotes: a file of a million rows is not copied field by field.
    var fields: [ArraySlice<UInt8>]
    /// A quote inside of a field, or one that nothing closes.
    var isBroken = false

    /// What stands in a column; nothing where the table has no such column or the row ends before it.
    subscript(column: Int?) -> ArraySlice<UInt8> {
      guard let column, fields.indices.contains(column) else { return [] }
      return fields[column]
    }
  }

  private let text: [UInt8]
  let separator: UInt8
  private var place = 0
  private var line = 1

  init(_ text: [UInt8]) {
    self.text = text
    let head = text.prefix { $0 != 0x0A && $0 != 0x0D }
    // Excel's own way to name the separator, in a line before the head.
    if head.count == 5, head.starts(with: Array("sep=".utf8)), let last = head.last {
      (separator, place) = (last, 5)
    } else {
      separator = TextTable.separator(of: head)
    }
  }

  /// The one that stands most often outside of quotes; commas where none does.
  private static func separator(of head: ArraySlice<UInt8>) -> UInt8 {
    var counts = [UInt8(0x2C): 0, 0x3B: 0, 0x09: 0]
    var isQuoted = false
    for byte in head {
      if byte == 0x22 { isQuoted.toggle() } else if !isQuoted { counts[byte]? += 1 }
    }
    return [0x2C, 0x3B, 0x09].max { counts[$0, default: 0] < counts[$1, default: 0] || counts[$0] == counts[$1] && $1 == 0x2C } ?? 0x2C
  }

  /// The next row; nil at the end. Lines without anything are passed over. One pass over the bytes.
  mutating func next() -> Row? {
    while place < text.count, text[place] == 0x0A || text[place] == 0x0D { step() }
    guard place < text.count else { return nil }
    var row = Row(line: line, fields: [])
    repeat { row.fields.append(field(&row)) } while skip(separator)
    return row
  }

  /// Moves on; CR LF is one end of a line.
  private mutating func step() {
    if text[place] == 0x0A || text[place] == 0x0D && (place + 1 == text.count || text[place + 1] != 0x0A) { line += 1 }
    place += 1
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard place < text.count, text[place] == byte else { return false }
    place += 1
    return true
  }

  private var isAtEnd: Bool { place == text.count || text[place] == separator || text[place] == 0x0A || text[place] == 0x0D }

  private mutating func field(_ row: inout Row) -> ArraySlice<UInt8> {
    if skip(0x22) { return quoted(&row) }
    let start = place
    while !isAtEnd {
      if text[place] == 0x22 { row.isBroken = true }
      place += 1
    }
    return text[start..<place]
  }

  private mutating func quoted(_ row: inout Row) -> ArraySlice<UInt8> {
    var parts: [UInt8] = []
    var start = place
    while place < text.count {
      let end = place
      if skip(0x22) {
        if !skip(0x22) {
          close(&row)
          return parts.isEmpty ? text[start..<end] : parts[...] + text[start..<end]
        }
        // One of the two quotes.
        parts += text[start...end]
        start = place
      } else {
        step()
      }
    }
    row.isBroken = true
    return parts[...] + text[start...]
  }

  /// What stands between a closing quote and the end of its field belongs nowhere.
  private mutating func close(_ row: inout Row) {
    while !isAtEnd {
      if text[place] != 0x20 { row.isBroken = true }
      place += 1
    }
  }
}
