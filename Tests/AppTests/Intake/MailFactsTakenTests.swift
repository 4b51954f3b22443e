import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// What `mails-made/README.md` explains.
private struct Facts: Decodable {
  let from: String?
  let customer: String?
  let subject: String?
  let kind: String?
  // swift-format-ignore: AlwaysUseLowerCamelCase
  let message_id: String?
  let references: Int?
  let attachments: Int?
  let shows: [String]?
  let hides: [String]?
  let language: String?
}

@Suite("Hard cases 10 to 13: all mails of our own making, out of one Maildir", .enabled(if: Mailbox.hasMails))
struct MailFactsTakenTests {
  private struct Stored {
    let kind: MailKind
    let from: String
    let recipients: [String]
    let subject: String
    let id: String?
    let references: Int
    let files: Int
    let attachments: Int
    let own: String
    let shown: String
    let notice: String
    let language: Language?
  }

  @Test func `Each is kept, shown with words, where it belongs`() throws {
    let box = try Mailbox()
    let site = box.site
    let data = try Data(contentsOf: Mailbox.shared.appendingPathComponent("mails-made/facts.json"))
    let all = try JSONDecoder().decode([String: Facts].self, from: data).sorted { $0.key < $1.key }
    for (name, _) in all { try box.put(Mailbox.made(name), name) }
    let tally = try site.work()
    #expect(tally["mails"] == all.count)
    #expect(try box.names("new").isEmpty)
    #expect(try site.count("SELECT count(*) FROM quarantine") == 0)
    #expect(try site.count("SELECT count(*) FROM messages") == all.count)
    // Once an hour and a half: one address may not ask for more drafts than ten.
    #expect(
      try site.count(
        "SELECT count(*) FROM drafts d WHERE NOT EXISTS (SELECT FROM messages m WHERE m.conversation_id = d.conversation_id AND m.kind = 'person')"
      ) == 0)
    #expect(try site.count("SELECT count(*) FROM messages WHERE own = '' AND notice = '' AND cardinality(part_texts) = 0") == 0)
    for (name, facts) in all {
      let found = try site.owner.row(
        Query(
          """
          SELECT kind, from_address AS "from", recipients, subject, message_id AS id, cardinality(refs) AS "references", files::integer AS files,
            (SELECT count(*)::integer FROM attachments a WHERE a.message_id = m.id) AS attachments, own, array_to_string(part_texts, E'\\n') AS shown, notice,
            language
          FROM messages m WHERE raw = \(Keys.sha256(try Mailbox.made(name)))
          """, into: Stored.init))
      guard let stored = found else {
        Issue.record("\(name) is not there")
        continue
      }
      if let kind = facts.kind { #expect(stored.kind.rawValue == kind, "\(name)") }
      if let from = facts.from { #expect(stored.from == from, "\(name)") }
      if let customer = facts.customer { #expect(stored.recipients == [customer], "\(name)") }
      if let subject = facts.subject { #expect(stored.subject == subject, "\(name)") }
      if let id = facts.message_id { #expect(stored.id == id, "\(name)") }
      if let references = facts.references { #expect(stored.references == references, "\(name)") }
      if let files = facts.attachments { #expect(stored.attachments == files && stored.files == files, "\(name)") }
      for text in facts.shows ?? [] { #expect(stored.own.contains(text), "\(name)") }
      for text in facts.hides ?? [] { #expect(!stored.shown.contains(text), "\(name)") }
      if let language = facts.language, let told = stored.language { #expect(told.rawValue.hasPrefix(language), "\(name)") }
    }
    try pages(box)
  }

  /// What stands on the pages in place of a text.
  private func pages(_ box: Mailbox) throws {
    let words: [(String, String)] = [
      ("body-empty.eml", "There is nothing in this message."), ("file-only.eml", "There is no text in this message, only files."),
      ("smime-encrypted.eml", "This message is encrypted."), ("tnef-nothing-else.eml", "winmail.dat"),
      ("smime-opaque.eml", "Signed; the signature was not checked."), ("body-calendar-only.eml", "This is an invitation: “"),
      ("head-date-2093.eml", "It says of itself that it was written"),
    ]
    for (name, text) in words {
      let bytes = try Mailbox.made(name)
      let place = try box.site.text(
        "SELECT conversation_id || '/messages/' || id FROM messages WHERE raw = \(Keys.sha256(bytes))"
      ).unwrapped
      // Of a long conversation its page shows the newest alone.
      let path = "/conversations/" + place.split(separator: "/")[0]
      let page = box.desk.owner.get(path)
      let shown = page.text.contains("These are the newest messages.") ? box.desk.owner.get(path + "/timeline") : page
      #expect(page.status == 200 && shown.text.contains(text), "\(name)")
      let raw = box.desk.owner.get("/conversations/\(place)/raw")
      #expect(raw.status == 200 && raw.response.body == bytes, "\(name)")
    }
  }

  @Test func `The mails of others, too: none stops the mailbox, none is lost`() throws {
    let box = try Mailbox()
    let folder = Mailbox.shared.appendingPathComponent("mails")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".eml") }.sorted()
    var different: Set<[UInt8]> = []
    for (number, name) in names.enumerated() {
      let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
      different.insert(Keys.sha256(bytes))
      try box.put(bytes, String(format: "%06d.x", number))
    }
    try box.site.work()
    #expect(try box.names("new").isEmpty)
    let kept = try box.site.count(
      "SELECT count(DISTINCT raw) FROM (SELECT raw FROM messages UNION SELECT raw FROM quarantine) x WHERE raw IS NOT NULL")
    // Twenty of them are a mail that is there already, under other heads.
    #expect(kept == different.count - 20, "\(kept) of \(different.count)")
    #expect(try box.site.count("SELECT count(*) FROM quarantine WHERE reason NOT IN ('empty', 'too_many_parts', 'unreadable')") == 0)
  }
}
