import HTML
import Postgres

extension NavSection {
  static let inbox = NavSection(
    group: .planner, path: Paths.inbox, label: { words in words("Inbox") }, icon: "pull", key: "i", count: { $0[.openInbox] },
    counted: { words in words("to sort") })
}

extension Count {
  /// Items of the inbox that are to be sorted.
  static let openInbox = Count("openInbox")
}

extension Feature {
  /// What somebody writes down before it is sorted.
  static let inbox = Feature(
    section: .inbox,
    numbers: Numbers([.openInbox], "SELECT ARRAY[open] FROM inbox_counts WHERE user_id = (SELECT me())"),
    retention: [
      Retention("inbox_items.deleted", days: 30) { before in
        "DELETE FROM inbox_items WHERE id IN (SELECT id FROM inbox_items WHERE deleted_at < \(before) LIMIT \(Chore.slice))"
      }
    ],
    sentence: { facts, words in facts.aboutInbox(words) },
    detail: { name, words in AuditFacts.inboxDetail(name, words) },
    auditSubjects: [
      AuditSubject(
        "inbox_item",
        "SELECT id, left(raw, 200) AS title FROM inbox_items WHERE id = a.subject_id AND user_id = (SELECT me()) AND deleted_at IS NULL"
      ) { Paths.triage($0) }
    ])
}

extension AuditFacts {
  /// The sentences about the inbox; nil for other entries.
  func aboutInbox(_ words: Words) -> String? {
    let values: KeyValuePairs = ["title": self["title"], "thing": self["thing"]]
    switch action {
    case "inbox.captured":
      let lines = Int(self["items"]) ?? 1
      return lines == 1
        ? words("Wrote “{title}” into the inbox.", values)
        : words.count("Wrote {n} line into the inbox.", "Wrote {n} lines into the inbox.", lines)
    case "inbox.sorted":
      return self["became"].utf8.elementsEqual("none".utf8)
        ? words("Threw “{title}” out of the inbox.", values) : words("Sorted “{title}” out: it is “{thing}”.", values)
    case "inbox.deleted": return words("Deleted “{title}” from the inbox.", values)
    case "inbox.restored": return words("Took “{title}” back into the inbox.", values)
    default: return nil
    }
  }

  /// What their details are called; nil for other details.
  static func inboxDetail(_ name: String, _ words: Words) -> String? {
    switch name {
    case "became": words("Became")
    case "thing": words("Thing")
    case "items": words("Lines")
    case "received_at": words("When it came, as the program says")
    default: nil
    }
  }
}
