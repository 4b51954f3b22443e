import Domain
import HTML
import Postgres

extension Count {
  /// Mails that cannot be read, for whoever may look at them; at most 1,000.
  static let quarantined = Count("quarantined")
}

extension Feature {
  /// What comes to channels: by webhooks, out of mailboxes, and what of it cannot be read.
  static let intake = Feature(
    numbers: Numbers(ofDesk: [.quarantined], "quarantine_numbers()"),
    work: { bench in [MailboxWork(bench).kind] },
    counts: ["mails"],
    jobs: [AttachmentFetch.kind, AcknowledgementWork.kind],
    retention: [QuarantinedMail.retention, DraftFlood.retention],
    sentence: { facts, words in facts.aboutQuarantine(words) },
    auditSubjects: [
      AuditSubject(
        QuarantinedMail.subject,
        """
        SELECT q.id, q.name AS title FROM quarantine q
        WHERE q.id = a.subject_id AND q.account_id = (SELECT my_account()) AND q.state <> 'deleted'
        """
      ) { Paths.quarantined($0) }
    ],
    demo: { stage in try DeskDemo(stage).tell() })
}

extension AuditFacts {
  /// The sentences about mails in quarantine; nil for other entries.
  fileprivate func aboutQuarantine(_ words: Words) -> String? {
    let values: KeyValuePairs = ["name": self["name"]]
    return switch action {
    case "quarantine.taken": words("Took the mail “{name}” out of quarantine.", values)
    case "quarantine.retried": words("Tried to read the mail “{name}” again.", values)
    case "quarantine.deleted": words("Deleted the mail “{name}” from quarantine.", values)
    default: nil
    }
  }
}
