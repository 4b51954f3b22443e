import Domain
import HTML

/// When something happens next with an escalation by itself, and what.
struct NextStep {
  let time: TimeText
  let what: String

  /// - Parameter tier: the last one that was reached.
  init(_ kind: NextKind, after tier: Int, _ time: TimeText, _ words: Words) {
    self.time = time
    switch kind {
    case .tier: what = words("until tier {tier}", ["tier": String(tier + 1)])
    case .round, .waking: what = words("until it rings again")
    case .expiry: what = words("until it expires")
    case .question: what = words("until it asks again")
    }
  }
}
