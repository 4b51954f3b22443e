import Domain
import HTML
import Postgres
import Web

extension Feature {
  /// Keys of other programs.
  static let apiKeys = Feature(
    retention: [APIKey.retention],
    sentence: { facts, words in
      switch facts.action {
      case "key.made": words("API key “{name}” made.", ["name": facts["name"]])
      case "key.revoked": words("API key “{name}” revoked.", ["name": facts["name"]])
      default: nil
      }
    },
    detail: { name, words in
      switch name {
      case "prefix": words("Begins with")
      case "scopes": words("It may")
      case "expires": words("Works until")
      default: nil
      }
    },
    demo: { stage in
      // Nobody has it: a demo is no way in.
      let key = APIKey.newKey()
      let made = stage.now.advanced(days: -20)
      try stage.db.run(
        """
        INSERT INTO api_keys (id, user_id, name, prefix, key_hash, scopes, expires_at, created_at, used_at)
        VALUES (\(ID<APIKey>.new(at: made)), \(stage.user), 'Kitchen display', \(String(decoding: key.utf8.prefix(APIKey.prefixLength), as: UTF8.self)),
          \(APIKey.hash(key)), \([APIScope.pull.rawValue]), \(made.advanced(days: 90)), \(made), \(stage.now.advanced(minutes: -7)))
        """)
    })
}
