import Domain
import HTML

extension NavSection {
  static let learning = NavSection(
    group: .desk, path: Paths.learning, label: { words in words("Learning") }, icon: "history", key: "0",
    needsChannel: true)
}

extension Feature {
  /// What decisions about drafts teach: for people, and for whoever trains a model.
  static let learning = Feature(section: .learning, jobs: [CorrectionsSync.kind, CorrectionsSync.schedule])
}
