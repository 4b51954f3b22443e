/// An answer of a mail server (RFC 5321, 4.2): one or more lines with the same code.
struct SMTPReply: Hashable {
  let code: Int
  let lines: [String]

  /// The enhanced status and the rest of the text (RFC 2034: each line begins with the status).
  func told(at stage: MailReply.Stage) -> MailReply {
    let status = lines.first.flatMap { Substring($0).utf8.split(separator: 32).first }.flatMap { SMTPReply.isStatus($0, code) ? $0 : nil }
    let enhanced = status.map { String(Substring($0)) }
    let texts = lines.map { line in
      guard let enhanced, line.utf8.starts(with: enhanced.utf8) else { return Substring(line) }
      return Substring(line.utf8.dropFirst(enhanced.utf8.count).drop { $0 == 32 })
    }
    return MailReply(stage: stage, code: code, enhanced: enhanced, text: SMTPReply.tidy(texts.joined(separator: " ")))
  }

  /// `class.subject.detail`, the class agreeing with the code.
  private static func isStatus(_ word: Substring.UTF8View, _ code: Int) -> Bool {
    let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 3 && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { (48...57).contains($0) } }
      && parts[0].count == 1 && Int(Substring(parts[0])) == code / 100
  }

  /// Without control characters, at most 500 bytes (cut between scalars).
  static func tidy(_ text: String) -> String {
    var tidy = String.UnicodeScalarView()
    var room = 500
    for scalar in text.unicodeScalars {
      room -= UTF8.width(scalar)
      if room < 0 { break }
      tidy.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return String(tidy)
  }
}

/// Puts replies together from bytes as they arrive.
struct SMTPReplyReader {
  enum Failure: Error { case notSMTP, tooLong }

  private var line: [UInt8] = []
  private var lines: [String] = []
  private var code: Int?
  /// A reply of more than this many bytes or lines is none: an endless one must not fill our memory.
  private static let limit = (lineBytes: 2048, lines: 100)

  /// - Returns: the replies that `bytes` complete.
  mutating func read(_ bytes: [UInt8]) throws(Failure) -> [SMTPReply] {
    var replies: [SMTPReply] = []
    for byte in bytes {
      if byte == 10 {
        if let reply = try endLine() { replies.append(reply) }
      } else {
        line.append(byte)
        if line.count > Self.limit.lineBytes { throw .tooLong }
      }
    }
    return replies
  }

  private mutating func endLine() throws(Failure) -> SMTPReply? {
    if line.last == 13 { line.removeLast() }
    defer { line = [] }
    guard line.count >= 3, line[..<3].allSatisfy({ (48...57).contains($0) }), line.count == 3 || line[3] == 32 || line[3] == 45,
      let read = Int(String(decoding: line[..<3], as: UTF8.self)), (200...599).contains(read), code == nil || code == read
    else { throw .notSMTP }
    lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
    code = read
    if lines.count > Self.limit.lines { throw .tooLong }
    if line.count > 3, line[3] == 45 { return nil }
    defer { (code, lines) = (nil, []) }
    return SMTPReply(code: read, lines: lines)
  }
}
