import HTML
import Postgres

extension NavSection {
  static let tasks = NavSection(
    group: .planner, path: Paths.tasks, label: { words in words("Tasks") }, icon: "check", key: "t",
    count: { $0[.openTasks] + $0[.startedTasks] }, counted: { words in words("open") })
}

extension Count {
  // Of tasks, by status; those that wait are among the open and the started ones.
  static let openTasks = Count("openTasks")
  static let startedTasks = Count("startedTasks")
  static let deferredTasks = Count("deferredTasks")
  static let doneTasks = Count("doneTasks")
  static let cancelledTasks = Count("cancelledTasks")
  static let archivedTasks = Count("archivedTasks")
  static let blockedTasks = Count("blockedTasks")
}

extension Feature {
  /// What is to be done, what waits for what, and what was thrown away.
  static let tasks = Feature(
    section: .tasks,
    numbers: Numbers(
      [.openTasks, .startedTasks, .deferredTasks, .doneTasks, .cancelledTasks, .archivedTasks, .blockedTasks],
      "SELECT ARRAY[open, in_progress, deferred, done, cancelled, archived, blocked] FROM task_counts WHERE user_id = (SELECT me())"),
    today: { day in FreedSection.today(day) },
    search: { view in FoundTask.search(view) },
    work: { bench in TaskWork(bench).kinds },
    follows: { change, web in try TaskWork.follow(change, web) },
    jobs: [TaskBatchWork.kind],
    retention: [
      // With what it holds.
      Retention("deletions", days: 30) { before in
        "DELETE FROM deletions WHERE id IN (SELECT id FROM deletions WHERE at < \(before) ORDER BY at LIMIT \(Chore.slice))"
      },
      // They can be used for a day; for another they say that it is over.
      Retention("undos", days: 2) { before in
        "DELETE FROM undos WHERE id IN (SELECT id FROM undos WHERE at < \(before) ORDER BY at LIMIT \(Chore.slice))"
      },
      Retention("task_batches", days: 30) { before in
        """
        DELETE FROM task_batches WHERE id IN (
          SELECT id FROM task_batches WHERE created_at < \(before) ORDER BY created_at LIMIT \(Chore.slice))
        """
      },
    ],
    sentence: { facts, words in facts.aboutTasks(words) },
    detail: { name, words in AuditFacts.taskDetail(name, words) },
    auditSubjects: [
      AuditSubject("task", "SELECT id, title FROM tasks WHERE id = a.subject_id AND user_id = (SELECT me()) AND deleted_at IS NULL") {
        Paths.task($0)
      }
    ])
}
