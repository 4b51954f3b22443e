import Domain
import HTML
import Postgres
import Web

/// The form of what holds for all of the desk.
enum DeskSettingsForm {
  /// GET /settings/desk
  static func show(_ web: Context) throws -> Response {
    let stored = try stored(web)
    return web.page(try DeskSettingsPage(stored, due: DeskRetention.due(stored, web), web))
  }

  /// POST /settings/desk
  static func save(_ web: Context) throws -> Change {
    let (person, stored) = (try web.person, try stored(web))
    return try web.takeForm(askingAgain: { try DeskSettingsPage(stored, due: DeskRetention.due(stored, web), web, $0) }) {
      let draft = try DeskSettingsDraft(web.form, stored: stored, web.words)
      guard draft.version == stored.version else { throw StaleForm() }
      let changed = try web.db.run(
        """
        INSERT INTO desk_settings (account_id, created_at, updated_at, \(draft.fields.columns))
        VALUES (\(person.account), \(web.now), \(web.now), \(draft.fields.values))
        ON CONFLICT (account_id) DO UPDATE SET \(draft.fields.assignments), version = desk_settings.version + 1, updated_at = \(web.now)
        WHERE desk_settings.version = \(draft.version)
        """)
      // Somebody else was first between our reading and our writing.
      guard changed == 1 else { throw StaleForm() }
      return Change(
        to: Paths.deskSettings, says: web.words("Saved."),
        did: draft.changes.isEmpty ? [] : [AuditEntry("desk.changed", DeskSettings.subject, nil, draft.changes).shared])
    }
  }

  private static func stored(_ web: Context) throws -> DeskSettings {
    guard let settings = try web.read(DeskSettings.ours).first else { throw Failure.notFound }
    return settings
  }
}

/// The settings as they were posted.
struct DeskSettingsDraft {
  enum Retention: String, CaseIterable {
    case never
    case year = "365"
    case twoYears = "730"

    var days: Int? { Int(rawValue) }

    init(_ days: Int?) { self = Retention.allCases.first { $0.days == days } ?? .never }
  }

  let undoSeconds: Int
  let retention: Retention
  let modelDaily: Int?
  let confidenceFloor: Int
  let version: Int
  /// What is new, for the audit log.
  let changes: [String: String]

  init(_ form: Form, stored: DeskSettings, _ words: Words) throws(FormErrors) {
    var read = FormReader(form, words)
    var changes = AuditDifference()
    undoSeconds = changes.note("undo_seconds", from: stored.undoSeconds, to: read.integer("undo_seconds", 0...120, 30)) { String($0) }
    retention = changes.note("retention", from: Retention(stored.retentionDays), to: read.choice("retention", Retention.never), \.rawValue)
    let isGiven = !read.trimmed(form.text("llm_daily") ?? "").utf8.isEmpty || form.first("llm_daily") == .unreadable
    let daily = isGiven ? read.integer("llm_daily", 0...100_000, 0) : nil
    changes.note("llm_daily", from: DeskSettingsDraft.text(stored.modelDaily), to: DeskSettingsDraft.text(daily))
    modelDaily = daily
    let floor = DeskSettingsDraft.floor(&read)
    changes.note("confidence_floor", from: DeskSettingsDraft.text(floor: stored.confidenceFloor), to: DeskSettingsDraft.text(floor: floor))
    confidenceFloor = floor
    version = read.version()
    try read.finish()
    self.changes = changes.facts
  }

  /// What the form says, as a row holds it.
  var fields: RowValues {
    [
      "undo_seconds": "\(undoSeconds)", "retention_days": "\(retention.days)", "llm_daily": "\(modelDaily)",
      "confidence_floor": "\(confidenceFloor)::numeric / 100",
    ]
  }

  static func text(_ daily: Int?) -> String { daily.map { String($0) } ?? "" }

  /// Hundredths as people write them in every language: "0.40".
  static func text(floor: Int) -> String { "\(floor / 100).\(floor % 100 < 10 ? "0" : "")\(floor % 100)" }

  /// 0 to 1 with at most two decimals behind a dot or comma, in hundredths; not given: 0.
  private static func floor(_ read: inout FormReader) -> Int {
    let text = read.trimmed(read.raw("confidence_floor"))
    if text.utf8.isEmpty { return 0 }
    let parts = text.utf8.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    let decimals = parts.count == 2 ? Array(parts[1]) : []
    let isNumber = parts.count <= 2 && parts.allSatisfy { (1...2).contains($0.count) && $0.allSatisfy { (48...57).contains($0) } }
    let value =
      isNumber
      ? (Int(Substring(parts[0])) ?? 2) * 100 + decimals.reduce(0) { $0 * 10 + Int($1 - 48) } * (decimals.count == 1 ? 10 : 1) : 101
    if value <= 100 { return value }
    read.complain("confidence_floor", read.words("Give a number from 0 to 1, such as 0.40."))
    return 0
  }
}

/// The page of the desk's settings.
struct DeskSettingsPage {
  let layout: Layout
  let tabs: SettingsTabs
  let undo: TextField
  let retention: Select
  let daily: TextField
  let floor: TextField
  let frame: FormFrame
  /// What goes when.
  let going: [String]

  /// - Parameter due: how many conversations the next night empties.
  init(_ stored: DeskSettings, due: Int, _ web: Context, _ state: FormState = .fresh) throws {
    let words = web.words
    var make = FieldBuilder(state)
    layout = try Layout(words("Desk"), .settings, web)
    tabs = SettingsTabs(.desk, try web.person, words)
    undo = make.text(
      "undo_seconds", words("Seconds to undo an answer"), String(stored.undoSeconds),
      help: words("An answer leaves when they are over: 0 to 120."), type: "number")
    retention = make.choice(
      "retention", words("Keep the texts of closed conversations"), DeskSettingsDraft.Retention(stored.retentionDays).rawValue,
      [("never", words("for ever")), ("365", words("for a year")), ("730", words("for two years"))],
      help: words("After that, texts and files are emptied. Who wrote when stays, and how many."))
    daily = make.text(
      "llm_daily", words("Drafts by a model, at most a day"), DeskSettingsDraft.text(stored.modelDaily),
      help: words("When they are used up, the built-in writer drafts. Empty: as the operator says."), type: "number", optional: true)
    floor = make.text(
      "confidence_floor", words("Least confidence"), DeskSettingsDraft.text(floor: stored.confidenceFloor),
      help: words("0 to 1, such as 0.40. Drafts below it are not shown first."))
    frame = FormFrame(make, layout.secret, to: Paths.deskSettings, carrying: [state.version(stored.version)])
    let conversations =
      stored.retentionDays == nil
      ? words("The texts of conversations are kept for ever.")
      : due == 0
        ? words("No conversation was closed so long ago that its texts go in the next night.")
        : words.count(
          "The next night empties {n} conversation that was closed long enough ago.",
          "The next night empties {n} conversations that were closed long enough ago.", due)
    going = [conversations, words("Mails as they came, and mails in quarantine, go after 90 days, whatever you choose.")]
  }
}
