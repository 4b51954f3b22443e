import Domain
import HTML
import Postgres
import Web

extension GoalFilter {
  /// A page of them and what follows, in the order of the list: what is due first is first, of what is over the newest.
  func rows(on today: Day) -> Query<Goal> {
    let here: SQL = "(SELECT a FROM goals a WHERE a.id = \(after) AND a.user_id = (SELECT me()))"
    let byDeadline: SQL = """
      (\(after == nil) OR (coalesce(g.deadline, 'infinity'), g.id) > (coalesce((\(here)).deadline, 'infinity'), \(after)::uuid))
      ORDER BY coalesce(g.deadline, 'infinity'), g.id LIMIT \(PageSize.read)
      """
    switch status {
    case .active: return Goal.mine("g.status = 'active' AND \(byDeadline)")
    case .overdue: return Goal.mine("g.status = 'active' AND g.deadline < \(today) AND \(byDeadline)")
    case .completed:
      return Goal.mine(
        """
        g.status = 'completed' AND (\(after == nil) OR (g.completed_at, g.id) < ((\(here)).completed_at, \(after)::uuid))
        ORDER BY g.completed_at DESC, g.id DESC LIMIT \(PageSize.read)
        """)
    case .archived: return Goal.mine("g.status = 'archived' AND \(byAge)")
    case .all: return Goal.mine(byAge)
    }
  }

  private var byAge: SQL { "(\(after == nil) OR g.id < \(after)::uuid) ORDER BY g.id DESC LIMIT \(PageSize.read)" }
}

/// How many goals are in each status of the list.
struct GoalCounts {
  let active: Int
  let overdue: Int
  let completed: Int
  let archived: Int

  static func mine(on today: Day) -> Query<GoalCounts> {
    Query(
      """
      SELECT count(*) FILTER (WHERE status = 'active') AS active, count(*) FILTER (WHERE status = 'active' AND deadline < \(today)) AS overdue,
        count(*) FILTER (WHERE status = 'completed') AS completed, count(*) FILTER (WHERE status = 'archived') AS archived
      FROM goals WHERE user_id = (SELECT me()) AND deleted_at IS NULL
      """, into: GoalCounts.init)
  }

  var all: Int { active + completed + archived }
}

/// The list of goals.
struct GoalListPage {
  let layout: Layout
  let chips: Chips
  let rows: [GoalItem]
  let next: Path?
  let empty: EmptyState?
  let new = Paths.newGoal

  struct EmptyState {
    let icon: String
    let title: String
    let text: String
    /// Nothing was ever made.
    let isFirst: Bool
    let back: Path
  }

  init(_ found: [Goal], _ counts: GoalCounts, _ filter: GoalFilter, today: Day, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Goals"), .goals, web)
    let labels: [(GoalFilter.Status, String, Int)] = [
      (.active, words("Active", context: "list"), counts.active), (.overdue, words("Overdue"), counts.overdue),
      (.completed, words("Completed"), counts.completed), (.archived, words("Archived", context: "list"), counts.archived),
      (.all, words("All", context: "list"), counts.all),
    ]
    chips = Chips(
      labels.map { status, label, count in
        Chip(
          path: status == .active ? Paths.goals : Paths.goals.adding("status", status.rawValue), label: label, count: String(count),
          isCurrent: status == filter.status)
      })
    let page = PageOf(found)
    rows = page.rows.map { GoalItem(GoalText($0, person, today: today, words)) }
    next = page.last.map { filter.path.adding("after", $0.id.text) }
    empty = found.isEmpty ? GoalListPage.empty(counts, filter, words) : nil
  }

  private static func empty(_ counts: GoalCounts, _ filter: GoalFilter, _ words: Words) -> EmptyState {
    if counts.all == 0 {
      return EmptyState(
        icon: "goals", title: words("No goals yet"),
        text: words(
          "A goal is something you want to reach once. Break it into steps, set a last day if it has one, and let habits serve it."),
        isFirst: true, back: Paths.newGoal)
    }
    let isOver = filter.status == .active && counts.completed > 0
    return EmptyState(
      icon: isOver ? "done" : "search", title: isOver ? words("No goal is open") : words("Nothing matches"),
      text: isOver ? words("What you completed stands in its own list.") : words("No goal is in this state."), isFirst: false,
      back: isOver ? Paths.goals.adding("status", "completed") : Paths.goals.adding("status", "all"))
  }
}

/// One goal in a list.
struct GoalItem {
  let path: Path
  let title: String
  let status: String
  let badge: StatusBadge
  let category: String
  let deadline: String?
  let took: String?
  let progress: String
  let progressWords: String
  /// Of 100.
  let width: Int

  init(_ text: GoalText) {
    path = Paths.goal(text.goal.id)
    title = text.goal.title
    (status, badge, category) = (text.status, text.badge, text.category)
    (deadline, took) = (text.goal.status == .completed ? nil : text.deadline, text.took)
    (progress, progressWords) = (text.course.progress.fact, text.progress)
    width = text.course.progress.percent
  }
}
