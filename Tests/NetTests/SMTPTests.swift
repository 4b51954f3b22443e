import Foundation
import Testing

@testable import Net

@Suite struct SMTPTests {
  private static let message = Array("Subject: hello\r\n\r\n.one dot\r\n..two\r\n.\r\nend\r\n".utf8)

  private func mail(
    _ server: SMTPServer, to recipient: String = "ok@x.test", message: [UInt8] = SMTPTests.message
  ) throws -> MailTransfer {
    MailTransfer(
      through: server, from: try #require(MailAddress("heed@y.test")), to: try #require(MailAddress(recipient)), message: message)
  }

  /// - Parameter seconds: for each step.
  private func send(to recipient: String, seconds: Int = 20, _ sink: Sink) throws -> MailOutcome {
    let transfers = try Transfers<Int>()
    var patience = SMTPPatience()
    (patience.connection, patience.command, patience.message) = (seconds * 1000, seconds * 1000, seconds * 1000)
    transfers.add(try mail(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", patience: patience), to: recipient), 1)
    guard case .mail(let outcome) = try #require(transfers.finish(1).first).outcome else { throw Sink.NoStart(text: "not mail") }
    return outcome
  }

  @Test func deliversTheMessageByteForByte() throws {
    let sink = try Sink("smtp_sink.py")
    let outcome = try send(to: "ok@x.test", sink)
    #expect(outcome == .delivered(MailReply(stage: .message, code: 250, enhanced: "2.0.0", text: "stored as 000001")))
    #expect(try sink.messages() == [Self.message])
    let envelope = try #require(try sink.log("stored").first)
    #expect(envelope["sender"] as? String == "heed@y.test")
    #expect(envelope["to"] as? [String] == ["ok@x.test"])
  }

  @Test(arguments: [
    ("refuse550@x.test", "permanent recipient 550 5.1.1"), ("refuse552@x.test", "permanent recipient 552 5.1.1"),
    ("defer451@x.test", "temporary recipient 451 4.3.0"), ("defer421@x.test", "temporary recipient 421 4.3.0"),
    ("reject554@x.test", "permanent message 554 5.6.0"), ("busy452@x.test", "temporary message 452 4.2.2"),
    ("drop@x.test", "unknown message - -"), ("dropstored@x.test", "unknown message - -"),
    ("dropdata@x.test", "temporary message - -"), ("garbage@x.test", "temporary recipient - -"),
    ("flood@x.test", "temporary recipient - -"), ("close421@x.test", "temporary recipient 421 4.3.2"),
    ("hangrcpt@x.test", "temporary recipient - -"), ("hang@x.test", "unknown message - -"),
    ("drip@x.test", "delivered message 250 2.0.0"), ("slow@x.test", "delivered message 250 2.0.0"),
  ])
  func tellsHowItEnded(recipient: String, expected: String) throws {
    let outcome = try send(to: recipient, seconds: recipient.hasPrefix("hang") ? 3 : 15, .shared("smtp_sink.py"))
    #expect(summary(outcome) == expected, "\(outcome.reply.text)")
  }

  @Test(arguments: [
    ("greet421", "temporary connection 421 -"), ("greet554", "temporary connection 554 -"), ("dropgreeting", "temporary connection - -"),
    ("hanggreeting", "temporary connection - -"),
  ])
  func aServerThatRefusesUsSaysNothingAboutTheMessage(mode: String, expected: String) throws {
    let sink = try Sink("smtp_sink.py")
    try sink.control(mode)
    #expect(summary(try send(to: "ok@x.test", seconds: mode == "hanggreeting" ? 3 : 15, sink)) == expected)
  }

  @Test func noServerIsATemporaryFailureForAll() throws {
    let transfers = try Transfers<Int>()
    let server = try SMTPServer(url: "smtp://127.0.0.1:1")
    for number in 0..<50 { transfers.add(try mail(server), number) }
    let finished = transfers.finish(50, seconds: 5)
    #expect(Set(finished.map(\.key)) == Set(0..<50))
    #expect(finished.allSatisfy { if case .mail(.temporary) = $0.outcome { true } else { false } })
  }

  @Test func hundredsShareFewConnections() throws {
    let sink = try Sink("smtp_sink.py")
    let transfers = try Transfers<Int>()
    let server = try SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", connections: 4)
    for number in 0..<300 {
      transfers.add(try mail(server, to: number % 10 == 0 ? "refuse550@x.test" : "ok@x.test"), number)
    }
    let finished = transfers.finish(300)
    #expect(Set(finished.map(\.key)) == Set(0..<300))
    for ended in finished { #expect(summary(ended.outcome) == (ended.key % 10 == 0 ? "permanent" : "delivered")) }
    #expect(try sink.messages().count == 270)
    #expect(try (4...8).contains(sink.log("connect").count))
  }

  @Test func aConnectionThatDiedWhileIdleCostsNoMessage() throws {
    let sink = try Sink("smtp_sink.py")
    let transfers = try Transfers<Int>()
    let server = try SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", connections: 1)
    for (number, recipient) in ["ok@x.test", "close421@x.test", "ok@x.test", "dropdata@x.test", "ok@x.test"].enumerated() {
      transfers.add(try mail(server, to: recipient), number)
      let words = ["delivered", "temporary", "delivered", "temporary", "delivered"]
      #expect(summary(try #require(transfers.finish(1).first).outcome) == words[number])
    }
  }

  @Test func addressesOutsideASCIINeedAServerThatTakesThem() throws {
    #expect(summary(try send(to: "ok+grün@bücher.test", .shared("smtp_sink.py"))) == "delivered message 250 2.0.0")
    #expect(summary(try send(to: "ok@bücher.test", try Sink("smtp_sink.py", "--no-smtputf8"))) == "delivered message 250 2.0.0")
    let refused = try send(to: "ok+grün@bücher.test", try Sink("smtp_sink.py", "--no-smtputf8"))
    #expect(summary(refused) == "permanent recipient - -")
  }

  @Test func signsIn() throws {
    let sink = try Sink("smtp_sink.py", "--auth", "me:secret")
    for (password, expected) in [("secret", "delivered"), ("wrong", "temporary")] {
      let transfers = try Transfers<Int>()
      transfers.add(try mail(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", user: "me", password: password)), 1)
      #expect(summary(try #require(transfers.finish(1).first).outcome) == expected)
    }
  }

  @Test func shutdownTellsWhatMayHaveBeenTaken() throws {
    let sink = try Sink("smtp_sink.py")
    let transfers = try Transfers<String>()
    let server = try SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", connections: 2)
    for recipient in ["hang@x.test", "hangrcpt@x.test", "ok@x.test"] { transfers.add(try mail(server, to: recipient), recipient) }
    while try sink.log("hanging").isEmpty || sink.log("rcpt").count < 2 { _ = transfers.wait(milliseconds: 50) }
    transfers.cancelAll()
    let outcomes = Dictionary(uniqueKeysWithValues: transfers.harvest().map { ($0.key, summary($0.outcome)) })
    #expect(outcomes == ["hang@x.test": "unknown", "hangrcpt@x.test": "temporary", "ok@x.test": "temporary"])
    #expect(transfers.count == 0)
  }

  @Test func wakesWhenAnotherSocketCanBeRead() throws {
    let transfers = try Transfers<Int>()
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    #expect(transfers.wait(milliseconds: 10, alsoReadable: ends.prefix(1).map { $0 }) == [])
    #expect(write(ends[1], "x", 1) == 1)
    #expect(transfers.wait(milliseconds: 600_000, alsoReadable: [ends[0]]) == [ends[0]])
    for end in ends { close(end) }
  }

  private func summary(_ outcome: MailOutcome) -> String {
    let reply = outcome.reply
    return "\(word(outcome)) \(reply.stage.rawValue) \(reply.code.map { "\($0)" } ?? "-") \(reply.enhanced ?? "-")"
  }

  private func summary<Key>(_ outcome: Transfers<Key>.Outcome) -> String {
    if case .mail(let outcome) = outcome { word(outcome) } else { "web" }
  }

  private func word(_ outcome: MailOutcome) -> String {
    switch outcome {
    case .delivered: "delivered"
    case .temporary: "temporary"
    case .permanent: "permanent"
    case .unknown: "unknown"
    }
  }
}
