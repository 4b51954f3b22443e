import Domain
import HTML
import Postgres
import Web

extension Deadline: WordRow {
  static let table: Columns = "deadlines"
  static let letter: Columns = "d"
}

extension DeadlineFilter: WordList {
  typealias Row = Deadline
  var counts: Query<DeadlineCounts> { DeadlineCounts.mine }
}

/// A deadline that the search everywhere found, with how many there are.
struct FoundDeadline {
  let id: ID<Deadline>
  let title: String
  let status: DeadlineStatus
  let dueAt: Instant
  let count: Int

  /// Those that are open first, of these what is due first.
  static func holding(_ text: String) -> Query<FoundDeadline> {
    Query(
      """
      SELECT w.id, w.title, w.status, w.due_at, count(*) OVER () AS count FROM deadlines w
      WHERE w.user_id = (SELECT me()) AND w.deleted_at IS NULL AND (\(WordWalk.holds(text)))
      ORDER BY w.status = 'completed', w.due_at, w.id LIMIT \(SearchView.most)
      """, into: FoundDeadline.init)
  }

  static func search(_ view: SearchView) -> Reading<[SearchPart]> {
    Reading(rows: holding(view.text)).map { found in
      let (words, person) = (view.words, view.person)
      let rows = found.map { it in
        let due = TimeWords.dayTime(it.dueAt, person.zone, person.language, now: view.now)
        let note =
          switch it.status {
          case .completed: words("Completed", context: "deadline")
          case .missed: words("Missed", context: "deadline")
          case .pending, .extended: due
          }
        return SearchPart.Row(title: it.title, path: Paths.deadline(it.id), note: note)
      }
      let list = Paths.deadlines.adding("status", "all").adding("q", view.text)
      return [SearchPart("found-deadlines", words("Deadlines"), rows, of: found.first?.count ?? 0, list: list, words)]
    }
  }
}
