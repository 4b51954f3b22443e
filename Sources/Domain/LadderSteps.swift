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

  /// The last step planned at or before `now` that comes after (`tier`, `round`), and how many before it are passed over.
  /// Nil when none is due. One division for the repetitions, however long the service was down.
  func due(after tier: Int, round: Int, from start: Instant, at now: Instant) -> (step: LadderStep, skipped: [LadderSkip])? {
    guard var latest = step(after: tier, round: round, from: start), latest.at <= now else { return nil }
    var skipped: [LadderSkip] = []
    while let next = step(after: latest.tier, round: latest.round, from: start), next.at <= now {
      if next.round == 0 {
        skipped.append(LadderSkip(tier: latest.tier, round: latest.round, count: 1))
        latest = next
        continue
      }
      if latest.round == 0 { skipped.append(LadderSkip(tier: latest.tier, round: 0, count: 1)) }
      let more = Int(now.seconds(since: next.at) / (Int64(repeatMinutes) * 60))
      let last = repeatLimit == 0 ? next.round + more : min(next.round + more, repeatLimit)
      let first = latest.round == 0 ? next.round : latest.round
      if last > first { skipped.append(LadderSkip(tier: next.tier, round: first, count: last - first)) }
      latest = LadderStep(tier: next.tier, round: last, at: next.at.advanced(minutes: (last - next.round) * repeatMinutes))
      break
    }
    return (latest, skipped)
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
}
