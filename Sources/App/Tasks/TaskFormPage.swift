import Domain
import HTML
import Postgres
import Web

/// A task or goal as a form offers it.
struct PlannedChoice {
  let id: ID<Thing>
  let title: String

  /// Tasks that can be a parent: those that are to be done, what changed last first, and the one that is it now.
  static func parents(of task: ID<Task>?, now parent: ID<Task>?) -> Query<PlannedChoice> {
    Query(
      """
      SELECT x.id, x.title FROM (
        (SELECT t.id, t.title, t.updated_at FROM tasks t WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.archived_at IS NULL
          AND t.status IN ('open', 'in_progress', 'deferred') AND t.id IS DISTINCT FROM \(task)::uuid ORDER BY t.updated_at DESC, t.id DESC LIMIT 100)
        UNION
        SELECT p.id, p.title, p.updated_at FROM tasks p WHERE p.id = \(parent)::uuid AND p.user_id = (SELECT me()) AND p.deleted_at IS NULL) x
      ORDER BY x.updated_at DESC, x.id DESC
      """, into: PlannedChoice.init)
  }

  /// Tasks that are to be done and have the same title (RULES 8.6).
  ///
  /// - Parameter norm: that title, as titles are compared.
  static func alike(_ norm: SQL, but task: ID<Task>?) -> Query<PlannedChoice> {
    Query(
      """
      SELECT t.id, t.title FROM tasks t WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.archived_at IS NULL
        AND t.status IN ('open', 'in_progress', 'deferred') AND t.title_norm = \(norm)
        AND t.id IS DISTINCT FROM \(task)::uuid ORDER BY t.id DESC LIMIT 3
      """, into: PlannedChoice.init)
  }

  static var goals: Query<PlannedChoice> {
    Query(
      """
      SELECT g.id, g.title FROM goals g WHERE g.user_id = (SELECT me()) AND g.deleted_at IS NULL AND g.status IN ('active', 'paused')
      ORDER BY lower(g.title), g.id LIMIT 100
      """, into: PlannedChoice.init)
  }
}

/// The form that makes or edits a task.
struct TaskFormPage {
  let layout: Layout
  let title: TextField
  let due: TextField
  let priority: Select
  let parent: Select
  let goal: Select
  let notes: TextArea
  let tags: TextField
  let impact: Select
  let estimate: TextField
  let actual: TextField
  let deferredUntil: TextField
  let isPrivate: Checkbox
  let assignee: TextField
  /// Names that are offered for who does it.
  let people: [String]
  let repeats: RepeatFields
  /// Shown when the form was posted to be looked at.
  let preview: TaskPreview?
  let previewAction = Paths.taskPreview
  /// The same without script, on a phone: what was asked for stands far below.
  let previewPlace = Paths.taskPreview.fragment("looked-at")
  /// Whether what few tasks have is shown at once.
  let isOpen: Bool
  var frame: FormFrame

  /// What it reads.
  struct Choices {
    let parents: [PlannedChoice]
    let goals: [PlannedChoice]
    /// As it comes again now.
    let series: TaskSeries?
    /// What it supports now.
    let goal: TaskGoal?
    let people: [String]
    /// Who a new one is said to be done by.
    let chosen: String?

    static func read(_ task: Task?, parent: ID<Task>?, by chosen: ID<KnownPerson>?, _ web: Context) throws -> Choices {
      let (parents, goals, series, supported, people, names) = try web.read(
        PlannedChoice.parents(of: task?.id, now: parent), PlannedChoice.goals, TaskSeries.mine("r.series_id = \(task?.series)"),
        TaskGoal.of(task?.id), TaskAssignee.offered, TaskAssignee.name(of: chosen))
      // One that rests in the archive is offered too where it is the one.
      let goal = supported.first
      let isOffered = goals.contains { $0.id == goal?.id }
      let own = isOffered ? [] : goal.map { [PlannedChoice(id: $0.id, title: $0.title)] } ?? []
      return Choices(parents: parents, goals: own + goals, series: series.first, goal: goal, people: people, chosen: names.first)
    }
  }

  /// - Parameters:
  ///   - task: the one that is edited; nil: a new one.
  ///   - above: under which a new one is to stand.
  ///   - chosen: who a new one is to be done by.
  init(
    _ web: Context, _ state: FormState = .fresh, stored task: Task? = nil, under above: ID<Task>? = nil, by chosen: ID<KnownPerson>? = nil,
    preview: TaskPreview? = nil
  ) throws {
    let at = task?.parent ?? above ?? state.typed?.text("parent").flatMap { ID<Task>($0) }
    let choices = try Choices.read(task, parent: at, by: chosen, web)
    let series = choices.series
    self.preview = preview
    let (words, person) = (web.words, try web.person)
    var make = FieldBuilder(state)
    layout = try Layout(task == nil ? words("New task") : words("Edit task"), .tasks, web)
    title = make.text("title", words("What is to be done?"), task?.title ?? "", short: words("Title"), required: true, maxLength: 200)
    due = make.text(
      "due", words("Due"), task?.dueTime?.text(person.zone) ?? "", help: words("“friday”, “tomorrow at 9” or 2027-03-15."), optional: true,
      maxLength: 200)
    priority = make.choice(
      "priority", words("Priority"), task?.priority.map { String($0) } ?? "", TaskText.priorities(words))
    parent = make.choice(
      "parent", words("Is a part of"), at?.text ?? "",
      TaskText.options(words("Nothing else"), choices.parents.map { ($0.id.text, $0.title) }))
    goal = make.choice(
      "goal", words("Supports the goal"), choices.goal?.id.text ?? "",
      TaskText.options(words("None", context: "goal"), choices.goals.map { ($0.id.text, $0.title) }))
    assignee = make.text(
      "assignee", words("Who does it"), task?.assigneeName ?? choices.chosen ?? "", help: words("One of your people; empty: you."),
      optional: true,
      maxLength: 200, list: "people")
    people = choices.people
    notes = make.area("notes", words("Notes"), task?.notes ?? "", help: words("Markdown works here."))
    tags = make.tags(task?.tags ?? [], words)
    repeats = RepeatFields(
      &make, series?.stored, person, today: task?.due ?? person.zone.local(web.now).day,
      of: .task(series?.repeatFrom ?? .due, isTimed: series?.repeats?.isTimed ?? false), words)
    impact = make.choice(
      "impact", words("Impact"), task?.impact.map { String($0) } ?? "",
      TaskText.options(words("None", context: "impact"), (1...5).map { (String($0), words("{n} of 5", ["n": String($0)])) }))
    estimate = make.text(
      "estimate", words("Estimate"), task?.estimate.map { WorkMinutes.text($0) } ?? "", help: words("Such as “90” or “1h30”."),
      optional: true)
    actual = make.text(
      "actual", words("Time spent"), task.map { $0.spent == 0 ? "" : WorkMinutes.text($0.spent) } ?? "", optional: true)
    deferredUntil = make.text(
      "deferred_until", words("Deferred until"), task?.deferredUntil?.iso ?? "", help: words("Until then it is out of the way."),
      type: "date",
      optional: true)
    isPrivate = make.privacy(task?.isPrivate ?? false, words)
    isOpen = task != nil || state.typed != nil
    let place = task.map { Paths.task($0.id) }
    frame = FormFrame(
      make, layout.secret, to: place ?? Paths.tasks, cancel: place ?? Paths.tasks,
      carrying: task.map { [state.version($0.version), HiddenField(name: "task", value: $0.id.text)] } ?? [state.nonce])
  }
}

/// Asks what is to become of what a change would leave behind: one button for each choice, the same post with one more field (409).
struct TaskChoicePage {
  let layout: Layout
  let text: String
  let back: Path
  let backLabel: String
  let secret: CSRFField
  let choices: [Choice]
  let summary: ErrorSummary? = nil

  struct Choice {
    let action: Path
    let fields: [HiddenField]
    let label: String
    let isFirst: Bool
  }

  /// - Parameters:
  ///   - action: where it was posted.
  ///   - choices: what the post says for each.
  init(_ task: Task, _ refusal: TaskRefusal, to action: Path, _ choices: [(label: String, fields: [(String, String)])], _ web: Context)
    throws
  {
    layout = try Layout(task.title, .tasks, web, takesFlash: false)
    secret = layout.secret
    text = refusal.sentence(web.words)
    (back, backLabel) = (Paths.task(task.id), task.title)
    self.choices = choices.enumerated().map { number, choice in
      Choice(
        action: action, fields: choice.fields.map { HiddenField(name: $0.0, value: $0.1) }, label: choice.label, isFirst: number == 0)
    }
  }
}
