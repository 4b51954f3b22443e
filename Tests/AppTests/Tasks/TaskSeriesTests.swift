import Postgres
import Testing

@testable import App
@testable import Domain

/// Tasks that come again, by request, with issue 12's hard cases 10 and 12 to 15.
@Suite struct TaskSeriesTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  private func be(_ time: String) throws {
    site.now = try Instant(iso: time).unwrapped
    try ana.openSession()
  }

  /// "P done 2027-03-01, P open 2027-03-08".
  private func dated() throws -> String {
    try site.text(
      "SELECT string_agg(concat_ws(' ', title, status, due), ', ' ORDER BY title, due, status) FROM tasks WHERE deleted_at IS NULL") ?? ""
  }

  /// The instance behind the first.
  private func next() throws -> String {
    try site.text("SELECT concat_ws(' ', due, due_at AT TIME ZONE 'America/New_York', passed_over) FROM tasks WHERE series_no = 2")
      ?? "none"
  }

  @Test(arguments: [("2027-02-27", "2027-03-08 0"), ("2027-03-08", "2027-03-08 0"), ("2027-03-10", "2027-03-15 1")])
  func `Hard case 12: a weekly Monday task that is done early, on its next day and late`(day: String, expected: String) throws {
    try be(day + "T17:00:00Z")
    let task = try ana.task(["title": "Water", "due": "2027-03-01", "cron": "every monday"])
    let shown = ana.get("/tasks/\(task)")
    #expect(shown.fact("repeat")?.contains("BYDAY=MO") == true && shown.text.contains("Every Monday"))
    #expect(planned.act(task, "completion").status == 303)
    #expect(try next() == expected)
    let page = ana.get("/tasks/\(task)")
    #expect(page.text.contains("The next one is due") && page.text.contains("number 1 of its series"))
    #expect(page.text.contains("1 date was passed over.") == (day == "2027-03-10"))
    #expect(page.text.contains("Finished 9 days late") == (day == "2027-03-10"))
    #expect(ana.get("/tasks").text.contains("↻ Every Monday"))
    try planned.check()
  }

  @Test(arguments: [
    ("2027-01-31T17:00:00Z", "2027-01-31", "monthly", "31", "due", "", "2027-03-31 0"),
    ("2027-01-31T17:00:00Z", "2027-01-31", "cron", "", "due", "last day of the month", "2027-02-28 0"),
    ("2027-01-31T17:00:00Z", "2027-01-31", "monthly", "", "completion", "", "2027-02-28 0"),
    // Half past midnight in New York, and still the day before where days begin at four.
    ("2027-03-10T05:30:00Z", "2027-03-08", "cron", "", "completion", "every 3 days", "2027-03-13 0"),
    ("2027-03-01T17:00:00Z", "2027-03-01", "cron", "", "due", "every day at 9", "2027-03-02 2027-03-02 09:00:00 0"),
    ("2027-03-01T17:00:00Z", "2027-03-01", "cron", "", "due", "FREQ=DAILY;COUNT=1", "none"),
  ])
  func `Hard case 13: months, their last day, and what counts from completion`(
    now: String, due: String, unit: String, on: String, from: String, words: String, expected: String
  ) throws {
    try be(now)
    let task = try ana.task([
      "title": "T", "due": due, "repeat": unit, "repeat_on": on, "repeat_from": from, "cron": words,
    ])
    #expect(planned.act(task, "completion").status == 303)
    #expect(try next() == expected, "\(words) \(unit)")
  }

  @Test func `Hard case 14: subtasks come along as open ones, and what was changed since stays`() throws {
    let goal = try ana.goal(["title": "G"])
    let parent = try ana.task([
      "title": "P", "due": "2027-03-01", "repeat": "weekly", "repeat_days": "mon", "tags": "home", "goal": goal, "estimate": "30",
    ])
    let first = try ana.task(["title": "A", "parent": parent, "due": "2027-03-02"])
    let second = try ana.task(["title": "B", "parent": parent])
    let other = try ana.task(["title": "X"])
    try ana.link(parent, "depends_on", other)
    #expect(planned.act(other, "completion").status == 303 && planned.act(first, "completion").status == 303)
    let below = ana.post("/tasks/\(second)", ["title": "B", "parent": parent, "cron": "every day", "version": "1"])
    #expect(below.status == 422 && below.text.contains("“P” comes again"))
    let moved = try ana.task(["title": "M", "due": "2027-03-01", "cron": "every day"])
    #expect(planned.act(moved, "position", ["parent": parent]).status == 422)
    #expect(planned.act(moved, "deletion").status == 303)
    #expect(planned.act(parent, "completion", ["scope": "all"]).status == 303)
    let after = "A done 2027-03-02, A open 2027-03-09, B done, B open, P done 2027-03-01, P open 2027-03-08, X done"
    #expect(try dated() == after)
    #expect(try site.count("SELECT count(*) FROM tags WHERE tag = 'home'") == 2)
    #expect(try site.text("SELECT string_agg(type, ' ' ORDER BY type) FROM entity_links") == "depends_on supports_goal supports_goal")
    try planned.check()
    // Nobody touched it: it goes again, with its subtasks.
    #expect(ana.post(try planned.undo(on: "/tasks/\(parent)")).status == 303)
    #expect(try dated() == "A done 2027-03-02, B open, P open 2027-03-01, X done")
    try planned.check()
    #expect(planned.act(parent, "completion", ["scope": "all"]).status == 303)
    let undo = try planned.undo(on: "/tasks/\(parent)")
    let later = try site.text("SELECT id::text FROM tasks WHERE series_no = 2").unwrapped
    #expect(ana.post("/tasks/\(later)", ["title": "P2", "due": "2027-03-08", "version": "1"]).status == 303)
    #expect(ana.post(undo).status == 303)
    #expect(ana.get("/tasks/\(parent)").text.contains("Left, for it changed since: “P2”."))
    #expect(
      try site.text("SELECT string_agg(title || coalesce(series_no::text, '-'), ' ' ORDER BY title) FROM tasks WHERE title LIKE 'P%'")
        == "P- P22")
    try planned.check()
  }

  @Test func `Hard case 15: pressed twice at once there is one next, and an old one comes back outside of the series`() throws {
    let task = try ana.task(["title": "D", "due": "2027-03-01", "cron": "every day"])
    let devices = try Devices(2, of: ana)
    devices.atOnce { _, browser in #expect(browser.post("/tasks/\(task)/completion").status == 303) }
    #expect(try dated() == "D done 2027-03-01, D open 2027-03-02")
    #expect(planned.act(task, "deletion").status == 303 && ana.post("/trash/task/\(task)/restoration").status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE series_id IS NULL AND status = 'done'") == 1)
    #expect(planned.act(task, "reopening").status == 303)
    #expect(try dated() == "D open 2027-03-01, D open 2027-03-02")
    try planned.check()
  }

  @Test(arguments: [false, true])
  func `one that lay in the archive while its series went on comes out of it outside of the series`(byUndo: Bool) throws {
    let first = try ana.task(["title": "D", "due": "2027-03-01", "cron": "every day"])
    #expect(planned.act(first, "completion").status == 303)
    let second = try site.text("SELECT id::text FROM tasks WHERE series_no = 2").unwrapped
    #expect(planned.act(second, "deletion").status == 303 && planned.act(first, "reopening").status == 303)
    site.pass(seconds: 1)
    #expect(planned.act(first, "archival").status == 303)
    let undo = try planned.undo()
    #expect(ana.post("/trash/task/\(second)/restoration").status == 303)
    let back = byUndo ? ana.post(undo) : planned.act(first, "reopening")
    #expect(back.status == 303, "\(site.logged)")
    #expect(try dated() == "D open 2027-03-01, D open 2027-03-02")
    #expect(try site.text("SELECT string_agg(id::text, ' ') FROM tasks WHERE series_id IS NULL") == first)
    try planned.check()
  }

  @Test func `what comes again goes to the top when it comes back below something that comes again by now`() throws {
    let parent = try ana.task(["title": "P", "due": "2027-03-01"])
    let child = try ana.task(["title": "C", "parent": parent, "due": "2027-03-01", "cron": "every day"])
    #expect(planned.act(child, "deletion").status == 303)
    #expect(ana.post("/tasks/\(parent)", ["title": "P", "due": "2027-03-01", "cron": "every monday", "version": "1"]).status == 303)
    #expect(ana.post("/trash/task/\(child)/restoration").status == 303)
    #expect(ana.get("/tasks/\(child)").text.contains("It stands at the top now."))
    #expect(try site.count("SELECT count(*) FROM tasks WHERE series_no = 1 AND parent_id IS NULL") == 2)
  }

  @Test func `reopening takes the next away unless it was touched, and cancelling asks for the series`() throws {
    let task = try ana.task(["title": "D", "due": "2027-03-01", "cron": "every day"])
    #expect(planned.act(task, "completion").status == 303 && planned.act(task, "reopening").status == 303)
    #expect(try dated() == "D open 2027-03-01")
    #expect(planned.act(task, "completion").status == 303)
    let eve = try site.person("eve@x.test")
    let next = try ID<Task>(site.text("SELECT id::text FROM tasks WHERE series_no = 2").unwrapped).unwrapped
    try site.web.transaction {
      try site.web.run(
        "SELECT set_config('heed.user_id', \(eve.user.text), true), set_config('heed.account_id', \(eve.account.text), true)")
      try site.web.run("SELECT door.drop_next_task(\(next))")
    }
    #expect(try dated() == "D done 2027-03-01, D open 2027-03-02")
    // What serves a goal since is touched, although its own row is as it was.
    site.pass(seconds: 1)
    try ana.link(next.text, "supports_goal", "goal:" + ana.goal(["title": "G"]))
    #expect(planned.act(task, "reopening").status == 303)
    #expect(ana.get("/tasks/\(task)").text.contains("“D”, which came after it, stays, for it was changed since."))
    #expect(try site.count("SELECT count(*) FROM tasks WHERE series_id IS NULL") == 1)

    let asked = planned.act(next.text, "cancellation")
    #expect(asked.status == 409 && asked.text.contains("The whole series") && asked.text.contains("Only this one"))
    #expect(planned.act(next.text, "cancellation", ["scope": "one"]).status == 303)
    #expect(try dated() == "D open 2027-03-01, D cancelled 2027-03-02, D open 2027-03-03")
    let third = try site.text("SELECT id::text FROM tasks WHERE series_no = 3").unwrapped
    #expect(planned.act(third, "cancellation", ["scope": "series"]).status == 303)
    #expect(try dated() == "D open 2027-03-01, D cancelled 2027-03-02, D cancelled 2027-03-03")
    #expect(try site.count("SELECT count(*) FROM task_repeats WHERE ended_at IS NOT NULL") == 1)
    #expect(ana.post(try planned.undo(on: "/tasks/\(third)")).status == 303)
    #expect(try site.count("SELECT count(*) FROM task_repeats WHERE ended_at IS NOT NULL") == 0)
    try planned.check()
  }

  @Test func `the form says a repeat in words or by controls, keeps it, and shows its next five dates`() throws {
    for (fields, field) in [
      (["title": "T", "cron": "every 2 hours"], "cron"), (["title": "T", "cron": "0 9 * * 1-5"], "cron"),
      (["title": "T", "repeat": "cron"], "cron"), (["title": "T", "cron": "every friday", "repeat_from": "completion"], "repeat_from"),
      (["title": "T", "repeat": "monthly", "repeat_on": "first_mon", "repeat_from": "completion"], "repeat_from"),
      (["title": "T", "repeat": "daily", "repeat_every": "0"], "repeat_every"), (["title": "T", "repeat": "hourly"], "repeat"),
    ] as [(KeyValuePairs<String, String>, String)] {
      let page = ana.post("/tasks", fields)
      #expect(page.status == 422 && page.complaints.contains(field), "\(fields) \(page.complaints)")
    }
    _ = try ana.task(["title": "Pay rent"])
    let preview = ana.post("/tasks/preview", ["title": "pay  RENT", "due": "2027-03-05", "cron": "every friday"])
    #expect(preview.status == 200 && preview.text.contains("Every Friday") && preview.text.contains("Already on your list:"))
    for day in ["12", "19", "26"] { #expect(preview.text.contains("<time datetime=\"2027-03-\(day)\"")) }
    #expect(ana.post("/tasks/preview", ["title": "", "cron": "x"]).status == 422)
    // Without a date its first is the next that the rule gives.
    let task = try ana.task(["title": "T", "repeat": "weekly", "repeat_days": "wed", "repeat_at": "09:00"])
    #expect(ana.get("/tasks/\(task)").fact("due") == "2027-03-03T14:00:00Z")
    let form = ana.get("/tasks/\(task)/edit").text
    #expect(form.contains("value=\"09:00\""))
    #expect(ana.post("/tasks/\(task)", ["title": "T2", "due": "2027-03-03 09:00", "version": "1"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE series_no = 1") == 1)
    #expect(ana.post("/tasks/\(task)", ["title": "T2", "due": "2027-03-03", "repeat": "", "version": "2"]).status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE series_id IS NOT NULL") == 0)
    #expect(try site.count("SELECT count(*) FROM task_repeats WHERE ended_at IS NOT NULL") == 1)
  }

  @Test func `Hard case 10: what is put off comes back by the clocks of where the person is by then`() throws {
    try site.owner.run("UPDATE users SET timezone = 'Asia/Tokyo', day_start = 4")
    try ana.openSession()
    let (day, never) = (try ana.task(["title": "A"]), try ana.task(["title": "B"]))
    #expect(planned.act(day, "deferral", ["until": "2027-03-03"]).status == 303 && planned.act(never, "deferral").status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE wake_at = '2027-03-02T19:00:00Z'") == 1)
    let begun = try ana.task(["title": "C"])
    #expect(planned.act(begun, "deferral", ["until": "2027-03-03"]).status == 303 && planned.act(begun, "start").status == 303)
    let undo = try planned.undo(on: "/tasks/\(begun)")
    let version = try site.count("SELECT version FROM users WHERE id = \(ana.user)")
    let page = ana.post(
      "/settings/profile", ["display_name": "Ana", "timezone": "Pacific/Honolulu", "day_start": "4", "version": "\(version)"])
    #expect(page.status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE wake_at = '2027-03-03T14:00:00Z'") == 1)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE status = 'deferred' AND wake_at IS NULL") == 1)
    // What is taken back comes back by the clocks of now too.
    #expect(ana.post(undo).status == 303)
    #expect(try site.count("SELECT count(*) FROM tasks WHERE status = 'deferred' AND wake_at = '2027-03-03T14:00:00Z'") == 2)
  }
}
