import Domain
import Postgres

/// What was asked of the model server on a day about one kind of event, by all people and drafts of an account. No texts: there are none.
struct ModelUse {
  let day: Day
  let event: String
  let calls: Int
  let promptTokens: Int
  let answerTokens: Int
  /// In millionths of the currency of `HEED_LLM_PRICE`; nil: no price was set.
  let cost: Int?
  /// Milliseconds of a call, of those that ended: half took no longer, and 95 of 100. nil: none ended.
  let median: Int?
  let slow: Int?
  /// Why nothing of a call was shown, each as often as it happened; nil: always something was.
  let reasons: [String]?

  /// How many days are shown.
  static let days = 30

  /// Of the account that the transaction is for, newest first.
  static func query(after day: Day) -> Query<ModelUse> {
    Query(
      """
      SELECT date AS day, event, count(*) AS calls, coalesce(sum(prompt_tokens), 0) AS prompt_tokens, coalesce(sum(answer_tokens), 0) AS answer_tokens,
        sum(cost)::bigint AS cost,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY milliseconds) AS median, percentile_disc(0.95) WITHIN GROUP (ORDER BY milliseconds) AS slow,
        array_agg(reason ORDER BY reason) FILTER (WHERE reason <> '') AS reasons
      FROM prompt_runs WHERE account_id = my_account() AND date > \(day) GROUP BY date, event ORDER BY date DESC, event
      """, into: ModelUse.init)
  }
}
