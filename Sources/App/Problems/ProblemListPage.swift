import Domain
import HTML
import Postgres
import Web

/// What the list of problems shows, as its address says.
struct ProblemFilter {
  /// `open`: active or watched.
  enum Status: String, CaseIterable { case open, active, monitoring, resolved, archived, all }

  let status: Status
  let search: String
  /// The problem behind which the page begins.
  let after: ID<Problem>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    status = read.choice("status", Status.open)
    search = read.line("q", 0...SearchQuery.longest)
    after = read.after()
    try read.finish()
  }

  /// What is active first, then the worst, then the newest.
  var order: SQL { "ORDER BY p.status <> 'active', -coalesce(p.severity, 0), p.id" }

  /// Which of the problems `p` the list goes through, behind the one that the page begins after.
  var which: SQL {
    let behind: SQL = """
      (\(after == nil) OR (p.status <> 'active', -coalesce(p.severity, 0), p.id)
        > (SELECT a.status <> 'active', -coalesce(a.severity, 0), a.id FROM problems a WHERE a.id = \(after)::uuid AND a.user_id = (SELECT me())))
      """
    return "\(state) AND \(behind)"
  }

  private var state: SQL {
    switch status {
    case .open: "p.status IN ('active', 'monitoring')"
    case .active: "p.status = 'active'"
    case .monitoring: "p.status = 'monitoring'"
    case .resolved: "p.status = 'resolved'"
    case .archived: "p.status = 'archived'"
    case .all: "true"
    }
  }

  /// The address of the same list from its beginning.
  func path(_ status: Status? = nil) -> Path {
    let status = status ?? self.status
    return Paths.problems.adding("status", status == .open ? nil : status.rawValue)
      .adding("q", search.utf8.isEmpty ? nil : search)
  }
}

/// How many problems are in each status.
struct ProblemCounts {
  let active: Int
  let monitoring: Int
  let resolved: Int
  let archived: Int

  static var mine: Query<ProblemCounts> {
    Query(
      """
      SELECT count(*) FILTER (WHERE status = 'active') AS active, count(*) FILTER (WHERE status = 'monitoring') AS monitoring,
        count(*) FILTER (WHERE status = 'resolved') AS resolved, count(*) FILTER (WHERE status = 'archived') AS archived
      FROM problems WHERE user_id = (SELECT me()) AND deleted_at IS NULL
      """, into: ProblemCounts.init)
  }

  var all: Int { active + monitoring + resolved + archived }
}

/// The list of problems.
struct ProblemListPage {
  let layout: Layout
  let chips: Chips
  /// nil: there is nothing to search.
  let filters: WordFilter?
  let rows: [ProblemItem]
  let next: Path?
  let empty: EmptyState?
  let new = Paths.newProblem

  /// - Parameter last: the problem behind which the next page begins; nil: there is none.
  init(_ found: [Problem], next last: ID<Problem>?, _ counts: ProblemCounts, _ filter: ProblemFilter, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Problems"), .problems, web)
    let labels: [(ProblemFilter.Status, String, Int)] = [
      (.open, words("Not over", context: "problems"), counts.active + counts.monitoring),
      (.active, words("Active", context: "problems"), counts.active),
      (.monitoring, words("Being watched", context: "problem"), counts.monitoring),
      (.resolved, words("Resolved", context: "problems"), counts.resolved),
      (.archived, words("Archived", context: "problems"), counts.archived), (.all, words("All", context: "problems"), counts.all),
    ]
    let isAll = filter.search.utf8.isEmpty
    chips = Chips(
      labels.map { status, label, count in
        Chip(path: filter.path(status), label: label, count: isAll ? String(count) : nil, isCurrent: status == filter.status)
      })
    filters =
      counts.all == 0
      ? nil : WordFilter(Paths.problems, status: filter.status == .open ? nil : filter.status.rawValue, search: filter.search)
    rows = found.map { ProblemItem($0, words) }
    next = last.map { filter.path().adding("after", $0.text) }
    empty = found.isEmpty && last == nil ? ProblemListPage.empty(counts, filter, words) : nil
  }

  private static func empty(_ counts: ProblemCounts, _ filter: ProblemFilter, _ words: Words) -> EmptyState {
    if counts.all == 0 {
      return EmptyState(
        icon: "error", title: words("No problems yet"),
        text: words(
          "A problem is something that is wrong and stays so until something is done. Tasks address it, and it can be in their way."))
    }
    if !filter.search.utf8.isEmpty {
      return EmptyState(
        icon: "search", title: words("Nothing matches"), text: words("No problem in this list holds these words."),
        way: (words("Clear search and filters"), Paths.problems))
    }
    if filter.status == .open {
      return EmptyState(
        icon: "done", title: words("No problem is open"), text: words("What was resolved stands in its own list."),
        way: (words("Show them"), Paths.problems.adding("status", "resolved")))
    }
    return EmptyState(
      icon: "search", title: words("Nothing matches"), text: words("No problem is in this state."),
      way: (words("Show all"), Paths.problems.adding("status", "all")))
  }
}

/// One problem in a list.
struct ProblemItem {
  let path: Path
  let title: String
  let status: String
  let badge: StatusBadge
  let facts: String?
  let question: String?

  init(_ problem: Problem, _ words: Words) {
    (path, title, status) = (Paths.problem(problem.id), problem.title, problem.status.rawValue)
    (badge, facts) = (ProblemText.badge(problem.status, words), ProblemText.facts(problem, words))
    question = ProblemText.question(problem, words)
  }
}
