import HTML
import Postgres

extension Feature {
  /// What happened, and what came of it.
  static let memory = Feature(
    work: { bench in [MemoryRounds(bench).kind] },
    counts: ["memories"],
    jobs: [SummaryWork.kind],
    sentence: { facts, words in facts.aboutMemory(words) },
    detail: { name, words in AuditFacts.memoryDetail(name, words) },
    auditSubjects: [
      AuditSubject(
        "summary",
        "SELECT id, period AS title FROM memory_summaries WHERE id = a.subject_id AND user_id = (SELECT me()) AND deleted_at IS NULL"
      ) { Paths.summary($0) }
    ])
}

extension AuditFacts {
  /// The sentences about summaries; nil for other entries.
  func aboutMemory(_ words: Words) -> String? {
    let values: KeyValuePairs = ["period": self["period"]]
    return switch action {
    case "summary.corrected": words("Corrected the summary of {period}.", values)
    case "summary.rebuilt": words("Made the summary of {period} anew.", values)
    case "summary.deleted": words("Deleted the summary of {period}.", values)
    case "recent.forgotten": words("Took something off the list of recent things.")
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func memoryDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "type": words("Kind")
    case "period": words("Period")
    default: nil
    }
  }
}
