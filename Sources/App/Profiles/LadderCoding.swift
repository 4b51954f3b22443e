import Domain
import FoundationEssentials
import Postgres

/// Ladders that were read before, by their stored text. A worker keeps one: nearly everybody climbs one of the same few ladders, and decoding one
/// costs more than all else that a reminder that fires costs in Swift.
final class LadderCache {
  private var known: [String: Ladder] = [:]

  /// The ladder of a text, read only when it is met the first time.
  func ladder(_ text: String, _ read: (String) throws(PostgresError) -> Ladder) throws(PostgresError) -> Ladder {
    if let ladder = known[text] { return ladder }
    let ladder = try read(text)
    // People's own ladders may be any number; the common ones are soon here again.
    if known.count >= 1_000 { known.removeAll() }
    known[text] = ladder
    return ladder
  }
}

/// How ladders are stored: the tiers as a JSON list in `profiles.tiers`, tiers and repetition as one object in `escalations.plan`.
extension Ladder {
  /// Reads what a profile holds.
  ///
  /// - Parameter tiers: `[{"delay":0,"agents":["push"],"contacts":false}, …]`.
  /// - Throws: kind ``PostgresError/Kind/value`` for what is no ladder.
  init(tiers: String, repeatMinutes: Int, repeatLimit: Int) throws(PostgresError) {
    do {
      let list = try JSONDecoder().decode([Tier].self, from: Data(tiers.utf8))
      try self.init(tiers: list, repeatMinutes: repeatMinutes, repeatLimit: repeatLimit)
    } catch {
      throw PostgresError.value("stored tiers that are no ladder: \(error)")
    }
  }

  /// Reads the plan of an escalation.
  init(plan: String) throws(PostgresError) {
    do {
      self = try JSONDecoder().decode(Ladder.self, from: Data(plan.utf8))
    } catch {
      throw PostgresError.value("a stored plan that is no ladder: \(error)")
    }
  }

  /// The list of tiers as JSON, the same ladder always as the same text.
  var tiersText: String { tiersJSON.text }

  private var tiersJSON: JSONText {
    .array(
      tiers.map { tier in
        .object([
          ("delay", .number(tier.delayMinutes)), ("agents", .array(tier.agents.map { .string($0.rawValue) })),
          ("contacts", .bool(tier.includesContacts)),
        ])
      })
  }

  /// The whole plan as JSON.
  var planText: String {
    JSONText.object([("tiers", tiersJSON), ("repeat", .number(repeatMinutes)), ("limit", .number(repeatLimit))]).text
  }
}
