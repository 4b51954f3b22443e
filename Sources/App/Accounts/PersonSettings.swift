import Domain
import HTML
import Postgres
import Web

/// The person's own settings.
enum PersonSettings {
  /// GET /settings/profile
  static func form(_ web: Context) throws -> Response { web.page(try PersonSettingsPage(web)) }

  /// POST /settings/profile
  static func save(_ web: Context) throws -> Response {
    let person = try web.person
    do {
      let new = try ProfileChange(web.form, web.words, web.services.zones, of: person)
      let changed = try web.db.run(
        """
        UPDATE users SET display_name = \(new.displayName), timezone = \(new.zone.name), zone_rule = \(new.zone.rule),
          zone_lost = \(new.zone.isLost), language = \(new.language),
          week_start = \(new.weekStart), day_start = \(new.dayStart), default_time = \(new.defaultTime.second),
          quiet_from = \(new.quiet?.from.second), quiet_until = \(new.quiet?.until.second), personality = \(new.personality),
          theme = \(new.theme), version = version + 1, updated_at = \(web.now)
        WHERE id = \(person.id) AND version = \(new.version)
        """)
      guard changed == 1 else { return web.page(try PersonSettingsPage(web, isStale: true), status: 409) }
      try web.audit(AuditEntry("settings.changed", "user", person.id.text, new.changes(from: person)))
      web.flash(web.services.words(new.language)("Your settings are saved."))
      return .seeOther(Paths.profileSettings.text)
    } catch let errors as FormErrors {
      return web.page(try PersonSettingsPage(web, errors), status: 422)
    }
  }
}

/// The days' names as forms send them.
enum WeekdayName: String, CaseIterable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// The day.
  var weekday: Weekday { Weekday(rawValue: (WeekdayName.allCases.firstIndex(of: self) ?? 0) + 1) ?? .monday }

  /// The name of a day.
  init(_ day: Weekday) { self = WeekdayName.allCases[day.rawValue - 1] }
}

/// The profile form as it was posted.
struct ProfileChange {
  let displayName: String
  let zone: Zone
  let language: Language
  let weekStart: Weekday
  let dayStart: Int
  let defaultTime: TimeOfDay
  let quiet: (from: TimeOfDay, until: TimeOfDay)?
  let personality: Personality
  let theme: Theme
  let version: Int

  init(_ form: Form, _ words: Words, _ zones: Zones, of person: Person) throws(FormErrors) {
    var read = FormReader(form, words)
    displayName = read.line("display_name", 1...100)
    zone = read.zone("timezone", zones, fallback: person.zone)
    language = read.choice("language", person.language)
    weekStart = read.choice("week_start", WeekdayName(person.weekStart)).weekday
    dayStart = read.integer("day_start", 0...6, person.dayStart)
    defaultTime = read.time("default_hour") ?? person.defaultTime
    let from = read.time("quiet_from")
    let until = read.time("quiet_until")
    if (from == nil) != (until == nil) {
      read.complain(from == nil ? "quiet_from" : "quiet_until", words("Give both ends of the quiet hours, or neither."))
    } else if let from, from == until {
      read.complain("quiet_until", words("Quiet hours that end when they begin would never end. Leave both empty for none."))
    }
    if let from, let until { quiet = (from, until) } else { quiet = nil }
    personality = read.choice("personality", person.personality)
    theme = read.choice("theme", person.theme)
    version = read.version()
    try read.finish()
  }

  /// What is new, for the audit log.
  func changes(from person: Person) -> [String: String] {
    let pairs: [(String, String, String)] = [
      ("display_name", person.displayName, displayName), ("timezone", person.zone.name, zone.name),
      ("language", person.language.rawValue, language.rawValue), ("week_start", "\(person.weekStart.rawValue)", "\(weekStart.rawValue)"),
      ("day_start", "\(person.dayStart)", "\(dayStart)"), ("default_hour", person.defaultTime.text, defaultTime.text),
      ("quiet", Self.text(person.quiet), Self.text(quiet)), ("personality", person.personality.rawValue, personality.rawValue),
      ("theme", person.theme.rawValue, theme.rawValue),
    ]
    return Dictionary(uniqueKeysWithValues: pairs.filter { !$0.1.utf8.elementsEqual($0.2.utf8) }.map { ($0.0, "\($0.1) → \($0.2)") })
  }

  private static func text(_ quiet: (from: TimeOfDay, until: TimeOfDay)?) -> String {
    quiet.map { "\($0.from.text)–\($0.until.text)" } ?? ""
  }
}

extension FormReader {
  /// A time of day, `HH:MM`; nil when it was not given.
  mutating func time(_ name: String) -> TimeOfDay? {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return nil }
    if let time = TimeOfDay(text: text) { return time }
    complain(name, words("Write a time such as 09:00."))
    return nil
  }
}
