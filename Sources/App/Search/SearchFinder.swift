import Domain
import Postgres

/// Something that search found.
struct SearchHit {
  /// As the register calls it: `task`.
  let kind: String
  let id: ID<FoundThing>
  let title: String
  let match: FoundThing.Match
  /// The sum of RULES 9.44; over 1: it is called or reached so.
  let rank: Double
  /// A part of its text of at most 600 characters, where its text was found or lies near; nil: its name says it.
  let body: String?
}

/// Finds things of a person and their account by names, words and sense, in one order (RULES 9.44). Nothing of others, and nothing in the trash.
enum SearchFinder {
  /// How many stand on a page, and how many of a list count.
  static let most = 50
  /// How many are put in order.
  static let deepest = 1_000

  /// Those of all lists that words make, and of sense where the vector of what is asked is there.
  ///
  /// - Parameters:
  ///   - kinds: as the register calls them; none: those that the query names, else all that this program knows.
  ///   - sense: of the query; nil: by words alone.
  ///   - most: how many, at most ``most``.
  ///   - db: in a transaction that is the person's, as the role `heed_web`: the second wall stands in the worker too (RULES 9.32).
  static func find(
    _ query: SearchQuery, kinds: [String] = [], person: Person, sense: QueryVector? = nil, most: Int = SearchFinder.most, _ db: Connection
  ) throws -> [SearchHit] {
    let kinds = kinds.isEmpty ? SearchFinder.kinds(query) : kinds
    var rows = try db.rows(FoundRow.query(query, kinds, of: person, most: SearchFinder.most))
    var near: [ID<FoundThing>] = []
    if let sense {
      near = try VectorSearch.nearest(to: sense, kinds: kinds, also: ids(rows), db).map(\.thing)
      if !near.isEmpty { rows = try db.rows(FoundRow.query(query, kinds, of: person, near: near, most: SearchFinder.most)) }
    }
    let similar = asksForSimilar(query, rows) ? try db.rows(FoundThing.similar(query.text, kinds)) : []
    return Array(hits(rows, similar: similar, near: near).prefix(most))
  }

  /// The kinds that a query looks for.
  static func kinds(_ query: SearchQuery) -> [String] { query.kinds.isEmpty ? FoundKind.allCases.map(\.rawValue) : query.kinds }

  /// Whether names are to be looked for that are nearly so: where the words found nothing, and no mark but kinds would be passed over.
  static func asksForSimilar(_ query: SearchQuery, _ rows: [FoundRow]) -> Bool {
    !query.text.utf8.isEmpty && query.isOfKindsAlone && !rows.contains { $0.place != nil }
  }

  /// What the words found, for the search by sense to look at too.
  static func ids(_ rows: [FoundRow]) -> [ID<FoundThing>] { rows.compactMap { $0.place == nil ? nil : $0.id } }

  /// All of them in one order.
  static func hits(_ rows: [FoundRow], similar: [FoundThing] = [], near: [ID<FoundThing>] = []) -> [SearchHit] {
    typealias Fusion = SearchFusion<ID<FoundThing>>
    var held: [Fusion.Held] = []
    var things: [ID<FoundThing>: (kind: String, title: String, body: String?)] = [:]
    // Rows that stand for their kind's own section alone have neither a place nor are they near.
    let isNear = Set(near)
    for row in rows {
      guard let id = row.id, row.place != nil || isNear.contains(id), things[id] == nil else { continue }
      things[id] = (row.kind, row.title ?? "", row.body)
      held.append(
        Fusion.Held(
          id, updatedAt: row.updatedAt ?? .distantPast, list: row.place == nil ? .sense : row.match ?? .words,
          isPinned: row.place != nil && row.isPinned == true, place: row.place))
    }
    for (index, thing) in similar.enumerated() {
      if let place = held.firstIndex(where: { $0.thing == thing.id }) { held.remove(at: place) }
      things[thing.id] = (thing.kind, thing.title, things[thing.id]?.body)
      held.append(Fusion.Held(thing.id, updatedAt: .distantPast, list: .similar, isPinned: false, place: index + 1))
    }
    return Fusion.fused(held, sense: near).compactMap { ranked in
      things[ranked.thing].map {
        SearchHit(kind: $0.kind, id: ranked.thing, title: $0.title, match: ranked.list, rank: ranked.rank, body: $0.body)
      }
    }
  }

  /// How many of each kind there are, of things that the words found and that lie near; nil: more than are counted.
  static func counts(_ rows: [FoundRow], near: [ID<FoundThing>] = []) -> [String: Int] {
    var counts: [String: Int] = [:]
    let isNear = Set(near)
    for row in rows {
      if row.id == nil { counts[row.kind, default: 0] += row.matchesOfKind ?? 0 }
      if let id = row.id, row.match == nil, isNear.contains(id) { counts[row.kind, default: 0] += 1 }
    }
    return counts
  }
}
