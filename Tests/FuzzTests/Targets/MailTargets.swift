import Domain

@testable import App
@testable import Net

extension Target {
  /// What a mail server says, however its bytes are cut: replies by the lines, or a refusal; never more text than we keep.
  static let replies = Target(
    "replies", longest: 4_000,
    seeds: bytes([
      "220 mx.example ESMTP\r\n", "250-mx.example\r\n250-SIZE 100\r\n250-SMTPUTF8\r\n250 8BITMIME\r\n", "250 2.1.0 OK\r\n",
      "550 5.1.1 <x> unknown\r\n",
      "421 4.3.2 closing\r\n", "354\r\n", "250-a\r\n251 b\r\n", "250", "999 x\r\n", "25a x\r\n", "250 2.0.0 a\n250 2.0.0 b\n",
      "535 5.7.8 \u{E9}\r\n", "550-5.1.1 a\r\n550 5.1.1 b\r\n",
    ]),
    words: ["250-", "250 ", "\r\n", "\n", "550 5.1.1 ", "421", "5.7.1", " ", "-", ".", "\u{85}", "354 go\r\n", "235 "]
  ) { input in
    let once = Replies(input, pieces: input.count)
    let pieces = Replies(input, pieces: Int(input.first ?? 0) % 13 + 1)
    try hold(once.failure == pieces.failure, "a refusal that depends on the pieces: \(once.failure), \(pieces.failure)")
    // What came before a refusal in one piece is thrown away with it.
    try hold(once.failure != "" || once.replies == pieces.replies, "other replies in pieces")
    let expected = PlainReplies.read(input)
    if let expected, once.failure == "" { try hold(once.replies == expected, "read as \(once.replies), not \(expected)") }
    try hold(expected != nil || once.failure != "", "what is no reply is taken: \(once.replies)")
    for reply in pieces.replies {
      let told = reply.told(at: .recipient)
      try hold((200...599).contains(told.code ?? 0), "a code of \(told.code ?? 0)")
      try hold(told.text.utf8.count <= 500, "a text of \(told.text.utf8.count) bytes")
      try hold(
        told.text.unicodeScalars.allSatisfy { $0.value >= 32 && !(127...159).contains($0.value) }, "a control character in “\(told.text)”")
      try hold(
        told.enhanced.map { $0.utf8.first == UInt8(48 + reply.code / 100) } ?? true, "a status of another class: \(told.enhanced ?? "")")
    }
    let greeting = SMTPGreeting()
    for line in input.split(separator: 10) { _ = greeting.hear(Array(line) + [10]) }
    try hold(greeting.failure("no").text.utf8.count <= 500, "last words without end")
    try checkStuffing(input)
    return "\(once.failure) \(size(once.replies.count)) \(Set(once.replies.map { $0.code / 100 }).sorted()) \(greeting.abilities)"
  }

  /// A message ends where we end it, and arrives as it was, with the line ends of the trade.
  private static func checkStuffing(_ message: [UInt8]) throws {
    let wire = SMTPDialogue.stuffed(message)
    var (lines, line) = ([[UInt8]](), [UInt8]())
    for (place, byte) in wire.enumerated() {
      try hold(byte != 13 || place + 1 < wire.count && wire[place + 1] == 10, "a bare CR at \(place)")
      try hold(byte != 10 || place > 0 && wire[place - 1] == 13, "a bare LF at \(place)")
      if byte == 10 {
        lines.append(line)
        line = []
      } else if byte != 13 {
        line.append(byte)
      }
    }
    try hold(line.isEmpty && lines.last == [46], "the message does not end")
    try hold(!lines.dropLast().contains([46]), "the message ends early")
    var text: [UInt8] = []
    for line in lines.dropLast() { text += (line.first == 46 ? Array(line.dropFirst()) : line) + [10] }
    var plain: [UInt8] = []
    for (place, byte) in message.enumerated() where !(byte == 10 && place > 0 && message[place - 1] == 13) {
      plain.append(byte == 13 ? 10 : byte)
    }
    if !plain.isEmpty, plain.last != 10 { plain.append(10) }
    try hold(text == plain, "the message is not what was sent")
  }

  /// Mail and network addresses and web addresses of strangers.
  static let addresses = Target(
    "addresses", longest: 2_100,
    seeds: bytes([
      "someone@heed.example", "a+b.c@x.example", "\u{E9}@b\u{FC}cher.example", "192.0.2.1", "::ffff:10.0.0.1", "2001:db8::1",
      "fe80::1%eth0", "https://a.example/x?y#z",
      "mailto:a@b.example", "tel:+49-30", "http://[::1]/", "https://user@evil.example", "java\tscript:x", "@", "a@-b.example",
    ]),
    words: [
      "@", ".", ":", "::", "//", "%", "xn--", "-", "\u{FF0E}", "\u{3002}", "<", ">", "\"", " ", "\r\nRCPT TO:<x@y.example>", "https://",
      "mailto:",
    ]
  ) { input in
    let text = String(decoding: input, as: UTF8.self)
    let mail = MailAddress(text)
    if let mail {
      try hold(mail.wire.utf8.allSatisfy { $0 > 32 && $0 != 127 && $0 != 60 && $0 != 62 }, "“\(mail.wire)” cannot stand in an envelope")
      try hold(mail.wire.utf8.count(where: { $0 == 64 }) == 1, "not one @: \(mail.wire)")
      let host = mail.wire.utf8.split(separator: 64).last.map { Array($0) } ?? []
      try hold(host.allSatisfy { $0 < 128 }, "a host outside ASCII")
    }
    if EmailAddress.isValid(text) {
      try hold(mail != nil, "an account's address that no mail can go to: \(text)")
      try hold(EmailAddress.key(EmailAddress.key(text)) == EmailAddress.key(text), "a key that changes")
    }
    let address = IPAddress(text)
    if let address { try hold(IPAddress(address.description) == address, "\(address) is read as another") }
    return "\(mail.map { "\($0.needsUTF8)" } ?? "-") \(EmailAddress.isValid(text)) \(address.map { "\($0.bytes.count)" } ?? "-")"
  }

  /// Headers of browsers and servers that are read into something.
  static let headers = Target(
    "headers", longest: 1_000,
    seeds: bytes([
      "pt-BR,pt;q=0.9,en;q=0.8", "en", "*;q=0.5", "\"abc\", W/\"def\"", "*", "120", "Fri, 27 Nov 2026 10:00:00 GMT", "-1",
      "99999999999999999999",
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "curl/8",
    ]),
    words: [",", ";q=", "0.", "W/", "\"", "pt", "en", "GMT", "1", "Firefox/", ":", "1e9"]
  ) { input in
    let text = String(decoding: input, as: UTF8.self)
    let language = AcceptLanguage.best(text)
    let seconds = RetryAfter.seconds(text, now: Instant(seconds: 1_790_000_000))
    try hold(seconds.map { (0...604_800).contains($0) } ?? true, "wait \(seconds ?? 0) seconds")
    let browser = BrowserName(text)
    // Words.none: the words themselves.
    return
      "\(language) \(seconds.map { size(Int($0)) } ?? "-") \(ETag.matches(text, "\"abc\"")) \(browser.browser ?? "-") \(browser.system ?? "-")"
  }
}

/// What the reader of replies makes of bytes that come in pieces.
private struct Replies {
  var replies: [SMTPReply] = []
  var failure = ""

  init(_ bytes: [UInt8], pieces: Int) {
    var reader = SMTPReplyReader()
    var rest = bytes[...]
    do {
      while !rest.isEmpty {
        replies += try reader.read(Array(rest.prefix(max(pieces, 1))))
        rest = rest.dropFirst(max(pieces, 1))
      }
    } catch { failure = "\(error)" }
  }
}

/// Replies by the words of RFC 5321, 4.2, line by line.
private enum PlainReplies {
  /// - Returns: nil when a line that has come to its end is none, or does not fit the one before.
  static func read(_ bytes: [UInt8]) -> [SMTPReply]? {
    var replies: [SMTPReply] = []
    var (code, texts) = ("", [String]())
    for var line in PlainForm.pieces(bytes, 10).dropLast() {
      if line.last == 13 { line.removeLast() }
      let head = String(decoding: line.prefix(3), as: UTF8.self)
      guard head.utf8.count == 3, head.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(head), (200...599).contains(number),
        code.isEmpty || code == head, line.count == 3 || line[3] == 32 || line[3] == 45
      else { return nil }
      code = head
      texts.append(String(decoding: line.dropFirst(4), as: UTF8.self))
      if line.count > 3, line[3] == 45 { continue }
      replies.append(SMTPReply(code: number, lines: texts))
      (code, texts) = ("", [])
    }
    return replies
  }
}
