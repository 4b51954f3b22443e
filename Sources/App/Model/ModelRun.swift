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

  /// A row of its own before each call.
  func beginning(_ question: ModelQuestion<some Any>, _ body: [UInt8], to server: ModelServer, now: Instant) -> SQL {
    """
    INSERT INTO prompt_runs (id, account_id, user_id, draft_id, call, date, event, prompt, model, host, outcome, prompt_bytes, prompt_hash, started_at)
    VALUES (\(id), \(question.account), \(question.cause.user), \(question.cause.draft), \(call), \(question.day), \(question.event),
      \(question.prompt.file), \(server.model), \(server.endpoint.host), 'asking', \(body.count), \(Keys.sha256(body)), \(now))
    """
  }

  /// - Parameters:
  ///   - reply: nil: nobody heard it, because the worker ended.
  ///   - reason: why nothing of it is shown; empty: it is.
  ///   - price: nil: nobody knows what it cost.
  func ending(
    _ outcome: Outcome, _ reason: String, _ reply: ModelReply?, _ price: ModelPrice?, milliseconds: Int?, now: Instant
  ) -> SQL {
    let tokens = reply?.tokens
    let cost = tokens.flatMap { price?.cost($0) }
    return """
      UPDATE prompt_runs SET outcome = \(outcome), reason = \(reason), ended_at = \(now), milliseconds = \(milliseconds),
        answer_bytes = \(reply?.bytes.count), answer_hash = \(reply.map { Keys.sha256($0.bytes) }),
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
