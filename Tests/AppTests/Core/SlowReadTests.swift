import Postgres
import Testing
import Web

@testable import App
@testable import Domain

@Suite struct SlowReadTests {
  @Test func `its limit ends with it, also where a transaction goes on`() throws {
    let site = try Site()
    let ana = try site.person("ana@x.test")
    let cookies = ana.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    let web = Context(
      site.services, Request(method: .post, target: [], headers: ["cookie": Array(cookies.utf8)]), now: site.now, site.web)
    let limit: SQL = "SELECT current_setting('statement_timeout')"
    try site.web.transaction {
      let before = try site.web.value(limit, as: String.self)
      let found = try SlowRead.rows(web, Query<Int>(column: "SELECT 7 WHERE \(SlowRead.itsTurn)"))
      #expect(found.parts.rows == [7])
      #expect(try site.web.value(limit, as: String.self) == before)
      let stopped = try SlowRead.rows(web, Query<Int>(column: "SELECT 7 FROM pg_sleep(2) WHERE \(SlowRead.itsTurn)"))
      #expect(stopped.parts.stopped == .tooLong)
      #expect(try site.web.value(limit, as: String.self) == before)
    }
  }
}
