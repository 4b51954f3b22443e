import Domain
import HTML
import Postgres

/// The reminder to stay in touch with somebody: a real one, made, moved and ended by the reminders' own commands. It belongs to them: how often to hear of
/// them, and when that was last, say when it rings (RULES 9.2, 9.18).
struct PersonBell {
  /// As they are stored now.
  let person: KnownPerson
  let with: DeadlineWriting

  /// How long a name is in its title, in scalars.
  private static let longestName = 150

  /// Locks the reminder rows of people `b`, before the people.
  static func locking(_ which: SQL) -> Query<ID<Reminder>> {
    Query(
      column: """
        SELECT r.id FROM reminders r WHERE r.user_id = (SELECT me()) AND r.id IN (
          SELECT b.reminder_id FROM person_reminders b WHERE b.user_id = (SELECT me()) AND \(which)) ORDER BY r.id FOR UPDATE
        """)
  }

  /// Brings the reminder into line. One that nobody has heard yet moves; one that has rung is done once they were heard of, and another takes its place.
  func follow() throws {
    guard let due = person.stayDueAt else { return try hush() }
    let draft = try drafted(at: time(due))
    guard let commands = try found() else { return try make(draft) }
    let reminder = commands.reminder
    if reminder.status != .completed, isInLine(reminder, due) { return try rewrite(reminder, draft) }
    guard reminder.status == .active || reminder.status == .snoozed else { return try make(draft) }
    if commands.escalation == nil {
      try update(reminder, draft)
      if reminder.status == .snoozed { try found()?.move() }
      return try with.db.queue(Waking.statements(draft.nextAt, at: with.now))
    }
    _ = try commands.complete()
    try make(draft)
  }

  /// When it rings: what was due before now does at the next usual hour, and not the moment that somebody writes it down.
  private func time(_ due: Instant) -> Instant {
    if due > with.now { return due }
    let (zone, hour) = (with.person.zone, with.person.defaultTime)
    let today = zone.local(with.now).day
    let usual = zone.instant(LocalTime(day: today, time: hour))
    return usual > with.now ? usual : zone.instant(LocalTime(day: today.advanced(by: 1), time: hour))
  }

  /// Whether it rings for this very time, or did since.
  private func isInLine(_ reminder: Reminder, _ due: Instant) -> Bool {
    guard let at = reminder.schedule.at else { return false }
    return at == due || due <= with.now && at >= due && at <= time(due)
  }

  /// Only what it says follows.
  private func rewrite(_ reminder: Reminder, _ draft: ReminderDraft) throws {
    let isSame =
      reminder.title.utf8.elementsEqual(draft.title.utf8) && reminder.description.utf8.elementsEqual(draft.description.utf8)
    if isSame { return }
    let kept = ReminderDraft(
      title: draft.title, description: draft.description, importance: reminder.importance, profile: reminder.profile,
      schedule: reminder.schedule, nextAt: reminder.nextAt, isMoved: false)
    try update(reminder, kept)
  }

  private func update(_ reminder: Reminder, _ draft: ReminderDraft) throws {
    _ = try draft.update(reminder, version: reminder.version, zoneVersion: with.services.zones.version, at: with.now, with.db)
  }

  private func make(_ draft: ReminderDraft) throws {
    let id = ID<Reminder>.new(at: with.now)
    try with.db.queue(
      draft.inserting(id, for: with.person.id, zoneVersion: with.services.zones.version, at: with.now) + [
        "INSERT INTO person_reminders (reminder_id, user_id, person_id) VALUES (\(id), \(with.person.id), \(person.id))"
      ] + Waking.statements(draft.nextAt, at: with.now))
  }

  /// Nothing rings any more. What has rung stays in its timeline.
  private func hush() throws {
    guard let commands = try found() else { return }
    if commands.escalation == nil {
      _ = try commands.delete()
    } else if commands.reminder.status != .completed {
      _ = try commands.archive()
    }
  }

  /// Gone with them, and all that rang before it.
  func delete() throws {
    for id in try with.db.rows(PersonBell.locking("b.person_id = \(person.id)")) { _ = try commands(id).delete() }
  }

  private func found() throws -> ReminderCommands? { try person.reminder.map { try commands($0) } }

  private func commands(_ id: ID<Reminder>) throws -> ReminderCommands {
    try ReminderCommands.find(id, of: with.person.id, by: with.actor, at: with.now, with.services.zones, with.db)
  }

  // MARK: - What it tells

  /// It climbs the gentle profile, whatever they matter: nobody is rung out of bed to write to a friend.
  private func drafted(at time: Instant) throws -> ReminderDraft {
    let importance = Importance.medium
    let profile: ID<EscalationProfile>? = try with.db.value(
      """
      SELECT p.id FROM profiles p WHERE p.user_id = \(with.person.id) ORDER BY p.preset IS NOT DISTINCT FROM \(importance.preset) DESC, p.id LIMIT 1
      """)
    guard let profile else { throw Failure.notFound }
    return ReminderDraft(
      title: with.words("Get in touch with {name}", ["name": name]), description: description, importance: importance, profile: profile,
      schedule: Schedule(once: time, zone: with.person.zone), nextAt: time, isMoved: false)
  }

  private var name: String {
    let scalars = person.name.unicodeScalars
    if scalars.count <= PersonBell.longestName { return person.name }
    return String(String.UnicodeScalarView(scalars.prefix(PersonBell.longestName))) + "…"
  }

  /// When they were last heard of, how they are reached, and what becomes of it when it is done.
  private var description: String {
    let words = with.words
    let last = person.lastContactAt.map {
      words("Last contact: {time}.", ["time": TimeWords.dateTime($0, with.person.zone, with.person.language)])
    }
    let ways = [person.phone, person.email].filter { !$0.utf8.isEmpty }.joined(separator: " · ")
    let link = "[\(words("Open their page"))](\(with.services.origin)\(Paths.person(person.id).text))"
    let done = words("Done means that you were in touch: it is noted, and the time begins anew.")
    return [last, ways.utf8.isEmpty ? nil : ways, done, link].compactMap(\.self).joined(separator: "\n\n")
  }
}
