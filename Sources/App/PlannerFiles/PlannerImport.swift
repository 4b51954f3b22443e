import Domain
import Postgres
import Web

extension PlannerFile.Format: Bindable, FromColumn {}

/// Tasks out of files: of other programs, and of ours.
enum PlannerImport: OrderedImport {
  static let table: Columns = "planner_imports"
  static let rowTable: Columns = "planner_import_rows"
  /// What it is about, for the audit log.
  static let subject = "task_import"
  static let previewSeconds: Int64? = 86_400
  /// For how long one can be taken back.
  static let undoDays = 30
}

/// How an import stands.
struct PlannerImportState: OrderedImportState {
  let kind: PlannerFile.Format
  let same: PlannerImport.Same
  let trash: PlannerImport.InTrash
  let createdAt: Instant
  let confirmedAt: Instant?
  let finishedAt: Instant?
  let failed: Bool
  let undoAt: Instant?
  let undoneAt: Instant?
  /// Tasks that stayed when it was taken back.
  let kept: Int
  let job: ID<Job>?
  let jobState: String?
  let orderedAt: Instant?
  let done: Int?
  let total: Int?

  /// Of the person that the transaction is for.
  static func query(_ id: ID<PlannerImport>) -> Query<PlannerImportState> {
    Query(
      """
      SELECT i.kind, i.same, i.trash, i.created_at, i.confirmed_at, i.finished_at, i.failed, i.undo_at, i.undone_at, i.kept, i.job_id AS job,
        j.state AS job_state, j.created_at AS ordered_at, j.done, j.total
      FROM planner_imports i LEFT JOIN jobs j ON j.id = i.job_id AND j.user_id = i.user_id
      WHERE i.id = \(id) AND i.user_id = (SELECT me())
      """, into: PlannerImportState.init)
  }
}

/// What came of one line.
struct PlannerImportRow {
  let line: Int
  let outcome: PlannerImport.Outcome
  let reason: String
  /// What was made of it, or was there, while it is.
  let task: ID<Task>?
  let title: String?

  /// How many of a kind a page shows.
  static let shown = 100

  /// Those about which there is something to say, or all others, in the order of the file.
  static func query(_ id: ID<PlannerImport>, refused: Bool) -> Query<PlannerImportRow> {
    Query(
      """
      SELECT r.line, r.outcome, r.reason, t.id AS task, t.title FROM planner_import_rows r
      LEFT JOIN tasks t ON t.id = r.task_id AND t.user_id = r.user_id AND t.deleted_at IS NULL
      WHERE r.import_id = \(id) AND r.user_id = (SELECT me()) AND (r.outcome = 'refused' OR r.reason <> '') = \(refused)
      ORDER BY r.number LIMIT \(shown)
      """, into: PlannerImportRow.init)
  }
}

extension FileImport<PlannerImport> {
  /// Keeps a file as the person's preview, in place of the one before.
  static func keep(_ sent: SentFile, _ kind: PlannerFile.Format, _ web: Context) throws -> ID<PlannerImport> {
    let id = ID<PlannerImport>.new(at: web.now)
    try web.db.run(turn)
    try web.db.runAll([
      "SELECT door.replace_planner_imports(\(web.now))",
      """
      INSERT INTO planner_imports (id, user_id, kind, file_name, file, created_at)
      VALUES (\(id), \(try web.person.id), \(kind), \(sent.name), \(sent.bytes), \(web.now))
      """,
    ])
    return id
  }
}

extension PlannerFile {
  /// A file as a person means it at a time: its dates and words by their zone and language.
  static func sent(
    _ bytes: [UInt8], _ format: Format? = nil, _ person: Person, at now: Instant, _ zones: Zones, mayGoOn: () -> Bool = { true }
  ) throws(Refusal) -> PlannerFile {
    let reader = PhraseReader(zone: person.zone, language: person.language, defaultHour: person.defaultTime, now: now)
    return try PlannerFile(bytes, format: format, reader: reader, zone: { zones.zone($0) }, mayGoOn: mayGoOn)
  }
}
