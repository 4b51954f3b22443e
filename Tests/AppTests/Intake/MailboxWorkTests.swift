import Foundation
import Net
import Postgres
import Testing

@testable import App
@testable import Domain

@Suite("Looks into mailboxes")
struct MailboxWorkTests {
  private func mails(_ box: Mailbox) throws -> Int { try box.site.count("SELECT count(*) FROM messages") }

  @Test func `Hard case 28: what cannot be read between two good mails is kept with its bytes, and both come in`() throws {
    let box = try Mailbox()
    try box.put(Mailbox.mail(id: "1@x.example", "One"))
    try box.put(Array("\n \n".utf8))
    mkfifo(box.folder.appendingPathComponent("new/000003.pipe").path, 0o600)
    try FileManager.default.createDirectory(at: box.folder.appendingPathComponent("new/000004.folder"), withIntermediateDirectories: false)
    let parts =
      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 50_000) + "--b--\n"
    try box.put(Array(parts.utf8), "000005.parts")
    try box.put([UInt8](repeating: 0x78, count: IncomingMail.mostBytes + 1), "000006.large")
    try box.put(Array(Mailbox.mail(subject: "Two", id: "2@x.example", "Two").utf8), "000007.good")
    #expect(try box.site.work()["mails"] == 2)
    #expect(try mails(box) == 2)
    let reasons: [String] = try box.site.owner.rows(Query(column: "SELECT reason FROM quarantine ORDER BY name"))
    #expect(reasons == ["empty", "no_file", "no_file", "too_many_parts", "too_large"])
    #expect(try box.names("new").isEmpty)
    #expect(try box.site.text("SELECT error FROM channel_states") == "")
  }

  @Test func `Hard case 10: of a text of 3 MB a page shows the beginning and says so; the mail is kept whole, and known by all of it`()
    throws
  {
    let box = try Mailbox()
    let text = String(repeating: "How long does it take?\n", count: 130_000)
    let mail = Mailbox.mail(text)
    let conversation = try box.take(mail)
    let message = try box.site.text("SELECT id::text FROM messages").unwrapped
    let page = box.desk.owner.get("/conversations/\(conversation)")
    #expect(page.status == 200 && page.response.body.count < 1_200_000)
    #expect(page.text.contains("The text is too long for this page: 2.0 MB of it are left out."))
    #expect(try box.site.count("SELECT octet_length(own) FROM messages") == 1_000_000)
    #expect(box.desk.owner.get("/conversations/\(conversation)/messages/\(message)/raw").response.body == Array(mail.utf8))
    try box.put(mail)
    try box.put(Mailbox.mail(text + "And to Recife?"))
    try box.site.work()
    #expect(try box.site.count("SELECT count(*) FROM messages") == 2)
  }

  @Test func `A mailbox is looked into each minute, and at once when all is done once`() throws {
    let box = try Mailbox()
    let worker = try box.site.worker()
    func cycle() throws { while try worker.cycle(box.site.now) {} }
    try cycle()
    try box.put(Mailbox.mail())
    box.site.pass(seconds: 59)
    try cycle()
    #expect(try mails(box) == 0)
    box.site.pass(seconds: 1)
    try cycle()
    #expect(try mails(box) == 1)
    try box.put(Mailbox.mail(id: "2@x.example", "Two"))
    try box.site.work()
    #expect(try mails(box) == 2)
    try box.site.owner.run("UPDATE channels SET enabled = false")
    try box.put(Mailbox.mail(id: "3@x.example", "Three"))
    try box.site.work()
    #expect(try mails(box) == 2)
  }

  @Test func `One worker at a time has a mailbox; the next takes it when the lease is over`() throws {
    let box = try Mailbox()
    try box.put(Mailbox.mail())
    try box.site.owner.run(
      """
      INSERT INTO mailbox_looks (channel_id, account_id, fence, lease_until, lost, trying, has_more)
      VALUES (\(box.desk.channel), \(box.desk.owner.account), 7, clock_timestamp() + interval '1 minute', 0, '', false)
      """)
    try box.site.work()
    #expect(try mails(box) == 0)
    try box.site.owner.run("UPDATE mailbox_looks SET lease_until = clock_timestamp() - interval '1 second'")
    try box.site.work()
    #expect(try mails(box) == 1)
    #expect(try box.site.text("SELECT concat_ws(' ', fence, lost, lease_until IS NULL) FROM mailbox_looks") == "8 0 t")
  }

  @Test func `Two workers at once take each mail once`() throws {
    let box = try Mailbox()
    for number in 1...60 {
      try box.put(Mailbox.mail(from: "c\(number)@x.example", subject: "S\(number)", id: "\(number)@x.example", "Text \(number)"))
    }
    let now = box.site.now
    nonisolated(unsafe) let workers = [try box.site.worker(), try box.site.worker()]
    DispatchQueue.concurrentPerform(iterations: 2) { number in _ = try? workers[number].runOnce { now } }
    try box.site.work()
    #expect(try mails(box) == 60)
    // Of one domain no more than thirty an hour have drafts, and its owner is told once.
    #expect(try box.site.count("SELECT count(*) FROM drafts") == 30)
    #expect(try box.site.count("SELECT count(*) FROM notifications WHERE kind = 'flood'") == 1)
    #expect(try box.names("new").isEmpty)
    #expect(try box.site.count("SELECT count(*) FROM quarantine") == 0)
  }

  @Test func `A worker that died before a mail was marked as read takes it no second time; one that kills twice is kept away`() throws {
    let box = try Mailbox()
    try box.put(Mailbox.mail(), "000001.x")
    try box.site.work()
    let cur = box.folder.appendingPathComponent("cur")
    try FileManager.default.moveItem(
      at: cur.appendingPathComponent(try box.names("cur")[0]), to: box.folder.appendingPathComponent("new/000001.x"))
    try box.put(Array(Mailbox.mail(id: "2@x.example", "Two").utf8), "000002.x")
    try box.put(Array(Mailbox.mail(id: "3@x.example", "Three").utf8), "000003.x")
    try box.site.owner.run("UPDATE mailbox_looks SET lease_until = clock_timestamp() - interval '1 second', lost = 1, trying = '000002.x'")
    try box.site.work()
    #expect(try mails(box) == 2)
    #expect(try box.site.text("SELECT reason || ' ' || name FROM quarantine") == "crash 000002.x")
    #expect(try box.names("new").isEmpty)
  }

  @Test func `Hard case 28: a folder that is not there fails with why, is failing after 15 minutes, and ends it by itself`() throws {
    let box = try Mailbox()
    let (site, owner) = (box.site, box.desk.owner)
    let away = box.root.appendingPathComponent("away")
    try site.work()
    try FileManager.default.moveItem(at: box.folder, to: away)
    site.pass(minutes: 1)
    try site.work()
    #expect(try site.text("SELECT error FROM channel_states")?.hasPrefix("folder ") == true)
    #expect(!owner.get("/channels").text.contains("value=\"failing\""))
    site.pass(minutes: 15)
    try site.work()
    #expect(owner.get("/channels").text.contains("value=\"failing\""))
    try FileManager.default.moveItem(at: away, to: box.folder)
    try box.put(Mailbox.mail())
    try site.work()
    #expect(try site.text("SELECT concat_ws(' ', failing_since, error) FROM channel_states") == "")
    #expect(try mails(box) == 1)
  }

  @Test func `Hard case 28: mail of an IMAP server is taken once, also when its folder was made anew`() throws {
    let pair = try #require(Certificate.shared)
    let sink = try Sink("imap_box.py", "--cert", pair.file, "--key", pair.key)
    let opened = ["127.0.0.0/8", "::1/128"].compactMap { AddressRange($0) }
    let site = try Site(addresses: AddressGuard(opening: opened))
    let desk = try Desk(site)
    let vault = Vault(masters: site.services.masters, db: site.owner)
    let sealed = try vault.seal(
      Array("secret".utf8), of: desk.owner.account, at: DeskChannel.imapPasswordColumn.place(desk.channel), now: site.now)
    try site.owner.run(
      """
      UPDATE channels SET inbound = 'imap', imap_host = 'localhost', imap_port = \(sink.port), imap_security = 'starttls', imap_user = 'desk',
        imap_password = \(sealed), address = 'support@desk.example'
      """)
    let worker = try site.worker()
    worker.bench.mailboxAuthorities = pair.file
    func append(_ mails: [String]) throws {
      let files = try mails.enumerated().map { number, mail in
        let file = sink.folder.appendingPathComponent("append-\(number)")
        try Data(mail.utf8).write(to: file)
        return file.path
      }
      _ = try Sink.run("imap_box.py", ["append", "\(sink.port)", "INBOX"] + files)
    }
    func look() throws -> Int { try worker.runOnce { site.now }["mails"] }
    let all = (1...25).map { Mailbox.mail(from: "c\($0)@x.example", subject: "S\($0)", id: "\($0)@x.example", "Text \($0)") }
    try append(all)
    // Two looks: at most twenty mails come with one.
    #expect(try look() == 25)
    #expect(try site.count("SELECT count(*) FROM messages") == 25)
    #expect(try look() == 0)
    try append([Mailbox.mail(id: "26@x.example", "One more")])
    #expect(try look() == 1)
    #expect(try site.text("SELECT error FROM channel_states") == "")
    // Other UIDs than before: all come again, and each is known.
    try site.owner.run("UPDATE channel_states SET uid_validity = 1")
    #expect(try look() == 26)
    #expect(try site.count("SELECT count(*) FROM messages") == 26)
    #expect(try site.count("SELECT count(*) FROM quarantine") == 0)
    try site.owner.run("UPDATE channels SET imap_user = 'nobody'")
    _ = try look()
    #expect(try site.text("SELECT split_part(error, ' ', 1) FROM channel_states") == "sign_in")
  }
}
