import Domain
import HTML

/// What people are told that a command did, whichever way they gave it.
struct ReminderOutcomeText {
  private let person: Person
  private let words: Words
  private let now: Instant

  init(_ reader: Reader) { (person, words, now) = (reader.person, reader.words, reader.now) }

  /// - Parameter endingSnooze: whether the edit ended a snooze.
  func saved(_ draft: ReminderDraft, endingSnooze: Bool = false) -> String {
    let next = draft.nextAt.map { TimeWords.dayTime($0, draft.schedule.zone, person.language, now: now) }
    let saved = next.map { words("Saved. It rings {time}.", ["time": $0]) } ?? words("Saved. Nothing is planned.")
    return [saved, next != nil && draft.isMoved ? movedOn : nil, endingSnooze ? words("The snooze has ended.") : nil].compactMap(\.self)
      .joined(separator: " ")
  }

  func completed(_ outcome: ReminderCommands.Outcome, _ reminder: Reminder) -> String {
    switch outcome {
    case .already: words("“{title}” was done already.", ["title": reminder.title])
    case .nothing: words("Nothing is open. {next}", ["next": next(reminder)])
    case .done where reminder.schedule.isSeries: words("Done: “{title}”. {next}", ["title": reminder.title, "next": next(reminder)])
    case .done:
      words("Done: “{title}”.", ["title": reminder.title])
        + (reminder.contact.map { " " + words("Noted that you were in touch with {name}.", ["name": $0]) } ?? "")
    }
  }

  /// - Parameters:
  ///   - again: when to ask again, as it was typed.
  ///   - isLast: whether it was said that nobody asks again.
  func acknowledged(_ outcome: ReminderCommands.Outcome, _ reminder: Reminder, again: Instant? = nil, isLast: Bool = false) -> String {
    if outcome == .already { return words("This was acknowledged already.") }
    guard !isLast, let again = again ?? reminder.againMinutes.map({ now.advanced(minutes: $0) }) else {
      return words("You are on it. Nothing rings until the next time.")
    }
    return words("You are on it. Heed asks again {time}.", ["time": TimeWords.relative(again, from: now, person.language)])
  }

  func snoozed(_ form: SnoozeForm) -> String {
    let time = TimeWords.dayTime(form.phrase.instant, person.zone, person.language, now: now)
    let relative = TimeWords.relative(form.phrase.instant, from: now, person.language)
    let sentence = words("Snoozed until {time} ({relative}).", ["time": time, "relative": relative])
    return form.phrase.movedByClockChange ? sentence + " " + movedOn : sentence
  }

  func archived(_ outcome: ReminderCommands.Outcome, _ reminder: Reminder) -> String {
    outcome == .already
      ? words("“{title}” was archived already.", ["title": reminder.title]) : words("“{title}” is archived.", ["title": reminder.title])
  }

  func reopened(_ outcome: ReminderCommands.Outcome, _ reminder: Reminder) -> String {
    outcome == .already
      ? words("“{title}” is open already.", ["title": reminder.title]) : words("“{title}” is open again.", ["title": reminder.title])
  }

  /// - Parameter isNew: nothing rang before.
  func rung(_ reminder: Reminder, isNew: Bool) -> String {
    isNew
      ? words("“{title}” rings now.", ["title": reminder.title])
      : words("“{title}” is ringing already; its timeline says that you rang it again.", ["title": reminder.title])
  }

  func deleted(_ reminder: Reminder) -> String { words("“{title}” is deleted.", ["title": reminder.title]) }

  var advanced: String { words("The next tier is told now.") }

  /// Of all that rang or would have.
  func everything(_ count: Int, _ form: SnoozeForm) -> String {
    words.count("{n} reminder is snoozed.", "{n} reminders are snoozed.", count) + " " + snoozed(form)
  }

  /// Of a press that snoozed many, taken back.
  func unsnoozed(_ count: Int) -> String {
    count == 0
      ? words("There was nothing to undo.")
      : words.count("{n} reminder goes on where it was.", "{n} reminders go on where they were.", count)
  }

  /// Of many at once.
  func changed(_ count: Int, same: Int, refused: Int) -> String {
    var text = count == 0 ? words("Nothing was changed.") : words.count("{n} reminder was changed.", "{n} reminders were changed.", count)
    if count > 0, same > 0 { text += " " + words.count("{n} stayed as it was.", "{n} stayed as they were.", same) }
    if refused == 0 { return text }
    return text + " " + words.count("{n} could not be changed any more.", "{n} could not be changed any more.", refused)
  }

  /// Of many at once, taken back.
  ///
  /// - Parameter awake: how many were snoozed before.
  func restored(_ count: Int, awake: Int) -> String {
    if count == 0 { return words("There was nothing to undo.") }
    let text = words.count("{n} reminder is back.", "{n} reminders are back.", count)
    if awake == 0 { return text }
    return text + " "
      + words.count("{n} had been snoozed, and that snooze is over.", "{n} had been snoozed, and those snoozes are over.", awake)
  }

  private var movedOn: String { SkippedTime.sentence(words) }

  private func next(_ reminder: Reminder) -> String {
    guard let next = reminder.nextAt else { return words("No further time is planned.") }
    return words("The next one is {time}.", ["time": TimeWords.dayTime(next, person.zone, person.language, now: now)])
  }
}
