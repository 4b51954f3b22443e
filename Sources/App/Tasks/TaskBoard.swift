import Domain
import HTML
import Postgres
import Web

/// A column of the board, and what moves a card into it.
enum TaskColumn: String, CaseIterable {
  case open
  case inProgress = "in_progress"
  case deferred, done

  /// As POST /tasks/bulk names it.
  var action: TaskDeed.Name {
    switch self {
    case .open: .reopening
    case .inProgress: .start
    case .deferred: .deferral
    case .done: .completion
    }
  }

  /// Which tasks `t` stand there, in an order that is an index's: what is due first, what was done last.
  fileprivate func which(_ filter: TaskFilter, _ today: TaskFilter.Moment) -> SQL {
    let narrowed = filter.narrowing(today)
    let state: SQL =
      switch self {
      case .open: "t.status = 'open' AND \(narrowed) ORDER BY coalesce(t.due, 'infinity'), coalesce(t.due_at, 'infinity'), t.id"
      case .inProgress:
        "t.status = 'in_progress' AND \(narrowed) ORDER BY coalesce(t.due, 'infinity'), coalesce(t.due_at, 'infinity'), t.id"
      case .deferred: "t.status = 'deferred' AND \(narrowed) ORDER BY t.due, t.id"
      case .done: "t.status = 'done' AND \(narrowed) ORDER BY t.completed_at DESC, t.id DESC"
      }
    return "t.archived_at IS NULL AND \(state) LIMIT \(PageSize.read)"
  }

  fileprivate var count: Count {
    switch self {
    case .open: .openTasks
    case .inProgress: .startedTasks
    case .deferred: .deferredTasks
    case .done: .doneTasks
    }
  }

  fileprivate var status: TaskFilter.Status {
    switch self {
    case .open: .open
    case .inProgress: .inProgress
    case .deferred: .deferred
    case .done: .done
    }
  }

  func name(_ words: Words) -> String {
    switch self {
    case .open: words("Open", context: "tasks")
    case .inProgress: words("In progress", context: "task")
    case .deferred: words("Deferred", context: "tasks")
    case .done: words("Done", context: "tasks")
    }
  }

  fileprivate func empty(_ words: Words) -> String {
    switch self {
    case .open: words("Nothing is waiting to be begun.")
    case .inProgress: words("Nothing is begun.")
    case .deferred: words("Nothing is put off.")
    case .done: words("Nothing is done yet.")
    }
  }
}

/// What the board shows: a page of each column.
struct TaskBoard {
  let columns: [(TaskColumn, PageOf<Task>)]
  let today: Day

  static func read(_ filter: TaskFilter, _ today: TaskFilter.Moment, _ web: Context) throws -> TaskBoard {
    func tasks(_ column: TaskColumn) -> Query<Task> { Task.listed(column.which(filter, today)) }
    let (open, started, deferred, done) = try web.read(tasks(.open), tasks(.inProgress), tasks(.deferred), tasks(.done))
    return TaskBoard(
      columns: [(.open, PageOf(open)), (.inProgress, PageOf(started)), (.deferred, PageOf(deferred)), (.done, PageOf(done))],
      today: today.day)
  }
}

/// Tasks as cards in columns. What script moves by hand, a form moves without it.
struct TaskBoardPage {
  let layout: Layout
  let views: TaskViews
  let columns: [Column]
  let action = Paths.bulkTasks
  let secret: CSRFField
  let back: HiddenField
  let list: HiddenField
  let move: Select
  let new = Paths.newTask

  struct Column {
    let id: String
    let name: String
    /// nil where it is narrowed: nobody counts.
    let count: String?
    let move: String
    let cards: [Card]
    let empty: String
    /// Where the others are; nil: these are all.
    let rest: Path?
  }

  struct Card {
    let id: String
    let mark: String
    let path: Path
    let title: String
    let facts: String?
  }

  init(_ board: TaskBoard, _ filter: TaskFilter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Tasks"), .tasks, web)
    secret = layout.secret
    views = TaskViews(filter, words)
    back = HiddenField(name: "next", value: filter.path().text)
    list = HiddenField(name: "list", value: filter.query)
    var make = FieldBuilder()
    move = make.choice("action", words("Move to"), "", TaskColumn.allCases.map { ($0.action.rawValue, $0.name(words)) })
    columns = board.columns.enumerated().map { number, part in
      let (column, page) = part
      let cards = page.rows.enumerated().map { place, task in
        let text = TaskText(task, person, today: board.today, web.clock, words)
        return Card(
          id: task.id.text, mark: "c\(number)-\(place)", path: Paths.task(task.id), title: task.title, facts: text.brief)
      }
      return Column(
        id: "h-" + column.rawValue, name: column.name(words), count: filter.isNarrowed ? nil : String(person.counts[column.count]),
        move: column.action.rawValue, cards: cards, empty: column.empty(words),
        rest: page.last.map { _ in filter.path(column.status, in: .list) })
    }
  }
}

/// The ways in which tasks can stand on a page.
struct TaskViews {
  let items: [Chip]

  init(_ filter: TaskFilter, _ words: Words) {
    let names: [(TaskFilter.View, String)] = [
      (.list, words("List", context: "view")), (.board, words("Board", context: "view")), (.agenda, words("Agenda", context: "view")),
    ]
    items = names.map { view, name in Chip(path: filter.path(in: view), label: name, count: nil, isCurrent: view == filter.view) }
  }
}
