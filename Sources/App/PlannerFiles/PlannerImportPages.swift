import Domain
import HTML
import Web

/// Where a file of tasks is sent, with what can be sent and what each format holds.
struct PlannerImportFormPage {
  let layout: Layout
  let summary: ErrorSummary?
  let action = Paths.importingTasks
  let back = Paths.tasks
  let error: String?
  let format: Select
  let downloads: [Download]

  /// A format that tasks can be taken along in.
  struct Download {
    let name: String
    let path: Path
    /// What it cannot hold.
    let losses: String
  }

  init(_ web: Context, _ state: FormState = .fresh) throws {
    let words = try web.reader.words
    let text = PlannerImportText(words: words)
    layout = try Layout(words("Import and export tasks"), .tasks, web)
    var fields = FieldBuilder(state)
    fields.add("file", words("File"))
    let told = (value: "", label: words("Told from what it holds"))
    format = fields.choice(
      "format", words("Format"), "", [told] + PlannerFile.Format.allCases.map { (value: $0.rawValue, label: text.name($0)) })
    (summary, error) = (fields.summary, state.errors["file"])
    let formats: [PlannerFile.Format] = [.todoTxt, .taskwarrior, .csv, .calendar]
    downloads = formats.map { format in
      Download(
        name: text.name(format), path: Paths.plannerExport(format),
        losses: PlannerFileLoss.of(format).map(text.loss).joined(separator: "; "))
    }
  }
}

/// What would come of a file, line by line, with what can be chosen.
struct PlannerImportPage {
  /// Rows of either kind that are shown.
  static let shown = 100

  let layout: Layout
  let summary: ErrorSummary?
  let id: String
  let lede: String
  let figures: [ImportFigure]
  let same: Select?
  let trash: Select?
  let rows: [ImportLine]
  let more: String?
  let noted: [ImportLine]
  let moreNoted: String?
  /// nil: there is no task in it.
  let confirmation: Path?
  let deletion: Path
  let again = Paths.importingTasks

  var hasRows: Bool { !rows.isEmpty }
  var hasNoted: Bool { !noted.isEmpty }

  init(_ id: ID<PlannerImport>, _ plan: PlannerImportPlan, _ web: Context, _ state: FormState = .fresh) throws {
    let words = web.words
    let text = PlannerImportText(words: words)
    let (counts, tasks) = (plan.counts, plan.file.tasks)
    layout = try Layout(words("Import tasks"), .tasks, web)
    self.id = id.text
    let shown: [PlannerImport.Outcome] = [.new, .updated, .same, .known, .trashed, .refused]
    figures = shown.map { ImportFigure($0.rawValue, text.outcome($0), counts[$0] ?? 0) }
    var make = FieldBuilder(state)
    let isThere = (counts[.same] ?? 0) + (counts[.known] ?? 0) > 0
    same =
      isThere
      ? make.choice(
        "same", words("What is there already"), "skip",
        [
          ("skip", words("Leave it as it is")), ("update", words("Update what nobody has changed since")),
          ("add", words("Add it once more")),
        ]) : nil
    trash =
      counts[.trashed] ?? 0 > 0
      ? make.choice(
        "trash", words("What lies in the trash"), "skip", [("skip", words("Leave it there")), ("restore", words("Bring it back"))]) : nil
    summary = make.summary
    rows = tasks.prefix(PlannerImportPage.shown).enumerated().map { place, task in
      ImportLine(
        line: String(task.line), title: task.title, what: text.outcome(plan.outcome(place)), outcome: plan.outcome(place).rawValue,
        path: plan.known[place].flatMap { $0.isTrashed ? nil : Paths.task($0.task) })
    }
    more = ImportLine.more(tasks.count - rows.count, words)
    let titles = Dictionary(tasks.map { ($0.line, $0.title) }, uniquingKeysWith: { first, _ in first })
    noted = plan.file.notes.prefix(PlannerImportPage.shown).map { note in
      ImportLine(
        line: String(note.line), title: titles[note.line] ?? "–", what: text.about(note.about),
        outcome: note.about.isRefusal ? PlannerImport.Outcome.refused.rawValue : "", path: nil)
    }
    moreNoted = ImportLine.more(plan.file.notes.count - noted.count, words)
    lede = tasks.isEmpty ? words("There is no task in this file.") : words("Nothing is stored yet. Look at what comes of each line.")
    confirmation = tasks.isEmpty ? nil : Paths.confirmation(id)
    deletion = Paths.importDeletion(id)
  }
}

/// What came of a file, and of one in whose place another came.
struct PlannerImportResultPage {
  let layout: Layout
  let id: String
  let state: String
  let lede: String
  let figures: [ImportFigure]
  let rows: [ImportLine]
  let more: String?
  let noted: [ImportLine]
  /// nil: there is nothing to take back.
  let undo: Path?
  let list = Paths.tasks
  let again = Paths.importingTasks

  var hasRows: Bool { !rows.isEmpty }
  var hasNoted: Bool { !noted.isEmpty }

  init(
    _ found: FileImport<PlannerImport>, _ stored: PlannerImportState, _ counts: [(PlannerImport.Outcome, Int)], _ made: [PlannerImportRow],
    _ noted: [PlannerImportRow], _ web: Context
  ) throws {
    let words = web.words
    let text = PlannerImportText(words: words)
    layout = try Layout(words("Import tasks"), .tasks, web)
    (id, state) = (found.id.text, found.replacedAt != nil ? "replaced" : stored.word.rawValue)
    let byOutcome = Dictionary(counts, uniquingKeysWith: { first, _ in first })
    figures = PlannerImport.Outcome.allCases.map { ImportFigure($0.rawValue, text.outcome($0), byOutcome[$0] ?? 0) }
    func line(_ row: PlannerImportRow) -> ImportLine {
      ImportLine(
        line: String(row.line), title: row.title ?? "–", what: row.reason.utf8.isEmpty ? text.outcome(row.outcome) : row.reason,
        outcome: row.outcome.rawValue, path: row.task.map { Paths.task($0) })
    }
    (rows, self.noted) = (made.map(line), noted.map(line))
    more = ImportLine.more(counts.reduce(0) { $0 + $1.1 } - made.count - noted.count, words)
    let kept = words.count("{n} was changed since and stays.", "{n} were changed since and stay.", stored.kept)
    lede =
      found.replacedAt != nil
      ? words("Another file that you sent since took its place.")
      : stored.undoneAt != nil
        ? words("This import was taken back.") + (stored.kept > 0 ? " " + kept : "")
        : stored.word == .failed
          ? words("The import came to a stop. What was made until then stays; you can take it back.") : words("Imported.")
    let written = (byOutcome[.new] ?? 0) + (byOutcome[.updated] ?? 0)
    undo = found.replacedAt != nil || stored.undoAt != nil || written == 0 ? nil : Paths.importUndo(found.id)
  }
}
