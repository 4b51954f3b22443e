import Domain
import Foundation
import Testing

@testable import Net

/// The mails beside the repository, with what is known of each.
private enum SharedMails {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
  static let areThere = FileManager.default.fileExists(atPath: folder.appendingPathComponent("mails/expected.json").path)

  static func facts<Facts: Decodable>(_ path: String, _ type: Facts.Type) -> [(String, Facts)] {
    guard areThere, let data = try? Data(contentsOf: folder.appendingPathComponent(path)),
      let facts = try? JSONDecoder().decode([String: Facts].self, from: data)
    else { return [] }
    return facts.sorted { $0.key < $1.key }
  }

  static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appendingPathComponent(path))) }
}

/// What `mails-made/README.md` explains.
private struct MadeFacts: Decodable, Sendable {
  let from: String?
  let customer: String?
  let name: String?
  let subject: String?
  let kind: String?
  let messageID: String?
  let references: Int?
  let attachments: Int?
  let names: [String]?
  let shows: [String]?
  let folds: [String]?
  let hides: [String]?
  let language: String?
  let status: String?
  let draft: Bool?

  enum CodingKeys: String, CodingKey {
    case from, customer, name, subject, kind, references, attachments, names, shows, folds, hides, language, status, draft
    case messageID = "message_id"
  }
}

/// What `mails/README.md` explains.
private struct PublicFacts: Decodable, Sendable {
  let kind: String
  let from: String?
  let subject: String?
  let text: String?
  let attachments: Int?
  let automatic: Bool?
  let bounce: Bool?
  let own: String?
}

@Suite(.enabled(if: SharedMails.areThere, "../shared is not there")) struct MailFactsTests {
  @Test(arguments: SharedMails.facts("mails-made/facts.json", MadeFacts.self).map(\.0))
  func `Hard cases 10 to 13: a mail of our making is what its facts say`(_ name: String) throws {
    let facts = try #require(SharedMails.facts("mails-made/facts.json", MadeFacts.self).first { $0.0 == name }).1
    let written = try SharedMails.bytes("mails-made/\(name)")
    // Lines end with LF; with CRLF the facts stay.
    let others = written.contains(13) ? written : written.flatMap { $0 == 10 ? [13, 10] : [$0] }
    for bytes in [written, others] { try check(incoming(bytes), facts) }
  }

  private func check(_ mail: IncomingMail, _ facts: MadeFacts) throws {
    if let from = facts.from { #expect(mail.people.from.first?.address == from) }
    if let customer = facts.customer ?? facts.from, facts.kind == "person" { #expect(mail.customer?.address == customer) }
    if let name = facts.name { #expect(mail.people.from.first?.name == name) }
    if let subject = facts.subject { #expect(mail.subject.text == subject) }
    if let kind = facts.kind { #expect(mail.kind.rawValue == kind) }
    if let id = facts.messageID { #expect(mail.messageID == id) }
    if let count = facts.references { #expect(mail.references.count == count) }
    if let count = facts.attachments { #expect(mail.attachments.count == count, "\(mail.attachments.map(\.name))") }
    for name in facts.names ?? [] { #expect(mail.attachments.contains { $0.name == name }) }
    if let language = facts.language { #expect(mail.language == (language == "pt" ? .portuguese : .english)) }
    if let status = facts.status { #expect(mail.bounce?.status == status) }
    if facts.draft == false { #expect(mail.customer?.isNoReply == true) }
    let open = plain(mail.text(of: [.own, .forwarded]))
    let folded = plain(mail.text(of: [.quoted, .signature]))
    for words in facts.shows ?? [] { #expect(open.contains(plain(words))) }
    for words in facts.folds ?? [] { #expect(folded.contains(plain(words))) }
    for words in facts.hides ?? [] { #expect(!mail.text.contains(words)) }
    #expect(mail.text.isEmpty == (mail.notice != nil), "no message is shown empty")
  }

  /// Where two readers of Python agree and we mean something else.
  private static let otherText: [String: String] = [
    "mikel/error_emails-content_transfer_encoding_7-bit.eml": "latin1 is Windows-1252, as in browsers",
    "mikel/plain_emails-raw_email_incorrect_header.eml": "a line that is no field does not end the head",
    "mime4j/malformedHeader-nocrlfcrlf.msg": "likewise", "mime4j/malformedHeaderStartsBody-nocrlfcrlf.msg": "likewise",
    "mikel/rfc2822-example13.eml": "blanks may stand before the colon (RFC 5322, 4.5)", "mime4j/obsolete.msg": "likewise",
    "mime4j/multipartemptypart.msg": "a multipart without parts is shown as it stands",
    "mime4j/very-very-long-boundary.msg": "GMime cuts a boundary of 2,000 letters",
    "dovecot/malformed-019.eml": "a damaged head, see above", "dovecot/malformed-020.eml": "two Content-Types: the first part is shown",
    "dovecot/thirdparty-000.eml": "NUL is U+FFFD", "enmime/mail-mime-bad-content-transfer-encoding.raw": "an unknown encoding is none",
  ]

  @Test(arguments: SharedMails.facts("mails/expected.json", PublicFacts.self).map(\.0))
  func `Hard cases 10 and 12: a public mail is what its facts say`(_ name: String) throws {
    let facts = try #require(SharedMails.facts("mails/expected.json", PublicFacts.self).first { $0.0 == name }).1
    let bytes = try SharedMails.bytes("mails/\(name)")
    let isBody = facts.kind != "mail"
    let mail = try incoming(
      isBody ? mailBytes("", type: facts.kind == "html" ? "text/html; charset=utf-8" : "text/plain; charset=utf-8") + bytes : bytes)
    if let from = facts.from { #expect(mail.people.from.first?.address.lowercased() == from) }
    if let subject = facts.subject { #expect(plain(mail.subject.text) == subject) }
    if let count = facts.attachments { #expect(mail.attachments.count == count, "\(mail.attachments.map(\.name))") }
    // It comes from a person's address, with a subject of its own, and no field says what it is.
    if name != "sisimai/lhost-fml-02.eml" {
      if let automatic = facts.automatic { #expect([.automatic, .list, .bounce].contains(mail.kind) == automatic) }
      if let bounce = facts.bounce { #expect((mail.kind == .bounce) == bounce) }
    }
    guard Self.otherText[name] == nil else { return }
    if let text = facts.text { #expect(plain(mail.text).hasPrefix(text)) }
    if let own = facts.own {
      let open = plain(mail.own)
      // Of several texts the facts name the first; a signature may stand open or be folded.
      #expect(open == own || plain(mail.text(of: [.own, .signature])) == own || open.hasPrefix(own) && mail.quoted.isEmpty)
    }
  }

  @Test func `all the facts are there`() {
    #expect(SharedMails.facts("mails-made/facts.json", MadeFacts.self).count >= 92)
    #expect(SharedMails.facts("mails/expected.json", PublicFacts.self).count >= 363)
  }
}
