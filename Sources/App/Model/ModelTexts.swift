import Domain
import Postgres

/// What was said in the calls about drafts (RULES 6.36): the request and the answer as they went, each sealed for its row, for thirty days, for owner and
/// admin. Of the coach's calls no text is kept (RULES 5.23).
struct ModelTexts {
  let id: ID<ModelRun>
  let call: Int
  let model: String
  let outcome: String
  let reason: String
  let startedAt: Instant
  /// Both sealed. Of what is longer than a seal holds the beginning.
  let prompt: [UInt8]
  /// nil: none came, or nobody waited for it any more.
  let answer: [UInt8]?

  static let days: Int64 = 30
  static let promptColumn = SecretColumn(table: "prompt_texts", column: "prompt", row: "run_id::text", owner: .account)
  static let answerColumn = SecretColumn(table: "prompt_texts", column: "answer", row: "run_id::text", owner: .account)

  /// Of the calls about a draft of the account that the transaction is for, the first call first.
  static func of(_ draft: ID<Draft>) -> Query<ModelTexts> {
    Query(
      """
      SELECT r.id, r.call, r.model, r.outcome, r.reason, r.started_at, t.prompt, t.answer
      FROM prompt_texts t JOIN prompt_runs r ON r.id = t.run_id
      WHERE t.draft_id = \(draft) AND t.account_id = (SELECT my_account()) AND r.account_id = (SELECT my_account())
      ORDER BY r.started_at, r.call, r.id
      """, into: ModelTexts.init)
  }

  static let retention = Retention("prompt_texts", days: days) { before in
    """
    DELETE FROM prompt_texts WHERE run_id IN (
      SELECT run_id FROM prompt_texts WHERE run_id < \(ID<ModelRun>.first(from: before)) LIMIT \(Chore.slice))
    """
  }
}

extension ModelRun {
  /// Keeps what is asked in a call about a draft, whose run is stored.
  func keep(prompt body: [UInt8], of question: ModelQuestion<some Any>, _ bench: WorkBench, _ now: Instant) throws {
    guard case .draft(let draft, _, let messages) = question.cause else { return }
    guard let sealed = try sealed(body, in: ModelTexts.promptColumn, of: question.account, bench, now) else { return }
    try bench.db.run(
      """
      INSERT INTO prompt_texts (run_id, account_id, draft_id, messages, prompt)
      VALUES (\(id), \(question.account), \(draft), \(messages), \(sealed))
      """)
  }

  /// Keeps what was answered, if what was asked is still there: whose customer was erased meanwhile, it is not.
  func keep(answer: ModelReply, to question: ModelQuestion<some Any>, _ bench: WorkBench, _ now: Instant) throws {
    guard question.cause.draft != nil, !answer.bytes.isEmpty,
      let sealed = try sealed(answer.bytes, in: ModelTexts.answerColumn, of: question.account, bench, now)
    else { return }
    try bench.db.run("UPDATE prompt_texts SET answer = \(sealed) WHERE run_id = \(id) AND account_id = \(question.account)")
  }

  /// - Returns: nil: the account's key does not open. No draft waits for that.
  private func sealed(_ text: [UInt8], in column: SecretColumn, of account: ID<Account>, _ bench: WorkBench, _ now: Instant) throws
    -> [UInt8]?
  {
    let vault = Vault(masters: bench.services.masters, db: bench.db)
    do {
      return try vault.seal(Array(text.prefix(DataKey.longest)), of: account, at: column.place(id), now: now)
    } catch {
      guard let fault = error as? VaultError else { throw error }
      bench.log("model.text_not_kept", ["run": id.text, "error": "\(fault)"])
      return nil
    }
  }
}
