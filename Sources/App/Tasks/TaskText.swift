import Domain
import HTML

/// What people are told about a task.
struct TaskText {
  let task: Task
  private let person: Person
  private let today: Day
  private let clock: PageClock
  private let words: Words

  init(_ task: Task, _ person: Person, today: Day, _ clock: PageClock, _ words: Words) {
    (self.task, self.person, self.today, self.clock, self.words) = (task, person, today, clock, words)
  }

  /// The fact `status`: the stored one, or `archived`.
  var status: String { task.isArchived ? "archived" : task.status.rawValue }

  var isOverdue: Bool {
    guard !task.status.isClosed, !task.isArchived, let due = task.dueTime else { return false }
    return due.at.map { clock.hasCome($0) } ?? (due.day < today)
  }

  var badge: StatusBadge {
    if task.isArchived { return StatusBadge(tone: "calm", icon: "archive", label: words("Archived", context: "task")) }
    let label = TaskText.name(task.status, words)
    switch task.status {
    case .done: return StatusBadge(tone: "done", icon: "done", label: label)
    case .cancelled: return StatusBadge(tone: "calm", icon: "stop", label: label)
    case .deferred: return StatusBadge(tone: "calm", icon: "snooze", label: deferred)
    case .open, .inProgress:
      if task.isBlocked {
        return StatusBadge(tone: "due", icon: "held", label: words.count("Waits for {n} thing", "Waits for {n} things", task.openBlockers))
      }
      if isOverdue { return StatusBadge(tone: "urgent", icon: "late", label: words("Overdue", context: "task")) }
      return StatusBadge(tone: "calm", icon: task.status == .open ? "check" : "play", label: label)
    }
  }

  static func name(_ status: TaskStatus, _ words: Words) -> String {
    switch status {
    case .open: words("Open", context: "task")
    case .inProgress: words("In progress", context: "task")
    case .deferred: words("Deferred", context: "task")
    case .done: words("Done", context: "task")
    case .cancelled: words("Cancelled", context: "task")
    }
  }

  /// "Until Friday 5 March", "Someday".
  private var deferred: String {
    guard let day = task.deferredUntil else { return words("Someday", context: "task") }
    return words("Until {date}", ["date": HabitWords.date(day, today: today, person.language)])
  }

  /// "Friday 5 March, 14:00"; nil: whenever.
  var due: String? { task.dueTime.map { TaskText.say($0, person, today: today, words) } }

  /// The same of any due.
  static func say(_ due: Due, _ person: Person, today: Day, _ words: Words) -> String {
    let date = HabitWords.date(due.at.map { person.zone.local($0).day } ?? due.day, today: today, person.language)
    guard let at = due.at else { return date }
    return words("{date}, {time}", ["date": date, "time": person.zone.local(at).time.text])
  }

  /// "3 of 10 in its series"; nil: it stands alone.
  var series: String? {
    guard let number = task.seriesNo else { return nil }
    guard let count = task.repeats?.rule.count else { return words("number {n} of its series", ["n": String(number)]) }
    return words("{n} of {total} in its series", ["n": String(number), "total": String(count)])
  }

  /// "Finished 2 days late".
  var late: String? {
    guard task.status == .done, let done = task.completedAt, let due = task.due else { return nil }
    let days = due.distance(to: HabitClock(zone: person.zone, dayStart: person.dayStart).date(done))
    return days > 0 ? words.count("Finished {n} day late", "Finished {n} days late", days) : nil
  }

  /// The fact `due`: a date, or an instant in UTC.
  var dueFact: String? { task.dueTime.map { $0.at?.iso ?? $0.day.iso } }

  static func priority(_ number: Int, _ words: Words) -> String {
    switch number {
    case 1: words("Urgent", context: "priority")
    case 2: words("High", context: "priority")
    case 3: words("Medium", context: "priority")
    default: words("Low", context: "priority")
    }
  }

  /// The options of a priority, which may stay empty.
  static func priorities(_ words: Words) -> [(value: String, label: String)] {
    options(words("None", context: "priority"), (1...4).map { (String($0), priority($0, words)) })
  }

  /// The options of a field that may stay empty.
  static func options(_ none: String, _ others: [(value: String, label: String)]) -> [(value: String, label: String)] {
    [(value: "", label: none)] + others
  }

  /// "2 of 5 subtasks".
  var subtasks: String? {
    task.subtasks == 0
      ? nil : words.count("{done} of {n} subtask", "{done} of {n} subtasks", task.subtasks, ["done": String(task.closed)])
  }

  /// What stands beside the state in a list: due, priority, subtasks, tags.
  var facts: String? {
    let marks: [String?] = [
      task.assigneeName.map { "@" + $0 },
      task.isUnderClosed && !task.status.isClosed ? words("under a finished task") : nil,
      task.repeats.map { "↻ " + $0.words(person.language) },
      task.passedOver == 0 ? nil : words.count("{n} date was passed over", "{n} dates were passed over", task.passedOver),
    ]
    let parts =
      ([late ?? due, task.priority.map { TaskText.priority($0, words) }, subtasks, task.estimate.map { WorkMinutes.text($0) }] + marks)
      .compactMap(\.self) + task.tags.map { "#" + $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }

  /// The same on a card: what it waits for, when it is due, how urgent it is.
  var brief: String? {
    let blocked = task.isBlocked ? words.count("Waits for {n} thing", "Waits for {n} things", task.openBlockers) : nil
    let parts = [
      blocked, late ?? due, task.priority.map { TaskText.priority($0, words) }, subtasks, task.repeats.map { _ in "↻" },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }

  /// By the clocks where the person is; nil: whenever.
  var dueDay: Day? { task.dueTime.map { due in due.at.map { person.zone.local($0).day } ?? due.day } }

  /// What tells the headings of a list by due apart (``day``), without their words.
  enum Heading: Equatable {
    case overdue, whenever
    case on(Day)
  }

  var heading: Heading {
    guard let day = dueDay else { return .whenever }
    return isOverdue ? .overdue : .on(day)
  }

  /// Under which heading it stands in a list by due.
  var day: String {
    guard let day = dueDay else { return words("No date") }
    if isOverdue { return words("Overdue", context: "tasks") }
    return day == today ? words("Today") : HabitWords.date(day, today: today, person.language)
  }
}
