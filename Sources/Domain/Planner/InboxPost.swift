/// What somebody put into the inbox at once: a line is an item (RULES 8.5, 8.24).
public struct InboxPost: Hashable, Sendable {
  /// Bytes of a line.
  public static let longestLine = 8_192

  /// A line over ``longestLine``, from 1.
  public struct TooLong: Error, Hashable, Sendable { public let line: Int }

  /// As they were typed but for blanks at their ends; lines of blanks are none. Two equal ones are two.
  public let lines: [String]

  /// - Throws: the first line that is too long. Nothing of such a post is kept, so nothing is lost in part.
  public init(_ text: String) throws(TooLong) {
    var lines: [String] = []
    for (number, line) in InboxPost.split(text).enumerated() {
      let line = QuickText.trimmed(String(decoding: line, as: UTF8.self))
      if line.utf8.count > InboxPost.longestLine { throw TooLong(line: number + 1) }
      if !line.utf8.isEmpty { lines.append(line) }
    }
    self.lines = lines
  }

  /// What is compared when a message comes again: line ends as LF, without blanks at the ends of lines and of the text.
  public static func canonical(_ text: String) -> String {
    var out: [UInt8] = []
    for line in split(text) {
      var line = line
      while let last = line.last, last == 0x20 || last == 0x09 { line = line.dropLast() }
      out += line
      out.append(0x0A)
    }
    while out.last == 0x0A { out.removeLast() }
    return String(decoding: out, as: UTF8.self)
  }

  /// CR LF, LF and CR each end a line once.
  private static func split(_ text: String) -> [ArraySlice<UInt8>] {
    let bytes = Array(text.utf8)
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for (place, byte) in bytes.enumerated() {
      if byte == 0x0A, place > 0, bytes[place - 1] == 0x0D {
        start = place + 1
      } else if byte == 0x0A || byte == 0x0D {
        lines.append(bytes[start..<place])
        start = place + 1
      }
    }
    lines.append(bytes[start...])
    return lines
  }
}
