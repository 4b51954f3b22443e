import Domain
import Postgres

/// A call that a person caused and that left this server: what the page of their privacy lists (RULES 9.45). No texts: there are none.
struct ModelTold {
  let id: ID<ModelRun>
  let startedAt: Instant
  let host: String
  let model: String
  /// What it was for, as ``ModelText/event(_:_:)`` says it.
  let event: String
  /// As the register calls the kinds of things that it told of.
  let kinds: [String]
  /// Of the body, as it went.
  let bytes: Int

  /// A page of them and what follows, the newest first; of the person that the transaction is for.
  ///
  /// - Parameter after: the call behind which the page begins; nil: all.
  static func query(after: ID<ModelRun>?) -> Query<ModelTold> {
    Query(
      "SELECT id, started_at, host, model, event, kinds, bytes FROM door.model_calls(\(after), \(PageSize.read)) ORDER BY id DESC",
      into: ModelTold.init)
  }
}

/// What a person caused of one kind and outcome, as long as calls are kept (``ModelRun/retention``).
struct ModelOwnUse {
  let event: String
  /// `asking`, or as ``ModelRun/Outcome`` has it.
  let outcome: String
  let calls: Int
  let promptTokens: Int
  let answerTokens: Int
  /// Milliseconds: half took no longer. nil: none ended.
  let median: Int?
  /// How many of the calls left this server, and the bytes of these.
  let told: Int
  let bytes: Int

  static var query: Query<ModelOwnUse> {
    Query(
      """
      SELECT event, outcome, calls, prompt_tokens, answer_tokens, median, told, bytes FROM door.model_uses()
      ORDER BY event, array_position(ARRAY['taken', 'refused', 'failed', 'asking'], outcome)
      """, into: ModelOwnUse.init)
  }
}

/// Since when the server that writes has given nothing that could be read: the first failure since it last did, by the calls of one's own account.
struct ModelTrouble {
  let since: Instant?

  static var query: Query<ModelTrouble> {
    Query(
      """
      SELECT min(r.started_at) AS since FROM prompt_runs r
      WHERE r.account_id = my_account() AND r.outcome = 'failed' AND r.reason NOT IN ('unwanted', 'interrupted') AND NOT (r.event = ANY (\(ModelText.others)))
        AND r.id > coalesce((SELECT x.id FROM prompt_runs x WHERE x.account_id = my_account() AND x.outcome IN ('taken', 'refused')
          AND NOT (x.event = ANY (\(ModelText.others))) ORDER BY x.id DESC LIMIT 1), '00000000-0000-0000-0000-000000000000')
      """, into: ModelTrouble.init)
  }
}
