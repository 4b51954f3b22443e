import Domain
import HTML

/// The planner's.
extension Paths {
  static let tasks: Path = "/tasks"
  static let newTask: Path = "/tasks/new"
  static let taskPreview: Path = "/tasks/preview"
  static let bulkTasks: Path = "/tasks/bulk"
  static func taskBatch(_ id: ID<TaskBatchJob>) -> Path { "/planner/batches/\(id)" }
  static func taskBatchUndo(_ id: ID<TaskBatchJob>) -> Path { "/planner/batches/\(id)/undo" }
  static func chain(_ id: ID<Task>) -> Path { "/tasks/\(id)/chain" }
  static func asTyped(_ id: ID<Task>) -> Path { "/tasks/\(id)/as-typed" }
  static func task(_ id: ID<Task>) -> Path { "/tasks/\(id)" }
  static func editTask(_ id: ID<Task>) -> Path { "/tasks/\(id)/edit" }
  static func completion(_ id: ID<Task>) -> Path { "/tasks/\(id)/completion" }
  static func reopening(_ id: ID<Task>) -> Path { "/tasks/\(id)/reopening" }
  static func start(_ id: ID<Task>) -> Path { "/tasks/\(id)/start" }
  static func deferral(_ id: ID<Task>) -> Path { "/tasks/\(id)/deferral" }
  static func cancellation(_ id: ID<Task>) -> Path { "/tasks/\(id)/cancellation" }
  static func archival(_ id: ID<Task>) -> Path { "/tasks/\(id)/archival" }
  static func deletion(_ id: ID<Task>) -> Path { "/tasks/\(id)/deletion" }
  static func position(_ id: ID<Task>) -> Path { "/tasks/\(id)/position" }
  static func time(_ id: ID<Task>) -> Path { "/tasks/\(id)/time" }
  /// What takes a deletion back: all is as it was, and rings as it did.
  static func taskRestoration(_ id: ID<Task>) -> Path { "/trash/task/\(id)/restoration?reminders=on" }
  static let deadlines: Path = "/deadlines"
  static let newDeadline: Path = "/deadlines/new"
  static func deadline(_ id: ID<Deadline>) -> Path { "/deadlines/\(id)" }
  static func editDeadline(_ id: ID<Deadline>) -> Path { "/deadlines/\(id)/edit" }
  static func completion(_ id: ID<Deadline>) -> Path { "/deadlines/\(id)/completion" }
  static func reopening(_ id: ID<Deadline>) -> Path { "/deadlines/\(id)/reopening" }
  static func putLater(_ id: ID<Deadline>) -> Path { "/deadlines/\(id)/extension" }
  static func look(_ id: ID<Deadline>) -> Path { "/deadlines/\(id)/look" }
  static func deletion(_ id: ID<Deadline>) -> Path { "/deadlines/\(id)/deletion" }
  /// The same of a deadline.
  static func deadlineRestoration(_ id: ID<Deadline>) -> Path { "/trash/deadline/\(id)/restoration?reminders=on" }
  static let problems: Path = "/problems"
  static let newProblem: Path = "/problems/new"
  static func problem(_ id: ID<Problem>) -> Path { "/problems/\(id)" }
  static func editProblem(_ id: ID<Problem>) -> Path { "/problems/\(id)/edit" }
  static func resolution(_ id: ID<Problem>) -> Path { "/problems/\(id)/resolution" }
  static func monitoring(_ id: ID<Problem>) -> Path { "/problems/\(id)/monitoring" }
  static func reopening(_ id: ID<Problem>) -> Path { "/problems/\(id)/reopening" }
  static func archival(_ id: ID<Problem>) -> Path { "/problems/\(id)/archival" }
  static func deletion(_ id: ID<Problem>) -> Path { "/problems/\(id)/deletion" }
  static func problemRestoration(_ id: ID<Problem>) -> Path { "/trash/problem/\(id)/restoration" }
  static func pause(_ id: ID<Goal>) -> Path { "/goals/\(id)/pause" }
  static func resumption(_ id: ID<Goal>) -> Path { "/goals/\(id)/resumption" }
  static func promotion(_ id: ID<Goal>, _ step: ID<Subtask>) -> Path { "/goals/\(id)/subtasks/\(step.text)/promotion" }
  static let links: Path = "/links"
  static let newLink: Path = "/links/new"
  static func deletion(_ id: ID<EntityLink>) -> Path { "/links/\(id)/deletion" }
  static let inbox: Path = "/inbox"
  static let inboxTriage: Path = "/inbox/triage"
  static let inboxHearing: Path = "/inbox/quick"
  static func triage(_ id: ID<InboxItem>) -> Path { "/inbox/\(id)/triage" }
  static func deletion(_ id: ID<InboxItem>) -> Path { "/inbox/\(id)/deletion" }
  static func restoration(_ id: ID<InboxItem>) -> Path { "/inbox/\(id)/restoration" }
  static func undo(_ id: ID<PlannerUndo>) -> Path { "/undo/\(id)" }
  static let plan: Path = "/plan"
  static let planCarry: Path = "/plan/carry"
  static func planTake(_ id: ID<Task>) -> Path { "/plan/task/\(id)/take" }
  static func planDismissal(_ id: ID<Task>) -> Path { "/plan/task/\(id)/dismissal" }
  static let summaries: Path = "/summaries"
  static func summary(_ id: ID<MemorySummary>) -> Path { "/summaries/\(id)" }
  static func rebuild(_ id: ID<MemorySummary>) -> Path { "/summaries/\(id)/rebuild" }
  static func deletion(_ id: ID<MemorySummary>) -> Path { "/summaries/\(id)/deletion" }
  static let activity: Path = "/activity"
  static let recent: Path = "/recent"
  static func deletion(_ id: ID<RecentItem>) -> Path { "/recent/\(id)/deletion" }

  // The trash; tasks into files and out of them.
  static let trash: Path = "/trash"
  static let trashPurge: Path = "/trash/purge"
  static let importingTasks: Path = "/planner/import"
  static func plannerImport(_ id: ID<PlannerImport>) -> Path { "/planner/import/\(id)" }
  static func confirmation(_ id: ID<PlannerImport>) -> Path { "/planner/import/\(id)/confirmation" }
  static func importUndo(_ id: ID<PlannerImport>) -> Path { "/planner/import/\(id)/undo" }
  static func importDeletion(_ id: ID<PlannerImport>) -> Path { "/planner/import/\(id)/deletion" }
  static func plannerExport(_ format: PlannerFile.Format) -> Path {
    switch format {
    case .todoTxt: "/planner/export.todo.txt"
    case .taskwarrior: "/planner/export.json"
    case .csv, .todoist: "/planner/export.csv"
    case .calendar: "/planner/export.ics"
    }
  }
}
