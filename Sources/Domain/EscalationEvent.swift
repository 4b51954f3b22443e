/// An entry of the timeline.
public enum EscalationEvent: Hashable, Sendable {
  /// A step was done; `round` as in ``LadderStep``.
  case escalated(tier: Int, round: Int)
  /// Somebody did not want to wait for the tier.
  case advanced(tier: Int)
  /// Due while the service was down.
  case skipped(LadderSkip)
  /// Another occurrence of the same reminder came.
  case firedAgain(occurrence: Instant)
  case acknowledged(againAt: Instant?)
  case snoozed(until: Instant)
  /// A snooze was taken back: it goes on where it was.
  case unsnoozed
  /// Began again at tier 1, as this run.
  case resumed(run: Int)
  case completed
  case expired
  case cancelled
  /// A new occurrence came instead of asking again.
  case replaced

  /// For the column `kind`.
  public var kind: String {
    switch self {
    case .escalated: "escalated"
    case .advanced: "advanced"
    case .skipped: "skipped"
    case .firedAgain: "fired_again"
    case .acknowledged: "acknowledged"
    case .snoozed: "snoozed"
    case .unsnoozed: "unsnoozed"
    case .resumed: "resumed"
    case .completed: "completed"
    case .expired: "expired"
    case .cancelled: "cancelled"
    case .replaced: "replaced"
    }
  }

  /// For the columns `tier` and `round`.
  public var step: (tier: Int?, round: Int?) {
    switch self {
    case .escalated(let tier, let round): (tier, round)
    case .advanced(let tier): (tier, 0)
    case .skipped(let skip): (skip.tier, skip.round)
    default: (nil, nil)
    }
  }
}

/// What follows from a change, to be written in the transaction that makes it.
public struct EscalationChange: Hashable, Sendable {
  public let course: EscalationCourse
  /// In order. Empty when nothing changed (acknowledged twice).
  public let events: [EscalationEvent]
  /// The step whose messages go out now.
  public var sends: LadderStep?
  /// Whether messages that are not sent yet are withdrawn: it has ended, sleeps or is answered (RULES 3.5).
  public var withdraws = false
}

/// Why a change is not possible: 409 for a person, nothing to do for a worker that came too late.
public enum EscalationRefusal: Error, Hashable, Sendable {
  /// It has ended for good, as this.
  case ended(EscalationState)
  /// Only an active one can do that.
  case notActive(EscalationState)
  /// The last tier is reached already.
  case noHigherTier
  /// A snooze or return time that is not after now.
  case notAhead
  /// Its time has not come.
  case notDue
}
