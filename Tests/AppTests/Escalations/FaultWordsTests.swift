import Postgres
import Testing

@testable import App
@testable import Domain
@testable import Net

/// Transfers that end without an answer are told in our own words, in the reader's language; what a server said stays as it said it.
@Suite struct FaultWordsTests {
  private let site: Site
  private let rui: Browser

  init() throws {
    site = try Site()
    rui = try site.person("rui@x.test", language: .portuguese)
  }

  private func timeline() throws -> String {
    let id = try site.text("SELECT id::text FROM escalations").unwrapped
    return rui.get("/escalations/\(id)").text
  }

  private func ring(_ transport: Mailer.Transport) throws {
    _ = try rui.remind(nil, .low)
    site.pass(hours: 1)
    _ = try site.worker(transport).runOnce { site.now }
  }

  @Test(arguments: [
    ("dropgreeting", "unreached", "não foi possível falar com o servidor"), ("garbage", "broken", "a conexão caiu"),
    ("busy452", "", "452 4.2.2 "), ("reject554", "", "554 "),
  ])
  func `what a server did is told in Portuguese, what it said as it said it`(word: String, reason: String, says: String) throws {
    let server = try Sink("smtp_sink.py")
    try server.control(word)
    try ring(.smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)")))
    #expect(try site.text("SELECT coalesce(reason, '') FROM outbox") == reason)
    let page = try timeline()
    #expect(page.contains(says))
    for english in ["connection", "the server", "answer is not"] where !reason.isEmpty { #expect(!page.contains(english)) }
    // For operators it stays.
    #expect(try site.text("SELECT detail FROM outbox")?.isEmpty == false)
  }

  @Test func `a folder that takes nothing is told, too`() throws {
    try ring(.maildir(Maildir(path: "/proc/nowhere")))
    #expect(try site.text("SELECT concat_ws(' ', state, reason) FROM outbox") == "pending no_storage")
    #expect(try timeline().contains("a pasta de e-mails não aceitou o arquivo"))
  }

  @Test func `every fault of a mail server and every failure of a request has a reason`() {
    for fault in [MailReply.Fault.unreached, .timeout, .broken, .ascii, .cancelled, .withheld, .guarded] {
      let reply = MailReply(stage: .message, code: nil, enhanced: nil, text: "why", fault: fault)
      for outcome in [MailOutcome.temporary(reply), .unknown(reply), .permanent(reply)] {
        #expect(Judgement(outcome).reason != nil && Judgement(outcome).code == nil)
      }
    }
    let kinds: [HTTPFailure.Kind] = [.refused, .resolving, .connecting, .tls, .certificate, .timeout, .broken, .cancelled]
    for kind in kinds { #expect(Judgement(.failed(HTTPFailure(kind: kind, text: "why")), at: site.now).reason != nil) }
  }
}
