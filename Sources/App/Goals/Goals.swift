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
      let page = try GoalSearch.page(filter, on: today, web)
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
    let person = try web.person
    return try web.takeForm(askingAgain: { try GoalFormPage(web, $0) }) {
      let draft = try GoalDraft(web.form, web.reader)
      let id = ID<Goal>.new(at: web.now)
      try web.db.run(draft.inserting(id, for: person.id, at: web.now))
      try web.db.queue(EventLog.noting(.goalCreated, ["goal": id.text], of: person, at: web.now))
      return Change(
        to: Paths.goal(id), says: web.words("“{title}” is yours to reach. What is its first step?", ["title": draft.title]),
        did: [AuditEntry("goal.made", Goal.subject, id.text, ["title": draft.title])])
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
    let entries = try GoalCommands.find(id, web).archive()
    return Change(
      to: Paths.goal(id), says: web.words("The goal is in the archive."), undo: entries.isEmpty ? nil : Paths.restoration(id), did: entries)
  }

  /// POST /goals/:goal/restoration: back from deletion, else out of the archive, as it was before.
  static func restore(_ web: Context, _ id: ID<Goal>) throws -> Change {
    _ = try web.person
    let back: String? = try web.db.value(
      """
      UPDATE goals SET deleted_at = NULL, updated_at = \(web.now) WHERE id = \(id) AND user_id = (SELECT me()) AND deleted_at IS NOT NULL
      RETURNING title
      """)
    let entries =
      try back.map { [AuditEntry("goal.restored", Goal.subject, id.text, ["title": $0])] } ?? GoalCommands.find(id, web).restore()
    return Change(to: Paths.goal(id), says: web.words("The goal is back, with all of its steps."), did: entries)
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
