import Domain
import HTML
import Postgres

/// Finds the tasks of a list, those that hold some words too: a page looks through ``steps`` of them at most, and where few hold the words the next page
/// goes on from there. So no search costs more, whatever a person keeps.
enum TaskSearch {
  /// How many tasks a page looks through.
  static let steps = 1_000

  /// A task on the way.
  struct Step {
    let id: ID<Task>
    let holds: Bool
  }

  /// A page of the list.
  static func page(_ filter: TaskFilter, _ today: TaskFilter.Moment, _ web: Context) throws -> PageOf<Task> {
    if filter.isByPlan { return try PlanOrder.page(filter, today, web) }
    var filter = filter
    if !filter.tag.utf8.isEmpty {
      let isCommon: [Bool] = try web.read(TaskFilter.isCommon(filter.tag))
      filter.isTagCommon = isCommon == [true]
    }
    if filter.search.utf8.isEmpty {
      return PageOf(try web.read(Task.listed("\(filter.which(today)) \(filter.order) LIMIT \(PageSize.read)")))
    }
    let walked = try web.read(walk(filter, today))
    let ids = walked.filter(\.holds).prefix(PageSize.read).map(\.id)
    let isFull = ids.count > PageSize.rows
    let end = walked.count == steps && !isFull ? walked.last?.id : nil
    let wanted = ids + (end.map { [$0] } ?? [])
    if wanted.isEmpty { return PageOf([]) }
    let found = try web.read(Task.listed("t.id = ANY (\(wanted)) \(filter.order)"))
    let rows = found.filter { ids.contains($0.id) }
    return PageOf(rows, goingOnAfter: end.flatMap { end in found.first { $0.id == end } })
  }

  /// Whether a task `w` holds some words. One letter or digit is the beginning of a word (RULES 9.9).
  static func holds(_ text: String) -> SQL {
    let properties = text.unicodeScalars.first?.properties
    if text.unicodeScalars.count == 1, properties?.isAlphabetic == true || properties?.numericType != nil {
      return "strpos(' ' || plain(w.title), ' ' || plain(\(text))) > 0 OR strpos(' ' || plain(w.notes), ' ' || plain(\(text))) > 0"
    }
    return "strpos(plain(w.title), plain(\(text))) > 0 OR strpos(plain(w.notes), plain(\(text))) > 0"
  }

  /// The tasks of the list in its order, each with whether it holds the words, letter case and marks aside.
  static func walk(_ filter: TaskFilter, _ today: TaskFilter.Moment) -> Query<Step> {
    Query(
      """
      SELECT w.id, \(holds(filter.search)) AS holds
      FROM (SELECT t.id, t.title, t.notes, row_number() OVER (\(filter.order)) AS n FROM tasks t
        WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND \(filter.which(today)) \(filter.order) LIMIT \(steps)) w ORDER BY w.n
      """, into: Step.init)
  }
}

/// A task that the search everywhere found, with how many there are.
struct FoundTask {
  let id: ID<Task>
  let title: String
  let status: TaskStatus
  let due: Day?
  let count: Int

  /// Those that are open first, of these what is due first; at most the thousand that changed last are looked through.
  static func holding(_ text: String) -> Query<FoundTask> {
    Query(
      """
      SELECT t.id, t.title, t.status, t.due, count(*) OVER () AS count FROM (
        SELECT * FROM tasks r WHERE r.user_id = (SELECT me()) AND r.deleted_at IS NULL AND r.archived_at IS NULL
        ORDER BY r.updated_at DESC, r.id DESC LIMIT \(TaskSearch.steps)) t
      WHERE strpos(plain(t.title), plain(\(text))) > 0 OR strpos(plain(t.notes), plain(\(text))) > 0
      ORDER BY t.status IN ('done', 'cancelled'), t.due, t.id DESC LIMIT \(SearchView.most)
      """, into: FoundTask.init)
  }

  static func search(_ view: SearchView) -> Reading<[SearchPart]> {
    Reading(rows: holding(view.text)).map { found in
      let words = view.words
      let rows = found.map { it in
        let due = it.status.isClosed ? nil : it.due.map { TimeWords.date($0, view.person.language) }
        return SearchPart.Row(title: it.title, path: Paths.task(it.id), note: due ?? TaskText.name(it.status, words))
      }
      let list = Paths.tasks.adding("status", "all").adding("q", view.text)
      return [SearchPart("tasks", words("Tasks"), rows, of: found.first?.count ?? 0, list: list, words)]
    }
  }
}
