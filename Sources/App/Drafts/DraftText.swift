import Domain
import HTML

/// What people are told about a draft.
enum DraftText {
  static func badge(_ state: Draft.State, _ sending: DeskMessage.Sending?, _ words: Words) -> StatusBadge {
    switch state {
    case .asked: StatusBadge(tone: "calm", icon: "clock", label: words("Being written"))
    case .pending: StatusBadge(tone: "due", icon: "drafts", label: words("Waits for you", context: "draft"))
    case .approved, .failed, .sent:
      sending.map { SendingText.badge($0, words) } ?? StatusBadge(tone: "calm", icon: "clock", label: words("Approved", context: "draft"))
    case .rejected: StatusBadge(tone: "calm", icon: "stop", label: words("Rejected", context: "draft"))
    case .superseded: StatusBadge(tone: "calm", icon: "skip", label: words("Superseded", context: "draft"))
    case .archived: StatusBadge(tone: "calm", icon: "archive", label: words("Emptied", context: "draft"))
    }
  }

  /// Who wrote it, and how sure that one is.
  static func writer(_ draft: Draft, _ words: Words) -> String {
    let level =
      switch draft.confidenceInHundredths.level {
      case .high: words("high confidence")
      case .medium: words("medium confidence")
      case .low: words("low confidence")
      }
    let isOurs = draft.modelKey.utf8.elementsEqual(BuiltInWriter.key.utf8)
    let name = isOurs ? words("Written without AI") : words("Written by {model}", ["model": draft.modelKey])
    let why = isOurs ? failure(draft.fallback, words) ?? off(draft.fallback, words) : nil
    return [name, why, level].compactMap(\.self).joined(separator: " · ")
  }

  private static func off(_ fallback: Draft.Fallback, _ words: Words) -> String? {
    fallback == .off ? words("the model is switched off") : nil
  }

  /// Why no model wrote it; nil: none is set up, or wanted.
  private static func failure(_ fallback: Draft.Fallback, _ words: Words) -> String? {
    switch fallback {
    case .none, .off: nil
    case .limit: words("the model’s calls of this day are used up")
    case .timeout: words("the model did not answer in time")
    case .http: words("the model’s server refused")
    case .format: words("the model’s answer could not be read")
    case .ungrounded: words("the model said what no source says")
    case .language: words("the model wrote in another language")
    case .refused: words("the model found nothing that fits")
    }
  }

  static func reason(_ reason: Draft.Reason, _ words: Words) -> String {
    switch reason {
    case .incorrect: words("It is wrong")
    case .incomplete: words("Something is missing")
    case .tone: words("The tone is not right")
    case .outdated: words("It is out of date")
    case .notNeeded: words("No answer is needed")
    case .other: words("Another reason")
    }
  }

  /// What is to be known before anything else.
  static func notices(
    _ details: DraftDetails, _ conflict: DraftConflict?, _ person: Person, now: Instant, _ clock: PageClock, _ words: Words
  ) -> [DraftPage.Notice] {
    var notices: [DraftPage.Notice] = []
    func say(_ tone: String, _ icon: String, _ text: String) { notices.append(DraftPage.Notice(tone: tone, icon: icon, text: text)) }
    let (draft, thread) = (details.draft, details.thread)
    if let conflict { say("due", "late", told(conflict, details, person, clock, words)) }
    if draft.state == .asked { say("calm", "clock", words("The draft is being written. It appears here by itself.")) }
    if draft.state == .pending, draft.isEdited {
      say("calm", "check", words("It was changed and kept. Nothing was sent."))
    }
    if draft.state == .pending, details.newMessages > 0, conflict != .newer {
      say(
        "due", "info",
        words.count("{n} message came after this draft was begun.", "{n} messages came after this draft was begun.", details.newMessages))
    }
    if draft.state == .pending, let why = failure(draft.fallback, words) {
      say("calm", "info", words("Model failed: {reason}. The draft was written without it.", ["reason": why]))
    }
    if draft.isToCheck { say("due", "info", words("Check this draft: parts of it were struck, because no source says them.")) }
    if draft.state == .pending, draft.sources == 0 {
      say("calm", "info", words("No source fits this question, so the draft promises nothing but an answer."))
    }
    if let claimant = thread.conversation.claimant(at: now), claimant != person.id {
      let since = thread.conversation.claimedAt.map { TimeText($0, person, clock).when.text } ?? ""
      say("due", "person", words("{name} has it since {time}.", ["name": thread.answering.name(of: claimant) ?? "", "time": since]))
    }
    if details.answer?.sending == .held {
      say("due", "held", words("The customer wrote again before the answer left. Nothing is sent until you say so."))
    }
    if let why = details.answer.flatMap({ SendingText.why($0, words) }) { say("urgent", "error", why) }
    if draft.triggers > 1, draft.state == .pending {
      say("calm", "info", words("It answers {n} messages together.", ["n": String(draft.triggers)]))
    }
    if draft.state == .rejected, let reason = draft.reason {
      say("calm", "info", [self.reason(reason, words), draft.note].filter { !$0.utf8.isEmpty }.joined(separator: ": "))
    }
    if !thread.conversation.isChannelOn { say("due", "stop", words("Its channel is off or deleted: what comes in is not taken.")) }
    return notices
  }

  /// Why a decision was not taken.
  private static func told(_ conflict: DraftConflict, _ details: DraftDetails, _ person: Person, _ clock: PageClock, _ words: Words)
    -> String
  {
    let draft = details.draft
    let time = { (instant: Instant?) in instant.map { TimeText($0, person, clock).when.text } ?? "" }
    let decided: KeyValuePairs = ["name": draft.decidedName, "time": time(draft.decidedAt)]
    switch conflict {
    case .newer:
      return words(
        "The customer wrote while you were reading. Look at the new message, then decide. Your text is below, and nothing was sent.")
    case .stale: return words("The draft was changed meanwhile. Your text is below, and nothing was sent.")
    case .sent:
      guard let at = details.answer?.sentAt else {
        return words("The time to take it back is over, and it is being handed over. It cannot be taken back.")
      }
      return words("It was sent {time} and cannot be taken back.", ["time": time(at)])
    case .held: return words("The answer is kept back. Confirm it or take it back.")
    case .decided:
      if details.thread.conversation.state == .spam, [.asked, .pending, .superseded, .failed].contains(draft.state) {
        return SendingText.spam(words) + " " + words("Your text is below, and nothing of it was sent.")
      }
      let replaced = words("Another answer took its place meanwhile. Your text is below, and nothing of it was sent.")
      switch draft.state {
      case .superseded: return replaced
      case .approved, .sent, .failed, .rejected, .archived:
        switch draft.action {
        case .approve: return words("{name} approved it {time}. Your text is below, and nothing of it was sent.", decided)
        case .edit: return words("{name} changed and approved it {time}. Your text is below, and nothing of it was sent.", decided)
        case .reject: return words("{name} rejected it {time}. Your text is below.", decided)
        case nil: return replaced
        }
      case .asked, .pending:
        return details.thread.messages.contains { $0.sending == .waiting }
          ? words("Another answer leaves in a moment. Take that back first, or wait until it is sent.")
          : words("This cannot be done with a draft that nobody has decided.")
      }
    }
  }
}
