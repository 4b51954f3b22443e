import Domain
import Postgres

/// Reckons anew by when answers are owed in a channel whose hours or target are others (RULES 6.14): of every customer who waits.
enum LateTimes {
  static let name = "late.times"
  /// Conversations of one step.
  private static let slice = 2_000

  /// A conversation in which an answer is owed.
  private struct Waiting {
    let id: ID<Waiting>
    let since: Instant

    static func next(of channel: ID<DeskChannel>, after last: ID<Waiting>) -> Query<Waiting> {
      Query(
        """
        SELECT id, waiting_since AS since FROM conversations
        WHERE channel_id = \(channel) AND waiting_since IS NOT NULL AND id > \(last) ORDER BY id LIMIT \(slice) FOR NO KEY UPDATE
        """, into: Waiting.init)
    }
  }

  /// Its place: the channel, and behind a blank the conversation that was the last.
  static let kind = JobKind(name) { run, bench, now in
    let parts = run.place.split(separator: " ").map { String($0) }
    guard let id = parts.first.flatMap({ ID<DeskChannel>($0) }), let channel = try bench.db.row(DeskChannel.query("c.id = \(id)")) else {
      return .done
    }
    let last = parts.count > 1 ? ID<Waiting>(parts[1]) : nil
    let waiting = try bench.db.rows(Waiting.next(of: id, after: last ?? ID(high: 0, low: 0)))
    guard let end = waiting.last else { return .done }
    let clock = channel.clock(bench.services.zones)
    let late: [Instant?] = waiting.map { one in channel.targetMinutes.flatMap { clock.instant(after: one.since, minutes: $0) } }
    // Who is late no more ends what rings for them; it begins anew when they are.
    try bench.db.queue([
      """
      UPDATE conversations v SET late_at = t.late_at, late_told_at = CASE WHEN t.late_at <= \(now) THEN v.late_told_at END
      FROM unnest(\(waiting.map(\.id)), \(late)) AS t(id, late_at) WHERE v.id = t.id AND v.late_at IS DISTINCT FROM t.late_at
      """
    ])
    run.done += waiting.count
    run.place = "\(id.text) \(end.id.text)"
    return waiting.count == slice ? .again : .done
  }
}
