import Foundation
import Testing

@testable import Net

/// Servers that do not answer: what hangs must hold up nothing else. Nothing here measures time: the limits that must not be met are far longer
/// than ``Transfers/finish(_:seconds:)`` waits.
@Suite struct SMTPHangTests {
  /// Slow soon, given up late.
  private static var patience: SMTPPatience {
    var patience = SMTPPatience()
    (patience.slow, patience.connection, patience.command, patience.message) = (200, 300_000, 300_000, 300_000)
    (patience.crowdedCommand, patience.crowdedMessage) = (300_000, 300_000)
    return patience
  }

  private func server(_ sink: Sink, connections: Int = 2, _ patience: SMTPPatience = patience) throws -> SMTPServer {
    try SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", connections: connections, patience: patience)
  }

  private func mail(_ server: SMTPServer, to recipient: String) throws -> MailTransfer {
    MailTransfer(
      through: server, from: try #require(MailAddress("heed@y.test")), to: try #require(MailAddress(recipient)),
      message: Array("Subject: hello\r\n\r\nhi\r\n".utf8))
  }

  /// Runs the loop until `isSo`, at most 30 seconds.
  private func run<Key>(_ transfers: Transfers<Key>, until isSo: () throws -> Bool) throws -> Bool {
    let end = Date(timeIntervalSinceNow: 30)
    while try !isSo() {
      if Date() > end { return false }
      _ = transfers.wait(milliseconds: 50)
    }
    return true
  }

  private func isDelivered<Key>(_ finished: Transfers<Key>.Finished) -> Bool {
    if case .mail(.delivered) = finished.outcome { true } else { false }
  }

  @Test(arguments: ["hangrcpt@x.test", "hang@x.test"])
  func recipientsWhoseAnswerDoesNotComeHoldUpNobody(stuck: String) throws {
    let sink = try Sink("smtp_sink.py")
    let server = try server(sink)
    let transfers = try Transfers<String>()
    // As many as places: nobody else has one until these are known to be slow.
    for number in 1...2 { transfers.add(try mail(server, to: stuck), "stuck \(number)") }
    for number in 1...20 { transfers.add(try mail(server, to: "ok@x.test"), "good \(number)") }
    let finished = transfers.finish(20)
    #expect(Set(finished.map(\.key)) == Set((1...20).map { "good \($0)" }))
    #expect(finished.allSatisfy(isDelivered))
    #expect(Set(transfers.underway) == ["stuck 1", "stuck 2"])
    #expect(Set(transfers.slow) == ["stuck 1", "stuck 2"])
    #expect(transfers.room(for: server) == 2)
  }

  @Test func aConnectionThatIsNotGreetedHoldsUpNobody() throws {
    let sink = try Sink("smtp_sink.py")
    try sink.control("hangodd")
    let server = try server(sink)
    let transfers = try Transfers<Int>()
    for number in 1...20 { transfers.add(try mail(server, to: "ok@x.test"), number) }
    let finished = transfers.finish(20)
    #expect(Set(finished.map(\.key)) == Set(1...20))
    #expect(finished.allSatisfy(isDelivered))
  }

  @Test func aServerThatHangsHoldsUpNoOther() throws {
    let (silent, good) = (try Sink("smtp_sink.py"), try Sink("smtp_sink.py"))
    let transfers = try Transfers<String>()
    for _ in 0..<9 { transfers.add(try mail(server(silent), to: "hang@x.test"), "silent") }
    #expect(try run(transfers) { try silent.log("hanging").count == 6 })
    for _ in 0..<20 { transfers.add(try mail(server(good), to: "ok@x.test"), "good") }
    let finished = transfers.finish(20)
    #expect(finished.map(\.key) == Array(repeating: "good", count: 20) && finished.allSatisfy(isDelivered))
  }

  @Test func roomIsWhatWouldBeginAtOnce() throws {
    let sink = try Sink("smtp_sink.py")
    let server = try server(sink)
    let transfers = try Transfers<Int>()
    #expect(transfers.room(for: server) == 2)
    for number in 1...6 {
      let before = transfers.room(for: server)
      transfers.add(try mail(server, to: "hang@x.test"), number)
      #expect(transfers.room(for: server) < before)
      // Places come back as messages turn out to be slow, until three times as many hang as there are places: then there are none.
      #expect(try run(transfers) { transfers.slow.count == number })
      #expect(transfers.room(for: server) == min(2, 6 - number))
    }
    for number in 7...8 { transfers.add(try mail(server, to: "ok@x.test"), number) }
    #expect(transfers.finish(1, seconds: 1).isEmpty)
  }

  @Test func whenManyHangTheirTimeIsShort() throws {
    let sink = try Sink("smtp_sink.py")
    var patience = Self.patience
    (patience.crowdedCommand, patience.crowdedMessage) = (400, 400)
    let server = try server(sink, patience)
    let transfers = try Transfers<String>()
    transfers.add(try mail(server, to: "hang@x.test"), "alone")
    #expect(try run(transfers) { transfers.slow == ["alone"] })
    #expect(transfers.finish(1, seconds: 1).isEmpty)
    for recipient in ["hang", "hangrcpt"] { transfers.add(try mail(server, to: recipient + "@x.test"), recipient) }
    #expect(transfers.finish(2).count >= 2)
    transfers.add(try mail(server, to: "ok@x.test"), "good")
    #expect(try run(transfers) { transfers.harvest().contains { $0.key == "good" && isDelivered($0) } })
  }

  @Test func aServerThatComesBackIsNoticed() throws {
    let sink = try Sink("smtp_sink.py")
    try sink.control("hanggreeting")
    var patience = Self.patience
    patience.connection = 1_500
    let server = try server(sink, patience)
    let transfers = try Transfers<Int>()
    for number in 1...2 { transfers.add(try mail(server, to: "ok@x.test"), number) }
    for ended in transfers.finish(2) {
      guard case .mail(.temporary(let reply)) = ended.outcome else { Issue.record("\(ended.outcome)"); continue }
      #expect(reply.stage == .connection)
    }
    #expect(transfers.room(for: server) <= 1)
    // After a pause there is room for one to try, and the loop wakes for it.
    #expect(try run(transfers) { transfers.room(for: server) == 1 })
    try sink.control("")
    var number = 2
    #expect(
      try run(transfers) {
        if transfers.room(for: server) > 0, transfers.count == 0 {
          number += 1
          transfers.add(try mail(server, to: "ok@x.test"), number)
        }
        return transfers.harvest().contains(where: isDelivered)
      })
    #expect(transfers.room(for: server) == 2)
  }

  @Test(arguments: [
    (false, 1, false, 30_000), (false, 9, false, 30_000), (false, 1, true, 10_000), (true, 1, false, 120_000), (true, 2, false, 600_000),
    (true, 1, true, 60_000), (true, 2, true, 60_000),
  ])
  func anAnswerMayTakeLong(isMessage: Bool, attempt: Int, isCrowded: Bool, milliseconds: Int) {
    #expect(SMTPPatience().limit(isMessage: isMessage, attempt: attempt, isCrowded: isCrowded) == milliseconds)
  }
}
