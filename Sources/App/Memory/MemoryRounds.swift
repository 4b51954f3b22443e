import Domain
import Postgres

/// Looks, a while after something happened, what came of the sessions, days and weeks that it lies in, and once more when the day is over, and the
/// week. A person whose events cannot be read is passed over and holds up nobody.
struct MemoryRounds {
  /// How many people's are looked at in one go.
  private static let most = 50
  /// How far back a late event is looked at: as long as the log is kept.
  private static let days = 31

  private let bench: WorkBench
  private let people: RowWork<User>

  private var db: Connection { bench.db }

  init(_ bench: WorkBench) {
    self.bench = bench
    people = RowWork("memory_round", bench)
  }

  var kind: WorkKind {
    let due = DueTime(name: "memory") { now in
      "SELECT min(due_at) FROM memory_rounds WHERE user_id <> ALL (\(people.passed(at: now)))"
    }
    return WorkKind(name: "memory", due: due) { now, _ in
      try people.batches(
        of: Self.most, counted: "memories", at: now,
        all: { try chosen(now).reduce(0) { try $0 + look($1, now) } },
        rows: { try chosen(now) },
        one: { try look($0, now) })
    }
  }

  private func chosen(_ now: Instant) throws -> [ID<User>] {
    try db.rows(
      Query(
        column: """
          SELECT user_id FROM memory_rounds WHERE due_at <= \(now) AND user_id <> ALL (\(people.passed(at: now))) ORDER BY due_at LIMIT \(Self.most)
          """))
  }

  /// - Returns: 1, or 0 where another worker has it in hands.
  private func look(_ id: ID<User>, _ now: Instant) throws -> Int {
    try db.transaction {
      let since: Instant? = try db.value(
        "SELECT since FROM memory_rounds WHERE user_id = \(id) AND due_at <= \(now) FOR UPDATE SKIP LOCKED")
      guard let since, let person = try Person.acting(id, bench) else { return 0 }
      let builder = MemoryBuilder(person: person, now: now, db: db)
      let next = try build(since, builder)
      try tidy(builder)
      try ask(person, since, now)
      try db.run("UPDATE memory_rounds SET since = \(next?.since), due_at = \(next?.due) WHERE user_id = \(id)")
      return 1
    }
  }

  /// - Returns: when to look again, and from when on; nil: when something happens.
  private func build(_ since: Instant, _ builder: MemoryBuilder) throws -> (since: Instant, due: Instant)? {
    let (clock, now) = (builder.clock, builder.now)
    let today = clock.date(now)
    let first = max(min(clock.date(since), today), today.advanced(by: -Self.days))
    var next: [(since: Instant, due: Instant)] = []
    var weeks: Set<PersonWeek> = []
    for number in 0...first.distance(to: today) {
      let day = first.advanced(by: number)
      weeks.insert(PersonWeek(holding: day, weekStart: builder.person.weekStart))
      let wasThere = try builder.rebuild(builder.period(.day(day)))
      // What is left of a day is known when it is over.
      if day == today, wasThere { next.append((since: clock.start(of: today), due: clock.start(of: today.advanced(by: 1)))) }
    }
    for week in weeks.sorted(by: { $0.first < $1.first }) {
      let (wasThere, end) = (try builder.rebuild(builder.period(.week(week))), week.first.advanced(by: 7))
      // Of a week, too, also where nobody was active on its last day.
      if end > today, wasThere { next.append((since: clock.start(of: today), due: clock.start(of: end))) }
    }
    let sessions: [(ID<MemorySession>, String, Instant, Instant)] = try db.rows(
      Query(
        tuple: """
          SELECT id, source || CASE WHEN chat_id <> '' THEN ':' ELSE '' END || chat_id, started_at, ended_at FROM chat_sessions
          WHERE user_id = (SELECT me()) AND ended_at > \(since) AND started_at <= \(now) ORDER BY started_at, id LIMIT 500
          """))
    for (id, chat, start, end) in sessions {
      if end > now {
        next.append((since: start, due: end))
      } else {
        try builder.rebuild(
          MemoryBuilder.Period(type: .session, chat: chat, key: id.text, session: id, span: start..<max(start, end), days: nil))
      }
    }
    guard let due = next.map(\.due).min(), let from = next.map(\.since).min() else { return nil }
    return (since: from, due: max(due, now.advanced(seconds: 60)))
  }

  /// Notes what a person had in hands since, and takes what is over out of the plans of past days. Rows that a request holds are left for the next time.
  private func tidy(_ builder: MemoryBuilder) throws {
    let (person, now) = (builder.person, builder.now)
    try db.run(
      """
      INSERT INTO recent_context_items AS c (id, user_id, chat, thing, kind, reason, surfaced_at, expires_at)
      SELECT gen_random_uuid(), \(person.id), 'web', x.thing_id, x.document, x.kind, x.at, x.at + interval '7 days' FROM (
        SELECT DISTINCT ON (e.thing_id) e.thing_id, d.kind AS document, e.kind, e.at FROM (
          SELECT * FROM event_log r WHERE r.user_id = (SELECT me()) AND r.thing_id IS NOT NULL AND r.request_id <> '' AND r.kind NOT LIKE 'plan.%'
            AND r.at > \(now.advanced(days: -7)) ORDER BY r.at DESC LIMIT 200) e
        JOIN search_documents d ON d.id = e.thing_id AND d.user_id = e.user_id AND NOT d.trashed
        ORDER BY e.thing_id, e.at DESC, e.id DESC) x
      ORDER BY x.thing_id
      ON CONFLICT (user_id, chat, thing) DO UPDATE SET reason = EXCLUDED.reason, surfaced_at = EXCLUDED.surfaced_at,
        expires_at = greatest(c.expires_at, EXCLUDED.expires_at) WHERE c.surfaced_at < EXCLUDED.surfaced_at
      """)
    try db.run(
      """
      UPDATE recent_context_items SET state = 'shown', day = NULL, expires_at = \(now.advanced(days: 7)) WHERE id IN (
        SELECT c.id FROM recent_context_items c JOIN tasks t ON t.id = c.thing AND t.user_id = c.user_id
        WHERE c.user_id = (SELECT me()) AND c.chat = \(PlanRow.chat) AND c.state <> 'shown' AND c.day < \(builder.clock.date(now))
          AND (t.status IN ('done', 'cancelled') OR t.archived_at IS NOT NULL OR c.state = 'dismissed') LIMIT 200 FOR UPDATE OF c SKIP LOCKED)
      """)
  }

  /// Has a model write over the facts of what is over, where one is and the person allows it.
  private func ask(_ person: Person, _ since: Instant, _ now: Instant) throws {
    guard bench.services.model != nil, !person.modelKinds.isEmpty else { return }
    let over = try db.rows(
      MemorySummary.mine(
        "s.until_at <= \(now) AND s.until_at > \(since) AND s.written = 'rules' AND s.facts <> '[]' ORDER BY s.until_at LIMIT 20"))
    try db.queue(over.map { SummaryWork.asking(for: $0, of: person, at: now) } + (over.isEmpty ? [] : Waking.statements(now, at: now)))
  }
}
