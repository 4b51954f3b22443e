import HTML

extension NavSection {
  static let calendar = NavSection(
    group: .context, path: Paths.calendar, label: { words in words("Calendar") }, icon: "calendar", key: "c")
}

extension Feature {
  /// The pages on which events, what is due and birthdays lie by their days. What they are about belongs to other features.
  static let calendar = Feature(section: .calendar)
}
