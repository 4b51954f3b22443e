import Domain
import HTML
import Postgres

extension Feature {
  /// The jobs of an account, for those who run it. What is kept of them, and for how long, is the business of ``Feature/jobs``.
  static let monitor = Feature(
    sentence: { facts, words in
      let values: KeyValuePairs = ["job": JobNames.name(facts["type"], words)]
      return switch facts.action {
      case "job.asked": words("Asked for a job: {job}.", values)
      case "job.retried": words("Had a job tried again: {job}.", values)
      case "job.cancelled": words("Stopped a job: {job}.", values)
      default: nil
      }
    },
    auditSubjects: [
      AuditSubject(
        "job",
        "SELECT j.id, j.kind AS title FROM jobs j WHERE j.id = a.subject_id AND j.account_id = (SELECT my_account()) AND j.user_id IS NULL"
      ) { Paths.job($0) }
    ])
}
