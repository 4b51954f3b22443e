import Domain
import HTML
import Postgres

/// The reminder of an event: a real one for its next instance alone, made anew when that has rung or moved, withdrawn when it is called off, left
/// out or gone (RULES 9.29). It is made, moved and ended by the reminders' own commands, as that of a deadline is.
struct EventBell {
  /// As it is stored now.
  let event: Event
  let series: EventSeries
  let with: DeadlineWriting
  private let overrides: [StoredOverride]

  /// How many instances are looked at at once for one that is still to ring, and how often: of an hourly series a year holds thousands.
  private static let look = 400
  private static let mostLooks = 20

  /// - Parameter event: as it is stored now.
  init(_ event: Event, _ overrides: [StoredOverride], _ with: DeadlineWriting) {
    (self.event, series, self.with, self.overrides) = (event, event.series(overrides), with, overrides)
  }

  /// Locks the reminder rows of events `b`, before the events.
  static func locking(_ which: SQL) -> Query<ID<Reminder>> {
    Query(
      column: """
        SELECT r.id FROM reminders r WHERE r.user_id = (SELECT me()) AND r.id IN (
          SELECT b.reminder_id FROM event_reminders b WHERE b.user_id = (SELECT me()) AND \(which)) ORDER BY r.id FOR UPDATE
        """)
  }

  /// Brings the reminder into line: makes it, moves it, or takes it away; and says when it is to be looked at again, which is when it rings. A time
  /// that has passed does not ring any more: what follows it does.
  func follow() throws {
    let next = event.status == .cancelled ? nil : event.rings.flatMap { upcoming($0) }
    let draft = try next.map { try drafted($0.instance, at: $0.time) }
    var isThere = false
    for (id, wall) in try known() {
      let commands = try ReminderCommands.find(
        id, of: with.person.id, by: with.actor, at: with.now, with.services.zones, with.db)
      if isHeard(commands) {
        if isOver(wall), commands.reminder.status != .completed { _ = try commands.archive() }
      } else if let draft, !isThere, wall == next?.instance.key.wall {
        isThere = true
        try move(commands, draft)
      } else {
        _ = try commands.delete()
      }
    }
    if let draft, let next, !isThere { try make(draft, for: next.instance) }
    try look(at: next?.time)
  }

  /// Gone with the event.
  func delete() throws {
    for (id, _) in try known() {
      _ = try ReminderCommands.find(id, of: with.person.id, by: with.actor, at: with.now, with.services.zones, with.db).delete()
    }
    try look(at: nil)
  }

  /// No change of the event itself, and so a statement of its own.
  private func look(at time: Instant?) throws {
    try with.db.queue(
      [
        """
        UPDATE events SET bell_at = \(time) WHERE id = \(event.id) AND user_id = (SELECT me()) AND bell_at IS DISTINCT FROM \(time)
        """
      ] + Waking.statements(time, at: with.now))
  }

  // MARK: - The next one

  /// The first instance that is not called off and whose reminder is still to ring.
  private func upcoming(_ offset: DeadlineReminder.Offset) -> (instance: EventInstance, time: Instant)? {
    // Whatever begins sooner rang before now: lengths of months make a week's difference at most, and whole days stand as if in UTC, which west of it
    // is over before they begin.
    let (zone, day) = (event.times.isAllDay ? with.person.zone : event.times.zone, with.person.zone.local(with.now).day)
    let months = zone.start(of: day.advanced(months: offset.months)).advanced(seconds: offset.seconds).advanced(days: -9)
    var last = max(with.now.advanced(days: -1), months)
    for _ in 0..<EventBell.mostLooks {
      let some = series.next(after: last, most: EventBell.look)
      for instance in some where !instance.isCancelled {
        let time = ring(instance, offset)
        if time > with.now { return (instance, time) }
      }
      guard some.count == EventBell.look, let end = some.last?.start else { return nil }
      last = end
    }
    return nil
  }

  /// Whole days begin where the person is.
  private func ring(_ instance: EventInstance, _ offset: DeadlineReminder.Offset) -> Instant {
    let zone = clocks(instance)
    let start = instance.times.isAllDay ? zone.start(of: instance.times.firstDay) : instance.start
    return offset.instant(before: start, zone: zone)
  }

  private func clocks(_ instance: EventInstance) -> Zone { instance.times.isAllDay ? with.person.zone : instance.times.zone }

  // MARK: - Those that are there

  private func known() throws -> [(ID<Reminder>, LocalTime)] {
    try with.db.rows(
      Query(
        tuple: """
          SELECT b.reminder_id, b.instance FROM event_reminders b WHERE b.event_id = \(event.id) AND b.user_id = (SELECT me()) ORDER BY b.reminder_id
          """))
  }

  /// Whether it has rung, or does at this moment: it stays until its instance is over.
  private func isHeard(_ commands: ReminderCommands) -> Bool {
    let reminder = commands.reminder
    guard commands.escalation == nil, reminder.status == .active || reminder.status == .snoozed else { return true }
    return reminder.status == .active && (reminder.nextAt ?? .distantPast) <= with.now
  }

  /// Whether the instance that one rang for has ended, or is none any more.
  private func isOver(_ wall: LocalTime) -> Bool {
    guard event.status != .cancelled, let instance = series.instance(event.key(wall)), !instance.isCancelled else { return true }
    let end = instance.times.isAllDay ? with.person.zone.start(of: instance.times.lastDay.advanced(by: 1)) : instance.end
    return end <= with.now
  }

  private func move(_ commands: ReminderCommands, _ draft: ReminderDraft) throws {
    let reminder = commands.reminder
    let isSame =
      reminder.schedule == draft.schedule && reminder.title.utf8.elementsEqual(draft.title.utf8)
      && reminder.description.utf8.elementsEqual(draft.description.utf8) && reminder.profile == draft.profile
      && reminder.importance == draft.importance
    if isSame { return }
    _ = try draft.update(reminder, version: reminder.version, zoneVersion: with.services.zones.version, at: with.now, with.db)
    if reminder.status == .snoozed, reminder.schedule != draft.schedule {
      try ReminderCommands.find(
        reminder.id, of: with.person.id, by: with.actor, at: with.now, with.services.zones, with.db
      ).move()
    }
  }

  private func make(_ draft: ReminderDraft, for instance: EventInstance) throws {
    let id = ID<Reminder>.new(at: with.now)
    try with.db.queue(
      draft.inserting(id, for: with.person.id, zoneVersion: with.services.zones.version, at: with.now) + [
        """
        INSERT INTO event_reminders (reminder_id, user_id, event_id, instance) VALUES (\(id), \(with.person.id), \(event.id), \(instance.key.wall))
        """
      ] + Waking.statements(draft.nextAt, at: with.now))
  }

  // MARK: - What it tells

  private func drafted(_ instance: EventInstance, at time: Instant) throws -> ReminderDraft {
    // One that is otherwise than its series tells what it says itself.
    let content = EventContent(event).with(overrides.first { $0.instance == instance.key.wall }?.content)
    let importance = Importance(ofTen: content.importance)
    let profile: ID<EscalationProfile>? = try with.db.value(
      """
      SELECT p.id FROM profiles p WHERE p.user_id = (SELECT me())
      ORDER BY p.id IS NOT DISTINCT FROM \(event.profile)::uuid DESC, p.preset IS NOT DISTINCT FROM \(importance.preset) DESC, p.id
      LIMIT 1
      """)
    guard let profile else { throw Failure.notFound }
    return ReminderDraft(
      title: content.title, description: try description(instance, content), importance: importance, profile: profile,
      schedule: Schedule(once: time, zone: clocks(instance)), nextAt: time, isMoved: false)
  }

  /// When it is, where, and where it stands here; what its owner wrote, as far as it fits.
  private func description(_ instance: EventInstance, _ content: EventContent) throws -> String {
    let (words, person) = (with.words, with.person)
    let when = words("Event: {time}.", ["time": EventText.when(instance, person, today: person.zone.local(with.now).day)])
    let place = [try placeName(content.place) ?? "", content.location].filter { !$0.utf8.isEmpty }.joined(separator: ", ")
    let link = "[\(words("Open the event"))](\(with.services.origin)\(Paths.event(event.id).text))"
    let always = [when] + (place.utf8.isEmpty ? [] : [words("Where: {place}", ["place": place])])
    let whole = (always + (content.description.utf8.isEmpty ? [] : [content.description]) + [link]).joined(separator: "\n\n")
    return whole.utf8.count <= 16_384 ? whole : (always + [link]).joined(separator: "\n\n")
  }

  /// nil: it takes place nowhere, or where it does lies in the trash.
  private func placeName(_ place: ID<Place>?) throws -> String? {
    guard let place else { return nil }
    if place == event.place { return event.placeName }
    return try with.db.value("SELECT name FROM places WHERE id = \(place) AND user_id = (SELECT me()) AND deleted_at IS NULL")
  }
}
