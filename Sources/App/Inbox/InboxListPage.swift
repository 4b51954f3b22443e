import Domain
import HTML
import Postgres
import Web

/// The inbox: its field, then what was written down, the newest first.
struct InboxListPage {
  let layout: Layout
  let field: InboxForm
  let chips: Chips
  let rows: [InboxRow]
  let secret: CSRFField
  let back: String
  let next: Path?
  let empty: EmptyState?
  /// Whether the empty list shows what can be written.
  let showsExamples: Bool
  /// nil: nothing is to be sorted.
  let triage: Path?

  init(_ page: PageOf<InboxItem>, _ filter: InboxFilter, _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    let said = try InboxUnderstanding.read(page.rows, web)
    layout = try Layout(words("Inbox"), .inbox, web)
    secret = layout.secret
    field = InboxForm(state, secret, words)
    back = filter.path().text
    let open = person.counts[.openInbox]
    let labels: [(InboxFilter.State, String, String?)] = [
      (.new, words("To sort", context: "inbox"), String(open)), (.filed, words("Sorted", context: "inbox"), nil),
      (.thrown, words("Thrown away", context: "inbox"), nil), (.all, words("All", context: "inbox"), nil),
    ]
    chips = Chips(labels.map { Chip(path: filter.path($0.0), label: $0.1, count: $0.2, isCurrent: $0.0 == filter.state) })
    triage = open == 0 ? nil : Paths.inboxTriage
    rows = zip(page.rows, said).enumerated().map { number, row in InboxRow(row.0, row.1, at: number, person, web.clock, words) }
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    showsExamples = page.rows.isEmpty && filter.state == .new
    empty = page.rows.isEmpty && page.last == nil ? InboxListPage.empty(filter.state, words) : nil
  }

  private static func empty(_ state: InboxFilter.State, _ words: Words) -> EmptyState {
    switch state {
    case .new: EmptyState(icon: "done", title: words("Nothing to sort"), text: words("Write what is on your mind."))
    case .filed, .thrown, .all:
      EmptyState(
        icon: "search", title: words("Nothing matches"), text: words("No item of the inbox is in this state."),
        way: (words("Show all"), Paths.inbox.adding("state", "all")))
    }
  }
}

/// The field in which lines are written down.
struct InboxForm {
  let action = Paths.inbox
  let hearing = Paths.inboxHearing
  let secret: CSRFField
  let nonce: HiddenField
  let summary: ErrorSummary?
  let text: TextArea

  init(_ state: FormState, _ secret: CSRFField, _ words: Words) {
    var make = FieldBuilder(state)
    text = make.area(
      "text", words("What is on your mind?"),
      help: words("A line is an item. A day, #tag, @person, !1 to !4, ~45m and +goal are understood."),
      rows: 3)
    self.secret = secret
    (nonce, summary) = (state.nonce, make.summary)
  }
}

/// One item in the list.
struct InboxRow {
  let mark: String
  let text: String
  let path: Path
  let state: String
  let session: String
  let badge: StatusBadge
  let received: TimeText
  let chips: [InboxChip]
  /// What it became, with its page; nil: nothing, or it is gone.
  let became: Became?
  let deletion: Path

  struct Became {
    let value: String
    let title: String
    let path: Path
  }

  init(_ item: InboxItem, _ said: InboxUnderstanding, at number: Int, _ person: Person, _ clock: PageClock, _ words: Words) {
    (mark, text, path) = ("r\(number)", InboxItem.short(item.raw, 200), Paths.triage(item.id))
    (state, session) = (item.becameKind == nil ? "new" : item.becameKind == "none" ? "none" : "filed", item.session.text)
    received = TimeText(item.receivedAt, person, clock)
    chips = item.becameKind == nil ? InboxChip.all(said, person, clock, words) : []
    became = item.thing.flatMap { thing in
      item.becameTitle.map { Became(value: thing.text, title: $0, path: thing.path) }
    }
    badge = InboxRow.badge(item, said, words)
    deletion = Paths.deletion(item.id)
  }

  private static func badge(_ item: InboxItem, _ said: InboxUnderstanding, _ words: Words) -> StatusBadge {
    if item.becameKind == "none" { return StatusBadge(tone: "calm", icon: "archive", label: words("Thrown away", context: "inbox item")) }
    if let thing = item.thing { return StatusBadge(tone: "done", icon: "done", label: InboxText.name(thing.kind, words)) }
    return StatusBadge(tone: "calm", icon: "note", label: InboxText.name(said.likeliest, words))
  }
}
