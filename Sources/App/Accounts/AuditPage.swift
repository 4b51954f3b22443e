import Domain
import HTML
import Postgres
import Web

/// Who did what, newest first.
enum AuditTrail {
  /// GET /settings/audit
  static func list(_ web: Context) throws -> Response {
    var read = FormReader(web.request.query, web.words)
    let after = read.integer("after", .min ... .max, .max)
    guard read.errors.isEmpty else {
      return ErrorPage.response(422, web, reason: web.words("This link is not complete. Start from the first page."))
    }
    let rows = try web.read(
      Query<AuditTrailRow>(
        """
        SELECT number, at, actor, action, payload, address FROM audit_log
        WHERE account_id = my_account() AND (user_id = me() OR user_id IS NULL) AND number < \(after) ORDER BY number DESC LIMIT 51
        """))
    return web.page(try AuditPage(rows, web))
  }
}

/// An entry as the page shows it.
struct AuditTrailRow: FromRow {
  let number: Int64
  let at: Instant
  let actor: String
  let action: String
  let payload: String?
  let address: String

  init(row: Row) throws(PostgresError) {
    number = try row("number")
    at = try row("at")
    actor = try row("actor")
    action = try row("action")
    payload = try row("payload")
    address = try row("address")
  }
}

/// The audit page.
struct AuditPage {
  let layout: Layout
  let tabs: SettingsTabs
  let rows: [Row]
  let next: Path?

  struct Row {
    let time: TimeText
    let actor: String
    let action: String
    let detail: String
    let address: String
  }

  init(_ entries: [AuditTrailRow], _ web: Context) throws {
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Audit"), .settings, web)
    tabs = SettingsTabs(.audit, words)
    rows = entries.prefix(50).map { entry in
      Row(
        time: TimeText(entry.at, person, now: web.now), actor: AuditPage.actor(entry.actor, words), action: entry.action,
        detail: entry.payload == "{}" ? "" : entry.payload ?? words("erased"), address: entry.address)
    }
    next = entries.count > 50 ? Paths.audit.adding("after", String(entries[49].number)) : nil
  }

  private static func actor(_ name: String, _ words: Words) -> String {
    switch name {
    case "user": words("You")
    case "link": words("A signed link")
    case "key": words("An API key")
    case "operator": words("The operator")
    default: words("Heed")
    }
  }
}
