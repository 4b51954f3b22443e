import Domain
import Postgres
import Web

extension TaskStatus: Bindable, FromColumn {}
extension ThingKind: Bindable, FromColumn {}
extension LinkType: Bindable, FromColumn {}
extension Horizon: Bindable, FromColumn {}
extension ProblemStatus: Bindable, FromColumn {}

/// Who changes something of the planner, when, and in which transaction: what its commands are given, by a page, a job or an import.
struct PlannerWriting {
  let person: Person
  let now: Instant
  /// Of the request or the job, for the log of events.
  let request: String
  /// Its transaction acts for the person.
  let db: Connection

  /// The person's date (RULES 5.1).
  var today: Day { HabitClock(zone: person.zone, dayStart: person.dayStart).date(now) }

  /// When the person's day begins on a date.
  func beginning(of day: Day) -> Instant { person.zone.start(of: day).advanced(hours: person.dayStart) }

  /// Whatever may close a circle waits here until all others of the person are done (RULES 8.20): ask before anything is read that it hangs on.
  func lock() throws(PostgresError) {
    try db.run("SELECT pg_advisory_xact_lock(hashtextextended('planner ' || me()::text, 0))")
  }

  /// Of the people `user_id` of a table those whose planner nobody holds at this moment: it is held from then on. So what a worker changes of many
  /// people at once waits for no request, and no request that holds something of a person's waits for it.
  static func free(of table: Columns) -> SQL {
    """
    SELECT x.user_id FROM (SELECT DISTINCT p.user_id FROM \(table) p) x
    WHERE pg_try_advisory_xact_lock(hashtextextended('planner ' || x.user_id::text, 0))
    """
  }

  /// Notes in the log of events what was done to things: ids, no titles (RULES 8.32); nothing for a person who switched that off.
  ///
  /// - Parameter payload: numbers and dates: `minutes`, `from`.
  func note(_ action: String, _ things: [ThingRef], _ payload: [String: String] = [:]) throws(PostgresError) {
    if things.isEmpty || !person.coach.events { return }
    try db.queue([
      .insert(
        into: "event_log", .each("id", things.map { _ in ID<EventLog.EventRow>.new(at: now) }), .all("at", "\(now)"),
        .all("user_id", "\(person.id)"), .all("kind", "\(action)"), .all("request_id", "\(request)"),
        .all("payload", "\(JSONText.object(payload).text)::text::jsonb"),
        .each("thing_kind", things.map(\.kind)), .each("thing_id", things.map(\.id)))
    ])
  }
}

extension Context {
  /// Whoever is signed in, as somebody who changes their planner.
  var plannerWriting: PlannerWriting {
    get throws { PlannerWriting(person: try person, now: now, request: request.id, db: db) }
  }
}

extension DemoStage {
  /// A person of the demo's at a time, as somebody who changes their planner by a request.
  func writing(_ person: Person, at moment: Instant) -> PlannerWriting {
    PlannerWriting(person: person, now: moment, request: "demo", db: db)
  }
}
