import Domain
import Postgres

extension Feature {
  /// Customers who wait too long: told before reminders ring, so that they ring in the same round.
  static let late = Feature(work: { bench in LateWork(bench).kinds }, counts: ["late"])
}
