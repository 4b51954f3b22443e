import Domain
import HTML
import Web

/// What stands beside a conversation: its customer, who has it, its tags, what can be done.
struct ConversationSide {
  let secret: CSRFField
  let customer: String
  let addresses: [String]
  /// Since when the customer is known; nil: they were erased.
  let since: TimeText?
  let customerNotes: [CustomerNoteItem]
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
  var hasCustomerNotes: Bool { !customerNotes.isEmpty }

  /// What the team noted about the customer.
  struct CustomerNoteItem {
    let author: String
    let at: TimeText
    let text: SafeHTML
  }

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
    addresses = thread.customer?.addresses ?? []
    since = thread.customer.map { TimeText($0.firstSeenAt, person, clock) }
    customerNotes = thread.customerNotes.map {
      CustomerNoteItem(author: $0.authorName, at: TimeText($0.at, person, clock), text: Markdown.rendered($0.text).html)
    }
    (channel, channelPath) = (v.channelName, Paths.channel(v.channel))
    var make = FieldBuilder(state)
    assignee =
      mine
      ? make.choice("member", words("Given to"), v.assignee?.text ?? "", Member.choices(thread.members, at: now, words)) : nil
    assignment = Paths.assignment(v.id)
    assigneeName = thread.answering.name(of: v.assignee) ?? words("Nobody")
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
    unspam = mine && (v.state == .spam || thread.customer?.isSpam ?? false) ? Paths.unspam(v.id) : nil
    draft = mine && v.state != .spam && thread.draft.map { ![.asked, .pending].contains($0.state) } ?? true ? Paths.askForDraft(v.id) : nil
    takeIn = mine && thread.messages.contains(where: \.isStranger) ? Paths.seen(v.id) : nil
    customerPath = Paths.customer(v.customer)
    others = thread.others.map {
      Other(path: Paths.conversation($0.id), subject: $0.subject.utf8.isEmpty ? words("Without a subject") : $0.subject)
    }
    snooze = mine && v.state != .spam ? SnoozePart(v, snoozing, secret, words) : nil
    merge = mine ? MergePart(thread, merging, secret, words) : nil
    // From the very first message on there is nothing to split off.
    let later = thread.isLong ? thread.shown : thread.shown.dropFirst()
    split = mine && thread.messages.count > 1 ? SplitPart(v, from: later, splitting, secret, person, clock, words) : nil
  }
}
