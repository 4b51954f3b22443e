import Domain
import HTML
import Postgres

/// Stored events as other calendars read them (RULES 9.28): each series with the instances that are otherwise.
struct PublishedEvents {
  /// Events that are read at once: their rows are held, while all that is written stays as bytes.
  private static let slice = 500

  private let web: Context
  /// With who comes and what other programs added.
  private let isWhole: Bool
  /// Instances that were called off before are left out; nil: all are said.
  private let cancelledSince: Instant?

  /// - Parameter web: its transaction is for whose events they are.
  init(_ web: Context, isWhole: Bool, cancelledSince: Instant? = nil) {
    (self.web, self.isWhole, self.cancelledSince) = (web, isWhole, cancelledSince)
  }

  /// Writes events in a lasting order.
  func add(_ ids: [ID<Event>], to file: inout EventPublishing) throws {
    for start in stride(from: 0, to: ids.count, by: PublishedEvents.slice) {
      let some = Array(ids[start..<min(start + PublishedEvents.slice, ids.count)])
      let zones = web.services.zones
      let (events, overrides, places) = try web.db.read(
        Event.mine("e.id = ANY (\(some)) ORDER BY e.starts_at, e.id", zones), StoredOverride.of(some, zones), places(some))
      let extras = try isWhole ? extras(some) : Extras()
      let gone = try gone(some)
      let own = Dictionary(grouping: overrides, by: \.event)
      let names = Dictionary(places, uniquingKeysWith: { first, _ in first })
      for event in events {
        var entry = EventEntry(.init(event.times))
        entry.write(event, OverrideContent(), names)
        entry.tags = event.tags
        entry.rule = event.recurrence
        (entry.rdates, entry.exdates) = (event.rdates.map { event.moment($0) }, event.exdates.map { event.moment($0) })
        if !isWhole, entry.url.utf8.isEmpty { entry.link = web.services.origin + Paths.event(event.id).text }
        entry.organizer = extras.organizers[event.id]
        entry.attendees = extras.guests[event.id] ?? []
        entry.write(extras.metadata[event.id] ?? [])
        let changed = own[event.id] ?? []
        let series = event.series(changed)
        var changes: [EventEntry] = []
        for override in changed {
          let key = event.key(override.instance)
          if gone[event.id]?.contains(override.instance) == true {
            entry.exdates.append(event.moment(key))
          } else if let instance = series.instance(key) {
            var change = EventEntry(.init(instance.times))
            change.write(event, override.content, names)
            change.link = entry.link
            change.instance = event.moment(key)
            changes.append(change)
          }
        }
        file.add(entry, changes: changes)
      }
    }
  }

  private func places(_ ids: [ID<Event>]) -> Query<(ID<Place>, String)> {
    Query(
      tuple: """
        SELECT p.id, p.name FROM places p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND p.id IN (
          SELECT e.place_id FROM events e WHERE e.id = ANY (\(ids)) AND e.user_id = (SELECT me())
          UNION ALL SELECT o.place_id FROM event_overrides o WHERE o.event_id = ANY (\(ids)) AND o.user_id = (SELECT me()))
        """)
  }

  /// Instances that were called off so long ago that they are left out.
  private func gone(_ ids: [ID<Event>]) throws(PostgresError) -> [ID<Event>: Set<LocalTime>] {
    guard let cancelledSince else { return [:] }
    let rows = try web.db.rows(
      Query<(ID<Event>, LocalTime)>(
        tuple: """
          SELECT o.event_id, o.instance FROM event_overrides o
          WHERE o.event_id = ANY (\(ids)) AND o.user_id = (SELECT me()) AND o.status = 'cancelled'
            AND coalesce(o.cancelled_at, o.updated_at) <= \(cancelledSince)
          """))
    return Dictionary(grouping: rows, by: \.0).mapValues { Set($0.map(\.1)) }
  }

  // MARK: - What only a file of one's own has

  private struct Extras {
    var organizers: [ID<Event>: EventEntry.Person] = [:]
    var guests: [ID<Event>: [EventEntry.Person]] = [:]
    var metadata: [ID<Event>: [EventEntry.Field]] = [:]
  }

  private func extras(_ ids: [ID<Event>]) throws(PostgresError) -> Extras {
    let (people, fields) = try web.db.read(
      Query<(ID<Event>, String, String, String, String)>(
        tuple: """
          SELECT event_id, address, name, role, answer FROM event_guests
          WHERE event_id = ANY (\(ids)) AND user_id = (SELECT me()) ORDER BY event_id, position
          """),
      Query<(ID<Event>, String, String)>(
        tuple: """
          SELECT e.id, upper(m.key), v.text FROM events e CROSS JOIN LATERAL jsonb_each(e.metadata) m
            CROSS JOIN LATERAL jsonb_array_elements_text(
              CASE jsonb_typeof(m.value) WHEN 'array' THEN m.value ELSE jsonb_build_array(m.value) END) WITH ORDINALITY v (text, place)
          WHERE e.id = ANY (\(ids)) AND e.user_id = (SELECT me()) AND v.text IS NOT NULL ORDER BY e.id, m.key, v.place
          """))
    var extras = Extras()
    for (event, address, name, role, answer) in people {
      let person = EventEntry.Person(mail: address.utf8.isEmpty ? nil : address, name: name, answer: .init(stored: answer))
      if role == "organizer" { extras.organizers[event] = person } else { extras.guests[event, default: []].append(person) }
    }
    for (event, name, text) in fields { extras.metadata[event, default: []].append(EventEntry.Field(name, text)) }
    return extras
  }
}

extension EventEntry.Person.Answer {
  fileprivate init(stored text: String) {
    switch text {
    case "accepted": self = .accepted
    case "tentative": self = .tentative
    case "declined": self = .declined
    default: self = .open
    }
  }
}

extension EventEntry {
  /// What came with it, each where it came from (``FileEvent``).
  fileprivate mutating func write(_ fields: [Field]) {
    for field in fields {
      switch field.name {
      case "URL": link = field.text
      case "GEO":
        let parts = field.text.utf8.split(separator: UInt8(ascii: ";")).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        coordinates = parts.count == 2 ? Coordinates(latitude: parts[0], longitude: parts[1]) : nil
      default: metadata.append(field)
      }
    }
  }

  /// What an event says, or one of its instances.
  fileprivate mutating func write(_ event: Event, _ own: OverrideContent, _ places: [ID<Place>: String]) {
    uid = event.knownAs
    order = EventOrder(sequence: event.sequence, modified: event.updatedAt, stamp: event.updatedAt)
    (title, description) = (own.title ?? event.title, own.description ?? event.description)
    let place = (own.hasNoPlace ? nil : own.place ?? event.place).flatMap { places[$0] }
    location = [place, own.location ?? event.location].compactMap(\.self).filter { !$0.utf8.isEmpty }.joined(separator: ", ")
    url = own.virtualURL ?? event.virtualURL
    let said: EventStatus = event.status == .cancelled ? .cancelled : own.status ?? event.status
    switch said {
    case .tentative: status = .tentative
    case .confirmed: status = .confirmed
    case .cancelled: status = .cancelled
    }
    visibility = (own.visibility ?? event.visibility) == .public ? .public : .private
    (isBusy, created) = (own.busy ?? event.busy, event.createdAt)
  }
}

extension EventEntry.Times {
  fileprivate init(_ times: EventTimes) {
    self =
      times.isAllDay
      ? .days(times.firstDay...times.lastDay)
      : .clock(EventEntry.Clock(starts: times.start, zone: times.zone, ends: times.end, endZone: times.endZone))
  }
}

extension Event {
  /// As the dates of its series are written.
  fileprivate func moment(_ key: InstanceKey) -> EventMoment { key.isDay ? .day(key.wall.day) : .wall(key.wall, times.zone) }

  fileprivate func moment(_ date: SeriesDate) -> EventMoment {
    switch date {
    case .day(let day): .day(day)
    case .wall(let wall): times.isAllDay ? .day(wall.day) : .wall(wall, times.zone)
    case .zoned(let wall, let zone): times.isAllDay ? .day(wall.day) : .wall(wall, zone)
    }
  }
}
