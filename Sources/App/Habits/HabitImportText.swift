import Archive
import Domain
import HTML

/// What people are told about a file of habits.
struct HabitImportText {
  private let words: Words
  private let person: Person

  init(_ reader: Reader) { (words, person) = (reader.words, reader.person) }

  // MARK: - A file that is not taken

  func refusal(_ refusal: HabitImportRefusal) -> String {
    switch refusal {
    case .file(let refusal): self.refusal(refusal)
    case .archive(let failure): self.failure(failure)
    }
  }

  private func refusal(_ refusal: HabitFileRefusal) -> String {
    switch refusal {
    case .empty: words("This file is empty.")
    case .unknown:
      words("This is no file of habits that is known here. Send what the other program exports, or a table (CSV) with a column of dates.")
    case .notText: words("This file is not text. Send it as the other program exports it.")
    case .archive: words("A ZIP within a ZIP is not looked into. Unpack it once and send what is inside.")
    case .tooLarge: tooLarge
    case .brokenJSON(let line):
      words("This file is damaged in line {line}. Export it once more and send the new one.", ["line": String(line)])
    case .database:
      words("This is Loop’s backup, which only Loop reads. In Loop, open Settings, choose “Export as CSV” and send that file.")
    case .loopPart: words("This is one file of Loop’s export, which says too little alone. Send the whole ZIP as Loop exports it.")
    case .habiticaHistory:
      words("Habitica’s history.csv does not say what was completed. In Habitica, open Settings, Site Data, and send “User Data (JSON)”.")
    }
  }

  private func failure(_ failure: Archive.Failure) -> String {
    switch failure {
    case .notArchive: words("This ZIP was cut off on its way. Export it once more and send the new one.")
    case .damaged: words("This ZIP is damaged. Export it once more and send the new one.")
    case .encrypted: words("This ZIP has a password. Pack it without one, or send what is inside.")
    case .tooManyEntries, .tooLarge: tooLarge
    }
  }

  private var tooLarge: String {
    words("This file holds too much: at most 25 MB, 64 MB unpacked, 2,000 files, 500 habits and 1,000,000 days. Send a part of it.")
  }

  // MARK: - What is other than the file says

  func changes(_ row: HabitImportPlan.Row) -> [String] {
    row.habit.changes.map { change($0, row.habit) }
      + (row.habit.questions.contains(.name) ? [words("The file does not say what this habit is called.")] : [])
      + (row.habit.questions.contains(.target)
        ? [words("The file has amounts and no target. The smallest amount is proposed; empty the field to take them as done or not.")] : [])
  }

  private func change(_ change: HabitFile.Change, _ habit: HabitFile.Habit) -> String {
    switch change {
    case .frequency(let times, let every, let cycle, let frequency):
      words(
        "The file says {n} times every {cycle}, which Heed does not have: {frequency} instead.",
        ["n": String(times), "cycle": count(every, cycle), "frequency": said(frequency)])
    case .noGoal(let frequency): words("The file does not say how often: {frequency}.", ["frequency": said(frequency)])
    case .target(let amount, let days, let becomes, let period):
      words(
        "The file asks for {amount} in {cycle}, which Heed does not have: {target} instead.",
        [
          "amount": self.amount(amount, habit), "cycle": count(days, .days),
          "target": HabitWords.sentence(
            HabitRule(.daily, target: HabitRule(.init(target: becomes, period: period)).target), unit: habit.unit,
            weekStart: person.weekStart,
            person.language),
        ])
    case .merged(let dates, let first):
      words.count(
        "{n} date comes more than once and counts once; the first is {date}.",
        "{n} dates come more than once and count once; the first is {date}.",
        dates, ["date": TimeWords.date(first, person.language)])
    case .cut(let text): words("Too long, so its end is cut off: {text}.", ["text": name(text)])
    }
  }

  private func said(_ frequency: HabitFile.Frequency) -> String {
    HabitWords.frequency(HabitFrequency(frequency), weekStart: person.weekStart, person.language)
  }

  private func amount(_ thousandths: Int, _ habit: HabitFile.Habit) -> String {
    HabitWords.amount(Amount(thousandths: thousandths), habit.unit, person.language)
  }

  private func count(_ count: Int, _ cycle: HabitFile.Change.Cycle) -> String {
    switch cycle {
    case .days: words.count("{n} day", "{n} days", count)
    case .weeks: words.count("{n} week", "{n} weeks", count)
    case .months: words.count("{n} month", "{n} months", count)
    case .years: words.count("{n} year", "{n} years", count)
    }
  }

  private func name(_ text: HabitFile.Change.Text) -> String {
    switch text {
    case .name: words("Name")
    case .description: words("Notes")
    case .unit: words("Unit")
    case .group: words("Group")
    case .note: words("Note")
    }
  }

  // MARK: - Lines that say nothing

  func place(_ line: HabitFile.RefusedLine) -> String {
    line.part.utf8.isEmpty ? String(line.line) : words("{line} of {file}", ["line": String(line.line), "file": line.part])
  }

  func reason(_ reason: HabitFile.RefusedLine.Reason) -> String {
    switch reason {
    case .date(let text): text.utf8.isEmpty ? words("It says no date.") : words("“{text}” is no date.", ["text": text])
    case .future(let day): words("{date} is still to come.", ["date": TimeWords.date(day, person.language)])
    case .tooEarly(let day): words("{date} is before 1970.", ["date": TimeWords.date(day, person.language)])
    case .value(let text): words("“{text}” is not understood here.", ["text": text])
    case .noName: words("It does not say which habit.")
    case .unknownHabit(let text): words("The file has no habit “{text}”.", ["text": text])
    case .noAmount: words("It is done, and does not say how much. To take this habit as done or not, empty its target above.")
    case .noCompletion: words("It does not say whether it was completed.")
    case .quotes: words("The quotation marks of this line are broken.")
    case .cells: words("It has more columns than the table.")
    case .repeated: words("It stands twice.")
    }
  }

  func leftOut(_ count: Int) -> String? {
    count == 0 ? nil : words.count("{n} thing that is no habit is left out.", "{n} things that are no habits are left out.", count)
  }

  // MARK: - What a worker does

  func failure(_ reason: HabitImportFailure.Reason) -> String {
    switch reason {
    case .gone:
      words(
        "Nothing was imported: a habit that days were to be added to is not there any more. Look at what becomes of each and import again.")
    case .error:
      words(
        "Nothing was imported: the import broke off, and nothing of it is stored. Import again; if it breaks off again, send a part of the file."
      )
    }
  }

  /// A number for tools, and as it is read.
  struct Figure {
    let value: String
    let words: String
  }

  func figure(_ number: Int) -> Figure { Figure(value: String(number), words: self.number(number)) }

  /// "730,000", "730.000".
  func number(_ number: Int) -> String {
    let digits = Array(String(number).utf8)
    let mark = UInt8(ascii: person.language == .english ? "," : ".")
    let parted = digits.enumerated().flatMap { place, digit in place > 0 && (digits.count - place) % 3 == 0 ? [mark, digit] : [digit] }
    return String(decoding: parted, as: UTF8.self)
  }

  // MARK: - What was done

  func made(_ results: [HabitImportWrites.Result]) -> String {
    let days = results.reduce(0) { $0 + $1.added }
    let habits = results.count(where: \.isNew)
    if days == 0, habits == 0 { return words("Nothing was added: you have everything already.") }
    let values: KeyValuePairs = [
      "habits": words.count("{n} new habit", "{n} new habits", habits), "days": words.count("{n} day", "{n} days", days),
    ]
    return words("Imported: {habits}, {days}.", values)
  }

  func undone(_ undone: (habits: Int, days: Int)) -> String {
    if undone == (0, 0) { return words("Nothing was deleted: everything was changed since.") }
    let values: KeyValuePairs = [
      "habits": words.count("{n} habit", "{n} habits", undone.habits), "days": words.count("{n} day", "{n} days", undone.days),
    ]
    return undone.days == 0
      ? words("Deleted again: {habits}.", values)
      : undone.habits == 0 ? words("Deleted again: {days}.", values) : words("Deleted again: {habits}, and {days} of others.", values)
  }
}
