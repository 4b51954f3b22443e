import Foundation
import Testing

@testable import Net

/// Servers that people name: which they are, who may dial them, and what is kept of them.
@Suite struct SMTPServerTests {
  private func transfer(_ server: SMTPServer) throws -> MailTransfer {
    let address = try #require(MailAddress("ok@x.test"))
    return MailTransfer(through: server, from: address, to: address, message: Array("Subject: hello\r\n\r\nhi\r\n".utf8))
  }

  private func outcome(_ server: SMTPServer, addresses: AddressGuard = AddressGuard()) throws -> MailOutcome {
    let transfers = try Transfers<Int>(addresses: addresses)
    transfers.add(try transfer(server), 1)
    guard case .mail(let outcome) = try #require(transfers.finish(1).first).outcome else { throw Sink.NoStart(text: "not mail") }
    return outcome
  }

  @Test(arguments: [
    ("mail.example", "mail.example"), (" mail.example\t", "mail.example"), ("mail.example.", "mail.example"), ("127.0.0.1", "127.0.0.1"),
    ("::1", "[0:0:0:0:0:0:0:1]"), ("[::1]", "[0:0:0:0:0:0:0:1]"), ("2001:DB8::0:1", "[2001:db8:0:0:0:0:0:1]"),
    ("bücher.test", "xn--bcher-kva.test"), ("localhost", "localhost"),
  ])
  func hostsAreReadAsPeopleTypeThem(text: String, name: String) {
    #expect(MailHost(text, port: 587)?.name == name)
  }

  @Test(arguments: [
    "", " ", ".", "a b", "a/b", "a@b", "smtp://a", "a:25", "a?b", "a#b", "[a]", "[::1", "::1]", "fe80::1%eth0", "a\r\nb", "a..b", "-a.b",
    String(repeating: "a", count: 64) + ".b", "a\0", "a%2fb", "a\\b",
  ])
  func whatIsNoHostIsRefused(text: String) {
    #expect(MailHost(text, port: 587) == nil)
  }

  @Test(arguments: [0, -1, 65_536, Int.max]) func whatIsNoPortIsRefused(port: Int) {
    #expect(MailHost("a.example", port: port) == nil)
  }

  @Test func aServerIsMadeOfHostPortAndSecurity() throws {
    let host = try #require(MailHost("mail.example", port: 465))
    #expect(try SMTPServer(host, .tls).url == "smtps://mail.example:465" && SMTPServer(host, .tls).requiresTLS)
    #expect(try SMTPServer(host, .starttls).url == "smtp://mail.example:465" && SMTPServer(host, .starttls).requiresTLS)
    #expect(try SMTPServer(host, .none, greeting: "desk.example").url == "smtp://mail.example:465/desk.example")
    #expect(throws: NetError.badServer) { try SMTPServer(host, .none, greeting: "desk.example\r\nMAIL") }
    #expect(throws: NetError.badServer) { try SMTPServer(host, .none, greeting: "a/b") }
    #expect(throws: NetError.badServer) { try SMTPServer(host, .none, password: "a\0b") }
    #expect(try SMTPServer(host, .none) != SMTPServer(host, .starttls), "kept in one pool")
    #expect(try SMTPServer(host, .none, user: "a") != SMTPServer(host, .none, user: "b"), "kept in one pool")
    #expect(try SMTPServer(host, .none, isGuarded: false) != SMTPServer(host, .none), "kept in one pool")
  }

  @Test func whatAPersonNamedIsGuarded() throws {
    let sink = try Sink("smtp_sink.py")
    for name in ["127.0.0.1", "localhost"] {
      let host = try #require(MailHost(name, port: sink.port))
      guard case .temporary(let reply) = try outcome(SMTPServer(host, .none)) else { throw Sink.NoStart(text: "sent") }
      #expect(reply.fault == .guarded && reply.stage == .connection && reply.text.contains("is not dialled"), "\(reply.text)")
      #expect(try SMTPServer(host, .none).trial()?.fault == .guarded)
    }
    #expect(try sink.log("connect").isEmpty)
    let host = try #require(MailHost("127.0.0.1", port: sink.port))
    let opened = try AddressGuard(opening: "127.0.0.0/8")
    #expect(try outcome(SMTPServer(host, .none), addresses: opened).reply.code == 250)
    #expect(try outcome(SMTPServer(host, .none, isGuarded: false)).reply.code == 250)
    #expect(try SMTPServer(host, .none).trial(addresses: opened) == nil)
  }

  @Test(arguments: [("--starttls", MailSecurity.starttls), ("--tls", .tls)])
  func securityIsKept(flag: String, security: MailSecurity) throws {
    let pair = try #require(Certificate.shared)
    let sink = try Sink("smtp_sink.py", flag, "--cert", pair.file, "--key", pair.key)
    let host = try #require(MailHost("localhost", port: sink.port))
    #expect(try outcome(SMTPServer(host, security, authorities: pair.file, isGuarded: false)).reply.code == 250)
    guard case .temporary(let reply) = try outcome(SMTPServer(host, security, isGuarded: false)) else { throw Sink.NoStart(text: "sent") }
    #expect(reply.stage == .connection)
    #expect(try sink.log("mail").map { $0["tls"] as? Bool } == [true])
  }

  @Test func withoutSecurityNoneIsTried() throws {
    let pair = try #require(Certificate.shared)
    let sink = try Sink("smtp_sink.py", "--starttls", "--cert", pair.file, "--key", pair.key)
    let host = try #require(MailHost("localhost", port: sink.port))
    _ = try outcome(SMTPServer(host, .none, isGuarded: false))
    #expect(try sink.log("mail").allSatisfy { $0["tls"] as? Bool == false })
  }

  @Test func starttlsThatIsNotOfferedIsNoDelivery() throws {
    let sink = try Sink("smtp_sink.py")
    let host = try #require(MailHost("localhost", port: sink.port))
    guard case .temporary = try outcome(SMTPServer(host, .starttls, isGuarded: false)) else { throw Sink.NoStart(text: "sent") }
    #expect(try sink.log("mail").isEmpty)
  }

  @Test func credentialsHaveConnectionsOfTheirOwn() throws {
    let sink = try Sink("smtp_sink.py", "--auth", "me:secret")
    let host = try #require(MailHost("127.0.0.1", port: sink.port))
    let transfers = try Transfers<String>()
    for password in ["wrong", "secret"] {
      transfers.add(try transfer(SMTPServer(host, .none, user: "me", password: password, isGuarded: false)), password)
    }
    let ended = Dictionary(uniqueKeysWithValues: transfers.finish(2).map { ($0.key, $0.outcome) })
    guard case .mail(.temporary(let reply)) = ended["wrong"], case .mail(.delivered) = ended["secret"] else {
      Issue.record("\(ended)")
      return
    }
    #expect(reply.code == 535)
    #expect(try sink.log("connect").count == 2)
  }

  @Test func serversThatNobodyUsesAreForgotten() throws {
    let sink = try Sink("smtp_sink.py")
    let transfers = try Transfers<Int>()
    var patience = SMTPPatience()
    patience.idle = 200
    for number in 1...3 {
      transfers.add(try transfer(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)/n\(number).test", patience: patience)), number)
    }
    #expect(transfers.servers == 3 && transfers.finish(3).count == 3 && transfers.servers > 0)
    let end = Date(timeIntervalSinceNow: 20)
    while try transfers.servers > 0 || sink.log("close").count < 3, Date() < end { _ = transfers.wait(milliseconds: 50) }
    #expect(transfers.servers == 0)
    // One that does not connect is remembered: who comes next is not the first to find out.
    transfers.add(try transfer(SMTPServer(url: "smtp://127.0.0.1:1", patience: patience)), 4)
    #expect(transfers.finish(1).count == 1)
    _ = transfers.wait(milliseconds: 50)
    #expect(transfers.servers == 1)
  }

  @Test(arguments: ["floodgreeting", "floodline"]) func aGreetingWithoutEndIsNotHeardToTheEnd(mode: String) throws {
    let sink = try Sink("smtp_sink.py")
    try sink.control(mode)
    var patience = SMTPPatience()
    patience.connection = 5_000
    guard case .temporary(let reply) = try outcome(SMTPServer(url: "smtp://127.0.0.1:\(sink.port)", patience: patience)) else {
      throw Sink.NoStart(text: "sent")
    }
    #expect(reply.stage == .connection)
  }
}
