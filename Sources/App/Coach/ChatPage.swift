import Domain
import HTML
import Postgres
import Web

/// One conversation with the coach, the oldest first.
struct ChatPage {
  /// How many exchanges a page shows.
  private static let rows = 30
  /// For how long the page asks again by itself, in seconds; from then on it says so.
  private static let patience = 120

  let layout: Layout
  let summary: ErrorSummary?
  let back = Paths.coach
  let here: Path
  let exchanges: [ChatExchangeItem]
  let earlier: Path?
  let newest: Path?
  /// `waiting` or `there`.
  let answer: String
  let wait: Wait?
  let isArchived: Bool
  let composer: ChatComposer?
  let notice: CoachNotice
  let secret: CSRFField
  let archival: Path
  let restoration: Path
  let deletion: Path

  /// An answer is on its way.
  enum Wait { case short, long }

  var isShort: Bool { wait == .short }
  var isLong: Bool { wait == .long }

  /// - Parameter before: only what was said before that number; nil: the newest.
  init(_ id: ID<Chat>, before: Int?, _ web: Context, _ state: FormState = .fresh) throws {
    let (found, rows, waits) = try web.read(
      Chat.mine(id), ChatExchange.newest(of: id, before: before, limit: Self.rows + 1),
      Query<Instant?>(
        column: "SELECT min(created_at) FROM chat_messages WHERE chat_id = \(id) AND user_id = (SELECT me()) AND answer IS NULL"))
    let (person, words) = (try web.person, web.words)
    guard let chat = found.first else { throw Failure.notFound }
    wait = waits.first.flatMap { $0 }.map { web.clock.hasCome($0.advanced(seconds: Self.patience)) ? .long : .short }
    var make = FieldBuilder(state)
    var layout = try Layout(chat.title, .coach, web)
    layout.isAwaited = wait == .short && before == nil
    self.layout = layout
    secret = layout.secret
    let shown = rows.prefix(Self.rows)
    exchanges = shown.reversed().map { ChatExchangeItem($0, person, web) }
    earlier = rows.count > Self.rows ? shown.last.map { Paths.chat(id).adding("before", String($0.number)) } : nil
    newest = before == nil ? nil : Paths.chat(id)
    answer = wait == nil ? "there" : "waiting"
    isArchived = chat.status == .archived
    composer = isArchived || before != nil ? nil : ChatComposer(id, &make, state, layout.secret, hasExamples: false, words)
    notice = CoachNotice(person, web)
    summary = make.summary
    here = Paths.chat(id)
    archival = Paths.archival(id)
    restoration = Paths.restoration(id)
    deletion = Paths.deletion(id)
  }
}

/// What the person said, and what the coach answered.
struct ChatExchangeItem {
  let said: String
  let time: TimeText
  let answer: String?
  let written: String
  let writtenWords: String
  let link: Link?

  struct Link {
    let path: Path
    let label: String
  }

  init(_ row: ChatExchange, _ person: Person, _ web: Context) {
    said = row.said
    time = TimeText(row.createdAt, person, web.clock)
    answer = row.answer
    written = (row.written ?? .template).rawValue
    writtenWords = (row.written ?? .template).sentence(web.words)
    link = row.page.flatMap { ChatExchangeItem.link($0, row.habit, web.words) }
  }

  private static func link(_ page: ChatPageKind, _ habit: ID<Habit>?, _ words: Words) -> Link? {
    switch page {
    case .habits: Link(path: Paths.habits, label: words("Your habits"))
    case .review: Link(path: Paths.review, label: words("Your week"))
    case .habit: habit.map { Link(path: Paths.habit($0), label: words("Open the habit")) }
    case .edit: habit.map { Link(path: HabitOffer.smaller($0), label: words("Make it smaller")) }
    case .pause: habit.map { Link(path: HabitOffer.pause($0), label: words("Pause it")) }
    }
  }
}
