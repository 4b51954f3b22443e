import Net
import Postgres
import Testing

@testable import App
@testable import Domain

/// The worker and a feature that it has never heard of.
@Suite struct WorkKindTests {
  private enum Chime {}

  private let site: Site

  init() throws {
    site = try Site()
    try site.owner.run(
      "CREATE TABLE chimes (id uuid PRIMARY KEY, at timestamptz NOT NULL, struck boolean NOT NULL DEFAULT false, tone int)")
    try site.owner.run("GRANT SELECT, UPDATE, DELETE ON chimes TO heed_work")
  }

  /// Strikes what is due; a tone of zero divides by it.
  private static let chimes = Feature(
    work: { bench in
      let rows = RowWork<Chime>("chime", bench)
      let due = DueTime(name: "chime") { now in
        "SELECT min(at) FROM chimes WHERE NOT struck AND id <> ALL (\(rows.passed(at: now)))"
      }
      @Sendable func strike(_ which: SQL, _ db: Connection) throws(PostgresError) -> Int {
        try db.run("UPDATE chimes SET struck = true, tone = 12 / tone WHERE NOT struck AND \(which)")
      }
      return [
        WorkKind(name: "chime", due: due) { now, _ in
          try rows.batch(
            at: now,
            all: { try strike("at <= \(now) AND id <> ALL (\(rows.passed(at: now)))", bench.db) },
            rows: { try bench.db.rows(Query(column: "SELECT id FROM chimes WHERE NOT struck AND at <= \(now)")) },
            one: { id in try strike("id = \(id)", bench.db) })
        }
      ]
    },
    retention: [
      Retention("chimes", days: 3) { before in
        "DELETE FROM chimes WHERE id IN (SELECT id FROM chimes WHERE struck AND at < \(before) LIMIT \(Chore.slice))"
      }
    ])

  private func add(_ count: Int = 1, at time: Instant, tone: Int = 4, isStruck: Bool = false) throws {
    try site.owner.run(
      "INSERT INTO chimes SELECT gen_random_uuid(), \(time), \(isStruck), \(tone) FROM generate_series(1, \(count))")
  }

  private func count(_ which: SQL) throws -> Int { try site.count("SELECT count(*) FROM chimes WHERE \(which)") }

  @Test func aRowThatFailsOnItsOwnIsLoggedAndPassedOverForTenMinutes() throws {
    let worker = try site.worker(doing: [Self.chimes])
    try add(3, at: site.now)
    try add(at: site.now, tone: 0)
    _ = try worker.runOnce { site.now }
    #expect(try count("struck AND tone = 3") == 3)
    #expect(site.workLogged == ["work.chime_failed"])
    try site.owner.run("UPDATE chimes SET tone = 6 WHERE tone = 0")
    site.pass(minutes: 9)
    #expect(try worker.look(at: site.now, canSend: true).next == nil)
    _ = try worker.runOnce { site.now }
    #expect(try count("NOT struck") == 1)
    site.pass(minutes: 2)
    _ = try worker.runOnce { site.now }
    #expect(try count("NOT struck") == 0)
  }

  @Test func whatIsDueIsLookedUpForAllKindsAtOnce() throws {
    let worker = try site.worker(doing: features + [Self.chimes])
    let ana = try site.person("ana@x.test")
    _ = try ana.remind(nil)
    try add(at: site.now.advanced(minutes: 30))
    let times = try worker.look(at: site.now, canSend: true)
    #expect(times.next(of: "fire") == site.now.advanced(hours: 1))
    #expect(times.next(of: "chime") == site.now.advanced(minutes: 30))
    #expect(times.next == site.now.advanced(minutes: 30) && times.lease == nil)
  }

  /// Kinds that share a name share one look-up: two with different ones would be told each other's time.
  @Test func timesThatAreCalledAlikeAreTheSame() throws {
    let mailer = Mailer(.maildir(Maildir(path: "/nowhere")), from: try Mailer.sender("heed@heed.test"))
    let bench = try WorkBench(site.services, site.connection("heed_work"), mailer) { _, _ in }
    let times = features.flatMap { $0.work(bench) }.map(\.due)
    let texts = Dictionary(grouping: times, by: \.name).mapValues { Set($0.map { $0.next(site.now).text + $0.lease(site.now).text }) }
    #expect(texts.count > 3)
    for (name, found) in texts { #expect(found.count == 1, "\(name)") }
  }

  @Test func aKindThatFollowsIsDoneAfterAnythingAndOneThatSendsNeverBeforeOneThatWrites() throws {
    let now = site.now
    let feature = Feature(work: { bench in
      func kind(_ name: String, dueIn seconds: Int, _ share: WorkKind.Share, follows: Bool) -> WorkKind {
        let due = DueTime(name: name) { _ in "SELECT \(now.advanced(seconds: seconds))::timestamptz" }
        return WorkKind(name: name, due: due, share: share, follows: follows) { _, limit in
          bench.log("\(name) \(limit)", [:])
          return 1
        }
      }
      return [
        kind("rest", dueIn: 0, .rest, follows: false), kind("all", dueIn: 60, .all, follows: true),
        kind("half", dueIn: 0, .half, follows: false),
        kind("later", dueIn: 60, .none, follows: false), kind("rows", dueIn: 0, .none, follows: false),
      ]
    })
    let worker = try site.worker(doing: [feature])
    #expect(try worker.cycle(now))
    #expect(site.workLogged == ["rows 0", "half 10", "all 20", "rest 20"])
  }

  @Test func whatAFeatureKeepsNoLongerIsThrownAwayInSlices() throws {
    let worker = try site.worker(doing: [Self.chimes])
    try add(Chore.slice * 2 + 1, at: site.now.advanced(days: -4), isStruck: true)
    try add(2, at: site.now.advanced(days: -2), isStruck: true)
    _ = try worker.cycle(site.now)
    #expect(try count("true") == Chore.slice + 3)
    _ = try worker.runOnce { site.now }
    #expect(try count("true") == 2)
  }

  @Test func aPartThatFailsStopsNoOther() throws {
    let broken = Feature(work: { _ in
      [
        WorkKind(name: "broken", due: DueTime(name: "broken") { now in "SELECT \(now)::timestamptz" }) { _, _ in
          throw PostgresError.value("broken")
        }
      ]
    })
    let worker = try site.worker(doing: [broken, Self.chimes])
    try add(at: site.now)
    _ = try worker.cycle(site.now)
    #expect(try count("struck") == 1)
    #expect(site.workLogged == ["work.part_failed"])
  }
}
