import Foundation
import Testing

@testable import Net

/// One message to several people, and the last word before it is said.
@Suite struct SMTPEnvelopeTests {
  private static let message = Array("Subject: hello\r\n\r\nhi\r\n".utf8)

  private func transfer(_ server: SMTPServer, to recipients: [String], message: [UInt8] = message) throws -> MailTransfer {
    let people = recipients.compactMap { MailAddress($0) }
    #expect(people.count == recipients.count)
    let sender = try #require(MailAddress("desk@y.test"))
    return try #require(MailTransfer(through: server, from: sender, to: people, message: message))
  }

  /// - Parameter answer: of whoever is asked before the message.
  private func send(
    to recipients: [String], _ sink: Sink, message: [UInt8] = message, asked answer: (() -> Bool)? = nil
  ) throws -> MailOutcome {
    let transfers = try Transfers<Int>()
    let server = try SMTPServer(url: "smtp://127.0.0.1:\(sink.port)")
    transfers.add(try transfer(server, to: recipients, message: message), 1, beforeData: answer)
    guard case .mail(let outcome) = try #require(transfers.finish(1).first).outcome else { throw Sink.NoStart(text: "not mail") }
    return outcome
  }

  private func word(_ outcome: MailOutcome) -> String {
    switch outcome {
    case .delivered: "delivered"
    case .temporary: "temporary"
    case .permanent: "permanent"
    case .unknown: "unknown"
    }
  }

  private func refused(_ outcome: MailOutcome) -> [String] {
    outcome.reply.refusals.map { refusal in
      "\(refusal.recipient.text) \(refusal.reply.code ?? 0) \(refusal.reply.enhanced ?? "-")\(refusal.isPermanent ? "!" : "") \(refusal.reply.text)"
    }
  }

  @Test func severalGetOneMessageInOneTransaction() throws {
    let sink = try Sink("smtp_sink.py")
    let outcome = try send(to: ["ok+1@x.test", "ok+2@x.test", "ok+1@x.test", "ok+3@x.test"], sink)
    #expect(word(outcome) == "delivered" && outcome.reply.refusals.isEmpty)
    #expect(try sink.log("stored").map { $0["to"] as? [String] } == [["ok+1@x.test", "ok+2@x.test", "ok+3@x.test"]])
    #expect(try sink.log("mail").map { $0["sender"] as? String } == ["desk@y.test"])
    #expect(try sink.messages() == [Self.message])
  }

  @Test(arguments: [
    (["ok@x.test", "refuse550@x.test"], "delivered", ["refuse550@x.test 550 5.1.1! refused <refuse550@x.test>"]),
    (["defer451@x.test", "ok@x.test"], "delivered", ["defer451@x.test 451 4.3.0 deferd <defer451@x.test>"]),
    (
      ["refuse550@x.test", "refuse553@x.test"], "permanent",
      ["refuse550@x.test 550 5.1.1! refused <refuse550@x.test>", "refuse553@x.test 553 5.1.1! refused <refuse553@x.test>"]
    ),
    (
      ["refuse550@x.test", "defer452@x.test", "refuse551@x.test"], "temporary",
      [
        "refuse550@x.test 550 5.1.1! refused <refuse550@x.test>", "defer452@x.test 452 4.3.0 deferd <defer452@x.test>",
        "refuse551@x.test 551 5.1.1! refused <refuse551@x.test>",
      ]
    ),
    (["refuse550@x.test", "reject554@x.test"], "permanent", ["refuse550@x.test 550 5.1.1! refused <refuse550@x.test>"]),
    (["refuse550@x.test", "drop@x.test"], "unknown", ["refuse550@x.test 550 5.1.1! refused <refuse550@x.test>"]),
    (["ok@x.test", "close421@x.test"], "temporary", []), (["ok@x.test", "garbage@x.test"], "temporary", []),
  ])
  func whoIsRefusedStopsNobodyElse(recipients: [String], expected: String, refusals: [String]) throws {
    let outcome = try send(to: recipients, .shared("smtp_sink.py"))
    #expect(word(outcome) == expected && refused(outcome) == refusals)
  }

  @Test func whenAllAreRefusedTheOneThatMayBeTakenLaterIsQuoted() throws {
    let outcome = try send(to: ["refuse550@x.test", "defer452@x.test"], .shared("smtp_sink.py"))
    #expect(outcome.reply.code == 452 && outcome.reply.stage == .recipient)
  }

  @Test func whoseAddressAServerDoesNotTakeStopsNobodyElse() throws {
    let sink = try Sink("smtp_sink.py", "--no-smtputf8")
    let some = try send(to: ["ok+grün@x.test", "ok@x.test"], sink)
    #expect(word(some) == "delivered" && some.reply.refusals.map(\.reply.fault) == [.ascii])
    #expect(try sink.log("stored").map { $0["to"] as? [String] } == [["ok@x.test"]])
    // A message whose head names such an address cannot go to anybody through this server.
    let named = try send(to: ["ok+grün@x.test", "ok@x.test"], sink, message: Array("To: ok+grün@x.test\r\n\r\nhi\r\n".utf8))
    #expect(word(named) == "permanent" && named.reply.fault == .ascii)
    #expect(try sink.log("stored").count == 1)
  }

  @Test func withoutARecipientThereIsNoTransfer() throws {
    let server = try SMTPServer(url: "smtp://x.test")
    #expect(MailTransfer(through: server, from: try #require(MailAddress("a@y.test")), to: [], message: []) == nil)
  }

  @Test func whoHasItSentIsAskedOnceRightBeforeTheMessage() throws {
    let sink = try Sink("smtp_sink.py")
    var asked: [(recipients: Int, data: Int)] = []
    let outcome = try send(to: ["ok@x.test", "refuse550@x.test", "ok+b@x.test"], sink) {
      asked.append(((try? sink.log("rcpt").count) ?? -1, (try? sink.log("data").count) ?? -1))
      return true
    }
    #expect(word(outcome) == "delivered")
    #expect(asked.map(\.recipients) == [3] && asked.map(\.data) == [0])
    #expect(try sink.log("data").count == 1)
  }

  @Test func afterANoNothingIsSaidAndTheConnectionGoesOn() throws {
    let sink = try Sink("smtp_sink.py")
    let transfers = try Transfers<String>()
    let server = try SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", connections: 1)
    transfers.add(try transfer(server, to: ["ok@x.test"]), "no") { false }
    transfers.add(try transfer(server, to: ["ok+b@x.test"]), "yes") { true }
    let ended = Dictionary(uniqueKeysWithValues: transfers.finish(2).map { ($0.key, $0.outcome) })
    guard case .mail(.temporary(let no)) = ended["no"], case .mail(.delivered) = ended["yes"] else {
      Issue.record("\(ended)")
      return
    }
    #expect(no.fault == .withheld)
    #expect(try sink.log("data").count == 1 && sink.log("rset").count == 1 && sink.log("connect").count == 1)
    #expect(try sink.log("stored").map { $0["to"] as? [String] } == [["ok+b@x.test"]])
  }

  @Test(arguments: ["refuse550@x.test", "hangrcpt@x.test"]) func whereNobodyTakesItNobodyIsAsked(recipient: String) throws {
    let sink = try Sink("smtp_sink.py")
    var asked = 0
    let transfers = try Transfers<Int>()
    var patience = SMTPPatience()
    patience.command = 1_000
    transfers.add(try transfer(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", patience: patience), to: [recipient]), 1) {
      asked += 1
      return true
    }
    #expect(transfers.finish(1).count == 1 && asked == 0)
  }

  @Test func aConnectionThatDiedWhileIdleAsksOnce() throws {
    let sink = try Sink("smtp_sink.py")
    let transfers = try Transfers<Int>()
    let server = try SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", connections: 1)
    var asked: [Int] = []
    for (number, recipient) in ["ok@x.test", "close421@x.test", "ok@x.test", "dropdata@x.test", "ok@x.test"].enumerated() {
      transfers.add(try transfer(server, to: [recipient]), number) {
        asked.append(number)
        return true
      }
      #expect(transfers.finish(1).count == 1)
    }
    #expect(asked == [0, 2, 3, 4])
  }
}
