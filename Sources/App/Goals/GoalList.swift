import Domain
import Postgres

extension Goal: WordRow {
  static let table: Columns = "goals"
  static let letter: Columns = "g"
}

/// The goals of a list on a day.
struct GoalList: WordList {
  typealias Row = Goal
  let filter: GoalFilter
  let today: Day

  var search: String { filter.search }
  var which: SQL { filter.which(on: today) }
  var order: SQL { filter.order }
  var counts: Query<GoalCounts> { GoalCounts.mine(on: today) }
}
