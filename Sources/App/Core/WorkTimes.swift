import Domain
import Postgres

/// When a person works, as they said it in their profile.
struct WorkTimes: Equatable, Sendable {
  /// nil: they have not said; those of ``WorkHours/standard`` are meant.
  let span: QuietHours.Span?
  let days: WeekdaySet

  /// Of `users u`.
  static let columns: Columns = "u.work_from, u.work_until, u.work_days"

  init(span: QuietHours.Span?, days: WeekdaySet) { (self.span, self.days) = (span, days) }

  /// Reads ``columns``.
  init(_ row: Row) throws(PostgresError) {
    span = QuietHours.Span(seconds: try row("work_from"), try row("work_until"))
    let bits: Int = try row("work_days")
    days = WeekdaySet(bits: UInt8(truncatingIfNeeded: bits))
  }

  /// The hours that plans and estimates go by.
  var hours: WorkHours {
    WorkHours(from: span?.from ?? WorkHours.standard.from, until: span?.until ?? WorkHours.standard.until, days: days) ?? .standard
  }

  /// As a row holds them.
  var fields: RowValues {
    ["work_from": "\(span?.from.second)", "work_until": "\(span?.until.second)", "work_days": "\(Int(days.bits))"]
  }

  /// For the audit log: "08:00–16:00 mon tue".
  var text: String {
    ([span?.text].compactMap(\.self) + days.days().map(\.field)).joined(separator: " ")
  }
}
