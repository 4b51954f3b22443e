import Domain
import Postgres

/// A row of a list that ``WordList`` looks through.
protocol WordRow {
  /// Its table, which has a title and a description, and by what letter conditions call a row of it.
  static var table: Columns { get }
  static var letter: Columns { get }
  var id: ID<Self> { get }
  /// Those of the person that the transaction is for.
  ///
  /// - Parameter which: a condition, and their order.
  static func mine(_ which: SQL) -> Query<Self>
}

/// A list of the planner that can be narrowed to what holds some words in its title or notes, in the order of the list.
protocol WordList {
  associatedtype Row: WordRow
  associatedtype Counts
  /// Empty: it is about all of them.
  var search: String { get }
  /// Which rows the list goes through, behind the one that the page begins after.
  var which: SQL { get }
  var order: SQL { get }
  /// How many are in each list: one row.
  var counts: Query<Counts> { get }
}

extension WordList {
  /// A page of the list, and the row behind which the next one begins; nil: it is the last.
  func page(_ web: Context) throws -> (rows: [Row], next: ID<Row>?, counts: Counts) {
    if search.utf8.isEmpty {
      let (found, counted) = try web.read(Row.mine("\(which) \(order) \(PageSize.limit)"), counts)
      let page = PageOf(found)
      return (page.rows, page.last?.id, try WordWalk.one(counted))
    }
    let (walked, counted) = try web.read(walk, counts)
    let page = WordWalk.page(walked)
    let rows: [Row] = page.rows.isEmpty ? [] : try web.read(Row.mine("\(Row.letter).id = ANY (\(page.rows)) \(order)"))
    return (rows, page.last, try WordWalk.one(counted))
  }

  /// The rows of the list in its order, each with whether it holds the words, letter case and marks aside.
  private var walk: Query<(ID<Row>, Bool)> {
    let letter = Row.letter
    return Query(
      tuple: """
        SELECT w.id, \(WordWalk.holds(search)) AS holds
        FROM (SELECT \(letter).id, \(letter).title, \(letter).description, row_number() OVER (\(order)) AS n FROM \(Row.table) \(letter)
          WHERE \(letter).user_id = (SELECT me()) AND \(letter).deleted_at IS NULL AND \(which) \(order) LIMIT \(WordWalk.steps)) w ORDER BY w.n
        """)
  }
}
