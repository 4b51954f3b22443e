import Domain
import HTML
import Postgres
import Web

extension GoalFilter {
  /// Which of the goals `g` the list goes through, behind the one that the page begins after.
  func which(on today: Day) -> SQL {
    let here: SQL = "(SELECT a FROM goals a WHERE a.id = \(after) AND a.user_id = (SELECT me()))"
    let byDeadline: SQL =
      "(\(after == nil) OR (coalesce(g.deadline, 'infinity'), g.id) > (coalesce((\(here)).deadline, 'infinity'), \(after)::uuid))"
    let byAge: SQL = "(\(after == nil) OR g.id < \(after)::uuid)"
    let reaches: SQL = horizon == nil ? "true" : "g.horizon = \(horizon)"
    let state: SQL =
      switch status {
      case .active: "g.status = 'active' AND \(byDeadline)"
      case .overdue: "g.status = 'active' AND g.deadline < \(today) AND \(byDeadline)"
      case .completed:
        "g.status = 'completed' AND (\(after == nil) OR (g.completed_at, g.id) < ((\(here)).completed_at, \(after)::uuid))"
      case .paused: "g.status = 'paused' AND \(byDeadline)"
      case .archived: "g.status = 'archived' AND \(byAge)"
      case .all: byAge
      }
    return "\(state) AND \(reaches)"
  }

  /// What is due first is first, of what is over the newest.
  var order: SQL {
    switch status {
    case .active, .overdue, .paused: "ORDER BY coalesce(g.deadline, 'infinity'), g.id"
    case .completed: "ORDER BY g.completed_at DESC, g.id DESC"
    case .archived, .all: "ORDER BY g.id DESC"
    }
  }
}

/// How many goals are in each status of the list.
struct GoalCounts {
  let active: Int
  let overdue: Int
  let paused: Int
  let completed: Int
  let archived: Int

  static func mine(on today: Day) -> Query<GoalCounts> {
    Query(
      """
      SELECT count(*) FILTER (WHERE status = 'active') AS active, count(*) FILTER (WHERE status = 'active' AND deadline < \(today)) AS overdue,
        count(*) FILTER (WHERE status = 'paused') AS paused, count(*) FILTER (WHERE status = 'completed') AS completed,
        count(*) FILTER (WHERE status = 'archived') AS archived
      FROM goals WHERE user_id = (SELECT me()) AND deleted_at IS NULL
      """, into: GoalCounts.init)
  }

  var all: Int { active + paused + completed + archived }
}

/// The list of goals.
struct GoalListPage {
  let layout: Layout
  let chips: Chips
  /// nil: there is nothing to search.
  let filters: Filters?
  let rows: [GoalItem]
  let next: Path?
  let empty: EmptyState?
  let new = Paths.newGoal

  struct Filters {
    let action = Paths.goals
    let hidden: [HiddenField]
    let search: String
    let horizon: Select
  }

  /// - Parameter last: the goal behind which the next page begins; nil: there is none.
  init(_ found: [Goal], next last: ID<Goal>?, _ counts: GoalCounts, _ filter: GoalFilter, today: Day, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Goals"), .goals, web)
    let labels: [(GoalFilter.Status, String, Int)] = [
      (.active, words("Active", context: "goals"), counts.active), (.overdue, words("Overdue", context: "goals"), counts.overdue),
      (.paused, words("Paused", context: "goals"), counts.paused),
      (.completed, words("Completed", context: "goals"), counts.completed),
      (.archived, words("Archived", context: "goals"), counts.archived),
      (.all, words("All", context: "goals"), counts.all),
    ]
    // Nobody counts what is left of each where the list is narrowed.
    let isAll = filter.search.utf8.isEmpty && filter.horizon == nil
    chips = Chips(
      labels.map { status, label, count in
        Chip(path: filter.path(status), label: label, count: isAll ? String(count) : nil, isCurrent: status == filter.status)
      })
    let status = filter.status == .active ? [] : [HiddenField(name: "status", value: filter.status.rawValue)]
    var make = FieldBuilder()
    let horizon = make.choice(
      "horizon", words("Horizon"), filter.horizon?.rawValue ?? "", HorizonWords.options(words, none: words("Any", context: "horizon")))
    filters = counts.all == 0 ? nil : Filters(hidden: status, search: filter.search, horizon: horizon)
    rows = found.map { GoalItem(GoalText($0, person, today: today, words)) }
    next = last.map { filter.path().adding("after", $0.text) }
    empty = found.isEmpty ? GoalListPage.empty(counts, filter, words) : nil
  }

  private static func empty(_ counts: GoalCounts, _ filter: GoalFilter, _ words: Words) -> EmptyState {
    if counts.all == 0 {
      return EmptyState(
        icon: "goals", title: words("No goals yet"),
        text: words(
          "A goal is something you want to reach once. Break it into steps, set a last day if it has one, and let habits serve it."))
    }
    if !filter.search.utf8.isEmpty || filter.horizon != nil {
      return EmptyState(
        icon: "search", title: words("Nothing matches"),
        text: filter.horizon == nil ? words("No goal in this list holds these words.") : words("No goal in this list is like that."),
        way: (words("Clear search and filters"), Paths.goals))
    }
    let isOver = filter.status == .active && counts.completed > 0
    return EmptyState(
      icon: isOver ? "done" : "search", title: isOver ? words("No goal is open") : words("Nothing matches"),
      text: isOver ? words("What you completed stands in its own list.") : words("No goal is in this state."),
      way: (words("Show them"), Paths.goals.adding("status", isOver ? "completed" : "all")))
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
  /// nil: there is nothing to count.
  let progress: String?
  let progressWords: String
  /// Of 100.
  let width: Int

  init(_ text: GoalText) {
    path = Paths.goal(text.goal.id)
    title = text.goal.title
    (status, badge, category) = (text.status, text.badge, text.category)
    (deadline, took) = (text.goal.status == .completed ? nil : text.deadline, text.took)
    (progress, progressWords) = (text.course.figure?.fact, text.progress)
    width = text.course.progress.percent
  }
}
