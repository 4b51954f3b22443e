import CMime

/// How text is written into the headers of a mail: plain where it can be, as encoded words (RFC 2047) where not.
enum MailWords {
  /// Text of any kind, such as a subject.
  static func phrase(_ text: String) -> String {
    let line = Mail.oneLine(text)
    return isPlain(line) ? line : encoded(line)
  }

  /// `Name <address>`, separated by commas. Names are quoted, or encoded when they are not plain or too long to be folded in quotes.
  static func mailboxes(_ people: [Mail.Mailbox]) -> String {
    people.map { person in
      let name = Mail.oneLine(person.name)
      if name.isEmpty { return person.address.wire }
      if !isPlain(name) || name.utf8.count > 60 { return "\(encoded(name)) <\(person.address.wire)>" }
      let quoted = name.utf8.flatMap { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") ? [UInt8(ascii: "\\"), $0] : [$0] }
      return "\"\(String(decoding: quoted, as: UTF8.self))\" <\(person.address.wire)>"
    }.joined(separator: ", ")
  }

  /// A header's value as it is written, folded at blanks so that lines stay within 78 bytes where they can. Ends with a line end.
  static func folded(_ header: HeaderField) -> String {
    var folded = ""
    var width = header.name.utf8.count + 1
    for word in header.value.utf8.split(separator: 32) {
      if width + 1 + word.count > 78, !folded.isEmpty {
        folded += "\n"
        width = 0
      }
      folded += " \(Substring(word))"
      width += 1 + word.count
    }
    return folded + "\n"
  }

  /// Visible ASCII that folding and unfolding leave as it is and that nobody takes for an encoded word.
  static func isPlain(_ line: String) -> Bool {
    let words = line.utf8.split(separator: 32, omittingEmptySubsequences: false)
    return words.allSatisfy { word in
      (1...60).contains(word.count) && word.allSatisfy { $0 > 32 && $0 < 127 } && !word.starts(with: "=?".utf8)
    }
  }

  /// Encoded words of 60 characters (75 may be), each of whole scalars (RFC 2047, 5); the blanks between them are no part of the text.
  static func encoded(_ line: String, between: String = " ") -> String {
    var words: [[UInt8]] = [[]]
    for scalar in line.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if words[words.count - 1].count + bytes.count > 36 { words.append([]) }
      words[words.count - 1] += bytes
    }
    return words.map { "=?utf-8?B?\(base64($0))?=" }.joined(separator: between)
  }

  static func base64(_ bytes: [UInt8]) -> String {
    guard let text = g_base64_encode(bytes, UInt(bytes.count)) else { return "" }
    defer { g_free(text) }
    return String(cString: text)
  }
}
