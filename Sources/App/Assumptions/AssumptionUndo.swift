import Domain
import HTML
import Postgres

/// The assumptions of an undo (RULES 8.26, 9.38): an answer puts back how they were, the fact that a correction made, and the relationships that rested on
/// them. It is all or nothing: half a correction is none.
enum AssumptionUndo {
  /// What keeps how assumptions are: ask before the one statement that answers each of them.
  ///
  /// - Parameters:
  ///   - fact: what the correction is about to keep.
  ///   - tie: the relationship that was made by this.
  ///   - gone: relationships that are about to go.
  static func keeping(
    _ ids: [ID<Assumption>], made fact: ID<Assumption>?, tie: ID<Relationship>?, gone: [ID<Relationship>], _ writing: PlannerWriting
  ) -> (path: Path, sql: SQL) {
    let id = ID<PlannerUndo>.new(at: writing.now)
    let made: SQL = """
      jsonb_build_array(jsonb_build_object('kind', 'assumption_made', 'id', \(fact)::uuid, 'tie', \(tie)::uuid))
      """
    let sql: SQL = """
      \(PlannerUndo.inserting(id, back: Paths.assumptions, writing))
        jsonb_agg(jsonb_build_object('kind', 'assumption', 'id', a.id, 'state', a.state, 'faded', a.faded, 'confidence', a.confidence,
          'correction', a.correction, 'answered_at', a.answered_at, 'answered_by', a.answered_by, 'superseded_by', a.superseded_by,
          'version', a.version + 1) ORDER BY a.id = \(ids.first) DESC, a.id) || \(made)
        || coalesce((SELECT jsonb_agg(jsonb_build_object('kind', 'assumption_tie', 'id', r.from_assumption, 'words', r.relationship,
          'reverse', r.reverse, 'own', r.own, 'two_way', r.two_way,
          'start', r.from_kind || ':' || r.from_id, 'finish', r.to_kind || ':' || r.to_id, 'strength', r.strength, 'since', r.since, 'until', r.until,
          'notes', r.notes, 'source', r.source) ORDER BY r.id)
          FROM entity_relationships r WHERE r.id = ANY (\(gone)) AND r.user_id = (SELECT me())), '[]')
      FROM assumptions a WHERE a.id = ANY (\(ids)) AND a.user_id = (SELECT me()) HAVING count(*) > 0
      """
    return (Paths.undo(id), sql)
  }

  /// What was answered since and taken back since has that step's answer again, which its instant says: it has not changed.
  ///
  /// - Returns: how many are as they were, and what those say that changed since: themselves, or the fact that took their place.
  static func takeBack(_ undo: ID<PlannerUndo>, _ writing: PlannerWriting) throws -> (undone: Int, kept: [String]) {
    let found: [(ID<Assumption>, Bool, String)] = try writing.db.rows(
      Query(
        tuple: """
          SELECT a.id, (a.version = c.version OR coalesce(a.answered_at = u.at, false))
            AND NOT EXISTS (SELECT FROM \(changes) JOIN assumptions f ON f.id = c.id AND f.user_id = u.user_id
            WHERE \(mine(undo)) AND c.kind = 'assumption_made' AND (f.version > 1 OR f.state <> 'confirmed')), a.words
          FROM \(changes) JOIN assumptions a ON a.id = c.id AND a.user_id = u.user_id
          WHERE \(mine(undo)) AND c.kind = 'assumption' ORDER BY a.id
          """))
    if found.isEmpty { return (0, []) }
    if !found.allSatisfy(\.1) { return (0, found.filter { !$0.1 }.map(\.2)) }
    let made: (ID<Assumption>?, ID<Relationship>?)? = try writing.db.row(
      Query(tuple: "SELECT c.id, c.tie FROM \(changes) WHERE \(mine(undo)) AND c.kind = 'assumption_made'"))
    let ties = try writing.db.rows(Tie.of(undo))
    if let fact = made?.0 {
      try writing.db.queue([
        """
        UPDATE assumptions SET state = 'superseded', updated_at = \(writing.now), version = version + 1
        WHERE id = \(fact) AND user_id = (SELECT me())
        """
      ])
    }
    try writing.db.queue([putting(undo, writing.now)])
    if let tie = made?.1 {
      // Only what still rests on it: what somebody made their own since is theirs. What went and was put back since is a later row.
      let owners = found.map(\.0) + [made?.0].compactMap(\.self)
      let since: SQL = "(SELECT u.at FROM undos u WHERE \(mine(undo)))"
      let there = try writing.db.rows(
        StoredRelationship.mine("(r.id = \(tie) OR r.created_at > \(since)) AND r.from_assumption = ANY (\(owners))"))
      try writing.db.queue(["SELECT door.drop_relationships(\(there.map(\.id)))"])
    }
    if let fact = made?.0 { try writing.db.queue([returning(from: fact)]) }
    for tie in ties { try putBack(tie, writing) }
    return (found.count, [])
  }

  /// What rested on the same as the fact says, before that took its place, rests on it again.
  private static func returning(from fact: ID<Assumption>) -> SQL {
    """
    UPDATE entity_relationships r SET from_assumption = a.id FROM assumptions f JOIN assumptions a ON a.user_id = f.user_id AND a.key = f.key
    WHERE f.id = \(fact) AND f.user_id = (SELECT me()) AND a.state <> 'superseded' AND r.from_assumption = f.id AND r.user_id = f.user_id
    """
  }

  private static func putting(_ undo: ID<PlannerUndo>, _ now: Instant) -> SQL {
    """
    UPDATE assumptions a SET state = c.state, faded = c.faded, confidence = c.confidence, correction = c.correction, answered_at = c.answered_at,
      answered_by = c.answered_by, superseded_by = c.superseded_by, updated_at = \(now), version = a.version + 1
    FROM \(changes) WHERE \(mine(undo)) AND c.kind = 'assumption' AND a.id = c.id AND a.user_id = u.user_id
    """
  }

  /// A relationship that went.
  private struct Tie {
    let assumption: ID<Assumption>
    let words: String
    let reverse: String
    let isOwn: Bool
    let isTwoWay: Bool
    let start: String
    let finish: String
    let strength: Int
    let since: Day?
    let until: Day?
    let notes: String
    let source: String

    static func of(_ undo: ID<PlannerUndo>) -> Query<Tie> {
      Query(
        """
        SELECT c.id AS assumption, c.words, c.reverse, c.own, c.two_way, c.start, c.finish, c.strength, c.since, c.until, c.notes, c.source FROM \(changes)
        WHERE \(mine(undo)) AND c.kind = 'assumption_tie'
        """, into: Tie.init)
    }
  }

  /// Makes one anew, as far as both of its ends are there.
  private static func putBack(_ tie: Tie, _ writing: PlannerWriting) throws {
    guard let from = ThingRef(tie.start), let to = ThingRef(tie.finish) else { return }
    guard let said = Relationship(stored: tie.words, reverse: tie.reverse, isOwn: tie.isOwn, isTwoWay: tie.isTwoWay, from: from, to: to)
    else { return }
    // What was stored has its dates in their order.
    let details = RelationshipDetails(
      strength: tie.strength, notes: tie.notes, span: try? TieSpan(since: tie.since, until: tie.until))
    do {
      let outcome = try RelationshipCommands(writing: writing).make(said, details, source: tie.source)
      if outcome.isNew { try writing.db.queue([AssumptionCommands.resting(outcome.id, on: tie.assumption)]) }
    } catch is RelationshipRefusal {
      return
    } catch Failure.notFound {
      return
    }
  }

  private static let changes: SQL = """
    undos u CROSS JOIN LATERAL jsonb_to_recordset(u.changes) AS c (kind text, id uuid, state text, faded text, confidence numeric, correction text,
      answered_at timestamptz, answered_by uuid, superseded_by uuid, version integer, tie uuid,
      words text, reverse text, own boolean, two_way boolean, start text, finish text, strength integer, since date, until date, notes text, source text)
    """

  private static func mine(_ id: ID<PlannerUndo>) -> SQL { "u.id = \(id) AND u.user_id = (SELECT me())" }
}
