import Domain
import HTML
import Postgres
import Web

/// One item that is to be sorted: what it may be, the form of what it most likely is, and what of the same title is on the list already.
struct InboxTriagePage {
  let layout: Layout
  let back = Paths.inbox
  let summary: ErrorSummary?
  let raw: String
  let item: String
  let session: String
  /// "3 are left."
  let left: String
  let count: String
  let kinds: [KindLink]
  let chips: [InboxChip]
  let notes: [String]
  let alike: [Alike]
  let fields: InboxFields
  let frame: FormFrame
  let save: String
  let action: Path
  let secret: CSRFField
  let skip: Path
  let deletion: Path

  /// Leads to the form of a kind.
  struct KindLink {
    let path: Path
    let label: String
    /// By which key.
    let key: String
    let isCurrent: Bool
  }

  /// Something of the same title.
  struct Alike {
    let target: String
    let title: String
    let mark: String
    let path: Path
  }

  /// - Parameter kind: as which it is shown; nil: as the likeliest.
  init(_ item: InboxItem, _ kind: InboxLine.Kind?, _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    guard let said = try InboxUnderstanding.read([item], web).first else { throw Failure.notFound }
    let kind = kind ?? said.likeliest
    let title = said.title(kind)
    let (alike, goals) = try web.read(InboxThing.alike(kind, title), PlannedChoice.goals)
    layout = try Layout(words("Sort out"), .inbox, web)
    secret = layout.secret
    (raw, self.item, session) = (item.raw, item.id.text, item.session.text)
    let open = person.counts[.openInbox]
    (left, count) = (words.count("{n} is left.", "{n} are left.", open), String(open))
    kinds = InboxChoice.kinds.enumerated().map { number, it in
      KindLink(
        path: Paths.triage(item.id).adding("kind", it.rawValue), label: InboxText.name(it, words), key: String(number + 1),
        isCurrent: it == kind)
    }
    chips = InboxChip.all(said, person, web.clock, words)
    notes = InboxChip.notes(said, words)
    self.alike = alike.enumerated().map { Alike(target: $1.text, title: $1.title, mark: "a\($0)", path: $1.path) }
    fields = InboxFields(
      kind, InboxTriagePage.shown(state, InboxFields.filled(kind, item.raw, said, person.zone)), goals: goals, person, words)
    action = Paths.triage(item.id)
    frame = FormFrame(fields.make, secret, to: action, carrying: fields.hidden)
    summary = nil
    save = InboxTriagePage.save(kind, words)
    skip = Paths.inboxTriage.adding("after", item.id.text)
    deletion = Paths.deletion(item.id)
  }

  /// As typed; what was not typed into that form, such as another's button, leaves it as it was understood.
  private static func shown(_ state: FormState, _ filled: Form) -> FormState {
    if let typed = state.typed, typed.first("title") != nil || typed.first("name") != nil { return state }
    return state.errors.isEmpty ? .shown(filled) : .refused(filled, state.errors)
  }

  private static func save(_ kind: InboxLine.Kind, _ words: Words) -> String {
    switch kind {
    case .task: words("Make it a task")
    case .deadline: words("Make it a deadline")
    case .goal: words("Make it a goal")
    case .problem: words("Make it a problem")
    case .reminder: words("Make it a reminder")
    case .habit: words("Make it a habit")
    }
  }
}

/// All is sorted.
struct InboxDonePage {
  let layout: Layout
  let summary: ErrorSummary? = nil
  let back = Paths.inbox
  let text: String
  let count: String

  init(_ web: Context) throws {
    let words = web.words
    let writing = try web.plannerWriting
    let begin = writing.beginning(of: writing.today)
    let sorted = try web.read(
      Query<Int>(
        column: "SELECT count(*) FROM inbox_items WHERE user_id = (SELECT me()) AND deleted_at IS NULL AND sorted_at >= \(begin)")
    ).first
    layout = try Layout(words("Sort out"), .inbox, web)
    count = String(sorted ?? 0)
    text = words("All sorted: {n} today.", ["n": count])
  }
}

/// An item that is sorted, with what it became.
struct InboxSortedPage {
  let layout: Layout
  let summary: ErrorSummary? = nil
  let back = Paths.inbox
  let raw: String
  let text: String
  let became: String
  /// nil: it has none.
  let way: EmptyState.Way?
  let secret: CSRFField
  let restoration: Path
  let deletion: Path

  init(_ item: InboxItem, _ web: Context) throws {
    let words = web.words
    _ = try web.person
    layout = try Layout(words("Sorted out"), .inbox, web)
    (secret, raw) = (layout.secret, item.raw)
    let thing = item.thing
    became = thing?.text ?? "none"
    let isGone = thing != nil && item.becameTitle == nil
    text = isGone ? words("What this became is deleted.") : InboxText.sorted(item, thing, isJoined: item.isJoined, words)
    way = isGone ? nil : thing.map { EmptyState.Way(label: $0.title, path: $0.path) }
    (restoration, deletion) = (Paths.restoration(item.id), Paths.deletion(item.id))
  }
}
