import Domain
import HTML
import Postgres
import Web

/// What was said in a conversation, the oldest first.
struct AssistantTalk {
  /// How many messages a page shows, each with its answer.
  private static let rows = 30
  /// For how long the page asks again by itself, in seconds; from then on it says so.
  private static let patience = 120

  /// nil: it stands above the page already.
  let heading: String?
  let here: Path
  let exchanges: [AssistantExchangeItem]
  let earlier: Path?
  let newest: Path?
  /// `waiting`, `stopped` or `there`.
  let answer: String
  let isShort: Bool
  let isLong: Bool
  let isArchived: Bool
  let secret: CSRFField
  let stop: Path?
  let archival: Path
  let restoration: Path
  let deletion: Path

  init(_ chat: Chat, heading: String?, before: Int?, _ web: Context) throws {
    let id = chat.id
    let (rows, waits) = try web.read(
      AssistantExchange.newest(of: id, before: before, limit: Self.rows + 1),
      Query<Instant?>(
        column: """
          SELECT min(created_at) FROM chat_messages WHERE chat_id = \(id) AND user_id = (SELECT me()) AND answer IS NULL AND stopped_at IS NULL
          """))
    let shown = rows.prefix(Self.rows)
    let (steps, proposals) = try web.read(
      AssistantStep.of(id, from: shown.last?.number ?? 0), Proposal.mine("p.id = ANY (\(shown.flatMap(\.proposals))) ORDER BY p.id"))
    let person = try web.person
    let since = waits.first.flatMap { $0 }
    isLong = since.map { web.clock.hasCome($0.advanced(seconds: Self.patience)) } ?? false
    isShort = since != nil && !isLong
    self.heading = heading
    let secret = web.csrfField()
    self.secret = secret
    exchanges = shown.reversed().map { row in
      let cards = row.proposals.compactMap { id in proposals.first { $0.id == id } }
      return AssistantExchangeItem(
        row, steps.filter { $0.number == row.number }, cards.map { ProposalCard($0, secret, person, web.clock, web.words) }, person, web)
    }
    earlier = rows.count > Self.rows ? shown.last.map { Paths.assistant(id).adding("before", String($0.number)) } : nil
    newest = before == nil ? nil : Paths.assistant(id)
    answer = since != nil ? "waiting" : shown.first?.stoppedAt != nil ? "stopped" : "there"
    isArchived = chat.status == .archived
    here = Paths.assistant(id)
    stop = since == nil ? nil : Paths.assistantStop(id)
    archival = Paths.assistantArchival(id)
    restoration = Paths.assistantRestoration(id)
    deletion = Paths.assistantDeletion(id)
  }
}

/// What the person said, and what was answered.
struct AssistantExchangeItem {
  let said: String
  let time: TimeText
  let answer: AssistantAnswerItem?
  let isStopped: Bool

  init(_ row: AssistantExchange, _ steps: [AssistantStep], _ cards: [ProposalCard], _ person: Person, _ web: Context) {
    said = row.said
    time = TimeText(row.createdAt, person, web.clock)
    isStopped = row.stoppedAt != nil
    answer = row.answer.map { AssistantAnswerItem($0, row, steps, cards, web) }
  }
}

/// An answer, with what it proposes and what it was made of (RULES 9.41, 9.47).
struct AssistantAnswerItem {
  let html: SafeHTML
  let written: String
  let writtenWords: String
  let cards: [ProposalCard]
  /// What it took for true; nil: nothing.
  let assumed: Link?
  let parts: [Part]
  let things: [Thing]
  let steps: [Step]

  var hasCards: Bool { !cards.isEmpty }
  var hasThings: Bool { !things.isEmpty }
  var hasSteps: Bool { !steps.isEmpty }
  var hasSeen: Bool { !parts.isEmpty || hasThings || hasSteps }

  struct Link {
    let path: Path
    let label: String
  }
  struct Part {
    let title: String
    let lines: [String]
  }
  struct Thing {
    let number: Int
    let title: String
    /// nil: it has no page.
    let path: Path?
    let isForeign: Bool
  }
  struct Step {
    let tool: String
    let name: String
    let arguments: String?
    let result: String
    let status: String
  }

  init(_ text: String, _ row: AssistantExchange, _ steps: [AssistantStep], _ cards: [ProposalCard], _ web: Context) {
    let words = web.words
    html = Markdown.stayingHere(SaidName.unturned(text))
    let by = row.written ?? .rules
    written = by.rawValue
    writtenWords = by == .model ? words("written by a model") : words("written without AI")
    self.cards = cards
    let count = row.assumptions.count
    assumed =
      count == 0
      ? nil : Link(path: Paths.assumptions, label: words.count("It rests on {n} assumption", "It rests on {n} assumptions", count))
    parts = AssistantSeen.all(row.saw).map { Part(title: AssistantText.part($0.part, words), lines: $0.lines) }
    things = AssistantGiven.all(row.given).enumerated().map { place, given in
      Thing(
        number: place + 1, title: given.title, path: FoundKind(rawValue: given.kind)?.path(given.id), isForeign: given.isForeign)
    }
    self.steps = steps.map { step in
      let isOurs = step.tool == AssistantStep.model || step.tool == AssistantStep.rules
      return Step(
        tool: step.tool, name: AssistantText.tool(step.tool, words),
        arguments: isOurs || step.arguments.utf8.isEmpty ? nil : step.arguments,
        result: AssistantText.result(step, words, web.language), status: step.status.rawValue)
    }
  }
}

/// What the page calls things of an answer.
enum AssistantText {
  static func part(_ part: AssistantContext.Part, _ words: Words) -> String {
    switch part {
    case .facts: words("What you said about it")
    case .assumptions: words("What is assumed about it")
    case .recent: words("What you had in hand lately")
    case .summaries: words("Summaries")
    case .hits: words("What the question names")
    case .messages: words("What was said before")
    }
  }

  static func tool(_ tool: String, _ words: Words) -> String {
    switch tool {
    case AssistantStep.model: words("The model was asked")
    case AssistantStep.rules: words("Read by fixed rules")
    default: tool
    }
  }

  /// "3 rows, 12 ms".
  static func result(_ step: AssistantStep, _ words: Words, _ language: Language) -> String {
    let time = ModelText.time(step.milliseconds, language)
    // Why a model failed stands with the run, where operators read it.
    if step.tool == AssistantStep.model { return step.status == .ok ? time : words("no answer that may be shown") + ", " + time }
    if step.status != .ok { return step.error + ", " + time }
    return words.count("{n} row", "{n} rows", step.rows) + ", " + time
  }
}
