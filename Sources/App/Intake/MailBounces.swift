import Domain
import Postgres

/// What follows when a mail server says that an answer of ours could not be delivered (RULES 6.15). Anybody can write such a report: it counts by an
/// id that only we can make, and for somebody to whom that message went.
enum MailBounces {
  /// The answer that came back.
  private struct Returned {
    let id: ID<DeskMessage>
    let conversation: ID<Conversation>
    let draft: ID<Draft>?
    let people: [String]

    /// Its conversation is locked before it is: that of the report may be another, which begins where this one was closed long ago.
    static func find(_ messageID: String, _ channel: ID<DeskChannel>, _ db: Connection) throws(PostgresError) -> Returned? {
      let which: SQL = """
        channel_id = \(channel) AND message_id = \(messageID) AND direction = 'outbound' AND source IS NOT NULL AND sending IN ('sent', 'unknown')
        ORDER BY number LIMIT 1
        """
      let lock = Conversation.locking(where: "v.id = (SELECT conversation_id FROM messages WHERE \(which))")
      let answers = Query(
        """
        SELECT id, conversation_id AS conversation, draft_id AS draft, recipients || copies AS people FROM messages
        WHERE \(which) FOR NO KEY UPDATE
        """, into: Returned.init)
      let (locked, found) = try db.read(lock, answers)
      // A merge that we waited for took it elsewhere.
      if let answer = found.first, !locked.contains(answer.conversation) { return try find(messageID, channel, db) }
      return found.first
    }
  }

  /// The answer is marked, its conversation waits for one again, and what was learnt of it has not arrived. Its draft stays sent.
  static func note(_ report: BounceReport, _ intake: Intake) throws {
    let (db, now, channel) = (intake.db, intake.now, intake.channel)
    guard report.marksMessage, let id = report.returnedID, let answer = try Returned.find(id, channel.id, db) else { return }
    let recipient = MailPerson(name: "", address: report.recipient).key
    let isAddressed = answer.people.contains { MailPerson(name: "", address: $0).key.utf8.elementsEqual(recipient.utf8) }
    guard isAddressed else { return }
    let said = [report.status, report.diagnostic].filter { !$0.utf8.isEmpty }.joined(separator: " ")
    try db.queue([
      "UPDATE messages SET sending = 'bounced', code = \(report.status), detail = \(Intake.short(report.diagnostic, 500)) WHERE id = \(answer.id)"
    ])
    let since = try OwedAnswer.since(in: answer.conversation, db)
    let late = since.flatMap { channel.lateAt($0, intake.services.zones) }
    try db.queue([
      """
      UPDATE conversations SET state = CASE WHEN state IN ('waiting', 'closed') THEN 'open' ELSE state END, closed_at = NULL,
        waiting_since = CASE WHEN state IN ('spam', 'snoozed') THEN waiting_since ELSE \(since) END,
        late_at = CASE WHEN state IN ('spam', 'snoozed') THEN late_at ELSE \(late) END, late_told_at = NULL, version = version + 1
      WHERE id = \(answer.conversation)
      """,
      ConversationEvent.adding(.bounced, to: answer.conversation, of: channel.account, Intake.short(said, 500), about: answer.id, at: now),
    ])
    if let draft = answer.draft { try db.queue(["UPDATE learning_samples SET delivered = false WHERE draft_id = \(draft)"]) }
  }
}
