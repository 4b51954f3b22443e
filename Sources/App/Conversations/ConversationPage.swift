import Domain
import HTML
import Postgres
import Web

/// A conversation with its messages, notes and timeline, its customer at the side.
struct ConversationPage {
  let layout: Layout
  let back = Paths.conversations
  let title: String
  let facts: ConversationFacts
  let badge: StatusBadge
  let conflict: String?
  let notices: [DraftPage.Notice]
  let messages: [MessageItem]
  let drafts: DraftLink?
  let reply: ReplyForm?
  let notes: NotesPart
  let timeline: [TimelineLine]
  let side: ConversationSide
  let secret: CSRFField
  let undo: [AnswerButtons]
  /// What is typed, as it would leave.
  let preview: SafeHTML?
  /// What came from other conversations and can go back.
  let returns: [Return]
  /// Who could be its customer instead.
  let offers: [CustomerOffer]
  /// Until when it was put off when the customer wrote: offered again.
  let again: SnoozeAgain?

  /// A merge that can be taken back.
  struct Return {
    let action: Path
    let message: HiddenField
    let words: String
  }

  /// The same time again, in one press.
  struct SnoozeAgain {
    let action: Path
    let until: HiddenField
    let words: String
  }

  /// The draft that waits.
  struct DraftLink {
    let path: Path
    let badge: StatusBadge
  }

  /// What can be done with an answer of ours that did not leave.
  struct AnswerButtons {
    let words: String
    let undo: Path?
    let retry: Path?
  }

  init(
    _ thread: ThreadDetails, _ web: Context, _ state: FormState = .fresh, conflict: DraftConflict? = nil, noting: FormState = .fresh,
    tagging: FormState = .fresh, merging: FormState = .fresh, snoozing: FormState = .fresh, splitting: FormState = .fresh,
    preview: String? = nil
  ) throws {
    let (person, words, clock) = (try web.person, web.words, web.clock)
    let (v, mine) = (thread.conversation, person.answersCustomers)
    var layout = try Layout(
      v.subject.utf8.isEmpty ? words("Without a subject") : v.subject, .conversations, web, takesFlash: conflict == nil)
    layout.isAwaited = thread.draft?.state == .asked
    self.layout = layout
    secret = layout.secret
    title = layout.title
    facts = ConversationFacts(thread)
    badge = ConversationText.badge(v, clock, words)
    self.conflict = conflict?.rawValue
    messages = thread.messages.map { message in
      MessageItem(message, in: v, thread.files.filter { $0.message == message.id }, person, clock, words)
    }
    drafts = thread.draft.flatMap { draft in
      [.asked, .pending].contains(draft.state)
        ? DraftLink(path: Paths.draft(draft.id), badge: DraftText.badge(draft.state, nil, words)) : nil
    }
    reply = mine ? ReplyForm(thread, state, conflict, layout.secret, words) : nil
    notes = NotesPart(thread.notes, v.id, layout.secret, canWrite: mine, noting, person, clock, words)
    timeline = TimelineLine.all(thread, person, clock, words)
    side = ConversationSide(
      thread, mine, tagging, merging: merging, snoozing: snoozing, splitting: splitting, layout.secret, person, now: web.now, clock, words)
    self.preview = preview.map { Markdown.rendered($0).html }
    returns =
      mine
      ? thread.merges.filter { $0.canBeUndone(at: web.now) }.compactMap { merge in
        guard let first = merge.messages.first else { return nil }
        return Return(
          action: Paths.split(v.id), message: HiddenField(name: "message", value: first.text),
          words: words.count(
            "{n} message came from another conversation.", "{n} messages came from another conversation.", merge.messages.count))
      } : []
    offers = mine ? CustomerOffer.all(thread, words) : []
    again = mine ? ConversationPage.again(thread, person, now: web.now, clock, words) : nil
    undo = mine ? ConversationPage.buttons(thread, words) : []
    notices = ConversationPage.notices(thread, conflict, person, now: web.now, clock, words)
  }

  private static func again(_ thread: ThreadDetails, _ person: Person, now: Instant, _ clock: PageClock, _ words: Words) -> SnoozeAgain? {
    guard let until = thread.answeredSnooze?.until, until > now, [.open, .waiting].contains(thread.conversation.state) else { return nil }
    return SnoozeAgain(
      action: Paths.snoozes(thread.conversation.id), until: HiddenField(name: "until", value: person.zone.local(until).text),
      words: words("Put off until {time} again", ["time": TimeText(until, person, clock).when.text]))
  }

  private static func buttons(_ thread: ThreadDetails, _ words: Words) -> [AnswerButtons] {
    thread.messages.compactMap { message in
      guard let sending = message.sending, message.draft == nil, message.kind == .person else { return nil }
      let id = thread.conversation.id
      let canUndo = [.waiting, .held, .failed].contains(sending)
      let canRetry = [.failed, .unknown].contains(sending)
      guard canUndo || canRetry else { return nil }
      return AnswerButtons(
        words: SendingText.badge(sending, words).label, undo: canUndo ? Paths.undo(id, message.id) : nil,
        retry: canRetry ? Paths.retry(id, message.id) : nil)
    }
  }

  private static func notices(
    _ thread: ThreadDetails, _ conflict: DraftConflict?, _ person: Person, now: Instant, _ clock: PageClock, _ words: Words
  ) -> [DraftPage.Notice] {
    var notices: [DraftPage.Notice] = []
    func say(_ tone: String, _ icon: String, _ text: String) { notices.append(DraftPage.Notice(tone: tone, icon: icon, text: text)) }
    let v = thread.conversation
    if conflict != nil {
      say(
        "due", "late",
        words("The customer wrote while you were reading. Look at the new message, then decide. Your text is below, and nothing was sent."))
    }
    if v.mayBelongTo != nil {
      say(
        "due", "info", words("It names a message of another conversation, from an address that has no part in that. It may belong there."))
    }
    if v.continues != nil { say("calm", "info", words("It goes on where a conversation ended that was closed long ago.")) }
    if !v.isAnswerable { say("due", "info", words("It cannot be answered by mail: it names no address that can be written to.")) }
    if !v.isChannelOn { say("due", "stop", words("Its channel is off or deleted: what comes in is not taken.")) }
    if let claimant = v.claimant(at: now), claimant != person.id {
      let since = v.claimedAt.map { TimeText($0, person, clock).when.text } ?? ""
      say("due", "person", words("{name} has it since {time}.", ["name": thread.name(of: claimant) ?? "", "time": since]))
    }
    if let late = thread.lateEscalation, late.isOpen {
      let values: KeyValuePairs = ["name": late.name, "time": TimeText(late.at, person, clock).when.text]
      say("urgent", "escalations", words("The customer waits too long. {name} was told {time}.", values))
    }
    if let until = v.snoozedUntil {
      say("calm", "snooze", words("Put off until {time}.", ["time": TimeText(until, person, clock).when.text]))
    }
    return notices
  }
}

/// An answer by hand.
struct ReplyForm {
  let secret: CSRFField
  let summary: ErrorSummary?
  let action: Path
  let seen: String
  let nonce: HiddenField
  let text: TextArea
  let to: TextField?
  let cc: TextField?
  let close: Checkbox
  let extras: AnswerExtras
  let preview: Path

  init(_ thread: ThreadDetails, _ state: FormState, _ conflict: DraftConflict?, _ secret: CSRFField, _ words: Words) {
    var make = FieldBuilder(state)
    // What was taken back stands in its box again.
    let back = thread.givenBack
    text = make.area(
      "text", words("Answer by hand"), back?.source ?? "", help: words("Markdown. A draft that waits is retired by it."), rows: 6)
    let isMail = thread.channel.type == .email
    to = isMail ? make.text("to", words("To"), (back?.to ?? thread.recipients.to).joined(separator: ", "), autocomplete: "off") : nil
    cc =
      isMail
      ? make.text("cc", words("Copy to"), (back?.cc ?? thread.recipients.cc).joined(separator: ", "), autocomplete: "off", optional: true)
      : nil
    close = make.tick("close", words("Close the conversation when it is sent"), false, says: words.answers)
    extras = AnswerExtras(thread, givenBack: back, &make, words)
    summary = make.summary
    self.secret = secret
    (action, preview) = (Paths.reply(thread.conversation.id), Paths.preview(thread.conversation.id))
    seen = thread.conversation.newestInbound?.text ?? ""
    // The same until something happens, so that the page is the same too.
    let made = HiddenField(
      name: "nonce", value: Idempotency.nonce("reply", thread.conversation.id.text, String(thread.conversation.revision)))
    nonce = conflict != nil ? HiddenField(name: "nonce", value: Idempotency.nonce()) : state.typed == nil ? made : state.nonce
  }
}

/// What stands beside a conversation: its customer, who has it, its tags, what can be done.
struct ConversationSide {
  let secret: CSRFField
  let customer: String
  let addresses: String?
  let channel: String
  let channelPath: Path
  let assignee: Select?
  let assignment: Path
  let assigneeName: String
  let tags: TextField?
  let tagging: Path
  let tagWords: String
  let late: TimeText?
  let claim: Path?
  let release: Path?
  let close: Path?
  let reopen: Path?
  let spam: Path?
  let unspam: Path?
  let draft: Path?
  let takeIn: Path?
  let customerPath: Path
  let others: [Other]
  let snooze: SnoozePart?
  let merge: MergePart?
  let split: SplitPart?

  var hasOthers: Bool { !others.isEmpty }

  /// Another conversation of the customer.
  struct Other {
    let path: Path
    let subject: String
  }

  init(
    _ thread: ThreadDetails, _ mine: Bool, _ state: FormState, merging: FormState, snoozing: FormState, splitting: FormState,
    _ secret: CSRFField, _ person: Person, now: Instant, _ clock: PageClock,
    _ words: Words
  ) {
    let v = thread.conversation
    self.secret = secret
    customer = Customer.title(v.customerName, v.customerAddress)
    addresses = v.customerAddress
    (channel, channelPath) = (v.channelName, Paths.channel(v.channel))
    var make = FieldBuilder(state)
    let people = thread.members.filter { $0.role != .viewer }
    assignee =
      mine
      ? make.choice(
        "member", words("Given to"), v.assignee?.text ?? "", [("", words("Nobody"))] + people.map { ($0.id.text, $0.displayName) }) : nil
    assignment = Paths.assignment(v.id)
    assigneeName = thread.name(of: v.assignee) ?? words("Nobody")
    tagWords = v.tags.joined(separator: ", ")
    tags = mine ? make.text("tags", words("Tags"), tagWords, help: words("With commas between them."), optional: true) : nil
    tagging = Paths.tags(v.id)
    late = v.lateAt.map { TimeText($0, person, clock) }
    let holder = v.claimant(at: now)
    claim = mine && holder != person.id ? Paths.claim(v.id) : nil
    release = mine && holder == person.id ? Paths.release(v.id) : nil
    close = mine && (v.state == .open || v.state == .waiting || v.state == .snoozed) ? Paths.closure(v.id) : nil
    reopen = mine && (v.state == .closed || v.state == .snoozed || v.state == .waiting) ? Paths.reopening(v.id) : nil
    spam = mine && v.state != .spam ? Paths.spam(v.id) : nil
    unspam = mine && v.state == .spam ? Paths.unspam(v.id) : nil
    draft = mine && thread.draft.map { ![.asked, .pending].contains($0.state) } ?? true ? Paths.askForDraft(v.id) : nil
    takeIn = mine && thread.messages.contains(where: \.isStranger) ? Paths.seen(v.id) : nil
    customerPath = Paths.customer(v.customer)
    others = thread.others.map {
      Other(path: Paths.conversation($0.id), subject: $0.subject.utf8.isEmpty ? words("Without a subject") : $0.subject)
    }
    snooze = mine && v.state != .spam ? SnoozePart(v, snoozing, secret, words) : nil
    merge = mine ? MergePart(thread, merging, secret, words) : nil
    split = mine && thread.messages.count > 1 ? SplitPart(thread, splitting, secret, person, clock, words) : nil
  }
}
