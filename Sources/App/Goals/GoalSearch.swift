import Domain
import Postgres
import Web

/// Finds the goals that hold some words in their title or notes, in the order of the list.
///
/// A page looks through ``steps`` of them at most; where few hold the words the next page goes on from there. So no search costs more, whatever a
/// person keeps.
enum GoalSearch {
  /// How many goals a page looks through.
  static let steps = 1_000

  /// A page of the list: of all that it is about, or of those that hold the words.
  ///
  /// - Returns: the goals, and the one behind which the next page begins, if there is one.
  static func page(_ filter: GoalFilter, on today: Day, _ web: Context) throws -> (rows: [Goal], next: ID<Goal>?, counts: GoalCounts) {
    let (rows, last, counts) = try filter.search.utf8.isEmpty ? listed(filter, on: today, web) : searched(filter, on: today, web)
    guard let counts else { throw Failure.notFound }
    return (rows, last, counts)
  }

  private typealias Found = (rows: [Goal], next: ID<Goal>?, counts: GoalCounts?)

  private static func listed(_ filter: GoalFilter, on today: Day, _ web: Context) throws -> Found {
    let (found, counts) = try web.read(filter.rows(on: today), GoalCounts.mine(on: today))
    let page = PageOf(found)
    return (page.rows, page.last?.id, counts.first)
  }

  private static func searched(_ filter: GoalFilter, on today: Day, _ web: Context) throws -> Found {
    let (walked, counts) = try web.read(walk(filter, on: today), GoalCounts.mine(on: today))
    let end = walked.count == steps ? walked.last?.id : nil
    let page = PageOf(walked.filter(\.holds).prefix(PageSize.read).map(\.id), goingOnAfter: end)
    if page.rows.isEmpty { return ([], page.last, counts.first) }
    return (try web.read(Goal.mine("g.id = ANY (\(page.rows)) \(filter.order)")), page.last, counts.first)
  }

  /// A goal on the way.
  struct Step {
    let id: ID<Goal>
    let holds: Bool
  }

  /// The goals of the list in its order, each with whether it holds the words, letter case and marks aside.
  static func walk(_ filter: GoalFilter, on today: Day) -> Query<Step> {
    Query(
      """
      SELECT w.id, strpos(plain(w.title), plain(\(filter.search))) > 0 OR strpos(plain(w.description), plain(\(filter.search))) > 0 AS holds
      FROM (SELECT g.id, g.title, g.description, row_number() OVER (\(filter.order)) AS n FROM goals g
        WHERE g.user_id = (SELECT me()) AND g.deleted_at IS NULL AND \(filter.which(on: today)) \(filter.order) LIMIT \(steps)) w ORDER BY w.n
      """, into: Step.init)
  }
}
