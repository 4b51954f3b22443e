import Domain
import HTML
import Postgres
import Web

/// Takes messages that another program sends to a channel, signed by Standard Webhooks (RULES 6.8).
enum ChannelHooks {
  /// More bytes are not read. A body that is only too long in one of its parts is told in which.
  static let most = 4_000_000

  /// POST /hooks/channels/:channel. Nothing of the body is read before its signature is right.
  static func receive(_ web: Context, _ id: ID<DeskChannel>) throws -> Response {
    let stored = Query<(ID<Account>, [UInt8], [UInt8]?, Instant?)>(
      tuple: "SELECT account_id, secret, old_secret, old_secret_until FROM door.channel_hook(\(id))")
    guard let (account, sealed, old, oldUntil) = try web.db.row(stored) else { return answer(404, "error", "there is no such channel") }
    let body = web.request.body
    if body.count > most { return answer(413, "error", "at most 4 MB") }
    _ = try web.db.rows(Query<Void>.setting(program: account))
    let vault = Vault(masters: web.services.masters, db: web.db)
    var secrets = [try vault.open(sealed, of: account, at: DeskChannel.secretColumn.place(id))]
    if let old, let oldUntil, oldUntil > web.now {
      secrets.append(try vault.open(old, of: account, at: DeskChannel.oldSecretColumn.place(id)))
    }
    let isOurs = WebhookSignature.verify(
      id: web.request.headerText("webhook-id"), timestamp: web.request.headerText("webhook-timestamp"),
      signature: web.request.headerText("webhook-signature"), body: body, secrets: secrets.map { String(decoding: $0, as: UTF8.self) },
      now: web.now)
    guard isOurs else { return answer(401, "error", "the signature is missing, wrong or too old") }
    guard let channel = try web.db.row(DeskChannel.ours("c.id = \(id)")) else { return answer(404, "error", "there is no such channel") }
    let message: ArrivedMessage
    do throws(HookRefusal) {
      message = try HookBody.read(body, channel)
    } catch {
      return answer(422, "error", error.reason)
    }
    let taken = try Intake(channel: channel, services: web.services, db: web.db, now: web.now).take(message)
    try web.db.queue(Waking.statements(web.now, at: web.now))
    let json = JSONText.object([
      ("conversation", .string(taken.conversation.text)), ("message", .string(taken.message.text)),
    ])
    return answer(taken.isNew ? 201 : 200, json)
  }

  private static func answer(_ status: Int, _ name: String, _ text: String) -> Response {
    answer(status, JSONText.object([(name, .string(text))]))
  }

  private static func answer(_ status: Int, _ json: JSONText) -> Response {
    Response(status: status, headers: [("Content-Type", "application/json")], body: Array(json.text.utf8))
  }
}
