import Domain
import HTML
import Postgres

extension Count {
  /// At most 100.
  static let pendingDrafts = Count("pendingDrafts")
  /// Whether the account has a channel: 0 or 1.
  static let deskChannels = Count("deskChannels")
  /// Answers that failed, came back, are kept back, unknown or put off for an hour, and drafts of which something was struck. At most 200.
  static let deskAttention = Count("deskAttention")
}

extension NavSection {
  static let drafts = NavSection(
    group: .desk, path: Paths.drafts, label: { words in words("Drafts") }, icon: "drafts", key: "q", count: { $0[.pendingDrafts] },
    counted: { words in words("wait", context: "drafts") }, needsChannel: true)
}

extension Feature {
  /// Answers that wait for somebody to look at them, and what was decided.
  static let drafts = Feature(
    section: .drafts,
    numbers: Numbers(ofDesk: [.pendingDrafts, .deskChannels, .deskAttention], "draft_numbers()"),
    today: { view in DeskSection.part(view) },
    work: { bench in [OutboxWork(.answers, bench).kind("answers", share: .half)] },
    counts: ["answers", "drafts"],
    jobs: [DraftWork.kind],
    sentence: { facts, words in facts.aboutDrafts(words) },
    detail: { name, words in name.utf8.elementsEqual("reason".utf8) ? words("Reason") : nil },
    auditSubjects: [
      AuditSubject(
        "draft",
        "SELECT d.id, v.subject AS title FROM drafts d JOIN conversations v ON v.id = d.conversation_id WHERE d.id = a.subject_id AND d.account_id = (SELECT my_account())"
      ) { Paths.draft($0) }
    ])
}

extension AuditFacts {
  /// The sentences about drafts; nil for other entries.
  fileprivate func aboutDrafts(_ words: Words) -> String? {
    let values: KeyValuePairs = ["subject": self["subject"]]
    return switch action {
    case "draft.approved": words("Approved the draft for “{subject}”.", values)
    case "draft.edited": words("Changed and approved the draft for “{subject}”.", values)
    case "draft.rejected": words("Rejected the draft for “{subject}”.", values)
    case "draft.regenerated": words("Asked for another draft for “{subject}”.", values)
    case "draft.kept": words("Kept a text for “{subject}”.", values)
    case "draft.claimed": words("Took the draft for “{subject}”.", values)
    case "draft.released": words("Gave the draft for “{subject}” back.", values)
    case "draft.undone": words("Took the answer to “{subject}” back.", values)
    case "draft.confirmed": words("Confirmed the answer to “{subject}”.", values)
    case "draft.retried": words("Sent the answer to “{subject}” again.", values)
    default: nil
    }
  }
}
