import Domain
import HTML
import Postgres
import Web

/// What the coach said, newest first, and the conversations with it.
struct CoachListPage {
  let layout: Layout
  let summary: ErrorSummary?
  let chips: Chips
  let notice: CoachNotice
  let composer: ChatComposer?
  let messages: [CoachMessageItem]
  let chats: [ChatItem]
  /// Of conversations on the page of everything: the few that were talked in last.
  let allChats: Path?
  let isNew: Bool
  let isEmpty: Bool
  let clear: Path?
  let next: Path?

  var hasMessages: Bool { !messages.isEmpty }
  var hasChats: Bool { !chats.isEmpty }

  /// How many conversations stand on the page of everything.
  private static let few = 10

  init(_ filter: CoachFilter, _ web: Context, _ state: FormState = .fresh) throws {
    let isOfChats = filter.show == .chat
    let (found, talked, any) = try web.read(
      CoachMessageRow.newest(filter.event, after: filter.after), isOfChats ? Chat.made(after: filter.after) : Chat.all(limit: Self.few + 1),
      Query<Bool>(column: "SELECT EXISTS (SELECT FROM chats WHERE user_id = (SELECT me()) AND kind = 'coach')"))
    let (person, words) = (try web.person, web.words)
    var make = FieldBuilder(state)
    layout = try Layout(words("Coach"), .coach, web)
    chips = Chips(Paths.coach, "event", filter.show, CoachListPage.labels(words))
    notice = CoachNotice(person, web)
    let isFirst = filter.after == nil
    isNew = any.first != true
    composer = isFirst ? ChatComposer(nil, &make, state, layout.secret, hasExamples: any.first != true, words) : nil
    let page = PageOf(isOfChats ? [] : found)
    messages = page.rows.map { CoachMessageItem($0, person, web) }
    let pageOfChats = PageOf(isOfChats ? talked : [])
    let shown = isOfChats ? pageOfChats.rows : isFirst && filter.show == .all ? Array(talked.prefix(Self.few)) : []
    chats = shown.map { ChatItem($0, person, web.clock) }
    allChats = !isOfChats && talked.count > Self.few ? Paths.coach.adding("event", "chat") : nil
    let last = isOfChats ? pageOfChats.last?.id.text : page.last?.id.text
    next = last.map { filter.path.adding("after", $0) }
    isEmpty = messages.isEmpty && (filter.show != .all && !isOfChats || isOfChats && chats.isEmpty || filter.show == .all)
    clear = filter.show == .all ? nil : Paths.coach
    summary = make.summary
  }

  private static func labels(_ words: Words) -> [(CoachFilter.Show, String)] {
    [
      (.all, words("All")), (.complete, words("Done")), (.streak, words("Milestones")), (.fail, words("Missed")), (.goal, words("Goals")),
      (.week, words("Weeks")), (.chat, words("Conversations")),
    ]
  }
}

/// How the coach stands with its person: what writes its words, and when it is silent.
struct CoachNotice {
  let silence: String?
  let voice: String
  let settings = Paths.coachSettings

  init(_ person: Person, _ web: Context) {
    let words = web.words
    silence =
      switch person.coach.speak {
      case .all: nil
      case .milestones: words("The coach speaks of milestones, goals and weeks only, as you asked.")
      case .never: words("The coach says nothing by itself, as you asked. It answers when you write to it.")
      }
    voice =
      web.services.voice.isAsked(person.coach)
      ? words(
        "A model at {host} may write: names and figures of your habits go there. What it writes is checked against them, and each text says how it was written.",
        ["host": web.services.model?.endpoint.host ?? ""])
      : words("All words here are written without AI: they come from fixed texts, with your own figures.")
  }
}

/// A message of the coach in a list, or on the page of its habit.
struct CoachMessageItem {
  let id: String
  let event: String
  let label: String
  let text: String
  let about: String?
  let path: Path?
  let time: TimeText
  let written: String
  let writtenWords: String
  let offers: Offers?
  let deletion: Path

  /// What a second miss offers: forms that are filled in, and change nothing by themselves.
  struct Offers {
    let smaller: Path
    let move: Path
    let pause: Path
  }

  init(_ row: CoachMessageRow, _ person: Person, _ web: Context) {
    let words = web.words
    id = "w-" + row.id.text
    event = row.event.rawValue
    label = CoachMessageItem.label(row.event, words)
    text = row.text
    about = row.event == .weeklyAnalysis ? words("Weekly review") : row.name
    path = CoachMessageItem.path(row, person)
    time = TimeText(row.createdAt, person, web.clock)
    written = row.written.rawValue
    writtenWords = row.written.sentence(words)
    offers = row.habit.flatMap {
      row.offers ? Offers(smaller: HabitOffer.smaller($0), move: HabitOffer.move($0), pause: HabitOffer.pause($0)) : nil
    }
    deletion = Paths.deletion(row.id)
  }

  private static func path(_ row: CoachMessageRow, _ person: Person) -> Path? {
    if row.event == .weeklyAnalysis { return Paths.review(PersonWeek(holding: row.date, weekStart: person.weekStart)) }
    return row.habit.map { Paths.habit($0) } ?? row.goal.map { Paths.goal($0) }
  }

  private static func label(_ event: CoachEvent, _ words: Words) -> String {
    switch event {
    case .habitComplete: words("Done")
    case .habitFail: words("Missed")
    case .streak: words("Milestone")
    case .goalComplete: words("Goal")
    case .weeklyAnalysis: words("Week")
    case .chat: words("Conversation")
    case .summary: words("Summary")
    }
  }
}

extension CoachWritten {
  func sentence(_ words: Words) -> String { self == .model ? words("written by a model") : words("written without AI") }
}

/// A conversation in a list.
struct ChatItem {
  let title: String
  let path: Path
  let time: TimeText
  let isArchived: Bool

  init(_ chat: Chat, _ person: Person, _ clock: PageClock) {
    title = chat.title
    path = Paths.chat(chat.id)
    time = TimeText(chat.saidAt, person, clock)
    isArchived = chat.status == .archived
  }
}

/// The form that says something to the coach.
struct ChatComposer {
  let action = Paths.coachMessages
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
    examples = hasExamples ? [words("What is due today?"), words("How is my week?"), words("How do I start again?")] : []
  }
}
