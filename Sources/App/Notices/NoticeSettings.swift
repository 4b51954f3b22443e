import Domain
import HTML
import Postgres
import Web

/// What somebody wants to be told.
struct StoredNoticeSettings {
  let tells: [String]
  let version: Int

  static let usual = StoredNoticeSettings(tells: Notice.usual.map(\.rawValue), version: 0)

  static var mine: Query<StoredNoticeSettings> {
    Query("SELECT tells, version FROM notification_settings WHERE user_id = (SELECT me())", into: StoredNoticeSettings.init)
  }
}

/// The settings of the feed.
enum NoticeSettings {
  /// GET /settings/notifications
  static func form(_ web: Context) throws -> Response {
    let stored = try web.read(StoredNoticeSettings.mine).first ?? .usual
    return web.page(try NoticeSettingsPage(stored, web))
  }

  /// POST /settings/notifications
  static func save(_ web: Context) throws -> Change {
    let person = try web.person
    let stored = try web.read(StoredNoticeSettings.mine).first ?? .usual
    return try web.takeForm(askingAgain: { try NoticeSettingsPage(stored, web, $0) }) {
      var read = FormReader(web.form, web.words)
      let chosen = web.form.all("tell")
      let tells = Notice.Kind.allCases.map(\.rawValue).filter { chosen.contains(.text($0)) }
      let isKnown = chosen.allSatisfy { value in
        if case .text(let text) = value { text.utf8.isEmpty || Notice.Kind(rawValue: text) != nil } else { false }
      }
      if !isKnown { read.complain("tell", web.words("Choose one of the values offered.")) }
      let version = read.version()
      try read.finish()
      if version != stored.version { throw StaleForm() }
      if tells == stored.tells { return Change(to: Paths.notificationSettings, says: web.words("Saved."), did: []) }
      // Of two at once that were the first, one is told that its form is old.
      let written = try web.db.run(
        """
        INSERT INTO notification_settings (user_id, tells, version, created_at, updated_at) VALUES (\(person.id), \(tells), 1, \(web.now), \(web.now))
        ON CONFLICT (user_id) DO UPDATE SET tells = excluded.tells, version = notification_settings.version + 1, updated_at = excluded.updated_at
        WHERE notification_settings.version = \(version)
        """)
      if written == 0 { throw StaleForm() }
      return Change(
        to: Paths.notificationSettings, says: web.words("Saved."),
        did: [AuditEntry("notifications.changed", "settings", nil, ["tell": tells.joined(separator: ", ")])])
    }
  }
}

/// Their page.
struct NoticeSettingsPage {
  let layout: Layout
  let tabs: SettingsTabs
  let frame: FormFrame
  let tells: Select

  init(_ stored: StoredNoticeSettings, _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Notifications"), .settings, web)
    tabs = SettingsTabs(.notifications, person, words)
    var make = FieldBuilder(state)
    tells = make.boxes(
      "tell", words("Tell me"), stored.tells, Notice.Kind.allCases.map { ($0.rawValue, NoticeText.label($0, words)) }, sentWith: "version")
    frame = FormFrame(make, layout.secret, to: Paths.notificationSettings, carrying: [state.version(stored.version)])
  }
}
