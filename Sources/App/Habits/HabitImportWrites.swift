import Domain
import Postgres
import Web

/// A confirmed import as it is written, part by part, all parts in one transaction: a small one in that of its request, a large one by a worker,
/// between whatever else is due (``HabitImportWork``). First the new habits; then dates of those that are there, whose rows are held only at the end,
/// with the dates that somebody may tick meanwhile.
final class HabitImportWrites {
  struct Result {
    let row: HabitImportPlan.Row
    fileprivate(set) var name: String
    let habit: ID<Habit>
    let isNew: Bool
    fileprivate(set) var added: Int
  }

  /// Rows of one statement, and bytes of notes in it: a few hundred kilobytes.
  private static let (slice, mostNotes) = (5_000, 500_000)
  /// Dates that are put in order together: habit by habit, each goes to another page of the index of a person's days, and costs twice as much.
  private static let together = 100_000
  /// Dates over which the pasts of new habits are reckoned in one part, and dates of habits that are there that are compared in one.
  private static let mostReckoned = 20_000

  let id: ID<HabitImport>
  /// What is written carries this moment: by it an import is taken back.
  let now: Instant
  /// Of each habit what came of it, in the order of the file.
  private(set) var results: [Result]
  /// Dates that are dealt with, of all that were chosen.
  private(set) var done = 0
  let total: Int
  /// Where new ones begin, behind all others of the person.
  private(set) var position: Int?

  let calendar: HabitCalendar
  let user: ID<User>
  let db: Connection
  /// Those that are still to be begun, as places in ``results``.
  private var news: ArraySlice<(place: Int, rule: HabitRule)>
  private var joins: ArraySlice<Int>
  private var isJoining = false
  private var hasWritten = false  // dates, in the last part
  private var waiting: [Waiting] = []
  private var ordered: ArraySlice<Waiting> = []  // to be written next
  /// Dates that somebody may tick meanwhile, of habits that are there.
  private var recent: [Waiting] = []

  private struct Waiting {
    let place: Int
    let habit: ID<Habit>
    let entry: HabitFile.Entry
  }

  /// - Parameters:
  ///   - chosen: in the order of the file.
  ///   - db: in a transaction that acts for the person.
  init(
    _ id: ID<HabitImport>, _ chosen: [HabitImportForm.Chosen], _ calendar: HabitCalendar, of user: ID<User>, at now: Instant,
    _ db: Connection
  ) {
    (self.id, self.calendar, self.user, self.now, self.db) = (id, calendar, user, now, db)
    results = chosen.map { choice in
      switch choice.target {
      case .new(let name, _): Result(row: choice.row, name: name, habit: .new(at: now), isNew: true, added: choice.row.habit.entries.count)
      case .joined(let habit): Result(row: choice.row, name: "", habit: habit, isNew: false, added: 0)
      }
    }
    news = chosen.enumerated().compactMap { place, choice in if case .new(_, let rule) = choice.target { (place, rule) } else { nil } }[...]
    joins = results.indices.filter { [results] in !results[$0].isNew }[...]
    total = chosen.reduce(0) { $0 + $1.row.habit.entries.count }
  }

  /// Does the next part, about a tenth of a second of it.
  ///
  /// - Returns: false: there was none, and only the end is left to do.
  func step() throws -> Bool {
    let isComplete = news.isEmpty && (!isJoining || joins.isEmpty)
    // While the server writes dates, the pasts of the next habits are reckoned.
    let isMaking = hasWritten && !news.isEmpty && waiting.count < Self.together
    hasWritten = !isMaking && (!ordered.isEmpty || !waiting.isEmpty && (isComplete || waiting.count >= Self.together))
    if hasWritten {
      try writeSlice()
    } else if !news.isEmpty {
      try makeSome()
    } else if !joins.isEmpty {
      isJoining = true
      try compareSome()
    } else {
      return false
    }
    return true
  }

  // MARK: - Habits that are there

  /// Those to which dates were added.
  var touched: [ID<Habit>] { Set(results.filter { !$0.isNew && $0.added > 0 }.map(\.habit)).sorted { $0.text < $1.text } }

  /// Dates that a habit has stay as they are (RULES 5.15).
  private func compareSome() throws {
    var (places, count): ([Int], Int) = ([], 0)
    while let place = joins.first, places.isEmpty || places.count < 20 && count < Self.mostReckoned {
      places.append(joins.removeFirst())
      count += results[place].row.habit.entries.count
    }
    let stored = try db.rows(OwnHabit.dates(Array(Set(places.map { results[$0].habit }))))
    var dates = Dictionary(stored, uniquingKeysWith: { first, _ in first }).mapValues { Set($0) }
    let settled = HabitState.settled(on: calendar.today)
    for place in places {
      let result = results[place]
      for entry in result.row.habit.entries {
        guard dates[result.habit, default: []].insert(entry.day).inserted else {
          done += 1
          continue
        }
        let new = Waiting(place: place, habit: result.habit, entry: entry)
        if entry.day < settled { waiting.append(new) } else { recent.append(new) }
      }
    }
  }

  /// Holds the rows of those habits until the end of the transaction, so that nobody ticks them meanwhile.
  ///
  /// - Parameter waits: for whoever changes one at the moment.
  /// - Returns: false: somebody does, and nobody waited.
  /// - Throws: ``Failure/notFound`` when one is gone.
  func hold(waits: Bool) throws -> Bool {
    // In one order, so that two devices wait for each other and not in a circle.
    let ids = Set(results.filter { !$0.isNew }.map(\.habit)).sorted { $0.text < $1.text }
    if ids.isEmpty { return true }
    let mine: SQL = "FROM habits WHERE id = ANY (\(ids)) AND user_id = \(user) AND status <> 'deleted'"
    let how: Columns = waits ? "" : "SKIP LOCKED"
    let held = try db.rows(Query<(ID<Habit>, String)>(tuple: "SELECT id, name \(mine) ORDER BY id FOR NO KEY UPDATE \(how)"))
    if held.count < ids.count {
      let there: Int = try db.value("SELECT count(*) \(mine)") ?? 0
      if waits || there < ids.count { throw Failure.notFound }
      return false
    }
    let names = Dictionary(held, uniquingKeysWith: { first, _ in first })
    for place in results.indices where !results[place].isNew { results[place].name = names[results[place].habit] ?? "" }
    return true
  }

  // MARK: - Dates

  private func writeSlice() throws {
    if ordered.isEmpty { (ordered, waiting) = (waiting.sorted { ($0.entry.day, $0.place) < ($1.entry.day, $1.place) }[...], []) }
    var (end, bytes) = (ordered.startIndex, 0)
    while end < min(ordered.endIndex, ordered.startIndex + Self.slice), bytes < Self.mostNotes {
      bytes += ordered[end].entry.note.utf8.count
      end += 1
    }
    try write(ordered[..<end])
    ordered = ordered[end...]
  }

  private func write(_ days: ArraySlice<Waiting>) throws {
    let insertion: SQL = .insert(
      into: "habit_days", .few("habit_id", days.map(\.habit)), .all("user_id", "\(user)"), .each("date", days.map(\.entry.day)),
      .few("state", days.map { HabitEntry.Mark.Name($0.entry.state) }),
      .each("amount", days.map { $0.entry.state == .done ? $0.entry.amount.map { Amount(thousandths: $0) } : nil }),
      .few("reason", days.map { $0.entry.state == .skipped ? SkipReason($0.entry.reason) : nil }),
      days.allSatisfy { $0.entry.note.utf8.isEmpty } ? .all("notes", "''") : .each("notes", days.map(\.entry.note)),
      .all("source", "'import'"), .all("timezone", "\(calendar.zone.name)"), .all("ticked_at", "\(now)"))
    done += days.count
    // The server writes it while the next is made.
    if !isJoining { return try db.runAhead(insertion) }
    // Another import may have added one since they were compared.
    let written: [(ID<Habit>, Day)] = try db.rows(
      Query(tuple: "\(insertion) ON CONFLICT DO NOTHING RETURNING habit_id, date", as: (ID<Habit>, Day).self))
    let places = Dictionary(days.map { (Date(habit: $0.habit, day: $0.entry.day), $0.place) }, uniquingKeysWith: { first, _ in first })
    for (habit, day) in written { if let place = places[Date(habit: habit, day: day)] { results[place].added += 1 } }
  }

  private struct Date: Hashable {
    let habit: ID<Habit>
    let day: Day
  }

  // MARK: - The end

  /// Confirms it, once.
  ///
  /// - Parameter refused: how many lines said nothing.
  /// - Returns: false: it is confirmed already, or was taken away.
  func confirm(refused: Int) throws(PostgresError) -> Bool {
    try db.run(
      """
      UPDATE habit_imports SET confirmed_at = \(now), file = NULL, choices = NULL, failure = NULL, refused = \(refused)
      WHERE id = \(id) AND user_id = \(user) AND confirmed_at IS NULL AND replaced_at IS NULL
      """) == 1
  }

  /// Writes the last dates, and what came of each habit; ``hold(waits:)`` has returned true.
  func finish() throws {
    while !recent.isEmpty {
      try write(recent.prefix(Self.slice))
      recent.removeFirst(min(Self.slice, recent.count))
    }
    try db.queue([
      .insert(
        into: "habit_import_rows", .all("import_id", "\(id)"), .all("user_id", "\(user)"), .each("number", results.map(\.row.number)),
        .each("name", results.map(\.name)), .each("habit_id", results.map(\.habit)), .each("is_new", results.map(\.isNew)),
        .each("added", results.map(\.added)), .each("known", results.map { $0.row.habit.entries.count - $0.added })),
      """
      \(.insert(
        into: "habit_sources", .all("user_id", "\(user)"), .each("key", results.map(\.row.key)), .each("habit_id", results.map(\.habit))))
      ON CONFLICT (user_id, key) DO UPDATE SET habit_id = excluded.habit_id
      """,
    ])
  }
}

// MARK: - New habits

extension HabitImportWrites {
  private struct New {
    let result: Result
    let changes: [HabitChange]
    let pauses: [(pause: HabitFile.Pause, isArchive: Bool)]
    let created: Day
    /// Among the new ones, from 0.
    let place: Int

    var id: ID<Habit> { result.habit }
    var habit: HabitFile.Habit { result.row.habit }
  }

  private func makeSome() throws {
    if position == nil { position = try lastPosition() }
    var (made, count): ([New], Int) = ([], 0)
    let all = results.count { $0.isNew }
    while let (place, rule) = news.first, made.isEmpty || count < Self.mostReckoned {
      let (result, today) = (results[place], calendar.today)
      var changes = result.row.habit.changes(today: today)
      // What was chosen on the preview stands in place of the last change.
      if let last = changes.popLast() { changes.append(HabitChange(from: last.from, rule)) }
      let created = result.row.habit.made(today: today)
      made.append(
        New(result: result, changes: changes, pauses: result.row.habit.pauses(today: today), created: created, place: all - news.count))
      waiting += result.row.habit.entries.map { Waiting(place: place, habit: result.habit, entry: $0) }
      count += max(today.number - min(created, result.row.habit.entries.first?.day ?? created).number, 0) + 100
      news.removeFirst()
    }
    try db.runAll([habits(made), frequencies(made), pauses(made)])
  }

  private func lastPosition() throws(PostgresError) -> Int {
    let ours = results.filter(\.isNew).map(\.habit)
    return try db.value(
      "SELECT coalesce(max(position), 0) FROM habits WHERE user_id = \(user) AND status <> 'deleted' AND id <> ALL (\(ours))") ?? 0
  }

  /// Moves the new ones behind what was made meanwhile.
  func makeRoom() throws(PostgresError) {
    guard let position, case let moved = try lastPosition() - position, moved > 0 else { return }
    try db.queue([
      "UPDATE habits SET position = position + \(moved) WHERE id = ANY (\(results.filter(\.isNew).map(\.habit))) AND user_id = \(user)"
    ])
  }

  private func habits(_ made: [New]) -> SQL {
    let pasts = made.map { new in
      HabitHistory(
        created: new.created, weekStart: calendar.weekStart, changes: new.changes, entries: new.habit.entries.map { HabitEntry($0) },
        pauses: new.pauses.map { HabitPause(from: $0.pause.from, until: $0.pause.until) }, leftOut: calendar.leftOut
      ).pasts(today: calendar.today)
    }
    let first = (position ?? 0) + 1
    return .insert(
      into: "habits", .each("id", made.map(\.id)), .all("user_id", "\(user)"), .each("name", made.map(\.result.name)),
      .each("description", made.map(\.habit.description)),
      .each("status", made.map { $0.habit.status == .archived ? HabitStatus.archived : .active }),
      .each("kind", made.map { $0.habit.kind == .amount ? HabitKind.amount : .tick }),
      .each("unit", made.map { $0.habit.kind == .amount ? HabitFile.line($0.habit.unit) : "" }), .all("step", "\(Amount(1))"),
      .each("colour", made.map { $0.habit.colour ?? 1 }), .each("habit_group", made.map { HabitFile.line($0.habit.group) }),
      .each("position", made.map { first + $0.place }), .each("preferred_time", made.map { $0.habit.preferredTime?.second }),
      .each("created_on", made.map(\.created)), .each("state", pasts.map { $0.days?.bytes }),
      .each("state_next", pasts.map { $0.days?.next }), .each("year_state", pasts.map { $0.year?.bytes }),
      .each("year_next", pasts.map { $0.year?.next }),
      .all("created_at", "\(now)"), .all("updated_at", "\(now)"))
  }

  private func frequencies(_ made: [New]) -> SQL {
    let all = made.flatMap { new in new.changes.map { (new.id, $0.from, $0.rule) } }
    return .insert(
      into: "habit_frequencies", .each("habit_id", all.map(\.0)), .all("user_id", "\(user)"), .each("from_date", all.map(\.1)),
      .each("frequency", all.map(\.2.frequency.name)), .each("days", all.map(\.2.frequency.bits)),
      .each("times", all.map(\.2.frequency.times)), .each("target", all.map(\.2.target?.amount)),
      .each("direction", all.map { $0.2.target?.direction ?? .atLeast }), .each("period", all.map { $0.2.target?.period ?? .day }))
  }

  private func pauses(_ made: [New]) -> SQL {
    let all = made.flatMap { new in new.pauses.map { (new.id, $0.pause, $0.isArchive) } }
    return .insert(
      into: "habit_pauses", .each("id", all.map { _ in ID<StoredPause>.new(at: now) }), .each("habit_id", all.map(\.0)),
      .all("user_id", "\(user)"), .each("from_date", all.map(\.1.from)), .each("until_date", all.map(\.1.until)),
      .each("kind", all.map { $0.2 ? "archive" : "pause" }), .each("reason", all.map { SkipReason($0.1.reason) }))
  }
}
