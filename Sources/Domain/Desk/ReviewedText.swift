/// What a reviewer's form sent, held against the draft that its page showed (RULES 6.5).
public struct ReviewedText: Sendable {
  /// What is to leave: the draft itself when nothing was changed, else what was typed; its lines end in LF.
  public let text: String
  /// Whether it is an edit; else it is an approval.
  public let isEdit: Bool

  /// Compared are bytes, line ends and blanks at the ends of lines and of the text aside: browsers send CRLF, and nobody sees a blank at an end.
  public init(typed: String, draft: String) {
    let (typed, draft) = (Self.lines(typed), Self.lines(draft))
    isEdit = Self.withoutTrailingBlanks(typed) != Self.withoutTrailingBlanks(draft)
    text = isEdit ? typed : draft
  }

  /// CRLF and CR become LF, all else stays byte for byte.
  public static func lines(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    var last: UInt8 = 0
    for byte in text.utf8 {
      if byte == 0x0D { out.append(0x0A) } else if byte != 0x0A || last != 0x0D { out.append(byte) }
      last = byte
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func withoutTrailingBlanks(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if byte == 0x0A { while let last = out.last, last == 0x20 || last == 0x09 { out.removeLast() } }
      out.append(byte)
    }
    while let last = out.last, last == 0x20 || last == 0x09 || last == 0x0A { out.removeLast() }
    return out
  }
}
