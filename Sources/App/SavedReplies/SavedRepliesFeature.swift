import Domain
import HTML
import Postgres

extension NavSection {
  static let savedReplies = NavSection(
    group: .desk, path: Paths.savedReplies, label: { words in words("Saved replies") }, icon: "note", key: "y",
    needsChannel: true)
}

extension Feature {
  /// Texts that are kept for answers.
  static let savedReplies = Feature(
    section: .savedReplies,
    search: { view in
      if view.person.counts[.deskChannels] == 0 { return nil }
      let words = view.words
      return FoundThing.search(
        view, "saved_reply", "saved-replies", words("Saved replies"), name: words("Saved reply"), list: Paths.savedReplies
      ) { (id: ID<SavedText>) in Paths.savedReply(id) }
    },
    retention: [
      // What was deleted can be brought back for a day.
      Retention("saved_replies.deleted", days: 1) { before in
        "DELETE FROM saved_replies WHERE id IN (SELECT id FROM saved_replies WHERE deleted_at < \(before) LIMIT \(Chore.slice))"
      }
    ],
    sentence: { facts, words in facts.aboutSavedReplies(words) },
    auditSubjects: [
      AuditSubject(
        "saved_reply",
        "SELECT s.id, s.title FROM saved_replies s WHERE s.id = a.subject_id AND s.account_id = (SELECT my_account()) AND s.deleted_at IS NULL"
      ) { Paths.savedReply($0) }
    ])
}

extension AuditFacts {
  /// The sentences about saved replies; nil for other entries.
  fileprivate func aboutSavedReplies(_ words: Words) -> String? {
    let values: KeyValuePairs = ["title": self["title"]]
    return switch action {
    case "saved_reply.made": words("Kept the text “{title}” for answers.", values)
    case "saved_reply.changed": words("Edited the saved reply “{title}”.", values)
    case "saved_reply.deleted": words("Deleted the saved reply “{title}”.", values)
    case "saved_reply.restored": words("Brought back the saved reply “{title}”.", values)
    default: nil
    }
  }
}
