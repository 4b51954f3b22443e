import Domain
import HTML
import Postgres

/// The reminder of a deadline: a real one, made, moved, ended and taken away by the reminders' own commands (RULES 8.10, 8.28). It belongs to its
/// deadline, which says when it rings, by which profile and what it tells.
struct DeadlineBell {
  /// As it is to be rung for.
  let deadline: Deadline
  let with: DeadlineWriting

  /// Locks the reminder rows of deadlines `b`, before the deadlines.
  static func locking(_ which: SQL) -> Query<ID<Reminder>> {
    Query(
      column: """
        SELECT r.id FROM reminders r WHERE r.user_id = (SELECT me()) AND r.id IN (
          SELECT b.reminder_id FROM deadline_reminders b WHERE b.user_id = (SELECT me()) AND \(which)) ORDER BY r.id FOR UPDATE
        """)
  }

  /// Brings the reminder into line: makes it, moves it, or takes it away. One that has rung already is put away, and another takes its place. A time
  /// that has passed rings once, as caught up; what is over rings no more than it does.
  ///
  /// - Returns: whether another reminder was made.
  @discardableResult
  func follow() throws -> Bool {
    guard let rings = deadline.rings else {
      try hush()
      return false
    }
    guard deadline.status.isAhead, !deadline.isPutAway else { return false }
    let draft = try drafted(at: rings.instant(due: deadline.dueAt, zone: with.person.zone))
    guard let commands = try found() else {
      try make(draft)
      return true
    }
    let reminder = commands.reminder
    if reminder.schedule == draft.schedule {
      try rewrite(reminder, draft)
      return false
    }
    // One that nobody has heard yet moves; what has rung stays in its timeline.
    if commands.escalation == nil, reminder.status == .active || reminder.status == .snoozed {
      try update(reminder, draft)
      if reminder.status == .snoozed { try found()?.move() }
      try with.db.queue(Waking.statements(draft.nextAt, at: with.now))
      return false
    }
    _ = try commands.archive()
    try make(draft)
    return true
  }

  /// It rings, or will, for this very time: only what it says follows.
  private func rewrite(_ reminder: Reminder, _ draft: ReminderDraft) throws {
    let isSame =
      reminder.title.utf8.elementsEqual(draft.title.utf8) && reminder.description.utf8.elementsEqual(draft.description.utf8)
      && reminder.profile == draft.profile && reminder.importance == draft.importance
    if !isSame { try update(reminder, draft.with(next: reminder.nextAt)) }
  }

  private func update(_ reminder: Reminder, _ draft: ReminderDraft) throws {
    _ = try draft.update(reminder, version: reminder.version, zoneVersion: with.services.zones.version, at: with.now, with.db)
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

  private func make(_ draft: ReminderDraft) throws {
    let id = ID<Reminder>.new(at: with.now)
    try with.db.queue(
      draft.inserting(id, for: with.person.id, zoneVersion: with.services.zones.version, at: with.now) + [
        """
        INSERT INTO deadline_reminders (reminder_id, user_id, deadline_id) VALUES (\(id), \(with.person.id), \(deadline.id))
        """
      ] + Waking.statements(draft.nextAt, at: with.now))
  }

  /// Done, as the deadline is.
  func complete() throws {
    guard let commands = try found(), commands.reminder.status == .active || commands.reminder.status == .snoozed else { return }
    _ = try commands.complete()
  }

  /// Open again, as the deadline is.
  func reopen() throws {
    guard let commands = try found() else { return }
    _ = try commands.reopen()
  }

  /// Quiet, while its task is in the archive.
  func archive() throws {
    guard let commands = try found() else { return }
    _ = try commands.archive()
  }

  /// Gone with the deadline, and all that rang before it.
  func delete() throws {
    for id in try with.db.rows(DeadlineBell.locking("b.deadline_id = \(deadline.id)")) { _ = try commands(id).delete() }
  }

  private func found() throws -> ReminderCommands? { try deadline.reminder.map { try commands($0) } }

  private func commands(_ id: ID<Reminder>) throws -> ReminderCommands {
    try ReminderCommands.find(id, of: with.person.id, by: with.actor, at: with.now, with.services.zones, with.db)
  }

  // MARK: - What it tells

  private func drafted(at time: Instant) throws -> ReminderDraft {
    let importance = Importance(ofTen: deadline.importance)
    let profile: ID<EscalationProfile>? = try with.db.value(
      """
      SELECT p.id FROM profiles p WHERE p.user_id = (SELECT me())
      ORDER BY p.id IS NOT DISTINCT FROM \(deadline.profile)::uuid DESC, p.preset IS NOT DISTINCT FROM \(importance.preset) DESC, p.id
      LIMIT 1 FOR KEY SHARE
      """)
    guard let profile else { throw Failure.notFound }
    return ReminderDraft(
      title: deadline.title, description: description, importance: importance, profile: profile,
      schedule: Schedule(once: time, zone: with.person.zone), nextAt: time, isMoved: false)
  }

  /// When it is due, what comes of it when it is not done, as it was typed, and where it stands; what its owner wrote, as far as it fits.
  private var description: String {
    let (words, person) = (with.words, with.person)
    let due = words("Deadline: {time}.", ["time": TimeWords.dateTime(deadline.dueAt, person.zone, person.language)])
    let missed =
      deadline.consequences.utf8.isEmpty
      ? nil : words("If it is missed: {consequences}", ["consequences": Markdown.escaped(deadline.consequences)])
    let link = "[\(words("Open the deadline"))](\(with.services.origin)\(Paths.deadline(deadline.id).text))"
    let always = [due, missed].compactMap(\.self)
    let whole = (always + (deadline.description.utf8.isEmpty ? [] : [deadline.description]) + [link]).joined(separator: "\n\n")
    return whole.utf8.count <= 16_384 ? whole : (always + [link]).joined(separator: "\n\n")
  }
}

extension ReminderDraft {
  /// The same with another next time.
  fileprivate func with(next: Instant?) -> ReminderDraft {
    ReminderDraft(
      title: title, description: description, importance: importance, profile: profile, schedule: schedule, nextAt: next, isMoved: isMoved)
  }
}
