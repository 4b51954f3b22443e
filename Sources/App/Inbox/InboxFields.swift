import Domain
import HTML
import Web

/// The fields of what an item is made into: those of that kind's own form, as far as a line can say them.
struct InboxFields {
  let make: FieldBuilder
  let title: TextField
  var when: TextField?
  var priority: Select?
  /// How a task comes again, where the line says that.
  var again: TextField?
  var estimate: TextField?
  var tags: TextField?
  var goal: Select?
  var assignee: TextField?
  var severity: Select?
  var category: Select?
  var importance: Select?
  var frequency: Select?
  var days: Select?
  var times: TextField?
  let notes: TextArea
  /// What the form says beside them.
  var hidden: [HiddenField]

  /// - Parameters:
  ///   - state: filled in as it was understood (``filled(_:_:_:)``), or as typed.
  ///   - goals: those that a task can support.
  init(_ kind: InboxLine.Kind, _ state: FormState, goals: [PlannedChoice], _ person: Person, _ words: Words) {
    var make = FieldBuilder(state)
    let isHabit = kind == .habit
    title = make.text(
      isHabit ? "name" : "title", words("Title"), required: true, maxLength: isHabit ? InboxFields.longestName : InboxFields.longestTitle)
    hidden = [HiddenField(name: "kind", value: kind.rawValue)]
    switch kind {
    case .task:
      when = make.text("due", words("Due"), help: words("“friday”, “tomorrow at 9” or 2027-03-15."), optional: true, maxLength: 200)
      priority = make.choice("priority", words("Priority"), "", TaskText.priorities(words))
      if !make.value("cron", "").utf8.isEmpty { again = make.text("cron", words("Comes again"), optional: true, maxLength: 200) }
      estimate = make.text("estimate", words("Estimate"), help: words("Such as “90” or “1h30”."), optional: true)
      tags = make.tags([], words)
      goal = make.choice(
        "goal", words("Supports the goal"), "", TaskText.options(words("None", context: "goal"), goals.map { ($0.id.text, $0.title) }))
      assignee = make.text("assignee", words("Who does it"), help: words("One of your people; empty: you."), optional: true, maxLength: 200)
    case .deadline:
      when = make.text(
        "due", words("Due"), help: words("“friday”, “tomorrow at 9” or 2027-03-15."), required: true, maxLength: 200)
      importance = make.choice(
        "importance", words("Importance"), "5",
        (1...10).map { (String($0), "\($0) · " + DeadlineText.name(Importance(ofTen: $0), words)) })
    case .goal:
      when = make.text(
        "deadline", words("Deadline"), help: words("The last day on which it is in time."), type: "date", optional: true)
      category = make.choice(
        "category", words("Category"), GoalCategory.other.rawValue,
        GoalCategory.allCases.map { ($0.rawValue, GoalText.name($0, words)) })
    case .problem:
      severity = make.choice("severity", words("Severity"), "", ProblemText.severities(words))
    case .reminder:
      when = InboxFields.time(&make, words)
      hidden.append(HiddenField(name: "schedule", value: make.value("schedule", "once")))
      importance = make.choice("importance", words("Importance"), "medium", ReminderOptions.importance(words))
    case .habit:
      frequency = make.choice(
        "frequency", words("How often"), "daily",
        [("daily", words("Every day")), ("specific_days", words("On chosen days")), ("per_week", words("Some days a week"))])
      days = make.boxes(
        "day", words("On these days"), WeekdaySet.workdays.days(from: person.weekStart).map(\.field),
        Weekday.week(from: person.weekStart).map { ($0.field, "\(TimeWords.name($0, person.language))") }, sentWith: "frequency")
      times = make.text("times_per_week", words("Times a week"), "3", type: "number")
    }
    notes = make.area(kind == .task ? "notes" : "description", words("Notes"), help: words("Markdown works here."))
    self.make = make
  }

  static let (longestTitle, longestName) = (200, 100)

  /// The control of a reminder that says when, as its schedule is written.
  private static func time(_ make: inout FieldBuilder, _ words: Words) -> TextField {
    switch make.value("schedule", "once") {
    case "interval": make.text("every_minutes", words("Comes again"), maxLength: 200)
    case "recurring": make.text("cron", words("Comes again"), maxLength: 200)
    default: make.text("at", words("When"), help: words("“20 min”, “tomorrow at 9” or 2027-03-15 09:00."), optional: true, maxLength: 200)
    }
  }

  /// What the form holds of an item that nobody has changed yet. What is too long for a title stands in the notes, whole.
  static func filled(_ kind: InboxLine.Kind, _ raw: String, _ said: InboxUnderstanding, _ zone: Zone) -> Form {
    let whole = said.title(kind)
    let most = kind == .habit ? longestName : longestTitle
    let isLong = whole.unicodeScalars.count > most
    let notes = isLong ? raw : ""
    let title = InboxItem.short(whole, most)
    switch kind {
    case .task:
      return Form([
        ("title", title), ("due", said.line.due?.text(zone) ?? ""), ("cron", said.again ?? ""),
        ("priority", said.line.priority.map { String($0) } ?? ""), ("estimate", said.line.estimate.map { WorkMinutes.text($0) } ?? ""),
        ("tags", said.line.tags.joined(separator: ", ")), ("goal", said.goalID?.text ?? ""),
        ("assignee", said.personName ?? ""), ("notes", notes),
      ])
    case .deadline:
      return Form([
        ("title", title), ("due", said.due?.text(zone) ?? ""), ("importance", String(said.importance.ofTen)), ("description", notes),
      ])
    case .goal: return Form([("title", title), ("deadline", said.due?.day.iso ?? ""), ("description", notes)])
    case .problem: return Form([("title", title), ("description", notes)])
    case .reminder:
      return Form([("title", title), ("importance", said.importance.rawValue), ("description", notes)] + said.schedule)
    case .habit:
      var fields = [("name", title), ("description", notes)]
      if let frequency = said.frequency { fields.append(("frequency", frequency.name.rawValue)) }
      if case .days(let days)? = said.frequency { fields += days.days(from: .monday).map { ("day", $0.field) } }
      return Form(fields)
    }
  }
}
