import HTML
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// What the pages of habits ask of the database does not grow with the habits, nor with their years.
@Suite struct HabitStatementsTests {
  private let site: Site
  private let ana: Browser
  private static let pages = ["/", "/habits", "/habits?q=a", "/review"]

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  /// Habits that have been kept for some years, with a tick of today, which stores what is reckoned of them.
  private func keep(_ count: Int, years: Int) throws -> String {
    var id = ""
    for number in 0..<count {
      id = try ana.habit(["name": "A habit, number \(number)"])
      try site.owner.run("UPDATE habits SET created_on = created_on - \(years * 365)::int WHERE id = \(id)::uuid")
      try site.owner.run("UPDATE habit_frequencies SET from_date = from_date - \(years * 365)::int WHERE habit_id = \(id)::uuid")
      try site.owner.run(
        """
        INSERT INTO habit_days (habit_id, user_id, date, state, notes, source, timezone, ticked_at)
        SELECT id, user_id, d::date, 'done', '', 'page', 'UTC', d FROM habits h,
          generate_series(h.created_on, \(site.now)::date - 1, interval '1 day') d WHERE h.id = \(id)::uuid AND extract(day FROM d) <> 7
        """)
      #expect(ana.post("/habits/\(id)/completions").status == 303)
    }
    ana.get("/habits")  // Takes the flash line.
    return id
  }

  private func statements(_ id: String) throws -> [Int] {
    let watch = try site.watchRequests()
    return (Self.pages + ["/habits/\(id)"]).map { path in
      watch.forget()
      #expect(ana.get(path).status == 200, "\(path)")
      return watch.statements.count
    }
  }

  @Test func `pages of habits ask as much for many habits of many years as for one of a day`() throws {
    let few = try statements(keep(1, years: 0))
    let many = try statements(keep(12, years: 10))
    #expect(many == few, "\(Self.pages)")
    #expect(few.allSatisfy { $0 > 0 && $0 <= 22 }, "\(few)")
  }

  /// Once when its row is locked: what the coach says of it is reckoned from what the tick changes.
  @Test func `a tick reads its habit once, and asks nothing of reminders that it does not have`() throws {
    let id = try keep(2, years: 10)
    let watch = try site.watchRequests()
    // It is done already, so no milestone is passed, whose date takes more.
    #expect(ana.post("/habits/\(id)/completions", ["notes": "Again."]).status == 303)
    #expect(watch.statements.count { $0.contains("habit_frequencies") } == 1, "\(watch.statements)")
    #expect(watch.statements.count { $0.contains("FROM reminders") } == 1, "\(watch.statements)")
    #expect(watch.statements.count { $0.contains("FROM coach_messages") } == 1, "\(watch.statements)")
  }

  @Test func `a list of habits and the page of one find their days by an index`() throws {
    let id = try keep(3, years: 10)
    try site.owner.run("ANALYZE")
    for path in ["/", "/habits", "/habits/\(id)", "/review"] {
      try site.owner.run("UPDATE habit_lines SET line = NULL, week = NULL, stamp = stamp + 1")
      let watch = try site.watchRequests()
      #expect(ana.get(path).status == 200)
      #expect(watch.plans.contains { $0.contains("habit_days") }, "\(path)")
      for plan in watch.plans { #expect(!plan.contains("Seq Scan on habit_days"), "\(path): \(plan)") }
    }
  }

  @Test func `the button of a date leads where the paths say`() throws {
    let (id, day) = (try ID<Habit>("0191a000-0000-7000-8000-00000000000a").unwrapped, try Day(iso: "2027-01-04").unwrapped)
    func text(_ undoing: String?) -> String {
      var html = HTMLWriter(words: Words(language: "en"))
      html.url(HabitItem.DayAction(habit: id, undoing: undoing))
      return String(decoding: html.bytes, as: UTF8.self)
    }
    #expect(text(nil) == Paths.completions(id).text)
    #expect(text(day.iso) == Paths.uncompletion(id, day).text)
  }

  @Test(arguments: ["/search?q=lakes", "/habits?q=lakes"])
  func `a search looks at the days that have a note, and at no others`(path: String) throws {
    let id = try keep(3, years: 10)
    let today = Zone.utc.local(site.now).day.iso
    #expect(ana.post("/habits/\(id)/notes", ["date": today, "notes": "Around both lakes"]).status == 303)
    try site.owner.run("ANALYZE")
    let watch = try site.watchRequests()
    #expect(ana.get(path).text.contains("/habits/\(id)"))
    let plans = watch.plans.filter { $0.contains("plain(n.notes)") }
    #expect(!plans.isEmpty)
    // Two indexes hold those alone: in the order of the person's dates, and habit by habit.
    for plan in plans { #expect(plan.contains(" using habit_days_noted"), "\(plan)") }
  }
}
