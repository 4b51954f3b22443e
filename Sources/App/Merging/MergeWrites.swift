import Domain
import Postgres

/// What a merge moves and keeps, so that it can be taken back.
enum MergeWrites {
  /// How somebody is, as JSON: their row, with generated columns that nobody reads back.
  static func row(_ id: ID<KnownPerson>) -> SQL {
    "SELECT to_jsonb(p)::text FROM people p WHERE p.id = \(id) AND p.user_id = (SELECT me())"
  }

  /// How somebody is reached.
  static func addresses(_ id: ID<KnownPerson>) -> SQL {
    """
    (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', a.kind, 'key', a.key) ORDER BY a.kind, a.position, a.id), '[]') FROM person_addresses a
      WHERE a.person_id = \(id) AND a.user_id = (SELECT me()))
    """
  }

  /// The relationships of some people, the oldest first.
  static func relationships(_ ids: [ID<Thing>]) -> Query<StoredRelationship> {
    StoredRelationship.mine("(r.from_id = ANY (\(ids)) OR r.to_id = ANY (\(ids))) ORDER BY r.created_at, r.id")
  }

  /// How those are that change, to be asked before they do.
  static func keeping(_ changes: [MergedRelationships.Change]) -> SQL {
    let rows: SQL = .rows(
      .each("id", changes.map(\.id)), .each("what", changes.map(\.fate)), .each("joined", changes.map(\.into)))
    return """
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'what', t.what, 'joined', t.joined, 'row', to_jsonb(r))), '[]')::text
      FROM \(rows) JOIN entity_relationships r ON r.id = t.id AND r.user_id = (SELECT me())
      """
  }

  /// The same of those that take something over.
  static func keeping(_ renewed: [MergedRelationships.Standing]) -> SQL {
    """
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'strength', r.strength, 'since', r.since, 'until', r.until, 'notes', r.notes,
      'version', r.version)), '[]')::text
    FROM entity_relationships r WHERE r.id = ANY (\(renewed.map(\.id))) AND r.user_id = (SELECT me())
    """
  }

  /// Drops first, so that nothing stands in the way of what moves.
  static func moving(_ plan: MergedRelationships, _ now: Instant) -> [SQL] {
    let gone = plan.changes.filter { $0.fate != .moved }.map(\.id)
    let moved = plan.changes.compactMap { change in change.said.map { (id: change.id, said: $0) } }
    return (gone.isEmpty ? [] : ["SELECT door.drop_relationships(\(gone))"]) + turning(moved, now)
      + (plan.renewed.isEmpty ? [] : [renewing(plan.renewed, now)])
  }

  /// Gives relationships other ends.
  static func turning(_ moved: [(id: ID<Relationship>, said: Relationship)], _ now: Instant) -> [SQL] {
    if moved.isEmpty { return [] }
    return [
      .update(
        "entity_relationships",
        set: [
          .each("from_kind", moved.map(\.said.from.kind)), .each("from_id", moved.map(\.said.from.id)),
          .each("to_kind", moved.map(\.said.to.kind)), .each("to_id", moved.map(\.said.to.id)), .all("version", "d.version + 1"),
          .all("updated_at", "\(now)"),
        ], by: [.each("id", moved.map(\.id))], where: "d.id = t.id AND d.user_id = (SELECT me())")
    ]
  }

  private static func renewing(_ renewed: [MergedRelationships.Standing], _ now: Instant) -> SQL {
    .update(
      "entity_relationships",
      set: [
        .each("strength", renewed.map(\.strength)), .each("since", renewed.map(\.since)), .each("until", renewed.map(\.until)),
        .each("notes", renewed.map(\.notes)), .all("version", "d.version + 1"), .all("updated_at", "\(now)"),
      ], by: [.each("id", renewed.map(\.id))], where: "d.id = t.id AND d.user_id = (SELECT me())")
  }

  /// The next of their addresses is the main one of each kind, and the row says what they are.
  static func renaming(_ ids: [ID<KnownPerson>]) -> [SQL] {
    [
      """
      UPDATE person_addresses a SET position = x.place FROM (
        SELECT b.id, (row_number() OVER (PARTITION BY b.person_id, b.kind ORDER BY b.position, b.id) - 1)::integer AS place FROM person_addresses b
        WHERE b.person_id = ANY (\(ids)) AND b.user_id = (SELECT me())) x
      WHERE a.id = x.id AND a.user_id = (SELECT me()) AND a.position <> x.place
      """,
      """
      UPDATE people p SET email = coalesce(x.email, ''), phone = coalesce(x.phone, ''), addresses = coalesce(x.addresses, '') FROM (
        SELECT i.id, min(a.value) FILTER (WHERE a.kind = 'email' AND a.position = 0) AS email,
          min(a.value) FILTER (WHERE a.kind = 'phone' AND a.position = 0) AS phone,
          string_agg(CASE WHEN a.kind = 'phone' AND a.key <> a.value THEN a.value || E'\\n' || a.key ELSE a.value END, E'\\n'
            ORDER BY a.kind, a.position) AS addresses
        FROM unnest(\(ids)) AS i (id) LEFT JOIN person_addresses a ON a.person_id = i.id AND a.user_id = (SELECT me()) GROUP BY i.id) x
      WHERE p.id = x.id AND p.user_id = (SELECT me())
      """,
    ]
  }
}
