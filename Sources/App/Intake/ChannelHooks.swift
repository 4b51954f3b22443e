import Domain
import HTML
import Postgres
import Web

/// Takes messages that another program sends to a channel, signed by Standard Webhooks (RULES 6.8).
enum ChannelHooks {
  /// Bytes of a body that are read: more than fit, so that what is too long in it is named.
  static let longest = 4_000_000

  /// POST /hooks/channels/:channel. Nothing of the body is read before its signature is right.
  static func receive(_ web: Context, _ id: ID<DeskChannel>) throws -> Response {
    let stored = Query<(ID<Account>, [UInt8], [UInt8]?, Instant?)>(
      tuple: "SELECT account_id, secret, old_secret, old_secret_until FROM door.channel_hook(\(id))")
    guard let (account, sealed, old, oldUntil) = try web.db.row(stored) else { return HookAnswer.refusal(404, "there is no such channel") }
    let body = web.request.body
    if body.count > longest { return HookAnswer.refusal(413, "at most 4 MB") }
    _ = try web.db.rows(Query<Void>.setting(program: account))
    let vault = Vault(masters: web.services.masters, db: web.db)
    var secrets = [try vault.open(sealed, of: account, at: DeskChannel.secretColumn.place(id))]
    if let old, let oldUntil, oldUntil > web.now {
      secrets.append(try vault.open(old, of: account, at: DeskChannel.oldSecretColumn.place(id)))
    }
    guard web.request.isSigned(by: secrets.map { String(decoding: $0, as: UTF8.self) }, at: web.now) else {
      return HookAnswer.refusal(401, "the signature is missing, wrong or too old")
    }
    guard let channel = try web.db.row(DeskChannel.ours("c.id = \(id)")) else { return HookAnswer.refusal(404, "there is no such channel") }
    let message: ArrivedMessage
    do throws(HookRefusal) {
      message = try HookBody.read(body, channel)
    } catch {
      return HookAnswer.refusal(422, error.reason)
    }
    let taken = try Intake(channel: channel, services: web.services, db: web.db, now: web.now).take(message)
    try web.db.queue(Waking.statements(web.now, at: web.now))
    let json = JSONText.object([
      ("conversation", .string(taken.conversation.text)), ("message", .string(taken.message.text)),
    ])
    return HookAnswer.json(taken.isNew ? 201 : 200, json)
  }
}
