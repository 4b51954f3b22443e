/// What happens by itself: steps that are due and those that are skipped, the end of patience, beginning again. A worker asks ``EscalationCourse/due(at:)`` first; the refusals are for the one that came second.
extension EscalationCourse {
  /// Does the highest step that is due; those below it are recorded as skipped, never sent in a burst (RULES 3.4).
  ///
  /// - Throws: `notDue`, `notActive`, `ended`.
  public func escalate(at now: Instant) throws(EscalationRefusal) -> EscalationChange {
    try checkActive()
    guard let due = ladder.due(after: tier, round: round, from: startedAt, at: now) else { throw .notDue }
    let events = due.skipped.map(EscalationEvent.skipped) + [.escalated(tier: due.step.tier, round: due.step.round)]
    return EscalationChange(course: reached(due.step, at: now), events: events, sends: due.step)
  }

  /// Ends an active one that nobody answered, a day after its last step.
  ///
  /// - Throws: `notDue` when steps are still planned or the day is not over, `notActive`, `ended`.
  public func expire(at now: Instant) throws(EscalationRefusal) -> EscalationChange {
    try checkActive()
    guard plannedStep == nil, let nextStepAt, nextStepAt <= now else { throw .notDue }
    return expired(at: now)
  }

  /// Where the delays of an escalation count from that was due at `due` and is begun at `now`: less than a minute late, from the
  /// instant it was due; later, from now, since nobody was told before and tier 1 is told first.
  public static func start(due: Instant, at now: Instant) -> Instant {
    now.microseconds - due.microseconds < 60_000_000 ? due : now
  }

  /// Starts again at tier 1 when the snooze or the time before asking again is over; see ``start(due:at:)``.
  ///
  /// - Parameter ladder: the profile as it is now, for a snooze; nil keeps the plan.
  /// - Throws: `notDue`, also when it is neither snoozed nor to be asked again.
  public func resume(at now: Instant, ladder: Ladder? = nil) throws(EscalationRefusal) -> EscalationChange {
    guard state == .snoozed || state == .acknowledged, let due = nextAt, due <= now else { throw .notDue }
    return begunAgain(from: EscalationCourse.start(due: due, at: now), ladder)
  }

  /// Starts again at tier 1 now, although the time has not come: somebody asked for it.
  ///
  /// - Throws: `notActive` when it is running, `ended` when it is over.
  public func restart(at now: Instant, ladder: Ladder? = nil) throws(EscalationRefusal) -> EscalationChange {
    guard isOpen else { throw .ended(state) }
    guard state != .active else { throw .notActive(state) }
    return begunAgain(from: now, ladder)
  }

  /// Starts again at tier 1 after it was cancelled: what it rang for is back.
  ///
  /// - Throws: `notActive` unless it was cancelled.
  public func revive(at now: Instant) throws(EscalationRefusal) -> EscalationChange {
    guard state == .cancelled else { throw .notActive(state) }
    return begunAgain(from: now, nil)
  }

  private func begunAgain(from start: Instant, _ ladder: Ladder?) -> EscalationChange {
    var next = stopped(.active)
    next.ladder = ladder ?? self.ladder
    (next.run, next.tier, next.round) = (run + 1, 0, 0)
    (next.startedAt, next.acknowledgedAt, next.endedAt) = (start, nil, nil)
    next.nextStepAt = next.plannedStep?.at
    return EscalationChange(course: next, events: [.resumed(run: next.run)])
  }

  /// What a new occurrence of the same reminder does to it (RULES 3.2).
  public func meet(occurrence: Instant, at now: Instant) -> EscalationMeeting {
    guard isOpen else { return .over }
    if state == .snoozed || plannedStep != nil {
      var next = self
      next.firedAgain += 1
      return .recorded(EscalationChange(course: next, events: [.firedAgain(occurrence: occurrence)]))
    }
    if state == .active { return .replaced(expired(at: now)) }
    return .replaced(replaced(at: now))
  }

  /// The next date of a habit has come: for the one that this rang for nobody is asked any more, and it can still be answered.
  ///
  /// - Throws: `ended` when it is not open.
  public func overtake(at now: Instant) throws(EscalationRefusal) -> EscalationChange {
    guard isOpen else { throw .ended(state) }
    return state == .acknowledged ? replaced(at: now) : expired(at: now)
  }

  private func replaced(at now: Instant) -> EscalationChange {
    var next = stopped(.acknowledged)
    next.endedAt = now
    return EscalationChange(course: next, events: [.replaced], withdraws: true)
  }

  private func expired(at now: Instant) -> EscalationChange {
    var next = stopped(.expired)
    next.endedAt = now
    return EscalationChange(course: next, events: [.expired], withdraws: true)
  }
}

/// What becomes of an escalation whose reminder fires again.
public enum EscalationMeeting: Hashable, Sendable {
  /// It goes on; the occurrence starts nothing.
  case recorded(EscalationChange)
  /// It ends; the occurrence starts a new one.
  case replaced(EscalationChange)
  /// It had ended; the occurrence starts a new one.
  case over
}
