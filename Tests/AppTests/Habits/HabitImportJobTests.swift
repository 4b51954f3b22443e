import Foundation
import Postgres
import TestSupport
import Testing
import Web

@testable import App
@testable import Domain

/// A large import is a worker's, in one transaction that it does by parts (issue 9, section 8, and hard case 24).
@Suite struct HabitImportJobTests: HabitImportJobs {
  let site: Site
  let ana: Browser

  init() throws {
    site = try Self.site()
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  @Test func `it tells how far it has come, nothing of it is seen before all is, and it comes to what a request makes of the file`() throws
  {
    let place = try order(Self.large)
    let first = ana.get(place)
    #expect(
      first.fact("import-state") == "waiting" && first.text.contains("You may leave this page.")
        && first.text.contains("It waits for its turn."))
    #expect(first.text.contains("<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>"))
    // The first has the line of the order, too.
    let tag = try ana.get(place).header("ETag").unwrapped
    #expect(ana.get(place, ["if-none-match": tag]).status == 304)
    let worker = try importer()
    var seen: [String] = []
    while try worker.cycle(site.now) {
      let page = ana.get(place)
      guard let done = page.fact("import-done") else { continue }
      seen.append(done)
      #expect(page.status == 200 && page.fact("import-state") == "running" && page.fact("import-total") == "12000")
      #expect(ana.get(place, ["if-none-match": tag]).status == 200)
      #expect(ana.get(place, ["if-none-match": try page.header("ETag").unwrapped]).status == 304)
      #expect(page.text.contains("<progress value=\"\(done)\" max=\"12000\""))
      #expect(try tally() == "0 0 running 0", "at \(done)")
    }
    #expect(seen == ["0", "0", "5000", "10000", "12000"], "parts")
    let result = ana.get(place)
    #expect(result.text.contains(">12,000</data>"), "as it is read")
    #expect(result.importFacts == "6 12000 0 0" && result.text.contains("Take it back") && !result.text.contains("http-equiv=\"refresh\""))
    #expect(try tally() == "6 12000 done 1")
    #expect(try site.count("SELECT count(*) FROM habit_imports WHERE file IS NULL AND choices IS NULL AND job_id IS NOT NULL") == 1)
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'habit_import.ordered'") == 1)
    #expect(ana.get("/settings/audit").text.contains("Began to import a file of habits."))
    let other = try Self.site(importedAtOnce: nil)
    let bob = try other.person("bob@x.test", zone: "America/Sao_Paulo")
    #expect(try bob.confirmHabits(bob.sendHabits(Self.large)).status == 303)
    #expect(
      try other.count("SELECT count(*) FROM jobs WHERE kind = 'habits.import'") == 0
        && other.count("SELECT count(*) FROM habit_days") == 12_000)
    #expect(try figures() == figures(of: other))
    // And taken back as any other.
    #expect(ana.post(place + "/deletion").location == place)
    #expect(ana.get(place).text.contains("This import was taken back."))
    #expect(try site.count("SELECT count(*) FROM habits WHERE status <> 'deleted'") == 0)
    #expect(site.logged.isEmpty && site.workLogged.isEmpty && other.logged.isEmpty)
  }

  @Test func `what was chosen is made so, whatever the person's language is by then`() throws {
    let days = (1...28).map { "2027-01-\($0 < 10 ? "0" : "")\($0)" }
    let lines = ["Água", "Run", "Read", "Left", "Mine"].flatMap { name in days.map { "\(name);\($0);\(name == "Água" ? "1,5" : "x")\n" } }
    let mine = try ana.habit(["name": "Other"])
    let place = try order(
      "habit;date;value\n" + lines.joined(),
      [
        "target_1": "2.5", "name_1": "Water\u{301} – 1", "frequency_2": "per_week", "times_2": "3", "frequency_3": "per_month",
        "times_3": "9",
        "habit_4": "none", "habit_5": mine,
      ])
    try site.owner.run("UPDATE users SET language = 'pt-BR' WHERE id = \(ana.user)")
    let page = ana.get(place)
    #expect(page.text.contains("Está esperando sua vez.") && page.text.contains("Interromper"))
    let worker = try importer()
    try worker.cycle(site.now)
    #expect(ana.get(place).text.contains("0 de 112 dias"))
    _ = try worker.runOnce { site.now }
    #expect(ana.get(place).importFacts == "4 112 0 0")
    #expect(
      try site.asks("Water\u{301} – 1") == ["daily at_least 2.5 day"] && site.asks("Run") == ["per_week 3"]
        && site.asks("Read") == ["per_month 9"])
    #expect(try site.days("Other").count == 28 && site.count("SELECT count(*) FROM habits WHERE name IN ('Left', 'Mine')") == 0)
  }

  @Test func `what falls due meanwhile rings between two parts`() throws {
    let id = try ana.remind(nil, next: site.now.advanced(seconds: 30))
    _ = try order(Self.large)
    let worker = try importer()
    for _ in 0..<3 { try worker.cycle(site.now) }
    #expect(try ana.state(id) == "none" && tally() == "0 0 running 0")
    site.pass(seconds: 30)
    try worker.cycle(site.now)
    #expect(try ana.state(id).hasPrefix("active"))
    #expect(try tally() == "0 0 running 0", "it is still at it")
    _ = try worker.runOnce { site.now }
    #expect(try tally() == "6 12000 done 1")
  }

  @Test func `hard case 24: confirmed again while it runs and after it, it is the first result`() throws {
    let preview = ana.sendHabits(Self.large)
    let first = try ana.confirmHabits(preview)
    let second = try ana.confirmHabits(preview, ["habit_1": "none"])
    #expect(second.status == 303 && second.location == first.location)
    #expect(try ana.get(first.location.unwrapped).text.contains("This is being imported already."))
    let worker = try importer()
    for _ in 0..<3 { try worker.cycle(site.now) }
    #expect(try ana.confirmHabits(preview).location == first.location)
    _ = try worker.runOnce { site.now }
    #expect(try ana.confirmHabits(preview).location == first.location)
    #expect(try tally() == "6 12000 done 1" && site.count("SELECT count(*) FROM audit_log WHERE action = 'habit_import.ordered'") == 1)
  }

  @Test func `stopped before it begins, or at any part, nothing of it is stored, and the next one is made`() throws {
    let worker = try importer()
    for parts in [0, 1, 2, 4, 5] {
      let place = try order(Self.large)
      for _ in 0..<parts { try worker.cycle(site.now) }
      let stopped = ana.post(place + "/deletion")
      #expect(stopped.location == "/habits/import", "after \(parts)")
      #expect(ana.get("/habits/import").text.contains("The import was stopped. Nothing of it is stored."))
      _ = try worker.runOnce { site.now }
      #expect(ana.get(place).status == 404)
      #expect(try site.count("SELECT (SELECT count(*) FROM habits) + (SELECT count(*) FROM habit_imports)") == 0, "after \(parts)")
    }
    _ = try order(Self.large)
    _ = try worker.runOnce { site.now }
    #expect(try site.count("SELECT count(*) FROM habit_days") == 12_000 && site.workLogged.isEmpty)
  }

  @Test func `a file that is sent while one runs is a preview of its own, and can be taken in meanwhile`() throws {
    let place = try order(Self.large)
    let worker = try importer()
    for _ in 0..<2 { try worker.cycle(site.now) }
    let small = ana.sendHabits("habit,date\nSmall,2027-02-01\n")
    #expect(small.importFacts == "1 1 0 0")
    let smaller = ana.sendHabits("habit,date\nSmaller,2027-02-01\n")
    #expect(try ana.confirmHabits(small).status == 409, "another took its place")
    #expect(ana.get(place).fact("import-state") == "running")
    #expect(try ana.confirmHabits(smaller).status == 303)
    #expect(try ana.get("/habits/import/\(ana.sendHabits("habit,date\nX,2027-02-01\n").fact("import").unwrapped)").status == 200)
    _ = try worker.runOnce { site.now }
    #expect(ana.get(place).importFacts == "6 12000 0 0")
    let names: [String] = try site.owner.rows(Query(column: "SELECT name || ' ' || position FROM habits ORDER BY position"))
    #expect(names == ["Smaller 1", "H1 2", "H2 3", "H3 4", "H4 5", "H5 6", "H6 7"], "behind what was made meanwhile")
  }

  @Test func `hard case 27: strangers, housemates and viewers see nothing of it, and stop nothing`() throws {
    let place = try order(Self.large)
    let worker = try importer()
    for _ in 0..<2 { try worker.cycle(site.now) }
    let missing = "/habits/import/0190ffff-0000-7000-8000-000000000000"
    for other in [
      try site.person("bob@x.test", sharing: ana), try site.person("eve@x.test"),
      try site.person("vic@x.test", sharing: ana, role: .viewer),
    ] {
      #expect(other.get(place).status == 404 && other.get(place).unmasked == other.get(missing).unmasked)
      for what in ["/confirmation", "/deletion"] { #expect(other.post(place + what).status == 404) }
    }
    _ = try worker.runOnce { site.now }
    #expect(try tally() == "6 12000 done 1")
    #expect(try site.count("SELECT count(*) FROM habits WHERE user_id <> \(ana.user)") == 0)
  }

  @Test func `a page that is waited for long says so, and one that waits beyond its day is there as long as it is to be done`() throws {
    let place = try order(Self.large)
    site.pass(seconds: 179)
    #expect(ana.get(place).fact("import-state") == "waiting")
    site.pass(seconds: 1)
    let page = ana.get(place)
    #expect(page.fact("import-state") == "long" && page.text.contains("This takes longer than it should."))
    #expect(!page.text.contains("http-equiv=\"refresh\"") && page.links.contains(place))
    site.pass(hours: 30)
    #expect(ana.get(place).fact("import-state") == "long")
    _ = try site.worker(doing: features).runOnce { site.now }
    #expect(ana.get(place).importFacts == "6 12000 0 0")
  }

  @Test func `dates are added to habits that are there, which nobody has to wait for, and their reminders hear of it`() throws {
    let ring = try ana.habit(["name": "H1", "reminder": "on", "preferred_time": "11:00"])
    let quiet = try ana.habit(["name": "H2"])
    site.pass(hours: 23)
    _ = try site.work()
    #expect(try site.text("SELECT state FROM escalations") == "active", "it rings for today")
    let file = Self.table(["H1", "H2", "H3"], days: 2_000, through: Day(20_860))
    let place = try order(file)
    let worker = try importer()
    // The new one is made, its days and the older ones of the others are written.
    for _ in 0..<5 { try worker.cycle(site.now) }
    #expect(try ana.get(place).fact("import-done") == "5980" && tally() == "2 0 running 0")
    // While its transaction is open: a date that the file has too, another, and the other habit put in its place.
    try site.web.run("SET lock_timeout = 300")
    #expect(ana.post("/habits/\(quiet)/completions", ["date": "2027-02-10", "notes": "mine"]).status == 303)
    #expect(ana.post("/habits/\(quiet)/completions", ["date": "2027-02-11"]).status == 303)
    #expect(ana.post("/habits/\(ring)/position", ["position": "2"]).status == 303)
    _ = try worker.runOnce { site.now }
    #expect(ana.get(place).importFacts == "3 5998 2 0")
    #expect(try site.days("H2").suffix(2) == ["2027-02-10 done (mine)", "2027-02-11 done"])
    #expect(try site.text("SELECT state FROM escalations") != "active", "today is done")
    #expect(try site.count("SELECT count(*) FROM habits WHERE state_next > '2027-01-20' AND year_next IS NOT NULL") == 3)
    #expect(try site.days("H1").count == 2_000)
    #expect(site.workLogged == ["audit.heads"] && site.logged == [])
    // The same once more: nothing new, and undo takes back what was added.
    let again = ana.sendHabits(file)
    #expect(again.importFacts == "3 0 6000 0")
    #expect(ana.post(place + "/deletion").status == 303)
    #expect(try site.days("H2") == ["2027-02-10 done (mine)", "2027-02-11 done"] && site.days("H1").isEmpty)
  }
}
