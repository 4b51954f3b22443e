import Domain
import HTML
import Postgres
import Web

/// How a deadline was put later.
struct PastExtension {
  let from: Instant
  let to: Instant
  let reason: String

  /// Those of a deadline, the newest first.
  static func of(_ id: ID<Deadline>) -> Query<PastExtension> {
    Query(
      """
      SELECT from_due AS from, to_due AS to, reason FROM deadline_extensions WHERE deadline_id = \(id) AND user_id = (SELECT me())
      ORDER BY at DESC, id DESC LIMIT 50
      """, into: PastExtension.init)
  }
}

/// The page of one deadline.
struct DeadlinePage {
  let layout: Layout
  let summary: ErrorSummary?
  let back = Paths.deadlines
  let secret: CSRFField
  let status: String
  let badge: StatusBadge
  let kind: String
  let tags: [String]
  let isPrivate: Bool
  let due: TimeText
  let former: [TimeText]
  let extensionCount: String
  let lateness: Late?
  let rings: Ring?
  /// It would ring, but its reminder is not there any more.
  let isSilent: Bool
  let task: TaskLink?
  let event: TaskLink?
  let importance: String
  let consequences: String?
  let description: SafeHTML?
  let missed: TimeText?
  let completed: TimeText?
  let made: TimeText
  let extensions: [ExtensionItem]
  let completion: Path?
  let reopening: Path?
  /// nil: it was not missed, or that was seen.
  let look: Path?
  let form: ExtensionForm?
  let relationships: RelationshipsPart
  let edit: Path
  let deletion: Path

  var hasExtensions: Bool { !extensions.isEmpty }

  struct Late {
    let minutes: String
    let text: String
  }
  /// Its reminder.
  struct Ring {
    let time: TimeText
    let path: Path?
    let words: String?
  }
  struct TaskLink {
    let path: Path
    let title: String
  }
  struct ExtensionItem {
    let from: TimeText
    let to: TimeText
    let reason: String?
  }
  /// The form that puts it later.
  struct ExtensionForm {
    let action: Path
    let due: TextField
    let reason: TextField
  }

  /// - Parameter state: of the form that puts it later, where it was refused.
  /// - Throws: ``Failure/notFound``.
  init(_ id: ID<Deadline>, _ web: Context, _ state: FormState = .fresh) throws {
    let (found, past, related) = try web.read(
      Deadline.mine("d.id = \(id)"), PastExtension.of(id), RelatedThing.of(ThingRef(.deadline, of: id).id))
    guard let deadline = found.first else { throw Failure.notFound }
    let (person, words) = (try web.person, web.words)
    func time(_ instant: Instant) -> TimeText { TimeText(instant, person, web.clock) }
    let text = DeadlineText(deadline, person, web.clock, words)
    layout = try Layout(deadline.title, .deadlines, web)
    secret = layout.secret
    (status, badge, due, former) = (text.status.rawValue, text.badge, text.due, text.formerDues)
    kind = DeadlineText.name(deadline.type, words)
    tags = deadline.tags.map { "#" + $0 }
    isPrivate = deadline.isPrivate
    extensionCount = String(deadline.formerDues.count)
    lateness = text.lateness.map { Late(minutes: String(text.late ?? 0), text: $0) }
    rings = text.rings.map {
      Ring(
        time: $0, path: deadline.reminder.map { Paths.reminder($0) }, words: deadline.remindWords.utf8.isEmpty ? nil : deadline.remindWords)
    }
    isSilent = deadline.isSilent
    task = deadline.task.flatMap { id in deadline.taskTitle.map { TaskLink(path: Paths.task(id), title: $0) } }
    event = deadline.event.flatMap { id in deadline.eventTitle.map { TaskLink(path: Paths.event(id), title: $0) } }
    importance = text.importance
    consequences = deadline.consequences.utf8.isEmpty ? nil : deadline.consequences
    description = deadline.description.utf8.isEmpty ? nil : Markdown.rendered(deadline.description).html
    missed = deadline.status == .missed ? deadline.missedAt.map(time) : nil
    completed = deadline.completedAt.map(time)
    made = time(deadline.createdAt)
    extensions = past.map { ExtensionItem(from: time($0.from), to: time($0.to), reason: $0.reason.utf8.isEmpty ? nil : $0.reason) }
    let isOver = deadline.status == .completed
    completion = isOver ? nil : Paths.completion(id)
    reopening = isOver ? Paths.reopening(id) : nil
    look = deadline.isToBeSeen ? Paths.look(id) : nil
    var make = FieldBuilder(state)
    form =
      isOver
      ? nil
      : ExtensionForm(
        action: Paths.putLater(id),
        due: make.text("due", words("New due date"), "", help: words("Later than now and than it is due."), required: true, maxLength: 200),
        reason: make.text("reason", words("Why?"), "", optional: true, maxLength: 500))
    summary = make.summary
    relationships = try RelationshipsPart(deadline.ref, related, web, layout.secret)
    edit = Paths.editDeadline(id)
    deletion = Paths.deletion(id)
  }
}
