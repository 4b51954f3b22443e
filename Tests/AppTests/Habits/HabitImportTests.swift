import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Habits from files through the form: joined, renamed, left out, taken back, refused. Wednesday 10 February 2027 in São Paulo.
@Suite struct HabitImportTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-02-10T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private static let list = "habit,date,value\nRead,2027-02-01,x\nRead,2027-02-02,x\nRun,2027-02-01,5\nRun,2027-02-02,6\n"

  private func habits() throws -> [String] {
    try site.owner.rows(
      Query(column: "SELECT name || ' ' || kind || ' ' || status FROM habits WHERE user_id = \(ana.user) ORDER BY position, id"))
  }

  private func id(_ name: String) throws -> String { try site.text("SELECT id::text FROM habits WHERE name = \(name)").unwrapped }

  @Test func `hard case 24: nothing is stored before it is confirmed, and confirming twice is the first result`() throws {
    let preview = ana.sendHabits(Self.list)
    #expect(preview.status == 200 && preview.importFacts == "2 4 0 0")
    #expect(preview.facts("habit-new") == ["2", "2"] && preview.facts("habit-known") == ["0", "0"])
    #expect(try habits().isEmpty && site.count("SELECT count(*) FROM habit_days") == 0)
    let first = try ana.confirmHabits(preview)
    let second = try ana.confirmHabits(preview, ["habit_1": "none"])
    #expect(first.status == 303 && second.status == 303 && first.location == second.location)
    #expect(try habits() == ["Read tick active", "Run amount active"])
    #expect(try site.count("SELECT count(*) FROM audit_log WHERE action = 'habit_import.made'") == 1)
    let result = ana.get(try first.location.unwrapped)
    let read = try id("Read")
    #expect(result.importFacts == "2 4 0 0" && result.links.contains("/habits/\(read)"))
    #expect(try site.count("SELECT count(*) FROM habit_imports WHERE file IS NOT NULL") == 0, "the file is not kept longer")
  }

  @Test func `hard case 24: a name of ours is joined where ticks are ticks and the unit is the same, else it is new with a number`() throws
  {
    let read = try ana.habit(["name": "READ"])
    try ana.habit(["name": "Run"])
    #expect(ana.post("/habits/\(read)/completions", ["date": "2027-02-10"]).status == 303)
    #expect(ana.post("/habits/\(read)/completions", ["date": "2027-02-04", "notes": "mine"]).status == 303)
    let preview = ana.sendHabits("habit,date,value,note\nRead,2027-02-01,x,a\nRead,2027-02-04,skip,theirs\nRun,2027-02-01,5,\n")
    #expect(preview.importFacts == "2 2 1 0")
    #expect(preview.text.contains("<option value=\"\(read)\" selected>Add its days to “READ”</option>"))
    #expect(preview.text.contains("name=\"name_2\" type=\"text\" value=\"Run 2\""))
    #expect(try ana.confirmHabits(preview).status == 303)
    #expect(try habits() == ["READ tick active", "Run tick active", "Run 2 amount active"])
    #expect(try site.days("READ") == ["2027-02-01 done (a)", "2027-02-04 done (mine)", "2027-02-10 done"], "what is there stays as it is")
    // Its past is reckoned anew: it starts earlier.
    #expect(ana.get("/habits/\(read)").fact("since") == "2027-02-01")
    // A second time nothing is made twice, and what was renamed meanwhile is still known.
    try site.owner.run("UPDATE habits SET name = 'Jog' WHERE name = 'Run 2'")
    let again = ana.sendHabits("habit,date,value,note\nRead,2027-02-01,x,a\nRead,2027-02-04,skip,theirs\nRun,2027-02-01,5,\n")
    #expect(again.importFacts == "2 0 3 0")
    #expect(try ana.confirmHabits(again).status == 303)
    #expect(try habits() == ["READ tick active", "Run tick active", "Jog amount active"])
  }

  @Test func `two of one name in a file are two, also the second time`() throws {
    let kit = """
      {"habits":[{"id":"a","name":"Read","createdAt":"2026-12-01T08:00:00.000Z"},{"id":"b","name":"read","createdAt":"2026-12-01T08:00:00.000Z"}],
      "completions":[{"date":"2027-01-04T12:00:00.000Z","habitId":"a","timezoneOffsetInMinutes":0,"amountOfCompletions":1},
      {"date":"2027-01-05T12:00:00.000Z","habitId":"b","timezoneOffsetInMinutes":0,"amountOfCompletions":1}],"intervals":[]}
      """
    for facts in ["2 2 0 0", "2 0 2 0"] {
      let preview = ana.sendHabits(kit)
      #expect(preview.importFacts == facts)
      #expect(try ana.confirmHabits(preview).status == 303)
    }
    #expect(try habits() == ["Read tick active", "read 2 tick active"])
    #expect(try site.days("Read") == ["2027-01-04 done"] && site.days("read 2") == ["2027-01-05 done"])
  }

  @Test func `hard case 24: a choice for each: left out, renamed, joined to another, or none of it`() throws {
    let jog = try ana.habit(["name": "Jog", "kind": "amount", "unit": "km", "target": "3"])
    let preview = ana.sendHabits(Self.list)
    let walk = try ana.habit(["name": "Walk"])
    #expect(try ana.confirmHabits(preview, ["habit_1": "none", "habit_2": "none"]).complaints == ["habit_1"])
    #expect(try ana.confirmHabits(preview, ["habit_2": walk]).complaints == ["habit_2"], "ticks and amounts are not one")
    #expect(
      try ana.confirmHabits(preview, ["habit_1": "sometimes", "habit_2": "0190ffff-0000-7000-8000-000000000000"]).complaints
        == ["habit_1", "habit_2"])
    #expect(
      try ana.confirmHabits(preview, ["name_1": "a\nb", "frequency_1": "hourly", "times_1": "9"]).complaints == ["name_1", "frequency_1"])
    for times in ["0", "8", "x", ""] {
      #expect(try ana.confirmHabits(preview, ["frequency_1": "per_week", "times_1": times]).complaints == ["times_1"], "\(times)")
    }
    #expect(try ana.confirmHabits(preview, ["frequency_1": "specific_days"]).complaints == ["frequency_1"], "the file has no days")
    let typed = try ana.confirmHabits(preview, ["name_1": "Books", "frequency_1": "per_month", "times_1": "32"])
    #expect(typed.status == 422 && typed.text.contains("value=\"Books\"") && typed.text.contains("value=\"32\""), "what was typed stays")
    #expect(try habits() == ["Jog amount active", "Walk tick active"])
    let made = try ana.confirmHabits(preview, ["name_1": "Books", "frequency_1": "per_week", "times_1": "7", "habit_2": jog])
    #expect(made.status == 303)
    #expect(try habits() == ["Jog amount active", "Walk tick active", "Books tick active"])
    #expect(try site.asks("Books") == ["per_week 7"] && site.days("Jog") == ["2027-02-01 done 5", "2027-02-02 done 6"])
    #expect(ana.get("/habits/\(jog)").fact("sum") == "11")
  }

  @Test func `both habits of a file joined to one: a date of both counts once`() throws {
    let read = try ana.habit(["name": "Both"])
    let preview = ana.sendHabits("habit,date\nA,2027-02-01\nA,2027-02-02\nB,2027-02-02\nB,2027-02-03\n")
    let made = try ana.confirmHabits(preview, ["habit_1": read, "habit_2": read])
    #expect(try ana.get(made.location.unwrapped).importFacts == "2 3 1 0")
    #expect(try site.days("Both").count == 3 && habits() == ["Both tick active"])
  }

  @Test func `taking it back deletes what nobody has touched, and only what it added`() throws {
    let read = try ana.habit(["name": "Read"])
    #expect(ana.post("/habits/\(read)/completions", ["date": "2027-02-10"]).status == 303)
    let figures = ana.get("/habits/\(read)").fact("score")
    let preview = ana.sendHabits("habit,date\nRead,2026-02-01\nRead,2027-02-09\nNew,2027-02-09\nKept,2027-02-09\n")
    let place = try ana.confirmHabits(preview).location.unwrapped
    #expect(ana.get("/habits/\(read)").fact("since") == "2026-02-01")
    #expect(ana.post("/habits/\(try id("Kept"))/completions", ["date": "2027-02-10"]).status == 303)
    // Written down anew by the person: it is theirs.
    #expect(ana.post("/habits/\(read)/completions", ["date": "2027-02-09", "notes": "x"]).status == 303)
    #expect(ana.get(place).text.contains("\(place)/deletion"))
    #expect(ana.post(place + "/deletion").status == 303)
    #expect(try habits() == ["Read tick active", "New tick deleted", "Kept tick active"])
    #expect(try site.days("Read") == ["2027-02-09 done (x)", "2027-02-10 done"])
    let page = ana.get("/habits/\(read)")
    #expect(page.fact("since") == "2027-02-09" && page.fact("score") != nil && figures != nil)
    #expect(ana.get(place).text.contains("This import was taken back."))
    #expect(ana.post(place + "/deletion").status == 303)
    #expect(ana.get(place).text.contains("This import was taken back already."))
    #expect(try habits() == ["Read tick active", "New tick deleted", "Kept tick active"])
    // And can be taken in again.
    let again = ana.sendHabits("habit,date\nNew,2027-02-09\n")
    #expect(again.importFacts == "1 1 0 0")
    #expect(try ana.confirmHabits(again).status == 303)
    #expect(try habits().contains("New tick active"))
  }

  @Test func `hard case 24: a discarded preview is gone, a replaced one says so, and after a day it is not there`() throws {
    let first = try ana.sendHabits(Self.list).fact("import").unwrapped
    #expect(ana.post("/habits/import/\(first)/deletion").location == "/habits/import")
    #expect(ana.get("/habits/import/\(first)").status == 404)
    let old = ana.sendHabits(Self.list)
    let new = ana.sendHabits(Self.list)
    #expect(try ana.confirmHabits(old).status == 409)
    #expect(try ana.get("/habits/import/\(old.fact("import").unwrapped)").text.contains("took its place"))
    site.pass(hours: 23, seconds: 3_599)
    #expect(try ana.get("/habits/import/\(new.fact("import").unwrapped)").status == 200)
    site.pass(seconds: 2)
    #expect(try ana.get("/habits/import/\(new.fact("import").unwrapped)").status == 404)
    #expect(try ana.confirmHabits(new).status == 404)
    #expect(try habits().isEmpty)
    site.pass(hours: 24)
    let worker = try site.worker()
    while try worker.run("job", at: site.now) > 0 {}
    #expect(try site.count("SELECT count(*) FROM habit_imports") == 0, "nor are its bytes kept")
  }

  @Test func `hard cases 24 and 27: strangers, housemates and viewers see none of it, and cannot join what is not theirs`() throws {
    let preview = ana.sendHabits(Self.list)
    let sent = try preview.fact("import").unwrapped
    let mine = try ana.habit(["name": "Mine"])
    let others = [
      try site.person("bob@x.test", sharing: ana), try site.person("eve@x.test"),
      try site.person("vic@x.test", sharing: ana, role: .viewer),
    ]
    for other in others {
      let missing = "0190ffff-0000-7000-8000-000000000000"
      #expect(other.get("/habits/import/\(sent)").unmasked == other.get("/habits/import/\(missing)").unmasked)
      #expect(other.get("/habits/import/\(sent)").status == 404 && other.get("/habits/\(mine)/sheet").status == 404)
      for what in ["confirmation", "deletion"] { #expect(other.post("/habits/import/\(sent)/\(what)").status == 404) }
      let theirs = other.sendHabits(Self.list)
      let joined = try other.confirmHabits(theirs, ["habit_1": mine])
      #expect(joined.status == 422 && joined.complaints == ["habit_1"])
      #expect(try other.confirmHabits(theirs, ["habit_1": missing]).complaints == ["habit_1"])
      #expect(!other.get("/habits/export.csv").text.contains("Mine") && !other.get("/habits/sheet").text.contains("Mine"))
    }
    #expect(try site.days("Mine").isEmpty && site.count("SELECT count(*) FROM habits") == 1)
    #expect(try ana.confirmHabits(preview).status == 303)
  }

  @Test func `hard case 24: the same preview confirmed in two browsers at once is made once`() throws {
    let preview = ana.sendHabits(Self.list)
    let sent = try preview.fact("import").unwrapped
    let lock = try site.connection("heed_owner")
    let watcher = try Connection(url: Cluster.shared.get().url())
    nonisolated(unsafe) var pages: [Page] = []
    let (guarding, group) = (NSLock(), DispatchGroup())
    try lock.transaction {
      try lock.run("SELECT pg_advisory_xact_lock(hashtextextended('import ' || \(ana.user)::text, 0))")
      for _ in 0..<2 {
        let other = try Site(as: site, zoneinfo: "/usr/share/zoneinfo")
        nonisolated(unsafe) let browser = try other.visit(as: ana)
        group.enter()
        Thread.detachNewThread {
          let page = browser.post("/habits/import/\(sent)/confirmation")
          guarding.withLock { pages.append(page) }
          group.leave()
        }
      }
      let waiting: SQL = "SELECT count(*) FROM pg_stat_activity WHERE datname = \(site.name) AND wait_event_type = 'Lock'"
      try #require(try until { try watcher.value(waiting, as: Int.self) == 2 })
    }
    group.wait()
    #expect(pages.map(\.status) == [303, 303] && pages[0].location == pages[1].location)
    #expect(try habits().count == 2)
  }

  @Test func `a Brazilian reads all of it in Portuguese`() throws {
    let rui = try site.person("rui@x.test", zone: "America/Sao_Paulo", language: .portuguese)
    #expect(rui.get("/habits/import").text.contains("<h1>Importar hábitos</h1>"))
    let preview = rui.sendHabits("data;Água\n01/02/2027;1,5\n30/02/2027;1\n")
    #expect(preview.text.contains("Nada foi guardado ainda.") && preview.text.contains("“30/02/2027” não é uma data."))
    #expect(preview.text.contains("name=\"target_1\" type=\"text\" value=\"1,5\""))
    #expect(try rui.confirmHabits(preview, ["target_1": "2,5"]).status == 303)
    #expect(try site.asks("Água") == ["daily at_least 2.5 day"])
    #expect(rui.get("/habits/sheet").text.contains("<h1>Fevereiro 2027</h1>"))
  }

  @Test func `the list and its empty state lead to import, export and sheet`() throws {
    let empty = ana.get("/habits")
    #expect(empty.text.contains("Bring your history along"))
    for link in ["/habits/import", "/habits/export.csv", "/habits/sheet"] { #expect(empty.links.contains(link)) }
    #expect(ana.get("/habits/import").text.contains("enctype=\"multipart/form-data\""))
    #expect(ana.post("/habits/import").text.contains("Choose a file."))
  }
}
