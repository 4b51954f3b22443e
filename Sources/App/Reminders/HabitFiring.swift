import Domain

extension EscalationWrites {
  /// One due reminder of a habit (RULES 5.19): a date that still asks for something rings, what rang for an earlier one is over. Of what is done,
  /// skipped, paused or put away by now nothing rings.
  ///
  /// - Parameter ring: nil: the habit is gone.
  mutating func take(_ kind: RingingKind, _ reminder: DueReminder, _ ring: HabitRing?, _ open: Escalation?, _ profile: EscalationProfile) {
    critical[reminder.state.id] = reminder.importance == .critical
    var move = reminder.state
    let until = move.snoozedUntil ?? now
    let isWaking = kind == .wake
    if isWaking { (move.status, move.snoozedUntil) = (.active, nil) }
    let due = ring?.due(since: move.nextAt, at: now, isWaking: isWaking)
    let held = open.flatMap { $0.course.isOpen ? $0 : nil }
    var firing = due
    if let held {
      if due != nil {
        if let change = try? held.course.overtake(at: now) { apply(change, to: held) }  // It is open, so it cannot be refused.
      } else if isWaking {
        wake(held, ring, profile)
      }
    } else if isWaking, due == nil {
      firing = ring?.waking(until: until, at: now)
    }
    if let firing {
      let start = EscalationCourse.start(due: isWaking ? until : firing.at, at: now)
      self.start(Escalation(of: move.id, reminder.user, profile, firing, start: start, at: now), firing)
    }
    if let due { move.lastAt = due.at }
    move.nextAt = ring?.next(after: now, last: firing?.date)
    moves.append(move)
  }

  /// The end of a snooze: it rings again for its own date, unless that is answered by now.
  private mutating func wake(_ held: Escalation, _ ring: HabitRing?, _ profile: EscalationProfile) {
    if let silence = ring.map({ $0.silence(on: held.habitDate ?? $0.date(held.occurrenceAt)) }) ?? .deleted {
      return end(held, silence)
    }
    guard let change = try? held.course.resume(at: now, ladder: profile.ladder) else { return }  // It does not sleep: it goes on.
    var next = held
    next.adopt(profile)
    resume(change, of: next)
  }

  /// What rang for a date that asks for nothing any more: done, or called off.
  ///
  /// - Parameter escalation: open.
  mutating func end(_ escalation: Escalation, _ silence: HabitSilence, by actor: Actor = .system) {
    let change = silence.isKept ? try? escalation.course.complete(at: now) : try? escalation.course.cancel(at: now)
    guard let change else { return }  // It has ended.
    let date = escalation.habitDate.map { ["date": $0.iso] } ?? [:]
    apply(change, to: escalation, by: actor, date.merging(["reason": "habit_" + silence.rawValue]) { $1 })
  }
}
