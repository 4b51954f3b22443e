import Domain
import HTML
import Postgres

/// The relationships of an undo.
enum RelationshipUndo {
  /// What keeps relationships that go: ask before they do.
  ///
  /// - Parameter back: the page that shows the result.
  static func keeping(_ ids: [ID<Relationship>], back: Path, _ writing: PlannerWriting) -> (path: Path, sql: SQL) {
    let id = ID<PlannerUndo>.new(at: writing.now)
    let sql: SQL = """
      \(PlannerUndo.inserting(id, back: back, writing))
        jsonb_agg(jsonb_build_object('kind', 'relationship', 'words', r.relationship, 'reverse', r.reverse, 'own', r.own, 'two_way', r.two_way,
          'start', r.from_kind || ':' || r.from_id, 'finish', r.to_kind || ':' || r.to_id, 'strength', r.strength, 'since', r.since,
          'until', r.until, 'notes', r.notes, 'source', r.source) ORDER BY r.created_at, r.id)
      FROM entity_relationships r WHERE r.id = ANY (\(ids)) AND r.user_id = (SELECT me()) HAVING count(*) > 0
      """
    return (Paths.undo(id), sql)
  }

  /// One that went.
  private struct Kept {
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

    static func of(_ id: ID<PlannerUndo>) -> Query<Kept> {
      Query(
        """
        SELECT c.words, c.reverse, c.own, c.two_way, c.start, c.finish, c.strength, c.since, c.until, c.notes, c.source FROM undos u
        CROSS JOIN LATERAL jsonb_to_recordset(u.changes) AS c (kind text, words text, reverse text, own boolean, two_way boolean, start text,
          finish text, strength integer, since date, until date, notes text, source text)
        WHERE u.id = \(id) AND u.user_id = (SELECT me()) AND c.kind = 'relationship'
        """, into: Kept.init)
    }
  }

  /// Makes those anew that went, as far as both of their ends are there: what took the place of one goes for it.
  ///
  /// - Returns: how many, and what those would lead to that cannot be.
  static func takeBack(_ id: ID<PlannerUndo>, _ writing: PlannerWriting) throws -> (undone: Int, kept: [String]) {
    var (undone, left): (Int, [String]) = (0, [])
    for row in try writing.db.rows(Kept.of(id)) {
      guard let from = ThingRef(row.start), let to = ThingRef(row.finish) else { continue }
      let said = Relationship(stored: row.words, reverse: row.reverse, isOwn: row.isOwn, isTwoWay: row.isTwoWay, from: from, to: to)
      guard let said else { continue }
      // What was stored has its dates in their order.
      let details = RelationshipDetails(
        strength: row.strength, notes: row.notes, span: try? TieSpan(since: row.since, until: row.until))
      do {
        undone += try RelationshipCommands(writing: writing).make(said, details, source: row.source).isNew ? 1 : 0
      } catch is RelationshipRefusal {
        left += try writing.db.rows(PlannedThing.some([to.id])).map(\.title)
      } catch Failure.notFound {
        continue
      }
    }
    return (undone, left)
  }
}
