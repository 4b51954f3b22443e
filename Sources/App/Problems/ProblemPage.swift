import Domain
import HTML
import Postgres
import Web

/// The page of one problem.
struct ProblemPage {
  let layout: Layout
  let summary: ErrorSummary? = nil
  let back = Paths.problems
  let secret: CSRFField
  let status: String
  let badge: StatusBadge
  let severity: Fact?
  let horizon: Fact?
  let tags: [String]
  let isPrivate: Bool
  let description: SafeHTML?
  let begun: TimeText
  let resolved: TimeText?
  /// Whether a task that was done made it better.
  let question: String?
  /// It is over, and tasks that address it are not.
  let closing: Closing?
  let addressedBy: LinkList?
  let holdsUp: LinkList?
  let others: LinkList?
  let attach: AttachTask?
  let newLink: NewLink
  let resolution: Path
  let monitoring: Path
  let reopening: Path
  let archival: Path
  let deletion: Path
  let edit: Path
  let isActive: Bool
  let isWatched: Bool
  let isArchived: Bool

  var isOpen: Bool { isActive || isWatched }

  struct Fact {
    let value: String
    let text: String
  }
  struct Closing {
    let text: String
    let done = AddressingTasks.done.rawValue
    let cancelled = AddressingTasks.cancelled.rawValue
  }

  /// - Throws: ``Failure/notFound``.
  init(_ id: ID<Problem>, _ web: Context) throws {
    let (found, links, tasks) = try web.read(
      Problem.mine("p.id = \(id)"), LinkedThing.of(ThingRef(.problem, of: id).id), PlannedChoice.parents(of: nil, now: nil))
    guard let problem = found.first else { throw Failure.notFound }
    let (person, words) = (try web.person, web.words)
    layout = try Layout(problem.title, .problems, web)
    secret = layout.secret
    (status, badge) = (problem.status.rawValue, ProblemText.badge(problem.status, words))
    severity = problem.severity.map { Fact(value: String($0), text: ProblemText.severity($0, words)) }
    horizon = problem.horizon.map { Fact(value: $0.rawValue, text: HorizonWords.name($0, words)) }
    tags = problem.tags.map { "#" + $0 }
    isPrivate = problem.isPrivate
    description = problem.description.utf8.isEmpty ? nil : Markdown.rendered(problem.description).html
    begun = TimeText(problem.createdAt, person, web.clock)
    resolved = problem.resolvedAt.map { TimeText($0, person, web.clock) }
    question = ProblemText.question(problem, words)
    let addressing = links.filter { $0.type == .addressesProblem }
    let open = addressing.filter { $0.kind == .task && $0.blocks }
    closing =
      problem.status == .resolved && !open.isEmpty
      ? Closing(text: words.count("{n} task addresses it still.", "{n} tasks address it still.", open.count)) : nil
    addressedBy = LinkList(words("Addressed by"), addressing, strikes: true, words)
    holdsUp = LinkList(words("Is waited for by"), links.filter { $0.type == .dependsOn }, strikes: false, words)
    others = LinkList(words("Links"), links.filter { $0.type != .dependsOn && $0.type != .addressesProblem }, strikes: false, words)
    attach = AttachTask(tasks, to: problem.ref, .addressesProblem, layout.secret, words)
    newLink = NewLink(problem.ref, words, type: .blocks)
    resolution = Paths.resolution(id)
    monitoring = Paths.monitoring(id)
    reopening = Paths.reopening(id)
    archival = Paths.archival(id)
    deletion = Paths.deletion(id)
    edit = Paths.editProblem(id)
    (isActive, isWatched, isArchived) = (problem.status == .active, problem.status == .monitoring, problem.status == .archived)
  }
}

/// The form that makes or edits a problem.
struct ProblemFormPage {
  let layout: Layout
  let title: TextField
  let severity: Select
  let horizon: Select
  let description: TextArea
  let tags: TextField
  let isPrivate: Checkbox
  var frame: FormFrame

  /// - Parameter problem: the one that is edited; nil: a new one.
  init(_ web: Context, _ state: FormState = .fresh, stored problem: Problem? = nil) throws {
    let words = web.words
    var make = FieldBuilder(state)
    layout = try Layout(problem == nil ? words("New problem") : words("Edit problem"), .problems, web)
    title = make.text("title", words("What is wrong?"), problem?.title ?? "", short: words("Title"), required: true, maxLength: 200)
    severity = make.choice(
      "severity", words("Severity"), problem?.severity.map { String($0) } ?? "", ProblemText.severities(words))
    horizon = make.choice("horizon", words("Horizon"), problem?.horizon?.rawValue ?? "", HorizonWords.options(words))
    description = make.area("description", words("Notes"), problem?.description ?? "", help: words("Markdown works here."))
    tags = make.tags(problem?.tags ?? [], words)
    isPrivate = make.privacy(problem?.isPrivate ?? false, words)
    let place = problem.map { Paths.problem($0.id) }
    frame = FormFrame(
      make, layout.secret, to: place ?? Paths.problems, cancel: place ?? Paths.problems,
      carrying: [problem.map { state.version($0.version) } ?? state.nonce])
  }
}
