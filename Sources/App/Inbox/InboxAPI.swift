import Domain
import HTML
import Postgres
import Web

/// What programs put into a person's inbox.
enum InboxAPI {
  /// POST /api/v1/inbox, with a key that may write to the planner: 201 with the items, 200 with the same where the message came before. What it is called
  /// (`source`, `client_msg_id`) decides before the header `Idempotency-Key` does (RULES 8.33).
  static func receive(_ web: Context) throws -> Response {
    _ = try KeyHolder.find(for: .planner, web)
    guard let person = try web.db.row(Person.mine(web.services.zones)) else { throw Failure.notFound }
    web.adopt(person, nil)
    let message = try InboxMessage(web.request.body, now: web.now)
    let writing = try web.plannerWriting
    do {
      if let known = try InboxCommands.known(message, writing) { return try answer(known, web) }
      let header = try KeyHeader(web.request)
      if let header, let first = try header.first(web) { return try answer(first, web) }
      let capture = try InboxCommands.capture(message, writing)
      if let header, let first = capture.items.first { try web.db.queue([header.remembering(first)]) }
      return try answer(capture, web)
    } catch {
      guard let refusal = error as? InboxRefusal else { throw error }
      throw APIRefusal(status: 422, error: refusal.sentence(web.words))
    }
  }

  private static func answer(_ capture: InboxCommands.Capture, _ web: Context) throws -> Response {
    let items = capture.items.map { id in
      JSONText.object([("id", .string(id.text)), ("url", .string(web.services.origin + Paths.triage(id).text))])
    }
    let json = APIAnswer.json(.object([("data", .array(items))]), status: capture.entries.isEmpty ? 200 : 201)
    return try web.carryOut(.page(json, did: capture.entries, as: .key), nil)
  }

  /// The header `Idempotency-Key` with what came under it.
  private struct KeyHeader {
    let key: IdempotencyKey
    /// Of the body.
    let hash: String

    /// - Returns: nil where it was not sent.
    init?(_ request: Request) throws {
      guard let sent = request.header("idempotency-key") else { return nil }
      guard (1...100).contains(sent.count), sent.allSatisfy({ (32...126).contains($0) }) else {
        throw APIRefusal(status: 422, error: "Idempotency-Key has 1 to 100 printable characters")
      }
      guard let key = IdempotencyKey(Form([("nonce", "inbox " + Bytes.hex(Keys.sha256(sent)))])) else { return nil }
      (self.key, hash) = (key, Bytes.hex(Keys.sha256(request.body)))
    }

    /// What came of the same request before; nil: it comes for the first time.
    func first(_ web: Context) throws -> InboxCommands.Capture? {
      if try web.db.row(key.taking(at: web.now)) != nil { return nil }
      let mark = (try key.mark(web.db) ?? "").utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard mark.count == 2, mark[0].utf8.elementsEqual(hash.utf8), let message = ID<InboxItem>(mark[1]) else {
        throw APIRefusal(status: 422, error: "another request came with this Idempotency-Key")
      }
      return InboxCommands.Capture(items: try InboxCommands.items(of: message, web.db), entries: [])
    }

    func remembering(_ message: ID<InboxItem>) -> SQL { key.marking("\(hash) \(message.text)") }
  }
}
