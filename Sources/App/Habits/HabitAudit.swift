import Domain
import HTML

extension AuditFacts {
  /// The sentences about habits; nil for other entries.
  func aboutHabits(_ words: Words) -> String? {
    let date = Day(iso: self["date"]).map { TimeWords.date($0, Language(rawValue: words.language) ?? .english) }
    let values: KeyValuePairs = ["name": self["name"], "date": date ?? self["date"]]
    return switch action {
    case "habit.made": words("Made the habit “{name}”.", values)
    case "habit.changed": words("Edited a habit.")
    case "habit.completed": words("“{name}” done on {date}.", values)
    case "habit.uncompleted": words("“{name}” undone on {date}.", values)
    case "habit.skipped": words("“{name}” skipped on {date}.", values)
    case "habit.unskipped": words("“{name}” not skipped on {date} any more.", values)
    case "habit.noted": words("Wrote a note on “{name}” for {date}.", values)
    case "habit.paused": words("Paused “{name}” from {date}.", values)
    case "habit.pause_removed": words("Removed a pause of “{name}”.", values)
    case "habit.rule_removed": words("Removed what “{name}” asked from {date} on.", values)
    case "habit.resumed": words("Resumed “{name}”.", values)
    case "habit.archived": words("Archived “{name}”.", values)
    case "habit.restored": words("Brought back “{name}”.", values)
    case "habit.deleted": words("Deleted “{name}”.", values)
    case "habit.grouped": words("Moved “{name}” to another group.", values)
    case "habit_import.read": words("Looked at a file to import.")
    case "habit_import.ordered": words("Began to import a file of habits.")
    case "habit_import.made": words("Imported habits.")
    case "habit_import.discarded": words("Did not import a file.")
    case "habit_import.undone": words("Took an import back.")
    case "habit.moved": words("Moved “{name}” in the list.", values)
    default: nil
    }
  }

  /// What their details are called; nil for other details.
  static func habitDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "name": words("Name")
    case "date": words("Date")
    case "amount": words("Amount")
    case "reason": words("Reason")
    case "unit": words("Unit")
    case "group": words("Group")
    case "frequency": words("How often")
    case "preferred_time": words("Preferred time")
    case "goals": words("Goals it serves")
    case "profile": words("Reminder")
    case "position": words("Place in your list")
    default: nil
    }
  }
}
