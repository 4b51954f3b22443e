import TestSupport
import Testing

@testable import Postgres

/// What several parts ask for, read at once.
@Suite struct ReadingTests {
  private let db: Connection

  init() throws { db = try connect() }

  private func numbers(_ last: Int) -> Query<Int> { Query(column: "SELECT generate_series(1, \(last))") }

  @Test func eachPartGetsTheRowsOfItsOwnStatements() throws {
    let sum = Reading(numbers(3), Query(column: "SELECT 'x'", as: String.self)) { "\($0.reduce(0, +))\($1.joined())" }
    let (text, (first, second)) = try db.read(together: sum, Reading(rows: numbers(2), Query(column: "SELECT true", as: Bool.self)))
    #expect(text == "6x" && first == [1, 2] && second == [true])
  }

  @Test func aListOfThemIsReadInItsOrder() throws {
    let list = [3, 0, 1].map { last in Reading(numbers(last), numbers(1)) { "\($0.count) \($1.count)" } }
    #expect(try db.read(together: Reading(all: list)) == ["3 1", "0 1", "1 1"])
    #expect(try db.read(together: Reading(all: [] as [Reading<Int>])).isEmpty)
  }

  @Test func whatOneSetsTheNextOnesSee() throws {
    let setting = Reading(rows: Query(column: "SELECT set_config('heed.user_id', 'ana', true)", as: String.self))
    let seen = Reading(rows: Query(column: "SELECT current_setting('heed.user_id', true)", as: String.self))
    #expect(try db.read(together: setting, Reading(all: [seen])).1 == [["ana"]])
  }

  @Test func oneThatFailsFailsThemAll() throws {
    let broken = Reading(rows: Query(column: "SELECT 1 / \(0)", as: Int.self))
    #expect(throws: PostgresError.self) { try db.read(together: Reading(rows: numbers(1)), broken) }
    #expect(try db.value("SELECT 1", as: Int.self) == 1)
  }
}
