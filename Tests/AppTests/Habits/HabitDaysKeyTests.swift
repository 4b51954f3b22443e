import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What a foreign key says elsewhere holds for the days of habits, of which it is asked once a statement and habit.
@Suite struct HabitDaysKeyTests {
  private let site: Site
  private let ana: Browser
  private let habit: ID<Habit>

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
    habit = try ID(ana.habit(["name": "Read"])).unwrapped
  }

  /// As an import writes them, which holds nothing of the habit but that it is there.
  private func days(_ count: Int = 3, of habit: ID<Habit>? = nil, as user: ID<User>? = nil) -> SQL {
    """
    INSERT INTO habit_days (habit_id, user_id, date, state, notes, source, timezone, ticked_at)
    SELECT \(habit ?? self.habit), \(user ?? ana.user), date '2020-01-01' + n::integer, 'done', '', 'import', 'UTC', \(site.now)
    FROM generate_series(1, \(count)) n
    """
  }

  private var stored: Int { get throws { try site.count("SELECT count(*) FROM habit_days") } }

  /// - Parameter code: by default, of a foreign key.
  private func refused(_ db: Connection, _ sql: SQL, _ code: String = "23503") throws {
    do {
      try db.run(sql)
      Issue.record("it was taken")
    } catch {
      #expect("\(error)".contains(code), "\(error)")
    }
  }

  @Test func `a day needs a habit that is there and is its person's, whoever writes it`() throws {
    let eve = try site.person("eve@x.test")
    for role in ["heed_owner", "heed_work"] {
      let db = try site.connection(role)
      try refused(db, days(of: ID(high: 1, low: 1)))
      try refused(db, days(as: eve.user))
    }
    // Her own row in the name of another's habit: no policy sees that.
    let web = try site.connection("heed_web")
    try web.run("SELECT set_config('heed.user_id', \(eve.user.text), false)")
    try refused(web, days(as: eve.user))
    // One wrong one among many.
    try refused(
      site.owner,
      "\(days()) UNION ALL SELECT \(ID<Habit>(high: 1, low: 1)), \(ana.user), '2020-02-01', 'done', '', 'import', 'UTC', \(site.now)")
    #expect(try stored == 0)
    try site.owner.run(days())
    #expect(try stored == 3)
  }

  @Test func `days go with their habit, and with their person, and others' stay`() throws {
    let other = try ID<Habit>(ana.habit(["name": "Run"])).unwrapped
    let eve = try site.person("eve@x.test")
    let hers = try ID<Habit>(eve.habit(["name": "Swim"])).unwrapped
    try site.owner.run(days())
    try site.owner.run(days(of: other))
    try site.owner.run(days(of: hers, as: eve.user))
    try site.owner.run("DELETE FROM habits WHERE id = \(habit)")
    #expect(try stored == 6)
    try site.owner.run("DELETE FROM users WHERE id = \(ana.user)")
    #expect(try site.text("SELECT string_agg(DISTINCT habit_id::text, ' ') FROM habit_days") == hers.text)
  }

  @Test func `neither a day nor a habit gets another key`() throws {
    let eve = try site.person("eve@x.test")
    try site.owner.run(days())
    try refused(site.owner, "UPDATE habit_days SET user_id = \(eve.user)")
    try refused(site.owner, "UPDATE habit_days SET habit_id = \(ID<Habit>(high: 1, low: 1))")
    try refused(site.owner, "UPDATE habits SET id = \(ID<Habit>(high: 1, low: 1)) WHERE id = \(habit)")
    try site.owner.run("UPDATE habit_days SET user_id = user_id, notes = 'a'")
    #expect(try site.count("SELECT count(*) FROM habit_days WHERE notes = 'a'") == 3)
  }

  @Test func `who takes a habit away waits for who writes its days, and the other way round`() throws {
    let (one, other) = (try site.connection("heed_owner"), try site.connection("heed_owner"))
    try other.run("SET lock_timeout = 200")
    try one.transaction {
      try one.run(days())
      try refused(other, "DELETE FROM habits WHERE id = \(habit)", "55P03")
      // A change of the habit is none of theirs.
      try other.run("UPDATE habits SET name = 'Read on' WHERE id = \(habit)")
    }
    try one.transaction {
      try one.run("DELETE FROM habits WHERE id = \(habit)")
      try refused(other, days(5), "55P03")
    }
    #expect(try stored == 0)
  }
}
