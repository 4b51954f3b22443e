import Domain
import HTML
import Postgres
import Web

/// Forms that make a thing carry a nonce; the same nonce of the same person again leads to the first result.
enum Idempotency {
  /// A nonce for a fresh form.
  static func nonce() -> String { Bytes.hex(Keys.random(16)) }

  /// A nonce for a form that stands in a list or timeline, where nothing may vary from one rendering to the next: it changes with what it is about.
  static func nonce(_ parts: String..., person: Person, _ keys: Keys) -> String {
    keys.tag(.nonce, ([person.id.text] + parts).joined(separator: " "))
  }

  /// Runs `make` unless the form's nonce was used before, and remembers where it led.
  ///
  /// The key is written first: of two equal posts at the same time the second waits for the first and then finds its result.
  /// - Returns: the place to go to.
  static func run(_ web: Context, _ make: () throws -> Path) throws -> Path {
    guard let nonce = web.form.text("nonce"), (1...100).contains(nonce.unicodeScalars.count) else { return try make() }
    let person = try web.person
    let fresh = try web.db.run(
      """
      INSERT INTO idempotency_keys (user_id, key, location, created_at) VALUES (\(person.id), \(nonce), '', \(web.now))
      ON CONFLICT DO NOTHING
      """)
    guard fresh == 1 else {
      let first: String? = try web.db.value("SELECT location FROM idempotency_keys WHERE user_id = \(person.id) AND key = \(nonce)")
      return first.flatMap { Path(checking: $0) } ?? Paths.today
    }
    let place = try make()
    try web.db.run("UPDATE idempotency_keys SET location = \(place.text) WHERE user_id = \(person.id) AND key = \(nonce)")
    return place
  }
}
