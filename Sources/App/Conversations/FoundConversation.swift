import Domain
import HTML
import Postgres

/// A conversation that a search found, with how many there are. Spam is found only in its own list (RULES 6.32).
struct FoundConversation {
  let id: ID<Conversation>
  let subject: String
  let customer: String
  let count: Int

  static func search(_ view: SearchView) -> Reading<[SearchPart]> {
    let holding = Query(
      """
      SELECT v.id, v.subject, u.name AS customer, count(*) OVER () AS count FROM conversations v JOIN customers u ON u.id = v.customer_id
      WHERE v.account_id = (SELECT my_account()) AND v.merged_into IS NULL AND v.state <> 'spam'
        AND \(ConversationFilter.holding(view.text))
      ORDER BY v.last_at DESC, v.id DESC LIMIT \(SearchView.most)
      """, into: FoundConversation.init)
    return Reading(rows: holding).map { found in
      let words = view.words
      let rows = found.map {
        SearchPart.Row(
          title: $0.subject.utf8.isEmpty ? words("Without a subject") : $0.subject, path: Paths.conversation($0.id), note: $0.customer)
      }
      return [
        SearchPart(
          "conversations", words("Conversations"), rows, of: found.first?.count ?? 0,
          list: Paths.conversations.adding("state", "all").adding("q", view.text), words)
      ]
    }
  }
}
