import Domain
import Postgres
import Web

/// What people take in from files of other programs: reminders, habits. Names the table of such files, whose columns are those of ``FileImport``.
protocol ImportedNoun: SendableMetatype {
  static var table: Columns { get }
  /// How long a preview is there, in seconds; nil: until the night after its day (``FileImport/retention``).
  static var previewSeconds: Int64? { get }
  /// Whether a worker takes one in at the moment, as a condition: it is no preview then, however old it is.
  static var underway: Columns { get }
}

extension ImportedNoun {
  static var underway: Columns { "false" }
}

/// A file that a person sent: a preview until it is confirmed, then what was made of it. At most one preview a person and noun.
struct FileImport<Noun: ImportedNoun> {
  let id: ID<Noun>
  let fileName: String
  let confirmedAt: Instant?
  let undoneAt: Instant?
  /// Another file took its place.
  let replacedAt: Instant?

  /// - Parameter now: a preview that is older than it may be is not there.
  static func query(_ id: ID<Noun>, at now: Instant) -> Query<FileImport> {
    let isThere: SQL =
      Noun.previewSeconds.map { "confirmed_at IS NOT NULL OR created_at > \(now.advanced(seconds: -$0)) OR \(Noun.underway)" } ?? "true"
    return Query(
      """
      SELECT id, file_name, confirmed_at, undone_at, replaced_at FROM \(Noun.table)
      WHERE id = \(id) AND user_id = (SELECT me()) AND (\(isThere))
      """, into: FileImport.init)
  }

  /// One import of a person at a time, to the end of the transaction.
  static var turn: SQL { "SELECT pg_advisory_xact_lock(hashtextextended('import ' || me()::text, 0))" }

  /// The same for who cannot wait: whether it is taken.
  static var tryingTurn: Query<Bool> {
    Query(column: "SELECT pg_try_advisory_xact_lock(hashtextextended('import ' || me()::text, 0))")
  }

  /// The preview that can be confirmed now.
  static var current: Query<ID<Noun>> {
    Query(
      column: """
        SELECT id FROM \(Noun.table) WHERE user_id = (SELECT me()) AND confirmed_at IS NULL AND replaced_at IS NULL ORDER BY id DESC LIMIT 1
        """)
  }

  /// One of the person's, and the turn to change it.
  ///
  /// - Throws: ``Failure/notFound`` when it is missing or somebody else's, ``Failure/conflict(_:)`` when another file took its place.
  static func find(_ id: ID<Noun>, _ web: Context) throws -> FileImport {
    _ = try web.person
    try web.db.run(turn)
    guard let found = try web.db.row(query(id, at: web.now)) else { throw Failure.notFound }
    if found.replacedAt != nil { throw Failure.conflict(web.words("Another file that you sent since took its place.")) }
    return found
  }

  /// Writes down that it was confirmed, or taken back.
  func noting(_ column: Columns, at now: Instant) -> SQL {
    "UPDATE \(Noun.table) SET \(column) = \(now) WHERE id = \(id) AND user_id = (SELECT me()) AND \(column) IS NULL"
  }

  /// Previews of yesterday; what came of the others stands in what was made.
  static func retention(_ name: String) -> [Retention] {
    [
      Retention(name + ".previews", days: 1) { before in
        """
        DELETE FROM \(Noun.table) WHERE id IN (SELECT id FROM \(Noun.table)
          WHERE id < \(ID<Noun>.first(from: before)) AND confirmed_at IS NULL AND NOT \(Noun.underway) LIMIT \(Chore.slice))
        """
      },
      Retention(name, days: 30) { before in
        """
        DELETE FROM \(Noun.table) WHERE id IN (SELECT id FROM \(Noun.table) WHERE id < \(ID<Noun>.first(from: before)) LIMIT \(Chore.slice))
        """
      },
    ]
  }
}

extension FormReader {
  /// A file that was sent with a form, or its text, which is as good.
  mutating func file(_ name: String) throws(FormErrors) -> SentFile {
    let text = form.text(name).map { SentFile(name: "", bytes: Array($0.utf8)) }
    guard let file = form.file(name) ?? text else {
      complain(name, words("Choose a file."))
      throw errors
    }
    return file
  }
}
