import Domain
import HTML
import Postgres

/// When something happens next with an escalation by itself, and what.
struct NextStep {
  let time: TimeText
  let what: String
}

/// How far an escalation is, as lists read it from its row: enough to say what comes next without its whole plan.
struct EscalationProgress: FromRow {
  let state: String
  let tier: Int
  let tiers: Int
  let nextStepAt: Instant?
  let againAt: Instant?
  let snoozedUntil: Instant?
  /// Whether the last tier is told again.
  let repeats: Bool

  /// The columns of ``init(row:)``, from `escalations e`.
  static let columns: Columns = """
    e.state, e.tier, jsonb_array_length(e.plan->'tiers') AS tiers, e.next_step_at, e.again_at, e.snoozed_until,
    ((e.plan->>'repeat')::int > 0 AND ((e.plan->>'limit')::int = 0 OR e.round < (e.plan->>'limit')::int)) AS repeats
    """

  init(row: Row) throws(PostgresError) {
    state = try row("state")
    tier = try row("tier")
    tiers = try row("tiers")
    nextStepAt = try row("next_step_at")
    againAt = try row("again_at")
    snoozedUntil = try row("snoozed_until")
    repeats = try row("repeats")
  }

  /// What comes next; nil when nothing does.
  func coming(_ words: Words, _ time: (Instant) -> TimeText) -> NextStep? {
    switch state {
    case "active":
      guard let at = nextStepAt else { return nil }
      if tier < tiers { return NextStep(time: time(at), what: words("until tier {tier}", ["tier": String(tier + 1)])) }
      return NextStep(time: time(at), what: repeats ? words("until it rings again") : words("until it expires"))
    case "acknowledged": return againAt.map { NextStep(time: time($0), what: words("until it asks again")) }
    case "snoozed": return snoozedUntil.map { NextStep(time: time($0), what: words("until it rings again")) }
    default: return nil
    }
  }

  func mark(_ words: Words) -> StatusBadge { EscalationBadge.mark(state, tier, tiers, words) }

  var rungs: TierMeter? { state == "active" ? TierMeter(tier, of: tiers) : nil }
}

/// The small picture beside "tier 2 of 4": a bar a tier, rising.
struct TierMeter {
  let bars: [Bar]

  struct Bar {
    let style: String
  }

  /// nil before the first tier.
  init?(_ tier: Int, of tiers: Int) {
    guard tier > 0, tiers > 1 else { return nil }
    bars = (1...tiers).map { Bar(style: $0 < tier ? "past" : $0 == tier ? "on" : "ahead") }
  }
}
