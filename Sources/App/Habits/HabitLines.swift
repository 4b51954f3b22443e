import Domain
import Postgres

/// The kept lines of a person's habits. Whatever changes a habit, its days, rules or pauses blanks its line, and who finds it blank, or of another
/// date, reckons it and puts it back.
struct HabitLines {
  let calendar: HabitCalendar
  /// In the person's order.
  let lines: [HabitLine]
  /// Those of which nothing is kept, or of another date.
  private let stale: [Kept]

  /// Whether ``lines`` are all.
  var isWhole: Bool { stale.isEmpty }

  /// More than so many are read table by table.
  private static let few = 5

  /// All of them, archived ones too.
  ///
  /// - Parameter text: of those alone that hold it.
  static func read(holding text: String, _ web: Context) throws -> HabitLines {
    let rows = try web.read(Kept.mine(holding: text))
    return try HabitLines(rows, HabitCalendar(try web.person, web.clock)).completed(web)
  }

  /// What of these rows can be read as it is.
  ///
  /// - Parameter rows: of ``Kept/mine(holding:)``.
  init(_ rows: [Kept], _ calendar: HabitCalendar) {
    let key = calendar.lineKey
    var lines: [HabitLine] = []
    lines.reserveCapacity(rows.count)
    var stale: [Kept] = []
    for row in rows {
      if let bytes = row.bytes, let line = HabitLine(row.habit, revision: row.revision, bytes, key) {
        lines.append(line)
      } else {
        stale.append(row)
      }
    }
    self.init(lines, stale: stale, calendar)
  }

  private init(_ lines: [HabitLine], stale: [Kept], _ calendar: HabitCalendar) {
    (self.calendar, self.stale) = (calendar, stale)
    self.lines = lines.sorted { $0.position == $1.position ? $0.id < $1.id : $0.position < $1.position }
  }

  /// With those that are not kept, which are reckoned and put back.
  func completed(_ web: Context) throws -> HabitLines {
    if isWhole { return self }
    let reckoned = try HabitLines.reckoned(stale.map(\.habit), calendar, web)
    let (key, made) = (calendar.lineKey, Dictionary(reckoned.map { ($0.id, $0) }) { $1 })
    HabitLines.keep(stale.compactMap { row in made[row.habit].map { (row.habit, row.stamp, $0.bytes(key)) } }, as: .list, web)
    return HabitLines(lines + reckoned, stale: [], calendar)
  }

  private static func reckoned(_ ids: [ID<Habit>], _ calendar: HabitCalendar, _ web: Context) throws -> [HabitLine] {
    let which: SQL = "h.id = ANY (\(ids))"
    let found: [Habit]
    if ids.count <= few {
      found = try web.read(Habit.mine(which))
    } else {
      found = try web.read(HabitRows.mine(which, recent: HabitShelf.recent(web.now)))
    }
    return try calendar.reckoned(found, web).map { HabitLine($0, calendar) }
  }

  /// Which of the lines of a habit.
  enum Part { case list, week }

  /// Puts lines into their rows, of those that nobody has changed since they were found blank, and nobody is changing: a page waits for none. What
  /// cannot be kept is reckoned again the next time.
  ///
  /// - Parameter lines: with what ``Kept/stamp`` was, before what they are made of was read.
  static func keep(_ lines: [(habit: ID<Habit>, stamp: Int, bytes: [UInt8])], as part: Part, _ web: Context) {
    guard !lines.isEmpty, let person = web.known else { return }
    let keys: [BatchColumn] = [.each("habit_id", lines.map(\.habit)), .each("stamp", lines.map(\.stamp))]
    let isFree: SQL = """
      d.habit_id = t.habit_id AND d.stamp = t.stamp AND d.user_id = \(person.id) AND d.habit_id IN (
        SELECT habit_id FROM habit_lines WHERE user_id = \(person.id) AND habit_id = ANY (\(lines.map(\.habit))) FOR NO KEY UPDATE SKIP LOCKED)
      """
    let bytes = lines.map(\.bytes)
    let update: SQL =
      switch part {
      case .list: .update("habit_lines", set: [.each("line", bytes)], by: keys, where: isFree)
      case .week: .update("habit_lines", set: [.each("week", bytes)], by: keys, where: isFree)
      }
    keep(web) { _ in update }
  }

  /// Stores what a page has reckoned. Nothing is lost that cannot be reckoned again, so the page comes whatever becomes of it, and waits for no disk.
  ///
  /// - Parameter update: of rows of the person, none of which another transaction holds.
  static func keep(_ web: Context, _ update: (ID<User>) -> SQL) {
    // A form that was refused takes back what its transaction wrote.
    guard web.request.method == .get, let person = web.known else { return }
    do {
      try web.db.transaction {
        try web.act(for: person.id, of: person.account)
        try web.db.queue(["SELECT set_config('synchronous_commit', 'off', true)", update(person.id)])
      }
    } catch {
      web.log("kept_habits", ["error": "\(error)"])
    }
  }
}

/// The row that keeps what was reckoned of a habit. Read by names: there are a hundred of them, and as many columns as places take thrice as long.
struct Kept: FromRow {
  let habit: ID<Habit>
  let revision: Int
  let stamp: Int
  /// The line of the list, or of the week; nil: blank.
  let bytes: [UInt8]?

  init(row: Row) throws(PostgresError) {
    habit = try row("habit_id")
    revision = try row("habit_revision")
    stamp = try row("stamp")
    bytes = try row("bytes")
  }

  static func mine(holding text: String = "") -> Query<Kept> {
    Query(
      """
      SELECT l.habit_id, l.habit_revision, l.stamp, l.line AS bytes FROM habit_lines l WHERE l.user_id = (SELECT me()) AND NOT l.gone \(only(text))
      """)
  }

  /// Those of the week that goes on.
  static var weeks: Query<Kept> {
    Query("SELECT l.habit_id, l.habit_revision, l.stamp, l.week AS bytes FROM habit_lines l WHERE l.user_id = (SELECT me()) AND NOT l.gone")
  }

  private static func only(_ text: String) -> SQL {
    if text.utf8.isEmpty { return "" }
    return "AND l.habit_id IN (SELECT h.id FROM habits h WHERE h.user_id = (SELECT me()) AND \(Habit.matching(text)))"
  }
}
