import Domain
import HTML
import Postgres
import Web

/// What the list of channels shows, as its address says.
struct DeskChannelFilter {
  enum State: String, CaseIterable { case all, failing, off, deleted }

  let state: State
  /// The channel behind which the page begins.
  let after: ID<DeskChannel>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    state = read.choice("state", State.all)
    after = read.after()
    try read.finish()
  }

  /// The address of the same list from its beginning, with another state.
  func path(_ state: State? = nil) -> Path {
    let state = state ?? self.state
    return Paths.channels.adding("state", state == .all ? nil : state.rawValue)
  }

  /// A page of them and what follows, the newest first.
  func rows(at now: Instant) -> Query<DeskChannel> {
    let which: SQL =
      switch state {
      case .all: "true"
      case .failing: DeskChannelFilter.isFailing(at: now)
      case .off: "NOT c.enabled"
      case .deleted: "true"
      }
    let rest: SQL = "\(which) AND (\(after == nil) OR c.id < \(after)::uuid) ORDER BY c.id DESC LIMIT \(PageSize.read)"
    return state == .deleted
      ? DeskChannel.query("c.account_id = (SELECT my_account()) AND c.deleted_at IS NOT NULL AND \(rest)") : DeskChannel.ours(rest)
  }

  /// As ``DeskChannel/state(at:)`` says it.
  static func isFailing(at now: Instant) -> SQL {
    """
    (c.enabled AND c.inbound <> 'webhook' AND s.failing_since IS NOT NULL AND s.last_good_at <= \(now.advanced(seconds: -DeskChannel.patience)))
    """
  }
}

/// How many channels stand how.
struct DeskChannelCounts {
  let all: Int
  let failing: Int
  let off: Int
  let deleted: Int

  static let none = DeskChannelCounts(all: 0, failing: 0, off: 0, deleted: 0)

  static func ours(at now: Instant) -> Query<DeskChannelCounts> {
    Query(
      """
      SELECT count(*) FILTER (WHERE c.deleted_at IS NULL) AS all,
        count(*) FILTER (WHERE c.deleted_at IS NULL AND \(DeskChannelFilter.isFailing(at: now))) AS failing,
        count(*) FILTER (WHERE c.deleted_at IS NULL AND NOT c.enabled) AS off, count(*) FILTER (WHERE c.deleted_at IS NOT NULL) AS deleted
      FROM channels c JOIN channel_states s ON s.channel_id = c.id WHERE c.account_id = (SELECT my_account())
      """, into: DeskChannelCounts.init)
  }
}

/// The list of channels.
struct DeskChannelListPage {
  let layout: Layout
  let chips: Chips
  let rows: [DeskChannelItem]
  let next: Path?
  let empty: EmptyState?
  /// nil: whoever reads this changes none.
  let new: Path?
  /// nil: whoever reads this may not look there.
  let quarantine: Quarantined?

  /// Mails that cannot be read.
  struct Quarantined {
    let path = Paths.quarantine
    let count: Int
    let label: String
  }

  init(_ page: PageOf<DeskChannel>, _ counts: DeskChannelCounts, _ filter: DeskChannelFilter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    let layout = try Layout(words("Channels"), .channels, web)
    self.layout = layout
    var labels: [(DeskChannelFilter.State, String, Int)] = [
      (.all, words("All", context: "channels"), counts.all), (.failing, words("Failing", context: "channels"), counts.failing),
      (.off, words("Off", context: "channels"), counts.off),
    ]
    if counts.deleted > 0 { labels.append((.deleted, words("Deleted", context: "channels"), counts.deleted)) }
    chips = Chips(
      labels.map { state, label, count in
        Chip(path: filter.path(state), label: label, count: String(count), isCurrent: state == filter.state)
      })
    let isGone = filter.state == .deleted
    rows = page.rows.map { channel in
      DeskChannelItem(
        DeskChannelText(channel, person, web.clock, words), isGone: isGone,
        secret: isGone && person.changesChannels ? layout.secret : nil)
    }
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    new = person.changesChannels ? Paths.newChannel : nil
    let quarantined = person.counts[.quarantined]
    let label = words.count("{n} mail could not be read", "{n} mails could not be read", quarantined)
    quarantine = person.changesChannels ? Quarantined(count: quarantined, label: quarantined == 0 ? words("Quarantine") : label) : nil
    if counts.all == 0, filter.state != .deleted {
      empty = EmptyState(
        icon: "webhook", title: words("No channels yet"),
        text: person.changesChannels
          ? words("A channel is a way by which customers write to you: an e-mail address, or the chat of your shop.")
          : words("A channel is a way by which customers write to you. An admin of the account can make one."))
    } else if page.rows.isEmpty {
      empty = EmptyState(
        icon: "search", title: words("Nothing matches"), text: words("No channel is in this list."),
        way: (words("All channels"), Paths.channels))
    } else {
      empty = nil
    }
  }
}

/// One channel in a list.
struct DeskChannelItem {
  /// nil: it is deleted, and has no page.
  let path: Path?
  let title: String
  let state: String
  let badge: StatusBadge
  let facts: String
  /// Why it fails, and what to do.
  let why: String?
  /// What brings it back.
  let restoration: Restoration?

  struct Restoration {
    let path: Path
    let secret: CSRFField
  }

  init(_ text: DeskChannelText, isGone: Bool, secret: CSRFField?) {
    let channel = text.channel
    path = isGone ? nil : Paths.channel(channel.id)
    title = channel.name
    (state, badge, facts) = (text.state.rawValue, text.badge, text.facts)
    why = isGone ? nil : [text.why, text.advice].compactMap(\.self).joinedOrNil
    restoration = secret.map { Restoration(path: Paths.restoration(channel.id), secret: $0) }
  }
}

extension [String] {
  /// As sentences behind each other; nil: there is none.
  fileprivate var joinedOrNil: String? { isEmpty ? nil : joined(separator: " ") }
}

extension Person {
  /// Whether they may change by which ways customers write.
  var changesChannels: Bool { role == .admin || role == .owner }
}
