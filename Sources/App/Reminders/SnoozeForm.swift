import Domain
import HTML
import Web

/// "Leave me alone until next friday: travelling."
struct SnoozeForm {
  let phrase: Phrase
  /// Where a time on the wall was named and not a duration.
  let wall: WallTime?
  let reason: String

  init(_ form: Form, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    let found = read.phrase("until", reader)
    reason = read.line("reason", 0...200)
    phrase = try read.finish(found)
    wall = WallTime(phrase, of: reader.person)
  }
}

extension ReminderCommands {
  /// As the form says.
  func snooze(_ form: SnoozeForm) throws -> Outcome {
    try snooze(until: form.phrase.instant, words: form.phrase.words, reason: form.reason, meant: form.wall)
  }
}
