import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// The samples of other products' files, beside the repository.
enum HabitSampleFiles {
  static let folder = URL(fileURLWithPath: repository).deletingLastPathComponent().appendingPathComponent("shared/specs/habit-files")
  static let areThere = FileManager.default.fileExists(atPath: folder.appendingPathComponent("FORMATS.md").path)

  static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appendingPathComponent(name))) }
}

extension Browser {
  /// Sends a file of habits.
  func sendHabits(_ bytes: [UInt8], as name: String = "habits.csv") -> Page { importing(bytes, as: name, to: "/habits/import") }

  func sendHabits(_ text: String) -> Page { sendHabits(Array(text.utf8)) }

  /// Confirms a preview.
  func confirmHabits(_ preview: Page, _ fields: KeyValuePairs<String, String> = [:]) throws -> Page {
    post("/habits/import/\(try preview.fact("import").unwrapped)/confirmation", fields)
  }
}

extension Page {
  /// "import-habits import-new import-known import-refused".
  var importFacts: String { ["habits", "new", "known", "refused"].map { fact("import-" + $0) ?? "-" }.joined(separator: " ") }

  /// The values of a fact that stands in many rows.
  func facts(_ name: String) -> [String] {
    text.components(separatedBy: "data-fact=\"\(name)\" value=\"").dropFirst().compactMap { $0.components(separatedBy: "\"").first }
  }
}

extension Site {
  /// Each stored date of a habit: "2027-01-04 done 5.500 (a note)".
  func days(_ name: String, of browser: Browser? = nil) throws -> [String] {
    try owner.rows(
      Query(
        column: """
          SELECT d.date || ' ' || d.state || coalesce(' ' || trim_scale(d.amount / 1000.0), '') || coalesce(' ' || d.reason, '')
            || CASE WHEN d.notes = '' THEN '' ELSE ' (' || d.notes || ')' END
          FROM habit_days d JOIN habits h ON h.id = d.habit_id
          WHERE h.name = \(name) AND (\(browser?.user) IS NULL OR h.user_id = \(browser?.user)) ORDER BY h.id, d.date
          """))
  }

  /// What a habit asks since when: "2027-01-04 per_week 3", "2027-01-04 daily at_least 10 week".
  func asks(_ name: String) throws -> [String] {
    try owner.rows(
      Query(
        column: """
          SELECT f.frequency || CASE WHEN f.days > 0 THEN ' ' || f.days ELSE '' END || CASE WHEN f.times > 0 THEN ' ' || f.times ELSE '' END
            || coalesce(' ' || f.direction || ' ' || trim_scale(f.target / 1000.0) || ' ' || f.period, '')
          FROM habit_frequencies f JOIN habits h ON h.id = f.habit_id WHERE h.name = \(name) ORDER BY h.id, f.from_date
          """))
  }
}
