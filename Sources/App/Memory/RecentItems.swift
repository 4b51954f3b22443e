import Domain
import HTML
import Postgres
import Web

/// What was shown to somebody, as stored.
struct RecentItem {
  let id: ID<RecentItem>
  let chat: String
  let kind: String
  let thing: ID<Thing>
  let title: String
  /// In codes of ours: why it was suggested, or what was done with it.
  let reason: String
  let state: PlanState
  let surfacedAt: Instant
  let expiresAt: Instant

  /// A page of them, the newest first: none that is over, none in the trash (RULES 8.31).
  static func rows(after: ID<RecentItem>?, _ now: Instant) -> Query<RecentItem> {
    Query(
      """
      SELECT c.id, c.chat, c.kind, c.thing, d.title, c.reason, c.state, c.surfaced_at, c.expires_at FROM recent_context_items c
      JOIN search_documents d ON d.id = c.thing AND d.user_id = c.user_id AND NOT d.trashed
      WHERE c.user_id = (SELECT me()) AND c.expires_at > \(now)
        AND (\(after == nil) OR (c.surfaced_at, c.id) < (SELECT x.surfaced_at, x.id FROM recent_context_items x
          WHERE x.id = \(after)::uuid AND x.user_id = (SELECT me())))
      ORDER BY c.surfaced_at DESC, c.id DESC LIMIT \(PageSize.read)
      """, into: RecentItem.init)
  }

  /// Why, in words.
  func why(_ words: Words) -> String {
    guard chat.utf8.elementsEqual(PlanRow.chat.utf8) else { return EventWords.name(reason, words) }
    let state =
      switch state {
      case .taken: words("Put on the plan of the day")
      case .dismissed: words("Left out of the plan of the day")
      case .shown: words("Was on the plan of a day")
      }
    let reasons = reason.split(separator: " ").compactMap { PlanReason(code: $0) }.map { PlanText.reason($0, words) }
    return reasons.isEmpty ? state : state + ": " + reasons.joined(separator: ", ")
  }
}

/// What Heed takes to be in somebody's hands, for them to read and to erase.
enum RecentItems {
  /// GET /recent
  static func list(_ web: Context) throws -> Response {
    let after = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let after = read.after(as: RecentItem.self)
      try read.finish()
      return after
    }
    return web.list(try RecentPage(PageOf(web.read(RecentItem.rows(after: after, web.now))), web))
  }

  /// POST /recent/:recent/deletion
  static func delete(_ web: Context, _ id: ID<RecentItem>) throws -> Change {
    let isThere: Bool? = try web.db.value(
      "SELECT expires_at > \(web.now) FROM recent_context_items WHERE id = \(id) AND user_id = (SELECT me()) FOR NO KEY UPDATE")
    guard let isThere else { throw Failure.notFound }
    if !isThere { return Change(to: Paths.recent, says: web.words("It was so already."), did: []) }
    try web.db.queue([
      """
      UPDATE recent_context_items SET state = 'shown', day = NULL, reason = '', expires_at = \(web.now)
      WHERE id = \(id) AND user_id = (SELECT me())
      """
    ])
    return Change(to: Paths.recent, says: web.words("Forgotten."), did: [AuditEntry("recent.forgotten", "recent", id.text)])
  }
}

/// The page of it.
struct RecentPage {
  let layout: Layout
  let secret: CSRFField
  let back = Paths.recent.text
  let rows: [Row]
  let next: Path?
  let empty: EmptyState?
  let places = MemoryPlaces()

  struct Row {
    let mark: String
    let title: String
    let path: Path?
    let why: String
    let time: TimeText
    let deletion: Path
  }

  init(_ page: PageOf<RecentItem>, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Recent things"), .plan, web)
    secret = layout.secret
    rows = page.rows.enumerated().map { number, item in
      Row(
        mark: "r\(number)", title: item.title, path: ThingKind(rawValue: item.kind).map { ThingRef($0, item.thing).path },
        why: item.why(words), time: TimeText(item.surfacedAt, person, web.clock), deletion: Paths.deletion(item.id))
    }
    next = page.last.map { Paths.recent.adding("after", $0.id.text) }
    empty =
      rows.isEmpty
      ? EmptyState(
        icon: "history", title: words("Nothing yet"), text: words("What you had in hand in the last seven days stands here.")) : nil
  }
}
