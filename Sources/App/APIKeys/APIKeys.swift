import Domain
import HTML
import Postgres
import Web

/// The page of keys, and what is done on it.
enum APIKeys {
  /// GET /settings/keys
  static func list(_ web: Context) throws -> Response {
    let keys = try web.read(APIKey.mine(at: web.now))
    return web.list(try APIKeysPage(keys, web))
  }

  /// POST /settings/keys: answered with the page that shows the key, once. It asks for the password: whoever finds an open session must not take away
  /// what outlives it.
  static func create(_ web: Context) throws -> Change {
    let person = try web.person
    try RateLimit.check(RateLimit.signInHere, person.id.text, web)
    let keys = try web.read(APIKey.mine(at: web.now))
    return try web.takeForm(askingAgain: { try APIKeysPage(keys, web, $0) }) {
      var read = FormReader(web.form, web.words)
      let draft = APIKeyDraft(&read)
      if keys.count(where: { $0.isGood(at: web.now) }) >= APIKey.most {
        read.complain("name", web.words("You have {n} keys that work. Revoke one first.", ["n": String(APIKey.most)]))
      }
      try Passwords.own("password", &read, person, web)
      try read.finish()
      let (id, key, end) = (ID<APIKey>.new(at: web.now), APIKey.newKey(), draft.life.end(from: web.now))
      let prefix = String(decoding: key.utf8.prefix(APIKey.prefixLength), as: UTF8.self)
      try web.db.run(
        """
        INSERT INTO api_keys (id, user_id, name, prefix, key_hash, scopes, expires_at, created_at)
        VALUES (\(id), \(person.id), \(draft.name), \(prefix), \(APIKey.hash(key)), \(draft.scopes), \(end), \(web.now))
        """)
      let facts = ["name": draft.name, "prefix": prefix, "scopes": draft.scopes.joined(separator: ", "), "expires": end?.iso ?? ""]
      return .page(
        web.page(try APIKeyMadePage(draft.name, key, end, web)), again: Paths.apiKeys,
        did: [AuditEntry("key.made", "key", id.text, facts.filter { !$0.value.utf8.isEmpty })])
    }
  }

  /// POST /settings/keys/:key/revocation: from then on it is as if it had never been.
  static func revoke(_ web: Context, _ id: ID<APIKey>) throws -> Change {
    let found = try web.db.row(
      Query<(String, String, Instant?)>(
        tuple: "SELECT name, prefix, revoked_at FROM api_keys WHERE id = \(id) AND user_id = (SELECT me()) FOR UPDATE"))
    guard let (name, prefix, revokedAt) = found else { throw Failure.notFound }
    if revokedAt == nil { try web.db.run("UPDATE api_keys SET revoked_at = \(web.now) WHERE id = \(id) AND user_id = (SELECT me())") }
    return Change(
      to: Paths.apiKeys, says: web.words("“{name}” is revoked: nothing is answered to it any more.", ["name": name]),
      did: revokedAt == nil ? [AuditEntry("key.revoked", "key", id.text, ["name": name, "prefix": prefix])] : [])
  }
}
