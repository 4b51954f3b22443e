import Domain
import HTML
import Postgres

/// What the page of somebody reads.
struct PersonDetails {
  let person: KnownPerson
  let log: [LoggedContact]
  let tasks: [PersonTask]
  let deadlines: [PersonDeadline]
  /// Those ahead, the next first; those behind, the last first.
  let next: [PersonEvent]
  let past: [PersonEvent]
  let merged: [MergedPerson]
  let related: [RelatedThing]
  let sources: [ThingSource]
  /// What is taken for true about them.
  let assumed: [Assumption]

  /// - Throws: ``Failure/notFound``.
  static func read(_ id: ID<KnownPerson>, _ web: Context) throws -> PersonDetails {
    let (ref, zone) = (ThingRef(.person, of: id), try web.person.zone)
    let (people, log, tasks, deadlines, next, past, merged, related, sources, assumed) = try web.read(
      KnownPerson.mine("p.id = \(id)"), LoggedContact.of(id), PersonTask.of(id), PersonDeadline.of(id),
      PersonEvent.next(id, web.now, in: zone), PersonEvent.past(id, web.now, in: zone), MergedPerson.of(id), RelatedThing.of(ref.id),
      ThingSource.of(ref), Assumption.about([ref.id]))
    guard let person = people.first else { throw Failure.notFound }
    return PersonDetails(
      person: person, log: log, tasks: tasks, deadlines: deadlines, next: next, past: past, merged: merged, related: related,
      sources: sources, assumed: assumed)
  }
}

/// A task that somebody does and that is not over.
struct PersonTask {
  let id: ID<Task>
  let title: String
  let status: TaskStatus
  let due: Day?

  /// What is due first comes first.
  static func of(_ person: ID<KnownPerson>) -> Query<PersonTask> {
    Query(
      """
      SELECT t.id, t.title, t.status, t.due FROM tasks t
      WHERE t.assignee_id = \(person) AND t.user_id = (SELECT me()) AND t.deleted_at IS NULL AND t.archived_at IS NULL
        AND t.status IN ('open', 'in_progress', 'deferred') ORDER BY t.due, t.id LIMIT 20
      """, into: PersonTask.init)
  }
}

/// A deadline that has to do with somebody and is not kept.
struct PersonDeadline {
  let id: ID<Deadline>
  let title: String
  let dueAt: Instant

  static func of(_ person: ID<KnownPerson>) -> Query<PersonDeadline> {
    Query(
      """
      SELECT d.id, d.title, d.due_at FROM deadlines d WHERE d.user_id = (SELECT me()) AND d.deleted_at IS NULL AND d.status <> 'completed' AND d.id IN (
        SELECT r.to_id FROM entity_relationships r WHERE r.user_id = (SELECT me()) AND r.from_id = \(person) AND r.to_kind = 'deadline'
        UNION ALL
        SELECT r.from_id FROM entity_relationships r WHERE r.user_id = (SELECT me()) AND r.to_id = \(person) AND r.from_kind = 'deadline')
      ORDER BY d.due_at, d.id LIMIT 20
      """, into: PersonDeadline.init)
  }
}

/// An instance of an event that somebody attends or organizes.
struct PersonEvent {
  let id: ID<Event>
  let title: String
  let instance: LocalTime
  let isAllDay: Bool
  let isSeries: Bool
  let startsAt: Instant

  /// How many of each are shown.
  private static let shown = 3

  static func next(_ person: ID<KnownPerson>, _ now: Instant, in zone: Zone) -> Query<PersonEvent> {
    instances(of: person, "i.ends_at > \(end(now, zone)) ORDER BY i.starts_at, e.id, i.instance LIMIT \(shown)")
  }

  static func past(_ person: ID<KnownPerson>, _ now: Instant, in zone: Zone) -> Query<PersonEvent> {
    instances(of: person, "i.ends_at <= \(end(now, zone)) ORDER BY i.starts_at DESC, e.id, i.instance LIMIT \(shown)")
  }

  /// What has ended by then is over: whole days, which are kept by UTC, with the reader's date.
  private static func end(_ now: Instant, _ zone: Zone) -> SQL {
    "CASE WHEN i.all_day THEN \(Zone.utc.start(of: zone.local(now).day)) ELSE \(now) END"
  }

  private static func instances(of person: ID<KnownPerson>, _ which: SQL) -> Query<PersonEvent> {
    Query(
      """
      SELECT e.id, coalesce(o.title, e.title) AS title, i.instance, i.all_day, e.rule <> '' AS series, i.starts_at
      FROM event_instances i JOIN events e ON e.id = i.event_id AND e.user_id = i.user_id
        LEFT JOIN event_overrides o ON o.event_id = i.event_id AND o.instance = i.instance AND o.user_id = i.user_id
      WHERE i.user_id = (SELECT me()) AND i.event_id IN (SELECT r.to_id FROM entity_relationships r
          WHERE r.user_id = (SELECT me()) AND r.from_id = \(person) AND r.to_kind = 'event' AND r.relationship IN ('attends', 'organizes') AND NOT r.own)
        AND e.deleted_at IS NULL AND coalesce(o.status, e.status) <> 'cancelled' AND \(which)
      """, into: PersonEvent.init)
  }

  /// Its page: that of the one instance, where there are more.
  var path: Path { isSeries ? Paths.instance(id, isAllDay ? InstanceKey(instance.day) : InstanceKey(instance)) : Paths.event(id) }
}

/// Somebody who was merged into another, and lies in them since.
struct MergedPerson {
  let id: ID<KnownPerson>
  let name: String
  let at: Instant
  /// By which they came; nil: none is known.
  let merge: ID<Merge>?

  /// The last first.
  static func of(_ survivor: ID<KnownPerson>) -> Query<MergedPerson> {
    Query(
      """
      SELECT p.id, p.name, p.deleted_at AS at, (SELECT m.id FROM merges m
          WHERE m.merged = p.id AND m.survivor = p.merged_into AND m.user_id = p.user_id AND m.undone_at IS NULL ORDER BY m.id DESC LIMIT 1) AS merge
      FROM people p WHERE p.merged_into = \(survivor) AND p.user_id = (SELECT me()) AND p.deleted_at IS NOT NULL ORDER BY p.deleted_at DESC, p.id LIMIT 20
      """, into: MergedPerson.init)
  }
}
