/// What people do. All of it is possible on an expired escalation too (RULES 3.3), nothing on a completed or cancelled one.
extension EscalationCourse {
  /// Stops the tiers. With `againAt` it becomes active again then; without, it has ended. Repeating it changes only the return time.
  ///
  /// - Throws: `notAhead` when `againAt` is not after `now`; `ended`.
  public func acknowledge(at now: Instant, againAt: Instant? = nil) throws(EscalationRefusal) -> EscalationChange {
    try checkAnswerable()
    if let againAt, againAt <= now { throw .notAhead }
    if state == .acknowledged, self.againAt == againAt { return EscalationChange(course: self, events: []) }
    var next = stopped(.acknowledged)
    next.acknowledgedAt = acknowledgedAt ?? now
    next.againAt = againAt
    next.endedAt = againAt == nil ? now : nil
    return EscalationChange(course: next, events: [.acknowledged(againAt: againAt)], withdraws: true)
  }

  /// Stops everything until then; a new snooze replaces the old end.
  ///
  /// - Throws: `notAhead` when `until` is not after `now`; `ended`.
  public func snooze(at now: Instant, until: Instant) throws(EscalationRefusal) -> EscalationChange {
    try checkAnswerable()
    guard until > now else { throw .notAhead }
    var next = stopped(.snoozed)
    next.snoozedUntil = until
    next.endedAt = nil
    return EscalationChange(course: next, events: [.snoozed(until: until)], withdraws: true)
  }

  /// Takes a snooze back, so that it goes on where it was. What came due meanwhile is due now, as after downtime.
  ///
  /// - Parameters:
  ///   - state: what it was before.
  ///   - next: what would have come by itself then (``nextAt``).
  ///   - ended: when it had ended, of an expired one.
  /// - Throws: `notActive` unless it is snoozed.
  public func unsnooze(to state: EscalationState, nextAt next: Instant?, endedAt ended: Instant?) throws(EscalationRefusal)
    -> EscalationChange
  {
    guard self.state == .snoozed else { throw .notActive(self.state) }
    var course = stopped(state)
    switch state {
    case .active: course.nextStepAt = next
    case .acknowledged: course.againAt = next
    case .snoozed: course.snoozedUntil = next
    case .completed, .expired, .cancelled: break
    }
    course.endedAt = ended
    return EscalationChange(course: course, events: [.unsnoozed])
  }

  /// - Throws: `ended`.
  public func complete(at now: Instant) throws(EscalationRefusal) -> EscalationChange {
    try checkAnswerable()
    var next = stopped(.completed)
    next.endedAt = now
    return EscalationChange(course: next, events: [.completed], withdraws: true)
  }

  /// The reminder is gone or archived.
  ///
  /// - Throws: `ended` when it is not open.
  public func cancel(at now: Instant) throws(EscalationRefusal) -> EscalationChange {
    guard isOpen else { throw .ended(state) }
    var next = stopped(.cancelled)
    next.endedAt = now
    return EscalationChange(course: next, events: [.cancelled], withdraws: true)
  }

  /// The next tier now. Later tiers keep their times, and the repetitions theirs. When the next tier is due anyway and the worker
  /// is late, this is ``escalate(at:)``: the highest due one, so that no second message follows at once.
  ///
  /// - Throws: `noHigherTier`, `notActive`, `ended`.
  public func advance(at now: Instant) throws(EscalationRefusal) -> EscalationChange {
    try checkActive()
    guard tier < ladder.tiers.count else { throw .noHigherTier }
    if due(at: now) != nil { return try escalate(at: now) }
    let step = LadderStep(tier: tier + 1, round: 0, at: now)
    return EscalationChange(course: reached(step, at: now), events: [.advanced(tier: step.tier)], sends: step)
  }

  private func checkAnswerable() throws(EscalationRefusal) {
    if state == .completed || state == .cancelled { throw .ended(state) }
  }

  func checkActive() throws(EscalationRefusal) {
    switch state {
    case .active: return
    case .acknowledged, .snoozed: throw .notActive(state)
    case .completed, .expired, .cancelled: throw .ended(state)
    }
  }

  /// In `state` with nothing planned.
  func stopped(_ state: EscalationState) -> EscalationCourse {
    var next = self
    next.state = state
    (next.nextStepAt, next.againAt, next.snoozedUntil) = (nil, nil, nil)
    return next
  }

  /// With `step` done and the one after it, or the expiry, planned.
  func reached(_ step: LadderStep, at now: Instant) -> EscalationCourse {
    var next = self
    (next.tier, next.round) = (step.tier, step.round)
    next.nextStepAt = next.plannedStep?.at ?? now.advanced(hours: Self.patienceHours)
    return next
  }
}
