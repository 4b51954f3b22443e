import Domain
import HTML
import Postgres
import Web

/// A conversation with the assistant, and on its own page the others.
struct AssistantPage {
  let layout: Layout
  let summary: ErrorSummary?
  /// nil: this is the page that all are found from.
  let back: Path?
  let talk: AssistantTalk?
  /// Nothing was asked in this conversation yet.
  let isBlank: Bool
  let composer: AssistantComposer?
  let voice: String
  let privacy = Paths.privacySettings
  /// nil: a new one is begun here already.
  let another: Path?
  let chips: Chips?
  let chats: [AssistantChatItem]
  let none: String?
  let next: Path?

  var hasChats: Bool { !chats.isEmpty }

  /// The page that all are found from: with the last one talked in, unless another is begun.
  init(_ filter: AssistantFilter, _ web: Context, _ state: FormState = .fresh) throws {
    let (listed, active) = try web.read(
      Chat.talks(filter.status, after: filter.after, limit: PageSize.read), Chat.talks(.active, after: nil, limit: 1))
    let (person, words) = (try web.person, web.words)
    let isFirst = filter.status == .active && filter.after == nil
    let last = isFirst && !filter.isNew ? active.first : nil
    talk = try last.map { try AssistantTalk($0, heading: $0.title, before: nil, web) }
    var make = FieldBuilder(state)
    var layout = try Layout(words("Assistant"), .assistant, web)
    layout.isAwaited = talk?.isShort ?? false
    self.layout = layout
    back = nil
    isBlank = isFirst && last == nil
    composer = isFirst ? AssistantComposer(last?.id, &make, state, layout.secret, hasExamples: true, words) : nil
    summary = make.summary
    voice = AssistantPage.voice(person, web)
    another = last == nil ? nil : Paths.assistant.adding("new", "on")
    let page = PageOf(listed)
    let labels = [(ChatStatus.active, words("Active", context: "talks")), (.archived, words("Archived", context: "talks"))]
    chips = Chips(Paths.assistant, "state", filter.status, labels)
    chats = page.rows.map { AssistantChatItem($0, person, web.clock) }
    none =
      !page.rows.isEmpty ? nil : filter.status == .archived ? words("No conversation is archived.") : words("No conversation is there yet.")
    next = page.last.map { filter.path.adding("after", $0.id.text) }
  }

  /// The page of one.
  ///
  /// - Parameter before: only what was said before that number; nil: the newest.
  init(of id: ID<Chat>, before: Int?, _ web: Context, _ state: FormState = .fresh) throws {
    guard let chat = try web.read(Chat.mine(id, .assistant)).first else { throw Failure.notFound }
    let (person, words) = (try web.person, web.words)
    let talk = try AssistantTalk(chat, heading: nil, before: before, web)
    var make = FieldBuilder(state)
    var layout = try Layout(chat.title, .assistant, web)
    layout.isAwaited = talk.isShort && before == nil
    (self.talk, self.layout, back, isBlank) = (talk, layout, Paths.assistant, false)
    composer =
      talk.isArchived || before != nil ? nil : AssistantComposer(id, &make, state, layout.secret, hasExamples: false, words)
    summary = make.summary
    voice = AssistantPage.voice(person, web)
    (another, chips, chats, none, next) = (nil, nil, [], nil, nil)
  }

  /// What writes its answers.
  private static func voice(_ person: Person, _ web: Context) -> String {
    if web.services.model == nil || person.modelKinds.isEmpty {
      return web.words(
        "Answers are written without AI: they come from your own things, by fixed rules. It proposes, and only your own press changes something."
      )
    }
    return web.words(
      "A model may write the answers. It is told of the kinds of things that you chose, and of nothing private. It proposes, and only your own press changes something."
    )
  }
}

/// A conversation in the list.
struct AssistantChatItem {
  let id: String
  let title: String
  let status: String
  let path: Path
  let time: TimeText

  init(_ chat: Chat, _ person: Person, _ clock: PageClock) {
    (id, title, status) = (chat.id.text, chat.title, chat.status.rawValue)
    path = Paths.assistant(chat.id)
    time = TimeText(chat.saidAt, person, clock)
  }
}

/// The form that asks the assistant.
struct AssistantComposer {
  let action = Paths.assistantMessages
  let secret: CSRFField
  let nonce: HiddenField
  let conversation: HiddenField
  let content: TextArea
  /// Questions that it understands; each is one press.
  let examples: [String]

  var hasExamples: Bool { !examples.isEmpty }

  init(_ chat: ID<Chat>?, _ make: inout FieldBuilder, _ state: FormState, _ secret: CSRFField, hasExamples: Bool, _ words: Words) {
    self.secret = secret
    nonce = state.nonce
    conversation = HiddenField(name: "conversation", value: chat?.text ?? "")
    content = make.area("content", words("Your message"), "", rows: 3)
    examples = hasExamples ? AssistantComposer.examples(words) : []
  }

  /// What the page offers to ask: each is understood in its own language without a model.
  static func examples(_ words: Words) -> [String] {
    [
      words("What is due today?"), words("What is overdue?"), words("When am I free tomorrow?"),
      words("What is on my calendar this week?"), words("What did I do lately?"),
    ]
  }
}
