import Domain
import Postgres

/// What a worker takes in from files of other programs, and what can be taken back: tasks, people, events. Its table has the columns of
/// ``FileImport`` and the file itself, its rows stand in another.
protocol OrderedImport: ImportedNoun {
  /// What came of each entry.
  static var rowTable: Columns { get }
}

/// What becomes of entries that are there already.
enum ImportSame: String, CaseIterable, Bindable, FromColumn {
  case skip
  /// What the file says otherwise than before is written, but over nothing that somebody changed by hand (RULES 8.35, 9.17).
  case update
  /// They are made once more.
  case add
}

/// What becomes of those that lie in the trash.
enum ImportInTrash: String, CaseIterable, Bindable, FromColumn { case skip, restore }

/// What becomes of an entry.
enum ImportOutcome: String, CaseIterable, Bindable, FromColumn {
  case new
  /// It is there as it was taken in.
  case same
  /// It is there otherwise, and stays so: somebody changed it, somebody has its address, or a later telling is here.
  case known
  case updated, trashed, restored, refused
}

extension OrderedImport {
  typealias Same = ImportSame
  typealias InTrash = ImportInTrash
  typealias Outcome = ImportOutcome

  /// How many entries came to what.
  static func counts(_ id: ID<Self>) -> Query<(ImportOutcome, Int)> {
    Query(
      tuple: """
        SELECT outcome, count(*) FROM \(rowTable) WHERE import_id = \(id) AND user_id = (SELECT me()) GROUP BY outcome
        """, as: (ImportOutcome, Int).self)
  }
}

extension FileImport where Noun: OrderedImport {
  /// The bytes of a file, as they were sent, until it is taken in.
  static func bytes(_ id: ID<Noun>) -> Query<[UInt8]> {
    Query(column: "SELECT file FROM \(Noun.table) WHERE id = \(id) AND user_id = (SELECT me()) AND file IS NOT NULL")
  }
}

/// How an import stands.
protocol OrderedImportState {
  var confirmedAt: Instant? { get }
  var finishedAt: Instant? { get }
  var failed: Bool { get }
  var undoAt: Instant? { get }
  var undoneAt: Instant? { get }
  var jobState: String? { get }
  var orderedAt: Instant? { get }
  /// How many entries a worker has done, and of how many; nil: it has not begun.
  var done: Int? { get }
  var total: Int? { get }
}

/// The fact `state`.
enum ImportWord: String { case preview, running, done, undone, failed }

extension OrderedImportState {
  var word: ImportWord {
    if confirmedAt == nil { return .preview }
    if undoneAt != nil { return .undone }
    if undoAt != nil { return .running }
    if finishedAt != nil { return .done }
    return failed || !(jobState == "pending" || jobState == "running") ? .failed : .running
  }
}

/// Where the job of an import stands: "IMPORT DONE".
struct ImportBookmark<Noun: OrderedImport> {
  let id: ID<Noun>
  var done = 0

  init(id: ID<Noun>) { self.id = id }

  init?(_ text: String) {
    let parts = text.split(separator: " ").map { String($0) }
    guard let id = parts.first.flatMap({ ID<Noun>($0) }) else { return nil }
    self.id = id
    done = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
  }

  var text: String { "\(id.text) \(done)" }
}
