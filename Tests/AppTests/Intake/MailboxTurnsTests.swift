import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Mailboxes of several accounts on one site (RULES 6.22).
@Suite("Mailboxes take turns")
struct MailboxTurnsTests {
  /// A desk of another account, whose channel names a folder of the same site.
  private func neighbour(_ box: Mailbox, folder: String) throws -> Desk {
    let desk = try Desk(box.site, as: try box.site.person("eve@x.test"))
    try box.site.owner.run(
      "UPDATE channels SET inbound = 'maildir', folder = \(folder), address = 'help@other.example' WHERE id = \(desk.channel)")
    return desk
  }

  private func put(_ box: Mailbox, _ folder: String, _ mail: String, _ name: String) throws {
    for part in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(
        at: box.root.appendingPathComponent("\(folder)/\(part)"), withIntermediateDirectories: true)
    }
    try Data(mail.utf8).write(to: box.root.appendingPathComponent("\(folder)/new/\(name)"))
  }

  @Test func `A full mailbox keeps no other waiting: each has twenty mails, then it is the next one's turn`() throws {
    let box = try Mailbox()
    let other = try neighbour(box, folder: "other")
    for number in 1...50 {
      let sender = "c\(number)@x.example"
      try box.put(Mailbox.mail(from: sender, subject: "S\(number)", id: "a\(number)@x.example", "Text \(number)"))
      let mail = Mailbox.mail(from: sender, to: "help@other.example", subject: "S\(number)", id: "b\(number)@x.example", "Text \(number)")
      try put(box, "other", mail, String(format: "%06d.x.host", number))
    }
    try box.site.work()
    let order: [String] = try box.site.owner.rows(
      Query(column: "SELECT CASE WHEN channel_id = \(other.channel) THEN 'b' ELSE 'a' END FROM messages ORDER BY number"))
    var left = ["a": 50, "b": 50]
    var (last, run) = ("", 0)
    for mail in order {
      (last, run) = (mail, mail == last ? run + 1 : 1)
      left[mail, default: 0] -= 1
      if left[mail == "a" ? "b" : "a"] ?? 0 > 0 { #expect(run <= 20) }
    }
    #expect(left == ["a": 0, "b": 0])
    #expect(try box.site.count("SELECT count(*) FROM quarantine") == 0)
  }

  @Test(arguments: ["support", "support/cur/.sub"])
  func `A link to another channel's folder, or into it, opens nothing`(target: String) throws {
    let box = try Mailbox()
    let other = try neighbour(box, folder: "theirs")
    try put(box, "support/cur/.sub", Mailbox.mail(id: "2@x.example", "Two"), "000001.x")
    try FileManager.default.createSymbolicLink(atPath: box.root.appendingPathComponent("theirs").path, withDestinationPath: target)
    try box.put(Mailbox.mail())
    try box.site.work()
    #expect(try box.site.count("SELECT count(*) FROM messages WHERE channel_id = \(other.channel)") == 0)
    #expect(try box.site.count("SELECT count(*) FROM messages WHERE channel_id = \(box.desk.channel)") == 1)
    #expect(try box.site.text("SELECT error FROM channel_states WHERE channel_id = \(other.channel)") == "link")
    #expect(try box.site.text("SELECT error FROM channel_states WHERE channel_id = \(box.desk.channel)") == "")
  }

  @Test(arguments: ["support", "support/cur", "support/.sub", "../support"])
  func `A folder that a channel of another account has is nobody else's to name`(folder: String) throws {
    let box = try Mailbox()
    let eve = try box.site.person("eve@x.test")
    let page = eve.post("/channels", ["name": "Box", "address": "a@x.test", "inbound": "maildir", "folder": folder])
    #expect(page.status == 422 && page.complaints == ["folder"], "\(page.complaints)")
    #expect(try box.site.count("SELECT count(*) FROM channels WHERE account_id = \(eve.account)") == 0)
  }
}
