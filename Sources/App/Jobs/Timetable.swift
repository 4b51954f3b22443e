import Domain
import Postgres

/// Everything that Heed does by itself to keep house, on one screen: when, how long what is kept, and how it went last.
public struct Timetable {
  /// A line of it.
  public struct Entry: Equatable, Sendable {
    public let name: String
    public let occasion: String
    /// How long what it looks after is kept; empty: it throws nothing away.
    public let kept: String
    /// When it last began, or ended; nil: never, or by each worker for itself, which keeps no history.
    public fileprivate(set) var last: Instant?
    public fileprivate(set) var state = ""
    public fileprivate(set) var next: Instant?
    public fileprivate(set) var error = ""

    fileprivate init(_ name: String, _ occasion: String, kept: String = "") {
      (self.name, self.occasion, self.kept) = (name, occasion, kept)
    }
  }

  /// How the newest job of a kind went.
  private struct Newest {
    let kind: String
    let state: String
    let last: Instant?
    let due: Instant?
    let error: String
  }

  /// Jobs in the order of their names, then what each worker does for itself.
  public let entries: [Entry]

  /// - Parameter db: a connection as `heed_owner` or `heed_work`.
  public init(at now: Instant, _ db: Connection) throws(PostgresError) { try self.init(features, at: now, db) }

  init(_ features: [Feature], at now: Instant, _ db: Connection) throws(PostgresError) {
    let found = try db.rows(
      """
      SELECT DISTINCT ON (kind) kind, state, coalesce(finished_at, started_at) AS last, CASE WHEN state = 'pending' THEN due_at END AS due, error
      FROM jobs ORDER BY kind, created_at DESC, id DESC
      """, into: Newest.init)
    let newest = Dictionary(found.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    let tomorrow = Instant(seconds: (now.seconds / 86_400 + 1) * 86_400)
    let jobs = features.flatMap(\.allJobs).sorted { $0.name < $1.name }.map { kind in
      var entry = Entry(kind.name, kind.isNightly ? "every night" : "when asked", kept: kind.kept ?? "")
      let job = newest[kind.name]
      (entry.last, entry.state, entry.error) = (job?.last, job?.state ?? "", job?.error ?? "")
      entry.next = job?.due ?? (kind.isNightly ? tomorrow : nil)
      return entry
    }
    let chores = features.flatMap(\.chores).map {
      Entry($0.name, "each worker: " + $0.occasions.map(\.rawValue).joined(separator: ", "))
    }
    entries = jobs + chores
  }

  /// A table of text, times in UTC.
  public var text: String {
    func time(_ instant: Instant?) -> String { instant.map { String($0.iso.prefix(16)) } ?? "" }
    let rows =
      [["what", "when", "keeps", "last", "state", "next"]]
      + entries.map { [$0.name, $0.occasion, $0.kept, time($0.last), $0.state, time($0.next)] }
    let widths = (0..<6).map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
    let lines = rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.utf8.count) }.joined(separator: "  ")
    }
    return zip(lines, [""] + entries.map(\.error)).map { line, error in
      var end = line[...]
      while end.utf8.last == UInt8(ascii: " ") { end = end.dropLast() }
      return end + (error.isEmpty ? "\n" : "\n    \(error)\n")
    }.joined()
  }
}
