import Domain
import Postgres

/// Since when a customer waits for an answer (RULES 6.14). What was sent answers, and nothing else: what may be undone, is kept back, is on its way or
/// of nobody knows which end may still not arrive.
enum OwedAnswer {
  /// When the oldest message of a person came that no answer has seen: of one that is kept no longer nothing is owed.
  ///
  /// - Parameter conversation: an expression of its id.
  static func since(in conversation: SQL) -> SQL {
    """
    (SELECT min(n.arrived_at) FROM messages n
    WHERE n.conversation_id = \(conversation) AND n.direction = 'inbound' AND n.kind = 'person' AND n.emptied_at IS NULL AND n.number > coalesce((
      SELECT max(coalesce(s.number, o.number)) FROM messages o LEFT JOIN messages s ON s.id = o.seen_id
      WHERE o.conversation_id = \(conversation) AND o.direction = 'outbound' AND o.kind = 'person' AND o.sending = 'sent'), 0))
    """
  }

  /// - Returns: nil: nothing is owed.
  static func since(in conversation: ID<Conversation>, _ db: Connection) throws(PostgresError) -> Instant? {
    try db.value("SELECT \(since(in: "\(conversation)::uuid"))", as: Instant?.self) ?? nil
  }

  /// After an answer was taken back, or did not arrive: what is owed is reckoned anew, and who waits has an open conversation. What is put off or spam
  /// stays so, and is reckoned when that ends.
  static func bringBack(in conversation: Conversation, of channel: DeskChannel, _ zones: Zones, _ db: Connection) throws(PostgresError) {
    let since = try since(in: conversation.id, db)
    let late = since.flatMap { channel.lateAt($0, zones) }
    try db.queue([
      """
      UPDATE conversations SET state = CASE WHEN \(since != nil) THEN 'open' ELSE state END, closed_at = CASE WHEN \(since == nil) THEN closed_at END,
        waiting_since = \(since), late_at = \(late)
      WHERE id = \(conversation.id) AND state IN ('open', 'closed')
      """
    ])
  }
}
