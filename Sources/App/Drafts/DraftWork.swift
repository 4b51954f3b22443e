import Domain
import Postgres

/// Writes drafts. One answers all that a customer wrote since the last answer (RULES 6.29).
enum DraftWork {
  static let name = "draft"

  static let kind = JobKind(name) { run, bench, now in
    guard let id = ID<Draft>(run.place) else { return .done }
    try write(id, bench, now)
    return .done
  }

  /// What is asked of a writer.
  struct Question {
    let conversation: ID<Conversation>
    let account: ID<Account>
    let channel: ID<DeskChannel>
    let subject: String
    let customerName: String
    let language: Language
    let channelLanguage: Language
    let newestInbound: ID<DeskMessage>?
    let lateAt: Instant?
    let triggers: [ID<DeskMessage>]
    /// Own words of each, oldest first.
    let texts: [String]
    /// The newest says of itself which language it is in, as far as that tells.
    let spoken: Language?

    /// With its conversation locked: nothing comes in while it is answered.
    static func find(_ draft: ID<Draft>, _ db: Connection) throws(PostgresError) -> Question? {
      let lock = Query<ID<Conversation>>(
        column: "SELECT v.id FROM conversations v WHERE v.id = (SELECT conversation_id FROM drafts WHERE id = \(draft)) FOR UPDATE")
      let question = Query(
        """
        SELECT v.id AS conversation, v.account_id AS account, v.channel_id AS channel, v.subject, u.name AS customer_name, v.language,
          c.language AS channel_language, v.newest_inbound_id AS newest_inbound, v.late_at, x.triggers, x.texts, x.spoken
        FROM drafts d JOIN conversations v ON v.id = d.conversation_id JOIN channels c ON c.id = v.channel_id JOIN customers u ON u.id = v.customer_id
        CROSS JOIN LATERAL (
          SELECT coalesce(array_agg(m.id ORDER BY m.number), '{}') AS triggers, coalesce(array_agg(m.own ORDER BY m.number), '{}') AS texts,
            (array_agg(m.language ORDER BY m.number DESC) FILTER (WHERE m.language IS NOT NULL))[1] AS spoken
          FROM (
            SELECT m.id, m.number, m.own, m.language FROM messages m
            WHERE m.conversation_id = v.id AND m.direction = 'inbound' AND m.kind = 'person' AND m.number > coalesce((
              SELECT max(o.number) FROM messages o
              WHERE o.conversation_id = v.id AND o.direction = 'outbound' AND o.sending NOT IN ('cancelled', 'failed', 'bounced', 'held')), 0)
            ORDER BY m.number DESC LIMIT 50) m) x
        WHERE d.id = \(draft) AND d.state = 'asked'
        """, into: Question.init)
      return try db.read(lock, question).1.first
    }

    /// Subject and messages together.
    var text: String { ([MailSubject(text: subject).bare] + texts).joined(separator: "\n\n") }
  }

  static func write(_ id: ID<Draft>, _ bench: WorkBench, _ now: Instant) throws {
    guard let question = try Question.find(id, bench.db) else { return }
    let language = question.spoken ?? question.language
    let search = try PassageSearch.run(question.text, language, of: question.account, at: now, bench.db)
    let text = search.draft(to: Customer.firstName(question.customerName))
    let quoted = search.quoted
    try bench.db.queue([
      """
      UPDATE drafts SET state = 'pending', generated = \(text), text = \(text), model_key = \(BuiltInWriter.key), language = \(language),
        confidence = \(search.confidence.hundredths)::numeric / 100, fallback = 'none', sources = \(quoted.count), question = \(question.text),
        triggers = \(question.triggers), newest_inbound_id = \(question.newestInbound), late_at = \(question.lateAt), ready_at = \(now)
      WHERE id = \(id)
      """,
      .insert(
        into: "draft_sources", .all("draft_id", "\(id)"), .all("account_id", "\(question.account)"),
        .each("n", Array(quoted.indices.map { $0 + 1 })), .each("source_id", quoted.map(\.source)), .each("passage", quoted.map(\.n)),
        .each("title", quoted.map(\.title)), .each("url", quoted.map(\.url)), .each("heading", quoted.map(\.heading)),
        .each("text", quoted.map(\.text)), .each("indexed_at", quoted.map(\.indexedAt)), .each("is_stale", quoted.map(\.isStale)),
        .each("score", quoted.map(\.score))),
    ])
    bench.tally.add("drafts")
  }
}
