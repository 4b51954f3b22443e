import Foundation
import Testing

@testable import Net

@Suite struct TLSTests {
  private func outcome(_ server: SMTPServer) throws -> MailOutcome {
    let transfers = try Transfers<Int>()
    let address = try #require(MailAddress("ok@x.test"))
    // Large enough for several TLS records and a full socket buffer.
    let message = Array(String(repeating: String(repeating: "x", count: 70) + "\r\n", count: 30_000).utf8)
    transfers.add(MailTransfer(through: server, from: address, to: address, message: message), 1)
    guard case .mail(let outcome) = try #require(transfers.finish(1).first).outcome else { throw Sink.NoStart(text: "not mail") }
    return outcome
  }

  @Test(arguments: [
    // flag, scheme, TLS required, certificate trusted, delivered, over TLS
    ("--starttls", "smtp", true, true, true), ("--starttls", "smtp", true, false, false), ("--starttls", "smtp", false, false, true),
    ("--tls", "smtps", false, true, true), ("--tls", "smtps", false, false, false),
  ])
  func speaksTLSAndChecksCertificatesWhenAsked(flag: String, scheme: String, required: Bool, trusted: Bool, delivered: Bool) throws {
    let pair = try #require(Certificate.shared)
    let sink = try Sink("smtp_sink.py", flag, "--cert", pair.file, "--key", pair.key)
    let server = try SMTPServer(
      url: "\(scheme)://localhost:\(sink.port)", requireTLS: required, authorities: trusted ? pair.file : "")
    let outcome = try outcome(server)
    if delivered {
      #expect(outcome.reply.code == 250)
      #expect(try sink.messages().map(\.count) == [30_000 * 72])
      #expect(try sink.log("mail").first?["tls"] as? Bool == true)
    } else {
      guard case .temporary(let reply) = outcome else { throw Sink.NoStart(text: "\(outcome)") }
      #expect(reply.stage == .connection)
      #expect(try sink.log("mail").isEmpty)
    }
  }

  @Test func neverSpeaksInTheClearWhenTLSIsRequired() throws {
    let sink = try Sink("smtp_sink.py")
    let outcome = try outcome(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", requireTLS: true))
    guard case .temporary = outcome else { throw Sink.NoStart(text: "\(outcome)") }
    #expect(try sink.log("mail").isEmpty)
  }
}
