/// One planned message round of a run.
public struct LadderStep: Hashable, Sendable {
  /// From 1.
  public let tier: Int
  /// 0 the first time, then the repetitions of the last tier from 1.
  public let round: Int
  /// When it is planned, not when it was done.
  public let at: Instant
}

extension Ladder {
  /// The step after (`tier`, `round`) of a run that began at `start`; tier 0 is before the first. Nil when none is left.
  public func step(after tier: Int, round: Int, from start: Instant) -> LadderStep? {
    if tier < tiers.count, let next = self.tier(tier + 1) {
      return LadderStep(tier: tier + 1, round: 0, at: start.advanced(minutes: next.delayMinutes))
    }
    guard repeatMinutes > 0, repeatLimit == 0 || round < repeatLimit, let last = tiers.last else { return nil }
    // An endless ladder may be anywhere; a round beyond a billion is no round, and must not overflow.
    let round = min(round, 1_000_000_000) + 1
    let at = start.advanced(minutes: last.delayMinutes).advanced(minutes: round * repeatMinutes)
    return LadderStep(tier: tiers.count, round: round, at: at)
  }

  /// The last step planned at or before `now` that comes after (`tier`, `round`), and how many before it are passed over. Of tiers that are planned
  /// for one instant none is late for another: the first of them, and the others are due after it.
  /// Nil when none is due. One division for the repetitions, however long the service was down.
  func due(after tier: Int, round: Int, from start: Instant, at now: Instant) -> (step: LadderStep, skipped: [LadderSkip])? {
    guard var first = step(after: tier, round: round, from: start), first.at <= now else { return nil }
    var latest = first
    var skipped: [LadderSkip] = []
    while let next = step(after: latest.tier, round: latest.round, from: start), next.at <= now {
      if next.round == 0 {
        if next.at > latest.at {
          skipped += LadderSkip.tiers(first.tier...latest.tier)
          first = next
        }
        latest = next
        continue
      }
      if latest.round == 0 { skipped += LadderSkip.tiers(first.tier...latest.tier) }
      let more = Int(now.seconds(since: next.at) / (Int64(repeatMinutes) * 60))
      let last = repeatLimit == 0 ? next.round + more : min(next.round + more, repeatLimit)
      let from = latest.round == 0 ? next.round : latest.round
      if last > from { skipped.append(LadderSkip(tier: next.tier, round: from, count: last - from)) }
      first = LadderStep(tier: next.tier, round: last, at: next.at.advanced(minutes: (last - next.round) * repeatMinutes))
      break
    }
    return (first, skipped)
  }

  /// The first `limit` steps of a run, for previews and the planned half of a timeline.
  public func steps(after tier: Int = 0, round: Int = 0, from start: Instant, limit: Int) -> [LadderStep] {
    var steps: [LadderStep] = []
    var (tier, round) = (tier, round)
    while steps.count < limit, let next = step(after: tier, round: round, from: start) {
      steps.append(next)
      (tier, round) = (next.tier, next.round)
    }
    return steps
  }
}

/// Steps that were due while the service was down and are not sent (RULES 3.4): `count` rounds of one tier from `round` on.
public struct LadderSkip: Hashable, Sendable {
  public let tier: Int
  public let round: Int
  public let count: Int

  /// Each of some tiers, once.
  static func tiers(_ tiers: ClosedRange<Int>) -> [LadderSkip] { tiers.map { LadderSkip(tier: $0, round: 0, count: 1) } }
}
