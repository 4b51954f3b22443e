import Domain
import HTML

/// Why somebody cannot do something with an escalation, in words.
extension EscalationRefusal: Refusal {
  func sentence(_ words: Words) -> String {
    switch self {
    case .ended(.completed): words("This is completed already.")
    case .ended(.cancelled): words("This was cancelled: its reminder was archived or got a new time.")
    case .ended(.expired): words("This has expired: nobody answered in time.")
    case .ended: words("This has ended already.")
    case .notActive(.snoozed): words("This is snoozed: nothing rings until then.")
    case .notActive: words("Somebody is on it already: nothing rings.")
    case .noHigherTier: words("The last tier is reached already.")
    case .notAhead: words("Choose a time after now.")
    case .notDue: words("It is not time yet.")
    }
  }
}
