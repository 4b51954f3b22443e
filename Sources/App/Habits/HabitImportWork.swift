import Domain
import Postgres

/// Takes a large file of habits in, between whatever else a worker has to do.
///
/// All of it is one transaction (RULES 5.15), on a connection that the worker holds beside its own, of which each step does one part: nothing of it is
/// seen before all is, nobody's reminder waits for it, and whatever ends the worker rolls it back; who then gets the job begins anew. No step waits
/// for somebody else's lock: the transaction stays open between two steps, and what waited for it in turn on the worker's own connection would wait
/// for ever. What follows of it for habits that were there is done after that, some at a time: it comes to the same however often.
enum HabitImportWork {
  static let name = "habits.import"
  /// How often it is begun, after workers that died with it and settings that changed under it, and how often after errors.
  private static let mostStarts = 6
  private static let mostFailures = 3
  /// Habits whose past is reckoned anew in one step.
  private static let settled = 5

  static func asking(for id: ID<HabitImport>, as job: ID<Job>, of person: Person, at now: Instant) -> SQL {
    Job.asking(for: name, at: Bookmark(id: id).text, of: person.account, person.id, as: job, now: now)
  }

  static let kind = JobKind(name) { run, bench, now in
    guard let place = Bookmark(run.place), let user = run.user, let person = try Person.acting(user, bench),
      let order = try bench.db.read(HabitImportOrder.query(place.id)).first
    else { return stop(&run) }
    if order.confirmedAt != nil {
      run.kept = nil
      return try follow(&run, place, person, bench, now)
    }
    guard order.job == run.id else { return stop(&run) }
    do {
      guard let work = run.kept as? HabitImportUnderway else { return try begin(&run, place, person, bench, now) }
      if try work.guarding({ try work.writes.step() }) {
        run.done = work.writes.done
        return .again
      }
      return try end(&run, work, bench, now)
    } catch {
      guard let failure = error as? HabitImportFailure else { throw error }
      return try fail(&run, place.id, failure, bench)
    }
  }

  /// Where a job stands: "IMPORT STARTS", and behind that the last habit for which something followed of it.
  private struct Bookmark {
    let id: ID<HabitImport>
    var starts = 0
    var after: ID<Habit>?

    init(id: ID<HabitImport>) { self.id = id }

    init?(_ text: String) {
      let parts = text.split(separator: " ").map { String($0) }
      guard let id = parts.first.flatMap({ ID<HabitImport>($0) }) else { return nil }
      self.id = id
      starts = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
      after = parts.count > 2 ? ID(parts[2]) : nil
    }

    var text: String { "\(id.text) \(starts)\(after.map { " " + $0.text } ?? "")" }
  }

  /// There is nothing to do any more: what was written is rolled back.
  private static func stop(_ run: inout JobRun) -> JobStep {
    run.kept = nil
    return .done
  }

  // MARK: - In the one transaction

  private static func begin(_ run: inout JobRun, _ place: Bookmark, _ person: Person, _ bench: WorkBench, _ now: Instant) throws -> JobStep
  {
    var place = place
    place.starts += 1
    if place.starts > mostStarts || run.failures >= mostFailures { throw HabitImportFailure(.error, "it was begun too often") }
    let sent = try bench.db.read(HabitImportOrder.sent(place.id)).first
    guard let sent, let choices = HabitImportChoices(sent.choices) else { throw HabitImportFailure(.error, "its choices cannot be read") }
    let calendar = HabitCalendar(person, at: now)
    var reading = choices.reading
    reading.today = min(reading.today, calendar.today)
    let file: HabitFile
    do throws(HabitImportRefusal) {
      file = try HabitFile.sent(sent.file, reading)
    } catch {
      throw HabitImportFailure(.error, "its file cannot be read: \(error)")
    }
    guard let chosen = choices.chosen(of: file) else { throw HabitImportFailure(.error, "its file lacks what was chosen") }
    let work = try HabitImportUnderway(place.id, chosen, refused: file.refusedCount, person, calendar, at: now, bench.db)
    (run.kept, run.place, run.done, run.total) = (work, place.text, 0, work.writes.total)
    return .again
  }

  private static func end(_ run: inout JobRun, _ work: HabitImportUnderway, _ bench: WorkBench, _ now: Instant) throws -> JobStep {
    switch try work.guarding({ try work.end(bench.services, at: now) }) {
    case .isHeldUp: return .again
    // Begun anew, by the settings as they are now.
    case .isStale: run.kept = nil
    case .isGone: return stop(&run)
    case .isMade: (run.kept, run.done) = (nil, work.writes.total)
    }
    return .again
  }

  /// What was written is rolled back; the preview is there again and says why.
  private static func fail(_ run: inout JobRun, _ id: ID<HabitImport>, _ failure: HabitImportFailure, _ bench: WorkBench) throws -> JobStep
  {
    run.kept = nil
    try bench.db.queue([
      """
      UPDATE habit_imports SET job_id = NULL, choices = NULL, failure = \(failure.reason)
      WHERE id = \(id) AND user_id = (SELECT me()) AND job_id = \(run.id) AND confirmed_at IS NULL
      """
    ])
    return .failed(failure.text)
  }

  // MARK: - After it

  private static func follow(_ run: inout JobRun, _ place: Bookmark, _ person: Person, _ bench: WorkBench, _ now: Instant) throws -> JobStep
  {
    let next: [ID<Habit>] = try bench.db.rows(
      Query(
        column: """
          SELECT DISTINCT r.habit_id FROM habit_import_rows r
          WHERE r.import_id = \(place.id) AND r.user_id = (SELECT me()) AND NOT r.is_new AND r.added > 0
            AND r.habit_id > \(place.after ?? ID(high: 0, low: 0)) ORDER BY r.habit_id LIMIT \(settled)
          """))
    guard let last = next.last else { return .done }
    let mine: SQL = "FROM habits WHERE id = ANY (\(next)) AND user_id = \(person.id) AND status <> 'deleted'"
    let held: [ID<Habit>] = try bench.db.rows(Query(column: "SELECT id \(mine) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED"))
    // Somebody changes one at the moment.
    if try held.count < bench.db.value("SELECT count(*) \(mine)") ?? 0 { return .again }
    try HabitCalendar(person, at: now).settle(held, of: person.id, at: now, bench.db)
    for feature in features { try feature.followsHabits(held, person, bench, now) }
    var place = place
    place.after = last
    run.place = place.text
    return .again
  }
}

/// Why an import came to nothing.
struct HabitImportFailure: Error {
  enum Reason: String, Bindable, FromColumn {
    /// A habit is not there any more to which dates were to be added.
    case gone
    case error
  }

  let reason: Reason
  /// For operators.
  let text: String

  init(_ reason: Reason, _ text: String) { (self.reason, self.text) = (reason, text) }
}

/// An import in a worker's hands: its open transaction, which is rolled back when this goes.
private final class HabitImportUnderway {
  enum End: Error {
    case isMade
    /// Somebody has what it needs at the moment.
    case isHeldUp
    /// The person's days are not those any more by which it was reckoned.
    case isStale
    /// It was taken away.
    case isGone
  }

  /// What the connection met. It is not the worker's own, which goes on.
  private struct Broken: Error, CustomStringConvertible {
    let error: PostgresError
    var description: String { "\(error)" }
  }

  let writes: HabitImportWrites
  private let refused: Int
  private let person: Person
  private var db: Connection { writes.db }

  init(
    _ id: ID<HabitImport>, _ chosen: [HabitImportForm.Chosen], refused: Int, _ person: Person, _ calendar: HabitCalendar, at now: Instant,
    _ own: Connection
  ) throws {
    (self.refused, self.person) = (refused, person)
    let db = try HabitImportUnderway.guarding { try own.another() }
    writes = HabitImportWrites(id, chosen, calendar, of: person.id, at: now, db)
    db.beginOpen()
    try db.local("heed.user_id", person.id.text)
    try db.local("heed.account_id", person.account.text)
    // As long as a lease: a worker that stands still that long has lost it.
    try db.local("idle_in_transaction_session_timeout", "60000")
    try db.local("lock_timeout", "1000")
  }

  /// Does a part. What fails is rolled back at once: the worker's own connection may need a row next that this one has locked.
  func guarding<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try HabitImportUnderway.guarding(body)
    } catch {
      _ = try? db.finishAhead()  // Whatever became of it.
      _ = try? db.run("ROLLBACK")  // A connection that cannot even do that is lost, and its transaction with it.
      throw error
    }
  }

  private static func guarding<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      guard let error = error as? PostgresError else { throw error }
      // What is over in a moment is tried again, from the beginning.
      if error.isTransient { throw Broken(error: error) }
      throw HabitImportFailure(.error, "\(error)")
    }
  }

  /// Locks what decides it, waiting for nobody.
  ///
  /// - Throws: ``End`` when it cannot be made, or not now.
  private func hold(_ services: Services) throws {
    guard try db.row(FileImport<HabitImport>.tryingTurn) == true else { throw End.isHeldUp }
    let lock: Query<Int> = Query(column: "SELECT 1 FROM users WHERE id = \(person.id) FOR SHARE SKIP LOCKED")
    let (held, found) = try db.read(lock, Person.mine(services.zones))
    guard !held.isEmpty, let current = found.first else { throw End.isHeldUp }
    if !current.hasDays(of: person) { throw End.isStale }
    do {
      guard try writes.hold(waits: false) else { throw End.isHeldUp }
    } catch Failure.notFound {
      throw HabitImportFailure(.gone, "a habit is gone to which dates were to be added")
    }
  }

  /// Everything that is looked at or locked last, in one go.
  func end(_ services: Services, at now: Instant) throws -> End {
    do {
      // What it does not get, it lets go of: a savepoint.
      try db.transaction { try hold(services) }
    } catch {
      guard let end = error as? End else { throw error }
      return end
    }
    guard try writes.confirm(refused: refused) else { return .isGone }
    try writes.makeRoom()
    try writes.finish()
    // They are read whole until they are reckoned anew.
    try db.queue([
      """
      UPDATE habits SET updated_at = \(now), state = NULL, state_next = NULL, year_state = NULL, year_next = NULL
      WHERE id = ANY (\(writes.touched)) AND user_id = \(person.id)
      """
    ])
    try Audit.append(
      [AuditEntry("habit_import.made", HabitImport.subject, writes.id.text, ["count": String(writes.results.count)])], user: person.id,
      account: person.account, by: Actor(kind: .user, id: person.id.text, name: person.displayName), at: now, services.keys, db)
    try db.commitOpen()
    return .isMade
  }
}

extension Person {
  /// Whether days begin and end as another's do, and weeks.
  fileprivate func hasDays(of other: Person) -> Bool {
    zone.name.utf8.elementsEqual(other.zone.name.utf8) && dayStart == other.dayStart && weekStart == other.weekStart
  }
}
