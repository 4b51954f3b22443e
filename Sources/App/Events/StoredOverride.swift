import Domain
import Postgres

/// One instance of a series that was changed, as stored: what is nil is as in the series (RULES 9.22, 9.23).
struct StoredOverride {
  let event: ID<Event>
  /// Its start as the series has it.
  let instance: LocalTime
  /// nil: when the series has it.
  let times: EventTimes?
  let content: OverrideContent

  private static let columns: Columns = """
    o.event_id, o.instance, o.all_day, o.starts, o.ends, o.is_point, o.zone, o.ends_zone, o.title, o.description, o.type, o.status, o.visibility,
    o.busy, o.importance, o.location, o.place_id, o.no_place, o.virtual_url, o.cancelled_at
    """

  /// Those of some events of the person that the transaction is for.
  static func of(_ events: [ID<Event>], _ zones: Zones) -> Query<StoredOverride> {
    mine("o.event_id = ANY (\(events)) ORDER BY o.event_id, o.instance", zones)
  }

  /// - Parameter which: a condition on `o`, and their order.
  static func mine(_ which: SQL, _ zones: Zones) -> Query<StoredOverride> {
    Query("SELECT \(columns) FROM event_overrides o WHERE o.user_id = (SELECT me()) AND \(which)") { row throws(PostgresError) in
      try StoredOverride(row: row, zones)
    }
  }

  /// The same of anybody, for a worker.
  static func all(of events: [ID<Event>], _ zones: Zones) -> Query<StoredOverride> {
    Query("SELECT \(columns) FROM event_overrides o WHERE o.event_id = ANY (\(events)) ORDER BY o.event_id, o.instance") {
      row throws(PostgresError) in try StoredOverride(row: row, zones)
    }
  }

  init(row: Row, _ zones: Zones) throws(PostgresError) {
    event = try row("event_id")
    instance = try row("instance")
    let starts: LocalTime? = try row("starts")
    content = try OverrideContent(row: row)
    guard let starts else {
      times = nil
      return
    }
    // Whoever moves one stores all of these.
    let (allDay, ends, isPoint): (Bool?, LocalTime?, Bool) = (try row("all_day"), try row("ends"), try row("is_point"))
    let (zone, other): (String?, String?) = (try row("zone"), try row("ends_zone"))
    times = try EventTimes.stored(allDay ?? false, starts, isPoint ? nil : ends, zone ?? "", other ?? "", zones)
  }

  init(_ event: ID<Event>, _ key: InstanceKey, _ times: EventTimes?, _ content: OverrideContent) {
    (self.event, instance, self.times, self.content) = (event, key.wall, times, content)
  }

  /// As the series of an event takes it.
  func override(of event: Event) -> EventOverride {
    EventOverride(event.key(instance), times: times, isCancelled: content.status == .cancelled)
  }
}

/// What an instance says otherwise than its series, besides its times.
struct OverrideContent: Equatable {
  var title: String?
  var description: String?
  var type: EventType?
  var status: EventStatus?
  var visibility: EventVisibility?
  var busy: Bool?
  var importance: Int?
  var location: String?
  var place: ID<Place>?
  /// The series has a place, this has none.
  var hasNoPlace = false
  var virtualURL: String?
  /// Since when it is called off, where it is; nil: since now.
  var cancelledAt: Instant?

  /// As the series in all of it.
  init() {}

  init(row: Row) throws(PostgresError) {
    title = try row("title")
    description = try row("description")
    type = try row("type")
    status = try row("status")
    visibility = try row("visibility")
    busy = try row("busy")
    importance = try row("importance")
    location = try row("location")
    place = try row("place_id")
    hasNoPlace = try row("no_place")
    virtualURL = try row("virtual_url")
    cancelledAt = try row("cancelled_at")
  }
}
