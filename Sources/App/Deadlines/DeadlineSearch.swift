import Domain
import HTML
import Postgres
import Web

/// Finds the deadlines that hold some words in their title or notes, in the order of the list.
enum DeadlineSearch {
  typealias Found = (rows: [Deadline], next: ID<Deadline>?, counts: DeadlineCounts)

  /// A page of the list: of all that it is about, or of those that hold its words.
  static func page(_ filter: DeadlineFilter, _ web: Context) throws -> Found {
    let none = DeadlineCounts(open: 0, missed: 0, completed: 0, all: 0)
    if filter.search.utf8.isEmpty {
      let (found, counts) = try web.read(filter.rows, DeadlineCounts.mine)
      let page = PageOf(found)
      return (page.rows, page.last?.id, counts.first ?? none)
    }
    let (walked, counts) = try web.read(walk(filter), DeadlineCounts.mine)
    let page = WordWalk.page(walked)
    if page.rows.isEmpty { return ([], page.last, counts.first ?? none) }
    let rows: [Deadline] = try web.read(Deadline.mine("d.id = ANY (\(page.rows)) \(filter.order)"))
    return (rows, page.last, counts.first ?? none)
  }

  /// The deadlines of the list in its order, each with whether it holds the words, letter case and marks aside.
  static func walk(_ filter: DeadlineFilter) -> Query<(ID<Deadline>, Bool)> {
    Query(
      tuple: """
        SELECT w.id, \(WordWalk.holds(filter.search)) AS holds
        FROM (SELECT d.id, d.title, d.description, row_number() OVER (\(filter.order)) AS n FROM deadlines d
          WHERE d.user_id = (SELECT me()) AND d.deleted_at IS NULL AND \(filter.which) \(filter.order) LIMIT \(WordWalk.steps)) w ORDER BY w.n
        """)
  }
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
