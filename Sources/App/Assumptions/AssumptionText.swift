import Domain
import HTML

/// What assumptions are called, and what they say.
enum AssumptionText {
  /// What one says that rules made, of the names that its things have now; nil: it is nothing but words.
  static func sentence(_ it: Assumption, _ words: Words) -> String? {
    sentence(it.predicate, subject: it.subjectTitle, object: it.objectTitle ?? it.objectText, words)
  }

  /// - Parameters:
  ///   - subject: what it is about; nil: the person themselves.
  ///   - object: the name of a thing, or "07:00–08:00".
  static func sentence(_ predicate: String, subject: String?, object: String, _ words: Words) -> String? {
    let values: KeyValuePairs = ["subject": subject ?? "", "object": object]
    switch predicate {
    case "works_hours": return words("You usually work from {object} on weekdays.", values)
    case "usual_hour": return words("“{subject}” is usually done at {object}.", values)
    case "about": return words("“{subject}” is about {object}.", values)
    default:
      guard let subject, let kind = RelationshipKind(rawValue: predicate) else { return nil }
      return words("{from} {verb} {to}.", ["from": subject, "verb": RelationshipText.verb(RelationshipWord(kind), words), "to": object])
    }
  }

  static func name(_ state: AssumptionState, _ words: Words) -> String {
    switch state {
    case .open: words("To confirm")
    case .confirmed: words("Confirmed", context: "assumption")
    case .corrected: words("Corrected", context: "assumption")
    case .dismissed: words("Dismissed", context: "assumption")
    case .faded: words("Faded", context: "assumption")
    case .superseded: words("Replaced", context: "assumption")
    }
  }

  static func name(_ category: AssumptionCategory, _ words: Words) -> String {
    switch category {
    case .intent: words("What you mean to do")
    case .context: words("Who and what is around you")
    case .preference: words("What you prefer")
    case .inference: words("Drawn from other things")
    }
  }

  /// "likely (0.70)"
  static func sureness(_ hundredths: Int, _ words: Words) -> String {
    let name =
      switch Sureness(hundredths) {
      case .unsure: words("unsure", context: "assumption")
      case .likely: words("likely", context: "assumption")
      case .sure: words("quite sure", context: "assumption")
      case .certain: words("certain", context: "assumption")
      }
    return "\(name) (\(Sureness.text(hundredths)))"
  }

  static func written(_ written: Assumption.Written, _ words: Words) -> String {
    switch written {
    case .rules: words("found by a rule")
    case .model: words("found by a model")
    case .person: words("in your words")
    }
  }

  /// What was said to it before: "You said on 3 March that it is not so."
  static func before(_ it: Assumption, _ person: Person, _ words: Words) -> String? {
    guard let state = it.againState, let at = it.againAt else { return nil }
    let date = TimeWords.date(person.zone.local(at).day, person.language)
    return state == .corrected
      ? words("You corrected this on {date}. Something new speaks for it: is it so?", ["date": date])
      : words("You said on {date} that it is not so. Something new speaks for it: is it so now?", ["date": date])
  }

  /// Why one is asked about no longer.
  static func why(_ faded: AssumptionFading, _ words: Words) -> String {
    switch faded {
    case .time: words("Nobody answered for 90 days.")
    case .evidence: words("What it rested on is gone.")
    case .room: words("Surer ones took its place.")
    }
  }
}

/// Why something cannot be done to an assumption.
enum AssumptionRefusal: Refusal, Equatable {
  case stale
  case answered

  func sentence(_ words: Words) -> String {
    switch self {
    case .stale: words("This was answered or changed meanwhile. Reload the page and look again.")
    case .answered: words("This was answered differently already. Open it on the page of assumptions and look again.")
    }
  }
}
