import Domain
import Postgres
import Web

/// A confirmed import as it is written: in batches, whatever its size, all in the transaction of the request.
struct HabitImportWrites {
  let id: ID<HabitImport>
  let calendar: HabitCalendar
  let now: Instant
  let user: ID<User>
  let db: Connection
  /// Of each habit what came of it, in the order of the file.
  private var results: [Result] = []

  struct Result {
    let row: HabitImportPlan.Row
    let name: String
    let habit: ID<Habit>
    let isNew: Bool
    let added: Int
  }

  private struct New {
    let id: ID<Habit>
    let name: String
    let habit: HabitFile.Habit
    let changes: [HabitChange]
    let pauses: [(pause: HabitFile.Pause, isArchive: Bool)]
    let created: Day
  }

  /// Rows of one statement: a few hundred kilobytes.
  private static let slice = 10_000

  /// - Returns: what came of each.
  static func make(_ id: ID<HabitImport>, _ chosen: [HabitImportForm.Chosen], refused: Int, _ web: Context) throws -> [Result] {
    let person = try web.person
    var writes = HabitImportWrites(id: id, calendar: HabitCalendar(person, at: web.now), now: web.now, user: person.id, db: web.db)
    try writes.makeNew(chosen)
    try writes.join(chosen, web)
    writes.results.sort { $0.row.number < $1.row.number }
    try writes.note(refused)
    return writes.results
  }

  // MARK: - New habits

  private mutating func makeNew(_ chosen: [HabitImportForm.Chosen]) throws {
    var made: [New] = []
    for choice in chosen {
      guard case .new(let name, let rule) = choice.target else { continue }
      var changes = choice.row.habit.changes(today: calendar.today)
      // What was chosen on the preview stands in place of the last change.
      if let last = changes.popLast() { changes.append(HabitChange(from: last.from, rule)) }
      let new = New(
        id: .new(at: now), name: name, habit: choice.row.habit, changes: changes, pauses: choice.row.habit.pauses(today: calendar.today),
        created: choice.row.habit.made(today: calendar.today))
      made.append(new)
      results.append(Result(row: choice.row, name: name, habit: new.id, isNew: true, added: choice.row.habit.entries.count))
    }
    if made.isEmpty { return }
    let place: Int = try db.value("SELECT coalesce(max(position), 0) FROM habits WHERE user_id = \(user) AND status <> 'deleted'") ?? 0
    try db.runAll([habits(made, behind: place), frequencies(made), pauses(made)])
    try add(made.map { ($0.id, $0.habit.entries[...]) })
  }

  private func habits(_ made: [New], behind place: Int) -> SQL {
    let pasts = made.map { new in
      HabitHistory(
        created: new.created, weekStart: calendar.weekStart, changes: new.changes, entries: new.habit.entries.map { HabitEntry($0) },
        pauses: new.pauses.map { HabitPause(from: $0.pause.from, until: $0.pause.until) }, leftOut: calendar.leftOut
      ).pasts(today: calendar.today)
    }
    return .insert(
      into: "habits", .each("id", made.map(\.id)), .all("user_id", "\(user)"), .each("name", made.map(\.name)),
      .each("description", made.map(\.habit.description)),
      .each("status", made.map { $0.habit.status == .archived ? HabitStatus.archived : .active }),
      .each("kind", made.map { $0.habit.kind == .amount ? HabitKind.amount : .tick }),
      .each("unit", made.map { $0.habit.kind == .amount ? HabitFile.line($0.habit.unit) : "" }), .all("step", "\(Amount(1))"),
      .each("colour", made.map { $0.habit.colour ?? 1 }), .each("habit_group", made.map { HabitFile.line($0.habit.group) }),
      .each("position", made.indices.map { place + 1 + $0 }), .each("preferred_time", made.map { $0.habit.preferredTime?.second }),
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

  // MARK: - Habits that are there

  /// Adds the dates that a habit does not have; those that it has stay as they are (RULES 5.15).
  private mutating func join(_ chosen: [HabitImportForm.Chosen], _ web: Context) throws {
    let joined = chosen.compactMap { choice -> (row: HabitImportPlan.Row, id: ID<Habit>)? in
      if case .joined(let id) = choice.target { (choice.row, id) } else { nil }
    }
    if joined.isEmpty { return }
    // In one order, so that two devices wait for each other and not in a circle.
    let ids = Set(joined.map(\.id)).sorted { $0.text < $1.text }
    let lock = Query<(ID<Habit>, String)>(
      tuple: "SELECT id, name FROM habits WHERE id = ANY (\(ids)) AND user_id = \(user) AND status <> 'deleted' ORDER BY id FOR UPDATE")
    let names = Dictionary(try db.rows(lock), uniquingKeysWith: { first, _ in first })
    var dates = Dictionary(try db.rows(OwnHabit.dates(ids)), uniquingKeysWith: { first, _ in first }).mapValues { Set($0) }
    var added: [(ID<Habit>, ArraySlice<HabitFile.Entry>)] = []
    for (row, id) in joined {
      guard let name = names[id] else { throw Failure.notFound }
      let new = row.habit.entries.filter { dates[id, default: []].insert($0.day).inserted }
      added.append((id, new[...]))
      results.append(Result(row: row, name: name, habit: id, isNew: false, added: new.count))
    }
    try add(added)
    try calendar.settle(ids.filter { id in added.contains { $0.0 == id && !$0.1.isEmpty } }, web)
  }

  // MARK: - Days and what is kept of the import

  private func add(_ days: [(habit: ID<Habit>, entries: ArraySlice<HabitFile.Entry>)]) throws {
    var waiting: [(habit: ID<Habit>, entry: HabitFile.Entry)] = []
    for (habit, entries) in days {
      for entry in entries {
        waiting.append((habit, entry))
        if waiting.count == HabitImportWrites.slice {
          try db.run(insertion(waiting))
          waiting.removeAll(keepingCapacity: true)
        }
      }
    }
    if !waiting.isEmpty { try db.run(insertion(waiting)) }
  }

  private func insertion(_ days: [(habit: ID<Habit>, entry: HabitFile.Entry)]) -> SQL {
    .insert(
      into: "habit_days", .few("habit_id", days.map(\.habit)), .all("user_id", "\(user)"), .each("date", days.map(\.entry.day)),
      .few("state", days.map { HabitEntry.Mark.Name($0.entry.state) }),
      .each("amount", days.map { $0.entry.state == .done ? $0.entry.amount.map { Amount(thousandths: $0) } : nil }),
      .few("reason", days.map { $0.entry.state == .skipped ? SkipReason($0.entry.reason) : nil }), .each("notes", days.map(\.entry.note)),
      .all("source", "'import'"), .all("timezone", "\(calendar.zone.name)"), .all("ticked_at", "\(now)"))
  }

  private func note(_ refused: Int) throws {
    try db.queue([
      "UPDATE habit_imports SET confirmed_at = \(now), file = NULL, refused = \(refused) WHERE id = \(id) AND user_id = \(user)",
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

extension HabitEntry.Mark.Name {
  init(_ written: HabitFile.Entry.State) {
    switch written {
    case .done: self = .done
    case .skipped: self = .skipped
    case .note: self = .note
    }
  }
}
