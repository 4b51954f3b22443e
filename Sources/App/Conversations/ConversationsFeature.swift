import Domain
import HTML
import Postgres

extension NavSection {
  static let conversations = NavSection(
    group: .desk, path: Paths.conversations, label: { words in words("Conversations") }, icon: "conversations", key: "v",
    needsChannel: true)
}

extension Feature {
  /// What customers and the team write to each other.
  static let conversations = Feature(
    section: .conversations,
    search: { view in FoundConversation.search(view) },
    sentence: { facts, words in facts.aboutConversations(words) },
    detail: { name, words in
      switch name {
      case "tags": words("Tags")
      case "follow_up": words("Reminder if they do not answer")
      case "until": words("Until")
      default: nil
      }
    },
    auditSubjects: [
      AuditSubject(
        "conversation",
        "SELECT v.id, v.subject AS title FROM conversations v WHERE v.id = a.subject_id AND v.account_id = (SELECT my_account())"
      ) { Paths.conversation($0) }
    ])
}

extension AuditFacts {
  /// The sentences about conversations; nil for other entries.
  fileprivate func aboutConversations(_ words: Words) -> String? {
    let values: KeyValuePairs = ["subject": self["subject"], "name": self["name"]]
    return switch action {
    case "conversation.answered": words("Answered “{subject}”.", values)
    case "conversation.noted": words("Added a note to “{subject}”.", values)
    case "conversation.closed": words("Closed “{subject}”.", values)
    case "conversation.reopened": words("Opened “{subject}” again.", values)
    case "conversation.spam": words("Marked “{subject}” as spam.", values)
    case "conversation.not_spam": words("Took “{subject}” out of spam.", values)
    case "conversation.assigned":
      self["name"].utf8.isEmpty ? words("Gave “{subject}” to nobody.", values) : words("Gave “{subject}” to {name}.", values)
    case "conversation.begun": words("Wrote to a customer: “{subject}”.", values)
    case "conversation.snoozed": words("Put off “{subject}”.", values)
    case "conversation.merged": words("Merged “{name}” into “{subject}”.", values)
    case "conversation.unmerged": words("Took the merge into “{subject}” back.", values)
    case "conversation.split": words("Split “{subject}”.", values)
    case "conversation.tagged": words("Set the tags of “{subject}”.", values)
    case "conversation.claimed": words("Took “{subject}”.", values)
    case "conversation.released": words("Gave “{subject}” back.", values)
    case "conversation.seen": words("Took somebody into “{subject}”.", values)
    case "conversation.customer_chosen": words("Made who wrote a forwarded mail the customer of “{subject}”.", values)
    case "conversation.customer_returned": words("Gave “{subject}” back to who had forwarded it.", values)
    case "conversation.draft_asked": words("Asked for a draft for “{subject}”.", values)
    case "conversation.answer_undone": words("Took an answer to “{subject}” back.", values)
    case "conversation.answer_confirmed": words("Confirmed an answer to “{subject}”.", values)
    case "conversation.answer_retried": words("Sent an answer to “{subject}” again.", values)
    default: nil
    }
  }
}
