import Domain
import HTML
import Postgres
import Web

/// What can be done with a draft at once, by a button.
struct DraftActions {
  let secret: CSRFField
  let version: HiddenField
  let seen: HiddenField
  let claim: Path?
  let release: Path?
  let undo: Path?
  let undoLabel: String
  let confirmation: Path?
  let toMe: AssigningPart?
  let decisions: DecisionsPart

  init(
    _ details: DraftDetails, _ mine: Bool, _ secret: CSRFField, _ person: Person, _ forms: DraftForms, now: Instant, _ words: Words
  ) {
    let (draft, thread) = (details.draft, details.thread)
    self.secret = secret
    version = HiddenField(name: "version", value: String(draft.version))
    seen = HiddenField(name: "seen", value: thread.conversation.newestInbound?.text ?? "")
    let isOpen = mine && draft.state == .pending
    let holder = thread.conversation.claimant(at: now)
    claim = isOpen && holder != person.id ? Paths.claim(draft.id) : nil
    release = isOpen && holder == person.id ? Paths.release(draft.id) : nil
    let sending = details.answer?.sending
    undo = mine && (sending == .waiting || sending == .held || sending == .failed) ? Paths.undo(draft.id) : nil
    undoLabel = sending == .failed ? words("Edit it again") : words("Take it back")
    confirmation = mine && sending == .held ? Paths.confirmation(draft.id) : nil
    let isMine = thread.conversation.assignee == person.id
    toMe = mine && !isMine ? AssigningPart(thread.conversation.id, to: person, from: Paths.draft(draft.id)) : nil
    decisions = DecisionsPart(details, mine, secret, forms, now: now, words)
  }
}

/// Gives a conversation to whoever presses.
struct AssigningPart {
  let action: Path
  let member: HiddenField
  let next: HiddenField

  init(_ conversation: ID<Conversation>, to person: Person, from place: Path) {
    action = Paths.assignment(conversation)
    member = HiddenField(name: "member", value: person.id.text)
    next = HiddenField(name: "next", value: place.text)
  }
}

/// Links to the drafts beside one, in the order of the queue.
struct OtherDrafts {
  let previous: Path?
  let next: Path?
  /// The next that nobody else holds; nil: this one waits for nobody.
  let skip: Path?

  var isEmpty: Bool { previous == nil && next == nil && skip == nil }

  init(_ details: DraftDetails) {
    let (draft, beside) = (details.draft, details.neighbours)
    previous = beside.previous.map { Paths.draft($0) }
    next = beside.next.map { Paths.draft($0) }
    skip = draft.state == .pending ? Paths.nextDraft.adding("after", QueueCursor(beside.part, draft.id).text) : nil
  }
}

/// How the forms of a review page stand: what was typed into one of them stands in that one again, and in no other.
struct DraftForms {
  enum Form { case answer, rejection, regeneration, retry }

  private let sent: Form
  private let state: FormState

  init(_ sent: Form, _ state: FormState) { (self.sent, self.state) = (sent, state) }

  subscript(form: Form) -> FormState { form == sent ? state : .fresh }
}

/// Decisions that ask for more than a press.
struct DecisionsPart {
  let secret: CSRFField
  let version: HiddenField
  let nonce: HiddenField
  let opened: HiddenField
  let rejection: Rejection?
  let regeneration: Regeneration?
  let retry: Path?
  let retryTo: TextField?

  struct Rejection {
    let action: Path
    let summary: ErrorSummary?
    let reason: Select
    let note: TextArea
    /// What was typed is not folded away.
    let isOpen: Bool
  }

  struct Regeneration {
    let action: Path
    let summary: ErrorSummary?
    let instruction: TextArea
    let isOpen: Bool
  }

  init(_ details: DraftDetails, _ mine: Bool, _ secret: CSRFField, _ forms: DraftForms, now: Instant, _ words: Words) {
    let (draft, thread) = (details.draft, details.thread)
    self.secret = secret
    version = HiddenField(name: "version", value: String(draft.version))
    nonce = HiddenField(name: "nonce", value: Idempotency.nonce())
    opened = HiddenField(name: "opened", value: String(now.seconds))
    let isOpen = mine && draft.state == .pending
    // Text that comes too late is shown all the same.
    rejection = isOpen || mine && forms[.rejection].typed != nil ? Rejection(draft, forms[.rejection], words) : nil
    let isLast = thread.draft?.id == draft.id
    let canAskAgain =
      thread.conversation.state != .spam && (isOpen || mine && isLast && (draft.state == .rejected || draft.state == .superseded))
    regeneration = canAskAgain || mine && forms[.regeneration].typed != nil ? Regeneration(draft, forms[.regeneration], words) : nil
    let sending = details.answer?.sending
    retry = mine && thread.conversation.state != .spam && (sending == .failed || sending == .unknown) ? Paths.retry(draft.id) : nil
    var again = FieldBuilder(forms[.retry])
    retryTo =
      retry != nil && thread.channel.type == .email
      ? again.text("to", words("To"), details.answer?.to.joined(separator: ", ") ?? "", autocomplete: "off") : nil
  }
}

extension DecisionsPart.Rejection {
  init(_ draft: Draft, _ state: FormState, _ words: Words) {
    var make = FieldBuilder(state)
    action = Paths.rejection(draft.id)
    reason = make.choice(
      "reason", words("Reason"), Draft.Reason.other.rawValue, Draft.Reason.allCases.map { ($0.rawValue, DraftText.reason($0, words)) })
    note = make.area("note", words("Note"), rows: 2)
    summary = make.summary
    isOpen = state.typed != nil
  }
}

extension DecisionsPart.Regeneration {
  init(_ draft: Draft, _ state: FormState, _ words: Words) {
    var make = FieldBuilder(state)
    action = Paths.regeneration(draft.id)
    instruction = make.area("instruction", words("What should be different?"), rows: 2)
    summary = make.summary
    isOpen = state.typed != nil
  }
}

/// Notes of the team about a conversation, with the form for another.
struct NotesPart {
  let rows: [Row]
  let action: Path?
  let secret: CSRFField
  let nonce: HiddenField
  let text: TextArea

  struct Row {
    let id: String
    let author: String
    let at: TimeText
    let text: SafeHTML
  }

  init(
    _ notes: [NoteRow], _ conversation: ID<Conversation>, _ secret: CSRFField, canWrite: Bool, _ state: FormState, _ person: Person,
    _ clock: PageClock, _ words: Words
  ) {
    rows = notes.reversed().map {
      Row(id: $0.id.text, author: $0.authorName, at: TimeText($0.at, person, clock), text: Markdown.rendered($0.text).html)
    }
    action = canWrite ? Paths.notes(conversation) : nil
    self.secret = secret
    nonce =
      state.typed == nil
      ? HiddenField(name: "nonce", value: Idempotency.nonce("note", conversation.text, String(notes.first?.number ?? 0))) : state.nonce
    var make = FieldBuilder(state)
    text = make.area("text", words("Note for the team"), "", help: words("No customer ever gets it."), rows: 3)
  }
}

/// What was changed in a draft, readable without colour.
struct ChangesView {
  let pieces: [Piece]

  struct Piece {
    let text: String
    let isInserted: Bool
    let isDeleted: Bool
  }

  init(from old: String, to new: String) {
    var pieces: [Piece] = []
    var rest = old.unicodeScalars[...]
    for change in TextChanges(from: old, to: new).changes {
      switch change {
      case .retain(let count):
        pieces.append(Piece(text: String(String.UnicodeScalarView(rest.prefix(count))), isInserted: false, isDeleted: false))
        rest = rest.dropFirst(count)
      case .delete(let text):
        pieces.append(Piece(text: text, isInserted: false, isDeleted: true))
        rest = rest.dropFirst(text.unicodeScalars.count)
      case .insert(let text): pieces.append(Piece(text: text, isInserted: true, isDeleted: false))
      }
    }
    self.pieces = pieces
  }
}

/// A line of the timeline of a conversation, oldest first.
struct TimelineLine {
  let at: TimeText
  let icon: String
  let text: String
  let detail: String?

  /// With its number in the order of the desk.
  typealias Numbered = (number: Int64, line: TimelineLine)
  /// Lines of a page; all stand on ``ConversationTimelinePage``.
  private static let most = 50

  /// The newest of them, as a page shows them.
  static func all(_ thread: ThreadDetails, _ person: Person, _ clock: PageClock, _ words: Words) -> [TimelineLine] {
    // Of a message that says of nobody who wrote it: a chat's, of somebody without an address.
    let customer = Customer.title(thread.conversation.customerName, thread.conversation.customerAddress)
    // That a customer was told that their message has come is an event.
    let messages = thread.messages.filter { $0.direction == .inbound || $0.kind == .person }.map { message -> Numbered in
      let name = Customer.title(message.fromName, message.fromAddress)
      let text =
        message.direction == .inbound
        ? wrote(name.utf8.isEmpty ? customer : name, words)
        : words("{name} answered.", ["name": message.authorName.utf8.isEmpty ? name : message.authorName])
      let icon = message.direction == .inbound ? "email" : "send"
      return (message.number, TimelineLine(TimeText(message.arrivedAt, person, clock), icon, text))
    }
    let others = beside(thread.notes, thread.events, thread.decisions, person, clock, words)
    return (messages + others).sorted { $0.number < $1.number }.suffix(most).map(\.line)
  }

  private static func wrote(_ name: String, _ words: Words) -> String {
    name.utf8.isEmpty ? words("Somebody wrote.") : words("{name} wrote.", ["name": name])
  }

  /// What happened beside messages, in no order.
  ///
  /// - Parameter saysNotes: whether notes stand there with their text.
  static func beside(
    _ notes: [NoteRow], _ events: [ConversationEvent], _ decisions: [DecisionRow], saysNotes: Bool = false, _ person: Person,
    _ clock: PageClock, _ words: Words
  ) -> [Numbered] {
    let notes = notes.map { note -> Numbered in
      let text = words("{name} added a note.", ["name": note.authorName])
      return (note.number, TimelineLine(TimeText(note.at, person, clock), "note", text, saysNotes ? Markdown.plain(note.text) : ""))
    }
    let events = events.map { event -> Numbered in
      let (icon, text) = (TimelineWords.icon(event.kind), TimelineWords.sentence(event, words))
      return (event.number, TimelineLine(TimeText(event.at, person, clock), icon, text, TimelineWords.detail(event)))
    }
    let decisions = decisions.map { decision -> Numbered in
      let (text, detail) = (TimelineWords.sentence(decision, words), TimelineWords.detail(decision, words))
      return (decision.number, TimelineLine(TimeText(decision.at, person, clock), "review", text, detail))
    }
    return notes + events + decisions
  }

  private init(_ at: TimeText, _ icon: String, _ text: String, _ detail: String = "") {
    (self.at, self.icon, self.text) = (at, icon, text)
    self.detail = detail.utf8.isEmpty ? nil : detail
  }
}
