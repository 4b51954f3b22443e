import Domain
import HTML
import Postgres
import Web

/// A relationship with both of its ends, as drawings and paths read it. What lies in the trash or the archive is not there.
struct TieRow {
  let id: ID<Relationship>
  let relationship: String
  let reverse: String
  let isOwn: Bool
  let isTwoWay: Bool
  let fromKind: ThingKind
  let from: ID<Thing>
  let fromTitle: String
  let toKind: ThingKind
  let to: ID<Thing>
  let toTitle: String
  let strength: Int
  let since: Day?
  let until: Day?

  /// How many are read of each thing in each direction, and in all: beyond that the weakest are left out.
  private static let each = 1_000
  private static let most = 20_000

  /// Those that begin or end at some things: what stands first, the strongest first.
  ///
  /// - Parameters:
  ///   - day: the person's date.
  ///   - standing: whether past ones, and those to come, are left out.
  static func around(_ things: [ID<Thing>], on day: Day, standing: Bool) -> Query<TieRow> {
    let stands: SQL = "(coalesce(r.since <= \(day), true) AND coalesce(r.until >= \(day), true))"
    let order: SQL = "\(stands) DESC, r.strength DESC, r.id"
    let which: SQL = "r.user_id = (SELECT me()) AND (\(!standing) OR \(stands))"
    return Query(
      """
      SELECT r.id, r.relationship, r.reverse, r.own, r.two_way, r.from_kind, r.from_id, f.title AS from_title, r.to_kind, r.to_id,
        t.title AS to_title, r.strength, r.since, r.until
      FROM (
        SELECT x.id FROM unnest(\(things)) AS i (id)
        CROSS JOIN LATERAL (SELECT r.id FROM entity_relationships r WHERE r.from_id = i.id AND \(which) ORDER BY \(order) LIMIT \(each)) x
        UNION
        SELECT x.id FROM unnest(\(things)) AS i (id)
        CROSS JOIN LATERAL (SELECT r.id FROM entity_relationships r WHERE r.to_id = i.id AND \(which) ORDER BY \(order) LIMIT \(each)) x) n
      JOIN entity_relationships r ON r.id = n.id AND r.user_id = (SELECT me())
      JOIN search_documents f ON f.id = r.from_id AND f.user_id = r.user_id AND NOT f.trashed
      JOIN search_documents t ON t.id = r.to_id AND t.user_id = r.user_id AND NOT t.trashed
      ORDER BY \(order) LIMIT \(most)
      """, into: TieRow.init)
  }

  private var said: Relationship? {
    Relationship(
      stored: relationship, reverse: reverse, isOwn: isOwn, isTwoWay: isTwoWay, from: ThingRef(fromKind, from), to: ThingRef(toKind, to))
  }

  /// - Returns: nil for a word that this program does not know.
  func edge(on day: Day, _ words: Words) -> TieGraph.Edge? {
    guard let said else { return nil }
    return TieGraph.Edge(
      from: from, to: to, strength: strength, state: TieState(since: since, until: until, on: day),
      label: RelationshipText.verb(said, from: from, words), reverse: RelationshipText.verb(said, from: to, words))
  }

  var ends: [TieGraph.Node] { [TieGraph.Node(from, fromKind, fromTitle), TieGraph.Node(to, toKind, toTitle)] }
}

extension TieGraph {
  /// Of the rows that several readings found, each once.
  init(_ rows: [TieRow], and others: [TieGraph.Node], on day: Day, _ words: Words) {
    let once = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }).values
    let ends = once.flatMap(\.ends) + others
    let nodes = Dictionary(ends.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.init(Array(nodes.values), once.compactMap { $0.edge(on: day, words) })
  }

  /// What is within two steps of a thing (RULES 9.31), in two readings.
  static func around(_ thing: PlannedThing, on day: Day, _ web: Context) throws -> TieGraph {
    let first = try web.read(TieRow.around([thing.id], on: day, standing: false))
    // In the order of the rows, so that the same is asked for the same.
    var near: [ID<Thing>] = []
    var seen: Set<ID<Thing>> = [thing.id]
    for row in first {
      for node in row.ends where seen.insert(node.id).inserted { near.append(node.id) }
    }
    let second: [TieRow] = near.isEmpty ? [] : try web.read(TieRow.around(near, on: day, standing: false))
    return TieGraph(first + second, and: [TieGraph.Node(thing.id, thing.kind, thing.title)], on: day, web.words)
  }

  /// All that a path between two things can go over, step by step from the first until the other is there: no further than six (RULES 9.31).
  static func between(_ start: PlannedThing, _ end: PlannedThing, on day: Day, _ web: Context) throws -> TieGraph {
    var rows: [TieRow] = []
    var seen: Set<ID<Thing>> = [start.id]
    var ring = [start.id]
    for _ in 0..<TiePath.furthest where !seen.contains(end.id) && !ring.isEmpty && rows.count < mostRows {
      let found = try web.read(TieRow.around(ring, on: day, standing: true))
      rows += found
      ring = []
      for row in found {
        for node in row.ends where seen.insert(node.id).inserted { ring.append(node.id) }
      }
    }
    let ends = [start, end].map { TieGraph.Node($0.id, $0.kind, $0.title) }
    return TieGraph(rows, and: ends, on: day, web.words)
  }

  /// How many relationships a path is looked for among.
  private static let mostRows = 60_000
}
