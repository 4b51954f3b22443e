import Domain
import Postgres
import Testing

@testable import App

/// What the coach says of habits, by request and by itself. Monday 4 January 2027, noon in São Paulo.
@Suite struct CoachMessagesTests {
  private let site: Site
  private let ana: Browser
  private let monday = Day(iso: "2027-01-04") ?? .first

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-01-04T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  /// "event date" of each message that is not deleted, in their order.
  private func said(_ which: SQL = "true") throws -> [String] {
    try site.owner.rows(
      Query(column: "SELECT event || ' ' || date FROM coach_messages WHERE deleted_at IS NULL AND \(which) ORDER BY date, event"))
  }

  private func tick(_ id: String, _ day: Int) {
    #expect(ana.post("/habits/\(id)/completions", ["date": monday.advanced(by: day).iso]).status == 303)
  }

  private func undo(_ id: String, _ day: Int) {
    #expect(ana.post("/habits/\(id)/completions/\(monday.advanced(by: day).iso)/deletion").status == 303)
  }

  private func wait(days: Int) throws {
    for _ in 0..<days {
      site.pass(hours: 24)
      try site.work()
    }
  }

  private func settings(_ fields: KeyValuePairs<String, String>) { #expect(ana.post("/settings/coach", fields).status == 303) }

  @Test func `a tick gets one message, whatever is undone and done again, and the page shows it as written without AI`() throws {
    let id = try ana.habit(["name": "Read"])
    #expect(try said() == [])
    tick(id, 0)
    undo(id, 0)
    tick(id, 0)
    #expect(try said() == ["habit_complete 2027-01-04"])
    for target in ["/coach", "/habits/\(id)"] {
      let page = ana.get(target)
      #expect(page.fact("message") == "habit_complete" && page.fact("written") == "template", "\(target)")
      #expect(page.text.contains("written without AI") && page.text.contains("“Read”"), "\(target)")
    }
    #expect(try site.text("SELECT prompt FROM coach_messages")?.hasPrefix("yoda.en.habit_complete.") == true)
  }

  @Test func `a tick says its words at once, also on the list`() throws {
    let id = try ana.habit(["name": "Read"])
    _ = ana.post("/habits/\(id)/completions", ["next": "/habits"])
    let words = try site.text("SELECT text FROM coach_messages").unwrapped
    #expect(ana.get("/habits").text.contains("Coach, without AI: “\(words)”"))
  }

  @Test func `hard case 15: a milestone is said once, undone and done again, in any order`() throws {
    let id = try ana.habit()
    for day in [-2, -1, 0] { tick(id, day) }
    #expect(try said("event = 'streak'") == ["streak 2027-01-04"])
    undo(id, 0)
    tick(id, 0)
    undo(id, -1)
    tick(id, -1)
    #expect(try said("event = 'streak'") == ["streak 2027-01-04"])
    // The longest one fell and came back.
    #expect(ana.get("/habits/\(id)").fact("longest-streak") == "3")
  }

  @Test func `many habits done in one press have a message each`() throws {
    let ids = try ["Read", "Run"].map { try ana.habit(["name": $0]) }
    let body = (["csrf=\(ana.token())", "action=completion"] + ids.map { "id=" + $0 }).joined(separator: "&")
    for _ in 0..<2 { #expect(ana.post("/habits/bulk", raw: Array(body.utf8)).status == 303) }
    #expect(try said() == ["habit_complete 2027-01-04", "habit_complete 2027-01-04"])
    #expect(try site.count("SELECT count(DISTINCT habit_id) FROM coach_messages") == 2)
  }

  @Test func `hard case 15: a deleted habit's messages come back with it`() throws {
    let id = try ana.habit()
    tick(id, 0)
    #expect(ana.post("/habits/\(id)/deletion").status == 303)
    #expect(ana.get("/coach").fact("message") == nil)
    #expect(ana.post("/habits/\(id)/restoration").status == 303)
    #expect(ana.get("/coach").fact("message") == "habit_complete")
  }

  @Test func `a missed day gets one message, the second in a row one that offers, then it is quiet until the next tick`() throws {
    let id = try ana.habit(["name": "Read"])
    tick(id, 0)
    try wait(days: 1)
    #expect(try said() == ["habit_complete 2027-01-04"])
    try wait(days: 4)
    #expect(try said("event = 'habit_fail'") == ["habit_fail 2027-01-05", "habit_fail 2027-01-06"])
    let page = ana.get("/habits/\(id)")
    let offers = page.links.filter { $0.contains(id) && ($0.contains("offer=") || $0.hasSuffix("#preferred_time")) }
    #expect(
      offers == ["/habits/\(id)/edit?offer=smaller#frequency", "/habits/\(id)/edit#preferred_time", "/habits/\(id)?offer=pause#pause"])
    // Filled in, and nothing is changed by looking.
    let form = ana.get("/habits/\(id)/edit?offer=smaller")
    #expect(form.text.contains("value=\"per_week\" checked") && form.text.contains("name=\"times_per_week\" type=\"number\" value=\"4\""))
    #expect(ana.get("/habits/\(id)?offer=pause").text.contains("value=\"2027-01-16\""))
    tick(id, 5)
    try wait(days: 2)
    #expect(try said("event = 'habit_fail'").last == "habit_fail 2027-01-10")
  }

  @Test func `words about a miss go when the day is entered later, and do not come again`() throws {
    let id = try ana.habit()
    tick(id, 0)
    try wait(days: 2)
    #expect(try said("event = 'habit_fail'") == ["habit_fail 2027-01-05"])
    tick(id, 1)
    #expect(try said("event = 'habit_fail'") == [])
    undo(id, 1)
    try wait(days: 1)
    #expect(try said("event = 'habit_fail'").contains("habit_fail 2027-01-05") == false)
  }

  @Test func `a week is missed when it is over, paused and archived habits never`() throws {
    let weekly = try ana.habit(["name": "Run", "frequency": "per_week", "times_per_week": "2"])
    let paused = try ana.habit(["name": "Rest"])
    let archived = try ana.habit(["name": "Gone"])
    #expect(ana.post("/habits/\(paused)/pause", ["from": "2027-01-04"]).status == 303)
    #expect(ana.post("/habits/\(archived)/archival").status == 303)
    try wait(days: 6)
    #expect(try said() == [])
    try wait(days: 2)
    #expect(try said("habit_id = \(weekly)::uuid") == ["habit_fail 2027-01-04"])
    #expect(try said() == ["habit_fail 2027-01-04", "weekly_analysis 2027-01-04"])
  }

  @Test func `after days without a worker the newest miss is told, and old ones are not`() throws {
    let id = try ana.habit()
    tick(id, 0)
    try site.work()
    site.pass(hours: 24 * 3)
    #expect(ana.post("/habits/\(id)/completions", ["date": "2027-01-05"]).status == 303)
    try site.work()
    #expect(try said("event = 'habit_fail'") == ["habit_fail 2027-01-06"])
  }

  @Test func `what is brought along with its past is not told of it`() throws {
    let id = try ana.habit()
    tick(id, -1)
    try site.owner.run("UPDATE habits SET created_on = '2026-12-01', state = NULL, state_next = NULL WHERE id = \(id)::uuid")
    try wait(days: 1)
    // Missed on Monday, on which it came.
    #expect(try said("event = 'habit_fail'") == [])
    tick(id, 1)
    try wait(days: 2)
    #expect(try said("event = 'habit_fail'") == ["habit_fail 2027-01-06"])
  }

  @Test(arguments: [("all", 4), ("milestones", 1), ("never", 0)]) func `the coach speaks as it was asked to`(speak: String, count: Int)
    throws
  {
    settings(["speak": speak, "version": "1"])
    let id = try ana.habit()
    for day in [-2, -1, 0] { tick(id, day) }
    try wait(days: 2)
    #expect(try said().count == count)
    #expect((ana.get("/coach").text.contains("as you asked")) == (speak != "all"))
  }

  @Test func `a habit never hears the same words twice in a row`() throws {
    let id = try ana.habit()
    for _ in 0..<60 {
      _ = ana.get("/coach")
      #expect(ana.post("/habits/\(id)/completions").status == 303)
      site.pass(hours: 24)
    }
    let prompts: [String] = try site.owner.rows(Query(column: "SELECT prompt FROM coach_messages ORDER BY id"))
    #expect(prompts.count == 60)
    #expect(zip(prompts, prompts.dropFirst()).allSatisfy { $0 != $1 })
    #expect(try said("event = 'streak'").count == 4)
  }

  @Test func `a message is deleted once, comes back, and is never said again`() throws {
    let id = try ana.habit()
    tick(id, 0)
    let message = try site.text("SELECT id::text FROM coach_messages").unwrapped
    for _ in 0..<2 { #expect(ana.post("/coach/messages/\(message)/deletion").status == 303) }
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'coach.message_deleted'") == 1)
    #expect(ana.get("/coach").fact("message") == nil)
    undo(id, 0)
    tick(id, 0)
    #expect(try said() == [])
    #expect(ana.post("/coach/messages/\(message)/restoration").status == 303)
    #expect(try said() == ["habit_complete 2027-01-04"])
    // A day later the words are gone for good, and nothing brings back an empty message.
    _ = ana.post("/coach/messages/\(message)/deletion")
    try wait(days: 2)
    #expect(try site.text("SELECT text FROM coach_messages WHERE id = \(message)::uuid") == "")
    _ = ana.post("/coach/messages/\(message)/restoration")
    #expect(try said("id = \(message)::uuid") == [])
  }

  @Test func `a goal is spoken of once, however often it is reopened, and goes and comes with it`() throws {
    let page = ana.post("/goals", ["title": "Marathon"])
    let goal = try #require(page.location?.split(separator: "/").last.map { String($0) })
    for action in ["completion", "reopening", "completion"] { #expect(ana.post("/goals/\(goal)/\(action)").status == 303) }
    #expect(try said() == ["goal_complete 2027-01-04"])
    let shown = ana.get("/coach?event=goal_complete")
    #expect(shown.fact("message") == "goal_complete" && shown.links.contains("/goals/\(goal)") && shown.text.contains("“Marathon”"))
    #expect(ana.get("/coach?event=streak").fact("message") == nil)
    #expect(try site.count("SELECT count(*) FROM event_log WHERE kind = 'goal_completed'") == 2)
    #expect(ana.post("/goals/\(goal)/deletion").status == 303)
    #expect(ana.get("/coach").fact("message") == nil)
    #expect(ana.post("/goals/\(goal)/restoration").status == 303)
    #expect(ana.get("/coach").fact("message") == "goal_complete")
  }

  @Test func `a week is spoken of once`() throws {
    let texts = try site.owner.transaction {
      let owner = Query<Void>.setting(user: ana.user, account: ana.account, role: nil)
      let person = try site.owner.read(owner, Person.mine(site.services.zones)).1[0]
      let writing = CoachWriting(person: person, services: site.services, now: site.now, db: site.owner)
      let first = monday.advanced(by: -7)
      let week = CoachSaying.week(first: first, kept: CoachShare(5, of: 7), rate: 71, changeTenths: nil, best: nil)
      return try (0..<2).map { _ in try writing.week(week, first: first)?.text }
    }
    #expect(texts[0]?.contains("5 of 7") == true && texts[1] == nil)
    #expect(try said() == ["weekly_analysis 2026-12-28"])
  }

  @Test func `the list goes on page by page, newest first`() throws {
    let id = try ana.habit()
    for _ in 0..<52 {
      _ = ana.get("/coach")
      #expect(ana.post("/habits/\(id)/completions").status == 303)
      site.pass(hours: 24)
    }
    let first = ana.get("/coach")
    #expect(first.text.components(separatedBy: "data-fact=\"message\"").count == 51)
    let next = try first.links.first { $0.contains("after=") }.unwrapped
    #expect(ana.get(next).text.components(separatedBy: "data-fact=\"message\"").count == 3)
    #expect(ana.get("/coach?event=x").status == 422 && ana.get("/coach?after=x").status == 422)
  }

  @Test func `the first habit offers the three with a sample of each, until one is chosen`() throws {
    let form = ana.get("/habits/new").text
    for name in ["yoda", "general", "mentor"] { #expect(form.contains("name=\"personality\" value=\"\(name)\""), "\(name)") }
    #expect(form.components(separatedBy: "7 days in a row").count + form.components(separatedBy: "7 days").count > 3)
    let wrong = ana.post("/habits", ["name": "Read", "personality": "clown"])
    #expect(wrong.status == 422 && wrong.complaints == ["personality"])
    _ = try ana.habit(["name": "Read", "personality": "mentor"])
    #expect(try site.text("SELECT personality FROM users WHERE id = \(ana.user)") == "mentor")
    #expect(!ana.get("/habits/new").text.contains("name=\"personality\""))
    // Whoever says nothing keeps the standard, and is asked again.
    let eve = try site.person("eve@x.test")
    _ = try eve.habit(["name": "Read"])
    #expect(try site.text("SELECT personality FROM users WHERE id = \(eve.user)") == "yoda")
    #expect(eve.get("/habits/new").text.contains("name=\"personality\""))
  }

  @Test func `a change of personality and language speaks from the next message on`() throws {
    let id = try ana.habit()
    tick(id, -1)
    #expect(try site.text("SELECT personality || ' ' || language FROM coach_messages") == "yoda en")
    try site.owner.run("UPDATE users SET personality = 'mentor', language = 'pt-BR' WHERE id = \(ana.user)")
    tick(id, 0)
    let prompts: [String] = try site.owner.rows(Query(column: "SELECT prompt FROM coach_messages ORDER BY date"))
    #expect(prompts.map { String($0.prefix(12)) } == ["yoda.en.habi", "mentor.pt-BR"])
  }
}
