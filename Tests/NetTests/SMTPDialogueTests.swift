import Testing

@testable import Net

@Suite struct SMTPDialogueTests {
  @Test(arguments: [
    ("", ".\r\n"), (".", "..\r\n.\r\n"), ("a", "a\r\n.\r\n"), ("a\r\n", "a\r\n.\r\n"), (".a\r\n..b\r\n.\r\n", "..a\r\n...b\r\n..\r\n.\r\n"),
    ("a\n.\nQUIT\n", "a\r\n..\r\nQUIT\r\n.\r\n"), ("a\r.\rb", "a\r\n..\r\nb\r\n.\r\n"), ("a\r\r\n\n.b", "a\r\n\r\n\r\n..b\r\n.\r\n"),
    ("a\n.\r\nMAIL FROM:<x>\r\n", "a\r\n..\r\nMAIL FROM:<x>\r\n.\r\n"), ("a.b.\r\n", "a.b.\r\n.\r\n"),
  ])
  func noMessageCanEndItself(message: String, wire: String) {
    #expect(SMTPDialogue.stuffed(Array(message.utf8)) == Array(wire.utf8))
  }

  @Test(
    arguments: [
      ("250 OK\r\n", 250, nil, "OK"), ("250\r\n", 250, nil, ""), ("250 2.1.0 OK\n", 250, "2.1.0", "OK"),
      ("250-a\r\n250-b\r\n250 c\r\n", 250, nil, "a b c"),
      ("550-5.1.1 no such\r\n550 5.1.1 user\r\n", 550, "5.1.1", "no such user"), ("550 4.1.1 odd\r\n", 550, nil, "4.1.1 odd"),
      ("451 4.7.650 wait\r\n", 451, "4.7.650", "wait"), ("554 5.7.1\r\n", 554, "5.7.1", ""),
      ("250 1.2.3.4 is you\r\n", 250, nil, "1.2.3.4 is you"),
      ("250 a\tb\u{1B}[31m\u{7F}\r\n", 250, nil, "a b [31m "),
    ] as [(String, Int, String?, String)])
  func repliesAreTaken(bytes: String, code: Int, enhanced: String?, text: String) throws {
    // Whole, and a byte at a time.
    var reader = SMTPReplyReader()
    let whole = try reader.read(Array(bytes.utf8))
    let pieces = try bytes.utf8.flatMap { try reader.read([$0]) }
    #expect(whole == pieces && whole.count == 1)
    #expect(whole.first?.told(at: .message) == MailReply(stage: .message, code: code, enhanced: enhanced, text: text))
  }

  @Test(arguments: [
    "hello\r\n", "\r\n", "25\r\n", "250x\r\n", "150 early\r\n", "999 late\r\n", "250-a\r\n550 b\r\n", "2５0 a\r\n", "-50 a\r\n",
  ])
  func whatIsNoReplyIsRefused(bytes: String) {
    var reader = SMTPReplyReader()
    #expect(throws: SMTPReplyReader.Failure.notSMTP) { try reader.read(Array(bytes.utf8)) }
  }

  @Test func endlessRepliesAreRefused() {
    var reader = SMTPReplyReader()
    #expect(throws: SMTPReplyReader.Failure.tooLong) { try reader.read([UInt8](repeating: 65, count: 3000)) }
    reader = SMTPReplyReader()
    #expect(throws: SMTPReplyReader.Failure.tooLong) { for _ in 0..<200 { _ = try reader.read(Array("250-x\r\n".utf8)) } }
  }

  @Test func longTextIsCutBetweenScalars() {
    let told = SMTPReply(code: 250, lines: [String(repeating: "é語", count: 300)]).told(at: .message)
    #expect(told.text.utf8.count <= 500 && told.text.utf8.count > 490 && !told.text.contains("\u{FFFD}"))
  }

  private func dialogue(_ abilities: SMTPDialogue.Abilities = .init(), needsReset: Bool = false) throws -> SMTPDialogue {
    let mail = MailTransfer(
      through: try SMTPServer(url: "smtp://x.test"), from: try #require(MailAddress("a@x.test")), to: try #require(MailAddress("b@y.test")),
      message: Array("hi\r\n".utf8))
    return SMTPDialogue(mail, abilities, needsReset: needsReset)
  }

  private func said(_ next: SMTPDialogue.Next) -> String? {
    if case .say(let bytes) = next { String(decoding: bytes, as: UTF8.self) } else { nil }
  }

  /// Whoever is asked says yes.
  private func answered(_ next: SMTPDialogue.Next, _ dialogue: inout SMTPDialogue) -> SMTPDialogue.Next {
    if case .ask = next { dialogue.proceed() } else { next }
  }

  @Test func saysOneThingAfterTheOther() throws {
    var dialogue = try dialogue(.init(utf8: true, size: true), needsReset: true)
    #expect(said(dialogue.begin()) == "RSET\r\n")
    let replies = [250, 250, 251, 354]
    let words = ["MAIL FROM:<a@x.test> SIZE=4\r\n", "RCPT TO:<b@y.test>\r\n", "DATA\r\n", "hi\r\n.\r\n"]
    for (code, word) in zip(replies, words) {
      #expect(said(answered(dialogue.hear(SMTPReply(code: code, lines: ["ok"]), isComplete: true), &dialogue)) == word)
    }
    #expect(dialogue.isSendingMessage)
  }

  /// The answers up to the last are good; the last one decides. "!" before it: the message was not complete.
  @Test(arguments: [
    ("550", "permanent", true), ("450", "temporary", true), ("421", "temporary", false), ("530", "temporary", true),
    ("535", "temporary", true),
    ("354", "temporary", false), ("250 550", "permanent", true), ("250 421", "temporary", false), ("250 250 554", "permanent", true),
    ("250 250 250", "temporary", false), ("250 250 354 552", "permanent", true), ("250 250 354 451", "temporary", true),
    ("250 250 354 250", "delivered", true), ("250 250 354 354", "temporary", false), ("250 250 354 !552", "permanent", false),
    ("250 250 354 !250", "temporary", false), ("250 250 354 !421", "temporary", false),
  ])
  func theLastAnswerDecides(answers: String, outcome: String, reusable: Bool) throws {
    var dialogue = try dialogue()
    var next = dialogue.begin()
    for answer in answers.split(separator: " ") {
      let code = try #require(Int(answer.drop { $0 == "!" }))
      next = answered(dialogue.hear(SMTPReply(code: code, lines: [""]), isComplete: answer.first != "!"), &dialogue)
    }
    guard case .end(let end, let isReusable) = next else {
      Issue.record("not over")
      return
    }
    let word =
      switch end {
      case .delivered: "delivered"
      case .temporary: "temporary"
      case .permanent: "permanent"
      case .unknown: "unknown"
      }
    #expect(word == outcome && isReusable == reusable)
  }
}
