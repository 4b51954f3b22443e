import Domain
import HTML
import Web

/// The page of one goal.
struct GoalPage {
  let layout: Layout
  let summary: ErrorSummary?
  let back = Paths.goals
  let status: String
  let badge: StatusBadge
  let category: String
  let description: SafeHTML?
  let steps: [StepItem]
  let form: StepForm?
  let habits: HabitWeekTable?
  /// Tasks and problems that support it, or whatever does.
  let support: LinkList?
  let waitsFor: LinkList?
  let holdsUp: LinkList?
  let others: LinkList?
  let attach: AttachTask?
  let newLink: NewLink
  let tags: [String]
  let isPrivate: Bool
  let horizon: Horizon?
  /// nil: there is nothing to count.
  let progress: String?
  let progressWords: String
  /// Of 100.
  let width: Int
  let deadline: String?
  let estimate: String?
  let begun: String
  let completed: String?
  let took: String?
  let isActive: Bool
  let isPaused: Bool
  let isArchived: Bool
  /// All steps are done, and the goal is not completed.
  let offersCompletion: Bool
  let secret: CSRFField
  let edit: Path
  let completion: Path
  let reopening: Path
  let archival: Path
  let deletion: Path
  let pause: Path
  let resumption: Path

  /// How far ahead it reaches.
  struct Horizon {
    let value: String
    let text: String
  }

  var hasSteps: Bool { !steps.isEmpty }

  /// - Parameters:
  ///   - state: of the form of a step, or of one that moves or sets one, that was refused.
  ///   - editing: the step that its form edits; nil: what the address says, else it adds one.
  init(_ id: ID<Goal>, _ web: Context, _ state: FormState = .fresh, editing: ID<Subtask>? = nil) throws {
    let (goals, subtasks, found, links, tasks) = try web.read(
      Goal.mine("g.id = \(id)"), Subtask.of(id),
      Habit.mine("h.id IN (SELECT l.habit_id FROM habit_goals l WHERE l.goal_id = \(id) AND l.user_id = h.user_id) \(Habit.inOrder)"),
      LinkedThing.of(ThingRef(.goal, of: id).id), PlannedChoice.parents(of: nil, now: nil))
    let (person, words) = (try web.person, web.words)
    guard let goal = goals.first else { throw Failure.notFound }
    let calendar = HabitCalendar(person, at: web.now)
    let text = GoalText(goal, person, today: calendar.today, words)
    layout = try Layout(goal.title, .goals, web)
    secret = layout.secret
    (status, badge, category) = (text.status, text.badge, text.category)
    description = goal.description.utf8.isEmpty ? nil : Markdown.rendered(goal.description).html
    isActive = goal.status == .active
    isPaused = goal.status == .paused
    isArchived = goal.status == .archived
    support = LinkList(words("Supported by"), links.filter { $0.type == .supportsGoal && !$0.isFrom }, strikes: true, words)
    waitsFor = LinkList(words("Waits for"), links.filter { $0.type == .dependsOn && $0.isFrom }, strikes: true, words)
    holdsUp = LinkList(words("Is waited for by"), links.filter { $0.type == .dependsOn && !$0.isFrom }, strikes: false, words)
    others = LinkList(
      words("Links"), links.filter { $0.type != .dependsOn && ($0.type != .supportsGoal || $0.isFrom) }, strikes: false, words)
    attach = isArchived ? nil : AttachTask(tasks, to: goal.ref, .supportsGoal, layout.secret, words)
    newLink = NewLink(goal.ref, words)
    tags = goal.tags.map { "#" + $0 }
    isPrivate = goal.isPrivate
    horizon = goal.horizon.map { Horizon(value: $0.rawValue, text: HorizonWords.name($0, words)) }
    let count = subtasks.count
    steps = subtasks.enumerated().map { number, step in
      StepItem(step, of: goal, at: number + 1, of: count, person, today: calendar.today, words)
    }
    let edited = try GoalPage.edited(subtasks, editing, web)
    var make = FieldBuilder(state)
    form = isArchived ? nil : StepForm(goal, edited, &make, layout.secret, words)
    summary = isArchived ? make.summary : nil
    habits = try GoalPage.habits(try calendar.reckoned(found, web), calendar, person.language)
    (progress, progressWords, width) = (text.course.figure?.fact, text.progress, text.course.progress.percent)
    deadline = text.deadline
    estimate = goal.daysLeft == 0 || !isActive ? nil : words.count("{n} day", "{n} days", goal.daysLeft)
    let clock = HabitClock(zone: person.zone, dayStart: person.dayStart)
    begun = HabitWords.date(clock.date(goal.createdAt), today: calendar.today, person.language)
    completed = goal.completedAt.map { HabitWords.date(clock.date($0), today: calendar.today, person.language) }
    took = text.took
    offersCompletion = isActive && text.course.offersCompletion
    edit = Paths.editGoal(id)
    completion = Paths.completion(id)
    reopening = Paths.reopening(id)
    archival = Paths.archival(id)
    deletion = Paths.deletion(id)
    pause = Paths.pause(id)
    resumption = Paths.resumption(id)
  }

  /// The step that the form edits, and where it stands.
  private static func edited(_ steps: [Subtask], _ known: ID<Subtask>?, _ web: Context) throws -> (step: Subtask, position: Int)? {
    let asked = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let text = read.raw("step")
      let id = ID<Subtask>(text)
      if id == nil, !text.utf8.isEmpty { read.complain("step", words("This step cannot be found any more.")) }
      try read.finish()
      return id
    }
    guard let id = known ?? asked, let place = steps.firstIndex(where: { $0.id == id }) else { return nil }
    return (steps[place], place + 1)
  }

  private static func habits(_ habits: [ReckonedHabit], _ calendar: HabitCalendar, _ language: Language) throws -> HabitWeekTable? {
    if habits.isEmpty { return nil }
    let week = PersonWeek(holding: calendar.today, weekStart: calendar.weekStart)
    let rows = habits.map { HabitWeekTable.Shown($0.habit, $0.history, $0.history.week(week, today: calendar.today)) }
    return HabitWeekTable(week, [(nil, rows)], today: calendar.today, language)
  }
}

/// One step on the page of its goal.
struct StepItem {
  let anchor: String
  /// The id of its title.
  let mark: String
  let title: String
  let status: String
  let badge: StatusBadge
  /// "3 days · done on Monday 4 January".
  let facts: String?
  let description: SafeHTML?
  let criteria: String?
  /// Whether anything can be done with it.
  let isOpen: Bool
  let isPending: Bool
  let isCompleted: Bool
  /// The positions before and behind its own.
  let up: String?
  let down: String?
  let setting: Path
  let moving: Path
  let edit: Path
  let promotion: Path

  static func anchor(_ id: ID<Subtask>) -> String { "s-" + id.text }

  init(_ step: Subtask, of goal: Goal, at position: Int, of count: Int, _ person: Person, today: Day, _ words: Words) {
    anchor = StepItem.anchor(step.id)
    mark = "n" + String(position)
    title = step.title
    (status, badge) = (step.status.rawValue, step.status.badge(words))
    let clock = HabitClock(zone: person.zone, dayStart: person.dayStart)
    let done = step.completedAt.map { words("on {date}", ["date": HabitWords.date(clock.date($0), today: today, person.language)]) }
    let days = step.estimatedDays.map { words.count("estimated {n} day", "estimated {n} days", $0) }
    let parts = [done, days].compactMap(\.self)
    facts = parts.isEmpty ? nil : parts.joined(separator: " · ")
    description = step.description.utf8.isEmpty ? nil : Markdown.rendered(step.description).html
    criteria = step.successCriteria.utf8.isEmpty ? nil : step.successCriteria
    isOpen = goal.status != .archived
    (isPending, isCompleted) = (step.status == .pending, step.status == .completed)
    up = position > 1 ? String(position - 1) : nil
    down = position < count ? String(position + 1) : nil
    setting = Paths.status(goal.id, step.id)
    moving = Paths.position(goal.id, step.id)
    edit = Paths.goal(goal.id).adding("step", step.id.text).fragment("step")
    promotion = Paths.promotion(goal.id, step.id)
  }
}

/// The form that adds a step, or edits one.
struct StepForm {
  let heading: String
  let title: TextField
  let days: TextField
  let criteria: TextArea
  let description: TextArea
  let isOpen: Bool
  let frame: FormFrame
  /// Of one that is edited.
  let place: StepPlace?

  /// Where it stands, and where it ends.
  struct StepPlace {
    let field: TextField
    let action: Path
    let deletion: Path
  }

  init(_ goal: Goal, _ edited: (step: Subtask, position: Int)?, _ make: inout FieldBuilder, _ secret: CSRFField, _ words: Words) {
    let step = edited?.step
    heading = step == nil ? words("Add a step") : words("Edit step")
    title = make.text("title", words("What is to be done?"), step?.title ?? "", short: words("Title"), required: true, maxLength: 200)
    days = make.text(
      "estimated_days", words("Estimate in days"), step?.estimatedDays.map { String($0) } ?? "", type: "number", optional: true)
    criteria = make.area(
      "success_criteria", words("Done when"), step?.successCriteria ?? "", help: words("How you will know that it is done."), rows: 2)
    description = make.area("description", words("Notes"), step?.description ?? "", help: words("Markdown works here."), rows: 3)
    make.isCompared = false
    let field = make.text("position", words("Place among the steps"), edited.map { String($0.position) } ?? "", type: "number")
    make.add("status", words("Status"))
    let state = make.state
    isOpen = step != nil || state.typed != nil
    place = step.map { StepPlace(field: field, action: Paths.position(goal.id, $0.id), deletion: Paths.deletion(goal.id, $0.id)) }
    frame = FormFrame(
      make, secret, to: step.map { Paths.subtask(goal.id, $0.id) } ?? Paths.subtasks(goal.id),
      cancel: step == nil ? nil : Paths.goal(goal.id),
      carrying: [step.map { state.version($0.version) } ?? state.nonce])
  }
}

/// The form that makes or edits a goal.
struct GoalFormPage {
  let layout: Layout
  let title: TextField
  let category: Select
  let deadline: TextField
  let horizon: Select
  let description: TextArea
  let tags: TextField
  let isPrivate: Checkbox
  var frame: FormFrame

  /// - Parameter goal: the one that is edited; nil: a new one.
  init(_ web: Context, _ state: FormState = .fresh, stored goal: Goal? = nil) throws {
    let words = web.words
    var make = FieldBuilder(state)
    layout = try Layout(goal == nil ? words("New goal") : words("Edit goal"), .goals, web)
    title = make.text(
      "title", words("What do you want to reach?"), goal?.title ?? "", short: words("Title"), required: true, maxLength: 200)
    category = make.choice(
      "category", words("Category"), (goal?.category ?? .other).rawValue,
      GoalCategory.allCases.map { ($0.rawValue, GoalText.name($0, words)) })
    deadline = make.text(
      "deadline", words("Deadline"), goal?.deadline?.iso ?? "", help: words("The last day on which it is in time."), type: "date",
      optional: true)
    horizon = make.choice("horizon", words("Horizon"), goal?.horizon?.rawValue ?? "", HorizonWords.options(words))
    description = make.area("description", words("Notes"), goal?.description ?? "", help: words("Markdown works here."))
    tags = make.tags(goal?.tags ?? [], words)
    isPrivate = make.privacy(goal?.isPrivate ?? false, words)
    let place = goal.map { Paths.goal($0.id) }
    frame = FormFrame(
      make, layout.secret, to: place ?? Paths.goals, cancel: place ?? Paths.goals,
      carrying: [goal.map { state.version($0.version) } ?? state.nonce])
  }
}
