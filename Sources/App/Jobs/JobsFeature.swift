import Domain
import Postgres

extension Feature {
  /// What is done step by step: its history.
  static let jobs = Feature(
    retention: [
      Retention("jobs", days: 30) { before in
        """
        DELETE FROM jobs WHERE id IN (
          SELECT id FROM jobs WHERE finished_at < \(before)
          UNION ALL SELECT id FROM jobs WHERE state = 'pending' AND due_at < \(before) LIMIT \(Chore.slice))
        """
      }
    ])
}
