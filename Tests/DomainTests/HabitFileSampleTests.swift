import Testing

@testable import Domain

/// Each sample file, and what must come of it (specs/habit-files/FORMATS.md); `loop-2.3.zip` is read in ArchiveTests.
@Suite(.enabled(if: HabitSamples.areThere, "needs ../shared/specs/habit-files")) struct HabitFileSampleTests {
  @Test func `a root table of Loop 2.0, each cell in two columns`() throws {
    let file = try habitSample("loop-2.0-root.csv")
    #expect(file.kind == .loop && file.habits.map(\.name) == ["Ler", "Passos"] && file.refusedCount == 0)
    #expect(file.habits[0].said == ["2026-03-02 skipped", "2026-03-03 done"] && file.habits[0].kind == .tick)
    #expect(file.habits[1].said == ["2026-03-02 6.5", "2026-03-03 7"] && file.habits[1].kind == .amount)
    #expect(file.habits[1].questions == [.target] && file.habits[1].rules == [.init(target: 6_500)])
  }

  @Test func `one habit of Loop 1, without head and name`() throws {
    let file = try habitSample("loop-1.x-one-habit.csv")
    #expect(file.kind == .loop && file.habits.count == 1 && file.habits[0].questions == [.name])
    #expect(file.habits[0].said == ["2026-01-31 done", "2026-02-02 skipped", "2026-02-04 done"])
  }

  @Test func `files that say too little name the way to the right one`() throws {
    #expect(throws: HabitFileRefusal.database) { try habitSample("loop-backup.db") }
    #expect(throws: HabitFileRefusal.habiticaHistory) { try habitSample("habitica-history.csv") }
    #expect(throws: HabitFileRefusal.archive) { try habitSample("loop-2.3.zip") }
  }

  @Test func `HabitBull with the month first, proven by the 28th`() throws {
    let file = try habitSample("habitbull-mdy.csv")
    #expect(file.kind == .habitBull && !file.asksDateOrder && file.habits.map(\.name) == ["Floss", "Pages"])
    #expect(file.habits[0].said == ["2026-11-28 done", "2026-11-29 note (forgot)", "2026-11-30 done"])
    #expect(file.habits[0].kind == .tick && file.habits[0].group == "Health" && file.habits[0].description == "before bed, both rows")
    #expect(file.habits[1].said == ["2026-12-01 1", "2026-12-02 35 (two chapters)"] && file.habits[1].kind == .amount)
    #expect(try habitSample("habitbull-mdy.csv", .dayFirst) == file, "what is proven is not overruled")
  }

  @Test func `HabitBull in ISO, with the number that stands for nothing`() throws {
    #expect(try habitSample("habitbull-iso.csv").habits.map(\.said) == [["2026-11-28 done"]])
  }

  @Test func `HabitBull in either order asks, and reads by the answer`() throws {
    let asked = try habitSample("habitbull-unclear.csv")
    #expect(asked.asksDateOrder && asked.habits.map(\.name) == ["Floss"] && asked.habits[0].entries.isEmpty && asked.refusedCount == 0)
    #expect(try habitSample("habitbull-unclear.csv", .dayFirst).habits[0].said == ["2026-02-01 done", "2026-04-03 done"])
    let read = try habitSample("habitbull-unclear.csv", .monthFirst)
    #expect(read.habits[0].said == ["2026-01-02 done", "2026-03-04 done"] && !read.asksDateOrder)
  }

  @Test func `Habitica's user data`() throws {
    let file = try habitSample("habitica-userdata.json")
    #expect(file.kind == .habitica && file.habits.map(\.name) == ["Make the bed", "Old style", "Stretch"] && file.leftOut == 1)
    let (bed, old, stretch) = (file.habits[0], file.habits[1], file.habits[2])
    #expect(bed.said == ["2027-01-04 done", "2027-01-05 done", "2027-01-07 done"] && bed.description == "corners too")
    #expect(bed.rules == [.init(frequency: .days([.monday, .tuesday, .wednesday, .thursday, .friday]))] && bed.changes.isEmpty)
    #expect(old.rules == [.init(frequency: .perWeek(4))] && old.entries.isEmpty && old.refusedCount == 1)
    #expect(old.changes == [.frequency(times: 1, every: 2, .days, becomes: .perWeek(4))])
    #expect(file.refused.map(\.reason) == [.noCompletion] && file.refused.map(\.habit) == ["Old style"] && file.refused.map(\.line) == [62])
    #expect(stretch.said == ["2027-01-04 2"] && stretch.kind == .amount)
  }

  @Test func `HabitKit's instants, goals and its habit that is not there`() throws {
    let file = try habitSample("habitkit.json")
    #expect(file.kind == .habitKit && file.habits.map(\.name) == ["Read aloud", "Water", "No sugar"])
    let (aloud, water, sugar) = (file.habits[0], file.habits[1], file.habits[2])
    #expect(aloud.said == ["2027-01-05 done (poems)"] && aloud.rules == [.init(frequency: .perWeek(3))] && aloud.kind == .tick)
    #expect(aloud.preferredTime?.text == "19:30" && aloud.description == "to the cat" && aloud.created?.iso == "2026-12-01")
    #expect(water.said == ["2027-01-05 5", "2027-01-06 8"] && water.kind == .amount && water.questions.isEmpty)
    #expect(water.rules == [.init(target: 5_000), .init(from: Day(iso: "2027-01-06"), target: 8_000)])
    #expect(sugar.said == ["2027-01-03 1"] && sugar.rules == [.init(target: 0, direction: .atMost)] && sugar.status == .archived)
    #expect(file.refused.map(\.reason) == [.unknownHabit("gone")])
  }

  @Test func `Streaks, the old form`() throws {
    let file = try habitSample("streaks-old.csv")
    #expect(file.kind == .streaks && file.habits.map(\.name) == ["Up by 6.30"] && file.refusedCount == 0)
    #expect(file.habits[0].said == ["2027-01-04 done", "2027-01-06 skipped"] && file.habits[0].kind == .tick)
  }

  @Test func `Streaks, the new form: amounts, or ticks when so chosen`() throws {
    let file = try habitSample("streaks-new.csv")
    #expect(file.habits[0].said == ["2027-01-04 5.5 (along the river)"] && file.habits[0].kind == .amount)
    #expect(file.refused.map(\.reason) == [.noAmount] && file.refused.map(\.line) == [3] && file.habits[0].name == "Run, slowly")
    let ticks = try habitSample("streaks-new.csv", asTicks: [0])
    #expect(ticks.habits[0].said == ["2027-01-04 done (along the river)", "2027-01-06 done"])
    #expect(ticks.habits[0].kind == .tick && ticks.refusedCount == 0 && ticks.habits[0].questions.isEmpty)
  }

  @Test func `Habitify asks for the target, set to the smallest that was enough`() throws {
    let file = try habitSample("habitify.csv")
    #expect(file.kind == .habitify && file.habits.map(\.name) == ["Drink water", "Tidy the desk"] && file.refusedCount == 0)
    let water = file.habits[0]
    #expect(water.said == ["2027-01-04 2000", "2027-01-05 750", "2027-01-06 skipped"] && water.unit == "mL")
    #expect(water.questions == [.target] && water.rules == [.init(target: 2_000_000)])
    #expect(file.habits[1].said == ["2027-01-04 done"] && file.habits[1].kind == .tick && file.habits[1].unit == "")
  }

  @Test func `a table of columns in Portuguese`() throws {
    let file = try habitSample("matrix-pt.csv")
    #expect(file.kind == .table && file.habits.map(\.name) == ["Ler", "Água"] && !file.asksDateOrder)
    #expect(file.habits[0].said == ["2027-01-31 done", "2027-02-02 done"])
    #expect(file.habits[1].said == ["2027-01-31 1.5", "2027-02-01 2"] && file.habits[1].kind == .amount)
    #expect(file.refusals == ["5 date(\"30/02/2027\")"])
  }

  @Test func `a table of lines`() throws {
    let file = try habitSample("list.csv")
    #expect(file.habits.map(\.name) == ["Yoga"])
    #expect(
      file.habits[0].said
        == ["2027-02-01 done", "2027-02-02 skipped (back hurts)", "2027-02-03 done (twice in the file)", "2027-02-04 done"])
    #expect(file.habits[0].changes == [.merged(1, first: try #require(Day(iso: "2027-02-03")))])
    #expect(file.refusals == ["7 noName", "8 date(\"2027-13-01\")"])
  }
}
