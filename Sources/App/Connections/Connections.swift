import Domain
import HTML
import Web

/// The accounts elsewhere of a person.
enum Connections {
  /// GET /connections
  static func list(_ web: Context) throws -> Response {
    let accounts = try web.read(ConnectedAccount.mine)
    return web.list(try ConnectionsPage(accounts, web))
  }
}

/// Their page. Where there is none it says so, and how events and people come without.
struct ConnectionsPage {
  let layout: Layout
  let tabs: SettingsTabs
  let rows: [Row]
  var hasRows: Bool { !rows.isEmpty }
  let events = Paths.eventsImport
  let people = Paths.peopleImport
  let feed = Paths.feedSettings

  struct Row {
    let name: String
    let type: String
    /// `working`
    let state: String
    let badge: StatusBadge
    let errors: String
    /// The other side's words.
    let lastError: String?
    let success: TimeText?
    let next: TimeText?

    init(_ account: ConnectedAccount, _ person: Person, _ web: Context) {
      let words = web.words
      name = account.name
      type = ConnectionText.name(account.type, provider: account.provider, words)
      (state, badge) = (account.state.rawValue, ConnectionText.badge(account.state, words))
      errors = String(account.errorCount)
      lastError = account.lastError.utf8.isEmpty ? nil : account.lastError
      success = account.lastSuccessAt.map { TimeText($0, person, web.clock) }
      next = account.nextTryAt.map { TimeText($0, person, web.clock) }
    }
  }

  init(_ accounts: [ConnectedAccount], _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Connections"), .settings, web)
    tabs = SettingsTabs(.connections, person, words)
    rows = accounts.map { Row($0, person, web) }
  }
}

/// Connections in words.
enum ConnectionText {
  static func name(_ type: ConnectionType, provider: String, _ words: Words) -> String {
    switch type {
    case .imap: words("Mailbox (IMAP)")
    case .caldav: words("Calendar (CalDAV)")
    case .ics: words("Calendar by its address")
    case .oauth: provider.utf8.isEmpty ? words("Account elsewhere") : provider
    }
  }

  static func badge(_ state: ConnectionState, _ words: Words) -> StatusBadge {
    switch state {
    case .new: StatusBadge(tone: "calm", icon: "clock", label: words("Not tried yet"))
    case .working: StatusBadge(tone: "done", icon: "check", label: words("Works"))
    case .failing: StatusBadge(tone: "due", icon: "late", label: words("Fails, and is tried again"))
    case .needsAttention: StatusBadge(tone: "urgent", icon: "error", label: words("Needs you"))
    case .off: StatusBadge(tone: "calm", icon: "pause", label: words("Switched off"))
    }
  }
}
