import Domain
import Postgres

/// Notes that people were met once events with them have ended (RULES 9.18). When there is something to note a table of its own says for each person
/// (`contact_rounds`), which triggers keep: no worker goes through all events that ever were.
struct PeopleWork {
  /// How many people whose events ended are taken at a time.
  private static let most = 100
  /// How many meetings of one person's at a time: their requests wait meanwhile.
  private static let slice = 200
  /// Events that ended longer ago count no more: so long their instances are kept (RULES 9.24).
  private static let days = 400

  private let bench: WorkBench
  private let rounds: RowWork<User>

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    rounds = RowWork("contact_round", bench)
  }

  var kinds: [WorkKind] {
    let due = DueTime(name: "people") { now in
      "SELECT min(due_at) FROM contact_rounds WHERE due_at IS NOT NULL AND user_id <> ALL (\(rounds.passed(at: now)))"
    }
    return [
      WorkKind(name: "people", due: due) { now, _ in
        try rounds.batches(
          of: Self.most, counted: "met", at: now, all: { try owners(now).reduce(0) { try $0 + note(of: $1, now) } },
          rows: { try owners(now) }, one: { try note(of: $0, now) })
      }
    ]
  }

  private func owners(_ now: Instant) throws -> [ID<User>] {
    try db.rows(
      Query(
        column: """
          SELECT user_id FROM contact_rounds WHERE due_at <= \(now) AND user_id <> ALL (\(rounds.passed(at: now))) ORDER BY due_at LIMIT \(Self.most)
          """))
  }

  private func note(of user: ID<User>, _ now: Instant) throws -> Int {
    try db.transaction {
      guard let person = try Person.acting(user, bench) else { return 0 }
      let planner = PlannerWriting(person: person, now: now, request: "", db: db)
      try planner.lock()
      let actor = Actor(kind: .user, id: person.id.text, name: person.displayName)
      let with = DeadlineWriting(planner: planner, services: bench.services, actor: actor)
      let met = try db.rows(Meeting.ended(of: user, since: now.advanced(days: -Self.days), until: now, most: Self.slice))
      if !met.isEmpty { try store(met, with) }
      // Where there are more, the next round goes on at once.
      let isMore = met.count == Self.slice
      try db.queue([
        """
        UPDATE contact_rounds SET due_at = CASE WHEN \(isMore) THEN \(now) ELSE (\(Meeting.nextEnd(of: user, after: now))) END WHERE user_id = \(user)
        """
      ])
      return 1
    }
  }

  private func store(_ met: [Meeting], _ with: DeadlineWriting) throws {
    let insert: SQL = .insert(
      into: "contact_log", .each("id", met.map { _ in ID<LoggedContact>.new(at: with.now) }), .all("user_id", "\(with.person.id)"),
      .each("person_id", met.map(\.person)), .each("at", met.map { $0.at(with.person, now: with.now) }),
      .each("event_id", met.map(\.event)),
      .each("instance", met.map(\.instance)), .all("created_at", "\(with.now)"))
    try db.queue(["\(insert) ON CONFLICT DO NOTHING"])
    for id in Set(met.map(\.person)).sorted() {
      _ = try db.rows(PersonBell.locking("b.person_id = \(id)"))
      guard let person = try db.row(KnownPerson.mine("p.id = \(id)")) else { continue }
      try PersonCommands(person: person, with: with).followContacts()
      try with.planner.note("person.contacted", [person.ref])
    }
  }
}

/// Somebody met at an event that has ended.
struct Meeting {
  let person: ID<KnownPerson>
  let event: ID<Event>
  let instance: LocalTime
  let isAllDay: Bool
  /// Of whole days midnight in UTC behind the last of them.
  let endsAt: Instant

  /// When that was: as it ended; of whole days at the usual hour of the last of them, in whichever zone the person lives.
  ///
  /// - Parameter now: no contact lies ahead.
  func at(_ person: Person, now: Instant) -> Instant { Meeting.time(endsAt, isAllDay: isAllDay, person.zone, person.defaultTime, now: now) }

  static func time(_ end: Instant, isAllDay: Bool, _ zone: Zone, _ hour: TimeOfDay, now: Instant) -> Instant {
    if !isAllDay { return end }
    let last = Zone.utc.local(end).day.advanced(by: -1)
    return min(zone.instant(LocalTime(day: last, time: hour)), now)
  }

  /// Those who live and whose events count, at events that took place: of a series those that ended since both were related.
  private static func of(_ user: ID<User>) -> SQL {
    """
    FROM entity_relationships r JOIN people p ON p.id = r.from_id AND p.user_id = r.user_id AND p.deleted_at IS NULL AND p.stay_events
      JOIN events e ON e.id = r.to_id AND e.user_id = r.user_id AND e.deleted_at IS NULL
      JOIN event_instances i ON i.event_id = e.id AND i.user_id = e.user_id AND (e.rule = '' OR i.ends_at > r.created_at)
      LEFT JOIN event_overrides o ON o.event_id = i.event_id AND o.instance = i.instance AND o.user_id = i.user_id
    WHERE r.user_id = \(user) AND r.to_kind = 'event' AND r.from_kind = 'person' AND r.relationship IN ('attends', 'organizes') AND NOT r.own
      AND coalesce(o.status, e.status) <> 'cancelled'
    """
  }

  /// What has ended and is not noted yet, the oldest first.
  static func ended(of user: ID<User>, since: Instant, until now: Instant, most: Int) -> Query<Meeting> {
    Query(
      """
      SELECT DISTINCT p.id AS person_id, e.id AS event_id, i.instance, i.all_day, i.ends_at \(of(user))
        AND i.ends_at > \(since) AND i.ends_at <= \(now)
        AND NOT EXISTS (SELECT FROM contact_log c WHERE c.person_id = p.id AND c.event_id = e.id AND c.instance = i.instance)
      ORDER BY i.ends_at, p.id, e.id, i.instance LIMIT \(most)
      """, into: Meeting.init)
  }

  /// When the next ends; NULL: none is to come. Whoever lies in the trash by now may be back by then, and what does not count may count.
  static func nextEnd(of user: ID<User>, after now: Instant) -> SQL {
    """
    SELECT min(i.ends_at) FROM entity_relationships r JOIN event_instances i ON i.event_id = r.to_id AND i.user_id = r.user_id
    WHERE r.user_id = \(user) AND r.to_kind = 'event' AND r.from_kind = 'person' AND r.relationship IN ('attends', 'organizes') AND NOT r.own
      AND i.ends_at > \(now)
    """
  }
}
