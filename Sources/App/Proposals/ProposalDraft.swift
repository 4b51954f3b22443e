import Domain
import HTML

/// What an answer of the assistant wants to propose: one thing, never many (RULES 9.33).
struct ProposalDraft {
  let action: ProposalAction
  let kind: ProposedKind
  /// One that this answer was given; nil: a new one is made, or two are linked.
  var thing: AssistantReach.Given?
  /// As the thing's form has them, ids in full; of `status` a field `status` with the step (``ProposedStep``), of `link` `from`, `to` and `type` or
  /// `relationship`, of `snooze` `until`. Words for times are understood now, not when it is accepted.
  let fields: [(name: String, value: String)]
  /// What the person wants by it.
  let intent: String
  /// Why it is proposed.
  let reasoning: String
  /// Hundredths, 0 to 100.
  let confidence: Int
  /// Whether texts of others were read for it, beside what the reach itself knows.
  var isForeign = false
  /// What was read for it.
  var read: [AssistantReach.Given] = []
  /// What it rests on: accepting it confirms these.
  var assumptions: [ID<Assumption>] = []
  let chat: ID<Chat>
  /// Which exchange of the chat made it.
  let number: Int
}

/// Why nothing is proposed, for whoever asked for it to say.
enum ProposalComplaint: Error, Equatable {
  /// It names something that this answer was not given.
  case notGiven
  /// As many are open of this chat, or in all, as can be; or one answer made so many.
  case fullChat, full, fullAnswer
  /// That cannot be proposed of such a thing.
  case cannot
  /// Something would be deleted after texts of others were read (RULES 9.34).
  case foreignDeletion
  /// This answer proposes a deletion already: "delete everything" is one thing at most.
  case oneDeletion
  /// The thing is gone.
  case gone
  /// Its fields say nothing.
  case empty
  /// It is longer than a form.
  case tooLong
  /// What is wrong with its fields, in the person's words.
  case wrong([String])

  func sentence(_ words: Words) -> String {
    switch self {
    case .notGiven: words("This names something that I was not given. Look it up first.")
    case .fullChat:
      words("{n} proposals of this conversation wait for an answer. Accept or refuse some first.", ["n": String(Proposal.mostOfChat)])
    case .full: words("{n} proposals wait for an answer. Accept or refuse some first.", ["n": String(Proposal.most)])
    case .fullAnswer: words("One answer proposes at most {n} things.", ["n": String(Proposal.mostOfAnswer)])
    case .cannot: words("This cannot be proposed of such a thing.")
    case .foreignDeletion: words("After reading what others wrote I propose no deletion. Delete it on its own page.")
    case .oneDeletion: words("One answer proposes one deletion at most. Ask for the next one when this is answered.")
    case .gone: words("This is gone.")
    case .empty: words("This says nothing that would change.")
    case .tooLong: words("This is too long for a form.")
    case .wrong(let complaints): complaints.joined(separator: " ")
    }
  }
}
