import Testing
import Web

@testable import App
@testable import Domain
@testable import Postgres

/// The lists of tasks read their page from an index, with the rows of many people in the table.
@Suite struct TaskPlanTests {
  private let planned: Planned

  init() throws {
    planned = try Planned()
    let site = planned.site
    let others = try (0..<3).map { try site.person("p\($0)@x.test") }
    for person in [planned.ana] + others {
      try site.owner.run(
        """
        INSERT INTO tasks (id, user_id, title, status, priority, due, completed_at, created_at, updated_at)
        SELECT gen_random_uuid(), \(person.user), 'T' || n, CASE WHEN n % 4 = 0 THEN 'done' ELSE 'open' END, 1 + n % 4, date '2027-01-01' + n % 400,
          CASE WHEN n % 4 = 0 THEN t END, t, t
        FROM generate_series(1, 3000) n, LATERAL (SELECT \(site.now)::timestamptz + n * interval '1 minute' AS t) x
        """)
    }
    try site.owner.run("ANALYZE")
  }

  @Test func `a list reads its page from an index, in order`() throws {
    for (query, index) in [
      ("", "tasks_by_due"), ("sort=due", "tasks_by_due"), ("sort=priority", "tasks_by_priority"), ("sort=title", "tasks_by_name"),
      ("sort=updated", "tasks_by_update"), ("status=blocked", "tasks_blocked"), ("status=all&sort=title", "tasks_by_name"),
    ] as [(String, String)] {
      let filter = try TaskFilter(Form(urlEncoded: Array(query.utf8)), planned.site.services.words(.english))
      let today = TaskFilter.Moment(day: try Day(iso: "2027-03-01").unwrapped, now: planned.site.now)
      let db = try planned.site.connection("heed_web")
      let plan = try db.transaction {
        try db.run(
          "SELECT set_config('heed.user_id', \(planned.ana.user.text), true), set_config('heed.account_id', \(planned.ana.account.text), true)"
        )
        let sql = Task.mine("\(filter.which(today)) \(filter.order) LIMIT 51").sql
        let lines: [String] = try db.rows(Query(column: "EXPLAIN \(sql)"))
        return lines.joined(separator: "\n")
      }
      #expect(plan.contains(index) && !plan.contains("Sort Key: (COALESCE(t.due"), "\(query): \(plan)")
    }
  }
}
