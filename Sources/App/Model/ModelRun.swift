import Domain
import Net
import Postgres
import Web

/// A call of a model server as it is kept: numbers, reasons and hashes, no text of anybody's (RULES 5.23). What was said of drafts lies beside it, sealed
/// (``ModelTexts``).
struct ModelRun {
  let id: ID<ModelRun>
  /// Which for its text, from 1.
  let call: Int

  /// What a call is made for, and of what it tells.
  struct Cause {
    let account: ID<Account>
    /// nil: for a draft of the account.
    let user: ID<User>?
    var draft: ID<Draft>?
    /// The date on which it counts.
    let day: Day
    /// A word for what it is about: ``ModelText/event(_:_:)`` says it to people.
    let event: String
    /// The file of its prompt with its number; of what has none, what it is called instead.
    let prompt: String
    /// Kinds of the person's things that its body tells of, for their own page (RULES 9.45).
    let kinds: Set<ModelKind>
  }

  /// A row of its own before each call.
  func beginning(_ question: ModelQuestion<some Any>, _ body: [UInt8], to server: ModelServer, now: Instant) -> SQL {
    let cause = Cause(
      account: question.account, user: question.cause.user, draft: question.cause.draft, day: question.day, event: question.event,
      prompt: question.prompt.file, kinds: question.kinds)
    return beginning(cause, body, model: server.model, host: server.endpoint.host, now: now)
  }

  /// The same for a call of another server, such as that of vectors.
  ///
  /// - Parameter body: all of it, as it goes.
  func beginning(_ cause: Cause, _ body: [UInt8], model: String, host: String, now: Instant) -> SQL {
    let kinds = ModelKind.allCases.filter { cause.kinds.contains($0) }.map(\.rawValue)
    return """
      INSERT INTO prompt_runs (id, account_id, user_id, draft_id, call, date, event, prompt, model, host, outcome, prompt_bytes, prompt_hash, started_at,
        kinds)
      VALUES (\(id), \(cause.account), \(cause.user), \(cause.draft), \(call), \(cause.day), \(cause.event), \(cause.prompt), \(model), \(host),
        'asking', \(body.count), \(Keys.sha256(body)), \(now), \(kinds))
      """
  }

  /// - Parameters:
  ///   - reply: nil: nobody heard it, because the worker ended.
  ///   - reason: why nothing of it is shown; empty: it is.
  ///   - price: nil: nobody knows what it cost.
  func ending(
    _ outcome: Outcome, _ reason: String, _ reply: ModelReply?, _ price: ModelPrice?, milliseconds: Int?, now: Instant
  ) -> SQL {
    // A call of which nobody knows how it ended may have arrived.
    ending(
      outcome, reason, answer: reply?.bytes, hasLeft: reply?.hasLeft ?? true, tokens: reply?.tokens, price, milliseconds: milliseconds,
      now: now)
  }

  /// The same for a call of another server.
  ///
  /// - Parameters:
  ///   - answer: all of it; nil: there was none.
  ///   - hasLeft: false where not a byte of the call left (``HTTPFailure/mayHaveArrived``).
  func ending(
    _ outcome: Outcome, _ reason: String, answer: [UInt8]?, hasLeft: Bool, tokens: CoachTokenCount?, _ price: ModelPrice? = nil,
    milliseconds: Int?, now: Instant
  ) -> SQL {
    let cost = tokens.flatMap { price?.cost($0) }
    return """
      UPDATE prompt_runs SET outcome = \(outcome), reason = \(reason), ended_at = \(now), milliseconds = \(milliseconds),
        has_left = \(hasLeft),
        answer_bytes = \(answer?.count), answer_hash = \(answer.map { Keys.sha256($0) }),
        prompt_tokens = \(tokens?.prompt), answer_tokens = \(tokens?.answer), cost = \(cost)
      WHERE id = \(id)
      """
  }

  enum Outcome: String, Bindable, FromColumn {
    /// The text is shown.
    case taken
    /// The answer could be read, and holds what it must not.
    case refused
    /// There was none that could be read.
    case failed
  }

  static let retention = Retention("prompt_runs", days: 90) { before in
    """
    DELETE FROM prompt_runs WHERE id IN (SELECT id FROM prompt_runs WHERE id < \(ID<ModelRun>.first(from: before)) LIMIT \(Chore.slice))
    """
  }
}
