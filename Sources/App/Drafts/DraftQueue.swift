import Domain
import HTML
import Postgres
import Web

/// The queue of drafts.
enum DraftQueue {
  /// GET /drafts
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try DraftFilter(query, words) }
    let (rows, counts, channels, members) = try web.read(
      filter.rows(at: web.now), DraftCounts.ours(at: web.now), DeskChannel.ours("true ORDER BY c.id"), Member.query)
    var page = try DraftQueuePage(PageOf(rows), counts.first ?? .none, channels, members, filter, web)
    if filter.state == .attention, filter.after == nil { page.add(try web.read(TroubledAnswer.ours), web.words) }
    if try isNothingFree(rows, counts.first ?? .none, filter, web) {
      let holders = try web.read(DraftFilter.holders(at: web.now))
      page.tell(heldBy: members.filter { holders.contains($0.id) }.map(\.displayName), web.words)
    }
    return web.list(page)
  }

  /// Whether something waits, and others hold all of it (RULES 6.3).
  private static func isNothingFree(_ rows: [QueueRow], _ counts: DraftCounts, _ filter: DraftFilter, _ web: Context) throws -> Bool {
    guard counts.pending > 0, filter.after == nil, !filter.isFiltered else { return false }
    guard filter.state == .pending || filter.state == .mine && rows.isEmpty else { return false }
    let person = try web.person
    let isHeld = rows.allSatisfy { row in row.claimant(at: web.now).map { $0 != person.id } ?? false }
    return try isHeld && web.read(DraftFilter.standard.next(at: web.now)).isEmpty
  }
}

/// The page of the queue.
struct DraftQueuePage {
  let layout: Layout
  let chips: Chips
  let counts: [CountFact]
  let filters: Filters?
  /// What else wants somebody (RULES 6.39).
  private(set) var troubles: [QueueTrouble]
  let rows: [QueueItem]
  let next: Path?
  private(set) var empty: Empty?
  /// Who holds all that waits; nil: something is left, or nothing waits.
  private(set) var claimed: String?
  /// nil: whoever reads this decides nothing.
  let bulk: Bulk?

  var isEmpty: Bool { rows.isEmpty }
  var hasTroubles: Bool { !troubles.isEmpty }

  struct CountFact {
    let name: String
    let value: Int
  }

  struct Filters {
    let action = Paths.drafts
    let hidden: [HiddenField]
    let channel: Select
    let confidence: Select
    let late: Checkbox
  }

  struct Empty {
    /// none, claimed, filtered
    let reason: String
    let icon: String
    let title: String
    let text: String
    let button: String
    let path: Path
  }

  struct Bulk {
    let action = Paths.bulkDrafts
    let secret: CSRFField
    let member: Select
    let reasons: Select
  }

  init(
    _ page: PageOf<QueueRow>, _ counts: DraftCounts, _ channels: [DeskChannel], _ members: [Member], _ filter: DraftFilter, _ web: Context
  ) throws {
    let (person, words, clock) = (try web.person, web.words, web.clock)
    layout = try Layout(words("Drafts"), .drafts, web)
    let found = QueueTrouble.all(channels, person, clock, words)
    let attention = counts.attention + person.counts[.quarantined] + found.count { $0.isChannel }
    let states: [(DraftFilter.State, String, Int?)] = [
      (.pending, words("Pending", context: "drafts"), counts.pending), (.mine, words("Mine", context: "drafts"), counts.mine),
      (.attention, words("Attention", context: "drafts"), attention), (.sent, words("Sent", context: "drafts"), counts.sent),
      (.rejected, words("Rejected", context: "drafts"), counts.rejected),
      (.superseded, words("Superseded", context: "drafts"), counts.superseded), (.all, words("All", context: "drafts"), nil),
    ]
    let more = [
      Chip(path: Paths.conversations, label: words("Conversations"), count: DraftQueuePage.number(counts.conversations), isCurrent: false),
      Chip(
        path: Paths.conversations.adding("state", "late"), label: words("Late", context: "conversations"),
        count: DraftQueuePage.number(counts.late),
        isCurrent: false),
      Chip(
        path: Paths.conversations.adding("state", "soon"), label: words("Late within the hour"), count: DraftQueuePage.number(counts.soon),
        isCurrent: false),
    ]
    chips = Chips(
      states.map { state, label, count in
        Chip(path: filter.path(state), label: label, count: count.map(DraftQueuePage.number), isCurrent: state == filter.state)
      } + more)
    self.counts =
      states.compactMap { state, _, count in count.map { CountFact(name: "count-" + state.rawValue, value: $0) } }
      + [
        CountFact(name: "count-late", value: counts.late), CountFact(name: "count-soon", value: counts.soon),
        CountFact(name: "count-conversations", value: counts.conversations),
      ]
    filters = channels.isEmpty ? nil : DraftQueuePage.filters(filter, channels, words)
    troubles = filter.state == .attention && filter.after == nil ? found : []
    rows = page.rows.enumerated().map { QueueItem($1, mark: "q\($0)", members, filter, person, clock, words) }
    next = page.last.map { filter.path().adding("after", QueueCursor(isLate: $0.isLate, id: $0.id).text) }
    empty = page.rows.isEmpty && troubles.isEmpty ? DraftQueuePage.empty(filter, counts, channels, words) : nil
    var make = FieldBuilder()
    let reasons = make.choice(
      "reason", words("Reason"), Draft.Reason.other.rawValue, Draft.Reason.allCases.map { ($0.rawValue, DraftText.reason($0, words)) })
    let people = members.filter { $0.role != .viewer }
    let member = make.choice(
      "member", words("Give to"), "", [("", words("Nobody"))] + people.map { ($0.id.text, $0.displayName) })
    bulk = person.answersCustomers && !page.rows.isEmpty ? Bulk(secret: layout.secret, member: member, reasons: reasons) : nil
  }

  /// Lists answers by hand that want somebody: they are no drafts.
  mutating func add(_ answers: [TroubledAnswer], _ words: Words) {
    troubles += answers.map { QueueTrouble($0, words) }
    if hasTroubles { empty = nil }
  }

  /// Says by whom everything is held.
  mutating func tell(heldBy names: [String], _ words: Words) {
    let text = words(
      "All that waits is with others: {names}. A claim ends ten minutes after the last press.", ["names": names.joined(separator: ", ")])
    if !rows.isEmpty {
      claimed = text
      return
    }
    empty = Empty(
      reason: "claimed", icon: "person", title: words("Nothing is left for you"), text: text, button: words("Pending", context: "drafts"),
      path: Paths.drafts)
  }

  private static func number(_ count: Int) -> String { count >= DraftCounts.most ? "\(DraftCounts.most - 1)+" : String(count) }

  private static func filters(_ filter: DraftFilter, _ channels: [DeskChannel], _ words: Words) -> Filters {
    var make = FieldBuilder()
    var hidden = filter.state == .pending ? [] : [HiddenField(name: "state", value: filter.state.rawValue)]
    if !filter.tag.utf8.isEmpty { hidden.append(HiddenField(name: "tag", value: filter.tag)) }
    return Filters(
      hidden: hidden,
      channel: make.choice(
        "channel", words("Channel"), filter.channel?.text ?? "",
        [("", words("All channels"))] + channels.map { ($0.id.text, $0.name) }),
      confidence: make.choice(
        "confidence", words("Confidence"), filter.confidence.rawValue,
        [
          ("any", words("Any", context: "confidence")), ("high", words("High", context: "confidence")),
          ("medium", words("Medium", context: "confidence")), ("low", words("Low", context: "confidence")),
        ]),
      late: make.tick("late", words("Late only"), filter.isLate, says: words.answers))
  }

  private static func empty(_ filter: DraftFilter, _ counts: DraftCounts, _ channels: [DeskChannel], _ words: Words) -> Empty {
    if channels.isEmpty {
      return Empty(
        reason: "none", icon: "drafts", title: words("No drafts yet"),
        text: words(
          "A channel is an address or a shop by which customers write. Make one, and what they write is answered here as a draft."),
        button: words("Channels"), path: Paths.channels)
    }
    if filter.isFiltered || filter.state == .attention || ![.pending, .mine].contains(filter.state) {
      return Empty(
        reason: "filtered", icon: "search", title: words("Nothing matches"), text: words("No draft is in this list."),
        button: words("Clear search and filters"), path: Paths.drafts)
    }
    return Empty(
      reason: "none", icon: "done", title: words("Nothing waits for you"),
      text: words("Every customer who wrote has an answer, or one is on its way."),
      button: words("Conversations"), path: Paths.conversations)
  }
}

/// A draft in the list.
struct QueueItem {
  let id: String
  let mark: String
  let path: Path
  let subject: String
  let customer: String
  let beginning: String
  let badge: StatusBadge
  let confidence: String
  let level: String
  let facts: String
  /// When the oldest passage that it quotes was read; nil: it quotes none.
  let sources: TimeText?
  let tags: [Tag]
  let waiting: TimeText
  let late: String
  let claimedBy: String

  /// Leads to the others that have it.
  struct Tag {
    let name: String
    let path: Path
  }

  init(
    _ row: QueueRow, mark: String, _ members: [Member], _ filter: DraftFilter, _ person: Person, _ clock: PageClock, _ words: Words
  ) {
    id = row.id.text
    self.mark = mark
    path = Paths.draft(row.id)
    subject = row.subject.utf8.isEmpty ? words("Without a subject") : row.subject
    customer = Customer.title(row.customerName, row.customerAddress)
    beginning = QueueItem.beginning(Markdown.plain(row.text))
    badge =
      row.isLate && row.state == .pending
      ? StatusBadge(tone: "urgent", icon: "late", label: words("Late")) : DraftText.badge(row.state, row.sending, words)
    let hundredths = DraftConfidence(hundredths: Int((row.confidence * 100).rounded()))
    confidence = hundredths.text
    let name =
      switch hundredths.level {
      case .high: words("high confidence")
      case .medium: words("medium confidence")
      case .low: words("low confidence")
      }
    level = "\(name) \(hundredths.text)"
    let holder = row.claimant(at: clock.now).flatMap { id in members.first { $0.id == id }?.displayName }
    claimedBy = holder ?? ""
    var facts = [row.channelName]
    facts.append(row.sources == 0 ? words("no source") : words.count("{n} source", "{n} sources", row.sources))
    if row.staleSources > 0 { facts.append(words("stale")) }
    if row.isEdited { facts.append(words("edited")) }
    if let holder { facts.append(words("{name} has it", ["name": holder])) }
    self.facts = facts.joined(separator: " · ")
    sources = row.sourcesAt.map { TimeText($0, person, clock) }
    tags = row.tags.map { Tag(name: $0, path: filter.path(tagged: $0)) }
    waiting = TimeText(row.waitingSince ?? row.askedAt, person, clock)
    late = row.isLate ? "yes" : "no"
  }

  /// In one line.
  private static func beginning(_ text: String) -> String {
    let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }.joined(separator: " ")
    let short = String.UnicodeScalarView(words.unicodeScalars.prefix(140))
    return short.count < words.unicodeScalars.count ? String(short) + "…" : String(short)
  }
}
