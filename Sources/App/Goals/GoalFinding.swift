import Domain
import HTML
import Postgres

/// A goal that a search found, with how many there are.
struct FoundGoal {
  let id: ID<Goal>
  let title: String
  let status: GoalStatus
  let deadline: Day?
  let count: Int

  /// Those that are open first, of these what is due first.
  static func holding(_ text: String) -> Query<FoundGoal> {
    Query(
      """
      SELECT g.id, g.title, g.status, g.deadline, count(*) OVER () AS count FROM goals g
      WHERE g.user_id = (SELECT me()) AND g.deleted_at IS NULL
        AND (strpos(plain(g.title), plain(\(text))) > 0 OR strpos(plain(g.description), plain(\(text))) > 0)
      ORDER BY g.status <> 'active', g.deadline, g.id DESC LIMIT \(SearchView.most)
      """, into: FoundGoal.init)
  }

  static func search(_ view: SearchView) -> Reading<[SearchPart]> {
    Reading(rows: holding(view.text)).map { found in
      let words = view.words
      let rows = found.map { it in
        let note =
          switch it.status {
          case .completed: words("Completed", context: "goal")
          case .paused: words("Paused", context: "goal")
          case .archived: words("Archived", context: "goal")
          case .active: it.deadline.map { TimeWords.date($0, view.person.language) } ?? words("Active", context: "goal")
          }
        return SearchPart.Row(title: it.title, path: Paths.goal(it.id), note: note)
      }
      return [
        SearchPart(
          "goals", words("Goals"), rows, of: found.first?.count ?? 0, list: Paths.goals.adding("status", "all").adding("q", view.text),
          words)
      ]
    }
  }
}
