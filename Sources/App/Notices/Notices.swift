import Domain
import HTML
import Postgres
import Web

/// What the feed shows, as its address says.
struct NoticeFilter {
  enum State: String, CaseIterable { case all, unread }

  let state: State
  let after: ID<Notice>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    state = read.choice("state", State.all)
    after = read.after()
    try read.finish()
  }

  func path(_ state: State) -> Path { Paths.notifications.adding("state", state == .all ? nil : state.rawValue) }

  /// A page and what follows, the newest first.
  var rows: Query<Notice> {
    Notice.mine(
      """
      (\(state == .all) OR n.read_at IS NULL)
        AND (\(after == nil) OR (n.at, n.number) < (SELECT k.at, k.number FROM notifications k WHERE k.id = \(after)::uuid))
      ORDER BY n.at DESC, n.number DESC LIMIT \(PageSize.read)
      """)
  }
}

/// The feed of what somebody is told.
enum Notices {
  /// GET /notifications
  static func list(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try NoticeFilter(query, words) }
    let (rows, unread) = try web.read(filter.rows, Notice.unread)
    return web.list(try NoticeListPage(PageOf(rows), unread.first ?? 0, filter, web))
  }

  /// POST /notifications/:notification/read
  static func read(_ web: Context, _ id: ID<Notice>) throws -> Change {
    _ = try web.person
    guard try web.db.row(Notice.mine("n.id = \(id)")) != nil else { throw Failure.notFound }
    try web.db.queue([
      "UPDATE notifications SET read_at = \(web.now) WHERE id = \(id) AND user_id = (SELECT me()) AND read_at IS NULL"
    ])
    return Change(to: Paths.notifications, says: nil, did: [])
  }

  /// POST /notifications/read: all that are there.
  static func readAll(_ web: Context) throws -> Change {
    _ = try web.person
    try web.db.queue([
      """
      UPDATE notifications SET read_at = \(web.now)
      WHERE user_id = (SELECT me()) AND account_id = (SELECT my_account()) AND read_at IS NULL AND at <= \(web.now)
      """
    ])
    return Change(to: Paths.notifications, says: web.words("All are read."), did: [])
  }
}

/// The page of the feed.
struct NoticeListPage {
  let layout: Layout
  let chips: Chips
  let unread: Int
  let rows: [NoticeItem]
  let next: Path?
  let empty: EmptyState?
  /// nil: none is unread.
  let readAll: Path?
  let settings = Paths.notificationSettings
  let secret: CSRFField
  var hasUnread: Bool { rows.contains { $0.read != nil } }

  init(_ page: PageOf<Notice>, _ unread: Int, _ filter: NoticeFilter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Notifications"), .notices, web)
    secret = layout.secret
    self.unread = unread
    chips = Chips(
      [(NoticeFilter.State.all, words("All", context: "notifications")), (.unread, words("Unread", context: "notifications"))].map {
        Chip(path: filter.path($0), label: $1, count: nil, isCurrent: $0 == filter.state)
      })
    rows = page.rows.enumerated().map { NoticeItem($1, $0, person, web.clock, words) }
    next = page.last.map { filter.path(filter.state).adding("after", $0.id.text) }
    readAll = unread > 0 ? Paths.allNotificationsRead : nil
    if !page.rows.isEmpty {
      empty = nil
    } else if filter.state == .unread {
      empty = EmptyState(
        icon: "done", title: words("Everything is read"), text: words("Nothing new has happened to your conversations."),
        way: (words("All notifications"), Paths.notifications))
    } else {
      empty = EmptyState(
        icon: "info", title: words("No notifications yet"),
        text: words("When somebody gives you a conversation, names you in a note, or an answer of yours does not arrive, it stands here."),
        way: (words("What to tell you"), Paths.notificationSettings))
    }
  }
}

/// One of them.
struct NoticeItem {
  let id: String
  let mark: String
  let title: String
  let path: Path?
  let badge: StatusBadge
  let facts: String
  let time: TimeText
  let kind: String
  /// "unread", "read".
  let state: String
  /// nil: it is read.
  let read: Path?
  var hasFacts: Bool { !facts.utf8.isEmpty }

  init(_ notice: Notice, _ place: Int, _ person: Person, _ clock: PageClock, _ words: Words) {
    (id, mark, kind) = (notice.id.text, "r\(place)", notice.kind.rawValue)
    title = NoticeText.sentence(notice, words)
    path = NoticeText.path(notice)
    badge = NoticeText.badge(notice, words)
    facts = [notice.subject.flatMap { $0.utf8.isEmpty ? nil : $0 }, notice.customer.flatMap { $0.utf8.isEmpty ? nil : $0 }]
      .compactMap(\.self).joined(separator: " · ")
    time = TimeText(notice.at, person, clock)
    state = notice.readAt == nil ? "unread" : "read"
    read = notice.readAt == nil ? Paths.read(notice.id) : nil
  }
}

/// What is said of them.
enum NoticeText {
  static func sentence(_ notice: Notice, _ words: Words) -> String {
    let values: KeyValuePairs = ["name": notice.actorName, "channel": notice.channelName ?? ""]
    return switch notice.kind {
    case .draftReady: words("A draft waits for you.")
    case .assigned:
      notice.actorName.utf8.isEmpty ? words("A conversation was given to you.") : words("{name} gave you a conversation.", values)
    case .mention: words("{name} named you in a note.", values)
    case .late: words("A customer waits too long.")
    case .sendFailed:
      switch notice.words {
      case "held": words("Your answer was kept back: the customer wrote again.")
      case "unknown": words("Nobody knows whether your answer arrived.")
      case "deferred": words("For an hour your answer has not been taken. It is tried again, for a day.")
      default: words("Your answer could not be sent.")
      }
    case .bounced: words("Your answer came back undelivered.")
    case .jobFailed: words("A job failed: {job}.", ["job": JobNames.name(notice.words, words)])
    case .channelFailing: words("Mail of {channel} does not come in any more.", values)
    case .flood:
      switch notice.words {
      case "channel": words("So many drafts were asked for in {channel} that no more are written in this hour.", values)
      case "domain": words("So much comes to {channel} from one domain that no more drafts are written for it in this hour.", values)
      default: words("So much comes to {channel} from one address that no more drafts are written for it in this hour.", values)
      }
    }
  }

  static func path(_ notice: Notice) -> Path? {
    if let conversation = notice.conversation { return Paths.conversation(conversation) }
    if let job = notice.job { return Paths.job(job) }
    return notice.channel.map { Paths.channel($0) }
  }

  /// What it tells of stands in its title: this says whether it is read.
  static func badge(_ notice: Notice, _ words: Words) -> StatusBadge {
    let (tone, icon) =
      switch notice.kind {
      case .draftReady: ("due", "drafts")
      case .assigned: ("due", "person")
      case .mention: ("due", "note")
      case .late: ("urgent", "late")
      case .flood: ("due", "held")
      case .sendFailed, .bounced, .jobFailed, .channelFailing: ("urgent", "error")
      }
    let isRead = notice.readAt != nil
    return StatusBadge(
      tone: isRead ? "calm" : tone, icon: icon,
      label: isRead ? words("Read", context: "notification") : words("Unread", context: "notification"))
  }

  /// What it is called in the settings.
  static func label(_ kind: Notice.Kind, _ words: Words) -> String {
    switch kind {
    case .draftReady: words("A draft is ready")
    case .assigned: words("Given to me")
    case .mention: words("Named in a note")
    case .late: words("A customer waits too long")
    case .sendFailed: words("An answer was not sent")
    case .bounced: words("An answer came back")
    case .jobFailed: words("A job failed")
    case .channelFailing: words("A channel fails")
    case .flood: words("Too much comes at once for drafts")
    }
  }
}
