import Domain
import HTML
import Web

/// The page of keys: those there are, and a form for one more.
struct APIKeysPage {
  let layout: Layout
  let tabs: SettingsTabs
  let rows: [Row]
  var hasRows: Bool { !rows.isEmpty }
  let name: TextField
  let scopes: Select
  let expires: Select
  let password: TextField
  let frame: FormFrame

  struct Row {
    let name: String
    /// "heed_x7Gk2mPq…"
    let prefix: String
    let scopes: String
    let state: StatusBadge
    let made: TimeText
    let used: TimeText?
    let expires: TimeText?
    /// nil: it works no more.
    let revocation: Path?
    let secret: CSRFField

    init(_ key: APIKey, _ person: Person, _ secret: CSRFField, _ web: Context) {
      let words = web.words
      name = key.name
      prefix = key.prefix + "…"
      scopes = key.scopes.map { APIKeyText.scope($0, words) }.joined(separator: ", ")
      let isGood = key.isGood(at: web.now)
      state =
        isGood
        ? StatusBadge(tone: "done", icon: "key", label: words("Works"))
        : StatusBadge(tone: "calm", icon: "stop", label: key.revokedAt == nil ? words("Expired") : words("Revoked"))
      made = TimeText(key.createdAt, person, web.clock)
      used = key.usedAt.map { TimeText($0, person, web.clock) }
      expires = key.expiresAt.map { TimeText($0, person, web.clock) }
      revocation = isGood ? Paths.revocation(key.id) : nil
      self.secret = secret
    }
  }

  init(_ keys: [APIKey], _ web: Context, _ state: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("API keys"), .settings, web)
    tabs = SettingsTabs(.keys, person, words)
    let secret = layout.secret
    rows = keys.map { Row($0, person, secret, web) }
    var make = FieldBuilder(state)
    name = make.text("name", words("Name"), help: words("What uses it: “Kitchen display”."), required: true, maxLength: 200)
    scopes = make.boxes(
      "scope", words("It may"), [APIScope.pull.rawValue],
      APIScope.allCases.map { ($0.rawValue, APIKeyText.scope($0.rawValue, words)) }, sentWith: "name")
    expires = make.choice(
      "expires", words("It works for"), APIKeyLife.quarter.rawValue, APIKeyLife.allCases.map { ($0.rawValue, APIKeyText.life($0, words)) })
    password = make.text(
      "password", words("Your password"), help: words("So that nobody who finds this page open makes a key."), type: "password",
      autocomplete: "current-password", required: true)
    frame = FormFrame(make, secret, to: Paths.apiKeys, carrying: [state.nonce("key", entries: person.entries)])
  }
}

/// A key that was just made, shown this once.
struct APIKeyMadePage {
  let layout: Layout
  let intro: String
  let key: String
  let until: String
  /// How it is tried.
  let example: String
  let keys = Paths.apiKeys

  init(_ name: String, _ key: String, _ end: Instant?, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Key made"), .settings, web, takesFlash: false)
    self.key = key
    intro = words("“{name}” is made. Copy it now: it is shown this once.", ["name": name])
    until =
      end.map { words("It works until {time}.", ["time": TimeWords.dateTime($0, person.zone, person.language)]) }
      ?? words("It works until you revoke it.")
    example = "curl -H 'Authorization: Bearer \(key)' '\(web.services.origin)\(Paths.pendingNotifications.text)?agent=pull'"
  }
}

/// Keys in words.
enum APIKeyText {
  static func scope(_ scope: String, _ words: Words) -> String {
    switch APIScope(rawValue: scope) {
    case .pull: words("fetch what waits for you (notifications:pull)")
    case .act: words("complete reminders that may be completed by a key (reminders:act)")
    case .planner: words("write into your inbox (planner:write)")
    case nil: scope
    }
  }

  static func life(_ life: APIKeyLife, _ words: Words) -> String {
    switch life {
    case .month: words("30 days")
    case .quarter: words("90 days")
    case .year: words("365 days")
    case .never: words("as long as you like")
    }
  }
}
