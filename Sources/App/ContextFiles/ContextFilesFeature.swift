import HTML
import Postgres

extension Feature {
  /// People and events out of files.
  static let contextFiles = Feature(
    jobs: [ContextImportWork.kind],
    retention: FileImport<ContextImport>.retention("context_imports") + [
      // Of a feed that nobody asks any more.
      Retention("feed_doubts", days: 30) { before in
        """
        DELETE FROM feed_doubts WHERE (user_id, source) IN (
          SELECT d.user_id, d.source FROM feed_doubts d WHERE d.since < \(before) LIMIT \(Chore.slice))
        """
      }
    ],
    sentence: { facts, words in facts.aboutContextFiles(words) },
    detail: { name, words in name == "noun" ? words("What the file is about") : nil })
}

extension AuditFacts {
  /// The sentences about files of people and events; nil for other entries.
  func aboutContextFiles(_ words: Words) -> String? {
    let isOfPeople = self["noun"] == "people"
    switch action {
    case "context_import.read": return isOfPeople ? words("Looked at a file of people.") : words("Looked at a file of events.")
    case "context_import.ordered":
      return isOfPeople ? words("Began to import a file of people.") : words("Began to import a file of events.")
    case "context_import.made": return isOfPeople ? words("Imported a file of people.") : words("Imported a file of events.")
    case "context_import.discarded": return isOfPeople ? words("Discarded a file of people.") : words("Discarded a file of events.")
    case "context_import.stopped":
      return isOfPeople ? words("Stopped the import of a file of people.") : words("Stopped the import of a file of events.")
    case "context_import.undone": return isOfPeople ? words("Took back an import of people.") : words("Took back an import of events.")
    default: return nil
    }
  }
}
