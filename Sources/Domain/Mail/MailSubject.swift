/// What a mail is about.
public struct MailSubject: Equatable, Sendable {
  /// Decoded, in one line, as it was sent.
  public let text: String
  /// Without prefixes: one `Re:` before it makes the subject of an answer (RULES 6.9).
  public let bare: String
  /// The first prefix says that somebody passes a mail on.
  public let isForward: Bool

  /// Prefixes of answers and forwards, folded (RULES 6.9).
  private static let answers: [StaticString] = [
    "re", "res", "aw", "sv", "vs", "antw", "ant", "odp", "ynt", "ref", "rif", "r", "回复", "回覆", "答复", "答覆", "返信", "отв",
  ]
  private static let forwards: [StaticString] = [
    "fwd", "fw", "enc", "wg", "tr", "rv", "i", "vb", "vl", "pd", "doorst", "转发", "轉寄", "転送", "пересл",
  ]

  /// - Parameter text: decoded already.
  public init(text: String) { self.init(line: mailLine(Array(text.utf8))) }

  init(_ field: ArraySlice<UInt8>?) { self.init(line: field.map { mailLine(EncodedWords.decode($0)) } ?? "") }

  private init(line text: String) {
    self.text = text
    var rest = Array(text.utf8)[...]
    var isForward: Bool?
    while let (length, forward) = MailSubject.prefix(of: rest) {
      isForward = isForward ?? forward
      rest = rest.dropFirst(length).trimmed
    }
    bare = rest.count == text.utf8.count ? text : rest.text
    self.isForward = isForward ?? false
  }

  /// Bytes of a ``threadKey``: a subject may have 64 kB, and an entry of an index 2,704 bytes.
  private static let longestKey = 1_000

  /// What mails of one conversation have in common: without prefixes and `[tags]`, in lower case, without accents; of a long one the beginning.
  public var threadKey: String {
    var rest = mailFolded(Array(bare.utf8)[...])[...].trimmed
    while rest.first == 0x5B, let end = rest.prefix(60).firstIndex(of: 0x5D) {
      rest = rest[(end + 1)...].trimmed
      while let (length, _) = MailSubject.prefix(of: rest) { rest = rest.dropFirst(length).trimmed }
    }
    return rest.prefix(MailSubject.longestKey).text
  }

  /// `Re:`, `RES :`, `Re[2]:`, `Re(3):`, `AW：` at the beginning: its bytes, and whether it is that of a forward.
  private static func prefix(of text: ArraySlice<UInt8>) -> (Int, Bool)? {
    var end = text.startIndex
    let limit = min(text.startIndex + 16, text.endIndex)
    while end < limit, isLetter(text[end]) { end += 1 }
    let word = text[text.startIndex..<end]
    if word.isEmpty { return nil }
    // A counter.
    if end < limit, text[end] == 0x5B || text[end] == 0x28 || text[end] == 0x5E {
      end += 1
      while end < limit, (0x30...0x39).contains(text[end]) { end += 1 }
      if end < limit, text[end] == 0x5D || text[end] == 0x29 { end += 1 }
    }
    if end < limit, text[end] == 0x20 { end += 1 }
    if text[end...].first == 0x3A {
      end += 1
    } else if text[end...].starts(with: [0xEF, 0xBC, 0x9A]) {
      end += 3
    } else {
      return nil
    }
    let folded = mailFolded(word)[...]
    if answers.contains(where: { folded.isWord($0) }) { return (end - text.startIndex, false) }
    if forwards.contains(where: { folded.isWord($0) }) { return (end - text.startIndex, true) }
    return nil
  }

  /// The full-width colon, which ends a prefix, is none.
  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80 && byte != 0xEF }
}
