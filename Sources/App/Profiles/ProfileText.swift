import Domain
import HTML

/// What is said of a person's own ladders.
enum ProfileText {
  static func sorted(_ words: Words) -> String { words("The tiers were put in the order of their minutes.") }

  static func saved(_ draft: ProfileDraft, isNew: Bool, _ words: Words) -> String {
    let says = isNew ? words("“{name}” can be chosen for reminders from now on.", ["name": draft.name]) : words("Saved.")
    return draft.isSorted ? says + " " + sorted(words) : says
  }

  /// The name of a copy, of at most a hundred characters.
  static func copyName(_ name: String, _ words: Words) -> String {
    String(String.UnicodeScalarView(words("Copy of {name}", ["name": name]).unicodeScalars.prefix(100)))
  }

  /// Of a button that stands where nothing may vary: another once something of the account has changed.
  static func copying(_ id: ID<EscalationProfile>, entries: Int64) -> HiddenField {
    HiddenField(name: "nonce", value: Idempotency.nonce("profile copy", id.text, String(entries)))
  }

  /// "3 reminders, 1 habit"; nil: nothing.
  static func uses(_ uses: ProfileUses, _ words: Words) -> String? {
    var parts: [String] = []
    if uses.reminders > 0 { parts.append(words.count("{n} reminder", "{n} reminders", uses.reminders)) }
    if uses.habits > 0 { parts.append(words.count("{n} habit", "{n} habits", uses.habits)) }
    if uses.channels > 0 { parts.append(words.count("{n} channel", "{n} channels", uses.channels)) }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// How a ladder goes on after its last tier.
  static func repetition(_ ladder: Ladder, _ words: Words) -> String {
    if ladder.repeatMinutes == 0 { return words("Expires a day after the last tier.") }
    let every = words.count(
      "Then every {n} minute until somebody answers.", "Then every {n} minutes until somebody answers.", ladder.repeatMinutes)
    guard ladder.repeatLimit > 0 else { return every }
    return every + " " + words.count("At most {n} time.", "At most {n} times.", ladder.repeatLimit)
  }
}

/// Why somebody cannot do something with a profile.
enum ProfileRefusal: Refusal, Equatable {
  /// It is one of the three that everybody has.
  case preset
  case tooMany

  func sentence(_ words: Words) -> String {
    switch self {
    case .preset: words("Gentle, Urgent and Critical stay as they are. Make a copy and change that.")
    case .tooMany:
      words("There are {n} of your own already. Delete one first.", ["n": String(EscalationProfile.mostOwn)])
    }
  }
}
