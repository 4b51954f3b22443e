import Domain

extension EscalationWrites {
  /// What an occurrence does (RULES 3.2): it starts an escalation, is recorded on the one that is running, or ends one that has nothing left
  /// to do and starts anew. Rung by hand, it begins one that sleeps or waits again.
  mutating func ring(
    _ reminder: Reminder, _ open: Escalation?, _ profile: EscalationProfile, _ firing: DueOccurrence, by actor: Actor = .system
  ) {
    var met: ID<Escalation>?
    if let open, open.course.isOpen {
      if firing.reason == .byHand, let change = try? open.course.restart(at: now, ladder: profile.ladder) {  // Refused: it is running.
        var next = open
        next.adopt(profile)
        resume(change, of: next, by: actor, firing.facts)
        met = open.id
      } else {
        switch open.course.meet(occurrence: firing.at, at: now) {
        case .recorded(let change):
          apply(change, to: open, by: actor, firing.facts)
          met = open.id
        case .replaced(let change): apply(change, to: open)
        case .over: break
        }
      }
    }
    if let met { return record(firing, of: reminder.id, reminder.user, escalation: met) }
    // By hand and after a snooze the ladder counts from now; else from the occurrence, unless it is late.
    let start = firing.reason == .byHand ? now : EscalationCourse.start(due: firing.at, at: now)
    let new = Escalation(of: reminder.id, reminder.user, profile, occurrence: firing.at, start: start, at: now)
    self.start(new, firing, by: actor)
    record(firing, of: reminder.id, reminder.user, escalation: new.id)
  }

  /// The end of a snooze: it always rings, naming the occurrences inside (RULES 3.2, 3.6).
  ///
  /// - Parameter firing: the newest occurrence inside; nil when there was none.
  mutating func wake(_ reminder: Reminder, _ open: Escalation?, _ profile: EscalationProfile, _ firing: DueOccurrence?, until: Instant) {
    // Refused: it does not sleep, so a new one starts.
    if let open, let change = try? open.course.resume(at: now, ladder: profile.ladder) {
      var next = open
      next.adopt(profile)
      resume(change, of: next, firing?.facts ?? [:])
      if let firing { record(firing, of: reminder.id, reminder.user, escalation: open.id) }
      return
    }
    if let open, open.course.isOpen, case .replaced(let change) = open.course.meet(occurrence: until, at: now) { apply(change, to: open) }
    let rung = firing ?? DueOccurrence(at: until, .snoozed)
    let start = EscalationCourse.start(due: until, at: now)
    let new = Escalation(of: reminder.id, reminder.user, profile, occurrence: rung.at, start: start, at: now)
    self.start(new, rung)
    record(rung, of: reminder.id, reminder.user, escalation: new.id)
  }
}
