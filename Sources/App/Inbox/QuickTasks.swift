import Domain
import HTML
import Postgres
import Web

/// A task from one line: what is understood of it goes through the fields of the long form, so that both mean the same by the same words.
struct QuickTask {
  let line: String
  let said: InboxUnderstanding
  let draft: TaskDraft

  init(_ web: Context) throws {
    let reader = try web.reader
    var read = FormReader(web.form, reader.words)
    let line = read.line("quick", 1...QuickEntry.longest)
    try read.finish()
    guard let said = try InboxUnderstanding.read(lines: [(text: line, at: web.now)], web).first else { throw Failure.notFound }
    let form = InboxFields.filled(.task, line, said, reader.person.zone)
    let made = read.nest(naming: { _ in "quick" }) { () throws(FormErrors) in try TaskDraft(form, reader) }
    draft = try read.finish(made)
    (self.line, self.said) = (line, said)
  }
}

/// Tasks from one line.
enum QuickTasks {
  /// POST /tasks: by the long form, or by a line (`quick`).
  static func create(_ web: Context) throws -> Change {
    if web.form.first("quick") == nil { return try Tasks.create(web) }
    let writing = try web.plannerWriting
    return try web.takeForm(askingAgain: { try QuickTaskPage($0, web) }) {
      let quick = try QuickTask(web)
      let outcome = try made(quick, writing, web)
      guard let id = outcome.tasks.first else { throw Failure.notFound }
      let thing = InboxThing(kind: .task, id: ThingRef(.task, of: id).id, title: quick.draft.title)
      try InboxCommands.keep(quick.line, as: thing, writing)
      return Change(
        to: Paths.task(id), says: try says(quick, web), undo: Paths.deletion(id), keeping: wording(quick.line, of: thing),
        did: outcome.entries)
    }
  }

  private static func made(_ quick: QuickTask, _ writing: PlannerWriting, _ web: Context) throws -> TaskOutcome {
    do {
      return try TaskCommands.make(quick.draft, writing)
    } catch {
      guard let refusal = error as? TaskRefusal else { throw error }
      throw FormErrors("quick", refusal.sentence(web.words))
    }
  }

  /// What it was understood as, and what of it stays in the title.
  private static func says(_ quick: QuickTask, _ web: Context) throws -> String {
    let words = web.words
    let understood = InboxChip.all(quick.said, try web.person, web.clock, words).map(\.text)
    let parts = understood.isEmpty ? [] : [understood.joined(separator: " · ") + "."]
    let written = words("“{title}” is written down.", ["title": quick.draft.title])
    return ([written] + parts + InboxChip.notes(quick.said, words)).joined(separator: " ")
  }

  // MARK: - As typed

  /// What keeps a line as the title of the task that it became; nil: it is that, or too long for one.
  static func wording(_ line: String, of thing: InboxThing) -> Flash.Wording? {
    guard thing.kind == .task, isTitle(line), !line.utf8.elementsEqual(thing.title.utf8) else { return nil }
    return Flash.Wording(path: Paths.asTyped(ID(high: thing.id.high, low: thing.id.low)), words: line)
  }

  private static func isTitle(_ line: String) -> Bool {
    let scalars = line.unicodeScalars
    return scalars.count <= InboxFields.longestTitle && scalars.allSatisfy { $0.value >= 32 && !(127...159).contains($0.value) }
  }

  /// POST /tasks/:task/as-typed: what somebody wrote is the title, and what was read out of it is taken back where it is so still.
  static func keepAsTyped(_ web: Context, _ id: ID<Task>) throws -> Change {
    let commands = try TaskCommands.find(id, web.plannerWriting)
    let task = commands.task
    guard let line = try InboxCommands.line(of: id, web.db), isTitle(line.text) else { throw InboxRefusal.noLine }
    if task.title.utf8.elementsEqual(line.text.utf8) { return Change(to: Paths.task(id), says: web.words("It was so already."), did: []) }
    guard let said = try InboxUnderstanding.read(lines: [line], web).first else { throw Failure.notFound }
    let goal = try web.db.row(TaskGoal.of(id))
    return try web.takeForm(askingAgain: { try TaskFormPage(web, $0, stored: task) }) {
      let reader = try web.reader
      var fields = plain(task, line.text, said, reader.person.zone)
      if let who = said.personID, who == task.assignee { fields.append(("assignee", "")) }
      if let goal, goal.id == said.goalID { fields.append(("goal", "")) }
      let outcome = try commands.save(TaskDraft(Form(fields), stored: task, reader))
      return Change(to: Paths.task(id), says: outcome.says(web.words("Saved."), reader), did: outcome.entries)
    }
  }

  /// The task as its form says it, without what its line was understood as.
  private static func plain(_ task: Task, _ line: String, _ said: InboxUnderstanding, _ zone: Zone) -> [(String, String)] {
    func number(_ stored: Int?, unless read: Int?) -> String { stored == nil || stored == read ? "" : String(stored ?? 0) }
    let due = task.dueTime == said.line.due ? nil : task.dueTime
    let tags = task.tags.filter { tag in !said.line.tags.contains { $0.utf8.elementsEqual(tag.utf8) } }
    var fields: [(String, String)] = [
      ("title", line), ("notes", task.notes), ("priority", number(task.priority, unless: said.line.priority)),
      ("impact", number(task.impact, unless: nil)), ("due", due?.text(zone) ?? ""),
      ("estimate", number(task.estimate, unless: said.line.estimate)), ("actual", String(task.spent)), ("parent", task.parent?.text ?? ""),
      ("tags", tags.joined(separator: ", ")), ("deferred_until", task.deferredUntil?.iso ?? ""), ("private", task.isPrivate ? "on" : ""),
      ("version", String(task.version)),
    ]
    if case .series(let again?, _, _)? = said.line.when, let rule = task.rule, rule.utf8.elementsEqual(again.rule.text.utf8) {
      fields.append(("repeat", ""))
    }
    return fields
  }
}

/// The form of a line that was refused.
struct QuickTaskPage {
  let layout: Layout
  let frame: FormFrame
  let quick: TextField

  init(_ state: FormState, _ web: Context) throws {
    let words = web.words
    var make = FieldBuilder(state)
    layout = try Layout(words("New task"), .tasks, web)
    quick = make.text(
      "quick", words("What is to be done?"), help: words("A day, #tag, @person, !1 to !4, ~45m and +goal are understood."), required: true,
      maxLength: QuickEntry.longest)
    frame = FormFrame(make, layout.secret, to: Paths.tasks, cancel: Paths.tasks, carrying: [state.nonce])
  }
}
