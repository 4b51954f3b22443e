import Domain
import HTML
import Postgres

/// What a command did to links.
struct LinkOutcome {
  let id: ID<EntityLink>
  /// What the audit log is told: nothing where the link was there already.
  let entries: [AuditEntry]
  /// What its ends are called, in the stored direction.
  let from: String
  let to: String
  /// Where a post takes it back.
  let undo: Path?

  var isNew: Bool { !entries.isEmpty }
}

/// What people do with links, under the lock of their planner, so that two posts at once close no circle.
struct LinkCommands {
  let writing: PlannerWriting

  /// Links two things, once: the same in other words leads to the one that is there.
  ///
  /// - Throws: ``Failure/notFound`` for a thing that is missing, in the trash or somebody else's; ``LinkRefusal``.
  func make(_ word: LinkWord, from: ThingRef, to: ThingRef) throws -> LinkOutcome {
    try writing.lock()
    let found = try writing.db.rows(PlannedThing.some([from.id, to.id]))
    guard found.contains(where: { $0.ref == from }), found.contains(where: { $0.ref == to }) else { throw Failure.notFound }
    let link = try stored(word, from, to)
    func title(_ ref: ThingRef) -> String { found.first { $0.ref == ref }?.title ?? "" }
    let names = (title(link.from), title(link.to))
    let same = EntityLink.mine("l.from_id = \(link.from.id) AND l.to_id = \(link.to.id) AND l.type = \(link.type)")
    if let known = try writing.db.row(same) {
      return LinkOutcome(id: known.id, entries: [], from: names.0, to: names.1, undo: nil)
    }
    try refuseMore(link)
    if link.type == .dependsOn { try refuseCircle(link, names) }
    let id = ID<EntityLink>.new(at: writing.now)
    try writing.db.queue([insertion(link, id)])
    try writing.note("link.made", [link.from, link.to])
    let facts = ["type": link.type.rawValue, "link_from": names.0, "link_to": names.1]
    return LinkOutcome(
      id: id, entries: [AuditEntry("link.made", EntityLink.subject, id.text, facts)], from: names.0, to: names.1,
      undo: Paths.deletion(id))
  }

  /// Takes a link away.
  ///
  /// - Parameter back: the page that shows the result.
  /// - Throws: ``Failure/notFound``.
  func delete(_ id: ID<EntityLink>, back: Path?) throws -> (outcome: LinkOutcome, link: EntityLink) {
    try writing.lock()
    guard let link = try writing.db.row(EntityLink.mine("l.id = \(id)")) else { throw Failure.notFound }
    let things = try writing.db.rows(PlannedThing.some([link.from, link.to]))
    func title(_ id: ID<Thing>) -> String { things.first { $0.id == id }?.title ?? "" }
    let names = (title(link.from), title(link.to))
    let undo = PlannerUndo.keeping(links: [id], back: back ?? Paths.tasks, writing)
    try writing.db.queue([undo.sql, "SELECT door.drop_links(\([id]))"])
    try writing.note("link.deleted", [ThingRef(link.fromKind, link.from), ThingRef(link.toKind, link.to)])
    let facts = ["type": link.type.rawValue, "link_from": names.0, "link_to": names.1]
    let entry = AuditEntry("link.deleted", EntityLink.subject, id.text, facts)
    return (LinkOutcome(id: id, entries: [entry], from: names.0, to: names.1, undo: undo.path), link)
  }

  // MARK: - What goes by itself

  /// Takes away what says that some things wait for others, where the tree says so by itself.
  ///
  /// - Returns: what those that went led to.
  func drop(from waiting: [ID<Thing>], to blockers: [ID<Thing>]) throws -> [String] {
    let rows: [(ID<EntityLink>, String)] = try writing.db.rows(
      Query(
        tuple: """
          SELECT l.id, x.title FROM entity_links l CROSS JOIN LATERAL \(PlannedThing.found("l.to_id")) x
          WHERE l.user_id = (SELECT me()) AND l.type = 'depends_on' AND l.from_id = ANY (\(waiting)) AND l.to_id = ANY (\(blockers))
          ORDER BY l.created_at, l.id
          """))
    if rows.isEmpty { return [] }
    try writing.db.queue(["SELECT door.drop_links(\(rows.map(\.0)))"])
    return rows.map(\.1)
  }

  /// Tries the links of things that came back, in the order in which they were made: those that would close a circle now go.
  ///
  /// - Returns: what was at the other end of those that went.
  func wake(_ things: [ID<Thing>]) throws -> [String] {
    let links = try writing.db.rows(
      EntityLink.mine(
        "l.type = 'depends_on' AND (l.from_id = ANY (\(things)) OR l.to_id = ANY (\(things))) ORDER BY l.created_at, l.id"))
    if links.isEmpty { return [] }
    let there = Set(try writing.db.rows(PlannedThing.some(links.flatMap { [$0.from, $0.to] })).map(\.id))
    var graph = try PlannerReach.graph(without: things, writing.db)
    var gone: [EntityLink] = []
    for link in links where there.contains(link.from) && there.contains(link.to) {
      if graph.isInLine(link.from, link.to) || graph.circle(closedBy: link.to, before: link.from) != nil {
        gone.append(link)
      } else {
        graph.add(link.to, before: link.from)
      }
    }
    if gone.isEmpty { return [] }
    let others = gone.map { things.contains($0.from) ? $0.to : $0.from }
    let titles = Dictionary(
      try writing.db.rows(PlannedThing.some(others)).map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    try writing.db.queue(["SELECT door.drop_links(\(gone.map(\.id)))"])
    return others.map { titles[$0] ?? "" }
  }

  // MARK: - What cannot be

  private func stored(_ word: LinkWord, _ from: ThingRef, _ to: ThingRef) throws(LinkRefusal) -> ThingLink {
    do throws(LinkError) {
      return try ThingLink(word, from: from, to: to)
    } catch {
      switch error {
      case .itself: throw .itself
      case .kinds: throw .kinds
      }
    }
  }

  private func refuseMore(_ link: ThingLink) throws {
    let count: Int? = try writing.db.value(
      """
      SELECT greatest(
        (SELECT count(*) FROM entity_links l WHERE l.user_id = (SELECT me()) AND l.from_id = \(link.from.id) AND l.type = \(link.type)),
        (SELECT count(*) FROM entity_links l WHERE l.user_id = (SELECT me()) AND l.to_id = \(link.to.id) AND l.type = \(link.type)))
      """)
    if count ?? 0 >= EntityLink.most { throw LinkRefusal.tooMany }
  }

  private func refuseCircle(_ link: ThingLink, _ names: (String, String)) throws {
    let (waiting, blocker) = (link.from.id, link.to.id)
    let graph = try PlannerReach.graph(behind: [waiting, blocker], writing.db)
    if graph.isInLine(waiting, blocker) { throw LinkRefusal.inLine(names.0, names.1) }
    if let circle = graph.circle(closedBy: blocker, before: waiting) {
      throw LinkRefusal.circle(try PlannedThing.chain(circle, writing.db))
    }
  }

  private func insertion(_ link: ThingLink, _ id: ID<EntityLink>) -> SQL {
    """
    INSERT INTO entity_links (id, user_id, type, from_kind, from_id, to_kind, to_id, created_at)
    VALUES (\(id), \(writing.person.id), \(link.type), \(link.from.kind), \(link.from.id), \(link.to.kind), \(link.to.id), \(writing.now))
    """
  }
}

/// Why two things cannot be linked.
enum LinkRefusal: Refusal, Equatable {
  case itself
  case kinds
  case tooMany
  /// The path.
  case circle(String)
  /// One stands above the other in the tree.
  case inLine(String, String)

  func sentence(_ words: Words) -> String {
    switch self {
    case .itself: words("A thing cannot be linked to itself. Choose another.")
    case .kinds: words("These two cannot be linked in this way. Choose another way, or something else.")
    case .tooMany: words("A thing has at most 1,000 links of a kind. Take one away first.")
    case .circle(let path): words("They would wait for each other: {path}.", ["path": path])
    case .inLine(let one, let other):
      words("“{one}” and “{other}” stand one above the other: a task waits for its subtasks anyway.", ["one": one, "other": other])
    }
  }
}
