import Domain
import Postgres
import Web

/// What people do with an answer after it was queued: of a draft and of a reply by hand alike.
struct AnswerCommands {
  let message: DeskMessage
  let conversation: Conversation
  let person: Person
  let now: Instant
  let db: Connection

  /// Sends one anew that failed, or of which nobody knows whether it arrived: a new attempt with the same Message-ID.
  ///
  /// - Parameter to: whom it goes to instead; empty: as before.
  func retry(to: [String]) throws(PostgresError) -> Bool {
    // One whose text is kept no longer would leave empty.
    guard message.sending == .failed || message.sending == .unknown, !message.isEmptied else { return false }
    let recipients = to.isEmpty ? message.to : to
    try db.queue([
      """
      UPDATE messages SET sending = 'queued', send_at = \(now), reason = NULL, code = NULL, detail = '', recipients = \(recipients)
      WHERE id = \(message.id)
      """,
      DeskAnswer.sending(
        message.id, by: person.id, to: recipients.first ?? "", customer: conversation.customer,
        conversation.channelType.way, due: now, at: now),
      ConversationEvent.adding(
        .retried, to: conversation.id, of: conversation.account, by: person, to.joined(separator: ", "), about: message.id, at: now),
    ])
    // It retires a draft as any answer does (RULES 6.28), unless it will be kept back for what came since (RULES 6.2).
    try db.queue([
      """
      UPDATE drafts SET state = 'superseded' WHERE conversation_id = \(conversation.id) AND state IN ('asked', 'pending')
        AND EXISTS (SELECT FROM messages m WHERE m.id = \(message.id) AND m.seen_id IS NOT DISTINCT FROM \(conversation.newestInbound)::uuid)
      """
    ])
    if let draft = message.draft { try db.queue(["UPDATE drafts SET state = 'approved' WHERE id = \(draft) AND state = 'failed'"]) }
    return true
  }

  /// One that is kept back leaves: somebody has seen what came meanwhile, and what was asked for since is answered by it.
  func confirm(seen: ID<DeskMessage>?) throws(PostgresError) {
    try db.queue([
      "UPDATE messages SET sending = 'queued', seen_id = \(seen), send_at = \(now) WHERE id = \(message.id)",
      DeskAnswer.sending(
        message.id, by: person.id, to: message.to.first ?? "", customer: conversation.customer,
        conversation.channelType.way, due: now, at: now),
      DraftRequests.retire(conversation.id),
    ])
  }
}
