import Foundation
import Testing

@testable import Net

extension Transfers where Key == Int {
  /// One look, alone.
  static func look(_ look: MailboxLook, addresses: AddressGuard = AddressGuard(), seconds: Double = 30) throws -> MailboxOutcome {
    let transfers = try Transfers<Int>(addresses: addresses)
    transfers.add(look, 1)
    guard case .mailbox(let outcome) = try #require(transfers.finish(1, seconds: seconds).first).outcome else {
      throw Sink.NoStart(text: "not a mailbox")
    }
    return outcome
  }
}

/// A real server: what a look sees, and that it leaves everything as it was.
@Suite struct MailboxTests {
  private func look(
    _ box: Sink, folder: String = "INBOX", validity: UInt32? = nil, after uid: UInt32 = 0, mails: Int = 20, bytes: Int = 50_000_000,
    mailBytes: Int = 1_000_000, password: String = "secret"
  ) throws -> MailboxOutcome {
    let host = try #require(MailHost("127.0.0.1", port: box.port))
    let server = try IMAPServer(host, .none, user: "desk", password: password, isGuarded: false)
    return try Transfers.look(
      MailboxLook(server, folder: folder, uidValidity: validity, after: uid, mails: mails, bytes: bytes, mailBytes: mailBytes))
  }

  private func seen(_ outcome: MailboxOutcome) throws -> MailboxSight {
    guard case .seen(let sight) = outcome else { throw Sink.NoStart(text: "\(outcome)") }
    #expect(sight.failure == nil)
    return sight
  }

  private func texts(_ sight: MailboxSight) -> [String] {
    sight.mails.map { mail in
      switch mail.content {
      case .whole(let bytes): String(decoding: bytes, as: UTF8.self)
      case .tooLarge(let size): "too large: \(size)"
      case .withheld(let words): "withheld: \(words)"
      case .garbled: "garbled"
      }
    }
  }

  /// - Returns: their UIDs.
  @discardableResult
  private func append(_ mails: [String], to folder: String = "INBOX", _ box: Sink) throws -> [UInt32] {
    let files = try mails.enumerated().map { number, mail in
      let file = box.folder.appendingPathComponent("append-\(number)")
      try Data(mail.utf8).write(to: file)
      return file.path
    }
    return try Sink.run("imap_box.py", ["append", "\(box.port)", folder] + files).split(separator: "\n").map { try #require(UInt32($0)) }
  }

  @Test func mailsComeOnceInTheOrderOfTheirUIDsAsTheyAre() throws {
    let box = try Sink("imap_box.py")
    let mails = ["Subject: 1\r\n\r\none\r\n", "Subject: 2\r\n\r\n{3}\r\n)\r\nh1 OK done\r\n", "Subject: é\r\n\r\n\u{1}\r\n", "\r\n"]
    let uids = try append(mails, box)
    let first = try seen(look(box))
    #expect(texts(first) == mails && first.mails.map(\.uid) == uids && first.lastUID == uids[3] && !first.hasMore && !first.isRenumbered)
    let nothing = try seen(look(box, validity: first.uidValidity, after: first.lastUID))
    #expect(nothing.mails.isEmpty && nothing.lastUID == first.lastUID && !nothing.hasMore)
    let next = try append(["Subject: 5\r\n\r\n5\r\n"], box)
    let second = try seen(look(box, validity: first.uidValidity, after: first.lastUID))
    #expect(second.mails.map(\.uid) == next && texts(second) == ["Subject: 5\r\n\r\n5\r\n"])
    // No mail has become one that was read.
    let flags = try Sink.run("imap_box.py", ["flags", "\(box.port)", "INBOX"])
    #expect(flags.contains("FLAGS") && !flags.contains("Seen"))
  }

  @Test func ofManyAFewAreFetchedAtATime() throws {
    let box = try Sink("imap_box.py")
    let mails = (0..<7).map { "Subject: \($0)\r\n\r\n\(String(repeating: "x", count: 100))\r\n" }
    let uids = try append(mails, box)
    var (last, got, looks, validity): (UInt32, [String], Int, UInt32?) = (0, [], 0, nil)
    while looks < 10 {
      looks += 1
      let sight = try seen(look(box, validity: validity, after: last, mails: 3))
      (last, validity) = (sight.lastUID, sight.uidValidity)
      got += texts(sight)
      if !sight.hasMore { break }
    }
    #expect(got == mails && looks == 3 && last == uids[6])
    // By bytes: always one, and no more than fit.
    let size = mails[0].utf8.count
    #expect(try seen(look(box, bytes: 1)).mails.count == 1)
    let two = try seen(look(box, bytes: 2 * size + 1))
    #expect(two.mails.count == 2 && two.hasMore && two.lastUID == uids[1])
  }

  @Test func whatIsTooLargeIsToldByItsSizeAndStopsNothing() throws {
    let box = try Sink("imap_box.py")
    let large = "Subject: 2\r\n\r\n" + String(repeating: "x", count: 5_000)
    let uids = try append(["Subject: 1\r\n\r\n", large, "Subject: 3\r\n\r\n"], box)
    let sight = try seen(look(box, mailBytes: 1_000))
    #expect(texts(sight) == ["Subject: 1\r\n\r\n", "too large: \(large.utf8.count)", "Subject: 3\r\n\r\n"])
    #expect(sight.lastUID == uids[2] && !sight.hasMore)
  }

  @Test func aLookWithoutMailsTellsHowThingsStand() throws {
    let box = try Sink("imap_box.py")
    let uids = try append(["Subject: 1\r\n\r\n", "Subject: 2\r\n\r\n"], box)
    let sight = try seen(look(box, mails: 0))
    #expect(sight.mails.isEmpty && sight.hasMore && sight.nextUID == uids[1] + 1 && sight.lastUID == 0)
    let after = try seen(look(box, validity: sight.uidValidity, after: uids[1], mails: 0))
    #expect(!after.hasMore && after.lastUID == uids[1])
  }

  @Test func whatWentAwayIsPassedOver() throws {
    let box = try Sink("imap_box.py")
    let uids = try append((0..<5).map { "Subject: \($0)\r\n\r\n" }, box)
    _ = try Sink.run("imap_box.py", ["expunge", "\(box.port)", "INBOX"] + [uids[1], uids[4]].map { "\($0)" })
    let sight = try seen(look(box))
    #expect(sight.mails.map(\.uid) == [uids[0], uids[2], uids[3]] && sight.lastUID >= uids[3] && !sight.hasMore)
  }

  @Test(arguments: ["Clientes", "Às compras", "台北 & co", "a\"b\\c"]) func foldersAreFoundByTheirNames(name: String) throws {
    let box = try Sink("imap_box.py")
    let wire = String(decoding: IMAPFolder.quoted(name).dropFirst().dropLast(), as: UTF8.self)
    try append(["Subject: 1\r\n\r\n"], to: wire, box)
    #expect(try seen(look(box, folder: name)).mails.count == 1)
  }

  @Test func aFolderThatWasMadeAnewIsNewFromItsFirstMail() throws {
    let box = try Sink("imap_box.py")
    try append(["Subject: 1\r\n\r\n", "Subject: 2\r\n\r\n"], to: "Desk", box)
    let before = try seen(look(box, folder: "Desk"))
    _ = try Sink.run("imap_box.py", ["recreate", "\(box.port)", "Desk"])
    try append(["Subject: 3\r\n\r\n"], to: "Desk", box)
    let after = try seen(look(box, folder: "Desk", validity: before.uidValidity, after: before.lastUID + 1_000))
    #expect(after.isRenumbered && after.uidValidity != before.uidValidity && texts(after) == ["Subject: 3\r\n\r\n"])
  }

  @Test func whatIsWrongIsToldByKind() throws {
    let box = try Sink("imap_box.py")
    guard case .failed(let folder) = try look(box, folder: "Nowhere"), case .failed(let password) = try look(box, password: "wrong") else {
      Issue.record("seen")
      return
    }
    #expect(folder.kind == .noFolder && !folder.text.isEmpty)
    #expect(password.kind == .signIn && !password.text.isEmpty && !password.text.contains("wrong"))
  }

  @Test func startsTLSBeforeItSignsIn() throws {
    let pair = try #require(Certificate.shared)
    let box = try Sink("imap_box.py", "--cert", pair.file, "--key", pair.key)
    try append(["Subject: 1\r\n\r\n"], box)
    let host = try #require(MailHost("localhost", port: box.port))
    for (authorities, isTrusted) in [(pair.file, true), ("", false)] {
      let server = try IMAPServer(host, .starttls, user: "desk", password: "secret", authorities: authorities, isGuarded: false)
      let outcome = try Transfers.look(MailboxLook(server))
      if isTrusted {
        #expect(try seen(outcome).mails.count == 1)
      } else {
        guard case .failed(let failure) = outcome else { throw Sink.NoStart(text: "seen") }
        #expect(failure.kind == .tls, "\(failure)")
      }
    }
  }
}
