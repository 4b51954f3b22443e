import Domain
import HTML

/// What people are told about files of tasks.
struct PlannerImportText {
  let words: Words

  func refusal(_ refusal: PlannerFile.Refusal) -> String {
    switch refusal {
    case .empty: words("This file is empty.")
    case .tooLarge, .tooMany:
      words("This file holds too much: at most 25 MB and 50,000 tasks. Export a part of it, such as one list or one year.")
    case .notText: words("This file is not text. Send it as the other program exports it, not packed.")
    case .unknown: words("This file holds no tasks that are known here. Below stands what can be imported.")
    case .damaged(let line): words("This file is damaged in line {line}. Export it once more and send the new one.", ["line": String(line)])
    case .tooLong:
      words("Reading this file took too long, and nothing of it was stored. Export a part of it, such as one list or one year.")
    }
  }

  /// Why no task is made of a line, or what it is made without.
  func about(_ about: PlannerFile.About) -> String {
    switch about {
    case .noTitle: words("It has no title.")
    case .longTitle: words("Its title has more than 200 characters.")
    case .cells: words("The quotation marks or columns of this line are broken.")
    case .notJSON: words("This line is not JSON.")
    case .deleted: words("It was deleted there.")
    case .sameSeries(let line): words("It is of the series in line {line}, which goes on from there.", ["line": String(line)])
    case .repeated(let line): words("It stands in line {line} already.", ["line": String(line)])
    case .value(let field, let value): words("Left off: {field}, which says “{value}”.", ["field": field, "value": value])
    case .missing(let id): words("Left off: a link to “{id}”, which the file does not hold.", ["id": id])
    case .circle(let line): words("Left off: its link to line {line}, for they would wait for each other.", ["line": String(line)])
    case .tooDeep: words("It stands at the top: subtasks go five levels deep.")
    case .tags: words("Left off: tags beyond 20, with more than 40 characters, or with a comma.")
    case .longNotes: words("The end of its notes is left off: they have more than 16 kB.")
    case .longMetadata: words("Left off: what the other program keeps beside it, which is more than 60 kB.")
    case .alarms(let count):
      words.count("Left off: {n} alarm, for reminders are made here.", "Left off: {n} alarms, for reminders are made here.", count)
    }
  }

  func outcome(_ outcome: PlannerImport.Outcome) -> String {
    switch outcome {
    case .new: words("New", context: "import")
    case .same: words("There already", context: "import")
    case .known: words("There, changed since: stays as it is", context: "import")
    case .updated: words("Updated", context: "import")
    case .trashed: words("In the trash", context: "import")
    case .restored: words("Brought back", context: "import")
    case .refused: words("Not taken", context: "import")
    }
  }

  /// What a format cannot hold.
  func loss(_ loss: PlannerFileLoss) -> String {
    switch loss {
    case .links: words("subtasks, and what waits for what")
    case .related: words("links that only relate two tasks")
    case .notes: words("notes")
    case .times: words("times of day: the dates stay")
    case .states: words("that something is in progress, deferred, cancelled or archived")
    case .figures: words("impact, estimate and time spent")
    case .rules: words("series beyond “every so many days, weeks, months, years”")
    case .marks: words("tags with blanks, and words of a title that look like a mark")
    case .metadata: words("what another program keeps beside it")
    case .privacy: words("that a task is private")
    case .midnight: words("midnight as a time: it is the date there")
    case .fractions: words("fractions of seconds")
    }
  }

  func name(_ format: PlannerFile.Format) -> String {
    switch format {
    case .todoTxt: "todo.txt"
    case .taskwarrior: words("Taskwarrior’s JSON")
    case .csv: words("Table (CSV)")
    case .todoist: words("Todoist’s CSV")
    case .calendar: words("iCalendar (.ics)")
    }
  }

  func undone(_ gone: Int, kept: Int) -> String {
    let first =
      gone == 0
      ? words("Nothing was taken back: every task was changed since.")
      : words.count("{n} task is gone again.", "{n} tasks are gone again.", gone)
    return kept == 0 || gone == 0
      ? first : first + " " + words.count("{n} was changed since and stays.", "{n} were changed since and stay.", kept)
  }
}
