import Domain
import HTML
import Postgres
import Web

/// The list of tasks.
struct TaskListPage {
  let layout: Layout
  /// What is wrong with what was asked of many.
  let summary: ErrorSummary?
  let views: TaskViews
  let chips: Chips
  /// nil: there is nothing to narrow.
  let filters: Filters?
  let rows: [TaskItem]
  let secret: CSRFField
  let bulk: TaskBulkBar?
  let back: String
  let next: Path?
  let empty: EmptyState?
  let new = Paths.newTask
  let trash = Paths.trash
  let files = Paths.importingTasks

  struct Filters {
    let action = Paths.tasks
    let hidden: [HiddenField]
    let search: String
    let due: Select
    let priority: Select
    let sort: Select
    let tag: TextField
    /// Whether any of them is set.
    let isOpen: Bool
  }

  /// - Parameter state: of the bar below it.
  init(_ page: PageOf<Task>, _ filter: TaskFilter, today: Day, _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    var make = FieldBuilder(state)
    views = TaskViews(filter, words)
    layout = try Layout(words("Tasks"), .tasks, web)
    secret = layout.secret
    back = filter.path().text
    let counts = person.counts
    let labels: [(TaskFilter.Status, String, Int)] = [
      (.open, words("To do", context: "tasks"), counts[.openTasks] + counts[.startedTasks]),
      (.inProgress, words("In progress", context: "task"), counts[.startedTasks]),
      (.blocked, words("Waiting", context: "tasks"), counts[.blockedTasks]),
      (.deferred, words("Deferred", context: "tasks"), counts[.deferredTasks]),
      (.done, words("Done", context: "tasks"), counts[.doneTasks]),
      (.cancelled, words("Cancelled", context: "tasks"), counts[.cancelledTasks]),
      (.archived, words("Archived", context: "tasks"), counts[.archivedTasks]),
      (.all, words("All", context: "tasks"), TaskListPage.all(counts)),
    ]
    chips = Chips(
      labels.map { status, label, count in
        // Nobody counts what is left of each where the list is narrowed.
        Chip(path: filter.path(status), label: label, count: filter.isNarrowed ? nil : String(count), isCurrent: status == filter.status)
      })
    let isNothing = TaskListPage.all(counts) + counts[.archivedTasks] == 0
    filters = isNothing ? nil : Filters(filter, words)
    let texts = page.rows.map { TaskText($0, person, today: today, web.clock, words) }
    let isByDay = filter.sort == .due || filter.sort == .plan && !filter.isByPlan
    let headings = texts.map { isByDay ? $0.heading : nil }
    rows = texts.indices.map { place in
      // Put into words where it is another than the one above.
      let isNew = isByDay && (place == 0 || headings[place] != headings[place - 1])
      return TaskItem(texts[place], at: place, day: isNew ? texts[place].day : nil)
    }
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    let isEmpty = page.rows.isEmpty && page.last == nil
    bulk = isEmpty ? nil : TaskBulkBar(filter, &make, layout.secret, words)
    summary = make.summary
    let doneToday = isEmpty && filter.status == .open ? try TaskListPage.doneToday(today, person, web) : 0
    empty = isEmpty ? TaskListPage.empty(counts, filter, doneToday: doneToday, words) : nil
  }

  private static func all(_ counts: Counts) -> Int {
    counts[.openTasks] + counts[.startedTasks] + counts[.deferredTasks] + counts[.doneTasks] + counts[.cancelledTasks]
  }

  /// How many were done since the person's day began.
  private static func doneToday(_ today: Day, _ person: Person, _ web: Context) throws -> Int {
    let beginning = person.zone.start(of: today).advanced(hours: person.dayStart)
    let counted: [Int] = try web.read(
      Query(
        column: """
          SELECT count(*) FROM tasks t WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.archived_at IS NULL AND t.status = 'done'
            AND t.completed_at >= \(beginning)
          """))
    return counted.first ?? 0
  }

  /// Which of three it is: nothing yet, nothing matches, everything done.
  private static func empty(_ counts: Counts, _ filter: TaskFilter, doneToday: Int, _ words: Words) -> EmptyState {
    if all(counts) + counts[.archivedTasks] == 0 {
      return EmptyState(
        icon: "check", title: words("No tasks yet"),
        text: words("A task is something to do once, or again and again. It can have a day, wait for others, and have subtasks."))
    }
    if filter.isNarrowed {
      return EmptyState(
        icon: "search", title: words("Nothing matches"), text: words("No task in this list is like that."),
        way: (words("Clear search and filters"), Paths.tasks.adding("status", filter.status == .open ? nil : filter.status.rawValue)))
    }
    if filter.status == .open, counts[.doneTasks] == 0 {
      return EmptyState(
        icon: "done", title: words("Nothing is to be done now"), text: words("What was put off or cancelled stands in its own list."),
        way: (words("Show all"), Paths.tasks.adding("status", "all")))
    }
    if filter.status == .open {
      return EmptyState(
        icon: "done", title: words("Everything is done"),
        text: doneToday > 0
          ? words.count("{n} task was done today.", "{n} tasks were done today.", doneToday)
          : words.count("{n} task is done.", "{n} tasks are done.", counts[.doneTasks]),
        way: (words("Show them"), Paths.tasks.adding("status", "done")))
    }
    return EmptyState(
      icon: "search", title: words("Nothing matches"), text: words("No task is in this state."),
      way: (words("Show all"), Paths.tasks.adding("status", "all")))
  }
}

extension TaskListPage.Filters {
  init(_ filter: TaskFilter, _ words: Words) {
    var make = FieldBuilder()
    let kept: [(String, String?)] = [
      ("status", filter.status == .open ? nil : filter.status.rawValue), ("goal", filter.goal?.text), ("person", filter.person?.text),
    ]
    hidden = kept.compactMap { name, value in value.map { HiddenField(name: name, value: $0) } }
    search = filter.search
    due = make.choice(
      "due", words("Due"), filter.due.rawValue,
      [
        ("any", words("Whenever")), ("overdue", words("Overdue", context: "tasks")), ("today", words("Today")),
        ("week", words("Within a week")), ("none", words("No date")),
      ])
    priority = make.choice(
      "priority", words("Priority"), filter.priority == 0 ? "" : String(filter.priority),
      TaskText.options(words("Any", context: "priority"), (1...4).map { (String($0), TaskText.priority($0, words)) }))
    sort = make.choice(
      "sort", words("Order"), filter.sort.rawValue,
      [
        ("plan", words("As planned")), ("due", words("By due date")), ("priority", words("By priority")),
        ("updated", words("Last changed first")), ("title", words("By name")),
      ])
    tag = make.text("tag", words("Tag"), filter.tag, maxLength: TagList.longest)
    isOpen = filter.priority > 0 || !filter.tag.utf8.isEmpty || filter.due != .any || filter.sort != .due
  }
}

/// The bar below a list that changes all ticked rows, or all of the list.
struct TaskBulkBar {
  let action = Paths.bulkTasks
  let secret: CSRFField
  let back: HiddenField
  let list: HiddenField
  let until: TextField
  let priority: Select
  let tag: TextField

  init(_ filter: TaskFilter, _ make: inout FieldBuilder, _ secret: CSRFField, _ words: Words) {
    self.secret = secret
    back = HiddenField(name: "next", value: filter.path().text)
    list = HiddenField(name: "list", value: filter.query)
    until = make.text("until", words("Put off until"), help: words("Without a day: someday."), type: "date", optional: true)
    priority = make.choice("priority", words("Priority"), "", TaskText.priorities(words))
    tag = make.text("tag", words("Tag"), optional: true, maxLength: TagList.longest)
  }
}

/// One task in a list.
struct TaskItem {
  /// A heading above it; nil: as above the one before.
  let day: String?
  /// The id of its title.
  let mark: String
  let id: String
  let path: Path
  let title: String
  let status: String
  let badge: StatusBadge
  let blocked: String
  let due: String
  let facts: String?
  /// nil: it is closed.
  let completion: Path?

  init(_ text: TaskText, at number: Int, day: String?) {
    let task = text.task
    (self.day, mark, id) = (day, "r\(number)", task.id.text)
    (path, title) = (Paths.task(task.id), task.title)
    (status, badge, facts) = (text.status, text.badge, text.facts)
    (blocked, due) = (task.isBlocked ? "true" : "false", text.dueFact ?? "")
    completion = task.status.isClosed || task.isArchived ? nil : Paths.completion(task.id)
  }
}
