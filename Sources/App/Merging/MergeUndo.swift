import Domain
import HTML
import Postgres
import Web

/// Takes a merge back, within 30 days: what still is where the merge put it goes back, what came since stays with the survivor (RULES 9.16). Where
/// the survivor was merged on meanwhile, what lies there now is taken from there.
struct MergeUndo {
  let merge: Merge
  let with: DeadlineWriting
  /// The survivor, and whom they lie in since, in this order.
  private let chain: [ID<KnownPerson>]

  /// - Returns: nil: the id is of no merge.
  /// - Throws: ``MergeRefusal``.
  static func takeBack(_ id: ID<Merge>, _ web: Context) throws -> (back: Path, undone: Int, kept: [String])? {
    _ = try web.person
    if try web.db.row(Merge.mine("m.id = \(id)")) == nil { return nil }
    let with = try web.deadlineWriting
    try with.planner.lock()
    guard let merge = try web.db.row(Merge.mine("m.id = \(id) FOR UPDATE")) else { return nil }
    if merge.isUndone { throw MergeRefusal.already }
    if merge.isOver(with.now) { throw MergeRefusal.over }
    let chain = try web.db.rows(MergeUndo.chain(from: merge.survivor))
    let (undone, kept) = try MergeUndo(merge: merge, with: with, chain: chain).takeBack()
    return (Paths.person(merge.merged), undone, kept)
  }

  private static func chain(from id: ID<KnownPerson>) -> Query<ID<KnownPerson>> {
    Query(
      column: """
        WITH RECURSIVE way (id, merged_into, steps) AS (
          SELECT p.id, p.merged_into, 0 FROM people p WHERE p.id = \(id) AND p.user_id = (SELECT me())
          UNION ALL
          SELECT n.id, n.merged_into, w.steps + 1 FROM way w JOIN people n ON n.id = w.merged_into AND n.user_id = (SELECT me())
          WHERE w.steps < 1000)
        SELECT w.id FROM way w ORDER BY w.steps
        """)
  }

  /// Who has now what was moved.
  private var holder: ID<KnownPerson> { chain.last ?? merge.survivor }

  private func takeBack() throws -> (undone: Int, kept: [String]) {
    let (survivor, gone, now) = (merge.survivor, merge.merged, with.now)
    let bells = [gone] + chain
    _ = try with.db.rows(PersonBell.locking("b.person_id = ANY (\(bells))"))
    _ = try with.db.rows(MergeEnd.locking(bells))
    try takeAddresses()
    try takeTags()
    try with.db.queue([
      MergeUndo.fields(of: merge, now),
      """
      UPDATE people SET deleted_at = NULL, merged_into = NULL, version = version + 1, updated_at = \(now)
      WHERE id = \(gone) AND merged_into = \(survivor) AND user_id = (SELECT me())
      """,
    ])
    try with.db.queue(MergeWrites.renaming([gone, holder]))
    let related = try takeRelationships()
    let (things, kept) = try takeThings()
    try with.db.queue(["UPDATE merges SET undone_at = \(now) WHERE id = \(merge.id) AND user_id = (SELECT me())"])
    for id in [gone, holder] {
      guard let person = try with.db.row(KnownPerson.mine("p.id = \(id)")) else { continue }
      try PersonCommands(person: person, with: with).followContacts()
    }
    try with.planner.note("person.unmerged", [ThingRef(.person, of: gone), ThingRef(.person, of: survivor)])
    return (1 + related.undone + things, related.kept + kept)
  }

  // MARK: - How they are reached, and what is known

  /// The merges by which what was moved came to where it is: this one and those that came behind it.
  private var steps: SQL {
    """
    SELECT m.id FROM merges m WHERE m.user_id = (SELECT me()) AND m.undone_at IS NULL AND (m.id = \(merge.id)
      OR m.merged = ANY (\(chain)) AND m.survivor = ANY (\(chain)))
    """
  }

  /// Addresses that came by the merge leave the survivor; those that somebody else has by now stay there.
  private func takeAddresses() throws {
    let gained: SQL = """
      SELECT g.kind, g.key FROM merges m CROSS JOIN LATERAL (
        SELECT x.kind, x.key FROM jsonb_to_recordset(m.moved->'made_addresses') AS x (kind text, key text)
        EXCEPT SELECT y.kind, y.key FROM jsonb_to_recordset(m.moved->'addresses') AS y (kind text, key text)) g
      WHERE m.user_id = (SELECT me()) AND m.id IN (\(steps)) GROUP BY g.kind, g.key HAVING count(*) = (SELECT count(*) FROM (\(steps)) s)
      """
    try with.db.queue([
      """
      SELECT door.drop_addresses(\(holder), ARRAY(SELECT a.id FROM person_addresses a
        WHERE a.person_id = \(holder) AND a.user_id = (SELECT me()) AND (a.kind, a.key) NOT IN (\(gained))))
      """
    ])
    let taken = try with.db.rows(AddressHolder.ofTrashed(merge.merged))
    if !taken.isEmpty { try with.db.queue([PersonAddresses.dropping(taken.map(\.key), of: merge.merged)]) }
  }

  private func takeTags() throws {
    let left: [String] = try with.db.rows(
      Query(
        column: """
          SELECT g.tag FROM tags g WHERE g.thing = \(holder) AND g.user_id = (SELECT me()) AND g.tag NOT IN (
            SELECT t.tag FROM merges m CROSS JOIN LATERAL jsonb_array_elements_text(m.moved->'tags') AS t (tag)
            WHERE m.user_id = (SELECT me()) AND m.id IN (\(steps)) GROUP BY t.tag HAVING count(*) = (SELECT count(*) FROM (\(steps)) s))
          ORDER BY g.tag_norm
          """))
    try with.db.queue(TaskWrites.tagging(ThingRef(.person, of: holder), left, with.planner))
  }

  /// Each field of the survivor that is still what the merge made it is again what it was.
  private static func fields(of merge: Merge, _ now: Instant) -> SQL {
    let plain: [Columns] = ["name", "type", "importance", "company", "title", "notes", "private", "metadata"]
    let parts: [SQL] = plain.map { "\($0) = CASE WHEN p.\($0) = k.\($0) THEN b.\($0) ELSE p.\($0) END" }
    let groups: [(which: [Columns], all: [Columns])] = [
      (["birth_year", "birth_month", "birth_day"], ["birth_year", "birth_month", "birth_day"]),
      // When it is due hangs on the log besides, and is reckoned anew.
      (
        ["stay_words", "stay_months", "stay_days", "stay_events"],
        ["stay_words", "stay_months", "stay_days", "stay_set_at", "stay_events", "stay_due_at"]
      ),
    ]
    let grouped: [SQL] = groups.flatMap { group -> [SQL] in
      let same = group.which.map { column -> SQL in "p.\(column) IS NOT DISTINCT FROM k.\(column)" }
      let isSame = same.dropFirst().reduce(same.first ?? "true") { "\($0) AND \($1)" }
      return group.all.map { "\($0) = CASE WHEN \(isSame) THEN b.\($0) ELSE p.\($0) END" }
    }
    let set = (parts + grouped).reduce("version = p.version + 1" as SQL) { "\($0), \($1)" }
    return """
      UPDATE people p SET \(set), updated_at = \(now)
      FROM merges m CROSS JOIN LATERAL jsonb_populate_record(NULL::people, m.moved->'this') b
        CROSS JOIN LATERAL jsonb_populate_record(NULL::people, m.moved->'made') k
      WHERE m.id = \(merge.id) AND m.user_id = (SELECT me()) AND p.id = m.survivor AND p.user_id = m.user_id
      """
  }

  // MARK: - What led to them

  /// - Returns: how many are as they were, and what the others lead to.
  private func takeRelationships() throws -> (undone: Int, kept: [String]) {
    let kept = try with.db.rows(KeptRelationship.of(merge.id))
    let ids = kept.map(\.id) + kept.compactMap(\.joined)
    let now = try with.db.rows(StoredRelationship.mine("r.id = ANY (\(ids)) ORDER BY r.id"))
    let current = Dictionary(now.map { ($0.id, $0) }) { first, _ in first }
    let places = Set(chain.map { ThingRef(.person, of: $0).id })
    let gone = ThingRef(.person, of: merge.merged).id
    var moved: [(id: ID<Relationship>, said: Relationship)] = []
    var (anew, left): ([SQL], [ID<Thing>]) = ([], [])
    for one in kept {
      switch one.what {
      case .moved:
        guard let said = current[one.id]?.said, let end = [said.from.id, said.to.id].first(where: { places.contains($0) }),
          let back = said.moved(from: end, to: gone)
        else {
          left.append(one.other(than: gone))
          continue
        }
        moved.append((one.id, back))
      case .joined:
        guard let joined = one.joined, let stands = current[joined], places.contains(stands.from) || places.contains(stands.to) else {
          left.append(one.other(than: gone))
          continue
        }
        anew += one.inserting(one.said, with)
      case .dropped:
        // What was between both leads to whom the survivor lies in.
        let survivor = ThingRef(.person, of: merge.survivor).id
        let said = holder == merge.survivor ? one.said : one.said?.moved(from: survivor, to: ThingRef(.person, of: holder).id)
        anew += one.inserting(said, with)
      }
    }
    try with.db.queue(MergeWrites.turning(moved, with.now) + [MergeUndo.renewed(merge)] + anew)
    let names = left.isEmpty ? [] : try with.db.rows(PlannedThing.some(left)).map(\.title)
    return (moved.count + anew.count, names)
  }

  /// Those that took something over and were not changed since.
  private static func renewed(_ merge: Merge) -> SQL {
    """
    UPDATE entity_relationships r SET strength = c.strength, since = c.since, until = c.until, notes = c.notes, version = r.version + 1
    FROM merges m CROSS JOIN LATERAL jsonb_to_recordset(m.moved->'renewed')
      AS c (id uuid, strength integer, since date, until date, notes text, version integer)
    WHERE m.id = \(merge.id) AND m.user_id = (SELECT me()) AND r.id = c.id AND r.user_id = m.user_id AND r.version = c.version + 1
    """
  }

  /// Behind the relationships, as when they were moved.
  ///
  /// - Returns: how many, and what those tasks are called that somebody else does by now.
  private func takeThings() throws -> (undone: Int, kept: [String]) {
    let gone = merge.merged
    let listed: SQL = """
      FROM merges m CROSS JOIN LATERAL jsonb_array_elements_text(m.moved->'tasks') AS x (id)
      JOIN tasks t ON t.id = x.id::uuid AND t.user_id = m.user_id WHERE m.id = \(merge.id) AND m.user_id = (SELECT me())
      """
    let back: [ID<Task>] = try with.db.rows(
      Query(column: "SELECT t.id \(listed) AND t.assignee_id = ANY (\(chain)) ORDER BY t.id FOR UPDATE OF t"))
    let kept: [String] = try with.db.rows(
      Query(column: "SELECT t.title \(listed) AND t.assignee_id IS NOT NULL AND t.assignee_id <> ALL (\(chain)) ORDER BY t.id LIMIT 20"))
    try with.db.queue([
      """
      UPDATE tasks SET assignee_id = \(gone), version = version + 1, updated_at = \(with.now) WHERE id = ANY (\(back)) AND user_id = (SELECT me())
      """,
      """
      UPDATE contact_log c SET person_id = \(gone) FROM merges m CROSS JOIN LATERAL jsonb_array_elements_text(m.moved->'log') AS x (id)
      WHERE m.id = \(merge.id) AND m.user_id = (SELECT me()) AND c.id = x.id::uuid AND c.user_id = m.user_id AND c.person_id = ANY (\(chain))
      """,
      """
      UPDATE entity_sources s SET thing = \(gone) FROM merges m
      CROSS JOIN LATERAL jsonb_to_recordset(m.moved->'sources') AS x (kind text, source text, source_id text)
      WHERE m.id = \(merge.id) AND m.user_id = (SELECT me()) AND s.user_id = m.user_id AND s.kind = x.kind AND s.source = x.source
        AND s.source_id = x.source_id AND s.thing = ANY (\(chain))
      """,
    ])
    return (back.count, kept)
  }
}

/// A relationship as it was before a merge changed it.
struct KeptRelationship {
  let stored: StoredRelationship
  let what: MergedRelationships.Fate
  /// The equal one that it was joined with.
  let joined: ID<Relationship>?
  let source: String
  let createdAt: Instant

  static func of(_ merge: ID<Merge>) -> Query<KeptRelationship> {
    Query(
      """
      SELECT \(StoredRelationship.columns), c.what, c.joined, r.source, r.created_at
      FROM merges m CROSS JOIN LATERAL jsonb_to_recordset(m.moved->'relationships') AS c (what text, joined uuid, "row" jsonb)
      CROSS JOIN LATERAL jsonb_populate_record(NULL::entity_relationships, c."row") r
      WHERE m.id = \(merge) AND m.user_id = (SELECT me()) ORDER BY r.created_at, r.id
      """, into: KeptRelationship.init)
  }

  var id: ID<Relationship> { stored.id }
  var said: Relationship? { stored.said }

  /// The end that is not this thing.
  func other(than thing: ID<Thing>) -> ID<Thing> { stored.from == thing ? stored.to : stored.from }

  /// Makes it anew where both of its ends are there still, unless the same has been said meanwhile.
  func inserting(_ said: Relationship?, _ with: DeadlineWriting) -> [SQL] {
    guard let said else { return [] }
    let (from, to) = (said.from, said.to)
    return [
      """
      INSERT INTO entity_relationships (id, user_id, relationship, reverse, own, from_kind, from_id, to_kind, to_id, two_way, strength, since, until,
        notes, source, version, created_at, updated_at)
      SELECT \(id), \(with.person.id), \(stored.relationship), \(stored.reverse), \(stored.isOwn), \(from.kind), \(from.id), \(to.kind), \(to.id),
        \(stored.isTwoWay), \(stored.strength), \(stored.since), \(stored.until), \(stored.notes), \(source), \(stored.version) + 1, \(createdAt),
        \(with.now)
      WHERE (SELECT count(*) FROM search_documents d WHERE d.user_id = (SELECT me()) AND (d.id = \(from.id) AND d.kind = \(from.kind)
        OR d.id = \(to.id) AND d.kind = \(to.kind))) = 2
      ON CONFLICT DO NOTHING
      """
    ]
  }
}
