/// What a server says while libcurl connects: its abilities, and its last words when that fails.
final class SMTPGreeting {
  private(set) var abilities = SMTPDialogue.Abilities()
  /// Whether the server has accepted a name and password: libcurl goes on without, where the server offers no sign-in.
  private(set) var isSignedIn = false
  private var reader = SMTPReplyReader()
  private var last: SMTPReply?
  private var heard = 0
  /// Bytes: libcurl would listen to a greeting without end as long as it comes fast, inside of one call.
  private static let most = 65_536

  /// - Returns: false after too many. What is not SMTP is libcurl's to complain about.
  func hear(_ line: [UInt8]) -> Bool {
    heard += line.count
    if heard > Self.most { return false }
    guard let reply = (try? reader.read(line))?.last else { return true }
    last = reply
    // The answer to the last EHLO counts: what was announced before TLS may have been forged (RFC 3207, 4.2).
    if reply.code == 235 { isSignedIn = true }
    if reply.code == 220 { abilities = SMTPDialogue.Abilities() }
    if reply.code == 250 {
      let words = reply.lines.dropFirst().compactMap { $0.split(separator: " ").first?.uppercased() }
      abilities = SMTPDialogue.Abilities(utf8: words.contains("SMTPUTF8"), size: words.contains("SIZE"))
    }
    return true
  }

  /// - Parameter why: libcurl's explanation, for when the server refused nothing in words.
  func failure(_ why: String) -> MailReply {
    if let last, last.code >= 400 { return last.told(at: .connection) }
    return MailReply(stage: .connection, code: nil, enhanced: nil, text: SMTPReply.tidy(why), fault: .unreached)
  }
}
