import Domain
import HTML

/// What people are told about a deadline.
struct DeadlineText {
  let deadline: Deadline
  private let person: Person
  private let clock: PageClock
  private let words: Words

  init(_ deadline: Deadline, _ person: Person, _ clock: PageClock, _ words: Words) {
    (self.deadline, self.person, self.clock, self.words) = (deadline, person, clock, words)
  }

  /// The fact `status`: what the worker has not come to yet is missed all the same.
  var status: DeadlineStatus { isPast ? .missed : deadline.status }

  private var isPast: Bool { deadline.status.isAhead && clock.hasCome(deadline.dueAt) }

  var badge: StatusBadge {
    switch status {
    case .missed: StatusBadge(tone: "urgent", icon: "late", label: words("Missed", context: "deadline"))
    case .completed:
      late == nil
        ? StatusBadge(tone: "done", icon: "done", label: words("Completed", context: "deadline"))
        : StatusBadge(tone: "done", icon: "done", label: words("Completed late"))
    case .extended: StatusBadge(tone: tone, icon: "clock", label: words("Extended", context: "deadline"))
    case .pending: StatusBadge(tone: tone, icon: "clock", label: words("Ahead", context: "deadline"))
    }
  }

  /// Due within a day looks so.
  private var tone: String { clock.hasCome(deadline.dueAt.advanced(hours: -24)) ? "due" : "calm" }

  /// Whole minutes; nil: in time, or not completed.
  var late: Int? { deadline.course.lateMinutes }

  /// "2 days late".
  var lateness: String? {
    guard let late else { return nil }
    switch late {
    case 0: return words("less than a minute late")
    case ..<60: return words.count("{n} minute late", "{n} minutes late", late)
    case ..<2_880: return words.count("{n} hour late", "{n} hours late", late / 60)
    default: return words.count("{n} day late", "{n} days late", late / 1_440)
    }
  }

  var due: TimeText { TimeText(deadline.dueAt, person, clock) }

  /// What it was due at before, the first first.
  var formerDues: [TimeText] { deadline.formerDues.map { TimeText($0, person, clock) } }

  /// "8 of 10 · critical".
  var importance: String {
    let number = words("{n} of 10", ["n": String(deadline.importance)])
    return number + " · " + DeadlineText.name(Importance(ofTen: deadline.importance), words)
  }

  static func name(_ importance: Importance, _ words: Words) -> String {
    switch importance {
    case .low: words("low", context: "importance")
    case .medium: words("medium", context: "importance")
    case .high: words("high", context: "importance")
    case .critical: words("critical", context: "importance")
    }
  }

  static func name(_ type: DeadlineType, _ words: Words) -> String {
    switch type {
    case .deadline: words("Deadline")
    case .milestone: words("Milestone")
    case .reminder: words("Reminder")
    }
  }

  /// When its reminder rings by what is stored; nil: not at all.
  var rings: TimeText? {
    deadline.rings.map { TimeText($0.instant(due: deadline.dueAt, zone: person.zone), person, clock) }
  }

  /// What is said of an extension.
  static func extended(_ outcome: DeadlineOutcome, to due: Instant, _ person: Person, now: Instant, _ words: Words) -> String {
    let says = words("Due {time} now.", ["time": TimeWords.dayTime(due, person.zone, person.language, now: now)])
    switch outcome.reminder {
    case .none, .stays: return says
    case .along: return says + " " + words("Its reminder moves along.")
    case .dropped: return says + " " + words("The time of its reminder has passed, so it has none now.")
    }
  }
}
