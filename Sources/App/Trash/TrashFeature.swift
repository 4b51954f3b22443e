import HTML

extension Feature {
  /// What was deleted and is not gone yet: each kind's own feature deletes it and lets it go.
  static let trash = Feature(
    sentence: { facts, words in
      switch facts.action {
      case "trash.purged": words("Deleted a thing of the trash for good.")
      case "trash.emptied": words("Emptied the trash.")
      default: nil
      }
    },
    detail: { name, words in name == "things" ? words("Things") : nil })
}
