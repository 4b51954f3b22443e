import Domain
import Net
import Postgres

/// What Heed posts to the address at which a channel of another kind than e-mail is answered, signed as what comes by it is ("Decided besides" 54).
enum DeskPost {
  /// - Parameter id: one for all tries: who takes it knows it again.
  /// - Throws: ``MissingChannel`` where the channel has no such address, or a ``VaultError``.
  static func request(_ body: JSONText, id: String, through channel: DeskChannel, _ vault: Vault, at now: Instant) throws -> HTTPRequest {
    guard let url = channel.outboundURL else { throw MissingChannel() }
    let secret = String(
      decoding: try vault.open(channel.secret, of: channel.account, at: DeskChannel.secretColumn.place(channel.id)), as: UTF8.self)
    return try SignedPost.request(body, to: url, id: id, secrets: [secret], at: now)
  }
}
