import Domain
import HTML
import Postgres

/// How far an escalation is, as lists read it from its row: enough to say what comes next without its whole plan.
struct EscalationProgress {
  let state: String
  let tier: Int
  let tiers: Int
  let nextKind: NextKind?
  let nextAt: Instant?

  /// In their order, from `escalations e`.
  static let columns: Columns = """
    e.state, e.tier, jsonb_array_length(e.plan->'tiers') AS tiers, e.next_kind,
    CASE e.next_kind WHEN 'question' THEN e.again_at WHEN 'waking' THEN e.snoozed_until ELSE e.next_step_at END AS next_at
    """

  /// What comes next; nil when nothing does.
  func nextStep(_ words: Words, _ time: (Instant) -> TimeText) -> NextStep? {
    guard let nextKind, let nextAt else { return nil }
    return NextStep(nextKind, after: tier, time(nextAt), words)
  }

  func badge(_ words: Words) -> StatusBadge { EscalationBadge.of(state, tier, tiers, words) }

  var meter: TierMeter? { state == "active" ? TierMeter(tier, of: tiers) : nil }
}

extension EscalationProgress: FromColumns {
  init(columns: inout ColumnReader) throws(PostgresError) { self = try columns.read(into: Self.init) }
}

/// The small picture beside "tier 2 of 4": a bar a tier, rising.
struct TierMeter {
  let bars: [Bar]

  struct Bar {
    /// nil: it is still ahead.
    let style: String?
  }

  /// nil before the first tier.
  init?(_ tier: Int, of tiers: Int) {
    guard tier > 0, tiers > 1 else { return nil }
    bars = (1...tiers).map { Bar(style: $0 < tier ? "past" : $0 == tier ? "on" : nil) }
  }
}
