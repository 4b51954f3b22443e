import Domain
import Postgres
import Web

/// Which entry of a file or a feed a thing is, and what that said last (RULES 9.17).
struct StoredSource {
  /// What the file calls it, or a hash.
  let key: String
  /// What it is about: of somebody who was merged, whom they lie in now.
  let thing: ID<Thing>
  /// The one that the row names.
  let own: ID<Thing>
  let order: EventOrder
  /// In figures of 16.
  let sha256: String
  /// What it said of each field.
  let fields: SourceFields
  /// Whether the thing is otherwise than it was when it was taken in, or was then: somebody may have changed it. What they did stays however often
  /// the source says something else.
  let isTouched: Bool
  let isTrashed: Bool
  /// Since when its feed does not hold it any more.
  let vanishedAt: Instant?
  /// Whether it lies in the trash because of that, and not because somebody put it there.
  let isTrashedByFeed: Bool
  /// Whether it is about somebody who was merged into another.
  let isMerged: Bool

  init(row: Row) throws(PostgresError) {
    (key, thing, own, sha256) = (try row("source_id"), try row("thing"), try row("thing"), try row("sha256"))
    order = EventOrder(sequence: try row("sequence"), modified: try row("modified_at"), stamp: try row("stamped_at"))
    fields = SourceFields(stored: try row("fields"))
    (isTouched, isTrashed, isMerged) = (try row("is_touched"), try row("is_trashed"), try row("is_merged"))
    (vanishedAt, isTrashedByFeed) = (try row("vanished_at"), try row("is_trashed_by_feed"))
  }

  private init(_ other: StoredSource, thing: ID<Thing>, isTrashed: Bool) {
    (key, order, sha256, fields) = (other.key, other.order, other.sha256, other.fields)
    (self.thing, own, self.isTrashed, isTouched) = (thing, other.own, isTrashed, true)
    (vanishedAt, isTrashedByFeed, isMerged) = (other.vanishedAt, false, false)
  }

  /// The same about somebody else: whoever the merged one lies in now.
  func about(_ survivor: ID<Thing>) -> StoredSource { StoredSource(self, thing: survivor, isTrashed: false) }

  private static let columns: Columns = """
    s.source_id, s.thing, s.sequence, s.modified_at, s.stamped_at, encode(s.sha256, 'hex') AS sha256, s.fields::text AS fields, s.vanished_at,
    t.revision <> s.revision OR s.hand_changed <> '{}' AS is_touched, t.deleted_at IS NOT NULL AS is_trashed,
    coalesce(t.deletion_id = s.vanished_by, false) AS is_trashed_by_feed
    """

  /// Those of some entries. The owner inside of a CASE leads no other index than that of the keys (0079).
  static func events(_ keys: [String], _ source: String) -> Query<StoredSource> {
    Query(
      "SELECT \(columns), false AS is_merged FROM \(keyed(keys, "event", source)) JOIN events t ON t.id = s.thing AND t.user_id = s.user_id"
    ) {
      row throws(PostgresError) in try StoredSource(row: row)
    }
  }

  static func people(_ keys: [String], _ source: String) -> Query<StoredSource> {
    Query(
      """
      SELECT \(columns), t.merged_into IS NOT NULL AS is_merged
      FROM \(keyed(keys, "person", source)) JOIN people t ON t.id = s.thing AND t.user_id = s.user_id
      """
    ) { row throws(PostgresError) in try StoredSource(row: row) }
  }

  private static func keyed(_ keys: [String], _ kind: String, _ source: String) -> SQL {
    """
    unnest(\(keys)) AS k (key) CROSS JOIN LATERAL (
      SELECT f.* FROM entity_sources f WHERE f.source_id = k.key AND CASE WHEN f.source_id = k.key
        THEN f.user_id = (SELECT me()) AND f.kind = \(kind) AND f.source = \(source) END LIMIT 1) s
    """
  }

  /// All events of a source that the person has, those in the trash too.
  ///
  /// - Parameter which: a condition on `s`.
  static func events(of source: String, _ which: SQL) -> Query<StoredSource> {
    Query(
      """
      SELECT \(columns), false AS is_merged FROM entity_sources s JOIN events t ON t.id = s.thing AND t.user_id = s.user_id
      WHERE s.user_id = (SELECT me()) AND s.source = \(source) AND s.kind = 'event' AND \(which) ORDER BY s.source_id
      """
    ) { row throws(PostgresError) in try StoredSource(row: row) }
  }
}

/// What a source says of a thing, field by field, as texts that are compared.
struct SourceFields: Equatable {
  private(set) var values: [String: String]

  init(_ values: [String: String] = [:]) { self.values = values }

  /// A JSON object of texts; anything else says nothing.
  init(stored text: String) {
    values = Dictionary(
      JSONValue(text.utf8)?.members.compactMap { member in member.value.text.map { (member.name, $0) } } ?? [],
      uniquingKeysWith: { first, _ in first })
  }

  subscript(name: String) -> String? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// The same bytes for the same fields.
  var text: String {
    let names = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return JSONText.object(names.map { ($0, JSONText.string(StoredTask.plain(values[$0] ?? ""))) }).text
  }

  /// Of these fields those that are otherwise in another telling, in this order.
  func differing(from other: SourceFields, _ names: [String]) -> [String] {
    names.filter { name in !(self[name] ?? "").utf8.elementsEqual((other[name] ?? "").utf8) }
  }

  /// What tells one content from another: a hash, in figures of 16.
  static func hash(_ content: String) -> String { Bytes.hex(Keys.sha256(Array(content.utf8))) }
}

/// What is written down of an entry that was taken in.
struct SourceRow {
  let key: String
  let thing: ID<Thing>
  var order = EventOrder()
  let sha256: String
  let fields: SourceFields
  /// Fields that somebody changed by hand, and that stay so.
  var handChanged: [String] = []

  /// Writes rows down, of things that are stored already, with the revision that they have now.
  ///
  /// - Parameters:
  ///   - table: `events`, `people`.
  ///   - made: the import that made the things; nil: they were there.
  static func writing(
    _ rows: [SourceRow], _ kind: ThingKind, _ table: Columns, _ source: String, made: ID<ContextImport>?, _ writing: PlannerWriting
  ) -> [SQL] {
    if rows.isEmpty { return [] }
    let insert: SQL = .insert(
      into: "entity_sources", .all("user_id", "\(writing.person.id)"), .all("kind", "\(kind)"), .all("source", "\(source)"),
      .each("source_id", rows.map(\.key)), .each("thing", rows.map(\.thing)), .each("sequence", rows.map(\.order.sequence)),
      .each("modified_at", rows.map(\.order.modified)), .each("stamped_at", rows.map(\.order.stamp)),
      .each("sha256", rows.map(\.sha256), as: "decode(t.sha256, 'hex')"), .each("fields", rows.map(\.fields.text), as: "t.fields::jsonb"),
      .each(
        "hand_changed", rows.map { $0.handChanged.joined(separator: "|") },
        as: "coalesce(string_to_array(nullif(t.hand_changed, ''), '|'), '{}')"),
      .all("synced_at", "\(writing.now)"), .all("import_id", "\(made)"))
    return [
      """
      \(insert) ON CONFLICT ON CONSTRAINT entity_sources_pkey DO UPDATE SET thing = excluded.thing, sequence = excluded.sequence,
        modified_at = excluded.modified_at, stamped_at = excluded.stamped_at, sha256 = excluded.sha256, fields = excluded.fields,
        hand_changed = excluded.hand_changed, synced_at = excluded.synced_at, vanished_at = NULL, vanished_by = NULL
      """,
      """
      UPDATE entity_sources s SET revision = t.revision FROM \(table) t
      WHERE t.id = s.thing AND t.user_id = s.user_id AND s.user_id = (SELECT me()) AND s.thing = ANY (\(rows.map(\.thing)))
        AND s.revision <> t.revision AND s.source = \(source)
      """,
    ]
  }
}
