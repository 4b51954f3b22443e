import Domain
import HTML
import Postgres
import Web

/// When a person wants no messages, and how long after an acknowledgement they are asked again.
enum QuietSettings {
  /// GET /settings/quiet
  static func form(_ web: Context) throws -> Response { web.page(try QuietSettingsPage(web)) }

  /// POST /settings/quiet
  static func save(_ web: Context) throws -> Change {
    let person = try web.person
    return try web.takeForm(askingAgain: { try QuietSettingsPage(web, $0) }) {
      let new = try QuietChange(web.form, person, web.words)
      let changed = try web.db.run(
        """
        UPDATE users SET \(new.quiet.fields.assignments), \(new.again.fields.assignments), version = version + 1, updated_at = \(web.now)
        WHERE id = \(person.id) AND version = \(new.version)
        """)
      guard changed == 1 else { throw StaleForm() }
      return Change(
        to: Paths.quietSettings, says: web.words("Your settings are saved."),
        did: [AuditEntry("settings.changed", "user", person.id.text, new.changes)])
    }
  }

  /// POST /settings/quiet/pause: no messages until then.
  static func pause(_ web: Context) throws -> Change {
    let person = try web.person
    return try web.takeForm(askingAgain: { try QuietSettingsPage(web, pausing: $0) }) {
      var read = FormReader(web.form, web.words)
      let found = read.phrase("until", try web.reader)
      let phrase = try read.finish(found)
      try set(phrase.instant, words: phrase.words, person, web)
      let time = TimeWords.dayTime(phrase.instant, person.zone, person.language, now: web.now)
      let values: KeyValuePairs = ["time": time, "relative": TimeWords.relative(phrase.instant, from: web.now, person.language)]
      let says =
        person.quiet.holdsCritical
        ? web.words("No messages until {time} ({relative}), not even critical ones.", values)
        : web.words("No messages until {time} ({relative}), but for critical ones.", values)
      let moved = phrase.movedByClockChange ? " " + SkippedTime.sentence(web.words) : ""
      return Change(
        to: Paths.quietSettings, says: says + moved, undo: before(person, web),
        did: [AuditEntry("quiet.paused", "user", person.id.text, ["until": phrase.instant.iso, "words": phrase.words])])
    }
  }

  /// POST /settings/quiet/pause/deletion: messages again, and what waited at once.
  static func resume(_ web: Context) throws -> Change {
    let person = try web.person
    let isPaused = person.quiet.isPaused(at: web.now)
    if isPaused { try set(nil, words: "", person, web) }
    return Change(
      to: Paths.quietSettings, says: web.words("Messages come again."), undo: isPaused ? before(person, web) : nil,
      did: isPaused ? [AuditEntry("quiet.resumed", "user", person.id.text)] : [])
  }

  /// POST /settings/quiet/pause/:until/restoration: as it was said before.
  static func restore(_ web: Context, _ until: Instant) throws -> Change {
    let person = try web.person
    guard until <= web.now.advanced(days: 366) else { throw Failure.notFound }
    if until <= web.now {
      return Change(to: Paths.quietSettings, says: web.words("There was nothing to undo."), did: [])
    }
    try set(until, words: "", person, web)
    let time = TimeWords.dayTime(until, person.zone, person.language, now: web.now)
    return Change(
      to: Paths.quietSettings, says: web.words("No messages until {time}, as before.", ["time": time]),
      did: [AuditEntry("quiet.paused", "user", person.id.text, ["until": until.iso])])
  }

  /// Where a post takes it back to what is stored now.
  private static func before(_ person: Person, _ web: Context) -> Path {
    guard let until = person.quiet.pausedUntil, until > web.now else { return Paths.quietPauseDeletion }
    return Paths.quietPauseRestoration(until)
  }

  private static func set(_ until: Instant?, words: String, _ person: Person, _ web: Context) throws {
    try web.db.run(
      """
      UPDATE users SET quiet_paused_until = \(until), quiet_paused_words = \(words), updated_at = \(web.now) WHERE id = \(person.id)
      """)
  }
}

extension QuietHours {
  /// Whether somebody wants no messages for now, whatever the hours are.
  func isPaused(at now: Instant) -> Bool { pausedUntil.map { now < $0 } ?? false }
}

/// The form as it was posted.
struct QuietChange {
  let quiet: QuietHours
  let again: AgainStandard
  let version: Int
  /// What is new, for the audit log.
  let changes: [String: String]

  init(_ form: Form, _ person: Person, _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    var changes = AuditDifference()
    quiet = read.allQuietHours()
    changes.note("quiet", from: person.quiet.text, to: quiet.text)
    var again = AgainStandard()
    for importance in Importance.allCases {
      let stored = person.again[importance] ?? 0
      let minutes = read.integer(QuietSettingsPage.field(importance), 0...525_600, stored)
      changes.note(QuietSettingsPage.field(importance), from: stored, to: minutes) { String($0) }
      again[importance] = minutes == 0 ? nil : minutes
    }
    self.again = again
    version = read.version()
    try read.finish()
    self.changes = changes.facts
  }
}

/// The page of these settings.
struct QuietSettingsPage {
  let layout: Layout
  let tabs: SettingsTabs
  /// nil: nobody said "not until …".
  let pausedUntil: TimeText?
  /// How many messages wait for the quiet to end.
  let held: String?
  let ending = Paths.quietPauseDeletion
  let until: TextField
  let pauseFrame: FormFrame
  let quiet: QuietFields
  let again: [Select]
  let frame: FormFrame
  let secret: CSRFField

  /// - Parameters:
  ///   - state: of the form of hours.
  ///   - pausing: of the form that says "not until …".
  init(_ web: Context, _ state: FormState = .fresh, pausing: FormState = .fresh) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Quiet hours"), .settings, web)
    tabs = SettingsTabs(.quiet, person, words)
    secret = layout.secret
    pausedUntil = person.quiet.pausedUntil.flatMap { $0 > web.now ? TimeText($0, person, web.clock) : nil }
    let waiting: Int64 = try web.read(QuietSettingsPage.waiting).first ?? 0
    held =
      waiting == 0 ? nil : words.count("{n} message waits for the quiet to end.", "{n} messages wait for the quiet to end.", Int(waiting))
    var pause = FieldBuilder(pausing)
    until = pause.text(
      "until", words("No messages until"),
      help: words("“2 hours”, “tomorrow at 9”, “monday”. Critical reminders come, unless you hold them too."))
    pauseFrame = FormFrame(pause, layout.secret, to: Paths.quietPause)
    var make = FieldBuilder(state)
    quiet = QuietFields(
      &make, person.quiet, person, words, help: words("Messages wait until the quiet hours end; several then come as one."))
    again = Importance.allCases.map { importance in
      let stored = person.again[importance] ?? 0
      let offered = AgainStandard.offered.contains(stored) ? AgainStandard.offered : (AgainStandard.offered + [stored]).sorted()
      return make.choice(
        QuietSettingsPage.field(importance), QuietSettingsPage.label(importance, words), String(stored),
        offered.map { (String($0), QuietSettingsPage.span($0, words)) })
    }
    frame = FormFrame(make, layout.secret, to: Paths.quietSettings, carrying: [state.version(person.version)])
  }

  private static var waiting: Query<Int64> {
    Query(
      column: """
        SELECT count(*) FROM outbox
        WHERE user_id = (SELECT me()) AND (recipient_id = (SELECT me()) OR recipient_kind = 'device') AND state = 'held' AND reason = 'quiet'
        """)
  }

  /// `again_low` and so on.
  static func field(_ importance: Importance) -> String { "again_" + importance.rawValue }

  private static func label(_ importance: Importance, _ words: Words) -> String {
    switch importance {
    case .low: words("Low importance")
    case .medium: words("Medium importance")
    case .high: words("High importance")
    case .critical: words("Critical")
    }
  }

  private static func span(_ minutes: Int, _ words: Words) -> String {
    if minutes == 0 { return words("not again") }
    if minutes % 60 == 0 { return words.count("after {n} hour", "after {n} hours", minutes / 60) }
    return words.count("after {n} minute", "after {n} minutes", minutes)
  }
}
