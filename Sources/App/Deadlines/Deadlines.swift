import Domain
import HTML
import Postgres
import Web

/// The deadlines' pages, forms and buttons.
enum Deadlines {
  /// GET /deadlines
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try DeadlineFilter(query, words) }
    return try web.list {
      let page = try filter.page(web)
      return try DeadlineListPage(page.rows, next: page.next, page.counts, filter, web)
    }
  }

  /// GET /deadlines/new
  static func new(_ web: Context) throws -> Response {
    let (task, event) = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let (text, other) = (read.raw("task"), read.raw("event"))
      let (task, event) = (ID<Task>(text), ID<Event>(other))
      if task == nil, !text.utf8.isEmpty { read.complain("task", words("Choose one of your tasks.")) }
      if event == nil, !other.utf8.isEmpty { read.complain("event", words("Choose one of your events.")) }
      try read.finish()
      return (task, event)
    }
    _ = try web.person
    return web.page(try DeadlineFormPage(web, of: task, about: event))
  }

  /// POST /deadlines
  static func create(_ web: Context) throws -> Change {
    let with = try web.deadlineWriting
    return try web.takeForm(askingAgain: { try DeadlineFormPage(web, $0) }) {
      let draft = try DeadlineDraft(web.form, web.reader)
      let outcome = try complaining(web) { try DeadlineCommands.make(draft, with) }
      if draft.reminder != nil { try web.services.quota.check(isNew: true, grownBy: 0, web) }
      let due = TimeWords.dayTime(draft.due, with.person.zone, web.language, now: web.now)
      return Change(
        to: Paths.deadline(outcome.id), says: web.words("“{title}” is due {time}.", ["title": draft.title, "time": due]),
        did: outcome.entries,
        wakes: draft.due)
    }
  }

  /// GET /deadlines/:deadline
  static func show(_ web: Context, _ id: ID<Deadline>) throws -> Response { web.page(try DeadlinePage(id, web)) }

  /// GET /deadlines/:deadline/edit
  static func edit(_ web: Context, _ id: ID<Deadline>) throws -> Response {
    guard let deadline = try web.read(Deadline.mine("d.id = \(id)")).first else { throw Failure.notFound }
    return web.page(try DeadlineFormPage(web, stored: deadline))
  }

  /// POST /deadlines/:deadline
  static func save(_ web: Context, _ id: ID<Deadline>) throws -> Change {
    let commands = try DeadlineCommands.find(id, web.deadlineWriting)
    return try web.takeForm(askingAgain: { try DeadlineFormPage(web, $0, stored: commands.deadline) }) {
      let draft = try DeadlineDraft(web.form, stored: commands.deadline, web.reader)
      let outcome = try complaining(web) { try commands.save(draft) }
      if outcome.isNewlyRung { try web.services.quota.check(isNew: true, grownBy: 0, web) }
      return Change(to: Paths.deadline(id), says: web.words("Saved."), did: outcome.entries, wakes: draft.due)
    }
  }

  // MARK: - Its course

  /// POST /deadlines/:deadline/completion
  static func complete(_ web: Context, _ id: ID<Deadline>) throws -> Change {
    let commands = try DeadlineCommands.find(id, web.deadlineWriting)
    let outcome = try commands.complete()
    let done = try commands.bell().deadline
    let late = DeadlineText(done, try web.person, web.clock, web.words).lateness
    let values: KeyValuePairs = ["title": done.title, "late": late ?? ""]
    let says =
      late == nil
      ? web.words("The deadline “{title}” is completed.", values)
      : web.words("The deadline “{title}” is completed, {late}.", values)
    return change(id, outcome, says, web)
  }

  /// POST /deadlines/:deadline/reopening
  static func reopen(_ web: Context, _ id: ID<Deadline>) throws -> Change {
    let outcome = try DeadlineCommands.find(id, web.deadlineWriting).reopen()
    return change(id, outcome, web.words("The deadline is open again."), web)
  }

  /// POST /deadlines/:deadline/extension
  static func extend(_ web: Context, _ id: ID<Deadline>) throws -> Change {
    let commands = try DeadlineCommands.find(id, web.deadlineWriting)
    if commands.deadline.status == .completed { throw DeadlineRefusal.completed }
    return try web.takeForm(askingAgain: { try DeadlinePage(id, web, $0) }) {
      let form = try DeadlineExtension(web.form, web.reader)
      let outcome = try complaining(web) { try commands.extend(form) }
      if outcome.isNewlyRung, let full = try web.services.quota.overflow(web) { throw FormErrors("due", full) }
      let says = DeadlineText.extended(outcome, to: form.due, try web.person, now: web.now, web.words)
      return Change(to: Paths.deadline(id), says: says, did: outcome.entries, wakes: form.due)
    }
  }

  /// POST /deadlines/:deadline/look: its owner has seen that it was missed.
  static func look(_ web: Context, _ id: ID<Deadline>) throws -> Change {
    let outcome = try DeadlineCommands.find(id, web.deadlineWriting).look()
    return change(id, outcome, web.words("It stands in the list of deadlines still."), web)
  }

  // MARK: - The trash

  /// POST /deadlines/:deadline/deletion
  static func delete(_ web: Context, _ id: ID<Deadline>) throws -> Change {
    let commands = try DeadlineCommands.find(id, web.deadlineWriting)
    let outcome = try commands.delete()
    return Change(
      to: Paths.deadlines, says: web.words("“{name}” is deleted.", ["name": commands.deadline.title]), undo: outcome.undo,
      did: outcome.entries)
  }

  /// POST /trash/deadline/:deadline/restoration
  static func restore(_ web: Context, _ id: ID<Deadline>) throws -> Change {
    var read = FormReader(web.form, web.words)
    let isTicked = read.flag("reminders")
    let outcome = try DeadlineCommands.restore(id, reminders: isTicked || web.isToRingAgain, web.deadlineWriting)
    if let complaint = read.errors.complaints.first { throw Failure.misread(complaint.text) }
    if outcome.isNothing { return Change(to: Paths.deadline(id), says: web.words("It was so already."), did: []) }
    if outcome.isNewlyRung, let full = try web.services.quota.overflow(web) { throw Failure.conflict(full) }
    let says = web.words("The deadline is back.")
    return Change(
      to: Paths.deadline(id), says: outcome.isSilent ? says + " " + web.words("Its reminder is not: edit it to have one again.") : says,
      did: outcome.entries, wakes: web.now)
  }

  // MARK: - What they share

  /// Makes a complaint of a form of what cannot be.
  private static func complaining<Value>(_ web: Context, _ make: () throws -> Value) throws -> Value {
    do {
      return try make()
    } catch {
      guard let refusal = error as? DeadlineRefusal, refusal != .completed else { throw error }
      throw FormErrors(refusal.field, refusal.sentence(web.words))
    }
  }

  private static func change(_ id: ID<Deadline>, _ outcome: DeadlineOutcome, _ done: String, _ web: Context) -> Change {
    Change(
      to: web.back(or: Paths.deadline(id)), says: outcome.isNothing ? web.words("It was so already.") : done, undo: outcome.undo,
      did: outcome.entries)
  }
}
