import Domain
import HTML
import Web

/// "Leave me alone until next friday: travelling."
struct SnoozeForm {
  let phrase: Phrase
  /// Where a time on the wall was named and not a duration.
  let wall: WallTime?
  let reason: String

  init(_ form: Form, of person: Person, _ web: Context) throws(FormErrors) {
    var read = FormReader(form, web.words)
    let found = read.phrase("until", of: person, now: web.now)
    reason = read.line("reason", 0...200)
    try read.finish()
    guard let found else { throw FormErrors("until", web.words("Fill this in.")) }
    phrase = found
    wall = WallTime(found, of: person)
  }
}

extension FormReader {
  /// An instant in a person's words; nil when it was complained about.
  ///
  /// - Parameter isDuration: whether the field asks "in how long?".
  mutating func phrase(_ name: String, of person: Person, now: Instant, isDuration: Bool = false) -> Phrase? {
    let text = filled(name)
    let reader = PhraseReader(
      zone: person.zone, language: person.language, defaultHour: person.defaultTime, now: now, isDuration: isDuration)
    do {
      return try Phrase(text, reader: reader)
    } catch {
      complain(name, complaint(error))
      return nil
    }
  }

  private func complaint(_ error: PhraseError) -> String {
    switch error {
    case .empty: words("Say until when: “20 min”, “tomorrow at 9”, “next friday”.")
    case .tooLong: words("This is too long: at most {n} characters.", ["n": String(Phrase.longest)])
    case .unknown: words("This is not understood. Try “2 hours”, “tomorrow at 9” or “12 Dec”.")
    case .past: words("This time has passed. Choose one after now.")
    case .tooFar: words("Choose a time within one year.")
    case .notPositive: words("Choose a time after now.")
    case .impossibleDate: words("There is no such date.")
    }
  }
}
