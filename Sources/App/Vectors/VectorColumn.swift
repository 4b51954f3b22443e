import Domain
import Postgres

/// The column of pgvector that `heed vectors on` adds (RULES 9.43): the first step of a search then compares the vectors themselves, exactly,
/// of one person. Without it that step compares signs. What was rejected: an approximate index, which is made of everybody's vectors.
public struct VectorColumn {
  /// Why it cannot be added.
  public enum Obstacle: Error, Equatable {
    /// The server has no such extension to offer.
    case missing
    /// It is older than 0.7, which has no half bytes.
    case old(String)
  }

  /// How it stands.
  public struct Status: Equatable, Sendable {
    /// As the server would install it; nil: it has none.
    public let offered: String?
    public let isOn: Bool
    /// Pieces of all people, and those whose column is not filled.
    public let pieces: Int
    public let unfilled: Int
    /// Things that wait to be looked at.
    public let waiting: Int
    /// "MODEL at HOST, 384 numbers, live: 12 people", in order.
    public let sets: [String]
  }

  /// Rows of a statement.
  private static let slice = 500

  private let db: Connection

  /// - Parameter db: as the owner of the tables.
  public init(_ db: Connection) { self.db = db }

  /// - Throws: database errors.
  public func status() throws -> Status {
    let offered: String? = try offer()
    let isThere: Bool = try hasColumn()
    let unfilled: Int? = try isThere ? db.value("SELECT count(*) FROM embeddings WHERE \(Self.near) IS NULL AND half <> ''") : 0
    let sets: [String] = try db.rows(
      Query(
        column: """
          SELECT model || ' at ' || host || ', ' || coalesce(dimension::text, 'no') || ' numbers, ' || state || ': ' || count(*) || ' people'
          FROM embedding_sets GROUP BY model, host, dimension, state ORDER BY 1
          """))
    let isOn: Bool? = try db.value("SELECT has_near()")
    let pieces: Int? = try db.value("SELECT count(*) FROM embeddings")
    let waiting: Int? = try db.value("SELECT count(*) FROM embedding_jobs")
    return Status(
      offered: offered, isOn: isOn ?? false, pieces: pieces ?? 0, unfilled: unfilled ?? 0, waiting: waiting ?? 0, sets: sets)
  }

  /// Adds the column and fills it, a slice at a time; searches use it when it is whole. May be ended at any moment and run again.
  ///
  /// - Returns: how many rows were filled.
  /// - Throws: ``Obstacle``; database errors, such as a role that may not create the extension.
  @discardableResult
  public func add() throws -> Int {
    guard let version = try offer() else { throw Obstacle.missing }
    guard Self.isNew(version) else { throw Obstacle.old(version) }
    try db.run("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public")
    return try build()
  }

  /// The same where the type is there.
  func build() throws(PostgresError) -> Int {
    try db.run("ALTER TABLE embeddings ADD COLUMN IF NOT EXISTS near halfvec")
    try db.run(
      """
      CREATE OR REPLACE FUNCTION fill_near() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
      'BEGIN NEW.near := half_numbers(NEW.half)::halfvec; RETURN NEW; END'
      """)
    try db.run("REVOKE ALL ON FUNCTION fill_near() FROM PUBLIC")
    let isWhole: Bool? = try db.value("SELECT has_near()")
    if isWhole == true { return 0 }
    try db.run(
      """
      CREATE OR REPLACE TRIGGER embeddings_near_filling BEFORE INSERT OR UPDATE OF half ON embeddings FOR EACH ROW EXECUTE FUNCTION fill_near()
      """)
    var filled = 0
    while true {
      let count = try db.run(
        """
        UPDATE embeddings SET near = half_numbers(half)::halfvec WHERE (set_id, thing, chunk) IN (
          SELECT set_id, thing, chunk FROM embeddings WHERE \(Self.near) IS NULL AND half <> '' LIMIT \(Self.slice))
        """)
      if count == 0 { break }
      filled += count
    }
    try db.run("ALTER TRIGGER embeddings_near_filling ON embeddings RENAME TO embeddings_near")
    return filled
  }

  /// Takes it away, whole or not; the extension stays.
  ///
  /// - Throws: database errors.
  public func remove() throws {
    try db.transaction {
      try db.run("DROP TRIGGER IF EXISTS embeddings_near ON embeddings")
      try db.run("DROP TRIGGER IF EXISTS embeddings_near_filling ON embeddings")
      try db.run("DROP FUNCTION IF EXISTS fill_near()")
      try db.run("ALTER TABLE embeddings DROP COLUMN IF EXISTS near")
    }
  }

  /// In the dump of a schema there is no such column, so statements name it only where it is.
  private static let near: Columns = "near"

  private func offer() throws(PostgresError) -> String? {
    try db.value("SELECT default_version FROM pg_available_extensions WHERE name = 'vector'")
  }

  private func hasColumn() throws(PostgresError) -> Bool {
    let found: Bool? = try db.value(
      "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'embeddings'::regclass AND attname = 'near' AND NOT attisdropped)")
    return found ?? false
  }

  /// Whether a version is 0.7 or newer.
  static func isNew(_ version: String) -> Bool {
    let parts = version.utf8.split(separator: UInt8(ascii: ".")).map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    return parts.lexicographicallyPrecedes([0, 7]) == false
  }
}
