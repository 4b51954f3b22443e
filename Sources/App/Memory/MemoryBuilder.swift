import Domain
import Postgres

/// Makes the summaries of a person's by rule, for the worker and for who asks for one anew. Its transaction acts for the person.
struct MemoryBuilder {
  let person: Person
  let now: Instant
  let db: Connection

  var clock: HabitClock { HabitClock(zone: person.zone, dayStart: person.dayStart) }

  /// How many events of a period are read.
  private static let most = 20_000

  /// What a summary is about: a stretch of time in a place.
  struct Period {
    let type: MemorySummary.Kind
    let chat: String
    let key: String
    let session: ID<MemorySession>?
    let span: Range<Instant>
    /// nil: of a session.
    let days: ClosedRange<Day>?
  }

  func period(_ it: SummaryPeriod) -> Period {
    let type: MemorySummary.Kind = if case .day = it { .daily } else { .weekly }
    return Period(type: type, chat: MemorySummary.everywhere, key: it.key, session: nil, span: it.span(clock), days: it.days)
  }

  /// Makes it, or brings its facts up to what happened since: nothing where nobody was active, none that was deleted. Words that the person wrote
  /// stay; a model's go with the facts that they were about.
  ///
  /// - Returns: whether there was anything to say.
  @discardableResult
  func rebuild(_ period: Period) throws -> Bool {
    let events = try db.rows(happened(in: period))
    guard events.contains(where: { period.span.contains($0.event.at) && !$0.request.isEmpty }) else { return false }
    let facts = try facts(of: events.map(\.event), in: period)
    let (json, sources) = (MemoryFactText.json(facts), Array(Set(facts.flatMap(\.events))).sorted())
    try db.run(
      """
      INSERT INTO memory_summaries AS s (id, user_id, chat, type, period, session_id, from_at, until_at, zone, week_start, facts, sources, created_at,
        updated_at)
      VALUES (\(ID<MemorySummary>.new(at: now)), \(person.id), \(period.chat), \(period.type), \(period.key), \(period.session),
        \(period.span.lowerBound), \(period.span.upperBound), \(person.zone.name), \(person.weekStart), \(json)::text::jsonb, \(sources), \(now), \(now))
      ON CONFLICT (user_id, chat, type, period) DO UPDATE SET from_at = EXCLUDED.from_at, until_at = EXCLUDED.until_at, zone = EXCLUDED.zone,
        week_start = EXCLUDED.week_start, facts = EXCLUDED.facts, sources = EXCLUDED.sources, updated_at = EXCLUDED.updated_at,
        text = CASE WHEN s.written = 'person' THEN s.text ELSE '' END, written = CASE WHEN s.written = 'person' THEN s.written ELSE 'rules' END
      WHERE s.deleted_at IS NULL AND (s.facts, s.from_at, s.until_at) IS DISTINCT FROM (EXCLUDED.facts, EXCLUDED.from_at, EXCLUDED.until_at)
      """)
    return true
  }

  /// An event, with the request that it came of; empty: of none.
  private struct Happened {
    let event: MemoryEvent
    let request: String
  }

  /// What happened in a period, and what was left from its plans and moved later.
  private func happened(in period: Period) -> Query<Happened> {
    let (span, days) = (period.span, period.days)
    return Query(
      """
      SELECT id, at, kind, thing_id, payload->>'minutes' AS minutes, payload->>'from' AS left_from, request_id FROM event_log
      WHERE user_id = (SELECT me()) AND thing_id IS NOT NULL AND at >= \(span.lowerBound)
        AND (at < \(span.upperBound) OR kind = 'plan.carried' AND payload->>'from' BETWEEN \(days?.lowerBound.iso) AND \(days?.upperBound.iso))
      ORDER BY at, id LIMIT \(Self.most)
      """
    ) { row throws(PostgresError) in
      let (minutes, from): (String?, String?) = (try row("minutes"), try row("left_from"))
      let event = MemoryEvent(
        id: try row("id"), at: try row("at"), kind: try row("kind"), thing: try row("thing_id"), minutes: minutes.flatMap { Int($0) } ?? 0,
        from: from.flatMap { Day(iso: $0) })
      return Happened(event: event, request: try row("request_id"))
    }
  }

  private func facts(of events: [MemoryEvent], in period: Period) throws -> [MemoryFactText] {
    let inside = events.filter { period.span.contains($0.at) || $0.from != nil }
    // What was closed may have made others free; which of these ends hold the rule says.
    let closed = Array(Set(inside.map(\.thing)))
    let free: [(ID<Thing>, ID<Thing>)] = try db.rows(
      Query(
        tuple: """
          SELECT w.id, l.to_id FROM entity_links l JOIN tasks w ON w.id = l.from_id AND w.user_id = l.user_id
          WHERE l.user_id = (SELECT me()) AND l.type = 'depends_on' AND l.to_id = ANY (\(closed)) AND w.open_blockers = 0
            AND w.status IN ('open', 'in_progress') AND w.deleted_at IS NULL AND w.archived_at IS NULL ORDER BY w.id, l.to_id LIMIT 500
          """))
    let followed = MemoryFacts.Followed(
      unblocked: free.map { (thing: $0.0, by: $0.1) }, left: try period.days.map { try left(from: $0) } ?? [])
    let facts = MemoryFacts.of(inside, days: period.days, followed)
    let known = try things(facts.flatMap(\.things))
    return facts.map { MemoryFactText($0, known) }
  }

  /// What was planned for days that are over, or due on them, and is open still.
  private func left(from days: ClosedRange<Day>) throws(PostgresError) -> [ID<Thing>] {
    let last = min(days.upperBound, clock.date(now).advanced(by: -1))
    if last < days.lowerBound { return [] }
    return try db.rows(
      Query(
        column: """
          SELECT t.id FROM recent_context_items c JOIN tasks t ON t.id = c.thing AND t.user_id = c.user_id
          WHERE c.user_id = (SELECT me()) AND c.chat = \(PlanRow.chat) AND c.state = 'taken' AND c.day BETWEEN \(days.lowerBound) AND \(last)
            AND t.status IN ('open', 'in_progress', 'deferred') AND t.deleted_at IS NULL AND t.archived_at IS NULL
          UNION
          (SELECT t.id FROM tasks t WHERE t.user_id = (SELECT me()) AND t.status IN ('open', 'in_progress') AND t.deleted_at IS NULL
            AND t.archived_at IS NULL AND coalesce(t.due, 'infinity') BETWEEN \(days.lowerBound) AND \(last)
            ORDER BY coalesce(t.due, 'infinity'), coalesce(t.due_at, 'infinity'), t.id LIMIT 200)
          """))
  }

  /// What things are called now; those that are gone for good are not there.
  private func things(_ ids: [ID<Thing>]) throws(PostgresError) -> [ID<Thing>: MemoryThing] {
    let found = try db.rows(
      """
      SELECT d.id, d.kind, d.title, d.private OR EXISTS (SELECT FROM tasks t WHERE t.id = d.id AND t.private)
          OR EXISTS (SELECT FROM goals g WHERE g.id = d.id AND g.private) OR EXISTS (SELECT FROM problems p WHERE p.id = d.id AND p.private)
          OR EXISTS (SELECT FROM deadlines l WHERE l.id = d.id AND l.private) AS private
      FROM search_documents d WHERE d.user_id = (SELECT me()) AND d.id = ANY (\(Array(Set(ids))))
      """, into: MemoryThing.init)
    return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
