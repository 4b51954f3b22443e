import Domain
import HTML
import Postgres
import Web

/// Which conversations a list shows, as its address says.
struct ConversationFilter {
  enum State: String, CaseIterable { case open, waiting, late, soon, snoozed, closed, spam, all }

  let state: State
  let channel: ID<DeskChannel>?
  /// nil: whoever has it.
  let assignee: ID<User>?
  let search: String
  let tag: String
  let isLate: Bool
  let after: ID<Conversation>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    state = read.choice("state", State.open)
    search = read.line("q", 0...200)
    tag = read.line("tag", 0...200)
    isLate = read.isOn("late")
    after = read.after()
    let (channel, assignee) = (read.raw("channel"), read.raw("assignee"))
    (self.channel, self.assignee) = (ID(channel), ID(assignee))
    for (name, text, isKnown) in [("channel", channel, self.channel != nil), ("assignee", assignee, self.assignee != nil)]
    where !text.utf8.isEmpty && !isKnown {
      read.complain(name, words("Choose one of the values offered."))
    }
    try read.finish()
  }

  var isFiltered: Bool { channel != nil || assignee != nil || !search.utf8.isEmpty || !tag.utf8.isEmpty || isLate }

  func path(_ state: State? = nil) -> Path {
    let state = state ?? self.state
    return Paths.conversations.adding("state", state == .open ? nil : state.rawValue).adding("channel", channel?.text)
      .adding("assignee", assignee?.text).adding("tag", tag.utf8.isEmpty ? nil : tag).adding("q", search.utf8.isEmpty ? nil : search)
      .adding("late", isLate ? "on" : nil)
  }

  static let order: Columns = "ORDER BY v.last_at DESC, v.id DESC"

  /// A page of them and what follows, the newest first.
  ///
  /// - Parameter ids: those that may be among them; nil: all.
  func rows(at now: Instant, among ids: [ID<Conversation>]? = nil) -> Query<Conversation> {
    let some: SQL = ids.map { ids -> SQL in "v.id = ANY (\(ids))" } ?? "true"
    return Conversation.ours("\(some) AND \(which(at: now)) \(ConversationFilter.order) LIMIT \(PageSize.read)")
  }

  /// A condition on `v`: those of the list behind ``after``, whatever words they hold.
  func which(at now: Instant) -> SQL {
    let inState: SQL =
      switch state {
      case .all: search.utf8.isEmpty ? "true" : "v.state <> 'spam'"
      case .late: "v.late_at <= \(now)"
      case .soon: "v.late_at > \(now) AND v.late_at <= \(now.advanced(hours: 1))"
      case .open: "v.state = 'open'"
      case .waiting: "v.state = 'waiting'"
      case .snoozed: "v.state = 'snoozed'"
      case .closed: "v.state = 'closed'"
      case .spam: "v.state = 'spam'"
      }
    return """
      v.merged_into IS NULL AND \(inState) AND (NOT \(isLate) OR v.late_at <= \(now))
        AND (\(tag.utf8.isEmpty) OR \(tag) = ANY (v.tags)) AND (\(channel == nil) OR v.channel_id = \(channel)::uuid)
        AND (\(assignee == nil) OR v.assignee_id = \(assignee)::uuid)
        AND (\(after == nil) OR (v.last_at, v.id) < (SELECT x.last_at, x.id FROM conversations x WHERE x.id = \(after)::uuid))
      """
  }
}

/// The list of conversations.
enum ConversationList {
  /// GET /conversations
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try ConversationFilter(query, words) }
    let page = try ConversationSearch.page(filter, web)
    let (channels, members) = try web.read(DeskChannel.ours("true ORDER BY c.id"), Member.query)
    return web.list(try ConversationListPage(page, channels, members, filter, web))
  }
}

/// Its page.
struct ConversationListPage {
  let layout: Layout
  let chips: Chips
  let filters: Filters?
  let rows: [ConversationItem]
  let next: Path?
  let empty: EmptyState?
  /// nil: whoever reads this writes to nobody.
  let new: Path?
  /// nil: there is nothing to tick, or nobody who may.
  let bulk: Bulk?

  struct Bulk {
    let action = Paths.bulkConversations
    let secret: CSRFField
    let member: Select
    let until: TextField
    let error: String?
  }

  struct Filters {
    let action = Paths.conversations
    let hidden: [HiddenField]
    let search: String
    let channel: Select
    let assignee: Select
  }

  init(
    _ page: PageOf<Conversation>, _ channels: [DeskChannel], _ members: [Member], _ filter: ConversationFilter, _ web: Context,
    _ state: FormState = .fresh
  ) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Conversations"), .conversations, web)
    let states: [(ConversationFilter.State, String)] = [
      (.open, words("Open", context: "conversations")), (.waiting, words("Waiting", context: "conversations")),
      (.late, words("Late", context: "conversations")), (.soon, words("Late within the hour")),
      (.snoozed, words("Put off", context: "conversations")),
      (.closed, words("Closed", context: "conversations")), (.spam, words("Spam")), (.all, words("All", context: "conversations")),
    ]
    chips = Chips(
      states.map { state, label in Chip(path: filter.path(state), label: label, count: nil, isCurrent: state == filter.state) })
    var make = FieldBuilder()
    var hidden = filter.state == .open ? [] : [HiddenField(name: "state", value: filter.state.rawValue)]
    if !filter.tag.utf8.isEmpty { hidden.append(HiddenField(name: "tag", value: filter.tag)) }
    if filter.isLate { hidden.append(HiddenField(name: "late", value: "on")) }
    filters =
      channels.isEmpty
      ? nil
      : Filters(
        hidden: hidden, search: filter.search,
        channel: make.choice(
          "channel", words("Channel"), filter.channel?.text ?? "", [("", words("All channels"))] + channels.map { ($0.id.text, $0.name) }),
        assignee: make.choice(
          "assignee", words("Given to"), filter.assignee?.text ?? "",
          [("", words("Anybody"))] + members.map { ($0.id.text, $0.displayName) }))
    rows = page.rows.map { ConversationItem($0, members, person, web.clock, words) }
    new = person.answersCustomers && !channels.isEmpty ? Paths.newConversation : nil
    var choices = FieldBuilder(state)
    let member = choices.choice("member", words("Give to"), "", Member.choices(members, at: web.now, words))
    let until = choices.text("until", words("Until"), help: words("“tomorrow at 9”, “monday”"), autocomplete: "off")
    bulk =
      person.answersCustomers && !page.rows.isEmpty
      ? Bulk(secret: layout.secret, member: member, until: until, error: state.errors["id"] ?? state.errors["action"]) : nil
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    if !page.rows.isEmpty {
      empty = nil
    } else if channels.isEmpty {
      empty = EmptyState(
        icon: "conversations", title: words("No conversations yet"),
        text: words("A conversation begins when a customer writes to one of your channels."),
        way: (words("Channels"), Paths.channels))
    } else if filter.isFiltered || filter.state != .open {
      empty = EmptyState(
        icon: "search", title: words("Nothing matches"), text: words("No conversation is in this list."),
        way: (words("Clear search and filters"), Paths.conversations))
    } else {
      empty = EmptyState(
        icon: "done", title: words("Nothing is open"), text: words("Every customer who wrote has an answer."),
        way: (words("All conversations"), Paths.conversations.adding("state", "all")))
    }
  }
}

/// A conversation in the list.
struct ConversationItem {
  let id: String
  let path: Path
  let subject: String
  let state: String
  let badge: StatusBadge
  let facts: String
  let last: TimeText
  let tags: [String]
  let canTick: Bool

  init(_ it: Conversation, _ members: [Member], _ person: Person, _ clock: PageClock, _ words: Words, canTick: Bool = true) {
    id = it.id.text
    path = Paths.conversation(it.id)
    subject = it.subject.utf8.isEmpty ? words("Without a subject") : it.subject
    state = it.state.rawValue
    badge = ConversationText.badge(it, clock, words)
    last = TimeText(it.lastAt, person, clock)
    tags = it.tags
    self.canTick = canTick && person.answersCustomers
    let assignee = it.assignee.flatMap { id in members.first { $0.id == id }?.displayName }
    facts = [
      Customer.title(it.customerName, it.customerAddress), it.channelName, words.count("{n} message", "{n} messages", it.messages),
      assignee,
    ].compactMap(\.self).joined(separator: " · ")
  }
}

/// What is said of conversations.
enum ConversationText {
  static func badge(_ it: Conversation, _ clock: PageClock, _ words: Words) -> StatusBadge {
    if let late = it.lateAt, clock.hasCome(late) { return StatusBadge(tone: "urgent", icon: "late", label: words("Late")) }
    return switch it.state {
    case .open: StatusBadge(tone: "due", icon: "conversations", label: words("Open", context: "conversation"))
    case .waiting: StatusBadge(tone: "calm", icon: "clock", label: words("Waits for the customer"))
    case .snoozed: StatusBadge(tone: "calm", icon: "snooze", label: words("Put off", context: "conversation"))
    case .closed: StatusBadge(tone: "done", icon: "archive", label: words("Closed", context: "conversation"))
    case .spam: StatusBadge(tone: "calm", icon: "stop", label: words("Spam"))
    }
  }
}
