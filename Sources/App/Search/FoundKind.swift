import Domain
import HTML

/// The kinds of the register that search shows, as it calls them. A new one is a case here and a `CALL registered` in its migration.
enum FoundKind: String, CaseIterable {
  case reminder, habit, goal, task, problem, deadline, person, place, event, contact, profile, conversation, customer, source
  case savedReply = "saved_reply"

  func name(_ words: Words) -> String {
    switch self {
    case .reminder: words("Reminder")
    case .habit: words("Habit")
    case .goal: words("Goal")
    case .task: words("Task")
    case .problem: words("Problem")
    case .deadline: words("Deadline")
    case .person: words("Person")
    case .place: words("Place")
    case .event: words("Event")
    case .contact: words("Contact")
    case .profile: words("Profile")
    case .conversation: words("Conversation")
    case .customer: words("Customer")
    case .source: words("Source")
    case .savedReply: words("Saved reply")
    }
  }

  /// By its name in the register, or in the person's language.
  static func named(_ text: String, _ words: Words) -> FoundKind? {
    let typed = SearchQuery.folded(text)
    return allCases.first { $0.rawValue.utf8.elementsEqual(typed) || SearchQuery.folded($0.name(words)) == typed }
  }

  func path(_ id: ID<FoundThing>) -> Path {
    switch self {
    case .reminder: Paths.reminder(ID(high: id.high, low: id.low))
    case .habit: Paths.habit(ID(high: id.high, low: id.low))
    case .goal: Paths.goal(ID(high: id.high, low: id.low))
    case .task: Paths.task(ID(high: id.high, low: id.low))
    case .problem: Paths.problem(ID(high: id.high, low: id.low))
    case .deadline: Paths.deadline(ID(high: id.high, low: id.low))
    case .person: Paths.person(ID(high: id.high, low: id.low))
    case .place: Paths.place(ID(high: id.high, low: id.low))
    case .event: Paths.event(ID(high: id.high, low: id.low))
    case .contact: Paths.editContact(ID(high: id.high, low: id.low))
    case .profile: Paths.profile(ID(high: id.high, low: id.low))
    case .conversation: Paths.conversation(ID(high: id.high, low: id.low))
    case .customer: Paths.customer(ID(high: id.high, low: id.low))
    case .source: Paths.source(ID(high: id.high, low: id.low))
    case .savedReply: Paths.savedReply(ID(high: id.high, low: id.low))
    }
  }
}
