import Domain
import HTML
import Postgres
import Web

/// What the list of mails in quarantine shows, as its address says.
struct QuarantineFilter {
  let state: QuarantinedMail.State
  /// The mail behind which the page begins.
  let after: ID<QuarantinedMail>?

  init(_ query: Form, _ words: Words) throws(FormErrors) {
    var read = FormReader(query, words)
    state = read.choice("state", QuarantinedMail.State.waiting)
    after = read.after()
    try read.finish()
  }

  /// The address of the same list from its beginning, with another state.
  func path(_ state: QuarantinedMail.State? = nil) -> Path {
    let state = state ?? self.state
    return Paths.quarantine.adding("state", state == .waiting ? nil : state.rawValue)
  }

  /// A page of them and what follows, the newest first.
  var rows: Query<QuarantinedMail> {
    QuarantinedMail.ours("q.state = \(state) AND (\(after == nil) OR q.id < \(after)::uuid) ORDER BY q.id DESC LIMIT \(PageSize.read)")
  }
}

/// How many mails stand how.
struct QuarantineCounts {
  let waiting: Int
  let taken: Int

  static let none = QuarantineCounts(waiting: 0, taken: 0)

  static var ours: Query<QuarantineCounts> {
    Query(
      """
      SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'taken') AS taken
      FROM quarantine WHERE account_id = (SELECT my_account())
      """, into: QuarantineCounts.init)
  }
}

/// The list of mails in quarantine.
struct QuarantinePage {
  let layout: Layout
  let back = Paths.channels
  let chips: Chips
  let rows: [QuarantineItem]
  let next: Path?
  let empty: EmptyState?

  init(_ page: PageOf<QuarantinedMail>, _ counts: QuarantineCounts, _ filter: QuarantineFilter, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Quarantine"), nil, web)
    let labels: [(QuarantinedMail.State, String, Int)] = [
      (.waiting, words("Waiting", context: "quarantine"), counts.waiting), (.taken, words("Taken", context: "quarantine"), counts.taken),
    ]
    chips = Chips(
      labels.map { state, label, count in
        Chip(path: filter.path(state), label: label, count: String(count), isCurrent: state == filter.state)
      })
    rows = page.rows.map { QuarantineItem($0, person, web.clock, words) }
    next = page.last.map { filter.path().adding("after", $0.id.text) }
    if !page.rows.isEmpty {
      empty = nil
    } else if counts.waiting + counts.taken == 0 {
      empty = EmptyState(
        icon: "done", title: words("Nothing is in quarantine"),
        text: words("A mail that cannot be read would be kept here with its bytes and the reason, and all others come in meanwhile."))
    } else {
      empty = EmptyState(icon: "done", title: words("Nothing is in this list"), text: words("The others are one press away."))
    }
  }
}

/// One mail in the list.
struct QuarantineItem {
  let path: Path
  let title: String
  let state: String
  let facts: String
  let at: TimeText

  init(_ mail: QuarantinedMail, _ person: Person, _ clock: PageClock, _ words: Words) {
    path = Paths.quarantined(mail.id)
    title = mail.name
    state = mail.state.rawValue
    at = TimeText(mail.at, person, clock)
    facts = [mail.reason.sentence(words), mail.channelName, SendingText.size(mail.size)].joined(separator: " · ")
  }
}

/// The page of one mail in quarantine.
struct QuarantinedMailPage {
  let layout: Layout
  let back = Paths.quarantine
  let state: String
  let code: String
  let reason: String
  /// nil: nothing was said of it.
  let detail: String?
  let channel: Path
  let channelName: String
  let at: TimeText
  let size: String
  let tries: String
  let tried: TimeText?
  let conversation: Path?
  let raw: Path?
  /// nil: it is there no longer.
  let actions: Actions?

  struct Actions {
    let secret: CSRFField
    /// nil: there are no bytes to read.
    let retry: Path?
    let deletion: Path
  }

  init(_ mail: QuarantinedMail, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(mail.name, nil, web)
    (state, code, reason) = (mail.state.rawValue, mail.reason.rawValue, mail.reason.sentence(words))
    detail = mail.detail.utf8.isEmpty ? nil : mail.detail
    (channel, channelName) = (Paths.channel(mail.channel), mail.channelName)
    at = TimeText(mail.at, person, web.clock)
    size = SendingText.size(mail.size)
    tries = words.count("{n} try", "{n} tries", mail.tries)
    tried = mail.triedAt.map { TimeText($0, person, web.clock) }
    conversation = mail.conversation.map { Paths.conversation($0) }
    let isWaiting = mail.state == .waiting
    raw = isWaiting && mail.hasBytes ? Paths.raw(mail.id) : nil
    actions =
      isWaiting
      ? Actions(secret: layout.secret, retry: mail.hasBytes ? Paths.retry(mail.id) : nil, deletion: Paths.deletion(mail.id)) : nil
  }
}
