import Domain
import HTML
import Postgres
import Web

/// The goals' pages, forms and buttons.
enum Goals {
  /// GET /goals
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try GoalFilter(query, words) }
    return try web.list {
      // The person's date is known with the person, and most often they are not yet: the day is asked for with the rows.
      let today = web.clock.habitDate(of: try web.person)
      let page = try GoalList(filter: filter, today: today).page(web)
      return try GoalListPage(page.rows, next: page.next, page.counts, filter, today: today, web)
    }
  }

  /// GET /goals/new
  static func new(_ web: Context) throws -> Response {
    _ = try web.person
    return web.page(try GoalFormPage(web))
  }

  /// POST /goals
  static func create(_ web: Context) throws -> Change {
    let writing = try web.plannerWriting
    return try web.takeForm(askingAgain: { try GoalFormPage(web, $0) }) {
      let draft = try GoalDraft(web.form, web.reader)
      let made = try GoalCommands.make(draft, writing)
      return Change(
        to: Paths.goal(made.id), says: web.words("“{title}” is yours to reach. What is its first step?", ["title": draft.title]),
        did: made.entries)
    }
  }

  /// GET /goals/:goal
  static func show(_ web: Context, _ id: ID<Goal>) throws -> Response { web.page(try GoalPage(id, web)) }

  /// GET /goals/:goal/edit
  static func edit(_ web: Context, _ id: ID<Goal>) throws -> Response {
    guard let goal = try web.read(Goal.mine("g.id = \(id)")).first else { throw Failure.notFound }
    return web.page(try GoalFormPage(web, stored: goal))
  }

  /// POST /goals/:goal
  static func save(_ web: Context, _ id: ID<Goal>) throws -> Change {
    let commands = try GoalCommands.find(id, web)
    return try web.takeForm(askingAgain: { try GoalFormPage(web, $0, stored: commands.goal) }) {
      let entries = try commands.save(GoalDraft(web.form, stored: commands.goal, web.reader))
      return Change(to: Paths.goal(id), says: web.words("Saved."), did: entries)
    }
  }

  /// POST /goals/:goal/completion
  static func complete(_ web: Context, _ id: ID<Goal>) throws -> Change {
    let commands = try GoalCommands.find(id, web)
    let entries = try commands.complete()
    if !entries.isEmpty { try commands.speak(web.coachWriting) }
    let text = GoalText(commands.goal, try web.person, today: web.clock.habitDate(of: try web.person), web.words)
    return Change(
      to: Paths.goal(id), says: text.completed(isNew: !entries.isEmpty), undo: entries.isEmpty ? nil : Paths.reopening(id), did: entries)
  }

  /// POST /goals/:goal/reopening
  static func reopen(_ web: Context, _ id: ID<Goal>) throws -> Change {
    let entries = try GoalCommands.find(id, web).reopen()
    return Change(
      to: Paths.goal(id), says: entries.isEmpty ? web.words("It is open already.") : web.words("The goal is open again."), did: entries)
  }

  /// POST /goals/:goal/archival
  static func archive(_ web: Context, _ id: ID<Goal>) throws -> Change {
    let commands = try GoalCommands.find(id, web)
    let (entries, open) = (try commands.archive(), commands.goal.tasks - commands.goal.tasksDone)
    let says =
      open == 0
      ? web.words("The goal is in the archive.")
      : web.words.count(
        "The goal is in the archive; {n} task that supports it stays open.",
        "The goal is in the archive; {n} tasks that support it stay open.", open)
    return Change(
      to: Paths.goal(id), says: says, undo: entries.isEmpty ? nil : Paths.restoration(id), did: entries)
  }

  /// POST /goals/:goal/restoration: back from deletion, else out of the archive, as it was before.
  static func restore(_ web: Context, _ id: ID<Goal>) throws -> Change {
    let back = try GoalCommands.bringBack(id, web)
    let entries = try back?.entries ?? GoalCommands.find(id, web).restore()
    let says = web.words("The goal is back, with all of its steps.")
    let dropped = back?.dropped ?? []
    return Change(
      to: Paths.goal(id), says: dropped.isEmpty ? says : says + " " + LinkLoss.says(dropped, web.words), facts: LinkLoss.facts(dropped),
      did: entries)
  }

  /// POST /goals/:goal/pause
  static func pause(_ web: Context, _ id: ID<Goal>) throws -> Change {
    let entries = try GoalCommands.find(id, web).pause()
    return Change(
      to: Paths.goal(id), says: entries.isEmpty ? web.words("It was so already.") : web.words("The goal rests. What supports it stays."),
      undo: entries.isEmpty ? nil : Paths.resumption(id), did: entries)
  }

  /// POST /goals/:goal/resumption
  static func resume(_ web: Context, _ id: ID<Goal>) throws -> Change {
    let entries = try GoalCommands.find(id, web).resume()
    return Change(
      to: Paths.goal(id), says: entries.isEmpty ? web.words("It was so already.") : web.words("The goal is active again."), did: entries)
  }

  /// POST /goals/:goal/deletion
  static func delete(_ web: Context, _ id: ID<Goal>) throws -> Change {
    let commands = try GoalCommands.find(id, web)
    return Change(
      to: Paths.goals, says: web.words("“{name}” is deleted.", ["name": commands.goal.title]), undo: Paths.restoration(id),
      did: try commands.delete())
  }
}

// MARK: - Steps

extension Goals {
  /// POST /goals/:goal/subtasks
  static func addStep(_ web: Context, _ id: ID<Goal>) throws -> Change {
    let commands = try GoalCommands.find(id, web)
    return try web.takeForm(askingAgain: { try GoalPage(id, web, $0) }) {
      let draft = try SubtaskDraft(web.form, web.reader)
      let entries = try commands.add(draft, web.words)
      return Change(to: Paths.goal(id), says: web.words("“{title}” is planned.", ["title": draft.title]), did: entries)
    }
  }

  /// POST /goals/:goal/subtasks/:subtask
  static func saveStep(_ web: Context, _ id: ID<Goal>, _ step: ID<Subtask>) throws -> Change {
    try change(web, id, step) { commands, stored in
      let entries = try commands.save(SubtaskDraft(web.form, stored: stored, web.reader), to: stored)
      return Change(to: back(id, step), says: web.words("Saved."), did: entries)
    }
  }

  /// POST /goals/:goal/subtasks/:subtask/status
  static func setStep(_ web: Context, _ id: ID<Goal>, _ step: ID<Subtask>) throws -> Change {
    try change(web, id, step) { commands, stored in
      var read = FormReader(web.form, web.words)
      let picked = read.picked("status", as: Subtask.Status.self)
      let status = try read.finish(picked)
      let entries = try commands.set(stored, status)
      return Change(to: back(id, step), says: says(stored, status, commands, isNew: !entries.isEmpty, web.words), did: entries)
    }
  }

  /// POST /goals/:goal/subtasks/:subtask/position
  static func moveStep(_ web: Context, _ id: ID<Goal>, _ step: ID<Subtask>) throws -> Change {
    try change(web, id, step) { commands, stored in
      var read = FormReader(web.form, web.words)
      let position = read.integer("position", 1...1_000, nil)
      try read.finish()
      let entries = try commands.move(stored, to: position)
      return Change(to: back(id, step), says: entries.isEmpty ? nil : web.words("Moved."), did: entries)
    }
  }

  /// POST /goals/:goal/subtasks/:subtask/deletion
  static func deleteStep(_ web: Context, _ id: ID<Goal>, _ step: ID<Subtask>) throws -> Change {
    let commands = try GoalCommands.find(id, web)
    let stored = try commands.step(step)
    return Change(
      to: Paths.goal(id), says: web.words("“{name}” is deleted.", ["name": stored.title]), undo: Paths.restoration(id, step),
      did: try commands.delete(stored))
  }

  /// POST /goals/:goal/subtasks/:subtask/restoration
  static func restoreStep(_ web: Context, _ id: ID<Goal>, _ step: ID<Subtask>) throws -> Change {
    guard let entries = try GoalCommands.find(id, web).restore(step) else { throw Failure.notFound }
    return Change(to: back(id, step), says: web.words("The step is back in its place."), did: entries)
  }

  /// POST /goals/:goal/subtasks/:subtask/promotion: to the task that it became, which supports the goal.
  static func promoteStep(_ web: Context, _ id: ID<Goal>, _ step: ID<Subtask>) throws -> Change {
    let commands = try GoalCommands.find(id, web)
    let stored = try commands.step(step)
    if commands.goal.status == .archived { throw GoalRefusal.archived }
    let writing = try web.plannerWriting
    let outcome = try TaskCommands.make(stored.task(of: id, day: writing.person.work.hours.minutes, web.words), writing)
    guard let task = outcome.tasks.first else { throw Failure.notFound }
    if stored.status == .completed { _ = try TaskCommands.find(task, writing).complete(.one, anyway: true) }
    if stored.status == .inProgress { _ = try TaskCommands.find(task, writing).start() }
    _ = try commands.delete(stored)
    let facts = ["title": commands.goal.title, "step": stored.title]
    return Change(
      to: Paths.task(task), says: web.words("“{title}” is a task now, and supports the goal.", ["title": stored.title]),
      did: [AuditEntry("goal.step_promoted", Goal.subject, id.text, facts)] + outcome.entries)
  }

  /// What changes one step by a form: refused, the page shows that step in its form.
  private static func change(
    _ web: Context, _ id: ID<Goal>, _ step: ID<Subtask>, _ take: (GoalCommands, Subtask) throws -> Change
  ) throws -> Change {
    let commands = try GoalCommands.find(id, web)
    let stored = try commands.step(step)
    return try web.takeForm(askingAgain: { try GoalPage(id, web, $0, editing: step) }) { try take(commands, stored) }
  }

  private static func says(_ step: Subtask, _ status: Subtask.Status, _ commands: GoalCommands, isNew: Bool, _ words: Words) -> String {
    let values: KeyValuePairs = ["title": step.title]
    if !isNew { return words("It was so already.") }
    switch status {
    case .pending: return words("“{title}” is to be done.", values)
    case .inProgress: return words("“{title}” is in progress.", values)
    case .completed:
      let isLast = commands.steps.allSatisfy { $0.id == step.id || $0.status == .completed } && commands.goal.status == .active
      return isLast
        ? words("“{title}” is done, and with it all steps. Is the goal reached? You decide.", values) : words("“{title}” is done.", values)
    }
  }

  private static func back(_ id: ID<Goal>, _ step: ID<Subtask>) -> Path { Paths.goal(id).fragment(StepItem.anchor(step)) }
}
