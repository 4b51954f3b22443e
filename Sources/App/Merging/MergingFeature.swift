import Domain
import HTML
import Postgres

extension Feature {
  /// People who are one.
  static let merging = Feature(
    takesBackOwn: { undo, web in try MergeUndo.takeBack(ID(high: undo.high, low: undo.low), web) },
    retention: [
      // That they were merged stays as long as both do; what was moved as long as it can be taken back.
      Retention("merges", days: Merge.days) { before in
        """
        UPDATE merges SET moved = '{}' WHERE id IN (
          SELECT id FROM merges WHERE at < \(before) AND moved <> '{}' ORDER BY at LIMIT \(Chore.slice))
        """
      }
    ],
    sentence: { facts, words in
      facts.action == "person.merged" ? words("Merged {gone} into {name}.", ["gone": facts["merged"], "name": facts["person"]]) : nil
    },
    detail: { name, words in name == "merged" ? words("Merged person") : nil })
}
