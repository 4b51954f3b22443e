import Domain

@testable import Net

extension Target {
  /// What an IMAP server says, however its bytes are cut: the same answers, or a refusal; and a look that ends where it should, whatever is said.
  static let mailboxes = Target(
    "mailboxes", longest: 4_000,
    seeds: bytes([
      "* 3 EXISTS\r\n* OK [UIDVALIDITY 77] x\r\n* OK [UIDNEXT 10] x {5}\r\nh1 OK [READ-ONLY] done\r\n* SEARCH 5 6 9\r\nh2 OK\r\n"
        + "* 1 FETCH (UID 5 RFC822.SIZE 3)\r\n* 2 FETCH (UID 6 RFC822.SIZE 4000)\r\n* 3 FETCH (UID 9 RFC822.SIZE 3)\r\nh3 OK\r\n"
        + "* 1 FETCH (UID 5 BODY[] {3}\r\nabc)\r\nh4 OK\r\n* 3 FETCH (BODY[] \"a\\\"b\" UID 9)\r\nh5 OK\r\n",
      "* 1 EXISTS\r\n* OK [UIDVALIDITY 78]\r\nh1 OK\r\n* SEARCH 1\r\nh2 OK\r\nh3 NO x\r\nh4 NO [SERVERBUG] y\r\n",
      "h1 NO [NONEXISTENT] no\r\n", "* BYE x\r\n", "+ go\r\n",
      "* OK [UIDVALIDITY 77]\r\n* OK [UIDNEXT 4294967295]\r\n* 1 EXISTS\r\nh1 OK\r\nh2 OK\r\nh3 OK\r\n",
      "* 1 FETCH (FLAGS (\\Seen) BODY[HEADER.FIELDS (DATE \"a)\")]<0> {1}\r\nz ENVELOPE ((NIL \"(\") {0}\r\n))\r\n",
      "* LIST () \"/\" {3}\r\na\r\n\r\n",
    ]),
    words: [
      "\r\n", "\n", "h1 OK\r\n", "h2 OK\r\n", "h3 OK\r\n", "h4 OK\r\n", "h5 OK\r\n", " NO [INUSE] x\r\n", "* ", "{3}\r\n",
      "{99999999999999999999}\r\n", "{0+}\r\n",
      "(", ")", "\"", "\\", "[", "]", "NIL", "UID ", " BODY[] ", "RFC822.SIZE ", "FETCH", "SEARCH", "EXISTS", "4294967295", "* BYE\r\n",
      "\0", "~{1}\r\n",
    ]
  ) { input in
    let once = Answers(input, pieces: input.count)
    let pieces = Answers(input, pieces: Int(input.first ?? 0) % 13 + 1)
    try hold(once.responses == pieces.responses && once.failure == pieces.failure, "other answers in pieces")
    for response in once.responses {
      try hold(response.texts.count == response.literals.count + 1, "a literal without its place")
      guard case .data("FETCH", _, let rest) = IMAPLine(response.texts[0]) else { continue }
      if let mail = IMAPFetch(response, rest: rest)?.mail {
        try hold(response.literals.contains(mail) || !response.literals.contains { $0.count > 3_000 }, "a mail that nobody sent")
      }
    }
    guard let look = Answers.look else { throw Broken(description: "no look") }
    let (outcome, asked) = once.course(of: look)
    try hold(asked.count <= once.responses.count + 1, "asked without an answer")
    for question in asked {
      try hold(question.count(where: { $0 == 10 }) == 1 && question.suffix(2) == [13, 10], "a question of two lines")
    }
    switch outcome {
    case .seen(let sight):
      try hold(zip(sight.mails, sight.mails.dropFirst()).allSatisfy { $0.uid < $1.uid }, "not in order")
      try hold(sight.mails.count <= look.mails && sight.mails.allSatisfy { $0.uid <= sight.lastUID }, "more than was asked")
      try hold(sight.isRenumbered == (sight.uidValidity != 77) && (sight.isRenumbered || sight.lastUID >= look.lastUID), "back in time")
      let sizes = sight.mails.map { if case .whole(let bytes) = $0.content { bytes.count } else { 0 } }
      try hold(sizes.allSatisfy { $0 <= look.mailBytes }, "a mail that is too large")
      return "seen \(sight.mails.count) \(sight.hasMore) \(sight.isRenumbered)"
    case .failed(let failure):
      try hold(failure.text.utf8.count <= 500 && !failure.text.utf8.contains { $0 < 32 }, "words without end")
      return "\(failure.kind)"
    case nil: return "\(once.failure) \(size(once.responses.count)) \(asked.count)"
    }
  }
}

/// What the reader makes of bytes that come in pieces.
private struct Answers {
  var responses: [IMAPResponse] = []
  var failure = ""

  static let look = MailHost("mail.example", port: 993).flatMap { host in
    (try? IMAPServer(host, .tls, user: "desk", password: "secret")).flatMap { server in
      try? MailboxLook(server, uidValidity: 77, after: 2, mails: 3, bytes: 2_000, mailBytes: 3_000)
    }
  }

  init(_ bytes: [UInt8], pieces: Int) {
    var reader = IMAPReader()
    reader.room = 3_500
    var rest = bytes[...]
    do {
      while !rest.isEmpty {
        var piece = rest.prefix(max(pieces, 1))
        rest = rest.dropFirst(max(pieces, 1))
        while let response = try reader.next(&piece) { responses.append(response) }
      }
    } catch { failure = "\(error)" }
  }

  /// A look that is answered so.
  ///
  /// - Returns: how it ended, nil when the answers ran out; and what was asked.
  func course(of look: MailboxLook) -> (outcome: MailboxOutcome?, asked: [[UInt8]]) {
    var dialogue = IMAPDialogue(look)
    var asked: [[UInt8]] = []
    if case .say(let question) = dialogue.begin() { asked.append(question) }
    for response in responses {
      switch dialogue.hear(response) {
      case .say(let question): asked.append(question)
      case .wait: break
      case .end(let outcome): return (outcome, asked)
      }
    }
    return (nil, asked)
  }
}
