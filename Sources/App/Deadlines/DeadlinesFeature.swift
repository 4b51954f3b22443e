import Domain
import HTML
import Postgres

extension NavSection {
  static let deadlines = NavSection(
    group: .planner, path: Paths.deadlines, label: { words in words("Deadlines") }, icon: "clock", key: "b",
    count: { $0[.openDeadlines] }, counted: { words in words("open") })
}

extension Count {
  /// Deadlines that are ahead or missed.
  static let openDeadlines = Count("openDeadlines")
}

extension Feature {
  /// What has to be done by an instant.
  static let deadlines = Feature(
    section: .deadlines,
    numbers: Numbers(
      [.openDeadlines],
      "SELECT ARRAY[count(*)::integer] FROM deadlines WHERE user_id = (SELECT me()) AND deleted_at IS NULL AND NOT put_away AND status <> 'completed'"
    ),
    today: { day in DeadlineSection.today(day) },
    search: { view in FoundDeadline.search(view) },
    work: { bench in DeadlineWork(bench).kinds },
    follows: { change, web in try DeadlineFollowing.follow(change, web) },
    counts: ["settled"],
    sentence: { facts, words in facts.aboutDeadlines(words) },
    detail: { name, words in AuditFacts.deadlineDetail(name, words) },
    auditSubjects: [
      AuditSubject(
        Deadline.subject, "SELECT id, title FROM deadlines WHERE id = a.subject_id AND user_id = (SELECT me()) AND deleted_at IS NULL"
      ) { Paths.deadline($0) }
    ])
}

extension AuditFacts {
  /// The sentences about deadlines; nil for other entries.
  func aboutDeadlines(_ words: Words) -> String? {
    let values: KeyValuePairs = ["title": self["title"]]
    return switch action {
    case "deadline.made": words("Set the deadline “{title}”.", values)
    case "deadline.changed": words("Edited the deadline “{title}”.", ["title": self["deadline"]])
    case "deadline.completed": words("Completed the deadline “{title}”.", values)
    case "deadline.reopened": words("Reopened the deadline “{title}”.", values)
    case "deadline.extended": words("Put the deadline “{title}” later.", values)
    case "deadline.seen": words("Saw that the deadline “{title}” was missed.", values)
    case "deadline.deleted": words("Deleted the deadline “{title}”.", values)
    case "deadline.restored": words("Brought back the deadline “{title}”.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func deadlineDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "deadline_type": words("Kind")
    case "deadline_task": words("Completed by the task")
    case "deadline_event": words("Belongs to the event")
    case "remind": words("Remind me")
    case "consequences": words("What if it is missed?")
    case "late": words("Minutes late")
    case "extension_reason": words("Why?")
    default: nil
    }
  }
}
