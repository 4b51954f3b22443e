import Domain
import Foundation
import Postgres
import Testing
import Web

@testable import App

/// What the tests of hard cases do by the hundred.
extension Desk {
  /// A draft that waits, and what the shop calls its conversation.
  struct Waiting {
    let draft: String
    let conversation: String
    /// Whose it is.
    var email: String { conversation + "@" + conversation + ".example" }
  }

  /// Drafts that wait, each of a customer and a domain of their own: of one who writes so much no more are written. At most 200 an hour.
  ///
  /// - Parameter name: the local part of a customer's address; it says to a sink what to do.
  func waiting(_ count: Int, _ name: (Int) -> String = { "h\($0)" }) throws -> [Waiting] {
    for number in 0..<count {
      try write("How long?", in: name(number), email: name(number) + "@" + name(number) + ".example", subject: "Question \(number)")
    }
    try site.work()
    let rows: [(String, String)] = try site.owner.rows(
      Query(
        tuple: """
          SELECT d.id::text, v.external_id FROM drafts d JOIN conversations v ON v.id = d.conversation_id WHERE d.state = 'pending'
          ORDER BY d.number
          """))
    try #require(rows.count == count)
    return rows.map { Waiting(draft: $0.0, conversation: $0.1) }
  }

  /// The head of a post of the shop.
  func signature(of body: [UInt8], id: String = "msg_1", secret: String? = nil) -> [String: String] {
    let signature = WebhookSignature.sign(id: id, timestamp: site.now.seconds, body: body, secret: secret ?? self.secret)
    return [
      "content-type": "application/json", "webhook-id": id, "webhook-timestamp": String(site.now.seconds), "webhook-signature": signature,
    ]
  }

  /// The address that the shop posts to.
  var hook: String { "/hooks/channels/\(channel.text)" }

  /// Posts the form of a draft with files: fields of text, then files by name with type and words.
  func send(_ path: String, _ fields: KeyValuePairs<String, String>, files: [(name: String, type: String, text: String)]) -> Page {
    func part(_ head: String, _ body: String) -> String { "--xyz\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(body)\r\n" }
    var body = part("name=\"csrf\"", owner.token())
    for (name, value) in fields { body += part("name=\"\(name)\"", value) }
    for file in files { body += part("name=\"file\"; filename=\"\(file.name)\"\r\nContent-Type: \(file.type)", file.text) }
    return owner.post(path, raw: Array((body + "--xyz--\r\n").utf8), ["content-type": "multipart/form-data; boundary=xyz"])
  }
}

extension Devices {
  /// What each of them is answered with that asks something, all at one moment.
  func answers(_ body: @escaping (Int, Browser) throws -> Page?) -> [Page] {
    let lock = NSLock()
    var pages: [Int: Page] = [:]
    atOnce { number, browser in
      guard let page = try body(number, browser) else { return }
      lock.withLock { pages[number] = page }
    }
    return pages.sorted { $0.key < $1.key }.map(\.value)
  }
}
