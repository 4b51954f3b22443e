import Domain
import Foundation
import Testing

@testable import Net

let deskChannel = MailChannel(addresses: ["support@desk.example", "web@desk.example"]) { id in id.hasSuffix(".key@desk.example>") }

/// The bytes of a mail to the desk, lines ending with LF.
///
/// - Parameter head: further fields; one that is there already takes the place of ours.
func mailBytes(_ body: String, head: [String] = [], subject: String = "Order 17", type: String = "text/plain; charset=utf-8") -> [UInt8] {
  let ours = [
    "From: Dana Reyes <dana@customers.example>", "To: Support <support@desk.example>", "Subject: \(subject)",
    "Date: Mon, 04 Jan 2027 09:10:00 +0000", "Message-ID: <one@customers.example>", "MIME-Version: 1.0", "Content-Type: \(type)",
    "Content-Transfer-Encoding: 8bit",
  ]
  let names = Set(head.map { $0.prefix { $0 != ":" }.lowercased() })
  let fields = ours.filter { !names.contains($0.prefix { $0 != ":" }.lowercased()) } + head.filter { !$0.isEmpty && !$0.hasSuffix(":-") }
  return Array((fields.joined(separator: "\n") + "\n\n" + body).utf8)
}

func incoming(_ bytes: [UInt8]) throws -> IncomingMail { try MailReader.read(bytes, channel: deskChannel) }

func incoming(
  _ body: String, head: [String] = [], subject: String = "Order 17", type: String = "text/plain; charset=utf-8"
) throws -> IncomingMail {
  try incoming(mailBytes(body, head: head, subject: subject, type: type))
}

/// The parts of a multipart body with the boundary `b`.
func parts(_ parts: String...) -> String { parts.map { "--b\n\($0)\n" }.joined() + "--b--\n" }

extension IncomingMail {
  var own: String { text(of: [.own]) }
  var quoted: String { text(of: [.quoted]) }
  var forwarded: String { text(of: [.forwarded]) }
  var signature: String { text(of: [.signature]) }
}

/// Runs of blanks as one, composed.
func plain(_ text: String) -> String {
  text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
