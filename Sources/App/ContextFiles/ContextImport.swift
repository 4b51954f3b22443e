import Domain
import Postgres
import Web

/// People and events out of files: of other programs, and of ours.
enum ContextImport: OrderedImport {
  static let table: Columns = "context_imports"
  static let rowTable: Columns = "context_import_rows"
  /// What it is about, for the audit log.
  static let subject = "context_import"
  static let previewSeconds: Int64? = 86_400
  /// For how long one can be taken back.
  static let undoDays = 30

  /// Whom or what a file is about.
  enum Noun: String, CaseIterable, Bindable, FromColumn { case people, events }

  /// What a file is written in.
  enum Kind: String, CaseIterable, Bindable, FromColumn {
    case vcf, csv, ics

    /// Of the things that were made of it (``StoredSource``).
    var source: String {
      switch self {
      case .vcf: "import:vcard"
      case .csv: "import:csv"
      case .ics: "import:ics"
      }
    }
  }
}

/// How an import stands.
struct ContextImportState: OrderedImportState {
  let noun: ContextImport.Noun
  let kind: ContextImport.Kind
  /// Whether people are made of those who are asked to events.
  let makesPeople: Bool
  let same: ContextImport.Same
  let trash: ContextImport.InTrash
  let createdAt: Instant
  let confirmedAt: Instant?
  let finishedAt: Instant?
  let failed: Bool
  let undoAt: Instant?
  let undoneAt: Instant?
  /// How many are gone again, or as they were, and how many stayed when it was taken back.
  let undone: Int
  let kept: Int
  let job: ID<Job>?
  let jobState: String?
  let orderedAt: Instant?
  let done: Int?
  let total: Int?

  /// Of the person that the transaction is for.
  static func query(_ id: ID<ContextImport>) -> Query<ContextImportState> {
    Query(
      """
      SELECT i.noun, i.kind, i.makes_people, i.same, i.trash, i.created_at, i.confirmed_at, i.finished_at, i.failed, i.undo_at, i.undone_at,
        i.undone, i.kept, i.job_id AS job, j.state AS job_state, j.created_at AS ordered_at, j.done, j.total
      FROM context_imports i LEFT JOIN jobs j ON j.id = i.job_id AND j.user_id = i.user_id
      WHERE i.id = \(id) AND i.user_id = (SELECT me())
      """, into: ContextImportState.init)
  }
}

/// What came of one entry.
struct ContextImportRow {
  let line: Int
  let outcome: ContextImport.Outcome
  let reason: String
  /// What was made of it, or was there, while it is.
  let thing: ID<Thing>?
  let title: String?

  /// How many of a kind a page shows.
  static let shown = 100

  /// Those about which there is something to say, or all others, in the order of the file.
  static func query(_ id: ID<ContextImport>, noted: Bool) -> Query<ContextImportRow> {
    Query(
      """
      SELECT r.line, r.outcome, r.reason, d.id AS thing, d.title FROM context_import_rows r
      LEFT JOIN search_documents d ON d.id = r.thing AND d.user_id = r.user_id AND NOT d.trashed
      WHERE r.import_id = \(id) AND r.user_id = (SELECT me()) AND (r.outcome = 'refused' OR r.reason <> '') = \(noted)
      ORDER BY r.number LIMIT \(shown)
      """, into: ContextImportRow.init)
  }

  /// What an import made or changed and that is there still, in the order of the file: what stayed when it was taken back.
  static func left(_ id: ID<ContextImport>) -> Query<ContextImportRow> {
    Query(
      """
      SELECT r.line, r.outcome, r.reason, d.id AS thing, d.title FROM context_import_rows r
      JOIN search_documents d ON d.id = r.thing AND d.user_id = r.user_id AND NOT d.trashed
      WHERE r.import_id = \(id) AND r.user_id = (SELECT me()) AND (r.outcome = 'new' OR r.outcome = 'updated' AND r.before IS NOT NULL)
      ORDER BY r.number LIMIT \(shown)
      """, into: ContextImportRow.init)
  }
}

extension FileImport<ContextImport> {
  /// Keeps a file as the person's preview of its noun, in place of the one before.
  static func keep(
    _ sent: SentFile, _ noun: ContextImport.Noun, _ kind: ContextImport.Kind, makesPeople: Bool, _ web: Context
  ) throws -> ID<ContextImport> {
    let id = ID<ContextImport>.new(at: web.now)
    try web.db.run(turn)
    try web.db.runAll([
      "SELECT door.replace_context_imports(\(noun), \(web.now))",
      """
      INSERT INTO context_imports (id, user_id, noun, kind, file_name, file, sha256, makes_people, created_at)
      VALUES (\(id), \(try web.person.id), \(noun), \(kind), \(sent.name), \(sent.bytes), \(Keys.sha256(sent.bytes)), \(makesPeople), \(web.now))
      """,
    ])
    return id
  }
}
