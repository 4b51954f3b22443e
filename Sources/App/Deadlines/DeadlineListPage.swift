import Domain
import HTML
import Postgres
import Web

/// What the list of deadlines shows, as its address says.
struct DeadlineFilter {
  /// `open`: missed, pending or extended.
  enum Status: String, CaseIterable, Bindable { case open, pending, extended, missed, completed, all }

  let status: Status
  let search: String
  /// The deadline behind which the page begins.
  let after: ID<Deadline>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    status = read.choice("status", Status.open)
    search = read.line("q", 0...SearchQuery.longest)
    after = read.after()
    try read.finish()
  }

  /// Which of the deadlines `d` the list goes through, behind the one that the page begins after.
  var which: SQL {
    let here: SQL = "FROM deadlines a WHERE a.id = \(after)::uuid AND a.user_id = (SELECT me())"
    let ahead: SQL =
      "(\(after == nil) OR (d.status <> 'missed', d.due_at, d.id) > (SELECT a.status <> 'missed', a.due_at, a.id \(here)))"
    return switch status {
    case .open: "NOT d.put_away AND d.status <> 'completed' AND \(ahead)"
    case .pending, .extended, .missed: "NOT d.put_away AND d.status <> 'completed' AND d.status = \(status) AND \(ahead)"
    case .completed:
      "d.status = 'completed' AND (\(after == nil) OR (d.completed_at, d.id) < (SELECT a.completed_at, a.id \(here)))"
    case .all: "(\(after == nil) OR d.id < \(after)::uuid)"
    }
  }

  /// Missed first, then by due.
  var order: SQL {
    switch status {
    case .open, .pending, .extended, .missed: "ORDER BY d.status <> 'missed', d.due_at, d.id"
    case .completed: "ORDER BY d.completed_at DESC, d.id DESC"
    case .all: "ORDER BY d.id DESC"
    }
  }

  /// The address of the same list from its beginning.
  func path(_ status: Status? = nil) -> Path {
    let status = status ?? self.status
    return Paths.deadlines.adding("status", status == .open ? nil : status.rawValue)
      .adding("q", search.utf8.isEmpty ? nil : search)
  }
}

/// How many deadlines are in each list.
struct DeadlineCounts {
  let open: Int
  let missed: Int
  let completed: Int
  let all: Int

  static var mine: Query<DeadlineCounts> {
    Query(
      """
      SELECT count(*) FILTER (WHERE status <> 'completed' AND NOT put_away) AS open,
        count(*) FILTER (WHERE status = 'missed' AND NOT put_away) AS missed, count(*) FILTER (WHERE status = 'completed') AS completed, count(*) AS all
      FROM deadlines WHERE user_id = (SELECT me()) AND deleted_at IS NULL
      """, into: DeadlineCounts.init)
  }
}

/// The list of deadlines.
struct DeadlineListPage {
  let layout: Layout
  let chips: Chips
  /// nil: there is nothing to search.
  let filters: WordFilter?
  let rows: [DeadlineItem]
  let secret: CSRFField
  let back: String
  let next: Path?
  let empty: EmptyState?
  let new = Paths.newDeadline

  /// - Parameter last: the deadline behind which the next page begins; nil: there is none.
  init(_ found: [Deadline], next last: ID<Deadline>?, _ counts: DeadlineCounts, _ filter: DeadlineFilter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Deadlines"), .deadlines, web)
    secret = layout.secret
    back = filter.path().text
    let labels: [(DeadlineFilter.Status, String, Int)] = [
      (.open, words("Ahead or missed"), counts.open), (.missed, words("Missed", context: "deadlines"), counts.missed),
      (.completed, words("Completed", context: "deadlines"), counts.completed), (.all, words("All", context: "deadlines"), counts.all),
    ]
    let isAll = filter.search.utf8.isEmpty
    chips = Chips(
      labels.map { status, label, count in
        Chip(path: filter.path(status), label: label, count: isAll ? String(count) : nil, isCurrent: status == filter.status)
      })
    filters =
      counts.all == 0
      ? nil : WordFilter(Paths.deadlines, status: filter.status == .open ? nil : filter.status.rawValue, search: filter.search)
    rows = found.enumerated().map { number, deadline in
      DeadlineItem(DeadlineText(deadline, person, web.clock, words), mark: "r\(number)", words)
    }
    next = last.map { filter.path().adding("after", $0.text) }
    empty = found.isEmpty && last == nil ? DeadlineListPage.empty(counts, filter, words) : nil
  }

  private static func empty(_ counts: DeadlineCounts, _ filter: DeadlineFilter, _ words: Words) -> EmptyState {
    if counts.all == 0 {
      return EmptyState(
        icon: "clock", title: words("No deadlines yet"),
        text: words("A deadline is a time by which something has to be done, and it matters when it is not.") + " "
          + words("A reminder only rings; a deadline is kept or missed, can be put later, and its reminder rings ahead of it."))
    }
    if !filter.search.utf8.isEmpty {
      return EmptyState(
        icon: "search", title: words("Nothing matches"), text: words("No deadline in this list holds these words."),
        way: (words("Clear search and filters"), Paths.deadlines))
    }
    if filter.status == .open {
      return EmptyState(
        icon: "done", title: words("Nothing is due"), text: words("All deadlines are kept."),
        way: (words("Show them"), Paths.deadlines.adding("status", "completed")))
    }
    return EmptyState(
      icon: "search", title: words("Nothing matches"), text: words("No deadline is in this state."),
      way: (words("Show all"), Paths.deadlines.adding("status", "all")))
  }
}

/// One deadline in a list.
struct DeadlineItem {
  let mark: String
  let path: Path
  let title: String
  let status: String
  let badge: StatusBadge
  let due: TimeText
  /// What it was due at before.
  let former: [TimeText]
  let facts: String?
  /// nil: it is completed.
  let completion: Path?
  /// Where its owner says that they have seen it, on Today; nil: it was not missed, or that was seen.
  let look: Path?

  init(_ text: DeadlineText, mark: String, _ words: Words) {
    let deadline = text.deadline
    self.mark = mark
    (path, title) = (Paths.deadline(deadline.id), deadline.title)
    (status, badge, due, former) = (text.status.rawValue, text.badge, text.due, text.formerDues)
    let parts = [text.lateness, deadline.taskTitle, text.importance].compactMap(\.self) + deadline.tags.map { "#" + $0 }
    facts = parts.isEmpty ? nil : parts.joined(separator: " · ")
    completion = deadline.status == .completed ? nil : Paths.completion(deadline.id)
    look = deadline.isToBeSeen ? Paths.look(deadline.id) : nil
  }
}
