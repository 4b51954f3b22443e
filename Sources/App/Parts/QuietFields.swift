import Domain
import HTML
import Web

/// The fields of a form that say when somebody wants no messages.
struct QuietFields {
  let from: TextField
  let until: TextField
  let days: Select
  let daysFrom: TextField
  let daysUntil: TextField
  let critical: Checkbox

  /// - Parameters:
  ///   - person: who fills them in.
  ///   - help: by whose clock, and what they hold.
  init(_ make: inout FieldBuilder, _ stored: QuietHours, _ person: Person, _ words: Words, help: String) {
    from = make.text("quiet_from", words("Quiet from"), stored.usual?.from.text ?? "", help: help, type: "time")
    until = make.text("quiet_until", words("Quiet until"), stored.usual?.until.text ?? "", type: "time")
    days = make.boxes(
      "quiet_days", words("Other hours that begin on"), stored.days.days(from: person.weekStart).map(\.field),
      Weekday.week(from: person.weekStart).map { ($0.field, "\(TimeWords.name($0, person.language))") }, sentWith: "quiet_from")
    daysFrom = make.text(
      "quiet_days_from", words("Quiet on these days from"), stored.other?.from.text ?? "",
      help: words("Leave both empty for no quiet hours on these days. A night belongs to the day on which it begins."), type: "time")
    daysUntil = make.text("quiet_days_until", words("Quiet on these days until"), stored.other?.until.text ?? "", type: "time")
    critical = make.tick(
      "quiet_critical", words("Hold critical reminders, too"), stored.holdsCritical, says: words.answers,
      help: words("Else these come at any hour."))
  }
}

/// Quiet hours in sentences.
struct QuietText {
  private let words: Words
  private let language: Language

  init(_ words: Words) {
    self.words = words
    language = Language(rawValue: words.language) ?? .english
  }

  /// What they hold, and when; nothing where there are none.
  func hours(_ quiet: QuietHours) -> [String] {
    if !quiet.hasHours { return [] }
    var lines: [String] = []
    if quiet.days.count < 7, let span = quiet.usual { lines.append(usual(span, quiet)) }
    guard !quiet.days.isEmpty else { return lines }
    let names = quiet.days.days().map { "\(TimeWords.name($0, language))" }.joined(separator: ", ")
    if let other = quiet.other {
      let values: KeyValuePairs = ["days": names, "from": other.from.text, "until": other.until.text]
      lines.append(lines.isEmpty ? days(values, quiet) : words("On {days} they wait between {from} and {until}.", values))
    } else {
      lines.append(words("On {days} no quiet hours begin.", ["days": names]))
    }
    return lines
  }

  /// The first sentence, where no other says what waits.
  private func days(_ values: KeyValuePairs<String, String>, _ quiet: QuietHours) -> String {
    quiet.holdsCritical
      ? words("On {days} messages wait between {from} and {until}, those of critical reminders too.", values)
      : words("On {days} messages wait between {from} and {until}, except those of critical reminders.", values)
  }

  private func usual(_ span: QuietHours.Span, _ quiet: QuietHours) -> String {
    let ends: KeyValuePairs = ["from": span.from.text, "until": span.until.text]
    return quiet.holdsCritical
      ? words("Between {from} and {until} messages wait, those of critical reminders too.", ends)
      : words("Between {from} and {until} messages wait, except those of critical reminders.", ends)
  }
}
