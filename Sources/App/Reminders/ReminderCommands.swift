import Domain
import Postgres

/// What people do with a reminder and its escalation, in one transaction: the same for the reminder's page, the escalation's page, lists and
/// signed links. What is refused throws a ``ReminderRefusal`` or an `EscalationRefusal`; what changed something says what is recorded of it, and
/// is written with whatever the transaction sends next.
///
/// The reminder's row is locked before this begins, then its newest escalation: that order everywhere, so nobody waits in a circle.
struct ReminderCommands {
  let reminder: Reminder
  /// The newest; nil when it never fired.
  let escalation: Escalation?
  /// The one that is answered, on its own page or by its link; nil: on the reminder's page and in lists.
  let asked: Escalation?
  let actor: Actor
  let now: Instant
  let db: Connection

  /// - Parameters:
  ///   - reminder: its row is locked.
  ///   - escalation: the newest, its row locked.
  init(_ reminder: Reminder, _ escalation: Escalation?, asked: Escalation? = nil, by actor: Actor, at now: Instant, _ db: Connection) {
    (self.reminder, self.escalation, self.asked) = (reminder, escalation, asked)
    (self.actor, self.now, self.db) = (actor, now, db)
  }

  /// How a command ended.
  enum Outcome: Equatable {
    /// It changed something, and this is recorded, whoever asked and whichever way.
    case done(AuditEntry)
    /// It was so already; nothing is written.
    case already
    /// A series without anything to answer.
    case nothing

    /// What the audit log is told; nothing where nothing changed.
    var entries: [AuditEntry] {
      guard case .done(let entry) = self else { return [] }
      return [entry]
    }
  }

  /// Done. A single reminder is completed, and a series of which nothing more comes; another goes on and only what rings ends.
  func complete() throws -> Outcome { try alone(complete) }

  /// The same, to be written with others. A refusal leaves the batch as it was; so with the following.
  func complete(_ batch: inout ReminderBatch) throws -> Outcome {
    if reminder.status == .completed { return .already }
    try refuseArchived()
    let isAnswered = try answer(&batch.escalations) { course throws(EscalationRefusal) in try course.complete(at: now) }
    if !reminder.endsWhenDone, !isAnswered, reminder.status != .snoozed { return .nothing }
    var move = awake
    if reminder.endsWhenDone { (move.status, move.nextAt, move.completedAt) = (.completed, nil, now) }
    batch.move(reminder, to: move)
    return done("reminder.completed", ["title": reminder.title].merging(reminder.contact.map { ["person": $0] } ?? [:]) { $1 })
  }

  /// Somebody is on it: the tiers stop, the reminder is not completed.
  ///
  /// - Parameters:
  ///   - againAt: when to ask again; nil: after the person's standard for its importance, where they have one.
  ///   - wall: where that was a time on the wall and no duration.
  ///   - isLast: whether it is said that nobody asks again, whatever the standard.
  func acknowledge(againAt chosen: Instant? = nil, meant wall: WallTime? = nil, isLast: Bool = false) throws -> Outcome {
    try alone { batch in try acknowledge(againAt: chosen, meant: wall, isLast: isLast, &batch) }
  }

  /// The same, to be written with others.
  func acknowledge(againAt chosen: Instant?, meant wall: WallTime?, isLast: Bool, _ batch: inout ReminderBatch) throws -> Outcome {
    try refuseEnded()
    let againAt = isLast ? nil : chosen ?? reminder.againMinutes.map { now.advanced(minutes: $0) }
    guard let escalation, escalation.course.isOpen || escalation.course.state == .expired || escalation.course.state == .acknowledged else {
      guard reminder.status == .snoozed else { throw ReminderRefusal.nothingRings }
      batch.move(reminder, to: awake)
      return done("reminder.acknowledged")
    }
    // Pressed twice: the second press must not put off the next question.
    if escalation.course.state == .acknowledged, chosen == nil, !isLast { return .already }
    try answer(&batch.escalations) { course throws(EscalationRefusal) in try course.acknowledge(at: now, againAt: againAt) }
    batch.move(reminder, to: awake)
    batch.walls.append((escalation.id, wall))
    return done("reminder.acknowledged", chosen.map { ["again_at": $0.iso] } ?? (isLast ? ["again_at": "never"] : [:]))
  }

  /// Done, of an escalation that its reminder has rung again since: that of an earlier date of a habit. What rings now goes on.
  func completeAsked() throws {
    guard let asked, asked.course.state != .completed, asked.course.state != .cancelled else { return }
    var batch = EscalationWrites(at: now)
    batch.apply(try asked.course.complete(at: now), to: asked, by: actor)
    try db.queue(batch.statements)
  }

  /// Silence until then, also when nothing rings yet. A snooze never moves a series.
  ///
  /// - Parameter wall: where `until` was said as a time on the wall and not as a duration.
  func snooze(until: Instant, words text: String, reason: String, meant wall: WallTime? = nil) throws -> Outcome {
    try alone { batch in try snooze(until: until, words: text, reason: reason, meant: wall, &batch) }
  }

  func snooze(until: Instant, words text: String, reason: String, meant wall: WallTime?, _ batch: inout ReminderBatch) throws -> Outcome {
    try refuseEnded()
    // A series goes on, an answered escalation of it does not (RULES 3.6).
    if let state = asked?.course.state, state == .completed || state == .cancelled { throw EscalationRefusal.ended(state) }
    let rung = escalation.flatMap { $0.course.isOpen || $0.course.state == .expired ? $0 : nil }
    if let rung {
      let change = try rung.course.snooze(at: now, until: until)
      batch.escalations.apply(change, to: rung, by: actor, ["words": text, "reason": reason])
    }
    var move = ReminderState(reminder)
    (move.status, move.snoozedUntil) = (.snoozed, until)
    batch.move(reminder, to: move)
    batch.sleep(reminder, rung, until: until, meant: wall, words: text, reason: reason)
    return done("reminder.snoozed", ["until": until.iso, "words": text])
  }

  /// A new time was chosen for a snoozed one: the snooze ends without a ring, and what it had put off belongs to the old time and is over.
  func move() throws {
    var batch = EscalationWrites(at: now)
    if let escalation, escalation.course.state == .snoozed {
      let change = try escalation.course.cancel(at: now)
      batch.apply(change, to: escalation, by: actor, ["reason": "moved"])
    }
    batch.moves = [awake]
    try write(batch)
  }

  /// Put away: nothing rings any more.
  func archive() throws -> Outcome { try alone(archive) }

  func archive(_ batch: inout ReminderBatch) throws -> Outcome {
    if reminder.habit != nil { throw ReminderRefusal.ofHabit }
    if reminder.status == .archived { return .already }
    if let escalation, escalation.course.isOpen {
      let change = try escalation.course.cancel(at: now)
      batch.escalations.apply(change, to: escalation, by: actor)
    }
    var move = awake
    (move.status, move.nextAt) = (.archived, nil)
    batch.move(reminder, to: move)
    return done("reminder.archived")
  }

  /// Active again, the next time counted from now; one whose only time came meanwhile rings at once. Escalations that ended stay so.
  func reopen() throws -> Outcome { try alone(reopen) }

  func reopen(_ batch: inout ReminderBatch) throws -> Outcome {
    guard reminder.status == .completed || reminder.status == .archived else { return .already }
    if reminder.habit != nil { throw ReminderRefusal.ofHabit }
    var move = ReminderState(reminder)
    (move.status, move.completedAt) = (.active, nil)
    move.nextAt = reminder.schedule.following(now, last: reminder.base(at: now))
    if move.nextAt == nil, reminder.lastAt == nil, case .once(let at) = reminder.schedule.kind { move.nextAt = at }
    batch.move(reminder, to: move)
    if let next = move.nextAt { batch.due = min(batch.due ?? next, next) }
    return done("reminder.reopened")
  }

  /// What it was before it was done or put away: done where it had been done, else open as ``reopen()`` makes it.
  func putBack(_ batch: inout ReminderBatch) throws -> Outcome {
    guard reminder.status == .archived, reminder.completedAt != nil else { return try reopen(&batch) }
    if reminder.habit != nil { throw ReminderRefusal.ofHabit }
    var move = ReminderState(reminder)
    move.status = .completed
    batch.move(reminder, to: move)
    return done("reminder.restored")
  }

  /// Rings now, whatever the schedule says; the schedule goes on as if nothing had happened. What rings already goes on, and its timeline says that
  /// somebody rang it (RULES 3.2).
  ///
  /// - Parameter date: of a habit, which date it rings for.
  /// - Returns: whether it begins to ring by this, beside the outcome.
  func fire(_ profile: EscalationProfile, for date: Day? = nil) throws -> (Outcome, isNew: Bool) {
    try refuseEnded()
    var batch = EscalationWrites(at: now)
    if reminder.isOfDesk { batch.ofDesk.insert(reminder.id) }
    let firing = DueOccurrence(at: try freeInstant(), .byHand, for: date)
    let isNew = batch.ring(reminder.id, of: reminder.user, escalation, profile, firing, by: actor)
    batch.moves = [awake]
    try write(batch, wakes: now)
    return (done("reminder.run"), isNew)
  }

  /// Gone, with everything that it did.
  func delete() throws -> Outcome {
    try db.queue(["SELECT door.delete_reminder(\(reminder.id))"])  // Found under its owner before.
    return done("reminder.deleted", ["title": reminder.title])
  }

  /// What answers one escalation must not touch a newer one.
  ///
  /// - Throws: ``ReminderRefusal/overtaken``.
  func requireNewest() throws {
    if let asked, asked.id != escalation?.id { throw ReminderRefusal.overtaken }
  }

  /// The next tier now.
  func advance() throws -> Outcome {
    guard let escalation else { throw Failure.notFound }
    var batch = EscalationWrites(at: now)
    let change = try escalation.course.advance(at: now)
    batch.apply(change, to: escalation, by: actor)
    try write(batch, wakes: now)
    return .done(AuditEntry("escalation.advanced", "escalation", escalation.id.text))
  }

  /// Some words in the timeline of an escalation, also of one that has ended.
  func note(_ text: String) throws -> Outcome {
    guard let escalation = asked ?? escalation else { throw Failure.notFound }
    var batch = EscalationWrites(at: now)
    batch.note("note", escalation, by: actor, ["text": text])
    // Nothing of the row changes but its revision: the next note's form gets another nonce.
    let touched: SQL = "UPDATE escalations SET state = state WHERE id = \(escalation.id) AND user_id = \(reminder.user)"
    try db.queue(batch.statements + [touched])
    return .done(AuditEntry("escalation.noted", "escalation", escalation.id.text))
  }
}

extension ReminderCommands {
  /// The reminder without its snooze.
  private var awake: ReminderState {
    var move = ReminderState(reminder)
    if move.status == .snoozed { move.status = .active }
    move.snoozedUntil = nil
    return move
  }

  /// Answers the newest escalation when it is open, or the last one that nobody answered.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  private func answer(
    _ batch: inout EscalationWrites, _ body: (EscalationCourse) throws(EscalationRefusal) -> EscalationChange
  ) throws -> Bool {
    guard let escalation, escalation.course.state != .completed, escalation.course.state != .cancelled else { return false }
    batch.apply(try body(escalation.course), to: escalation, by: actor)
    return true
  }

  private func refuseEnded() throws {
    if reminder.status == .completed { throw ReminderRefusal.completed }
    try refuseArchived()
  }

  private func refuseArchived() throws {
    if reminder.status == .archived { throw ReminderRefusal.archived }
  }

  /// What is recorded of a command: the same whichever way it came, and of the answer to an escalation, to which.
  private func done(_ action: String, _ facts: [String: String] = [:]) -> Outcome {
    var facts = facts
    if let asked { facts["escalation"] = asked.id.text }
    return .done(AuditEntry(action, "reminder", reminder.id.text, facts))
  }

  /// Writes what is done to one reminder alone.
  private func alone(_ body: (inout ReminderBatch) throws -> Outcome) throws -> Outcome {
    var batch = ReminderBatch(of: reminder.user, at: now)
    let outcome = try body(&batch)
    try batch.write(db)
    return outcome
  }

  private func write(_ escalations: EscalationWrites, wakes due: Instant? = nil) throws {
    var batch = ReminderBatch(of: reminder.user, at: now)
    batch.escalations = escalations
    batch.due = due
    batch.escalations.moves = []
    for move in escalations.moves { batch.move(reminder, to: move) }
    try batch.write(db)
  }

  /// Now, or the first microsecond after it at which the reminder has no occurrence yet: with a clock that stands still, several may fall on
  /// one instant.
  private func freeInstant() throws -> Instant {
    let end = now.advanced(seconds: 1)
    let last: Instant?? = try db.value(
      "SELECT max(due_at) FROM fired WHERE reminder_id = \(reminder.id) AND due_at >= \(now) AND due_at < \(end)")
    return (last ?? nil)?.advanced(microseconds: 1) ?? (reminder.nextAt == now ? now.advanced(microseconds: 1) : now)
  }
}
