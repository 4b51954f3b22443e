import Domain
import HTML

/// What people are told about a goal.
struct GoalText {
  let goal: Goal
  let course: GoalCourse
  private let person: Person
  private let today: Day
  private let words: Words

  init(_ goal: Goal, _ person: Person, today: Day, _ words: Words) {
    (self.goal, self.person, self.today, self.words) = (goal, person, today, words)
    course = goal.course(on: today)
  }

  /// The fact `status`: one that is late is `overdue`.
  var status: String {
    if case .overdue? = course.deadline { "overdue" } else { goal.status.rawValue }
  }

  var badge: StatusBadge {
    switch (goal.status, course.deadline) {
    case (.archived, _): StatusBadge(tone: "calm", icon: "archive", label: words("Archived", context: "goal"))
    case (.completed, _): StatusBadge(tone: "done", icon: "done", label: words("Completed", context: "goal"))
    case (.paused, _): StatusBadge(tone: "calm", icon: "pause", label: words("Paused", context: "goal"))
    case (.active, .overdue?): StatusBadge(tone: "urgent", icon: "late", label: words("Overdue", context: "goal"))
    case (.active, .soon?): StatusBadge(tone: "due", icon: "clock", label: words("Due soon"))
    case (.active, _): StatusBadge(tone: "calm", icon: "goals", label: words("Active", context: "goal"))
    }
  }

  /// "2 of 5 steps · 1 of 3 tasks"; "nothing planned yet".
  var progress: String {
    let steps =
      course.subtasks == 0
      ? nil : words.count("{done} of {n} step", "{done} of {n} steps", course.subtasks, ["done": String(course.done)])
    let tasks =
      goal.tasks == 0 ? nil : words.count("{done} of {n} task", "{done} of {n} tasks", goal.tasks, ["done": String(goal.tasksDone)])
    let parts = [steps, tasks].compactMap(\.self)
    return parts.isEmpty ? words("Nothing planned yet") : parts.joined(separator: " · ")
  }

  /// "Friday 5 March, in 3 days"; of one that is not open the date alone; nil: it has none.
  var deadline: String? {
    guard let day = goal.deadline else { return nil }
    let date = HabitWords.date(day, today: today, person.language)
    switch course.deadline {
    case .overdue(let days): return words.count("{date}, {n} day ago", "{date}, {n} days ago", days, ["date": date])
    case .soon(0): return words("today")
    case .soon(1): return words("{date}, tomorrow", ["date": date])
    case .soon(let days), .later(let days): return words.count("{date}, in {n} day", "{date}, in {n} days", days, ["date": date])
    case nil: return date
    }
  }

  var category: String { GoalText.name(goal.category, words) }

  static func name(_ category: GoalCategory, _ words: Words) -> String {
    switch category {
    case .career: words("Career")
    case .health: words("Health")
    case .education: words("Education")
    case .personal: words("Personal")
    case .finance: words("Finance")
    case .other: words("Other", context: "category")
    }
  }

  /// What it took, of one that is completed: "12 days, 5 steps".
  var took: String? {
    guard let end = goal.completedAt else { return nil }
    let clock = HabitClock(zone: person.zone, dayStart: person.dayStart)
    let days = max(1, clock.date(goal.createdAt).distance(to: clock.date(end)) + 1)
    let time = words.count("{n} day", "{n} days", days)
    return course.done == 0 ? time : time + ", " + words.count("{n} step", "{n} steps", course.done)
  }

  /// After it was completed, with what stays open.
  func completed(isNew: Bool) -> String {
    if !isNew { return words("It was completed already.") }
    let open = course.subtasks - course.done
    let values: KeyValuePairs = ["title": goal.title]
    return open == 0
      ? words("“{title}” is completed.", values)
      : words.count("“{title}” is completed; {n} step stays open.", "“{title}” is completed; {n} steps stay open.", open, values)
  }
}

extension Subtask.Status {
  func badge(_ words: Words) -> StatusBadge {
    switch self {
    case .pending: StatusBadge(tone: "calm", icon: "empty", label: words("To do"))
    case .inProgress: StatusBadge(tone: "due", icon: "play", label: words("In progress"))
    case .completed: StatusBadge(tone: "done", icon: "done", label: words("Done", context: "step"))
    }
  }
}

/// A goal in one line, among other things.
struct GoalLine {
  let path: Path
  let title: String
  let badge: StatusBadge
  /// "Friday 5 March, in 3 days · 2 of 5 steps".
  let text: String

  init(_ goal: Goal, _ person: Person, today: Day, _ words: Words) {
    let text = GoalText(goal, person, today: today, words)
    (path, title, badge) = (Paths.goal(goal.id), goal.title, text.badge)
    self.text = [text.deadline, text.progress].compactMap(\.self).joined(separator: " · ")
  }
}
