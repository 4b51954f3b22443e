import Testing

@testable import Domain

/// Hard case 36: what is taken away comes back, but for what a format cannot hold.
@Suite struct PlannerFileWriterTests {
  /// Tasks of every kind, with what a format is to hold.
  private struct Generator {
    var random: Seeded
    let clocks: Zone
    let isPlain: Bool
    var relates = false
    let today = Day(20_878)  // 2027-03-01

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }

    mutating func text(_ words: ClosedRange<Int>) -> String {
      let nasty = ["=1+1", "-x", "@", "\"quoted\"", "a,b", "é🎉", "'", ";", "\\n", "{}", "x"]
      let plain = ["paint", "Ana", "no", "é", "42", "(b)", "100%"]
      let all = isPlain ? plain : plain + nasty
      return (["t"] + (0..<number(words)).map { _ in all[number(0...all.count - 1)] }).joined(separator: " ")
    }

    mutating func moment() -> Instant {
      let day = today.advanced(by: number(-400...400))
      return isPlain ? clocks.start(of: day) : Instant(seconds: Int64(day.number) * 86_400 + Int64(number(1...86_399)))
    }

    mutating func due() -> Due {
      let day = today.advanced(by: number(-400...400))
      // Midnight would be a date elsewhere.
      let hour = TimeOfDay(hour: number(4...22), minute: number(0...59))
      guard !isPlain, let hour, Bool.random(using: &random) else { return Due(day: day) }
      return Due(day: day, at: clocks.instant(LocalTime(day: day, time: hour)))
    }

    mutating func repeats(_ due: Due) -> TaskRepeat? {
      let rules = ["FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY;INTERVAL=2"]
      let more = ["FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=DAILY;COUNT=9;BYHOUR=9;BYMINUTE=30"]
      let all = isPlain ? rules : rules + more
      guard let rule = try? Recurrence(all[number(0...all.count - 1)]) else { return nil }
      return try? TaskRepeat(rule, first: due.day, from: Bool.random(using: &random) ? .due : .completion)
    }

    mutating func task(_ place: Int) -> PlannerFileTask {
      var task = PlannerFileTask(text(0...5))
      task.due = maybe(due())
      task.priority = maybe(number(1...4))
      task.created = moment()
      task.tags = (0..<number(0...3)).map { "tag\($0)\(place % 7)" }
      if let due = task.due, number(0...3) == 0 { task.repeats = repeats(due) }
      if isPlain {
        task.status = number(0...2) == 0 ? .done : .open
        if task.status == .done { task.completed = moment() }
        return task
      }
      task.id = "id-\(place)"
      task.key = task.id
      task.status = TaskStatus.allCases[number(0...4)]
      if task.status == .done { task.completed = maybe(moment()) }
      if task.status == .inProgress { task.started = moment() } else { task.started = maybe(moment()) }
      if task.status == .deferred { task.deferredUntil = maybe(today.advanced(by: number(1...400))) }
      (task.isArchived, task.isPrivate) = (number(0...9) == 0, number(0...4) == 0)
      task.impact = maybe(number(1...5))
      task.estimate = maybe(number(0...60_000))
      task.spent = number(0...1) * number(0...900)
      task.notes = number(0...2) == 0 ? text(1...9) + "\n\n" + text(0...3) : ""
      if number(0...3) == 0 { task.metadata = [PlannerFileTask.Field("energy", .string(text(0...2)))] }
      if place > 0, number(0...1) == 0 { task.dependsOn = [number(0...place - 1)] }
      if relates, place > 0, number(0...2) == 0 { task.related = [number(0...place - 1)] }
      return task
    }

    /// Some under an earlier one, at most five deep; those neither wait for anything nor does anything wait for them, so no circle closes.
    mutating func tasks(_ count: Int) -> [PlannerFileTask] {
      var tasks: [PlannerFileTask] = []
      for place in 0..<count { tasks.append(task(place)) }
      if isPlain { return tasks }
      var levels = [Int](repeating: 1, count: count)
      for place in 1..<count where number(0...2) == 0 && tasks[place].dependsOn.isEmpty {
        let parent = number(0...place - 1)
        guard levels[parent] < 5, !tasks.contains(where: { $0.dependsOn.contains(place) }) else { continue }
        tasks[place].parent = parent
        levels[place] = levels[parent] + 1
      }
      return tasks
    }
  }

  /// Without where it stood.
  private func bare(_ tasks: [PlannerFileTask]) -> [PlannerFileTask] {
    tasks.map { task in
      var task = task
      task.line = 0
      return task
    }
  }

  @Test(arguments: [PlannerFile.Format.taskwarrior, .csv, .calendar], UInt64(1)...3)
  func `random tasks with their trees come back equal`(format: PlannerFile.Format, seed: UInt64) throws {
    let reader = try plannerReader()
    var generator = Generator(random: Seeded(seed), clocks: reader.zone, isPlain: false, relates: format != .taskwarrior)
    let tasks = generator.tasks(250)
    let file = try PlannerFile(PlannerFileWriter.file(tasks, format, zone: reader.zone), reader: reader)
    #expect(file.format == format && file.notes.isEmpty, "\(file.notes.prefix(3))")
    let read = bare(file.tasks)
    #expect(read.count == tasks.count)
    for (one, other) in zip(tasks, read) where one != other { Issue.record("\(one)\n\(other)") }
  }

  @Test(arguments: UInt64(1)...3) func `todo.txt holds titles, dates, priorities, tags and plain repeats`(seed: UInt64) throws {
    let reader = try plannerReader()
    var generator = Generator(random: Seeded(seed), clocks: reader.zone, isPlain: true)
    let tasks = generator.tasks(250)
    let file = try PlannerFile(PlannerFileWriter.file(tasks, .todoTxt, zone: reader.zone), reader: reader)
    #expect(file.format == .todoTxt && file.notes.isEmpty, "\(file.notes.prefix(3))")
    let read = bare(file.tasks).map { task in
      var task = task
      task.key = ""
      return task
    }
    #expect(read.count == tasks.count)
    for (one, other) in zip(tasks, read) where one != other { Issue.record("\(one)\n\(other)") }
  }

  /// Hard case 36: what todo.txt has words for, and what it has not.
  @Test func `a series on a day is written to todo.txt by the date on which it is due`() throws {
    let reader = try plannerReader()
    let rows: [(rule: String, first: String, due: String, from: TaskRepeat.From, written: String?)] = [
      ("FREQ=WEEKLY;BYDAY=MO", "2027-01-04", "2027-03-01", .due, "+1w"), ("FREQ=WEEKLY", "2027-01-04", "2027-03-01", .due, "+1w"),
      ("FREQ=WEEKLY;BYDAY=MO", "2027-03-02", "2027-03-08", .due, "+1w"),
      ("FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30", "2027-03-01", "2027-03-01", .due, "+1w"),
      ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU", "2027-03-01", "2027-03-15", .due, "+2w"),
      ("FREQ=MONTHLY;BYMONTHDAY=5", "2027-01-05", "2027-03-05", .due, "+1m"),
      ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5", "2020-03-05", "2027-03-05", .due, "+1y"),
      ("FREQ=DAILY;INTERVAL=3", "2027-03-01", "2027-03-07", .due, "+3d"),
      ("FREQ=DAILY;INTERVAL=3", "2027-03-01", "2027-03-07", .completion, "3d"),
      // Moved by hand, off its weeks, on two days, on the last of the month, on the 31st that was cut, counted.
      ("FREQ=WEEKLY;BYDAY=MO", "2027-01-04", "2027-03-02", .due, nil), ("FREQ=WEEKLY;INTERVAL=2", "2027-03-01", "2027-03-08", .due, nil),
      ("FREQ=WEEKLY;BYDAY=MO,TH", "2027-03-01", "2027-03-01", .due, nil),
      ("FREQ=MONTHLY;BYMONTHDAY=-1", "2027-03-31", "2027-03-31", .due, nil),
      ("FREQ=MONTHLY;BYMONTHDAY=31", "2027-01-31", "2027-02-28", .due, nil), ("FREQ=DAILY;COUNT=9", "2027-03-01", "2027-03-01", .due, nil),
    ]
    for row in rows {
      let (first, due) = (try #require(Day(iso: row.first)), try #require(Day(iso: row.due)))
      var task = PlannerFileTask("Sweep")
      task.due = Due(day: due)
      let again = try TaskRepeat(Recurrence(row.rule), first: first, from: row.from)
      task.repeats = again
      let bytes = PlannerFileWriter.file([task], .todoTxt, zone: reader.zone)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text == "Sweep due:\(row.due)" + (row.written.map { " rec:" + $0 } ?? "") + "\n", "\(row.rule)")
      let read = try #require(try PlannerFile(bytes, format: .todoTxt, reader: reader).tasks.first)
      #expect((read.repeats == nil) == (row.written == nil))
      guard let back = read.repeats, row.from == .due else { continue }
      // The same dates from there on, their time left off.
      let dates = again.upcoming(after: Due(day: due), count: 5, zone: reader.zone).map(\.day)
      #expect(back.upcoming(after: Due(day: due), count: 5, zone: reader.zone).map(\.day) == dates, "\(row.rule)")
    }
  }

  @Test func `what only has to do with another is one link, whichever ends say it`() throws {
    let file = try PlannerFile(
      Array("id,title,related\na,A,\"b c\"\nb,B,a\nc,C,c\nd,D,nobody\n".utf8), reader: plannerReader())
    #expect(file.tasks.map(\.related) == [[1, 2], [], [], []])
    #expect(file.notes.map(\.about) == [.missing("nobody")])
  }

  @Test func `nothing is a file, too`() throws {
    let reader = try plannerReader()
    for format in [PlannerFile.Format.taskwarrior, .csv, .calendar] {
      let bytes = PlannerFileWriter.file([], format, zone: reader.zone)
      let file = try PlannerFile(bytes, reader: reader)
      #expect(file.tasks.isEmpty && file.notes.isEmpty && file.format == format)
    }
  }
}
