import Domain
import Postgres
import Web

/// What load balancers and watchers ask.
enum Health {
  /// GET /healthz: this process answers.
  static func alive(_ web: Context) throws -> Response { .text("alive\n") }

  /// GET /readyz: the database can be reached, its schema is this program's, the role sees what its policies show, and no work has been waiting
  /// for five minutes. The first line says
  /// so; those below say what is late by more than a few seconds, and what is to know of the zone data.
  static func ready(_ web: Context) throws -> Response {
    do {
      if let complaint = try web.services.schemaComplaint(web.db) { return .text("not ready: \(complaint)\n", status: 503) }
      if let settings = try RoleSettings.wrong(web.db) {
        // Which ones is nobody's business who need not sign in for it.
        web.log("readyz.role_settings", ["wrong": settings])
        let what = "the database role starts with settings that break pages; the log and `heed check` name them"
        return .text("not ready: \(what)\n", status: 503)
      }
      let waiting: Waiting? = try web.db.row(Query("SELECT work, since FROM door.overdue(\(web.now))", into: Waiting.init))
      if let waiting, web.now.seconds(since: waiting.since) >= 300 {
        return .text("not ready: \(waiting.work) waiting since \(waiting.since.iso); \(waiting.question)\n", status: 503)
      }
      return .text("ready\n" + (waiting.map { lateness($0, web.now) } ?? "") + (try ZoneHealth.lines(web)))
    } catch {
      // Not `catch where`: with a typed error it crashes Swift 6.3.1's compiler.
      guard error.isTransient else { throw error }
      return .text("not ready: the database cannot be reached\n", status: 503).adding("Retry-After", "2")
    }
  }

  private static func lateness(_ waiting: Waiting, _ now: Instant) -> String {
    let seconds = now.seconds(since: waiting.since)
    return seconds > 5 ? "late: \(waiting.work) by \(seconds) s\n" : ""
  }

  /// The work that is overdue for longest.
  private struct Waiting {
    let work: String
    let since: Instant

    /// What an operator looks at first.
    var question: String { work == "mail" ? "is the mail server there, and `heed work` running?" : "is `heed work` running?" }
  }
}
