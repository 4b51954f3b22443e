import Domain
import HTML
import Postgres
import Web

extension Problem: WordRow {
  static let table: Columns = "problems"
  static let letter: Columns = "p"
}

extension ProblemFilter: WordList {
  typealias Row = Problem
  var counts: Query<ProblemCounts> { ProblemCounts.mine }
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
