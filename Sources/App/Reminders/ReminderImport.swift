import Domain
import HTML
import Net
import Postgres
import Web

/// Reminders out of files of other programs.
enum ReminderImport: ImportedNoun {
  static let table: Columns = "reminder_imports"
  static let previewSeconds: Int64? = nil
}

/// One row of an import, as its page shows it.
struct ReminderImportRow {
  let line: Int
  let key: String
  let title: String
  let description: String
  let importance: Importance
  let reason: String
  let note: String
  /// nil: nothing is made of it.
  let schedule: Schedule?
  let wall: LocalTime?
  let words: String
  /// What was made of it, while that is there.
  let reminder: ID<Reminder>?

  static let columns: Columns = """
    w.line, w.key, w.title, w.description, w.importance, w.reason, w.note, w.kind, w.timezone, w.at, w.wall, w.rule, w.rule_from, w.words,
    w.every_minutes, coalesce(string_to_array(nullif(w.exclude_dates, ''), ',')::date[], '{}') AS exclude_dates, '' AS zone_rule,
    NULL::text AS cron, false AS exclude_weekends,
    (SELECT s.reminder_id FROM reminder_sources s WHERE s.user_id = w.user_id AND s.key = w.key AND s.import_id = w.import_id) AS reminder
    """

  init(row: Row, zones: Zones) throws(PostgresError) {
    line = try row("line")
    key = try row("key")
    title = try row("title")
    description = try row("description")
    importance = try row("importance")
    reason = try row("reason")
    note = try row("note")
    let kind: String? = try row("kind")
    let words: String? = try row("words")
    schedule = try kind.map { _ throws(PostgresError) in try Schedule(row: row, zones: zones) }
    wall = try row("wall")
    self.words = words ?? ""
    reminder = try row("reminder")
  }

  /// Those that are made, or those that are not, in the order of the file.
  static func query(_ id: ID<ReminderImport>, made: Bool, limit: Int, _ zones: Zones) -> Query<ReminderImportRow> {
    Query(
      """
      SELECT \(columns) FROM reminder_import_rows w
      WHERE w.import_id = \(id) AND w.user_id = (SELECT me()) AND (w.reason = '') = \(made) ORDER BY w.number LIMIT \(limit)
      """
    ) { row throws(PostgresError) in try ReminderImportRow(row: row, zones: zones) }
  }

  /// Those that are still to be made: whose entry none of the person's reminders was made of. Each is looked up by its key: right after thousands were
  /// made the planner believes in one, and would join an anti join by reading them all for each row.
  static func pending(_ id: ID<ReminderImport>, _ zones: Zones) -> Query<ReminderImportRow> {
    Query(
      """
      SELECT \(columns) FROM reminder_import_rows w
      WHERE w.import_id = \(id) AND w.user_id = (SELECT me()) AND w.reason = ''
        AND (SELECT s.reminder_id FROM reminder_sources s WHERE s.user_id = w.user_id AND s.key = w.key) IS NULL
      ORDER BY w.number
      """
    ) { row throws(PostgresError) in try ReminderImportRow(row: row, zones: zones) }
  }
}

extension FileImport<ReminderImport> {
  /// Reads a file and keeps what would come of it, in place of the preview before.
  ///
  /// - Throws: ``FormErrors`` beside the field `file`.
  static func read(_ file: SentFile, _ web: Context) throws -> ID<ReminderImport> {
    let reader = try web.reader
    let person = reader.person
    let entries: ImportFile
    do throws(ImportRefusal) {
      guard file.bytes.count <= ImportFile.mostBytes else { throw .tooMany }
      let end = Ticks.now + 5_000
      entries = try ImportFile(
        file.bytes, reader: PhraseReader(reader, person.zone), zone: { web.services.zones.zone($0) }, mayGoOn: { Ticks.now < end })
    } catch {
      throw FormErrors("file", ReminderImportText(reader).refusal(error))
    }
    try web.db.run(turn)
    let keys = entries.entries.map { Bytes.hex(Keys.sha256(Array($0.key.utf8))) }
    let known: [String] = try web.db.rows(
      Query(column: "SELECT key FROM reminder_sources WHERE user_id = \(person.id) AND key = ANY(\(keys))"))
    let id = ID<ReminderImport>.new(at: web.now)
    try web.db.queue([
      "SELECT door.replace_reminder_imports(\(web.now))",
      """
      INSERT INTO reminder_imports (id, user_id, kind, file_name, created_at)
      VALUES (\(id), \(person.id), \(entries.kind), \(file.name), \(web.now))
      """,
      rows(entries.entries, keys, known: Set(known), of: id, person.id, ReminderImportText(reader)),
    ])
    return id
  }

  private static func rows(
    _ entries: [ImportEntry], _ keys: [String], known: Set<String>, of id: ID<ReminderImport>, _ user: ID<User>, _ text: ReminderImportText
  ) -> SQL {
    let reasons = zip(entries, keys).map { entry, key in
      switch entry.outcome {
      case .leftOut(let reason): text.reason(reason)
      case .planned: known.contains(key) ? text.known : ""
      }
    }
    let plans = zip(entries, reasons).map { entry, reason -> ImportEntry.Plan? in
      if case .planned(let plan) = entry.outcome, reason.isEmpty { plan } else { nil }
    }
    return .insert(
      into: "reminder_import_rows", .all("import_id", "\(id)"), .all("user_id", "\(user)"), .each("number", Array(entries.indices)),
      .each("line", entries.map(\.line)), .each("key", keys), .each("title", entries.map(\.title)),
      .each("description", entries.map(\.notes)),
      .each("importance", entries.map(\.importance)), .each("reason", reasons),
      .each("note", entries.map { entry in entry.remarks.map(text.note).joined(separator: " ") }),
      .each("kind", plans.map { $0?.schedule.kindName }),
      .each("timezone", plans.map { $0?.schedule.zone.name }), .each("at", plans.map { $0?.schedule.at }),
      .each("wall", plans.map { plan in plan.flatMap { $0.schedule.at == nil ? nil : $0.wall ?? $0.schedule.zone.local($0.next) } }),
      .each("rule", plans.map { $0?.schedule.ruleText }), .each("rule_from", plans.map { $0?.schedule.ruleFrom }),
      .each("words", plans.map { $0?.words }), .each("every_minutes", plans.map { $0?.schedule.everyMinutes }),
      .each("exclude_dates", plans.map { $0?.schedule.excludedDays.sorted().map(\.iso).joined(separator: ",") }))
  }
}

extension FileImport<ReminderImport> {
  /// Makes what is still to be made, all or nothing. What has passed since the preview is left out.
  ///
  /// - Returns: how many, and the first time at which one rings.
  func make(_ web: Context) throws -> (count: Int, wakes: Instant?) {
    let person = try web.person
    let zones = web.services.zones
    try EscalationProfile.keep(web)
    let profiles = try web.db.rows(EscalationProfile.mine)
    let made = try web.db.rows(ReminderImportRow.pending(id, zones)).compactMap { row -> ImportedDraft? in
      guard let schedule = row.schedule, let next = schedule.following(web.now, last: nil),
        let profile = profiles.first(where: { $0.preset == row.importance.preset }) ?? profiles.first
      else { return nil }
      let draft = ReminderDraft(
        title: row.title, description: row.description, importance: row.importance, profile: profile.id, schedule: schedule, nextAt: next,
        isMoved: false, wall: row.wall, words: row.words)
      return ImportedDraft(id: .new(at: web.now), key: row.key, draft: draft)
    }
    for slice in made.inserting(of: id, for: person.id, zoneVersion: zones.version, at: web.now) { try web.db.runAll(slice) }
    if !made.isEmpty {
      do {
        try web.services.quota.check(isNew: true, grownBy: made.map(\.draft.weight).reduce(0, +), web)
      } catch let errors as FormErrors {
        throw Failure.conflict(errors.complaints.first?.text ?? "")
      }
    }
    return (made.count, made.compactMap(\.draft.nextAt).min())
  }
}

extension ImportFile.Kind: Bindable, FromColumn {}
