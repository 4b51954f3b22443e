import Domain
import Postgres
import Web

/// Habits out of files: of other programs, and of ours.
enum HabitImport: ImportedNoun {
  static let table: Columns = "habit_imports"
  /// What it is about, for the audit log.
  static let subject = "habit_import"
  static let previewSeconds: Int64? = 86_400
  static let underway: Columns = "EXISTS (SELECT FROM jobs j WHERE j.id = job_id AND j.state IN ('pending', 'running'))"
}

/// A habit of the person's, as far as a file can be compared with it.
struct OwnHabit {
  let id: ID<Habit>
  let name: String
  let kind: HabitKind
  let unit: String

  static var mine: Query<OwnHabit> {
    Query(
      "SELECT h.id, h.name, h.kind, h.unit FROM habits h WHERE h.user_id = (SELECT me()) AND h.status <> 'deleted' \(Habit.inOrder)",
      into: OwnHabit.init)
  }
}

/// What came of one habit of a confirmed file.
struct HabitImportRow {
  let name: String
  let habit: ID<Habit>
  let isNew: Bool
  let added: Int
  let known: Int
  /// It is still there.
  let isThere: Bool

  static func query(_ id: ID<HabitImport>) -> Query<HabitImportRow> {
    Query(
      """
      SELECT r.name, r.habit_id AS habit, r.is_new, r.added, r.known,
        EXISTS (SELECT FROM habits h WHERE h.id = r.habit_id AND h.user_id = r.user_id AND h.status <> 'deleted') AS is_there
      FROM habit_import_rows r WHERE r.import_id = \(id) AND r.user_id = (SELECT me()) ORDER BY r.number
      """, into: HabitImportRow.init)
  }
}

extension FileImport<HabitImport> {
  /// How many lines of a confirmed one said nothing.
  static func refused(_ id: ID<HabitImport>) -> Query<Int> {
    Query(column: "SELECT refused FROM habit_imports WHERE id = \(id) AND user_id = (SELECT me())")
  }

  /// The bytes of a preview, as they were sent.
  static func bytes(_ id: ID<HabitImport>) -> Query<[UInt8]> {
    Query(column: "SELECT file FROM habit_imports WHERE id = \(id) AND user_id = (SELECT me()) AND file IS NOT NULL")
  }

  /// Keeps a file as the person's preview, in place of the one before.
  static func keep(_ sent: SentFile, _ kind: HabitFile.Kind, _ web: Context) throws -> ID<HabitImport> {
    let id = ID<HabitImport>.new(at: web.now)
    try web.db.run(turn)
    try web.db.runAll([
      "SELECT door.replace_habit_imports(\(web.now))",
      """
      INSERT INTO habit_imports (id, user_id, kind, file_name, file, created_at)
      VALUES (\(id), \(try web.person.id), \(kind), \(sent.name), \(sent.bytes), \(web.now))
      """,
    ])
    return id
  }

  /// Deletes the habits that it made and nobody has touched since, and the dates that it added to others.
  ///
  /// - Returns: how many habits, and how many dates of others.
  func undo(_ calendar: HabitCalendar, _ web: Context) throws -> (habits: Int, days: Int) {
    // First, as everybody who changes dates holds their habit: whoever ticks one meanwhile waits here and not half-way.
    try web.db.run(
      """
      SELECT FROM habits WHERE user_id = (SELECT me())
        AND id IN (SELECT habit_id FROM habit_import_rows WHERE import_id = \(id) AND user_id = (SELECT me())) ORDER BY id FOR NO KEY UPDATE
      """)
    let gone: [ID<Habit>] = try web.db.rows(
      Query(
        column: """
          UPDATE habits SET status = 'deleted', deleted_at = \(web.now), updated_at = \(web.now)
          WHERE user_id = (SELECT me()) AND status <> 'deleted' AND version = 1
            AND id IN (SELECT habit_id FROM habit_import_rows WHERE import_id = \(id) AND user_id = (SELECT me()) AND is_new)
            AND NOT EXISTS (SELECT FROM habit_days d WHERE d.habit_id = habits.id AND d.user_id = habits.user_id
              AND (d.source <> 'import' OR d.ticked_at <> \(confirmedAt)))
          RETURNING id
          """))
    let joined: [ID<Habit>] = try web.db.rows(
      Query(
        column: "SELECT habit_id FROM habit_import_rows WHERE import_id = \(id) AND user_id = (SELECT me()) AND NOT is_new AND added > 0"))
    let days: Int64 = try web.db.value("SELECT door.undo_habit_import(\(id))") ?? 0
    try calendar.settle(joined, of: web.person.id, at: web.now, web.db)
    return (gone.count, Int(days))
  }
}

extension HabitCalendar {
  /// Reckons anew what is settled of habits whose dates beyond the last ones have changed.
  func settle(_ ids: [ID<Habit>], of user: ID<User>, at now: Instant, _ db: Connection) throws {
    // Some at a time: ten years of each are read.
    for start in stride(from: 0, to: ids.count, by: 20) {
      let slice = Array(ids[start..<min(start + 20, ids.count)])
      let habits = try db.rows(Habit.mine("h.id = ANY (\(slice))", .whole))
      let pasts = habits.map { history(of: $0).pasts(today: today) }
      try db.queue([
        .update(
          "habits",
          set: [
            .each("state", pasts.map { $0.days?.bytes }), .each("state_next", pasts.map { $0.days?.next }),
            .each("year_state", pasts.map { $0.year?.bytes }), .each("year_next", pasts.map { $0.year?.next }),
            .all("updated_at", "\(now)"),
          ],
          by: [.each("id", habits.map(\.id))], where: "d.id = t.id AND d.user_id = \(user)")
      ])
    }
  }
}

extension HabitHistory {
  /// What is kept of the past, reckoned from all entries.
  func pasts(today: Day) -> (days: HabitState?, year: HabitState?) {
    let next = HabitState.yearAgo(from: today)
    return (reckoning(today: today)?.state, start < next ? HabitState(self).advanced(to: next, self) : nil)
  }
}
