import Domain
import HTML
import Web

/// What tools read of a conversation.
struct ConversationFacts {
  let state: String
  let assignee: String
  let customer: String
  let channel: String
  let language: String
  let lateAt: String
  let tags: String
  let participants: Int
  let mergedInto: String
  let waitingSince: String
  let draft: String
  /// How what rings for it stands; empty: nobody was told that it is late.
  let escalation: String

  init(_ thread: ThreadDetails) {
    let v = thread.conversation
    state = v.state.rawValue
    assignee = thread.answering.name(of: v.assignee) ?? ""
    customer = v.customerAddress ?? v.customerName
    channel = v.channelName
    language = v.language.rawValue
    lateAt = v.lateAt?.iso ?? ""
    tags = v.tags.joined(separator: ", ")
    participants = thread.participants
    mergedInto = v.mergedInto?.text ?? ""
    waitingSince = v.waitingSince?.iso ?? ""
    draft = thread.draft.flatMap { [.asked, .pending].contains($0.state) ? $0.id.text : nil } ?? ""
    escalation = thread.lateEscalation?.state.rawValue ?? ""
  }
}

/// Merges a conversation into another.
struct MergePart {
  let secret: CSRFField
  let action: Path
  let nonce: HiddenField
  let into: TextField
  let choices: [Choice]
  /// What has to be said twice; nil: nothing.
  let asks: String?
  let isOpen: Bool

  /// One of the same customer.
  struct Choice {
    let into: HiddenField
    let subject: String
  }

  init(_ thread: ThreadDetails, _ state: FormState, asks: String? = nil, _ secret: CSRFField, _ words: Words) {
    self.secret = secret
    self.asks = asks
    let v = thread.conversation
    action = Paths.merge(v.id)
    nonce =
      state.typed == nil
      ? HiddenField(name: "nonce", value: Idempotency.nonce("merge", v.id.text, String(v.revision))) : state.nonce
    var make = FieldBuilder(state)
    into = make.text(
      "into", words("Its address"), help: words("Copy it from the address bar of the other conversation."), autocomplete: "off")
    choices = thread.others.map {
      Choice(
        into: HiddenField(name: "into", value: $0.id.text), subject: $0.subject.utf8.isEmpty ? words("Without a subject") : $0.subject)
    }
    isOpen = state.typed != nil
  }
}

/// Gives a message and what follows it a conversation of their own.
struct SplitPart {
  let secret: CSRFField
  let action: Path
  let nonce: HiddenField
  let message: Select
  let isOpen: Bool

  /// - Parameter later: messages from which on it can be, oldest first: not the first of all.
  init(
    _ v: Conversation, from later: ArraySlice<DeskMessage>, _ state: FormState, _ secret: CSRFField, _ person: Person, _ clock: PageClock,
    _ words: Words
  ) {
    self.secret = secret
    action = Paths.split(v.id)
    nonce =
      state.typed == nil
      ? HiddenField(name: "nonce", value: Idempotency.nonce("split", v.id.text, String(v.revision))) : state.nonce
    var make = FieldBuilder(state)
    message = make.choice(
      "message", words("From this message on"), later.last?.id.text ?? "",
      later.map { message in
        let who =
          message.direction == .outbound && !message.authorName.utf8.isEmpty
          ? message.authorName : Customer.title(message.fromName, message.fromAddress)
        return (message.id.text, "\(who), \(TimeText(message.arrivedAt, person, clock).absolute.text)")
      })
    isOpen = state.typed != nil
  }
}

/// Asks whether two conversations of different customers or channels are meant (RULES 6.31).
struct MergePage {
  let layout: Layout
  let back: Path
  let merge: MergePart

  init(_ source: ThreadDetails, _ target: Conversation, _ web: Context) throws {
    let words = web.words
    layout = try Layout(words("Merge?"), .conversations, web, takesFlash: false)
    back = Paths.conversation(source.conversation.id)
    let values: KeyValuePairs = [
      "subject": target.subject.utf8.isEmpty ? words("Without a subject") : target.subject,
      "customer": Customer.title(target.customerName, target.customerAddress), "channel": target.channelName,
    ]
    merge = MergePart(
      source, .shown(web.form), asks: words("“{subject}” is of {customer}, by {channel}. Merge all the same?", values), layout.secret, words
    )
  }
}
