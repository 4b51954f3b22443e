import Domain
import HTML
import Postgres
import Web

/// What the page of a task reads.
struct TaskDetails {
  let task: Task
  /// What it stands below.
  let parent: Task?
  /// A page of its subtasks, in their order.
  let subtasks: PageOf<Task>
  let links: [LinkedThing]
  let related: [RelatedThing]
  let deadlines: [TaskDeadline]
  /// Others of the same title that are to be done, while it is.
  let same: [PlannedChoice]

  /// - Throws: ``Failure/notFound``.
  static func read(_ id: ID<Task>, _ web: Context) throws -> TaskDetails {
    let after = web.request.query.text("after").flatMap { ID<Task>($0) }
    let behind: SQL = """
      (\(after == nil) OR (t.position, t.id) > (SELECT a.position, a.id FROM tasks a WHERE a.id = \(after)::uuid AND a.user_id = (SELECT me())))
      """
    let norm: SQL = """
      (SELECT s.title_norm FROM tasks s WHERE s.id = \(id) AND s.user_id = (SELECT me()) AND s.archived_at IS NULL
        AND s.status IN ('open', 'in_progress', 'deferred'))
      """
    let (tasks, parents, subtasks, links, related, deadlines, same) = try web.read(
      Task.mine("t.id = \(id)"),
      Task.mine("t.id = (SELECT c.parent_id FROM tasks c WHERE c.id = \(id) AND c.user_id = (SELECT me()))"),
      Task.mine("t.parent_id = \(id) AND \(behind) ORDER BY t.position, t.id LIMIT \(PageSize.read)"),
      LinkedThing.of(ThingRef(.task, of: id).id), RelatedThing.of(ThingRef(.task, of: id).id), TaskDeadline.of(id),
      PlannedChoice.alike(norm, but: id))
    guard let task = tasks.first else { throw Failure.notFound }
    // Whose the task is comes before what is wrong with its address.
    _ = try web.query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let after = read.after(as: Task.self)
      try read.finish()
      return after
    }
    return TaskDetails(
      task: task, parent: parents.first, subtasks: PageOf(subtasks), links: links, related: related, deadlines: deadlines, same: same)
  }
}

/// The page of one task.
struct TaskPage {
  let layout: Layout
  let summary: ErrorSummary?
  let back: Path
  let backLabel: String
  let secret: CSRFField
  let status: String
  let badge: StatusBadge
  let blocked: String
  let facts: [Fact]
  let tags: [TagLink]
  let isPrivate: Bool
  /// Who does it.
  let assignee: Assignee?
  let notes: SafeHTML?
  /// "3 of 10 in its series".
  let series: String?
  /// "Finished 2 days late".
  let late: String?
  /// How it comes again, of one that is to be done.
  let repeats: RepeatText?
  let quick: TaskQuickEdit?
  let chain: Path
  let history: Path
  let same: [TaskPreview.Same]
  /// What can be done, the first as what is done most often.
  let main: Button
  let start: Path?
  let cancellation: Path?
  let archival: Path?
  let deletion: Path
  let edit: Path
  let deferral: FieldForm?
  let time: FieldForm
  /// Minutes are added up: pressed twice they count once.
  let timeNonce: HiddenField
  let subtasks: [SubtaskItem]
  let nextSubtasks: Path?
  let addSubtask: Path?
  let waitsFor: LinkList?
  let holdsUp: LinkList?
  let others: LinkList?
  let newLink: NewLink
  let relationships: RelationshipsPart
  let deadlines: TaskDeadlines
  let offer: Offer?

  struct Fact {
    let label: String
    let name: String
    let value: String
    let text: String
  }
  /// Asks about the other end of a tree: whether that is done too, or open again.
  struct Offer {
    let text: String
    let label: String
    let path: Path
  }
  struct TagLink {
    let path: Path
    let text: String
  }
  struct Assignee {
    let path: Path
    let id: String
    let name: String
  }
  struct Button {
    let path: Path
    let label: String
    let icon: String
  }
  /// A field and its button.
  struct FieldForm {
    let action: Path
    let field: TextField
    let label: String
  }

  var hasSubtasks: Bool { !subtasks.isEmpty }

  /// - Parameter state: of one of its small forms, where it was refused.
  init(_ details: TaskDetails, _ web: Context, _ state: FormState = .fresh) throws {
    let (task, person, words) = (details.task, try web.person, web.words)
    let today = web.clock.habitDate(of: person)
    let text = TaskText(task, person, today: today, web.clock, words)
    layout = try Layout(task.title, .tasks, web)
    secret = layout.secret
    back = details.parent.map { Paths.task($0.id) } ?? Paths.tasks
    backLabel = details.parent?.title ?? words("Tasks")
    (status, badge, blocked) = (text.status, text.badge, task.isBlocked ? "true" : "false")
    facts = TaskPage.facts(text, person, web)
    tags = task.tags.map { TagLink(path: Paths.tasks.adding("tag", $0), text: "#" + $0) }
    isPrivate = task.isPrivate
    assignee = task.assignee.flatMap { id in task.assigneeName.map { Assignee(path: Paths.person(id), id: id.text, name: $0) } }
    notes = task.notes.utf8.isEmpty ? nil : Markdown.rendered(task.notes).html
    series = text.series
    late = text.late
    let isOver = task.status.isClosed || task.isArchived
    repeats = isOver ? nil : task.repeats.map { RepeatText($0, after: task.dueTime, person, today: today, words) }
    (chain, history) = (Paths.chain(task.id), Paths.activity.adding("thing", task.ref.text))
    same = details.same.map { TaskPreview.Same($0) }
    main =
      isOver
      ? Button(path: Paths.reopening(task.id), label: task.isArchived ? words("Out of the archive") : words("Reopen"), icon: "undo")
      : Button(path: Paths.completion(task.id), label: words("Complete"), icon: "done")
    start = task.status == .open && !task.isArchived ? Paths.start(task.id) : nil
    cancellation = isOver ? nil : Paths.cancellation(task.id)
    archival = task.isArchived ? nil : Paths.archival(task.id)
    deletion = Paths.deletion(task.id)
    edit = Paths.editTask(task.id)
    var make = FieldBuilder(state)
    deferral =
      isOver
      ? nil
      : FieldForm(
        action: Paths.deferral(task.id),
        field: make.text(
          "until", words("Put off until"), task.deferredUntil?.iso ?? "", help: words("Without a day: someday."), type: "date"),
        label: words("Put off"))
    time = FieldForm(
      action: Paths.time(task.id),
      field: make.text("minutes", words("Time spent"), "", help: words("Such as “90” or “1h30”; “-15” takes some away.")),
      label: words("Add"))
    timeNonce = HiddenField(name: "nonce", value: Idempotency.nonce("time", task.id.text, "revision " + String(task.revision)))
    make.add("position", words("Place among the subtasks"))
    summary = make.summary
    quick = task.isArchived ? nil : TaskQuickEdit(task, person, layout.secret, words)
    subtasks = details.subtasks.rows.map { SubtaskItem(TaskText($0, person, today: today, web.clock, words)) }
    nextSubtasks = details.subtasks.last.map { Paths.task(task.id).adding("after", $0.id.text) }
    addSubtask = task.isArchived ? nil : Paths.newTask.adding("parent", task.id.text)
    let links = details.links
    waitsFor = LinkList(words("Waits for"), links.filter { $0.type == .dependsOn && $0.isFrom }, strikes: true, words)
    holdsUp = LinkList(words("Is waited for by"), links.filter { $0.type == .dependsOn && !$0.isFrom }, strikes: false, words)
    others = LinkList(words("Links"), links.filter { $0.type != .dependsOn }, strikes: false, words)
    newLink = NewLink(task.ref, words)
    relationships = try RelationshipsPart(task.ref, details.related, web, layout.secret)
    offer = Offer(task, under: details.parent, words)
    deadlines = TaskDeadlines(details.deadlines, of: task.id, person, web.clock, words)
  }

  private static func facts(_ text: TaskText, _ person: Person, _ web: Context) -> [Fact] {
    let (task, words) = (text.task, web.words)
    func time(_ instant: Instant) -> String { TimeText(instant, person, web.clock).absolute.text }
    let facts: [Fact?] = [
      text.due.map { Fact(label: words("Due"), name: "due", value: text.dueFact ?? "", text: $0) },
      task.deferredUntil.map {
        Fact(label: words("Deferred until"), name: "deferred-until", value: $0.iso, text: TimeWords.date($0, person.language))
      },
      task.priority.map { Fact(label: words("Priority"), name: "priority", value: String($0), text: TaskText.priority($0, words)) },
      task.impact.map { Fact(label: words("Impact"), name: "impact", value: String($0), text: words("{n} of 5", ["n": String($0)])) },
      task.estimate.map { Fact(label: words("Estimate"), name: "estimate", value: String($0), text: WorkMinutes.text($0)) },
      task.spent == 0
        ? nil : Fact(label: words("Time spent"), name: "spent", value: String(task.spent), text: WorkMinutes.text(task.spent)),
      text.subtasks.map { Fact(label: words("Subtasks"), name: "subtasks", value: "\(task.closed)/\(task.subtasks)", text: $0) },
      task.repeats.map { Fact(label: words("Comes again"), name: "repeat", value: $0.rule.text, text: $0.words(person.language)) },
      task.passedOver == 0
        ? nil
        : Fact(
          label: words("Passed over"), name: "passed-over", value: String(task.passedOver),
          text: words.count("{n} date", "{n} dates", task.passedOver)),
      task.startedAt.map { Fact(label: words("Started"), name: "started-at", value: $0.iso, text: time($0)) },
      task.completedAt.map { Fact(label: words("Done", context: "task"), name: "completed-at", value: $0.iso, text: time($0)) },
      Fact(label: words("Written down"), name: "created-at", value: task.createdAt.iso, text: time(task.createdAt)),
    ]
    return facts.compactMap(\.self)
  }
}

extension TaskPage.Offer {
  /// Of a task as it is now.
  static func now(_ id: ID<Task>, _ web: Context) throws -> TaskPage.Offer? {
    guard let task = try web.db.row(Task.mine("t.id = \(id)")) else { return nil }
    let parent = try task.parent.flatMap { parent in try web.db.row(Task.mine("t.id = \(parent)")) }
    return TaskPage.Offer(task, under: parent, web.words)
  }

  /// nil: neither is in another state than the other.
  init?(_ task: Task, under parent: Task?, _ words: Words) {
    if task.isArchived { return nil }
    let isSettled = task.subtasks > 0 && task.closed == task.subtasks
    if !task.status.isClosed, isSettled {
      text = words("All subtasks are closed. Is the task done?")
      (label, path) = (words("Yes, complete it"), Paths.completion(task.id))
    } else if task.status.isClosed, task.closed < task.subtasks {
      text = words("This task is finished, and subtasks of it are open.")
      (label, path) = (words("Reopen this task"), Paths.reopening(task.id))
    } else if let parent, !parent.isArchived, parent.status.isClosed, !task.status.isClosed {
      text = words("“{title}” is finished, and this below it is open.", ["title": parent.title])
      (label, path) = (words("Reopen “{title}”", ["title": parent.title]), Paths.reopening(parent.id))
    } else if let parent, !parent.isArchived, !parent.status.isClosed, task.status.isClosed, parent.closed == parent.subtasks {
      text = words("All subtasks of “{title}” are closed. Is it done?", ["title": parent.title])
      (label, path) = (words("Complete “{title}”", ["title": parent.title]), Paths.completion(parent.id))
    } else {
      return nil
    }
  }
}

/// One subtask on the page of its task.
struct SubtaskItem {
  let mark: String
  let path: Path
  let title: String
  let status: String
  let badge: StatusBadge
  let facts: String?
  /// nil: it is closed.
  let completion: Path?
  let moving: Path
  let up: String?
  let down: String

  init(_ text: TaskText) {
    let task = text.task
    mark = "s-" + task.id.text
    (path, title, status, badge, facts) = (Paths.task(task.id), task.title, text.status, text.badge, text.facts)
    completion = task.status.isClosed || task.isArchived ? nil : Paths.completion(task.id)
    moving = Paths.position(task.id)
    up = task.position > 1 ? String(task.position - 1) : nil
    down = String(task.position + 1)
  }
}
