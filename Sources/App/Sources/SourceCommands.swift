import Domain
import HTML
import Postgres
import Web

/// What people do with a source, in one transaction. Its row is locked before this begins, so two devices wait for each other.
struct SourceCommands {
  let source: SourceDocument
  private let person: Person
  private let now: Instant
  private let db: Connection

  /// A worker that has not come to it after so many seconds may be asked again.
  private static let patience: Int64 = 600

  /// - Throws: ``Failure/notFound`` when the source is missing, deleted or another account's.
  static func find(_ id: ID<SourceDocument>, _ web: Context) throws -> SourceCommands {
    let person = try web.person
    let lock = Query<ID<SourceDocument>>(
      column: "SELECT id FROM sources WHERE id = \(id) AND account_id = (SELECT my_account()) FOR UPDATE")
    let (_, sources) = try web.db.read(lock, SourceDocument.ours("s.id = \(id)", at: web.now))
    guard let source = sources.first else { throw Failure.notFound }
    return SourceCommands(source: source, person: person, now: web.now, db: web.db)
  }

  func save(_ draft: SourceDraft) throws -> [AuditEntry] {
    guard draft.version == source.version else { throw StaleForm() }
    let isMoved = draft.url.map { Array($0.utf8) } != source.url.map { Array($0.utf8) }
    try db.queue([
      """
      UPDATE sources SET \(draft.fields.assignments), enabled = \(draft.isEnabled), version = version + 1, updated_at = \(now),
        etag = CASE WHEN \(isMoved) THEN '' ELSE etag END, modified = CASE WHEN \(isMoved) THEN '' ELSE modified END,
        failing_since = CASE WHEN \(isMoved) THEN NULL ELSE failing_since END, error = CASE WHEN \(isMoved) THEN '' ELSE error END
      WHERE id = \(source.id)
      """,
      SourceIndex.replacing(source.id, draft.title, draft.text, at: now),
    ])
    if isMoved, draft.isFetched { try db.queue(SourceRefresh.asking(for: source.id, of: person.account, at: now)) }
    return draft.changes.isEmpty ? [] : [AuditEntry("source.changed", SourceDocument.subject, source.id.text, draft.changes).shared]
  }

  /// Has a worker look at its address.
  ///
  /// - Returns: nothing when one is about to.
  func refresh() throws -> [AuditEntry] {
    guard source.url != nil else { throw SourceRefusal.noAddress }
    guard source.isEnabled else { throw SourceRefusal.off }
    if let asked = source.askedAt, asked.advanced(seconds: SourceCommands.patience) > now { return [] }
    try db.queue(SourceRefresh.asking(for: source.id, of: person.account, at: now))
    return [AuditEntry("source.refreshed", SourceDocument.subject, source.id.text, ["title": source.title]).shared]
  }

  /// Gone with its passages; it comes back whole as long as it is kept (``Feature/sources``).
  func delete() throws -> [AuditEntry] {
    try db.queue([
      "UPDATE sources SET deleted_at = \(now), updated_at = \(now) WHERE id = \(source.id)",
      SourceIndex.emptying(source.id, at: source.indexedAt),
    ])
    return [AuditEntry("source.deleted", SourceDocument.subject, source.id.text, ["title": source.title]).shared]
  }

  /// Takes a deletion back, unless its address has another source meanwhile.
  static func restore(_ id: ID<SourceDocument>, _ web: Context) throws -> [AuditEntry] {
    _ = try web.person
    let back: (String, String, Instant, Bool)? = try web.db.row(
      Query(
        tuple: """
          SELECT s.title, s.text, s.indexed_at, EXISTS (SELECT FROM sources o WHERE o.account_id = s.account_id AND o.url = s.url AND o.deleted_at IS NULL)
          FROM sources s WHERE s.id = \(id) AND s.account_id = (SELECT my_account()) AND s.deleted_at IS NOT NULL FOR UPDATE
          """))
    guard let (title, text, indexedAt, isTaken) = back else { return try find(id, web).restored }
    if isTaken { throw SourceRefusal.addressTaken }
    try web.db.queue([
      "UPDATE sources SET deleted_at = NULL, updated_at = \(web.now) WHERE id = \(id)",
      SourceIndex.replacing(id, title, text, at: indexedAt),
    ])
    return [AuditEntry("source.restored", SourceDocument.subject, id.text, ["title": title]).shared]
  }

  /// It is there.
  private var restored: [AuditEntry] { [] }
}

/// Why somebody cannot do something with a source.
enum SourceRefusal: Refusal, Equatable {
  case noAddress, off, addressTaken

  func sentence(_ words: Words) -> String {
    switch self {
    case .noAddress: words("This source has no address to fetch it from.")
    case .off: words("This source is off. Switch it on first.")
    case .addressTaken: words("Another source has this address meanwhile. Delete that one first.")
    }
  }
}

/// The passages of a source, as statements.
enum SourceIndex {
  /// Cuts its text anew.
  static func replacing(_ id: ID<SourceDocument>, _ title: String, _ text: String, at now: Instant) -> SQL {
    let passages = PassageCutter.cut(text)
    let heads = passages.map { DeskWords.plain(title + "\n" + $0.heading) }
    let plain = passages.map { DeskWords.plain($0.text) }
    return "SELECT door.index_passages(\(id), \(passages.map(\.heading)), \(passages.map(\.text)), \(heads), \(plain), \(now))"
  }

  /// There are none any more.
  static func emptying(_ id: ID<SourceDocument>, at now: Instant) -> SQL {
    let none: [String] = []
    return "SELECT door.index_passages(\(id), \(none), \(none), \(none), \(none), \(now))"
  }
}
