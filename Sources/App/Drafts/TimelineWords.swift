import Domain
import HTML

/// The sentences of a conversation's timeline.
enum TimelineWords {
  static func icon(_ kind: ConversationEvent.Kind) -> String {
    switch kind {
    case .sent, .confirmed, .retried, .acknowledged: "send"
    case .failed, .unknown, .bounced: "error"
    case .held, .attempt, .deferred: "held"
    case .undone: "undo"
    case .assigned, .unassigned, .seen, .customer: "person"
    case .snoozed, .woken: "snooze"
    case .revised: "email"
    case .closed: "archive"
    case .told, .toldAgain: "escalations"
    case .calmed: "done"
    default: "conversations"
    }
  }

  static func sentence(_ event: ConversationEvent, _ words: Words) -> String {
    let values: KeyValuePairs = ["name": event.actorName, "detail": event.detail]
    return switch event.kind {
    case .began: words("The conversation began.")
    case .assigned: words("{name} gave it to {detail}.", values)
    case .unassigned: words("{name} gave it to nobody.", values)
    case .tagged: words("{name} set the tags: {detail}.", values)
    case .snoozed: words("{name} put it off until {detail}.", values)
    case .woken: words("It is open again.")
    case .closed: event.actorName.utf8.isEmpty ? words("It was closed.") : words("{name} closed it.", values)
    case .reopened: event.actorName.utf8.isEmpty ? words("It was opened again.") : words("{name} opened it again.", values)
    case .spam:
      event.actorName.utf8.isEmpty
        ? words("It went to spam, as what this address wrote before.") : words("{name} marked it as spam.", values)
    case .notSpam: words("{name} took it out of spam.", values)
    case .merged: words("{name} merged another conversation into it.", values)
    case .unmerged, .split: words("{name} split it.", values)
    case .moved: words("{name} moved messages into another conversation.", values)
    case .asked: event.actorName.utf8.isEmpty ? words("A draft was asked for.") : words("{name} asked for a draft.", values)
    case .superseded: words("The draft was superseded.")
    case .flood:
      switch event.detail {
      case "channel": words("So many drafts were asked for in this channel that no more are written in this hour.")
      case "domain": words("So much came from this domain that no more drafts are written for it in this hour.")
      default: words("So much came from this address that no more drafts are written for it in this hour.")
      }
    case .attempt: words("The answer was not taken yet. It is tried again.")
    case .deferred: words("For an hour the answer has not been taken. It is tried again, for a day.")
    case .sent: words("The answer was sent.")
    case .failed: words("The answer could not be sent.")
    case .unknown: words("Nobody knows whether the answer arrived.")
    case .bounced: words("The answer came back undelivered.")
    case .held: words("The answer was kept back: the customer wrote again.")
    case .undone: words("{name} took the answer back. Nothing was sent.", values)
    case .confirmed: words("{name} confirmed the answer.", values)
    case .retried: words("{name} sent the answer again.", values)
    case .acknowledged: words("The customer was told that their message has come.")
    case .told: words("It is late: {detail} was told.", values)
    case .toldAgain: words("It is still late: {detail} was told again.", values)
    case .calmed: words("It is late no more.")
    case .seen: words("{name} took {detail} into the conversation.", values)
    case .customer: words("{name} made {detail} its customer.", values)
    case .revised: words("A message came again with other words. Both are kept.")
    }
  }

  /// What a server said, beside the sentence.
  static func detail(_ event: ConversationEvent) -> String {
    switch event.kind {
    case .attempt, .sent, .failed, .unknown, .bounced, .retried: event.detail
    default: ""
    }
  }

  static func sentence(_ decision: DecisionRow, _ words: Words) -> String {
    let values: KeyValuePairs = ["name": decision.userName]
    switch decision.action {
    case "approve": return words("{name} approved the draft.", values)
    case "edit": return words("{name} changed the draft and approved it.", values)
    case "reject": return words("{name} rejected the draft.", values)
    case "undo": return words("{name} went back to the draft.", values)
    case "regenerate": return words("{name} asked for another draft.", values)
    case "claim": return words("{name} took it.", values)
    case "release": return words("{name} gave it back.", values)
    case "keep": return words("{name} changed the draft and kept it.", values)
    case "confirm": return words("{name} confirmed the answer.", values)
    default: return words("{name} sent the answer again.", values)
    }
  }

  static func detail(_ decision: DecisionRow, _ words: Words) -> String {
    let reason = decision.reason.flatMap { Draft.Reason(rawValue: $0) }.map { DraftText.reason($0, words) }
    let passed = decision.passed.utf8.isEmpty ? nil : words("{name} had it.", ["name": decision.passed])
    return [reason, decision.note.utf8.isEmpty ? nil : decision.note, passed].compactMap(\.self).joined(separator: " · ")
  }
}
