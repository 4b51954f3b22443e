import Domain
import HTML
import Postgres
import Web

/// What the list of problems shows, as its address says.
struct ProblemFilter {
  /// `open`: active or watched.
  enum Status: String, CaseIterable { case open, active, monitoring, resolved, archived, all }

  let status: Status
  /// The problem behind which the page begins.
  let after: ID<Problem>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    status = read.choice("status", Status.open)
    after = read.after()
    try read.finish()
  }

  /// A page of them and what follows: what is active first, then the worst, then the newest.
  var rows: Query<Problem> {
    let behind: SQL = """
      (\(after == nil) OR (p.status <> 'active', -coalesce(p.severity, 0), p.id)
        > (SELECT a.status <> 'active', -coalesce(a.severity, 0), a.id FROM problems a WHERE a.id = \(after)::uuid AND a.user_id = (SELECT me())))
      """
    return Problem.mine("\(which) AND \(behind) ORDER BY p.status <> 'active', -coalesce(p.severity, 0), p.id \(PageSize.limit)")
  }

  private var which: SQL {
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
  let rows: [ProblemItem]
  let next: Path?
  let empty: EmptyState?
  let new = Paths.newProblem

  init(_ page: PageOf<Problem>, _ counts: ProblemCounts, _ filter: ProblemFilter, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Problems"), .problems, web)
    let labels: [(ProblemFilter.Status, String, Int)] = [
      (.open, words("Not over", context: "problems"), counts.active + counts.monitoring),
      (.active, words("Active", context: "problems"), counts.active),
      (.monitoring, words("Being watched", context: "problem"), counts.monitoring),
      (.resolved, words("Resolved", context: "problems"), counts.resolved),
      (.archived, words("Archived", context: "problems"), counts.archived), (.all, words("All", context: "problems"), counts.all),
    ]
    chips = Chips(
      labels.map { status, label, count in
        Chip(path: filter.path(status), label: label, count: String(count), isCurrent: status == filter.status)
      })
    rows = page.rows.map { ProblemItem($0, words) }
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    empty = page.rows.isEmpty ? ProblemListPage.empty(counts, filter, words) : nil
  }

  private static func empty(_ counts: ProblemCounts, _ filter: ProblemFilter, _ words: Words) -> EmptyState {
    if counts.all == 0 {
      return EmptyState(
        icon: "error", title: words("No problems yet"),
        text: words(
          "A problem is something that is wrong and stays so until something is done. Tasks address it, and it can be in their way."))
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
