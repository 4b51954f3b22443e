import Domain
import HTML
import Postgres

/// What rules read out of titles and of the times at which somebody does things.
extension AssumptionRules {
  // MARK: - Whom a title names

  /// "Call Ana": what is to be done is about the one known person of that name (RULES 9.7).
  func called() throws -> [InferredAssumption] {
    let found: [(String, ID<Thing>, String)] = try db.rows(
      Query(
        tuple: """
          SELECT x.kind, x.id, x.title FROM (
            SELECT 'task' AS kind, t.id, t.title FROM tasks t WHERE t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.archived_at IS NULL
              AND t.status IN ('open', 'in_progress', 'deferred') AND t.assignee_id IS NULL AND t.title_norm LIKE ANY (\(CalledName.patterns))
            UNION ALL
            SELECT 'reminder', r.id, r.title FROM reminders r WHERE r.user_id = (SELECT me()) AND r.status IN ('active', 'snoozed')
              AND r.habit_id IS NULL AND lower(r.title) LIKE ANY (\(CalledName.patterns))) x
          WHERE NOT EXISTS (SELECT FROM assumptions a WHERE a.user_id = (SELECT me()) AND a.subject_id = x.id AND a.predicate = 'about'
              AND a.faded IS DISTINCT FROM 'room')
            AND NOT EXISTS (SELECT FROM entity_relationships e WHERE e.user_id = (SELECT me()) AND (e.to_id = x.id OR e.from_id = x.id))
          ORDER BY x.id DESC LIMIT \(Self.most)
          """))
    let all = found.map { (kind: $0.0, id: $0.1, title: $0.2, names: CalledName.candidates($0.2)) }
    let people = try named(Array(Set(all.flatMap(\.names))))
    return all.compactMap { thing in
      for name in thing.names {
        guard let (person, isWhole) = people[name] else { continue }
        return made(
          AssumptionKey(AssumedThing(thing.kind, thing.id), "about", AssumedThing("person", person.id)), subject: thing.title,
          object: person.title,
          .context, RuleConfidence.called(isWhole: isWhole),
          [AssumptionGround(mark: EvidenceMark(thing.kind, thing.id), quote: thing.title)])
      }
      return nil
    }
  }

  /// By candidate the one person who is called so, or who alone has that first name.
  private func named(_ candidates: [String]) throws -> [String: (person: (id: ID<Thing>, title: String), isWhole: Bool)] {
    if candidates.isEmpty { return [:] }
    let found: [(String, ID<Thing>, String, Bool)] = try db.rows(
      Query(
        tuple: """
          SELECT c.name, p.id, p.name, p.name_norm = normal_title(c.name) FROM unnest(\(candidates)) AS c (name) JOIN people p
            ON p.name_norm = normal_title(c.name) OR split_part(p.name_norm, ' ', 1) = normal_title(c.name)
          WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL
          """))
    return Dictionary(grouping: found, by: \.0).compactMapValues { rows in
      let whole = rows.filter(\.3)
      let best = whole.isEmpty ? rows : whole
      // Of two people with that name nobody knows who is meant.
      guard best.count == 1, let row = best.first else { return nil }
      return (person: (id: row.1, title: row.2), isWhole: row.3)
    }
  }

  // MARK: - Hours

  /// A date on which a habit was done, and when.
  private struct Done {
    let habit: ID<Thing>
    let name: String
    let at: Instant
  }

  /// The hour at which a habit is usually done, of those that nothing was ever said of.
  func usualHours() throws -> [InferredAssumption] {
    let since = HabitClock(zone: person.zone, dayStart: person.dayStart).date(now).advanced(by: -60)
    let done = try db.rows(
      Query(
        """
        SELECT h.id AS habit, h.name, d.ticked_at AS at FROM habits h JOIN habit_days d ON d.habit_id = h.id AND d.user_id = h.user_id
        WHERE h.user_id = (SELECT me()) AND h.status = 'active' AND d.date >= \(since) AND d.state = 'done' AND d.source <> 'import'
          AND (d.ticked_at AT TIME ZONE 'UTC')::date BETWEEN d.date - 1 AND d.date + 1
          AND NOT EXISTS (SELECT FROM assumptions a WHERE a.user_id = (SELECT me()) AND a.subject_id = h.id AND a.predicate = 'usual_hour'
            AND a.faded IS DISTINCT FROM 'room')
        ORDER BY h.id, d.date DESC LIMIT 5000
        """, into: Done.init))
    return Dictionary(grouping: done, by: \.habit).compactMap { habit, days in
      guard let usual = UsualHours.hour(of: days.map { minute(of: $0.at) }), let name = days.first?.name else { return nil }
      let hours = "\(usual.fromText)–\(usual.untilText)"
      let quote = "\(name): \(usual.count)/\(usual.total), \(hours)"
      return made(
        AssumptionKey(AssumedThing("habit", habit), "usual_hour", nil, object: hours), subject: name, object: hours, .preference,
        usual.confidence,
        [AssumptionGround(mark: EvidenceMark("habit", habit), quote: quote)])
    }
  }

  /// Minutes after midnight by the person's clock.
  private func minute(of instant: Instant) -> Int { person.zone.local(instant).time.second / 60 }

  /// When somebody works, by what they do on weekdays: of those who have not said it.
  func workingHours() throws -> [InferredAssumption] {
    if person.work.span != nil { return [] }
    let isSaid: Bool? = try db.value(
      """
      SELECT EXISTS (SELECT FROM assumptions WHERE user_id = (SELECT me()) AND predicate = 'works_hours' AND state <> 'superseded'
        AND faded IS DISTINCT FROM 'room')
      """)
    if isSaid ?? false { return [] }
    let acts: [(Instant, String?, ID<Thing>?)] = try db.rows(
      Query(
        tuple: """
          SELECT e.at, e.thing_kind, e.thing_id FROM event_log e
          WHERE e.user_id = (SELECT me()) AND e.at > \(now.advanced(days: -28)) AND e.request_id <> '' ORDER BY e.at DESC LIMIT 2000
          """))
    let local = acts.map { person.zone.local($0.0) }
    let workdays = local.filter { WeekdaySet.workdays.contains($0.day.weekday) }
    guard let usual = UsualHours.working(workdays.map { $0.time.second / 60 }, days: Set(workdays.map(\.day)).count) else { return [] }
    let hours = "\(usual.fromText)–\(usual.untilText)"
    var seen: Set<ID<Thing>> = []
    let things = acts.compactMap { act -> AssumedThing? in
      guard let kind = act.1, let id = act.2, seen.insert(id).inserted else { return nil }
      return AssumedThing(kind, id)
    }
    let titles = try titles(things.map(\.id))
    let grounds = things.filter { titles[$0.id] != nil }.prefix(5).map {
      AssumptionGround(mark: EvidenceMark($0.kind, $0.id), quote: titles[$0.id] ?? "")
    }
    let one = made(
      AssumptionKey(nil, "works_hours", nil, object: hours), subject: nil, object: hours, .preference, usual.confidence, Array(grounds))
    return [one].compactMap(\.self)
  }
}
