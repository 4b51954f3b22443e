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
    var answers: [TroubledAnswer] = []
    if filter.state == .attention, filter.after == nil { answers = try web.read(TroubledAnswer.ours) }
    return web.list(try DraftQueuePage(PageOf(rows), counts.first ?? .none, channels, members, answers, filter, web))
  }

  /// POST /drafts/bulk: claims, gives back or to somebody, rejects or asks anew; nobody approves what they did not see.
  static func bulk(_ web: Context) throws -> Change {
    let ids = web.form.all("id").compactMap { value in if case .text(let text) = value { ID<Draft>(text) } else { nil } }
    guard ids.count == web.form.all("id").count else { throw Failure.notFound }
    let list = DraftFilter.list(web.form, web.words)
    return try web.takeForm(askingAgain: { try page(web, list, $0) }) {
      var read = FormReader(web.form, web.words)
      let chosen = BulkAction(rawValue: read.raw("action"))
      if chosen == nil { read.complain("action", web.words("Choose what to do with them.", context: "drafts")) }
      let reason = read.choice("reason", Draft.Reason.other)
      if ids.isEmpty { read.complain("id", web.words("Choose at least one.")) }
      if ids.count > 200 { read.complain("id", web.words("Choose at most {n}.", ["n": "200"])) }
      let member = chosen == .assignment ? Member.chosen(&read, among: try web.db.rows(Member.query)) : nil
      let action = try read.finish(chosen)
      // In the order of their conversations, which is not that of drafts.
      _ = try web.db.rows(Conversation.locking(ours: "v.id IN (SELECT d.conversation_id FROM drafts d WHERE d.id = ANY (\(ids)))"))
      var entries: [AuditEntry] = []
      var (done, decided, missing) = (0, [String](), 0)
      for id in Set(ids).sorted(by: { $0.text < $1.text }) {
        do {
          let commands = try DraftCommands.find(id, web)
          do {
            entries += try act(action, commands, reason, member)
            done += 1
          } catch is DraftConflict { decided.append(commands.conversation.subject) }
        } catch Failure.notFound { missing += 1 }
      }
      return Change(
        to: list.path(), says: sentence(done, decided, missing, web.words), did: entries, wakes: action == .regeneration ? web.now : nil)
    }
  }

  /// The list once more, after a press that said too little, with what was ticked as far as it stands there.
  private static func page(_ web: Context, _ list: DraftFilter, _ state: FormState) throws -> DraftQueuePage {
    let (rows, counts, channels, members) = try web.db.read(
      list.rows(at: web.now), DraftCounts.ours(at: web.now), DeskChannel.ours("true ORDER BY c.id"), Member.query)
    var answers: [TroubledAnswer] = []
    if list.state == .attention, list.after == nil { answers = try web.db.rows(TroubledAnswer.ours) }
    return try DraftQueuePage(PageOf(rows), counts.first ?? .none, channels, members, answers, list, web, state)
  }

  enum BulkAction: String, CaseIterable { case claim, release, assignment, rejection, regeneration }

  private static func act(_ action: BulkAction, _ commands: DraftCommands, _ reason: Draft.Reason, _ member: Member?) throws
    -> [AuditEntry]
  {
    switch action {
    case .claim:
      guard commands.draft.state == .pending else { throw DraftConflict.decided }
      return try commands.claim()
    case .release:
      guard commands.draft.state == .pending else { throw DraftConflict.decided }
      return try commands.release()
    case .assignment:
      guard commands.draft.state == .pending else { throw DraftConflict.decided }
      return try commands.assign(member)
    case .rejection: return try commands.reject(version: commands.draft.version, reason, note: "", openedAt: nil)
    case .regeneration:
      guard commands.draft.state == .pending else { throw DraftConflict.decided }
      return try commands.regenerate(version: commands.draft.version, "").1
    }
  }

  /// How many were done, which others had decided, and how many were not there ("Decided besides" 41).
  private static func sentence(_ done: Int, _ decided: [String], _ missing: Int, _ words: Words) -> String {
    var parts = [words.count("{n} draft done.", "{n} drafts done.", done)]
    if !decided.isEmpty {
      parts.append(
        words("Decided by others meanwhile: {subjects}.", ["subjects": decided.prefix(10).map { "“\($0)”" }.joined(separator: ", ")]))
    }
    if missing > 0 { parts.append(words.count("{n} was not there.", "{n} were not there.", missing)) }
    return parts.joined(separator: " ")
  }
}

/// The page of the queue.
struct DraftQueuePage {
  let layout: Layout
  let chips: Chips
  let counts: [CountFact]
  let filters: Filters?
  /// What else wants somebody (RULES 6.39).
  let troubles: [QueueTrouble]
  let rows: [QueueItem]
  let next: Path?
  let empty: Empty?
  /// Who holds all that waits; nil: something is left for whoever reads this.
  let claimed: String?
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
    let state: EmptyState

    init(_ reason: String, _ state: EmptyState) { (self.reason, self.state) = (reason, state) }
  }

  struct Bulk {
    let action = Paths.bulkDrafts
    let secret: CSRFField
    /// The filters and the place of the list; nil: the plain one.
    let list: HiddenField?
    let member: Select
    let reasons: Select
    /// Of what was ticked, and of what is to become of it.
    let idError: String?
    let actionError: String?
  }

  init(
    _ page: PageOf<QueueRow>, _ counts: DraftCounts, _ channels: [DeskChannel], _ members: [Member], _ answers: [TroubledAnswer],
    _ filter: DraftFilter, _ web: Context, _ state: FormState = .fresh
  ) throws {
    let (person, words, clock) = (try web.person, web.words, web.clock)
    layout = try Layout(words("Drafts"), .drafts, web, takesFlash: state.typed == nil)
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
    troubles = filter.state == .attention && filter.after == nil ? found + answers.map { QueueTrouble($0, words) } : []
    let ticked = state.typed?.all("id") ?? []
    rows = page.rows.enumerated().map { place, row in
      QueueItem(row, mark: "q\(place)", isTicked: ticked.contains(.text(row.id.text)), members, filter, person, clock, words)
    }
    next = page.last.map { filter.path().adding("after", $0.cursor.text) }
    claimed = DraftQueuePage.claimed(page, members, filter, person, clock, words)
    empty = page.rows.isEmpty && troubles.isEmpty ? DraftQueuePage.empty(filter, counts, channels, words) : nil
    var make = FieldBuilder(state)
    let member = make.choice("member", words("Give to"), "", Member.choices(members, at: web.now, words))
    let reasons = make.choice(
      "reason", words("Reason"), Draft.Reason.other.rawValue, Draft.Reason.allCases.map { ($0.rawValue, DraftText.reason($0, words)) })
    bulk =
      person.answersCustomers && (!page.rows.isEmpty || state.typed != nil)
      ? Bulk(
        secret: layout.secret, list: filter.hidden, member: member, reasons: reasons, idError: state.errors["id"],
        actionError: state.errors["action"]) : nil
  }

  private static func claimed(
    _ page: PageOf<QueueRow>, _ members: [Member], _ filter: DraftFilter, _ person: Person, _ clock: PageClock, _ words: Words
  ) -> String? {
    guard filter.state == .pending, !filter.isFiltered, filter.after == nil, page.last == nil, !page.rows.isEmpty else { return nil }
    let holders = page.rows.compactMap { $0.claimant(at: clock.now) }.filter { $0 != person.id }
    guard holders.count == page.rows.count else { return nil }
    let names = members.filter { holders.contains($0.id) }.map(\.displayName).joined(separator: ", ")
    return words("Others have all that waits: {names}.", ["names": names])
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
      let text = words(
        "A channel is an address or a shop by which customers write. Make one, and what they write is answered here as a draft.")
      return Empty(
        "none",
        EmptyState(icon: "drafts", title: words("No drafts yet"), text: text, way: (words("Channels"), Paths.channels)))
    }
    if filter.isFiltered || filter.state == .attention || ![.pending, .mine].contains(filter.state) {
      return Empty(
        "filtered",
        EmptyState(
          icon: "search", title: words("Nothing matches"), text: words("No draft is in this list."),
          way: (words("Clear search and filters"), Paths.drafts)))
    }
    if filter.state == .mine, counts.pending > 0 {
      let text = words.count("{n} draft waits for whoever takes it.", "{n} drafts wait for whoever takes them.", counts.pending)
      return Empty(
        "none",
        EmptyState(icon: "done", title: words("Nothing is yours"), text: text, way: (words("Look at them"), Paths.drafts)))
    }
    return Empty(
      "none",
      EmptyState(
        icon: "done", title: words("Nothing waits for you"), text: words("Every customer who wrote has an answer, or one is on its way."),
        way: (words("Conversations"), Paths.conversations)))
  }
}
