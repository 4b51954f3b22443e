import Domain
import HTML
import Postgres
import Web

/// The person's own settings.
enum PersonSettings {
  /// GET /settings/profile
  static func form(_ web: Context) throws -> Response { web.page(try PersonSettingsPage(web)) }

  /// POST /settings/profile
  static func save(_ web: Context) throws -> Change {
    let person = try web.person
    return try web.takeForm(askingAgain: { try PersonSettingsPage(web, $0) }) {
      let new = try ProfileChange(web.form, web.reader)
      let changed = try web.db.run(
        """
        UPDATE users SET display_name = \(new.displayName), timezone = \(new.zone.name), zone_rule = \(new.zone.rule),
          zone_lost = \(new.zone.isLost), language = \(new.language),
          week_start = \(new.weekStart), day_start = \(new.dayStart), default_time = \(new.defaultTime.second),
          quiet_from = \(new.quiet?.from.second), quiet_until = \(new.quiet?.until.second), \(new.work.fields.assignments),
          personality = \(new.personality), personality_chosen = true, theme = \(new.theme), version = version + 1, updated_at = \(web.now)
        WHERE id = \(person.id) AND version = \(new.version)
        """)
      guard changed == 1 else { throw StaleForm() }
      return Change(
        to: Paths.profileSettings, says: new.says(over: person, web.services.words(new.language)),
        did: [AuditEntry("settings.changed", "user", person.id.text, new.changes)])
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
  let quiet: QuietHours.Span?
  let work: WorkTimes
  let personality: Personality
  let theme: Theme
  let version: Int
  /// What is new, for the audit log.
  let changes: [String: String]

  /// - Parameter person: as they were before.
  func says(over person: Person, _ words: Words) -> String {
    if weekStart == person.weekStart { return words("Your settings are saved.") }
    return words(
      "Your settings are saved. Weeks begin on {day} now, those before too: what counts by weeks is reckoned anew.",
      ["day": "\(TimeWords.name(weekStart, language))"])
  }

  init(_ form: Form, _ reader: Reader) throws(FormErrors) {
    let (person, words) = (reader.person, reader.words)
    var read = FormReader(form, words)
    var changes = AuditDifference()
    displayName = read.line("display_name", 1...100)
    changes.note("display_name", from: person.displayName, to: displayName)
    zone = read.zone("timezone", reader.zones, fallback: person.zone)
    changes.note("timezone", from: person.zone.name, to: zone.name)
    language = read.choice("language", person.language)
    changes.note("language", from: person.language, to: language, \.rawValue)
    weekStart = read.choice("week_start", WeekdayName(person.weekStart)).weekday
    changes.note("week_start", from: person.weekStart, to: weekStart) { String($0.rawValue) }
    dayStart = read.integer("day_start", 0...6, person.dayStart)
    changes.note("day_start", from: person.dayStart, to: dayStart) { String($0) }
    defaultTime = read.time("default_hour") ?? person.defaultTime
    changes.note("default_hour", from: person.defaultTime.text, to: defaultTime.text)
    quiet = read.quietHours()
    changes.note("quiet", from: person.quiet.usual?.text ?? "", to: quiet?.text ?? "")
    work = read.workTimes(person.work)
    changes.note("work", from: person.work.text, to: work.text)
    personality = read.choice("personality", person.personality)
    changes.note("personality", from: person.personality, to: personality, \.rawValue)
    theme = read.choice("theme", person.theme)
    changes.note("theme", from: person.theme, to: theme, \.rawValue)
    version = read.version()
    try read.finish()
    self.changes = changes.facts
  }
}
