import Postgres

/// How many rows a page of a list has, and how many are read for it: with one more it is known whether another page follows.
enum PageSize {
  static let rows = 50
  static let read = rows + 1
  /// The same as a constant. Of a bind the planner takes it that a tenth of all rows is wanted, and plans for that, or anew each time.
  static let limit: SQL = "LIMIT 51"
}

/// One page of a list.
struct PageOf<Row> {
  let rows: [Row]
  /// Where the next page begins: behind this row, which need not stand on this one. Nil on the last page.
  let last: Row?

  /// - Parameters:
  ///   - found: at most ``PageSize/read`` rows, in order.
  ///   - end: the row behind them up to which was looked; nil: there are no others.
  init(_ found: [Row], goingOnAfter end: Row? = nil) {
    rows = Array(found.prefix(PageSize.rows))
    last = found.count > PageSize.rows ? rows.last : end
  }
}
