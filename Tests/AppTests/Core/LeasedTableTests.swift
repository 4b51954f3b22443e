import Postgres
import Testing

@testable import App
@testable import Domain

/// What all tables of claimed rows have in common, on one that is neither messages nor mails.
@Suite struct LeasedTableTests {
  private enum Job {}
  private let jobs = LeasedTable<Job>(name: "leased_jobs", underway: "'running'")
  private let now = Instant(seconds: 1_800_000_000)
  private let ids = (1...4).map { ID<Job>(high: 0, low: UInt64($0)) }
  private let user = ID<User>(high: 9, low: 9)
  private let site: Site
  private var db: Connection { site.owner }

  /// Four jobs that wait: the last is a person's, the others are nobody's.
  init() throws {
    site = try Site()
    try db.run(
      """
      CREATE TEMPORARY TABLE leased_jobs (id uuid PRIMARY KEY, user_id uuid, state text DEFAULT 'waiting', due_at timestamptz, lease_until timestamptz,
        fence integer DEFAULT 0, attempts integer DEFAULT 0, lost smallint DEFAULT 0, note text)
      """)
    try db.run(.insert(into: "leased_jobs", .each("id", ids), .each("user_id", [nil, nil, nil, user]), .all("due_at", "\(now)")))
  }

  private func claim(_ number: Int, _ state: String = "running", lost: Int = 0) -> LeasedTable<Job>.Claim {
    .init(id: ids[number], user: number == 3 ? user : nil, state: state, dueAt: now, lost: lost)
  }

  private func hold(_ number: Int, fence: Int = 1) -> LeasedTable<Job>.Hold {
    .init(id: ids[number], user: number == 3 ? user : nil, fence: fence)
  }

  private func seen() throws -> [String] {
    try db.rows(
      Query(
        column: "SELECT concat_ws(' ', state, fence, attempts, lost, lease_until > clock_timestamp(), note) FROM leased_jobs ORDER BY id"))
  }

  @Test func `a claim begins a lease for what is underway and for nothing else`() throws {
    try db.run(jobs.claim([claim(0), claim(1, "cancelled"), claim(3, lost: 2)], also: [.each("note", ["first", "why", "theirs"])]))
    #expect(try seen() == ["running 1 1 0 t first", "cancelled 1 0 0 why", "waiting 0 0 0", "running 1 1 2 t theirs"])
    let left: Int? = try db.value("SELECT extract(epoch FROM (\(jobs.firstLease())) - clock_timestamp())::bigint")
    #expect((50...60).contains(try left.unwrapped))
  }

  @Test func `a number alone claims nobody's row`() throws {
    let others = LeasedTable<Job>.Claim(id: ids[3], user: nil, state: "running", dueAt: now, lost: 0)
    #expect(try db.run(jobs.claim([others])) == 0)
  }

  @Test func `a lease is renewed and ended by whoever holds its fence`() throws {
    try db.run(jobs.claim([claim(0, lost: 1), claim(3, lost: 1)]))
    try db.run("UPDATE leased_jobs SET lease_until = clock_timestamp() + interval '5 seconds' WHERE state = 'running'")
    #expect(try db.run(jobs.renew([hold(0), hold(3, fence: 2)])) == 1)
    #expect(
      try db.value("SELECT count(*) FROM leased_jobs WHERE lease_until > clock_timestamp() + interval '50 seconds'", as: Int.self) == 1)
    let ends = [hold(0), hold(3, fence: 2)].map { LeasedTable<Job>.End(hold: $0, state: "done", dueAt: now) }
    #expect(try db.rows(jobs.end(ends, also: [.each("note", ["well", "late"])])) == [ids[0]])
    #expect(try seen() == ["done 1 1 0 well", "waiting 0 0 0", "waiting 0 0 0", "running 1 1 1 t"])
    #expect(try db.rows(jobs.end(ends)).isEmpty, "an end is written once")
  }

  @Test func `what a worker died with is found when its lease is over`() throws {
    try db.run(jobs.claim([claim(0), claim(1), claim(3)]))
    func lost(_ passed: LeasedTable<Job>.Passed = .init()) throws -> [ID<Job>] {
      try db.rows(Query(column: jobs.lost("id", limit: 9, passing: passed)))
    }
    #expect(try lost().isEmpty)
    try db.run("UPDATE leased_jobs SET lease_until = clock_timestamp() - interval '1 second' WHERE id <> \(ids[1])")
    #expect(try Set(lost()) == [ids[0], ids[3]])
    // Nobody's rows are not those of a person who is passed over.
    #expect(try lost(.init(users: [user])) == [ids[0]])
    #expect(try lost(.init(rows: [ids[0]])) == [ids[3]])
    #expect([0, 2, 3].map { LeasedTable<Job>.isGivenUp(lost: $0) } == [false, false, true])
  }
}
