import Domain
import Postgres

/// A page of the list of conversations: of all that it is about, or of those that hold some words.
enum ConversationSearch {
  static func page(_ filter: ConversationFilter, _ web: Context) throws -> PageOf<Conversation> {
    if filter.search.utf8.isEmpty { return PageOf(try web.read(filter.rows(at: web.now))) }
    let found = try web.read(DeskSearch<Conversation>.holding(filter.search)).first
    guard let query = found?.query, found?.ids?.isEmpty != true else { return PageOf([]) }
    if let ids = found?.ids { return PageOf(try web.read(filter.rows(at: web.now, among: ids))) }
    let (held, ends) = try web.read(walk(filter, query, at: web.now), end(filter, at: web.now))
    let rows = try web.read(filter.rows(at: web.now, among: held + ends))
    return PageOf(rows.filter { held.contains($0.id) }, goingOnAfter: rows.first { ends.contains($0.id) })
  }

  /// Those that hold what a search looked for, in the order of the list: a page and what follows, among as many as a page looks through.
  static func walk(_ filter: ConversationFilter, _ query: String, at now: Instant) -> Query<ID<Conversation>> {
    Query(
      column: """
        SELECT w.id FROM (SELECT v.id FROM conversations v WHERE v.account_id = (SELECT my_account()) AND \(filter.which(at: now))
          \(ConversationFilter.order) LIMIT \(DeskSearchSize.steps)) w
        WHERE door.desk_holds(w.id, \(query)::tsquery) LIMIT \(PageSize.read)
        """)
  }

  /// The last that a page looks through; none: the list ends before.
  private static func end(_ filter: ConversationFilter, at now: Instant) -> Query<ID<Conversation>> {
    Query(
      column: """
        SELECT v.id FROM conversations v WHERE v.account_id = (SELECT my_account()) AND \(filter.which(at: now))
        \(ConversationFilter.order) OFFSET \(DeskSearchSize.steps - 1) LIMIT 1
        """)
  }
}
