import Domain

extension EscalationWrites {
  /// One due reminder: what rings, and where the reminder stands afterwards.
  mutating func take(_ kind: RingingKind, _ reminder: DueReminder, _ open: Escalation?, _ profile: EscalationProfile, _ fired: Set<Instant>)
  {
    critical[reminder.state.id] = reminder.importance == .critical
    if reminder.isOfDesk { ofDesk.insert(reminder.state.id) }
    var move = reminder.state
    var firing: DueOccurrence?
    if let next = move.nextAt, next <= now {
      if next == reminder.placedAt, let later = reminder.schedule.at, later > now {
        // Zone data has changed: by the clocks of now it is not time yet.
        move.nextAt = later
        if kind == .fire { return moves.append(move) }
      }
    }
    if let next = move.nextAt, next <= now {
      let found = DueOccurrence(due: next, of: reminder.schedule, at: now)
      move.lastAt = found.at
      move.nextAt = reminder.schedule.following(max(now, found.at), last: found.at)
      if !fired.contains(found.at) { firing = found }
    }
    switch kind {
    case .fire:
      if let firing { ring(move.id, of: reminder.user, open, profile, firing) }
    case .wake:
      let until = move.snoozedUntil ?? now
      (move.status, move.snoozedUntil) = (.active, nil)
      wake(move.id, of: reminder.user, open, profile, firing?.afterSnooze, until: fired.contains(until) ? now : until)
    }
    moves.append(move)
  }

  /// What an occurrence does (RULES 3.2): it starts an escalation, is recorded on the one that is running, or ends one that has nothing left
  /// to do and starts anew. Rung by hand, it begins one that sleeps or waits again.
  ///
  /// - Returns: whether something begins to ring; not where it is recorded on what rings already.
  @discardableResult
  mutating func ring(
    _ reminder: ID<Reminder>, of user: ID<User>, _ open: Escalation?, _ profile: EscalationProfile, _ firing: DueOccurrence,
    by actor: Actor = .system
  ) -> Bool {
    if let open, open.course.isOpen {
      if firing.reason == .byHand, let change = try? open.course.restart(at: now, ladder: profile.ladder) {  // Refused: it is running.
        var next = open
        next.adopt(profile)
        resume(change, of: next, by: actor, firing.facts)
        record(firing, met: open)
        return true
      } else {
        switch open.course.meet(occurrence: firing.at, at: now) {
        case .recorded(let change):
          apply(change, to: open, by: actor, firing.facts)
          record(firing, met: open)
          return false
        case .replaced(let change): apply(change, to: open)
        case .over: break
        }
      }
    }
    // By hand and after a snooze the ladder counts from now; else from the occurrence, unless it is late.
    let start = firing.reason == .byHand ? now : EscalationCourse.start(due: firing.at, at: now)
    begin(reminder, of: user, profile, firing, start: start, by: actor)
    return true
  }

  /// The end of a snooze: it always rings, naming the occurrences inside (RULES 3.2, 3.6).
  ///
  /// - Parameter firing: the newest occurrence inside; nil when there was none.
  mutating func wake(
    _ reminder: ID<Reminder>, of user: ID<User>, _ open: Escalation?, _ profile: EscalationProfile, _ firing: DueOccurrence?, until: Instant
  ) {
    // Refused: it does not sleep, so a new one starts.
    if let open, let change = try? open.course.resume(at: now, ladder: profile.ladder) {
      var next = open
      next.adopt(profile)
      resume(change, of: next, firing?.facts ?? [:])
      if let firing { record(firing, met: open) }
      return
    }
    if let open, open.course.isOpen, case .replaced(let change) = open.course.meet(occurrence: until, at: now) { apply(change, to: open) }
    let rung = firing ?? DueOccurrence(at: until, .snoozed)
    let start = EscalationCourse.start(due: until, at: now)
    begin(reminder, of: user, profile, rung, start: start)
  }

  private mutating func begin(
    _ reminder: ID<Reminder>, of user: ID<User>, _ profile: EscalationProfile, _ firing: DueOccurrence, start: Instant,
    by actor: Actor = .system
  ) {
    let isOfDesk = ofDesk.contains(reminder)
    self.start(Escalation(of: reminder, user, profile, firing, start: start, isOfDesk: isOfDesk, at: now), firing, by: actor)
  }
}
