import Domain
import Postgres

/// The links of an undo.
enum LinkUndo {
  /// Makes those anew that were taken away, as far as they still fit.
  ///
  /// - Returns: how many, and what those would lead to that do not.
  static func takeBack(_ id: ID<PlannerUndo>, _ writing: PlannerWriting) throws -> (undone: Int, kept: [String]) {
    let links: [(String, String, String)] = try writing.db.rows(
      Query(
        tuple: """
          SELECT c.type, c.start, c.finish FROM undos u
          CROSS JOIN LATERAL (SELECT e->>'kind' AS kind, e->>'type' AS type, e->>'from' AS start, e->>'to' AS finish
            FROM jsonb_array_elements(u.changes) e) c
          WHERE u.id = \(id) AND u.user_id = (SELECT me()) AND c.kind = 'link'
          """))
    var (undone, kept): (Int, [String]) = (0, [])
    for (type, start, finish) in links {
      guard let word = LinkWord(rawValue: type), let from = ThingRef(start), let to = ThingRef(finish) else { continue }
      do {
        undone += try LinkCommands(writing: writing).make(word, from: from, to: to).isNew ? 1 : 0
      } catch is LinkRefusal {
        kept += try writing.db.rows(PlannedThing.some([to.id])).map(\.title)
      } catch Failure.notFound {
        continue
      }
    }
    return (undone, kept)
  }
}
