import Domain
import HTML
import Postgres
import Web

/// Finds the problems that hold some words in their title or notes, in the order of the list.
enum ProblemSearch {
  typealias Found = (rows: [Problem], next: ID<Problem>?, counts: ProblemCounts)

  /// A page of the list: of all that it is about, or of those that hold its words.
  static func page(_ filter: ProblemFilter, _ web: Context) throws -> Found {
    let none = ProblemCounts(active: 0, monitoring: 0, resolved: 0, archived: 0)
    if filter.search.utf8.isEmpty {
      let (found, counts) = try web.read(filter.rows, ProblemCounts.mine)
      let page = PageOf(found)
      return (page.rows, page.last?.id, counts.first ?? none)
    }
    let (walked, counts) = try web.read(walk(filter), ProblemCounts.mine)
    let page = WordWalk.page(walked)
    if page.rows.isEmpty { return ([], page.last, counts.first ?? none) }
    let rows: [Problem] = try web.read(Problem.mine("p.id = ANY (\(page.rows)) \(filter.order)"))
    return (rows, page.last, counts.first ?? none)
  }

  /// The problems of the list in its order, each with whether it holds the words, letter case and marks aside.
  static func walk(_ filter: ProblemFilter) -> Query<(ID<Problem>, Bool)> {
    Query(
      tuple: """
        SELECT w.id, \(WordWalk.holds(filter.search)) AS holds
        FROM (SELECT p.id, p.title, p.description, row_number() OVER (\(filter.order)) AS n FROM problems p
          WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND \(filter.which) \(filter.order) LIMIT \(WordWalk.steps)) w ORDER BY w.n
        """)
  }
}

/// A problem that the search everywhere found, with how many there are.
struct FoundProblem {
  let id: ID<Problem>
  let title: String
  let status: ProblemStatus
  let count: Int

  /// Those that are active first, of these the worst.
  static func holding(_ text: String) -> Query<FoundProblem> {
    Query(
      """
      SELECT w.id, w.title, w.status, count(*) OVER () AS count FROM problems w
      WHERE w.user_id = (SELECT me()) AND w.deleted_at IS NULL AND (\(WordWalk.holds(text)))
      ORDER BY w.status <> 'active', -coalesce(w.severity, 0), w.id LIMIT \(SearchView.most)
      """, into: FoundProblem.init)
  }

  static func search(_ view: SearchView) -> Reading<[SearchPart]> {
    Reading(rows: holding(view.text)).map { found in
      let words = view.words
      let rows = found.map { SearchPart.Row(title: $0.title, path: Paths.problem($0.id), note: ProblemText.badge($0.status, words).label) }
      let list = Paths.problems.adding("status", "all").adding("q", view.text)
      return [SearchPart("problems", words("Problems"), rows, of: found.first?.count ?? 0, list: list, words)]
    }
  }
}
