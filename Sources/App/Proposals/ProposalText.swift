import Domain
import HTML

/// What is said of proposals.
enum ProposalText {
  /// What it would do: "New task: “Call Ana”".
  static func heading(_ proposal: Proposal, _ words: Words) -> String {
    let kind = name(proposal.kind, words)
    let title = title(proposal, words)
    let values: KeyValuePairs = ["kind": kind, "title": title]
    switch proposal.action {
    case .create: return words("New: {kind} “{title}”", values)
    case .update: return words("Change: {kind} “{title}”", values)
    case .delete: return words("Into the trash: {kind} “{title}”", values)
    case .snooze: return words("Snooze: {kind} “{title}”", values)
    case .link: return words("Link: {title}", values)
    case .status:
      let step = proposal.step.map { self.step($0, words) } ?? ""
      return words("{step}: {kind} “{title}”", ["step": step, "kind": kind, "title": title])
    }
  }

  /// What it is about, within a sentence: one of a relationship is called by what that says.
  static func title(_ proposal: Proposal, _ words: Words) -> String {
    SaidName.line(proposal.kind == .relationship ? RelationshipText.name(proposal.title, words) : proposal.title)
  }

  /// What the button of its form says.
  static func accept(_ proposal: Proposal, _ words: Words) -> String {
    proposal.action == .delete ? words("Move to the trash") : words("Accept")
  }

  static func name(_ kind: ProposedKind, _ words: Words) -> String {
    switch kind {
    case .task: words("Task")
    case .reminder: words("Reminder")
    case .deadline: words("Deadline")
    case .goal: words("Goal")
    case .problem: words("Problem")
    case .habit: words("Habit")
    case .person: words("Person")
    case .place: words("Place")
    case .event: words("Event")
    case .relationship: words("Relationship")
    case .link: words("Link")
    }
  }

  static func step(_ step: ProposedStep, _ words: Words) -> String {
    switch step {
    case .completion: words("Complete", context: "proposal")
    case .start: words("Start", context: "proposal")
    case .reopening: words("Open again", context: "proposal")
    case .deferral: words("Defer", context: "proposal")
    case .cancellation: words("Cancel", context: "proposal")
    case .archival: words("Archive", context: "proposal")
    case .pause: words("Pause", context: "proposal")
    case .resumption: words("Go on with", context: "proposal")
    case .resolution: words("Resolve", context: "proposal")
    case .monitoring: words("Watch", context: "proposal")
    case .acknowledgement: words("Acknowledge", context: "proposal")
    case .later: words("Put later", context: "proposal")
    }
  }

  /// "quite sure, 75 %": the word and the number (RULES 9.36).
  static func sure(_ hundredths: Int, _ words: Words) -> String {
    let word =
      hundredths >= 90
      ? words("very sure", context: "proposal")
      : hundredths >= 70
        ? words("quite sure", context: "proposal")
        : hundredths >= 50 ? words("rather sure", context: "proposal") : words("not sure", context: "proposal")
    return words("{word}, {n} %", ["word": word, "n": String(hundredths)])
  }

  /// `0.75`: how sure, for the audit log.
  static func number(_ hundredths: Int) -> String {
    let rest = hundredths % 100
    return "\(hundredths / 100)." + (rest < 10 ? "0" : "") + String(rest)
  }

  static func badge(_ state: Proposal.State, _ words: Words) -> StatusBadge {
    switch state {
    case .open: StatusBadge(tone: "due", icon: "clock", label: words("Not answered yet"))
    case .accepted: StatusBadge(tone: "done", icon: "done", label: words("Accepted", context: "proposal"))
    case .changed: StatusBadge(tone: "done", icon: "edit", label: words("Accepted with changes"))
    case .refused: StatusBadge(tone: "calm", icon: "close", label: words("Refused", context: "proposal"))
    case .ended: StatusBadge(tone: "calm", icon: "late", label: words("Ended without an answer"))
    case .overtaken: StatusBadge(tone: "calm", icon: "history", label: words("Overtaken"))
    }
  }

  /// Why it takes no answer any more; nil: it does.
  static func over(_ state: Proposal.State, _ words: Words) -> String? {
    switch state {
    case .open: nil
    case .accepted, .changed: words("This was accepted already.")
    case .refused: words("This was refused already.")
    case .ended: words("This was open for a week and has ended. Ask again if you still want it.")
    case .overtaken: words("This has been overtaken: what it is about is gone, or was so already.")
    }
  }

  /// What is said once something was refused.
  static func refused(_ words: Words) -> String { words("Refused. Nothing was changed.") }
}
