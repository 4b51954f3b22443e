import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let accounts = Footprint(
    parameters: [
      ":session": { browser in
        try browser.site.text("SELECT id::text FROM web_sessions WHERE user_id = \(browser.user) ORDER BY id DESC LIMIT 1").unwrapped
      },
      ":until": { browser in String(browser.site.now.advanced(hours: 1).microseconds) },
    ],
    tokens: [
      "/password/reset/:token": { browser in try letter(.reset, browser) },
      "/email/verify/:token": { browser in try letter(.verification, browser) },
    ],
    owned: [":session"], posts: posts, queries: ["/settings/privacy": [House.Field(name: "after", right: "", rule: .rowAfter)]],
    rows: { browser in
      #expect(browser.post("/settings/password", ["current": Site.password, "password": "another walrus here"]).status == 303)
    },
    roots: ["users"],
    changed: [
      "account_mails": "used_at",
      "users": "again_critical again_high again_low again_medium coach_model coach_notes coach_speak coach_version day_start default_time "
        + "display_name keeps_events language model_kinds password_hash personality personality_chosen quiet_critical quiet_days quiet_days_from "
        + "quiet_days_until quiet_from quiet_paused_until quiet_paused_words quiet_until theme timezone updated_at verified_at version "
        + "week_start weekly_mail work_days work_from work_until",
      "web_sessions": "seen_at",
    ],
    // Of users and sessions the worker reads single columns.
    worked: ["account_mails": "DISU", "accounts": "S", "attempts": "DS", "web_sessions": "D"], asked: ["attempts": "I", "users": "IS"],
    doors: ["account web", "account_mail web", "attempts web", "credentials web", "end_sessions web", "enter web"])

  private static let posts = [
    "/sign-up": Post(
      entry: "account.made",
      fields: [
        House.Field(name: "email", right: "new@x.test", rule: .exactly), password("a+good+walrus"),
        House.Field(name: "display_name", right: "N", rule: .optionalLine),
        House.Field(name: "timezone", right: "UTC", rule: .optionalNumber), House.Field(name: "language", right: "en", rule: .choice),
      ]),
    "/sign-in": Post(
      entry: "session.opened",
      fields: [
        House.Field(name: "email", right: "ana%40x.test", rule: .exactly),
        House.Field(name: "password", right: Browser.encoded(Site.password), rule: .exactly),
        House.Field(name: "next", right: "/", rule: .ignored),
      ]),
    "/sign-out": Post(entry: "session.ended"),
    // The worker writes it down, once it has looked whose address that is; the request must not tell.
    "/password/forgotten": Post(
      entry: nil, fields: [House.Field(name: "email", right: "nobody%40x.test", rule: .exactly)], status: 200),
    "/password/reset/:token": Post(entry: "password.reset", fields: [password("a+good+new+walrus")]),
    "/email/verify/:token": Post(entry: "email.verified"), "/email/verification": Post(entry: "email.verification_asked"),
    "/settings/profile": Post(entry: "settings.changed", fields: settings),
    "/settings/privacy": Post(
      entry: "settings.changed",
      fields: [House.Field(name: "model", right: "task", rule: .anyBoxes), House.Field(name: "version", right: "1", rule: .exactly)]),
    "/settings/quiet": Post(entry: "settings.changed", fields: quietSettings),
    "/settings/quiet/pause": Post(entry: "quiet.paused", fields: [House.Field(name: "until", right: "2+hours", rule: .exactly)]),
    // Of whoever was not silent: what it leaves of others, QuietSettingsTests say.
    "/settings/quiet/pause/deletion": Post(entry: nil), "/settings/quiet/pause/:until/restoration": Post(entry: "quiet.paused"),
    "/settings/password": Post(
      entry: "password.changed",
      fields: [
        House.Field(name: "current", right: Browser.encoded(Site.password), rule: .exactly), password("a+good+new+walrus"),
      ]),
    "/settings/sessions/:session/revocation": Post(entry: "session.revoked"),
  ]

  private static func password(_ right: String) -> House.Field { House.Field(name: "password", right: right, rule: .newPassword) }

  private static var settings: [House.Field] {
    let quiet = ["quiet_from": "22:00", "quiet_until": "07:00"]
    let work = ["work_from": "08:00", "work_until": "16:00"]
    return [
      House.Field(name: "display_name", right: "Ana", rule: .line), House.Field(name: "timezone", right: "UTC", rule: .optionalNumber),
      House.Field(name: "language", right: "en", rule: .choice), House.Field(name: "week_start", right: "monday", rule: .choice),
      House.Field(name: "day_start", right: "0", rule: .optionalNumber),
      House.Field(name: "default_hour", right: "09:00", rule: .optionalNumber),
      House.Field(name: "quiet_from", right: "22:00", rule: .exactly, with: quiet),
      House.Field(name: "quiet_until", right: "07:00", rule: .exactly, with: quiet),
      House.Field(name: "work_from", right: "08:00", rule: .exactly, with: work),
      House.Field(name: "work_until", right: "16:00", rule: .exactly, with: work),
      House.Field(name: "work_days", right: "mon", rule: .anyBoxes),
      House.Field(name: "personality", right: "yoda", rule: .choice), House.Field(name: "theme", right: "dark", rule: .choice),
      House.Field(name: "version", right: "1", rule: .exactly),
    ]
  }

  private static var quietSettings: [House.Field] {
    quietFields
      + Importance.allCases.map { House.Field(name: "again_" + $0.rawValue, right: "60", rule: .optionalNumber) }
      + [House.Field(name: "version", right: "1", rule: .exactly)]
  }

  /// Of ``QuietFields``.
  static var quietFields: [House.Field] {
    let usual = ["quiet_from": "22:00", "quiet_until": "07:00"]
    let other = ["quiet_days": "sat", "quiet_days_from": "23:00", "quiet_days_until": "10:00"]
    return [
      House.Field(name: "quiet_from", right: "22:00", rule: .exactly, with: usual),
      House.Field(name: "quiet_until", right: "07:00", rule: .exactly, with: usual),
      House.Field(name: "quiet_days", right: "sat", rule: .boxes, with: other),
      House.Field(name: "quiet_days_from", right: "23:00", rule: .exactly, with: other),
      House.Field(name: "quiet_days_until", right: "10:00", rule: .exactly, with: other),
      House.Field(name: "quiet_critical", right: "on", rule: .flag),
    ]
  }

  /// The token of a new letter.
  private static func letter(_ kind: AccountMail.Kind, _ browser: Browser) throws -> String {
    let site = browser.site
    let email = try site.text("SELECT email FROM users WHERE id = \(browser.user)").unwrapped
    try AccountMail.ask(kind, for: browser.user, to: email, at: site.now, site.owner)
    let id: ID<AccountMail> = try site.owner.value("SELECT id FROM account_mails WHERE kind = \(kind) ORDER BY id DESC LIMIT 1").unwrapped
    return AccountMail.token(id, site.services.keys)
  }
}
