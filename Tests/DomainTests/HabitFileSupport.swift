import Foundation
import Testing

@testable import Domain

/// The samples of other products' files, beside the repository.
enum HabitSamples {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/specs/habit-files")
  static let areThere = FileManager.default.fileExists(atPath: folder.appendingPathComponent("FORMATS.md").path)

  static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appendingPathComponent(name))) }
}

/// A person reads the file on 10 February 2027.
func habitChoices(_ order: HabitFileChoices.DateOrder? = nil, asTicks: Set<Int> = []) throws -> HabitFileChoices {
  HabitFileChoices(today: try #require(Day(iso: "2027-02-10")), dateOrder: order, asTicks: asTicks)
}

func habitSample(_ name: String, _ order: HabitFileChoices.DateOrder? = nil, asTicks: Set<Int> = []) throws -> HabitFile {
  try HabitFile(HabitSamples.bytes(name), choices: habitChoices(order, asTicks: asTicks))
}

func habitFile(_ text: String, _ order: HabitFileChoices.DateOrder? = nil) throws -> HabitFile {
  try HabitFile(Array(text.utf8), choices: habitChoices(order))
}

extension HabitFile {
  func habit(_ name: String) throws -> Habit { try #require(habits.first { $0.name == name }, "no \(name) among \(habits.map(\.name))") }

  /// "5 date(30/02/2027)"
  var refusals: [String] { refused.map { "\($0.line) \($0.reason)" } }
}

extension HabitFile.Habit {
  /// "2027-01-04 done", "2027-01-05 5.5", "2027-01-06 skipped (a note)".
  var said: [String] {
    entries.map { entry in
      let note = entry.note.isEmpty ? "" : " (\(entry.note))"
      return "\(entry.day.iso) \(entry.amount.map(HabitFileNumber.text) ?? entry.state.rawValue)\(note)"
    }
  }
}
