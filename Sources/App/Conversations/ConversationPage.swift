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
  /// All of it, from the beginning.
  let whole: Path
  /// The page shows the newest messages alone.
  let isLong: Bool
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

  /// - Parameters:
  ///   - retrying: how the form stands that sends an answer again, and of which.
  ///   - why: what is said of a conflict in place of what ``DraftConflict`` says of an answer that is typed.
  init(
    _ thread: ThreadDetails, _ web: Context, _ state: FormState = .fresh, conflict: DraftConflict? = nil, noting: FormState = .fresh,
    tagging: FormState = .fresh, merging: FormState = .fresh, snoozing: FormState = .fresh, splitting: FormState = .fresh,
    retrying: (answer: ID<DeskMessage>, form: FormState)? = nil, preview: String? = nil, refusal: ConversationRefusal? = nil,
    why: String? = nil
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
    messages = thread.shown.map { message in
      MessageItem(
        message, in: v, thread.files.filter { $0.message == message.id }, thread.revisions.filter { $0.message == message.id }, person,
        clock,
        words)
    }
    drafts = thread.draft.flatMap { draft in
      [.asked, .pending].contains(draft.state)
        ? DraftLink(path: Paths.draft(draft.id), badge: DraftText.badge(draft.state, nil, words)) : nil
    }
    // What somebody has typed stays to be copied, also where it cannot be sent.
    reply = mine && (v.state != .spam || state.typed != nil) ? ReplyForm(thread, state, conflict, layout.secret, words) : nil
    notes = NotesPart(thread.notes, v.id, layout.secret, canWrite: mine, noting, person, clock, words)
    timeline = TimelineLine.all(thread, person, clock, words)
    (whole, isLong) = (Paths.timeline(v.id), thread.isLong)
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
    undo =
      mine
      ? thread.shown.compactMap { message -> AnswerButtons? in
        let form = retrying.flatMap { $0.answer == message.id ? $0.form : nil } ?? .fresh
        return AnswerButtons(message, in: v, retrying: form, layout.secret, words)
      } : []
    notices = ConversationPage.notices(
      thread, conflict.map { why ?? ConversationPage.told($0, refusal, words) }, person, now: web.now, clock, words)
  }

  private static func again(_ thread: ThreadDetails, _ person: Person, now: Instant, _ clock: PageClock, _ words: Words) -> SnoozeAgain? {
    guard let until = thread.answeredSnooze?.until, until > now, [.open, .waiting].contains(thread.conversation.state) else { return nil }
    return SnoozeAgain(
      action: Paths.snoozes(thread.conversation.id), until: HiddenField(name: "until", value: person.zone.local(until).text),
      words: words("Put off until {time} again", ["time": TimeText(until, person, clock).when.text]))
  }

  private static func notices(
    _ thread: ThreadDetails, _ conflict: String?, _ person: Person, now: Instant, _ clock: PageClock, _ words: Words
  ) -> [DraftPage.Notice] {
    var notices: [DraftPage.Notice] = []
    func say(_ tone: String, _ icon: String, _ text: String) { notices.append(DraftPage.Notice(tone: tone, icon: icon, text: text)) }
    let v = thread.conversation
    if let conflict { say("due", "late", conflict) }
    if thread.messages.contains(where: { $0.sending == .held && $0.draft == nil && $0.kind == .person }) {
      say("due", "held", words("The customer wrote again before the answer left. Nothing is sent until you say so."))
    }
    if thread.messages.count == 1, thread.messages[0].direction == .inbound, thread.messages[0].kind == .person, thread.others.isEmpty {
      say("calm", "person", words("The first message of a new customer."))
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
      say("due", "person", words("{name} has it since {time}.", ["name": thread.answering.name(of: claimant) ?? "", "time": since]))
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

  /// Why an answer was not taken. Its text stands in the box again.
  private static func told(_ conflict: DraftConflict, _ refusal: ConversationRefusal?, _ words: Words) -> String {
    if conflict == .newer {
      return words(
        "The customer wrote while you were reading. Look at the new message, then decide. Your text is below, and nothing was sent.")
    }
    let why =
      conflict == .held
      ? words("The answer is kept back. Confirm it or take it back.") : (refusal ?? .answerWaits).sentence(words)
    return why + " " + words("Your text is below, and nothing of it was sent.")
  }
}
