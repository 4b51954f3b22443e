import Domain
import Postgres

/// What a conversation's row says of its messages, reckoned anew after some of them moved.
struct ConversationSums {
  let count: Int
  let lastAt: Instant?
  /// The newest message of a person.
  let newestInbound: ID<DeskMessage>?
  /// When the oldest message of a person came that no answer has seen.
  let unansweredSince: Instant?

  private static func query(_ id: ID<Conversation>) -> Query<ConversationSums> {
    Query(
      """
      SELECT count(*) FILTER (WHERE m.sending IS DISTINCT FROM 'cancelled')::integer AS count, max(m.arrived_at) AS last_at,
        (array_agg(m.id ORDER BY m.number DESC) FILTER (WHERE m.direction = 'inbound' AND m.kind = 'person'))[1] AS newest_inbound,
        \(OwedAnswer.since(in: "\(id)::uuid")) AS unanswered_since
      FROM messages m WHERE m.conversation_id = \(id)
      """, into: ConversationSums.init)
  }

  /// Writes them. A conversation to which an answer is owed is open; else it stays as `state` has it.
  ///
  /// - Returns: what a draft would be asked for; nil: nothing waits.
  @discardableResult
  static func write(
    _ id: ID<Conversation>, of details: ThreadDetails, state: Conversation.State, at now: Instant, _ zones: Zones, _ db: Connection
  ) throws -> DraftRequests.Target? {
    guard let sums = try db.row(query(id)) else { return nil }
    let owes = sums.unansweredSince != nil && state != .spam
    let state: Conversation.State = owes ? .open : state == .snoozed ? .open : state
    let late = owes ? sums.unansweredSince.flatMap { details.channel.lateAt($0, zones) } : nil
    try db.queue([
      """
      UPDATE conversations SET messages = \(sums.count), last_at = coalesce(\(sums.lastAt)::timestamptz, last_at), newest_inbound_id = \(sums.newestInbound),
        waiting_since = \(owes ? sums.unansweredSince : nil), late_at = \(late), late_told_at = NULL, state = \(state), snoozed_until = NULL,
        closed_at = CASE WHEN \(state == .closed) THEN coalesce(closed_at, \(now)) END, version = version + 1
      WHERE id = \(id)
      """
    ])
    guard owes, details.channel.autoDraft else { return nil }
    let v = details.conversation
    return DraftRequests.Target(
      conversation: id, channel: v.channel, account: v.account, language: v.language, newestInbound: sums.newestInbound)
  }
}
