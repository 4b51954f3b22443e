import Domain
import HTML

/// What people are told about a file that they import.
struct ReminderImportText {
  private let words: Words
  private let reader: Reader

  init(_ reader: Reader) { (words, self.reader) = (reader.words, reader) }

  func refusal(_ refusal: ImportRefusal) -> String {
    switch refusal {
    case .empty: words("This file is empty.")
    case .unknown:
      words("This is neither an iCalendar file (.ics) nor Todoist’s CSV nor Tasks.json of Google Tasks. Export one of them and send it.")
    case .noTimes: words("A note of Google Keep does not say when it reminds you. Google Tasks does: export Tasks.json and send that.")
    case .damaged(let line): words("This file is damaged in line {line}. Export it once more and send the new one.", ["line": String(line)])
    case .notText: words("This file is not text. Send it as the other program exports it, not packed.")
    case .tooMany: words("This file holds too much: at most 10 MB and 5,000 entries. Export a part of it, such as one list or one year.")
    case .tooLong:
      words("Reading this file took too long, and nothing of it was stored. Export a part of it, such as one list or one year.")
    }
  }

  var known: String { words("You have it already.") }

  func reason(_ reason: ImportEntry.Reason) -> String {
    switch reason {
    case .past: words("Its time has passed.")
    case .over: words("This series is over.")
    case .completed: words("It is done already.")
    case .cancelled: words("It was cancelled.")
    case .noTime: words("It says no date.")
    case .noAlarm: words("An event without an alarm.")
    case .noTitle: words("It has no title.")
    case .zone(let name): words("No time zone is called “{name}”.", ["name": name])
    case .value(let name): words("Its {name} cannot be read.", ["name": name])
    case .rule(let error): RecurrenceComplaint.text(error, words)
    case .words(_, .tooFar): words("Choose a time within one year.")
    case .words(let text, _): words("“{words}” is not understood.", ["words": text])
    case .never: words("It would never ring within five years.")
    case .quotes: words("The quotation marks of this line are broken.")
    case .brokenOff: words("The file ends in the middle of it.")
    case .exceptionRule: words("It leaves out times by a rule (EXRULE), which would ring all the same.")
    case .exclusions:
      words("It leaves out more than 400 single days, and the others would ring all the same. Give it an end or send it in parts.")
    case .repeated(let line): words("It stands in line {line} already.", ["line": String(line)])
    }
  }

  func note(_ note: ImportEntry.Note) -> String {
    switch note {
    case .firstOfAlarms(let count): words("Rings at the first of its {n} alarms.", ["n": String(count)])
    case .atItsOwnTime: words("Rings at its own time: its alarm falls on another day, which this series cannot be moved to.")
    case .extraDates: words("Single dates beside the series are left out.")
    case .furtherDates: words("Rings at the next of its dates; the others are left out.")
    case .furtherRules: words("It has several rules; only the first is followed.")
    case .fromCompletion: words("Counts from its first time, not from when it was done.")
    case .wholeDays(let days): wholeDays(days)
    case .cut: words("Too long; the end is cut off.")
    }
  }

  private func wholeDays(_ days: [Day]) -> String {
    let named = days.prefix(3).map { TimeWords.date($0, reader.person.language) }
    let list = named.joined(separator: ", ")
    return days.count > 3
      ? words("Of {days} and {n} more days all times are left out, not the named ones alone.", ["days": list, "n": String(days.count - 3)])
      : words("Of {days} all times are left out, not the named ones alone.", ["days": list])
  }

  func made(_ count: Int) -> String {
    count == 0
      ? words("Nothing was made: you have everything already.") : words.count("Made {n} reminder.", "Made {n} reminders.", count)
  }

  func undone(_ count: Int) -> String {
    count == 0
      ? words("Nothing was deleted: every reminder was changed or has rung since.")
      : words.count("Deleted {n} reminder again.", "Deleted {n} reminders again.", count)
  }
}
