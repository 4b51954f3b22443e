import HTML
import Web

extension NavSection {
  static let today = NavSection(group: .attention, path: Paths.today, label: { words in words("Today") }, icon: "today", key: "j")
}

extension Feature {
  /// What one day asks for.
  static let today = Feature(section: .today)
}
