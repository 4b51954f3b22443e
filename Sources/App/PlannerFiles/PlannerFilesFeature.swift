import HTML
import Postgres

extension Feature {
  /// Tasks out of files, and into them.
  static let plannerFiles = Feature(
    jobs: [PlannerImportWork.kind], retention: FileImport<PlannerImport>.retention("planner_imports"),
    sentence: { facts, words in facts.aboutTaskFiles(words) },
    detail: { name, words in
      switch name {
      case "same": words("What is there already")
      case "in_trash": words("What lies in the trash")
      case "lines": words("Lines", context: "import")
      default: nil
      }
    })
}

extension AuditFacts {
  /// The sentences about files of tasks; nil for other entries.
  func aboutTaskFiles(_ words: Words) -> String? {
    switch action {
    case "task_import.read": words("Looked at a file of tasks.")
    case "task_import.ordered": words("Began to import a file of tasks.")
    case "task_import.made": words("Imported a file of tasks.")
    case "task_import.discarded": words("Discarded a file of tasks.")
    case "task_import.stopped": words("Stopped the import of a file of tasks.")
    case "task_import.undone": words("Took back an import of tasks.")
    default: nil
    }
  }
}
