import Domain
import Foundation
import Net
import Postgres
import TestSupport
import Web

@testable import App

/// A desk whose channel takes its mail out of a Maildir.
final class Mailbox {
  let site: Site
  let desk: Desk
  let root: URL
  let folder: URL
  private var count = 0

  static let shared = URL(fileURLWithPath: repository).deletingLastPathComponent().appendingPathComponent("shared")
  static let hasMails = FileManager.default.fileExists(atPath: shared.appendingPathComponent("mails-made/facts.json").path)

  init(address: String = "support@desk.example", target: Int? = nil, checksAddresses: Bool = true) throws {
    root = try temporaryFolder()
    folder = root.appendingPathComponent("support")
    for part in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(at: folder.appendingPathComponent(part), withIntermediateDirectories: true)
    }
    site = try Site(checksAddresses: checksAddresses, maildirs: root.path)
    desk = try Desk(site, target: target)
    try site.owner.run("UPDATE channels SET inbound = 'maildir', folder = 'support', address = \(address) WHERE id = \(desk.channel)")
    try site.owner.run("UPDATE channel_states SET last_good_at = \(site.now)")
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// The bytes of one of the mails beside the repository.
  static func made(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: shared.appendingPathComponent("mails-made/" + name))) }

  /// A mail comes.
  func put(_ bytes: [UInt8], _ name: String? = nil) throws {
    count += 1
    let name = name ?? String(format: "%06d.x.host", count)
    try Data(bytes).write(to: folder.appendingPathComponent("new/" + name))
  }

  func put(_ mail: String, _ name: String? = nil) throws { try put(Array(mail.utf8), name) }

  /// A mail comes and is taken; its conversation.
  @discardableResult
  func take(_ mail: String) throws -> String {
    try put(mail)
    try site.work()
    return try site.text("SELECT conversation_id::text FROM messages WHERE raw = \(Keys.sha256(Array(mail.utf8)))").unwrapped
  }

  func names(_ part: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(part).path).sorted()
  }

  /// The draft of a conversation is approved as it stands, and leaves.
  ///
  /// - Returns: the answer's Message-ID.
  func answer(_ conversation: String) throws -> String {
    let draft = try desk.draft(conversation)
    desk.approve(draft)
    site.pass(seconds: 31)
    try site.work()
    return try site.text(
      "SELECT message_id FROM messages WHERE conversation_id::text = \(conversation) AND direction = 'outbound' AND sending = 'sent' ORDER BY number DESC LIMIT 1"
    ).unwrapped
  }

  /// A column of a conversation, as text.
  func of(_ conversation: String, _ column: Columns) throws -> String? {
    let text = try site.text("SELECT coalesce(\(column)::text, '') FROM conversations WHERE id::text = \(conversation)")
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }

  static func mail(
    from: String = "Ana Souza <ana@customer.example>", to: String = "support@desk.example", subject: String = "Delivery",
    id: String? = "a1@customer.example",
    answering: String? = nil, date: String = "Sat, 21 Nov 2026 09:00:00 +0000", heads: String = "",
    _ text: String = "How long does delivery take?"
  ) -> String {
    var head = "From: \(from)\nTo: \(to)\nSubject: \(subject)\nDate: \(date)\n"
    if let id { head += "Message-ID: <\(id)>\n" }
    if let answering { head += "In-Reply-To: \(answering)\nReferences: \(answering)\n" }
    return head + heads + "\n" + text + "\n"
  }

  /// What a mail server says of an answer of ours that it could not deliver.
  ///
  /// - Parameters:
  ///   - recipient: nil: it names none.
  ///   - heads: more of its own fields, each with its line end.
  ///   - returned: more fields of what came back.
  static func report(
    of id: String, to recipient: String? = "ana@customer.example", action: String = "failed", status: String = "5.1.1", heads: String = "",
    returned: String = ""
  ) -> String {
    let made = [status, action, id, recipient ?? "", heads, returned].joined().filter { $0.isLetter || $0.isNumber }
    return """
      From: MAILER-DAEMON@mx.example
      To: support@desk.example
      Subject: Undelivered Mail Returned to Sender
      Date: Sat, 21 Nov 2026 09:01:00 +0000
      Message-ID: <\(made)@mx.example>
      \(heads)MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status; boundary=b

      --b
      Content-Type: text/plain

      Your mail could not be delivered.

      --b
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example

      \(recipient.map { "Final-Recipient: rfc822; \($0)\n" } ?? "")Action: \(action)
      Status: \(status)
      Diagnostic-Code: smtp; 550 No such user here

      --b
      Content-Type: text/rfc822-headers

      \(returned)Message-ID: \(id)
      Subject: Re: Delivery

      --b--

      """
  }
}
