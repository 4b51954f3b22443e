import Domain
import HTML
import Postgres

/// A conversation that a search found, with how many there are. Spam is found only in its own list (RULES 6.32).
struct FoundConversation {
  let id: ID<Conversation>
  let subject: String
  let customer: String
  /// nil: more than are counted.
  let count: Int?

  static func search(_ view: SearchView) -> Reading<[SearchPart]> {
    let shown: SQL = "v.account_id = (SELECT my_account()) AND v.merged_into IS NULL AND v.state <> 'spam'"
    let holding = Query(
      """
      WITH found AS MATERIALIZED (SELECT query, ids FROM \(DeskSearch<Conversation>.call(view.text)))
      SELECT v.id, v.subject, u.name AS customer, x.count FROM (
        (SELECT v.id, count(*) OVER () AS count FROM conversations v
         WHERE v.id = ANY ((SELECT ids FROM found)::uuid[]) AND \(shown) \(ConversationFilter.order) LIMIT \(SearchView.most))
        UNION ALL
        (SELECT w.id, NULL::bigint FROM (
          SELECT v.id FROM conversations v WHERE (SELECT query IS NOT NULL AND ids IS NULL FROM found) AND \(shown)
          \(ConversationFilter.order) LIMIT \(DeskSearchSize.steps)) w
         WHERE door.desk_holds(w.id, (SELECT query::tsquery FROM found)) LIMIT \(SearchView.most))) x
      JOIN conversations v ON v.id = x.id JOIN customers u ON u.id = v.customer_id
      WHERE v.account_id = (SELECT my_account()) \(ConversationFilter.order)
      """, into: FoundConversation.init)
    return Reading(rows: holding).map { found in
      let words = view.words
      let rows = found.map {
        SearchPart.Row(
          title: $0.subject.utf8.isEmpty ? words("Without a subject") : $0.subject, path: Paths.conversation($0.id), note: $0.customer)
      }
      return [
        SearchPart(
          "conversations", words("Conversations"), rows, of: found.isEmpty ? 0 : found[0].count,
          list: Paths.conversations.adding("state", "all").adding("q", view.text), words)
      ]
    }
  }
}
