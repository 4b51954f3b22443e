/// How far an escalation is. The raw values are those of the database.
public enum EscalationState: String, CaseIterable, Hashable, Sendable {
  case active, acknowledged, snoozed, completed, expired, cancelled
}

/// The course of one escalation: the whole state machine, without a database and a clock (RULES 3.2–3.8).
///
/// Each change is a function that returns the new course with what has to be written and sent, or refuses. The fields are the
/// columns of `escalations`. Every instant at which something happens by itself is ``nextAt``, so a worker looks at nothing else.
public struct EscalationCourse: Hashable, Sendable {
  /// How long an escalation without planned steps stays open.
  public static let patienceHours = 24

  public internal(set) var state: EscalationState
  /// The copy of the profile's tiers.
  public internal(set) var ladder: Ladder
  /// 1, then one more each time it starts again after a snooze or "ask again".
  public internal(set) var run: Int
  /// The last tier reached in this run; 0 before the first.
  public internal(set) var tier: Int
  /// The last repetition of the last tier in this run; 0 before the first.
  public internal(set) var round: Int
  /// The start of this run: delays count from it.
  public internal(set) var startedAt: Instant
  /// Active only: the next step, or the expiry when no step is left.
  public internal(set) var nextStepAt: Instant?
  /// Acknowledged only: when to ask again, if at all.
  public internal(set) var againAt: Instant?
  /// Snoozed only.
  public internal(set) var snoozedUntil: Instant?
  /// The first acknowledgement of this run.
  public internal(set) var acknowledgedAt: Instant?
  /// Nil exactly while it is open.
  public internal(set) var endedAt: Instant?
  /// How many occurrences met it while it was open.
  public internal(set) var firedAgain: Int

  /// As it was stored.
  public init(
    state: EscalationState, ladder: Ladder, run: Int, tier: Int, round: Int, startedAt: Instant, nextStepAt: Instant?,
    againAt: Instant? = nil, snoozedUntil: Instant? = nil, acknowledgedAt: Instant? = nil, endedAt: Instant? = nil, firedAgain: Int = 0
  ) {
    (self.state, self.ladder, self.run, self.tier, self.round) = (state, ladder, run, tier, round)
    (self.startedAt, self.nextStepAt, self.againAt, self.snoozedUntil) = (startedAt, nextStepAt, againAt, snoozedUntil)
    (self.acknowledgedAt, self.endedAt, self.firedAgain) = (acknowledgedAt, endedAt, firedAgain)
  }

  /// A new escalation, active, with nothing sent yet: its first step is due at once if tier 1 has no delay.
  public init(starting ladder: Ladder, at start: Instant) {
    let first = ladder.step(after: 0, round: 0, from: start)
    self.init(state: .active, ladder: ladder, run: 1, tier: 0, round: 0, startedAt: start, nextStepAt: first?.at)
  }

  /// Active, snoozed, or acknowledged with a return time. At most one per reminder.
  public var isOpen: Bool {
    switch state {
    case .active, .snoozed: true
    case .acknowledged: againAt != nil
    case .completed, .expired, .cancelled: false
    }
  }

  /// The next step of the ladder; nil unless active, and when none is left.
  public var plannedStep: LadderStep? { state == .active ? ladder.step(after: tier, round: round, from: startedAt) : nil }

  /// When something happens by itself next: a step, the expiry, the end of a snooze, the return of an acknowledged one.
  public var nextAt: Instant? {
    switch state {
    case .active: nextStepAt
    case .snoozed: snoozedUntil
    case .acknowledged: againAt
    case .completed, .expired, .cancelled: nil
    }
  }

  /// What that is; nil exactly when ``nextAt`` is.
  public var nextKind: NextKind? {
    if nextAt == nil { return nil }
    switch state {
    case .active: return plannedStep.map { $0.round == 0 ? .tier : .round } ?? .expiry
    case .acknowledged: return .question
    case .snoozed: return .waking
    case .completed, .expired, .cancelled: return nil
    }
  }

  /// What a worker has to do at `now`; nil when nothing is due.
  public func due(at now: Instant) -> EscalationDue? {
    guard let nextAt, nextAt <= now else { return nil }
    switch nextKind {
    case .tier, .round: return .escalate
    case .expiry: return .expire
    case .question, .waking: return .resume
    case nil: return nil
    }
  }
}

/// What happens by itself next with an escalation: the next tier, the last one once more, its end because nobody answers, the question again after an
/// acknowledgement, the end of a snooze. The raw values are those of the database.
public enum NextKind: String, CaseIterable, Hashable, Sendable {
  case tier, round, expiry, question, waking
}

/// What is due: ``EscalationCourse/escalate(at:)``, ``EscalationCourse/expire(at:)`` or ``EscalationCourse/resume(at:ladder:)``.
public enum EscalationDue: Hashable, Sendable {
  case escalate, expire, resume
}
