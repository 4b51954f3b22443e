import Domain
import HTML

/// Why somebody cannot do something with a reminder.
enum ReminderRefusal: Refusal, Equatable {
  case completed
  case archived
  /// There is nothing to acknowledge.
  case nothingRings
  /// It has rung again since the escalation that was to be answered.
  case overtaken
  /// It is a habit's, and goes the habit's way.
  case ofHabit
  /// It is a deadline's, which says when it rings.
  case ofDeadline
  /// It is to stay in touch with somebody, whose page says how often.
  case ofPerson
  /// It is an event's, whose page says how long before each time it rings.
  case ofEvent
  /// It is not completed by an address.
  case noLink

  func sentence(_ words: Words) -> String {
    switch self {
    case .completed: words("This reminder is completed. Open it again first.")
    case .archived: words("This reminder is archived. Open it again first.")
    case .nothingRings: words("Nothing is ringing: there is nothing to acknowledge.")
    case .overtaken: words("It has rung again since: answer the newer one.")
    case .noLink: words("This reminder has no address that completes it.")
    case .ofHabit: words("This reminder belongs to a habit: change, archive or restore the habit, and it follows.")
    case .ofDeadline: words("This reminder belongs to a deadline: change the deadline, and it follows.")
    case .ofPerson: words("This reminder is to stay in touch with somebody: change how often on their page, and it follows.")
    case .ofEvent: words("This reminder belongs to an event: change the event, and it follows.")
    }
  }
}
