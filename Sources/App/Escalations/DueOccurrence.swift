import Domain
import Postgres

/// An occurrence of a reminder as it fires: which one, why, and which ones before it never did (RULES 3.1, 3.4).
struct DueOccurrence {
  /// Why an occurrence fired.
  enum Reason: String, Bindable {
    case due
    case caughtUp = "caught_up"
    case snoozed
    case byHand = "by_hand"
  }

  /// The scheduled instant.
  let at: Instant
  let reason: Reason
  /// How many scheduled ones before it never fired.
  let missed: Int
  /// The first of them.
  let missedFrom: Instant?
  /// Which date of a habit it is for.
  let date: Day?

  init(at: Instant, _ reason: Reason, missed: Int = 0, missedFrom: Instant? = nil, for date: Day? = nil) {
    (self.at, self.reason, self.missed, self.missedFrom, self.date) = (at, reason, missed, missedFrom, date)
  }

  /// What is due of a schedule whose next occurrence, `next`, is not after `now`: only the newest fires and names the others.
  init(due next: Instant, of schedule: Schedule, at now: Instant) {
    let later = schedule.occurrences(after: next, through: now, lastScheduled: next)
    at = later?.newest ?? next
    missed = later?.count ?? 0
    missedFrom = later == nil ? nil : next
    date = nil
    reason = missed > 0 || EscalationCourse.start(due: at, at: now) == now && at != now ? .caughtUp : .due
  }

  /// The same at the end of a snooze.
  var afterSnooze: DueOccurrence { DueOccurrence(at: at, .snoozed, missed: missed, missedFrom: missedFrom) }

  /// What the timeline says.
  var facts: [String: String] {
    var facts = ["reason": reason.rawValue, "occurrence": at.iso]
    if let missedFrom {
      facts["missed"] = String(missed)
      facts["missed_from"] = missedFrom.iso
    }
    return facts
  }
}
