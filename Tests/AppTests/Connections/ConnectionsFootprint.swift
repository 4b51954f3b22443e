import Postgres

@testable import App
@testable import Domain

extension Footprint {
  static let connections = Footprint(
    rows: { browser in try browser.connection() }, roots: ["connections"], worked: ["connections": "S"], asked: ["connections": "S"])
}

extension Browser {
  /// A connection of this person, as the integrations will make it: no form does yet.
  func connection(_ name: String = "Work", state: ConnectionState = .working) throws {
    let secret = Array("sealed".utf8)
    try site.owner.run(
      """
      INSERT INTO connections (id, user_id, type, name, endpoint, username, secret, state, error_count, last_error, last_success_at, created_at, updated_at)
      VALUES (\(ID<ConnectedAccount>.new(at: site.now)), \(user), 'caldav', \(name), \("https://dav.x.test/" + name), 'ana', \(secret), \(state),
        2, 'no answer', \(site.now.advanced(hours: -1)), \(site.now), \(site.now))
      ON CONFLICT DO NOTHING
      """)
  }
}
