import Foundation
import Testing

@testable import Net

/// Servers that misbehave: every look ends, says why, and holds up nothing else.
@Suite struct MailboxFaultTests {
  private func look(
    _ sink: Sink, _ user: String, seconds: Double = 3, after uid: UInt32 = 0, mailBytes: Int = 1_000_000, isGuarded: Bool = false,
    name: String = "127.0.0.1"
  ) throws -> MailboxLook {
    let host = try #require(MailHost(name, port: sink.port))
    var patience = IMAPServer.Patience()
    (patience.connection, patience.silence) = (Int(seconds * 1000), Int(seconds * 1000))
    let server = try IMAPServer(host, .none, user: user, password: "hunter22", isGuarded: isGuarded, patience: patience)
    return try MailboxLook(server, uidValidity: 77, after: uid, mailBytes: mailBytes)
  }

  private func summary(_ outcome: MailboxOutcome) -> String {
    switch outcome {
    case .failed(let failure): return failure.kind.rawValue
    case .seen(let sight):
      let mails = sight.mails.map { mail in
        switch mail.content {
        case .whole(let bytes): "\(mail.uid)" + (bytes.starts(with: "Subject: \(mail.uid)\r\n".utf8) ? "" : "?")
        case .tooLarge(let size): "\(mail.uid)>\(size)"
        case .withheld: "\(mail.uid)-"
        case .garbled(let bytes): "\(mail.uid)!\(bytes?.count ?? 0)"
        }
      }
      return (mails + ["to \(sight.lastUID)"] + (sight.hasMore ? ["more"] : []) + (sight.failure.map { [$0.kind.rawValue] } ?? [])).joined(
        separator: " ")
    }
  }

  static let users: [(String, String)] = [
    ("ok", "5 6 9 to 9"), ("unasked", "5 6 9 to 9"), ("drip", "5 6 9 to 9"), ("nonext", "5 6 9 to 9"), ("brackets6", "5 6 9 to 9"),
    ("early", "5 6 9 to 9"), ("zeronext", "5 6 9 to 9"), ("jump", "5 to 10000 more"),
    ("denied", "signIn"), ("busy", "refused"), ("echo", "signIn"),
    ("nofolder", "noFolder"), ("nobody", "noFolder"), ("shut", "refused"), ("badfolder", "refused"), ("novalidity", "broken"),
    ("bye", "refused"), ("drop", "broken"), ("garbage", "broken"), ("hang", "timeout"), ("wrongtag", "broken"), ("plus", "broken"),
    ("nul", "broken"), ("endless", "tooLarge"), ("flood", "tooLarge"), ("hugeliteral", "tooLarge"), ("nosearch", "refused"),
    ("nosizes", "5 6 9 to 9"), ("nosize6", "5 9 to 9"),
    ("nomail6", "5 6- 9 to 9"), ("nil6", "5 6- 9 to 9"), ("gone6", "5 9 to 9"),
    ("drop6", "5 to 5 more broken"), ("hang6", "5 to 5 more timeout"), ("bye6", "5 to 5 more refused"), ("short6", "5 to 5 more broken"),
    ("lies6", "5 6>3000014 to 6 more"), ("huge6", "5 6>900000000 to 6 more"), ("longer6", "5 6!5 to 6 more broken"),
    ("garbled6", "5 6!25 9 to 9"), ("baduid6", "5 6!25 9 to 9"), ("badsize6", "5 6 9 to 9"), ("again6", "5 6 9 to 9"),
    ("words6", "5 6!0 to 6 more broken"), ("nul6", "5 6!0 to 6 more broken"), ("wrongtag6", "5 6 to 6 more broken"),
    ("renumbered6", "5 to 5 more broken"), ("renumbered9", "5 6 to 6 more broken"), ("samenumber6", "5 6 9 to 9"),
  ]

  @Test(arguments: users) func everyLookEnds(user: String, expected: String) throws {
    let seconds: Double = user.hasPrefix("hang") ? 1 : 15
    let outcome = try Transfers.look(look(.shared("imap_sink.py"), user, seconds: seconds))
    #expect(summary(outcome) == expected, "\(outcome)")
    if case .failed(let failure) = outcome {
      #expect((1...500).contains(failure.text.utf8.count) && !failure.text.contains("hunter22"))
      #expect(failure.text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
  }

  @Test(
    arguments: [
      ("drop6", 6), ("hang6", 6), ("bye6", 6), ("renumbered6", 6), ("drop", nil), ("words6", nil), ("nomail6", nil), ("ok", nil),
    ] as [(String, UInt32?)])
  func theMailIsNamedAtWhichALookEnds(user: String, uid: UInt32?) throws {
    // Also where it was the first one, and nothing was fetched.
    switch try Transfers.look(look(.shared("imap_sink.py"), user, seconds: user == "hang6" ? 1 : 15, after: 5)) {
    case .seen(let sight):
      #expect(sight.stuckAt == uid && sight.uidValidity == 77)
      if uid != nil { #expect(sight.mails.isEmpty && sight.lastUID == 5 && sight.hasMore && sight.failure != nil) }
    case .failed: #expect(user == "drop")
    }
  }

  @Test func wordsAreTheServers() throws {
    let words = try ["denied", "nofolder", "shut", "bye", "echo"].map { user in
      guard case .failed(let failure) = try Transfers.look(look(.shared("imap_sink.py"), user)) else { return "" }
      return failure.text
    }
    #expect(words == ["Invalid credentials", "Unknown mailbox", "Locked", "going down", "I do not know …"])
  }

  @Test(arguments: [
    ("hanggreeting", "unreached"), ("dropgreeting", "broken"), ("byegreeting", "refused"), ("floodgreeting", "tooLarge"),
    ("nogreeting", "broken"),
    ("hangsignin", "timeout"),
  ])
  func aServerThatDoesNotSignUsInIsTold(mode: String, expected: String) throws {
    let sink = try Sink("imap_sink.py")
    try sink.control(mode)
    #expect(summary(try Transfers.look(look(sink, "ok", seconds: mode.hasPrefix("hang") ? 1 : 15))) == expected)
  }

  @Test func aGreetingOfOneLineWithoutEndEndsInTime() throws {
    let sink = try Sink("imap_sink.py")
    try sink.control("floodline")
    guard case .failed = try Transfers.look(look(sink, "ok", seconds: 2)) else { throw Sink.NoStart(text: "seen") }
  }

  @Test func whereNobodyListensIsTold() throws {
    let server = try IMAPServer(#require(MailHost("127.0.0.1", port: 1)), .none, user: "a", password: "b", isGuarded: false)
    #expect(summary(try Transfers.look(MailboxLook(server))) == "unreached")
    let unknown = try IMAPServer(#require(MailHost("nobody.invalid", port: 143)), .tls, user: "a", password: "b", isGuarded: false)
    #expect(summary(try Transfers.look(MailboxLook(unknown))) == "unreached")
  }

  @Test(arguments: ["127.0.0.1", "localhost"]) func whatAPersonNamedIsGuarded(name: String) throws {
    let sink = try Sink("imap_sink.py")
    #expect(summary(try Transfers.look(look(sink, "ok", isGuarded: true, name: name))) == "guarded")
    #expect(try sink.log("connect").isEmpty)
    let opened = try AddressGuard(opening: "127.0.0.0/8,::1/128")
    #expect(summary(try Transfers.look(look(sink, "ok", isGuarded: true, name: name), addresses: opened)) == "5 6 9 to 9")
  }

  @Test func nothingIsSaidThatChangesAnything() throws {
    let sink = try Sink("imap_sink.py")
    _ = try Transfers.look(look(sink, "ok", after: 5))
    let end = Date(timeIntervalSinceNow: 10)
    while try sink.log("close").isEmpty, Date() < end {}
    #expect(
      try sink.log("command").compactMap { $0["line"] as? String } == [
        "CAPABILITY", "LOGIN ok", "EXAMINE \"INBOX\"", "UID SEARCH UID 6:9", "UID FETCH 6,9 (UID RFC822.SIZE)",
        "UID FETCH 6 (UID BODY.PEEK[])",
        "UID FETCH 9 (UID BODY.PEEK[])", "LOGOUT",
      ])
  }

  @Test func aMailThatDoesNotFitWaitsForTheNextLook() throws {
    let host = try #require(MailHost("127.0.0.1", port: Sink.shared("imap_sink.py").port))
    let server = try IMAPServer(host, .none, user: "lies6", password: "hunter22", isGuarded: false)
    // Its size was said to be small; as it comes it has room in a look of its own.
    let first = try Transfers.look(MailboxLook(server, uidValidity: 77, bytes: 1_000, mailBytes: 10_000_000))
    #expect(summary(first) == "5 to 5 more")
    let second = try Transfers.look(MailboxLook(server, uidValidity: 77, after: 5, bytes: 1_000, mailBytes: 10_000_000))
    #expect(summary(second) == "6 to 6 more")
  }

  @Test func aLongStretchWithoutMailsIsPassedInAFewSteps() throws {
    let sink = try Sink("imap_sink.py")
    let host = try #require(MailHost("127.0.0.1", port: sink.port))
    let server = try IMAPServer(host, .none, user: "jump", password: "hunter22", isGuarded: false)
    #expect(summary(try Transfers.look(MailboxLook(server, uidValidity: 77, after: 10_000))) == "4000000000 to 4099999999")
    #expect(try sink.log("command").count { ($0["line"] as? String)?.hasPrefix("UID SEARCH") ?? false } < 8)
  }

  @Test func aFolderOfHundredsOfThousandsIsLookedAt() throws {
    let outcome = try Transfers.look(look(.shared("imap_sink.py"), "longsearch", seconds: 25))
    guard case .seen(let sight) = outcome else { throw Sink.NoStart(text: "\(outcome)") }
    #expect(sight.mails.map(\.uid) == (1...20).map { UInt32($0) } && sight.hasMore && sight.lastUID == 20)
  }

  @Test(arguments: [("--tls", MailSecurity.tls), ("--starttls", .starttls)]) func securityIsKept(flag: String, security: MailSecurity)
    throws
  {
    let pair = try #require(Certificate.shared)
    let sink = try Sink("imap_sink.py", flag, "--cert", pair.file, "--key", pair.key)
    let host = try #require(MailHost("localhost", port: sink.port))
    for (authorities, expected) in [(pair.file, "5 6 9 to 9"), ("", "tls")] {
      let server = try IMAPServer(host, security, user: "ok", password: "hunter22", authorities: authorities, isGuarded: false)
      #expect(summary(try Transfers.look(MailboxLook(server))) == expected)
    }
    #expect(try sink.log("command").filter { $0["line"] as? String == "LOGIN ok" }.count == 1, "the password was shown to somebody else")
  }

  @Test func withoutTLSNothingIsSaidWhereItIsAsked() throws {
    let sink = try Sink("imap_sink.py")
    let host = try #require(MailHost("localhost", port: sink.port))
    let server = try IMAPServer(host, .starttls, user: "ok", password: "hunter22", isGuarded: false)
    #expect(summary(try Transfers.look(MailboxLook(server))) == "tls")
    #expect(try sink.log("command").compactMap { $0["line"] as? String } == ["CAPABILITY"])
  }

  @Test func looksThatHangHoldUpNobodyAndEndWhenWeStop() throws {
    let sink = try Sink.shared("imap_sink.py")
    let transfers = try Transfers<String>()
    for number in 1...3 { transfers.add(try look(sink, "hang", seconds: 300), "hang \(number)") }
    transfers.add(try look(sink, "flood", seconds: 300), "flood")
    transfers.add(try look(sink, "hang6", seconds: 300), "hang6")
    for number in 1...5 { transfers.add(try look(sink, "ok"), "ok \(number)") }
    #expect(transfers.looks == 10)
    let good = Set(transfers.finish(6).map(\.key))
    #expect(good == Set((1...5).map { "ok \($0)" } + ["flood"]))
    _ = transfers.wait(milliseconds: 300)
    transfers.cancelAll()
    let ended = Dictionary(uniqueKeysWithValues: transfers.harvest().map { ($0.key, $0.outcome) })
    #expect(ended.count == 4 && transfers.count == 0 && transfers.looks == 0)
    for (key, outcome) in ended {
      guard case .mailbox(let outcome) = outcome else { Issue.record("\(outcome)"); continue }
      #expect(summary(outcome) == (key == "hang6" ? "5 to 5 more cancelled" : "cancelled"))
    }
  }

  @Test(arguments: ["", "a\r\nb", "a\0", String(repeating: "x", count: 501)]) func whatCannotBeSaidIsRefused(text: String) throws {
    let host = try #require(MailHost("a.example", port: 993))
    #expect(throws: NetError.badServer) { try IMAPServer(host, .tls, user: text, password: "b") }
    #expect(throws: NetError.badServer) { try IMAPServer(host, .tls, user: "a", password: text) }
    let server = try IMAPServer(host, .tls, user: "a", password: "b")
    #expect(throws: NetError.badFolder) { try MailboxLook(server, folder: text) }
  }
}
