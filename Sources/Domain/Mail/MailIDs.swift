/// Ids of mails in a head (RFC 5322, 3.6.4; RULES 6.15).
enum MailIDs {
  static let most = 1_000

  /// `<…@…>` without blanks and controls, brackets included; anything else counts as none. Two mails with `< >` never meet.
  static func first(_ field: ArraySlice<UInt8>?) -> String? {
    field.flatMap { all($0).first }
  }

  /// All ids of a field, oldest first; of more than 1,000 the newest.
  static func all(_ field: ArraySlice<UInt8>) -> [String] {
    var ids: [String] = []
    var place = field.startIndex
    while let start = field[place...].firstIndex(of: 0x3C) {
      guard let end = field[start...].firstIndex(of: 0x3E) else { break }
      place = end + 1
      let begin = field[start..<end].lastIndex(of: 0x3C) ?? start
      // Long ids are folded by some programs: a line break and its blank are no part of one.
      let id = unfolded(field[begin...end])
      if isID(id) { ids.append(String(decoding: id, as: UTF8.self)) }
    }
    return ids.suffix(most)
  }

  private static func unfolded(_ id: ArraySlice<UInt8>) -> [UInt8] {
    guard id.contains(0x0A) else { return Array(id) }
    var out: [UInt8] = []
    var isFold = false
    for byte in id {
      if byte == 0x0D || byte == 0x0A {
        isFold = true
      } else if !isFold || !isMailBlank(byte) {
        isFold = false
        out.append(byte)
      }
    }
    return out
  }

  private static func isID(_ id: [UInt8]) -> Bool {
    guard (5...1_000).contains(id.count), let at = id.firstIndex(of: 0x40), at > 1, at < id.count - 2 else { return false }
    return id.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }
}
