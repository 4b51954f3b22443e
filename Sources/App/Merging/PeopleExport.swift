import Domain
import Postgres
import Web

/// People as a file: those whom the list would show, all pages of it, one picture of one moment. Pictures are none of ours.
enum PeopleExport {
  /// As links name what cards are written by.
  enum Version: String, CaseIterable {
    /// What every program reads.
    case three = "3"
    case four = "4"

    var card: VCardWriter.Version { self == .three ? .three : .four }
  }

  /// People that are read at once.
  private static let slice = 200

  /// GET /people/export.vcf: vCard 3.0, or 4.0 with `version=4`.
  static func cards(_ web: Context) throws -> Response {
    let (filter, version) = try web.query { query, words throws(FormErrors) in
      let filter = try PersonFilter(query, words)
      var read = FormReader(query, words)
      let version = read.choice("version", Version.three)
      try read.finish()
      return (filter, version)
    }
    let narrowing = filter.narrowing(of: try web.person)
    let writer = VCardWriter(version.card)
    return try web.download("heed-people.vcf", "text/vcard; charset=utf-8") { db, sink in
      let ids = try chosen(filter, narrowing, db)
      for start in stride(from: 0, to: ids.count, by: slice) {
        let some = Array(ids[start..<min(start + slice, ids.count)])
        let origins = try db.rows(CardOrigin.of(some))
        let known = Dictionary(origins.map { ($0.id, $0) }) { first, _ in first }
        var bytes: [UInt8] = []
        for person in try people(some, db) {
          guard let origin = known[person.id] else { continue }
          bytes += writer.card(person.fields, uid: origin.uid ?? person.id.text, revised: origin.updatedAt)
        }
        try sink(bytes)
      }
    }
  }

  /// GET /people/export.csv
  static func table(_ web: Context) throws -> Response {
    let filter = try web.query { query, words throws(FormErrors) in try PersonFilter(query, words) }
    let narrowing = filter.narrowing(of: try web.person)
    return try web.download("heed-people.csv", "text/csv; charset=utf-8") { db, sink in
      let ids = try chosen(filter, narrowing, db)
      let names: [String] = try db.rows(
        Query(
          column: """
            SELECT DISTINCT k FROM people p CROSS JOIN LATERAL jsonb_object_keys(p.metadata) k
            WHERE p.id = ANY (\(ids)) AND p.user_id = (SELECT me()) ORDER BY 1 LIMIT 1000
            """))
      var writer = PersonTableWriter(metadata: names)
      try sink(writer.take())
      for start in stride(from: 0, to: ids.count, by: slice) {
        for person in try people(Array(ids[start..<min(start + slice, ids.count)]), db) { writer.write(person.fields, id: person.id.text) }
        try sink(writer.take())
      }
    }
  }

  private static func chosen(_ filter: PersonFilter, _ narrowing: SQL, _ db: Connection) throws(PostgresError) -> [ID<KnownPerson>] {
    try db.rows(
      Query(
        column: """
          SELECT p.id FROM people p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND \(narrowing) \(filter.order)
          """))
  }

  private static func people(_ ids: [ID<KnownPerson>], _ db: Connection) throws(PostgresError) -> [KnownPerson] {
    try db.rows(KnownPerson.mine("p.id = ANY (\(ids)) ORDER BY array_position(\(ids), p.id)"))
  }
}

/// What a card says of itself.
private struct CardOrigin {
  let id: ID<KnownPerson>
  /// Of the card that they came with, so that whoever wrote it knows it again; nil: there was none.
  let uid: String?
  let updatedAt: Instant

  static func of(_ ids: [ID<KnownPerson>]) -> Query<CardOrigin> {
    Query(
      """
      SELECT p.id, (SELECT s.source_id FROM entity_sources s
          WHERE s.thing = p.id AND s.user_id = p.user_id AND s.source IN ('import:vcard', 'import:vcf')
          ORDER BY s.synced_at, s.source_id LIMIT 1) AS uid, p.updated_at
      FROM people p WHERE p.id = ANY (\(ids)) AND p.user_id = (SELECT me())
      """, into: CardOrigin.init)
  }
}
