import Domain
import Postgres

extension Feature {
  /// Customers who wait too long, and mailboxes that are silent: told before reminders ring, so that they ring in the same round.
  static let late = Feature(
    numbers: LateSection.numbers, today: { view in LateSection.part(view) },
    work: { bench in LateWork(bench).kinds + [ChannelFailureWork(bench).kind] }, counts: ["late", "failing"])
}
