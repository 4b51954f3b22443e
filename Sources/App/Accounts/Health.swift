import Domain
import Postgres
import Web

/// What load balancers and watchers ask.
enum Health {
  /// GET /healthz: this process answers.
  static func alive(_ web: Context) throws -> Response { .text("alive\n") }

  /// GET /readyz: the database can be reached, its schema is this program's, and no work has been waiting for five minutes.
  static func ready(_ web: Context) throws -> Response {
    do {
      if let complaint = try web.services.schemaComplaint(web.db) { return .text("not ready: \(complaint)\n", status: 503) }
      let oldest: Instant?? = try web.db.value("SELECT door.oldest_overdue(\(web.now))")
      if let oldest = oldest ?? nil, web.now.seconds(since: oldest) >= 300 {
        return .text("not ready: work has been waiting since \(oldest.iso); is `heed work` running?\n", status: 503)
      }
      return .text("ready\n")
    } catch {
      // Not `catch where`: with a typed error it crashes Swift 6.3.1's compiler.
      guard error.isTransient else { throw error }
      return .text("not ready: the database cannot be reached\n", status: 503).adding("Retry-After", "2")
    }
  }
}
