import Domain
import Postgres
import Web

/// Whose key came with a request.
struct KeyHolder {
  let user: ID<User>

  /// Finds who it is by `Authorization: Bearer KEY`, and makes them the owner of the rest of the transaction, without their role. The use is noted, to
  /// the minute.
  ///
  /// - Throws: ``APIRefusal``: 401 without a good key, 403 for one that may not do this.
  static func find(for scope: APIScope, _ web: Context) throws -> KeyHolder {
    guard let key = bearer(web.request) else { throw APIRefusal(status: 401, error: "send Authorization: Bearer KEY") }
    let lookup = Query<(ID<APIKey>, ID<User>, [String], Instant?)>(
      tuple: "SELECT key_id, user_id, scopes, used_at FROM door.api_key(\(APIKey.hash(key)), \(web.now))")
    guard let (id, user, scopes, usedAt) = try web.db.row(lookup) else {
      throw APIRefusal(status: 401, error: "the key is wrong, expired or revoked")
    }
    guard scopes.contains(where: { $0.utf8.elementsEqual(scope.rawValue.utf8) }) else {
      throw APIRefusal(status: 403, error: "the key has not the scope \(scope.rawValue)")
    }
    if usedAt.map({ web.now.seconds(since: $0) >= 60 }) ?? true {
      try web.db.run("UPDATE api_keys SET used_at = \(web.now) WHERE id = \(id) AND user_id = (SELECT me())")
    }
    return KeyHolder(user: user)
  }

  /// The key, where it is as long as one (RFC 6750, section 2.1; the scheme in any letter case).
  private static func bearer(_ request: Request) -> String? {
    let parts = (request.headerText("authorization") ?? "").utf8.split(separator: UInt8(ascii: " "))
    guard parts.count == 2, Bytes.lowercased(parts[0]).elementsEqual("bearer".utf8), parts[1].count == APIKey.length else { return nil }
    return String(decoding: parts[1], as: UTF8.self)
  }
}
