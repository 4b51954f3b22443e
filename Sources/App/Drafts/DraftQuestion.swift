import Domain
import Postgres

/// What is asked of a writer.
struct DraftQuestion {
  let conversation: ID<Conversation>
  let account: ID<Account>
  let channel: ID<DeskChannel>
  let subject: String
  let customerName: String
  let language: Language
  let channelLanguage: Language
  let newestInbound: ID<DeskMessage>?
  let triggers: [ID<DeskMessage>]
  /// Own words of each, oldest first.
  let texts: [String]
  /// The newest says of itself which language it is in, as far as that tells.
  let spoken: Language?
  /// What a colleague wants of the draft; empty: nothing.
  let instruction: String
  let signature: String
  let channelName: String
  /// How many calls of the model a date has for the account; nil: as many as the operator says.
  let modelDaily: Int?

  /// With its conversation locked: nothing comes in while it is answered.
  static func find(_ draft: ID<Draft>, _ db: Connection) throws(PostgresError) -> DraftQuestion? {
    let lock = Conversation.locking(where: "v.id = (SELECT conversation_id FROM drafts WHERE id = \(draft))")
    let question = Query(
      """
      SELECT v.id AS conversation, v.account_id AS account, v.channel_id AS channel, v.subject, u.name AS customer_name, v.language,
        c.language AS channel_language, v.newest_inbound_id AS newest_inbound, x.triggers, x.texts, x.spoken,
        d.instruction, c.signature, c.name AS channel_name, s.llm_daily AS model_daily
      FROM drafts d JOIN conversations v ON v.id = d.conversation_id JOIN channels c ON c.id = v.channel_id JOIN customers u ON u.id = v.customer_id
      LEFT JOIN desk_settings s ON s.account_id = d.account_id
      CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(m.id ORDER BY m.number), '{}') AS triggers, coalesce(array_agg(m.own ORDER BY m.number), '{}') AS texts,
          (array_agg(m.language ORDER BY m.number DESC) FILTER (WHERE m.language IS NOT NULL))[1] AS spoken
        FROM (
          SELECT m.id, m.number, m.own, m.language FROM messages m
          WHERE m.conversation_id = v.id AND m.direction = 'inbound' AND m.kind = 'person' AND m.number > coalesce((
            SELECT max(o.number) FROM messages o
            WHERE o.conversation_id = v.id AND o.direction = 'outbound' AND o.kind = 'person' AND o.sending NOT IN ('cancelled', 'failed', 'bounced', 'held')), 0)
          ORDER BY m.number DESC LIMIT 50) m) x
      WHERE d.id = \(draft) AND d.state = 'asked'
      """, into: DraftQuestion.init)
    let (locked, found) = try db.read(lock, question)
    // A merge that we waited for took it elsewhere.
    if let question = found.first, !locked.contains(question.conversation) { return try find(draft, db) }
    return found.first
  }

  /// Subject and messages.
  var parts: [String] { [MailSubject(text: subject).bare] + texts }
  /// The same together.
  var text: String { parts.joined(separator: "\n\n") }
  /// The customer's.
  var answered: Language { spoken ?? language }
}
