import Domain
import HTML
import Postgres
import Web

/// What the list of tasks shows, as its address says.
struct TaskFilter {
  /// `open`: open, in progress or blocked.
  enum Status: String, CaseIterable {
    case open
    case inProgress = "in_progress"
    case blocked, deferred, done, cancelled, archived, all
  }
  /// How they stand there.
  enum View: String, CaseIterable { case list, board, agenda }
  enum DueIn: String, CaseIterable { case any, overdue, today, week, none }
  enum Sort: String, CaseIterable { case plan, due, priority, updated, title }

  let view: View
  let status: Status
  let priority: Int
  let tag: String
  let goal: ID<Goal>?
  /// Who does them.
  let person: ID<KnownPerson>?
  let due: DueIn
  let search: String
  let sort: Sort
  /// The task behind which the page begins.
  let after: ID<Task>?
  /// Whether so many tasks have the tag that the first of a list are found sooner by its order.
  var isTagCommon = false

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    view = read.choice("view", View.list)
    status = read.choice("status", Status.open)
    priority = read.integer("priority", 1...4, 0)
    tag = read.line("tag", 0...TagList.longest)
    let goal = read.raw("goal")
    self.goal = ID<Goal>(goal)
    if self.goal == nil, !goal.utf8.isEmpty { read.complain("goal", words("Choose one of your goals.")) }
    let person = read.raw("person")
    self.person = ID<KnownPerson>(person)
    if self.person == nil, !person.utf8.isEmpty { read.complain("person", words("Choose one of your people.")) }
    due = read.choice("due", DueIn.any)
    search = read.line("q", 0...SearchQuery.longest)
    sort = read.choice("sort", Sort.due)
    after = read.after()
    try read.finish()
  }

  /// Whether anything but the status narrows it.
  var isNarrowed: Bool { priority > 0 || !tag.utf8.isEmpty || goal != nil || person != nil || due != .any || !search.utf8.isEmpty }

  /// The address of the same list from its beginning, with another status or in another view.
  func path(_ status: Status? = nil, in view: View? = nil) -> Path {
    let (status, view) = (status ?? self.status, view ?? self.view)
    return Paths.tasks.adding("view", view == .list ? nil : view.rawValue).adding("status", status == .open ? nil : status.rawValue).adding(
      "priority", priority > 0 ? String(priority) : nil
    )
    .adding("tag", tag.utf8.isEmpty ? nil : tag).adding("goal", goal?.text).adding("person", person?.text)
    .adding("due", due == .any ? nil : due.rawValue)
    .adding("q", search.utf8.isEmpty ? nil : search).adding("sort", sort == .due ? nil : sort.rawValue)
  }
}

extension TaskFilter {
  /// What stands behind the question mark of its address, for a form that is about all of it.
  var query: String { String(decoding: path().text.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst(), as: UTF8.self) }

  /// A person's day, as the list asks for it.
  struct Moment {
    let day: Day
    let now: Instant

    /// Of whoever asks for a page.
    init(_ web: Context) throws {
      (day, now) = (web.clock.habitDate(of: try web.person), web.now)
    }

    init(day: Day, now: Instant) { (self.day, self.now) = (day, now) }
  }

  /// Which of the tasks `t` the list goes through, behind the one that the page begins after.
  func which(_ today: Moment) -> SQL { "\(TaskFilter.state(status)) AND \(narrowing(today)) AND \(behind)" }

  /// Whether the sum of the plan orders it: of tasks that are to be done, where no words are looked for. Others stand by their dates.
  var isByPlan: Bool { sort == .plan && search.utf8.isEmpty && [.open, .inProgress, .blocked].contains(status) }

  /// All of the same, wherever the page begins.
  func all(_ today: Moment) -> SQL { "\(TaskFilter.state(status)) AND \(narrowing(today))" }

  private static func state(_ status: Status) -> SQL {
    switch status {
    case .open: "t.archived_at IS NULL AND t.status IN ('open', 'in_progress')"
    case .inProgress: "t.archived_at IS NULL AND t.status = 'in_progress'"
    case .blocked: "t.archived_at IS NULL AND t.open_blockers > 0 AND t.status IN ('open', 'in_progress')"
    case .deferred: "t.archived_at IS NULL AND t.status = 'deferred'"
    case .done: "t.archived_at IS NULL AND t.status = 'done'"
    case .cancelled: "t.archived_at IS NULL AND t.status = 'cancelled'"
    case .archived: "t.archived_at IS NOT NULL"
    case .all: "t.archived_at IS NULL"
    }
  }

  /// Whether more than some hundred things have a tag.
  static func isCommon(_ tag: String) -> Query<Bool> {
    Query(
      column: """
        SELECT count(*) > 500 FROM (
          SELECT FROM tags g WHERE g.user_id = (SELECT me()) AND g.tag_norm = normal_title(\(tag)) LIMIT 501) x
        """)
  }

  /// But for its status and its words.
  func narrowing(_ today: Moment) -> SQL {
    var parts: SQL =
      switch due {
      case .any: "true"
      case .overdue: "(t.due_at < \(today.now) OR t.due_at IS NULL AND t.due < \(today.day))"
      case .today: "t.due = \(today.day)"
      case .week: "t.due BETWEEN \(today.day) AND \(today.day.advanced(by: 6))"
      case .none: "t.due IS NULL"
      }
    if priority > 0 { parts = "\(parts) AND t.priority = \(priority)" }
    if !tag.utf8.isEmpty {
      // What is asked for each row alone leaves the order to an index.
      parts =
        isTagCommon
        ? """
        \(parts) AND coalesce((SELECT true FROM tags g
          WHERE g.user_id = (SELECT me()) AND g.tag_norm = normal_title(\(tag)) AND g.thing = t.id), false)
        """
        : """
        \(parts) AND t.id IN (SELECT g.thing FROM tags g WHERE g.user_id = (SELECT me()) AND g.tag_norm = normal_title(\(tag)))
        """
    }
    if let goal {
      parts = """
        \(parts) AND t.id IN (SELECT l.from_id FROM entity_links l
          WHERE l.user_id = (SELECT me()) AND l.to_id = \(goal) AND l.type = 'supports_goal')
        """
    }
    if let person { parts = "\(parts) AND t.assignee_id = \(person)" }
    return parts
  }

  var behind: SQL {
    guard let after else { return "true" }
    let here: SQL = "FROM tasks a WHERE a.id = \(after) AND a.user_id = (SELECT me())"
    return switch sort {
    case .plan, .due:
      """
      (coalesce(t.due, 'infinity'), coalesce(t.due_at, 'infinity'), t.id)
        > (SELECT coalesce(a.due, 'infinity'), coalesce(a.due_at, 'infinity'), a.id \(here))
      """
    case .priority:
      """
      (coalesce(t.priority, 5), coalesce(t.due, 'infinity'), t.id) > (SELECT coalesce(a.priority, 5), coalesce(a.due, 'infinity'), a.id \(here))
      """
    case .updated: "(t.updated_at, t.id) < (SELECT a.updated_at, a.id \(here))"
    case .title: "(t.title_norm, t.id) > (SELECT a.title_norm, a.id \(here))"
    }
  }

  /// Each is an index's.
  var order: SQL {
    switch sort {
    case .plan, .due: "ORDER BY coalesce(t.due, 'infinity'), coalesce(t.due_at, 'infinity'), t.id"
    case .priority: "ORDER BY coalesce(t.priority, 5), coalesce(t.due, 'infinity'), t.id"
    case .updated: "ORDER BY t.updated_at DESC, t.id DESC"
    case .title: "ORDER BY t.title_norm, t.id"
    }
  }
}
