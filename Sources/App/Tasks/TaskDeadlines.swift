import Domain
import HTML
import Postgres

/// A deadline that a task completes.
struct TaskDeadline {
  let id: ID<Deadline>
  let title: String
  let dueAt: Instant
  let status: String

  /// Those of a task, by their due.
  static func of(_ task: ID<Task>) -> Query<TaskDeadline> {
    Query(
      """
      SELECT id, title, due_at, status FROM deadlines WHERE task_id = \(task) AND user_id = (SELECT me()) AND deleted_at IS NULL
      ORDER BY due_at, id LIMIT 20
      """, into: TaskDeadline.init)
  }
}

/// The deadlines of a task on its page.
struct TaskDeadlines {
  let rows: [Row]
  let new: Path

  struct Row {
    let path: Path
    let title: String
    let due: TimeText
    let status: String
  }

  init(_ deadlines: [TaskDeadline], of task: ID<Task>, _ person: Person, _ clock: PageClock, _ words: Words) {
    rows = deadlines.map {
      Row(
        path: Paths.deadline($0.id), title: $0.title, due: TimeText($0.dueAt, person, clock),
        status: LinkRow.status($0.status, of: .deadline, words))
    }
    new = Paths.newDeadline.adding("task", task.text)
  }
}
