import Foundation
import Postgres
import Testing
import Web

@testable import App
@testable import Domain

/// The people of the walk and what is theirs: an owner with a reminder that rings, a housemate, a stranger, and nobody.
final class House {
  /// Somebody, with what their requests carry.
  struct Guest {
    let name: String
    let cookie: String
    let csrf: String
    var isNobody: Bool { name == "nobody" }
    var isOwner: Bool { name == "owner" }
  }

  /// A field of a form.
  struct Field: Sendable {
    let name: String
    /// A right value, encoded.
    let right: String
    let rule: Rule
    /// What else the form must say for this field to be read.
    var with: [String: String] = [:]
    /// The right value as a person types it.
    var typed: (String, String) { (name, right.replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? right) }
  }

  let site: Site
  let guests: [Guest]
  let reminder: String
  let escalation: String
  private let profile: String
  private let tokens: [String: String]
  /// What stands for the parameters of features that say so themselves.
  private let values: [String: String]

  init() throws {
    site = try Site()
    let owner = try site.person("ana@x.test")
    let people = [
      ("owner", owner), ("housemate", try site.person("bob@x.test", sharing: owner, role: .viewer)),
      ("stranger", try site.person("eve@x.test")), ("nobody", site.browser()),
    ]
    reminder = try owner.remind()
    #expect(owner.post("/reminders/\(reminder)/run").status == 303)
    escalation = try site.text("SELECT id::text FROM escalations").unwrapped
    profile = try site.text("SELECT id::text FROM profiles WHERE user_id = \(owner.user) AND preset = 'urgent'").unwrapped
    tokens = try House.tokens(site, owner, escalation)
    values = try Dictionary(uniqueKeysWithValues: footprints.flatMap(\.parameters).map { ($0.key, try $0.value(owner)) })
    guests = people.map { name, browser in
      let csrf = browser.token()
      let cookie = browser.cookies.filter { !$0.key.hasSuffix("heed_flash") }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
      return Guest(name: name, cookie: cookie, csrf: csrf)
    }
  }

  /// What stands for the parameters that are no rows' ids.
  private static func tokens(_ site: Site, _ owner: Browser, _ escalation: String) throws -> [String: String] {
    let keys = site.services.keys
    func letter(_ kind: AccountMail.Kind) throws -> String {
      try AccountMail.ask(kind, for: owner.user, to: "ana@x.test", at: site.now, site.owner)
      let id: ID<AccountMail> = try site.owner.value("SELECT id FROM account_mails WHERE kind = \(kind.rawValue)").unwrapped
      return AccountMail.token(id, keys)
    }
    return [
      "/password/reset/:token": try letter(.reset), "/email/verify/:token": try letter(.verification),
      "/a/:token": ActionLink(try ID(escalation).unwrapped, to: nil, sentAt: site.now).token(keys),
      "/u/:token": UnsubscribeLink(owner.user, "ana@x.test").token(keys),
      "/settings/sessions/:session/revocation":
        try site.text("SELECT id::text FROM web_sessions WHERE user_id = \(owner.user)").unwrapped,
    ]
  }

  /// The path of a route with the owner's rows in it, or with `parameter` in their place.
  func path(_ pattern: String, _ parameter: String? = nil) -> String {
    pattern.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      guard segment.hasPrefix(":") else { return String(segment) }
      if let parameter { return parameter }
      return segment == ":reminder"
        ? reminder : segment == ":escalation" ? escalation : values[String(segment)] ?? tokens[pattern] ?? "missing"
    }.joined(separator: "/")
  }

  /// Whether the path names a row that only its owner may know of.
  static func isOwned(_ pattern: String) -> Bool {
    footprints.reduce([":reminder", ":escalation", ":session"] as Set<String>) { $0.union($1.owned) }.contains { pattern.contains($0) }
  }

  /// What a form is answered with when nothing is wrong.
  static func success(_ pattern: String) -> Int {
    ["/reminders/preview", "/password/forgotten", "/u/:token"].contains(pattern) ? 200 : 303
  }

  /// The fields of every form, as SITEMAP names them. A route that takes none stands in ``without``.
  func fields(_ pattern: String) -> [Field] {
    switch pattern {
    case "/sign-up":
      [
        Field(name: "email", right: "new@x.test", rule: .exactly), Field(name: "password", right: "a+good+walrus", rule: .newPassword),
        Field(name: "display_name", right: "N", rule: .optionalLine), Field(name: "timezone", right: "UTC", rule: .optionalNumber),
        Field(name: "language", right: "en", rule: .choice),
      ]
    case "/sign-in":
      [
        Field(name: "email", right: "ana%40x.test", rule: .exactly), Field(name: "password", right: right(Site.password), rule: .exactly),
        Field(name: "next", right: "/", rule: .ignored),
      ]
    case "/password/forgotten": [Field(name: "email", right: "nobody%40x.test", rule: .exactly)]
    case "/password/reset/:token": [Field(name: "password", right: "a+good+new+walrus", rule: .newPassword)]
    case "/settings/profile": settings
    case "/settings/password":
      [
        Field(name: "current", right: right(Site.password), rule: .exactly),
        Field(name: "password", right: "a+good+new+walrus", rule: .newPassword),
      ]
    case "/reminders": reminderFields(isNew: true) + [Field(name: "nonce", right: "n", rule: .ignored)]
    case "/reminders/preview": reminderFields(isNew: true) + [Field(name: "reminder", right: "", rule: .row)]
    case "/reminders/:reminder": reminderFields(isNew: false) + [Field(name: "version", right: "1", rule: .exactly)]
    case "/reminders/:reminder/run": [Field(name: "nonce", right: "r", rule: .ignored)]
    case "/reminders/:reminder/snoozes", "/escalations/:escalation/snoozes":
      [
        Field(name: "until", right: "2+hours", rule: .exactly), Field(name: "reason", right: "because", rule: .optionalLine),
        Field(name: "nonce", right: "s", rule: .ignored),
      ]
    case "/reminders/bulk":
      [
        Field(name: "id", right: reminder, rule: .ids), Field(name: "action", right: "snooze", rule: .exactly),
        Field(name: "until", right: "1+hour", rule: .exactly),
      ]
    case "/a/:token": [Field(name: "action", right: "snooze", rule: .exactly), Field(name: "until", right: "1+hour", rule: .exactly)]
    case "/escalations/:escalation/acknowledgement": [Field(name: "again_in", right: "2+hours", rule: .optionalNumber)]
    case "/escalations/:escalation/notes":
      [Field(name: "text", right: "Called", rule: .note), Field(name: "nonce", right: "t", rule: .ignored)]
    default: Footprint.all(\.posts)[pattern]?.fields ?? []
    }
  }

  /// The values that pages read from their address.
  static func queries(_ pattern: String) -> [Field] {
    switch pattern {
    case "/reminders":
      ["status", "importance", "sort"].map { Field(name: $0, right: "", rule: .choice) } + [
        Field(name: "q", right: "rent", rule: .optionalLine), Field(name: "after", right: "", rule: .cursor),
      ]
    case "/escalations": [Field(name: "state", right: "all", rule: .choice), Field(name: "after", right: "", rule: .rowAfter)]
    case "/settings/audit": [Field(name: "after", right: "9", rule: .position)]
    default:
      Footprint.all(\.queries)[pattern] ?? ["status", "q", "after", "next", "year"].map { Field(name: $0, right: "", rule: .ignored) }
    }
  }

  /// Posts without a field but `csrf`.
  static let without =
    ([
      "/sign-out", "/email/verify/:token", "/u/:token", "/email/verification", "/settings/sessions/:session/revocation",
      "/reminders/:reminder/completion", "/reminders/:reminder/acknowledgement", "/reminders/:reminder/reopening",
      "/reminders/:reminder/archival", "/reminders/:reminder/deletion", "/escalations/:escalation/completion",
      "/escalations/:escalation/advance",
    ] as Set<String>).union(Footprint.all(\.posts).filter(\.value.fields.isEmpty).keys)

  private func right(_ text: String) -> String { Browser.encoded(text) }

  private var settings: [Field] {
    let quiet = ["quiet_from": "22:00", "quiet_until": "07:00"]
    return [
      Field(name: "display_name", right: "Ana", rule: .line), Field(name: "timezone", right: "UTC", rule: .optionalNumber),
      Field(name: "language", right: "en", rule: .choice), Field(name: "week_start", right: "monday", rule: .choice),
      Field(name: "day_start", right: "0", rule: .optionalNumber), Field(name: "default_hour", right: "09:00", rule: .optionalNumber),
      Field(name: "quiet_from", right: "22:00", rule: .exactly, with: quiet),
      Field(name: "quiet_until", right: "07:00", rule: .exactly, with: quiet), Field(name: "personality", right: "yoda", rule: .choice),
      Field(name: "theme", right: "dark", rule: .choice), Field(name: "version", right: "1", rule: .exactly),
    ]
  }

  private func reminderFields(isNew: Bool) -> [Field] {
    [
      Field(name: "title", right: "A", rule: .line), Field(name: "description", right: "b", rule: .markdown),
      Field(name: "importance", right: "high", rule: .choice), Field(name: "profile", right: profile, rule: .choice),
      Field(name: "schedule", right: "once", rule: .choice), Field(name: "timezone", right: "Europe/Berlin", rule: .optionalNumber),
      Field(name: "at", right: "2027-01-01T09:00", rule: isNew ? .optionalTime : .time),
      Field(name: "cron", right: "0+9+*+*+*", rule: .exactly, with: ["schedule": "recurring"]),
      Field(name: "every_minutes", right: "5", rule: .exactly, with: ["schedule": "interval"]),
      Field(name: "exclude_dates", right: "2027-01-01", rule: .dates, with: ["schedule": "recurring"]),
      Field(name: "exclude_weekends", right: "on", rule: .flag, with: ["schedule": "recurring"]),
    ]
  }
}
