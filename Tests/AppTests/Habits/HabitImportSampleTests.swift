import Testing

@testable import App
@testable import Domain

/// Issue 9, hard case 24: each sample file of another product, sent by a person in São Paulo on 10 February 2027, from the request to the stored rows
/// (specs/habit-files/FORMATS.md).
@Suite(.enabled(if: HabitSampleFiles.areThere, "needs ../shared/specs/habit-files")) struct HabitImportSampleTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-02-10T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private func send(_ name: String) throws -> Page { ana.sendHabits(try HabitSampleFiles.bytes(name), as: "content decides.bin") }

  /// Sends, confirms, and sends once more: nothing is new then.
  private func take(_ name: String, _ fields: KeyValuePairs<String, String> = [:], facts: String) throws {
    let preview = try send(name)
    #expect(preview.status == 200 && preview.importFacts == facts, "\(preview.status) \(preview.importFacts)")
    let made = try ana.confirmHabits(preview, fields)
    #expect(made.status == 303, "\(made.complaints)")
    let rows = try site.count("SELECT count(*) FROM habit_days")
    let habits = try site.count("SELECT count(*) FROM habits")
    let again = try send(name)
    if fields.isEmpty { #expect(again.fact("import-new") == "0", "\(again.importFacts)") }
    #expect(try ana.confirmHabits(again, fields).status == 303)
    #expect(try site.count("SELECT count(*) FROM habit_days") == rows && site.count("SELECT count(*) FROM habits") == habits)
    #expect(site.logged.isEmpty)
  }

  @Test func `hard case 24: loop-2.3.zip`() throws {
    let preview = try send("loop-2.3.zip")
    #expect(preview.text.contains("The file says 1 times every 2 days, which Heed does not have"))
    try take("loop-2.3.zip", facts: "6 20 0 0")
    #expect(
      try site.days("Água, fria") == [
        "2027-01-04 done (primeira vez)", "2027-01-06 done", "2027-01-08 skipped (viagem)", "2027-01-09 done (frio, muito frio)",
        "2027-01-10 done",
      ])
    #expect(try site.asks("Água, fria") == ["daily"] && site.asks("Violão") == ["per_week 3"] && site.days("Violão").count == 3)
    #expect(try site.asks("Corrida") == ["daily at_least 10 week"])
    #expect(
      try site.days("Corrida").map { $0.split(separator: " ")[1...].joined(separator: " ") }.map { String($0.prefix(9)) }
        == ["done 0", "skipped", "done 4.5", "done 6.25"].map { String($0.prefix(9)) })
    #expect(try site.asks("Café") == ["daily at_most 2 day"] && site.days("Café").count == 4)
    #expect(try site.asks("🎸") == ["per_month 1"] && site.asks("Regar") == ["per_week 4"])
    #expect(
      try site.text("SELECT string_agg(name || ' ' || status, ', ' ORDER BY position) FROM habits")
        == "Água, fria active, Violão active, Corrida active, Café active, 🎸 archived, Regar active")
    #expect(try site.text("SELECT description FROM habits WHERE name = 'Água, fria'") == "Tomou banho frio hoje?\n\nDois minutos")
    // What it was changed to can be changed on the preview.
    let eva = try site.person("eva@x.test", zone: "America/Sao_Paulo")
    let hers = eva.sendHabits(try HabitSampleFiles.bytes("loop-2.3.zip"))
    #expect(try eva.confirmHabits(hers, ["frequency_6": "per_month", "times_6": "15", "habit_1": "none"]).status == 303)
    #expect(try site.asks("Regar").sorted() == ["per_month 15", "per_week 4"])
    #expect(try site.count("SELECT count(*) FROM habits WHERE user_id = \(eva.user)") == 5)
  }

  @Test func `hard case 24: loop-2.0-root.csv`() throws {
    try take("loop-2.0-root.csv", facts: "2 4 0 0")
    #expect(try site.days("Ler") == ["2026-03-02 skipped", "2026-03-03 done"])
    #expect(try site.days("Passos") == ["2026-03-02 done 6.5", "2026-03-03 done 7"])
  }

  @Test func `hard case 24: loop-1.x-one-habit.csv asks for the name`() throws {
    let preview = try send("loop-1.x-one-habit.csv")
    #expect(preview.text.contains("The file does not say what this habit is called."))
    let refused = try ana.confirmHabits(preview)
    #expect(refused.status == 422 && refused.complaints == ["name_1"])
    #expect(try site.count("SELECT count(*) FROM habits") == 0)
    try take("loop-1.x-one-habit.csv", ["name_1": "Ler"], facts: "1 3 0 0")
    #expect(try site.days("Ler") == ["2026-01-31 done", "2026-02-02 skipped", "2026-02-04 done"])
  }

  @Test(arguments: [
    ("loop-backup.db", "In Loop, open Settings, choose “Export as CSV”"), ("habitica-history.csv", "send “User Data (JSON)”"),
  ])
  func `hard case 24: a file that says too little names the way`(name: String, words: String) throws {
    let page = try send(name)
    #expect(page.status == 422 && page.complaints == ["file"] && page.text.contains(words))
    #expect(try site.count("SELECT count(*) FROM habit_imports") == 0)
  }

  @Test func `hard case 24: habitbull-mdy.csv and -iso`() throws {
    try take("habitbull-mdy.csv", facts: "2 5 0 0")
    #expect(try site.days("Floss") == ["2026-11-28 done", "2026-11-29 note (forgot)", "2026-11-30 done"])
    #expect(try site.days("Pages") == ["2026-12-01 done 1", "2026-12-02 done 35 (two chapters)"])
    #expect(try site.text("SELECT habit_group FROM habits WHERE name = 'Floss'") == "Health")
    let iso = try send("habitbull-iso.csv")
    #expect(iso.status == 200 && iso.importFacts == "1 0 1 0")
  }

  @Test func `hard case 24: habitbull-unclear.csv asks which comes first`() throws {
    let preview = try send("habitbull-unclear.csv")
    let id = try preview.fact("import").unwrapped
    #expect(preview.importFacts == "1 0 0 0" && preview.text.contains("What comes first in its dates?"))
    #expect(try ana.confirmHabits(preview).complaints == ["date_order"])
    #expect(try ana.confirmHabits(preview, ["date_order": "ymd"]).complaints == ["date_order"])
    #expect(ana.get("/habits/import/\(id)?date_order=ymd").status == 422)
    #expect(ana.get("/habits/import/\(id)?date_order=dmy").importFacts == "1 2 0 0")
    #expect(try ana.confirmHabits(preview, ["date_order": "mdy"]).status == 303)
    #expect(try site.days("Floss") == ["2026-01-02 done", "2026-03-04 done"])
  }

  @Test func `hard case 24: habitica-userdata.json`() throws {
    let preview = try send("habitica-userdata.json")
    #expect(
      preview.text.contains("1 thing that is no habit is left out.") && preview.text.contains("It does not say whether it was completed."))
    try take("habitica-userdata.json", facts: "3 4 0 1")
    #expect(try site.days("Make the bed") == ["2027-01-04 done", "2027-01-05 done", "2027-01-07 done"])
    #expect(try site.asks("Make the bed") == ["specific_days 31"] && site.asks("Old style") == ["per_week 4"])
    #expect(try site.days("Stretch") == ["2027-01-04 done 2"] && site.days("Old style").isEmpty)
  }

  @Test func `hard case 24: habitkit.json`() throws {
    try take("habitkit.json", facts: "3 4 0 1")
    #expect(try site.days("Read aloud") == ["2027-01-05 done (poems)"] && site.asks("Read aloud") == ["per_week 3"])
    #expect(try site.days("Water") == ["2027-01-05 done 5", "2027-01-06 done 8"])
    #expect(try site.asks("Water") == ["daily at_least 5 day", "daily at_least 8 day"])
    #expect(try site.days("No sugar") == ["2027-01-03 done 1"] && site.asks("No sugar") == ["daily at_most 0 day"])
    let water = try site.text("SELECT id::text FROM habits WHERE name = 'Water'").unwrapped
    #expect(ana.get("/habits/\(water)").fact("total") == "2", "both targets were kept")
    let sugar = try site.text("SELECT id::text FROM habits WHERE name = 'No sugar'").unwrapped
    let page = ana.get("/habits/\(sugar)")
    #expect(page.fact("total") == "0" && page.fact("status") == "archived")
  }

  @Test func `hard case 24: streaks-old.csv and streaks-new.csv, amounts or ticks`() throws {
    try take("streaks-old.csv", facts: "1 2 0 0")
    #expect(try site.days("Up by 6.30") == ["2027-01-04 done", "2027-01-06 skipped"])
    let preview = try send("streaks-new.csv")
    #expect(preview.importFacts == "1 1 0 1" && preview.text.contains("It is done, and does not say how much."))
    let eva = try site.person("eva@x.test", zone: "America/Sao_Paulo")
    let hers = eva.sendHabits(try HabitSampleFiles.bytes("streaks-new.csv"))
    #expect(try eva.confirmHabits(hers, ["target_1": ""]).status == 303)
    #expect(try site.days("Run, slowly") == ["2027-01-04 done (along the river)", "2027-01-06 done"])
    #expect(try site.text("SELECT kind FROM habits WHERE name = 'Run, slowly'") == "tick")
    #expect(try ana.confirmHabits(preview).status == 303)
    #expect(try site.days("Run, slowly", of: ana) == ["2027-01-04 done 5.5 (along the river)"])
  }

  @Test func `hard case 24: habitify.csv asks for the target`() throws {
    let preview = try send("habitify.csv")
    #expect(preview.text.contains("name=\"target_1\" type=\"text\" value=\"2000\""))
    for wrong in ["0", "-1", "a lot", "1e3"] { #expect(try ana.confirmHabits(preview, ["target_1": wrong]).complaints == ["target_1"]) }
    #expect(try ana.confirmHabits(preview, ["target_1": "1500"]).status == 303)
    #expect(try site.days("Drink water") == ["2027-01-04 done 2000", "2027-01-05 done 750", "2027-01-06 skipped"])
    #expect(try site.asks("Drink water") == ["daily at_least 1500 day"] && site.days("Tidy the desk") == ["2027-01-04 done"])
    #expect(try site.text("SELECT unit FROM habits WHERE name = 'Drink water'") == "mL")
  }

  @Test func `hard case 24: matrix-pt.csv`() throws {
    let preview = try send("matrix-pt.csv")
    #expect(preview.text.contains("“30/02/2027” is no date.") && preview.text.contains("<th scope=\"row\" data-label=\"Line\">5</th>"))
    try take("matrix-pt.csv", facts: "2 4 0 1")
    #expect(try site.days("Ler") == ["2027-01-31 done", "2027-02-02 done"])
    #expect(try site.days("Água") == ["2027-01-31 done 1.5", "2027-02-01 done 2"])
  }

  @Test func `hard case 24: list.csv`() throws {
    try take("list.csv", facts: "1 4 0 2")
    #expect(
      try site.days("Yoga") == [
        "2027-02-01 done", "2027-02-02 skipped (back hurts)", "2027-02-03 done (twice in the file)", "2027-02-04 done",
      ])
  }
}
