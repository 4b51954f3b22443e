import Domain
import Postgres

/// A run of which every message has failed for good, mail instead of the others too: its person knows nothing, so the operator is told.
enum UnreachedRun {
  /// One line in the log for the first step of a run that came to this, none for those after it.
  static func tell(_ results: [OutboxResult], _ bench: WorkBench) throws {
    let failed = results.filter { $0.state == .failed }.map(\.transfer.message.id)
    if failed.isEmpty { return }
    let runs = try bench.db.rows(
      Query<(ID<Escalation>, Int)>(
        tuple: """
          SELECT DISTINCT f.escalation_id, f.run FROM outbox f
          WHERE f.id = ANY (\(failed)) AND f.escalation_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM outbox o WHERE o.escalation_id = f.escalation_id AND o.run = f.run
              AND (o.state NOT IN ('failed', 'cancelled') OR o.state = 'failed' AND (o.tier, o.round) < (f.tier, f.round)))
          """))
    for (escalation, run) in runs { bench.log("work.nobody_told", ["escalation": escalation.text, "run": String(run)]) }
  }
}
