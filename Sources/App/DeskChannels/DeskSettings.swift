import Domain
import Postgres

/// What holds for all of an account's desk.
struct DeskSettings {
  /// How long an answer that was approved may be undone.
  let undoSeconds: Int
  /// How many days after its end a conversation's texts are kept; nil: for ever.
  let retentionDays: Int?
  /// How many calls of the model a date has; nil: as many as the operator says.
  let modelDaily: Int?
  /// In hundredths: drafts below it are not shown first.
  let confidenceFloor: Int
  /// 0: nobody has changed anything yet.
  let version: Int

  /// What it is about, for the audit log.
  static let subject = "desk"

  /// ``confidenceFloor`` of that account, as `drafts.confidence` has it.
  static let floor: SQL = "coalesce((SELECT confidence_floor FROM desk_settings WHERE account_id = (SELECT my_account())), 0)"

  /// Those of the account that the transaction is for: always a row.
  static var ours: Query<DeskSettings> {
    Query(
      """
      SELECT coalesce(d.undo_seconds, 30) AS undo_seconds, d.retention_days, d.llm_daily AS model_daily,
        coalesce(d.confidence_floor * 100, 0)::integer AS confidence_floor, coalesce(d.version, 0) AS version
      FROM (SELECT) x LEFT JOIN desk_settings d ON d.account_id = (SELECT my_account())
      """, into: DeskSettings.init)
  }
}
