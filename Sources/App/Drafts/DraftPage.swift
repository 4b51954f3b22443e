import Domain
import HTML
import Postgres
import Web

/// The review page: what the customer wrote, what is to be answered, and the decision.
struct DraftPage {
  let layout: Layout
  let back = Paths.drafts
  let title: String
  let conversation: Path
  let customer: String
  let facts: DraftFacts
  let badge: StatusBadge
  /// What is to be known first: what happened meanwhile, why nothing left.
  let notices: [Notice]
  /// Until when it can be taken back; nil: it waits for nothing.
  let leaves: TimeText?
  /// After so many seconds the script looks what has become of it.
  let refresh: Int
  /// Whether the whole page is another then.
  let reloads: Bool
  /// Newest messages, which the draft answers.
  let newest: [MessageItem]
  /// All before them.
  let earlier: [MessageItem]
  /// Where older ones stand; nil: there are none.
  let whole: Path?
  /// nil: there is nothing to decide.
  let review: ReviewForm?
  /// The answer as it stands, where it is not to be edited.
  let text: SafeHTML?
  /// What the text is called where another stands in the box.
  let textTitle: String?
  let preview: SafeHTML?
  /// What somebody else made of it meanwhile, beside what was typed here (RULES 6.26).
  let rival: SafeHTML?
  let signature: SafeHTML?
  let sources: [SourceCard]
  let struck: [String]
  let writer: String
  /// What was said to the model, for those who may know; nil: none was asked.
  let prompts: Path?
  let changes: ChangesView?
  let actions: DraftActions
  let notes: NotesPart
  let timeline: [TimelineLine]
  let successor: Path?
  let others: OtherDrafts
  /// nil: it is not to be put off here.
  let snooze: SnoozePart?

  var hasEarlier: Bool { !earlier.isEmpty }
  var hasStruck: Bool { !struck.isEmpty }

  struct Notice {
    let tone: String
    let icon: String
    let text: String
  }

  /// A passage that the draft quotes.
  struct SourceCard {
    let title: String
    let path: Path
    let url: SafeURL?
    let heading: String?
    let text: SafeHTML
    let indexed: TimeText
    let isStale: Bool
    /// What of a model's draft rests on it.
    let sentences: [String]
    var hasSentences: Bool { !sentences.isEmpty }
  }

  /// - Parameters:
  ///   - sent: which form came, and stands as `state` says.
  ///   - conflict: why a decision was not taken.
  ///   - preview: Markdown that is shown as it would leave.
  init(
    _ details: DraftDetails, _ web: Context, _ state: FormState = .fresh, of sent: DraftForms.Form = .answer,
    conflict: DraftConflict? = nil, preview: String? = nil
  ) throws {
    let forms = DraftForms(sent, state)
    let (person, words, clock) = (try web.person, web.words, web.clock)
    let (draft, thread) = (details.draft, details.thread)
    let (mine, v) = (person.answersCustomers, thread.conversation)
    var layout = try Layout(v.subject.utf8.isEmpty ? words("Without a subject") : v.subject, .drafts, web, takesFlash: conflict == nil)
    layout.isAwaited = draft.state == .asked
    self.layout = layout
    title = layout.title
    conversation = Paths.conversation(v.id)
    customer = Customer.title(v.customerName, v.customerAddress)
    facts = DraftFacts(details, conflict, clock)
    badge = DraftText.badge(draft.state, details.answer?.sending, words)
    let seen = thread.shown
    let items = seen.map { message in
      MessageItem(
        message, in: v, thread.files.filter { $0.message == message.id }, thread.revisions.filter { $0.message == message.id }, person,
        clock,
        words)
    }
    let begun = seen.firstIndex { $0.id == draft.newestInbound }.map { $0 - seen.startIndex } ?? items.count - 1
    let first = max(0, min(items.count - 1, begun) - 1)
    (newest, earlier) = (Array(items[first...]), Array(items[..<first]))
    whole = thread.isLong ? Paths.timeline(v.id) : nil
    let isOpen = draft.state == .pending && v.state != .spam
    review =
      mine && (isOpen || state.typed != nil && conflict != nil)
      ? ReviewForm(details, forms[.answer], conflict, layout.secret, now: web.now, words) : nil
    // Of two texts both are shown, that of whoever reads this in the box (RULES 6.26).
    let isBeside = review != nil && conflict != nil && conflict != .newer
    text = (review == nil || isBeside) && !draft.text.utf8.isEmpty ? Markdown.rendered(draft.text).html : nil
    textTitle = isBeside ? words("What stands there now") : nil
    self.preview = preview.map { Markdown.rendered($0).html }
    let typed = (conflict == .stale || conflict == .decided) && !draft.text.utf8.isEmpty ? state.typed?.text("text") : nil
    rival = typed.flatMap { $0.utf8.elementsEqual(draft.text.utf8) ? nil : Markdown.rendered(draft.text).html }
    signature = thread.channel.signature.utf8.isEmpty ? nil : Markdown.rendered(thread.channel.signature).html
    sources = details.sources.map {
      SourceCard(
        title: $0.title, path: Paths.source($0.source).fragment("p\($0.passage)"), url: $0.url.flatMap { SafeURL($0) },
        heading: $0.heading.utf8.isEmpty ? nil : $0.heading, text: Markdown.rendered($0.text).html,
        indexed: TimeText($0.indexedAt, person, clock), isStale: $0.isStale,
        sentences: $0.sentences.split(separator: "\n").map { String($0) })
    }
    struck = draft.struck
    writer = DraftText.writer(draft, words)
    prompts = person.role >= .admin && draft.attempts > 0 ? Paths.prompts(draft.id) : nil
    changes = draft.isEdited || draft.action == .edit ? ChangesView(from: draft.generated, to: draft.text) : nil
    actions = DraftActions(details, mine, layout.secret, person, forms, now: web.now, words)
    notes = NotesPart(thread.notes, v.id, layout.secret, canWrite: mine, .fresh, person, clock, words)
    timeline = TimelineLine.all(thread, person, clock, words)
    successor = draft.supersededBy.map { Paths.draft($0) }
    others = OtherDrafts(details)
    snooze = mine && isOpen ? SnoozePart(v, .fresh, layout.secret, words) : nil
    let sending = details.answer?.sending
    leaves = sending == .waiting ? details.answer?.sendAt.map { TimeText($0, person, clock) } : nil
    refresh = draft.state == .asked ? 3 : 15
    reloads = draft.state == .asked || sending == .waiting || sending == .queued || sending == .sending
    notices = DraftText.notices(details, conflict, person, now: web.now, clock, words)
  }
}

/// What tools read of a draft.
struct DraftFacts {
  let state: String
  let action: String
  let version: Int
  let confidence: String
  let model: String
  let promptVersion: String
  let language: String
  let check: String
  let sources: Int
  let claimedBy: String
  let undoUntil: String
  let newMessages: Int
  let fallback: String
  let attempts: Int
  let sending: String
  let conflict: String?

  init(_ details: DraftDetails, _ conflict: DraftConflict?, _ clock: PageClock) {
    let (draft, thread) = (details.draft, details.thread)
    state = draft.state.rawValue
    action = draft.action?.rawValue ?? ""
    version = draft.version
    confidence = draft.confidenceInHundredths.text
    (model, promptVersion, language) = (draft.modelKey, draft.promptVersion, draft.language.rawValue)
    check = draft.isToCheck ? "yes" : "no"
    sources = draft.sources
    claimedBy = thread.answering.name(of: thread.conversation.claimant(at: clock.now)) ?? ""
    let answer = details.answer
    undoUntil = answer?.sending == .waiting ? answer?.sendAt?.iso ?? "" : ""
    newMessages = details.newMessages
    fallback = draft.fallback.rawValue
    attempts = draft.attempts
    sending = answer?.sending?.rawValue ?? ""
    self.conflict = conflict?.rawValue
  }
}

/// The answer in its box, with whom it goes to, and the decision.
struct ReviewForm {
  let secret: CSRFField
  let summary: ErrorSummary?
  let approval: Path
  let keep: Path
  let preview: Path
  let version: Int
  let seen: String
  let nonce: HiddenField
  let opened: String
  let text: TextArea
  let to: TextField?
  let cc: TextField?
  let close: Checkbox
  let extras: AnswerExtras
  /// Who must know what they do: the customer answers nobody there.
  let warning: String?

  init(
    _ details: DraftDetails, _ state: FormState, _ conflict: DraftConflict?, _ secret: CSRFField, now: Instant, _ words: Words
  ) {
    let (draft, thread) = (details.draft, details.thread)
    // What an approval said that was taken back.
    let back = thread.messages.last { $0.draft == draft.id && $0.sending == .cancelled }
    var make = FieldBuilder(state)
    text = make.area("text", words("Answer"), draft.text, help: words("Markdown. Nothing leaves before you approve it."), rows: 14)
    let isMail = thread.channel.type == .email
    let (people, copies) = (draft.recipients ?? thread.recipients.to, draft.copies ?? thread.recipients.cc)
    to = isMail ? make.text("to", words("To"), people.joined(separator: ", "), autocomplete: "off") : nil
    cc = isMail ? make.text("cc", words("Copy to"), copies.joined(separator: ", "), autocomplete: "off", optional: true) : nil
    close = make.tick("close", words("Close the conversation when it is sent"), back?.closes ?? false, says: words.answers)
    extras = AnswerExtras(thread, givenBack: back, &make, words)
    summary = make.summary
    self.secret = secret
    (approval, keep, preview) = (Paths.approval(draft.id), Paths.draft(draft.id), Paths.preview(draft.id))
    // What is sent next is measured by what this page shows.
    version = draft.version
    seen = thread.conversation.newestInbound?.text ?? ""
    nonce = conflict == nil ? state.nonce : HiddenField(name: "nonce", value: Idempotency.nonce())
    opened = String(now.seconds)
    warning = NoReply.warning(people, words)
  }
}

/// Addresses that nobody reads (RULES 6.18).
enum NoReply {
  static func isMute(_ address: String) -> Bool {
    let local = address.utf8.prefix { $0 != 0x40 }.map { ASCII.lower($0) }.filter { $0 != 0x2D && $0 != 0x5F && $0 != 0x2E }
    return ["noreply", "donotreply", "naoresponda", "naoresponder", "noresponder", "nereply"].contains {
      Array(local).starts(with: $0.utf8)
    }
  }

  /// What whoever writes to such an address is told; nil: nothing.
  static func warning(_ people: [String], _ words: Words) -> String? {
    guard let first = people.first, isMute(first) else { return nil }
    return words("{address} reads no answers, as its name says.", ["address": first])
  }
}
