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
      _ = try web.person  // In whose words.
      return ErrorPage.response(422, web, reason: web.words("This link is not complete. Start from the first page."))
    }
    let rows = try web.read(
      Query(
        """
        SELECT a.number, a.at, a.actor, coalesce(a.actor_id = me(), true) AS is_mine, m.display_name AS name, a.action, a.subject, a.payload,
          a.address, s.id AS thing_id, s.title
        FROM (
          SELECT * FROM audit_log
          WHERE account_id = my_account() AND (user_id = me() OR user_id IS NULL) AND number < \(after) ORDER BY number DESC LIMIT \(PageSize.read)
        ) a
        LEFT JOIN LATERAL (\(AuditSubject.found)) s ON true LEFT JOIN door.members() m ON m.id = a.actor_id
        ORDER BY a.number DESC
        """, into: AuditTrailRow.init))
    return web.list(try AuditPage(rows, web))
  }
}

/// An entry as the page shows it.
struct AuditTrailRow {
  let number: Int64
  let at: Instant
  let actor: String
  /// Whether whoever reads it did it.
  let isMine: Bool
  /// Of another member who did it; nil: of nobody who is in the account now.
  let name: String?
  let action: String
  /// What kind of thing was changed: `reminder`, `user`, …
  let subject: String
  /// nil: erased with the person's data.
  let payload: String?
  let address: String
  /// What it is about, as it is now; nil: nothing that has a page, or deleted since.
  let thing: ID<AuditSubject>?
  let title: String?
}

/// The audit page.
struct AuditPage {
  let layout: Layout
  let tabs: SettingsTabs
  let rows: [Row]
  let next: Path?

  struct Row {
    /// `reminder.made`, for tools.
    let kind: String
    let sentence: String
    let path: Path?
    let changes: AuditChanges?
    let time: TimeText
    let actor: String
    let address: String
  }

  init(_ entries: [AuditTrailRow], _ web: Context) throws {
    let person = try web.person
    let words = web.words
    layout = try Layout(words("Audit"), .settings, web)
    tabs = SettingsTabs(.audit, person, words)
    let page = PageOf(entries)
    rows = page.rows.map { entry in
      let told = AuditWords(entry, words) { TimeText($0, person, web.clock) }
      return Row(
        kind: entry.action, sentence: told.sentence, path: entry.thing.flatMap { AuditSubject.path(entry.subject, $0) },
        changes: AuditChanges(told.details),
        time: TimeText(entry.at, person, web.clock), actor: AuditPage.actor(entry, words), address: entry.isMine ? entry.address : "")
    }
    next = page.last.map { Paths.audit.adding("after", String($0.number)) }
  }

  private static func actor(_ entry: AuditTrailRow, _ words: Words) -> String {
    switch entry.actor {
    case "user": entry.isMine ? words("You") : entry.name ?? words("Somebody who has left")
    case "link": words("A signed link")
    case "sms": words("An SMS")
    case "webhook": words("A webhook")
    case "key": words("An API key")
    case "operator": words("The operator")
    default: words("Heed")
    }
  }
}

/// What unfolds below an entry.
struct AuditChanges {
  let details: [AuditWords.Detail]

  /// nil when the sentence says it all.
  init?(_ details: [AuditWords.Detail]) {
    if details.isEmpty { return nil }
    self.details = details
  }
}
