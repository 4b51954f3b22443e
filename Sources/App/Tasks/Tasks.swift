import Domain
import HTML
import Postgres
import Web

/// The tasks' pages, forms and buttons.
enum Tasks {
  /// GET /tasks
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try TaskFilter(query, words) }
    switch filter.view {
    case .list:
      return try web.list {
        let today = try moment(filter, web)
        return try TaskListPage(TaskSearch.page(filter, today, web), filter, today: today.day, web)
      }
    case .board: return try web.list { try TaskBoardPage(TaskBoard.read(filter, moment(filter, web), web), filter, web) }
    case .agenda: return try web.list { try TaskAgendaPage(TaskAgenda.read(filter, moment(filter, web), web), filter, web) }
    }
  }

  /// What becomes overdue by the minute may come from rows that are not shown.
  private static func moment(_ filter: TaskFilter, _ web: Context) throws -> TaskFilter.Moment {
    let today = try TaskFilter.Moment(web)
    if filter.due == .overdue {
      let minute = Instant(seconds: web.now.seconds - web.now.seconds % 60)
      web.clock.keep(within: minute..<minute.advanced(seconds: 60))
    }
    return today
  }

  /// GET /tasks/new
  static func new(_ web: Context) throws -> Response {
    let (parent, assignee) = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let (text, name) = (read.raw("parent"), read.raw("assignee"))
      let (parent, assignee) = (ID<Task>(text), ID<KnownPerson>(name))
      if parent == nil, !text.utf8.isEmpty { read.complain("parent", words("Choose one of your tasks.")) }
      if assignee == nil, !name.utf8.isEmpty { read.complain("assignee", words("Choose one of your people.")) }
      try read.finish()
      return (parent, assignee)
    }
    _ = try web.person
    return web.page(try TaskFormPage(web, under: parent, by: assignee))
  }

  /// POST /tasks
  static func create(_ web: Context) throws -> Change {
    let writing = try web.plannerWriting
    return try web.takeForm(askingAgain: { try TaskFormPage(web, $0) }) {
      let draft = try TaskDraft(web.form, web.reader)
      let outcome = try complaining("goal", web) { try TaskCommands.make(draft, writing) }
      guard let id = outcome.tasks.first else { throw Failure.notFound }
      return Change(to: Paths.task(id), says: web.words("“{title}” is written down.", ["title": draft.title]), did: outcome.entries)
    }
  }

  /// POST /tasks/preview: when it is due, how it comes again, and what is on the list already.
  static func preview(_ web: Context) throws -> Response {
    let stored = try edited(web)
    do {
      let preview = try TaskPreview(TaskDraft(web.form, stored: stored, web.reader), stored, web)
      return web.page(try TaskFormPage(web, .shown(web.form), stored: stored, preview: preview))
    } catch let errors as FormErrors {
      return web.page(try TaskFormPage(web, .refused(web.form, errors), stored: stored), status: 422)
    }
  }

  /// The task whose form is looked at, as its field `task` says; nil: a new one.
  private static func edited(_ web: Context) throws -> Task? {
    _ = try web.person
    guard let value = web.form.first("task"), value != .text("") else { return nil }
    guard case .text(let text) = value, let id = ID<Task>(text), let task = try web.db.row(Task.mine("t.id = \(id)")) else {
      throw Failure.notFound
    }
    return task
  }

  /// GET /tasks/:task
  static func show(_ web: Context, _ id: ID<Task>) throws -> Response { web.page(try TaskPage(TaskDetails.read(id, web), web)) }

  /// GET /tasks/:task/edit
  static func edit(_ web: Context, _ id: ID<Task>) throws -> Response {
    guard let task = try web.read(Task.mine("t.id = \(id)")).first else { throw Failure.notFound }
    return web.page(try TaskFormPage(web, stored: task))
  }

  /// POST /tasks/:task
  static func save(_ web: Context, _ id: ID<Task>) throws -> Change {
    let commands = try TaskCommands.find(id, web.plannerWriting)
    return try web.takeForm(askingAgain: { try TaskFormPage(web, $0, stored: commands.task) }) {
      let draft = try TaskDraft(web.form, stored: commands.task, web.reader)
      let outcome = try complaining("goal", web) { try commands.save(draft) }
      return Change(to: Paths.task(id), says: outcome.says(web.words("Saved."), try web.reader), did: outcome.entries)
    }
  }

  // MARK: - Steps

  /// POST /tasks/:task/completion
  static func complete(_ web: Context, _ id: ID<Task>) throws -> Change {
    let commands = try TaskCommands.find(id, web.plannerWriting)
    let (scope, anyway) = try asked(web, for: TaskScope.self)
    return try choosing(commands.task, Paths.completion(id), scope?.rawValue, web) {
      let outcome = try commands.complete(scope, anyway: anyway)
      var done = web.words("“{title}” is done.", ["title": commands.task.title])
      if let problem = try outcome.isNothing ? nil : web.db.row(Problem.addressed(by: outcome.tasks)) {
        done += " " + web.words("It addresses “{problem}”. Did it get better?", ["problem": problem.title])
      }
      return try change(id, outcome, done, web)
    }
  }

  /// POST /tasks/:task/cancellation
  static func cancel(_ web: Context, _ id: ID<Task>) throws -> Change {
    let commands = try TaskCommands.find(id, web.plannerWriting)
    let (scope, _) = try asked(web, for: CancelScope.self)
    return try choosing(commands.task, Paths.cancellation(id), scope?.rawValue, web) {
      try change(id, commands.cancel(scope), web.words("“{title}” is cancelled.", ["title": commands.task.title]), web)
    }
  }

  /// POST /tasks/:task/reopening
  static func reopen(_ web: Context, _ id: ID<Task>) throws -> Change {
    let commands = try TaskCommands.find(id, web.plannerWriting)
    let outcome = try commands.reopen()
    let isOut = commands.task.isArchived
    return try change(id, outcome, isOut ? web.words("The task is out of the archive.") : web.words("The task is open again."), web)
  }

  /// POST /tasks/:task/start
  static func start(_ web: Context, _ id: ID<Task>) throws -> Change {
    let commands = try TaskCommands.find(id, web.plannerWriting)
    let outcome = try commands.start()
    let says = web.words("“{title}” is in progress.", ["title": commands.task.title])
    let waits = web.words.count("It waits for {n} thing still.", "It waits for {n} things still.", commands.task.openBlockers)
    return try change(id, outcome, commands.task.openBlockers > 0 ? says + " " + waits : says, web)
  }

  /// POST /tasks/:task/deferral
  static func putOff(_ web: Context, _ id: ID<Task>) throws -> Change {
    let commands = try TaskCommands.find(id, web.plannerWriting)
    return try web.takeForm(askingAgain: { try TaskPage(TaskDetails.read(id, web), web, $0) }) {
      var read = FormReader(web.form, web.words)
      let day = read.dayAhead("until", nil, try web.reader, orSomeday: true)
      try read.finish()
      let outcome = try commands.putOff(until: day)
      let until = day.map { TimeWords.date($0, web.language) }
      var says = until.map { web.words("Put off until {date}.", ["date": $0]) } ?? web.words("Put off until someday.")
      if let day, let due = commands.task.due, due < day { says += " " + web.words("It is due before that.") }
      return try change(id, outcome, says, web)
    }
  }

  /// POST /tasks/:task/archival
  static func archive(_ web: Context, _ id: ID<Task>) throws -> Change {
    let commands = try TaskCommands.find(id, web.plannerWriting)
    return try change(id, commands.archive(), web.words("The task is in the archive."), web)
  }

  /// POST /tasks/:task/time
  static func spend(_ web: Context, _ id: ID<Task>) throws -> Change {
    let commands = try TaskCommands.find(id, web.plannerWriting)
    return try web.takeForm(askingAgain: { try TaskPage(TaskDetails.read(id, web), web, $0) }) {
      var read = FormReader(web.form, web.words)
      let minutes = read.minutes("minutes", try web.reader, isSigned: true)
      if minutes == nil { read.complain("minutes", web.words("Fill this in.")) }
      let spent = try read.finish(minutes)
      let outcome = try complaining("minutes", web) { try commands.add(minutes: spent) }
      return try change(id, outcome, web.words("{time} noted.", ["time": WorkMinutes.text(max(0, commands.task.spent + spent))]), web)
    }
  }

  /// POST /tasks/:task/position
  static func move(_ web: Context, _ id: ID<Task>) throws -> Change {
    let commands = try TaskCommands.find(id, web.plannerWriting)
    return try web.takeForm(askingAgain: { try TaskPage(TaskDetails.read(id, web), web, $0) }) {
      var read = FormReader(web.form, web.words)
      let after = read.ids("after", web.words("Choose one of your tasks."), of: Task.self).first
      let position = read.integer("position", Int.min...Int.max, 0)
      let isMoved = web.form.first("parent") != nil
      let parent = read.ids("parent", web.words("Choose one of your tasks."), of: Task.self).first
      try read.finish()
      let isNumbered = !(web.form.text("position") ?? "").utf8.isEmpty
      let place: TaskPlace? = if let after { .after(after) } else if isNumbered { .position(position) } else { nil }
      let outcome = try complaining("parent", web) {
        try TaskTree(commands: commands).move(to: isMoved ? parent : commands.task.parent, place)
      }
      let to = (isMoved ? parent : commands.task.parent).map { Paths.task($0) } ?? Paths.task(id)
      return Change(
        to: web.back(or: to), says: outcome.isNothing ? nil : outcome.says(web.words("Moved."), try web.reader), did: outcome.entries)
    }
  }

  // MARK: - The trash

  /// POST /tasks/:task/deletion
  static func delete(_ web: Context, _ id: ID<Task>) throws -> Change {
    let commands = try TaskCommands.find(id, web.plannerWriting)
    let outcome = try commands.delete()
    return Change(
      to: Paths.tasks, says: web.words("“{name}” is deleted.", ["name": commands.task.title]), undo: outcome.undo, did: outcome.entries)
  }

  /// POST /trash/task/:task/restoration
  static func restore(_ web: Context, _ id: ID<Task>) throws -> Change {
    let outcome = try TaskCommands.restore(id, web.plannerWriting)
    if outcome.isNothing { return Change(to: Paths.task(id), says: web.words("It was so already."), did: []) }
    var text = outcome.says(web.words("The task is back."), try web.reader)
    if outcome.isAtTop { text += " " + web.words("It stands at the top now.") }
    return Change(to: Paths.task(id), says: text, facts: LinkLoss.facts(outcome.dropped), did: outcome.entries)
  }

  // MARK: - What they share

  /// What a form says of how much is closed.
  private static func asked<Scope: RawRepresentable & CaseIterable>(_ web: Context, for type: Scope.Type) throws -> (Scope?, anyway: Bool)
  where Scope.RawValue == String {
    var read = FormReader(web.form, web.words)
    let text = read.raw("scope")
    let scope = text.utf8.isEmpty ? nil : read.picked("scope", as: type)
    let anyway = read.flag("anyway")
    do throws(FormErrors) {
      try read.finish()
    } catch {
      throw Failure.misread(error.complaints.first?.text ?? "")
    }
    return (scope, anyway)
  }

  /// Does it, or asks what is to become of what it would leave behind.
  private static func choosing(_ task: Task, _ action: Path, _ scope: String?, _ web: Context, _ make: () throws -> Change) throws
    -> Change
  {
    do {
      return try make()
    } catch {
      guard let refusal = error as? TaskRefusal else { throw error }
      let words = web.words
      let sent = scope.map { [("scope", $0)] } ?? []
      let choices: [(label: String, fields: [(String, String)])]
      switch refusal {
      case .openSubtasks:
        choices = [(words("All of them"), [("scope", "all")]), (words("Only this one"), [("scope", "one")])]
      case .series(let open):
        let whole: [(label: String, fields: [(String, String)])] =
          open > 0 ? [(words("This one and its subtasks"), [("scope", "all")])] : []
        choices = [(words("Only this one"), [("scope", "one")])] + whole + [(words("The whole series"), [("scope", "series")])]
      case .blocked: choices = [(words("Complete it anyway"), sent + [("anyway", "on")])]
      default: throw error
      }
      return .refused(web.page(try TaskChoicePage(task, refusal, to: action, choices, web), status: 409))
    }
  }

  /// Makes a complaint of a form of what cannot be.
  private static func complaining<Value>(_ field: String, _ web: Context, _ make: () throws -> Value) throws -> Value {
    do {
      return try make()
    } catch {
      if let refusal = error as? TaskRefusal { throw FormErrors(refusal.field, refusal.sentence(web.words)) }
      if field == "goal", (error as? Failure) == .notFound { throw FormErrors("goal", web.words("Choose one of your goals.")) }
      throw error
    }
  }

  private static func change(_ id: ID<Task>, _ outcome: TaskOutcome, _ done: String, _ web: Context) throws -> Change {
    let place = web.back(or: Paths.task(id))
    if outcome.isNothing { return Change(to: place, says: web.words("It was so already."), did: []) }
    let text = outcome.says(done, try web.reader)
    // Its own page asks by itself.
    let offer = place.text.utf8.elementsEqual(Paths.task(id).text.utf8) ? nil : try TaskPage.Offer.now(id, web)
    return Change(
      to: place, says: offer.map { text + " " + $0.text } ?? text, undo: outcome.undo,
      offering: offer.map { Flash.Offered(path: $0.path, label: $0.label) }, did: outcome.entries)
  }
}
