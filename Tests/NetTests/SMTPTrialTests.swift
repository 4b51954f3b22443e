import Foundation
import Testing

@testable import Net

/// Whether a mail server would take a message, asked without one.
@Suite struct SMTPTrialTests {
  private func trial(_ sink: Sink, user: String = "", password: String = "") throws -> MailReply? {
    var patience = SMTPPatience()
    patience.connection = 10_000
    return try SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", user: user, password: password, patience: patience).trial()
  }

  @Test func aServerThatGreetsIsFineAndGetsNoMessage() throws {
    let sink = try Sink("smtp_sink.py")
    #expect(try trial(sink) == nil)
    #expect(try sink.log("mail").isEmpty)
  }

  @Test func theSignInIsTried() throws {
    let sink = try Sink("smtp_sink.py", "--auth", "me:secret")
    #expect(try trial(sink, user: "me", password: "secret") == nil)
    let reply = try #require(try trial(sink, user: "me", password: "guess"))
    #expect(reply.code == 535 && reply.isAboutSignIn, "\(reply)")
  }

  @Test func aServerThatOffersNoSignInLetsNobodyIn() throws {
    let reply = try #require(try trial(try Sink("smtp_sink.py"), user: "me", password: "secret"))
    #expect(reply.code == nil && reply.isAboutSignIn, "\(reply)")
  }

  @Test func aServerThatIsAwayIsNotAboutTheSignIn() throws {
    let away = try #require(try SMTPServer(url: "smtp://127.0.0.1:1", user: "me", password: "secret").trial())
    #expect(away.code == nil && !away.isAboutSignIn, "\(away)")
  }

  @Test(arguments: [("greet421", 421), ("greet554", 554), ("dropgreeting", nil)])
  func whatItSaysIsPassedOn(mode: String, code: Int?) throws {
    let sink = try Sink("smtp_sink.py")
    try sink.control(mode)
    let reply = try #require(try trial(sink))
    #expect(reply.code == code && reply.stage == .connection && !reply.text.isEmpty && !reply.isAboutSignIn, "\(reply)")
  }

  @Test func oneThatSaysNothingIsGivenUp() throws {
    let sink = try Sink("smtp_sink.py")
    try sink.control("hanggreeting")
    var patience = SMTPPatience()
    patience.connection = 1_000
    let reply = try #require(try SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", patience: patience).trial())
    #expect(reply.code == nil, "\(reply)")
  }
}
