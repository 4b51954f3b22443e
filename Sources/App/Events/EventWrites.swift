import Domain
import Postgres

/// An event as it is to be stored, whoever says it: a form, a file or a feed.
struct EventRecord {
  let id: ID<Event>
  var content: EventContent
  /// Its times, rule and dates, and which of its instances are otherwise.
  var series: EventSeries
  /// What those say besides their times.
  var contents: [InstanceKey: OverrideContent] = [:]
  /// As typed; empty: controls or a file made the rule.
  var ruleWords = ""
  var remind = EventRemind()
  var isPrivate = false
  var continues: ID<Event>?
  /// As other calendars know it; empty: by its id.
  var uid = ""
  /// Grows with each change.
  var sequence = 0
  /// Where it came from; only an insertion says it.
  var source = "manual"
  /// A JSON object; only an insertion says it.
  var metadata = "{}"
  /// Since when it is cancelled; nil: since now, where it is.
  var cancelledAt: Instant?

  init(_ id: ID<Event>, _ content: EventContent, _ series: EventSeries) { (self.id, self.content, self.series) = (id, content, series) }

  /// As it is stored, to be changed.
  init(_ event: Event, _ overrides: [StoredOverride]) {
    (id, content, series) = (event.id, EventContent(event), event.series(overrides))
    contents = Dictionary(overrides.filter { $0.event == event.id }.map { (event.key($0.instance), $0.content) }) { $1 }
    (ruleWords, remind, isPrivate, continues) = (event.ruleWords, EventRemind(event), event.isPrivate, event.continues)
    (uid, sequence, source, cancelledAt) = (event.uid, event.sequence, event.source, event.cancelledAt)
  }

  /// Whether more than one instance of it may have to be kept.
  var isUnfolded: Bool { series.isSeries || !series.overrides.isEmpty }
}

/// What commands and imports store of events, any number of one person's at a time.
struct EventWrites {
  let user: ID<User>
  let now: Instant
  /// Of the zone data that place them.
  let zoneVersion: String

  init(_ user: ID<User>, at now: Instant, _ zones: Zones) { (self.user, self.now, zoneVersion) = (user, now, zones.version) }

  /// New events with their overrides and kept instances.
  func inserting(_ rows: [EventRecord]) -> [SQL] {
    if rows.isEmpty { return [] }
    let own: [BatchColumn] = [
      .each("id", rows.map(\.id)), .all("user_id", "\(user)"), .each("source", rows.map(\.source)),
      .each("metadata", rows.map(\.metadata), as: "t.metadata::jsonb"), .all("created_at", "\(now)"), .all("updated_at", "\(now)"),
    ]
    let insert: SQL = .insert(into: "events", columns: own + columns(rows))
    return [insert] + insertingOverrides(rows) + keeping(rows, isNew: true)
  }

  /// Writes events over those that are stored, with all of their overrides, and keeps their instances anew.
  ///
  /// - Parameter known: the overrides that they have.
  func updating(_ rows: [EventRecord], known: [StoredOverride]) -> [SQL] {
    if rows.isEmpty { return [] }
    let set: [BatchColumn] = columns(rows) + [.all("version", "d.version + 1"), .all("updated_at", "\(now)")]
    let update: SQL = .update(
      "events", set: set, by: [.each("id", rows.map(\.id))], where: "d.id = t.id AND d.user_id = \(user) AND d.deleted_at IS NULL")
    let ids = Set(rows.map(\.id))
    let old = Dictionary(grouping: known.filter { ids.contains($0.event) }, by: \.event)
    let drops: [SQL] = old.map { id, overrides in "SELECT door.drop_overrides(\(id), \(overrides.map(\.instance)))" }
    return [update] + drops + insertingOverrides(rows, known: old) + keeping(rows, isNew: false)
  }

  /// Notes that single instances were changed, which are written besides.
  func touching(_ id: ID<Event>) -> SQL {
    """
    UPDATE events SET version = version + 1, sequence = sequence + 1, updated_at = \(now) WHERE id = \(id) AND user_id = \(user)
    """
  }

  private func columns(_ rows: [EventRecord]) -> [BatchColumn] {
    let placed = rows.map(\.series.times.placed)
    func dates(_ dates: [SeriesDate]) -> String { dates.map(\.text).joined(separator: "|") }
    let content: [BatchColumn] = [
      .each("title", rows.map(\.content.title)), .each("description", rows.map(\.content.description)),
      .each("type", rows.map(\.content.type)), .each("status", rows.map(\.content.status)),
      .each("visibility", rows.map(\.content.visibility)), .each("busy", rows.map(\.content.busy)),
      .each("importance", rows.map(\.content.importance)), .each("location", rows.map(\.content.location)),
      .each("place_id", rows.map(\.content.place)), .each("virtual_url", rows.map(\.content.virtualURL)),
      .each("private", rows.map(\.isPrivate)), .each("uid", rows.map(\.uid)), .each("sequence", rows.map(\.sequence)),
      .each("cancelled_at", rows.map { row -> Instant? in row.content.status == .cancelled ? row.cancelledAt ?? now : nil }),
    ]
    let times: [BatchColumn] = [
      .each("all_day", rows.map(\.series.times.isAllDay)), .each("starts", rows.map(\.series.times.start)),
      .each("ends", rows.map(\.series.times.end)), .each("zone", rows.map(\.series.times.zoneName)),
      .each("ends_zone", rows.map { $0.series.times.endZone?.name ?? "" }), .each("starts_at", placed.map(\.start)),
      .each("ends_at", placed.map(\.end)), .each("rule", rows.map { $0.series.rule?.text ?? "" }),
      .each("rule_words", rows.map(\.ruleWords)),
      .each("counts_start", rows.map(\.series.countsStart)),
      .each("rdates", rows.map { dates($0.series.rdates) }, as: "coalesce(string_to_array(nullif(t.rdates, ''), '|'), '{}')"),
      .each("exdates", rows.map { dates($0.series.exdates) }, as: "coalesce(string_to_array(nullif(t.exdates, ''), '|'), '{}')"),
      .each("series_until", rows.map { $0.isUnfolded ? $0.series.seriesUntil : nil }), .each("continues", rows.map(\.continues)),
    ]
    let remind: [BatchColumn] = [
      .each("remind_months", rows.map(\.remind.offset?.months)), .each("remind_seconds", rows.map(\.remind.offset?.seconds)),
      .each("remind_time", rows.map(\.remind.offset?.time?.second)), .each("remind_words", rows.map(\.remind.words)),
      .each("profile_id", rows.map(\.remind.profile)),
    ]
    return content + times + remind
  }

  // MARK: - Single instances

  /// - Parameter known: as they are: what is called off already stays so since then, whoever tells of it again.
  private func insertingOverrides(_ rows: [EventRecord], known: [ID<Event>: [StoredOverride]] = [:]) -> [SQL] {
    let overrides = rows.flatMap { row in
      let called = (known[row.id] ?? []).compactMap { one in one.content.cancelledAt.map { (one.instance, $0) } }
      let since = Dictionary(called, uniquingKeysWith: { first, _ in first })
      return row.series.overrides.map { override in
        var content = row.contents[override.key] ?? OverrideContent()
        content.cancelledAt = content.cancelledAt ?? since[override.key.wall]
        return StoredOverride(row.id, override.key, override.times, content)
      }
    }
    return inserting(overrides: overrides.filter { $0.times != nil || !$0.content.isEmpty })
  }

  /// Of events that are stored.
  func inserting(overrides: [StoredOverride]) -> [SQL] {
    if overrides.isEmpty { return [] }
    let times: [BatchColumn] = [
      .each("event_id", overrides.map(\.event)), .all("user_id", "\(user)"), .each("instance", overrides.map(\.instance)),
      .each("all_day", overrides.map { $0.times?.isAllDay }), .each("starts", overrides.map { $0.times?.start }),
      .each("ends", overrides.map { $0.times?.end }), .each("is_point", overrides.map { $0.times.map { $0.end == nil } ?? false }),
      .each("zone", overrides.map { $0.times?.zoneName }), .each("ends_zone", overrides.map { $0.times.map { $0.endZone?.name ?? "" } }),
    ]
    let content: [BatchColumn] = [
      .each("title", overrides.map(\.content.title)), .each("description", overrides.map(\.content.description)),
      .each("type", overrides.map(\.content.type)), .each("status", overrides.map(\.content.status)),
      .each("visibility", overrides.map(\.content.visibility)), .each("busy", overrides.map(\.content.busy)),
      .each("importance", overrides.map(\.content.importance)), .each("location", overrides.map(\.content.location)),
      .each("place_id", overrides.map(\.content.place)), .each("no_place", overrides.map(\.content.hasNoPlace)),
      .each("virtual_url", overrides.map(\.content.virtualURL)),
      .each("cancelled_at", overrides.map { one -> Instant? in one.content.status == .cancelled ? one.content.cancelledAt ?? now : nil }),
      .all("created_at", "\(now)"), .all("updated_at", "\(now)"),
    ]
    return [.insert(into: "event_overrides", columns: times + content)]
  }

  // MARK: - Kept instances

  /// Keeps the instances of events anew (RULES 9.24).
  ///
  /// - Parameter isNew: whether none are kept yet.
  func keeping(_ rows: [EventRecord], isNew: Bool = false) -> [SQL] {
    let kept = rows.map { KeptEvent($0, at: now) }
    let drop: [SQL] = isNew ? [] : ["SELECT door.drop_instances(\(rows.map(\.id)))"]
    return drop + KeptEvent.inserting(kept, for: user) + [KeptEvent.noting(kept, zoneVersion, of: user)]
  }
}

/// Which instances of an event are kept.
struct KeptEvent {
  let id: ID<Event>
  let instances: [EventInstance]
  /// nil: all there are.
  let window: Range<Instant>?

  init(_ row: EventRecord, at now: Instant) {
    id = row.id
    if row.isUnfolded {
      let kept = row.series.kept(at: now)
      (instances, window) = (kept.instances, kept.window)
    } else {
      (instances, window) = (row.series.single.map { [$0] } ?? [], nil)
    }
  }

  static func inserting(_ kept: [KeptEvent], for user: ID<User>) -> [SQL] {
    let all = kept.flatMap { event in event.instances.map { (id: event.id, instance: $0) } }
    if all.isEmpty { return [] }
    let insert: SQL = .insert(
      into: "event_instances", .each("event_id", all.map(\.id)), .all("user_id", "\(user)"),
      .each("instance", all.map(\.instance.key.wall)),
      .each("all_day", all.map(\.instance.times.isAllDay)), .each("starts_at", all.map(\.instance.start)),
      .each("ends_at", all.map(\.instance.end)))
    return ["\(insert) ON CONFLICT DO NOTHING"]
  }

  /// Notes what is kept, and by which zone data: no change of the event itself.
  ///
  /// - Parameter user: nil: of anybody, by a worker.
  static func noting(_ kept: [KeptEvent], _ zoneVersion: String, of user: ID<User>?) -> SQL {
    .update(
      "events",
      set: [
        .each("kept_from", kept.map { $0.window?.lowerBound }), .each("kept_until", kept.map { $0.window?.upperBound }),
        .all("zone_version", "\(zoneVersion)"),
      ], by: [.each("id", kept.map(\.id))],
      where: """
        d.id = t.id AND (\(user)::uuid IS NULL OR d.user_id = \(user)::uuid)
          AND (d.kept_from, d.kept_until, d.zone_version) IS DISTINCT FROM (t.kept_from, t.kept_until, \(zoneVersion))
        """)
  }
}

extension EventSeries {
  /// The one instance of an event that takes place once; nil: it is left out.
  fileprivate var single: EventInstance? { instance(times.isAllDay ? InstanceKey(times.start.day) : InstanceKey(times.start)) }
}

extension EventTimes {
  /// As it is stored: all-day events have none.
  var zoneName: String { isAllDay ? "" : zone.name }
}
