import Domain
import HTML
import Web

/// Where a file of people or events is sent, with what can be sent.
struct ContextImportFormPage {
  let layout: Layout
  let summary: ErrorSummary?
  let action: Path
  let back: Path
  let backLabel: String
  let lede: String
  let error: String?
  let help: String
  /// What a browser offers to choose.
  let accept: String
  let format: Select
  /// nil: of people.
  let people: Checkbox?
  /// What can be sent.
  let formats: [String]

  init(_ noun: ContextImport.Noun, _ web: Context, _ state: FormState = .fresh) throws {
    let words = try web.reader.words
    let text = ContextImportText(words: words)
    layout = try Layout(text.title(noun), noun.section, web)
    (action, back, backLabel) = (noun.list, noun.back, noun == .people ? words("People") : words("Calendar"))
    var fields = FieldBuilder(state)
    fields.add("file", words("File"))
    let told = (value: "", label: words("Told from what it holds"))
    format = fields.choice("format", words("Format"), "", [told] + noun.kinds.map { (value: $0.rawValue, label: text.name($0)) })
    people =
      noun == .events
      ? fields.tick(
        "people", words("Make people of those who are asked"), false, says: words.answers,
        help: words("Whoever has an address that you know already is found, and nobody is made twice.")) : nil
    (summary, error) = (fields.summary, state.errors["file"])
    switch noun {
    case .people:
      lede = words("You see what comes of each card or line before anything is stored. The same file again makes nobody twice.")
      (help, accept) = (words("At most 25 MB and 50,000 people."), ".vcf,.csv,text/vcard,text/x-vcard,text/csv")
      formats = [
        words("vCard 2.1, 3.0 and 4.0 (.vcf): names, addresses, numbers, birthdays, notes, groups. Pictures are left out and counted."),
        words("Tables (CSV) of Google Contacts and Outlook, and ours."),
        words("Any other table with a column for the name: what is not known is kept and comes back out."),
      ]
    case .events:
      lede = words("You see what comes of each event before anything is stored. The same file again makes nothing twice.")
      (help, accept) = (words("At most 10 MB and 20,000 events."), ".ics,text/calendar")
      formats = [
        words("iCalendar (.ics): what Google Calendar, Outlook, Apple and Nextcloud export, with series and their changed instances."),
        words("Alarms and attached files are counted and not taken; to-dos are imported on the page of tasks."),
      ]
    }
  }
}

/// What would come of a file, entry by entry, with what can be chosen.
struct ContextImportPage {
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
  /// nil: there is nothing in it.
  let confirmation: Path?
  let deletion: Path
  let again: Path

  var hasRows: Bool { !rows.isEmpty }
  var hasNoted: Bool { !noted.isEmpty }

  init(_ id: ID<ContextImport>, _ noun: ContextImport.Noun, _ plan: ContextPlan, _ web: Context, _ state: FormState = .fresh) throws {
    let words = web.words
    let text = ContextImportText(words: words)
    let counts = plan.counts
    layout = try Layout(text.title(noun), noun.section, web)
    self.id = id.text
    let shown: [ContextImport.Outcome] = [.new, .updated, .same, .known, .trashed, .refused]
    figures = shown.map { ImportFigure($0.rawValue, text.outcome($0), counts[$0] ?? 0) }
    var make = FieldBuilder(state)
    let isThere = (counts[.same] ?? 0) + (counts[.known] ?? 0) + (counts[.updated] ?? 0) > 0
    same =
      isThere
      ? make.choice(
        "same", words("What is there already"), "update",
        [
          ("update", words("Update what the file says otherwise, but nothing that you changed")), ("skip", words("Leave it as it is")),
          ("add", words("Add it once more")),
        ]) : nil
    trash =
      counts[.trashed] ?? 0 > 0
      ? make.choice(
        "trash", words("What lies in the trash"), "skip", [("skip", words("Leave it there")), ("restore", words("Bring it back"))]) : nil
    summary = make.summary
    rows = plan.entries.prefix(ContextImportPage.shown).enumerated().map { place, entry in
      let outcome = plan.outcome(place)
      return ImportLine(
        line: String(entry.line), title: entry.title, what: text.outcome(outcome), outcome: outcome.rawValue,
        path: entry.found == .trashed ? nil : entry.thing.map { noun.page($0.id) })
    }
    more = ImportLine.more(plan.entries.count - rows.count, words)
    let notes = plan.notes(text)
    noted = notes.prefix(ContextImportPage.shown).map { note in
      ImportLine(
        line: String(note.line), title: note.title, what: note.text,
        outcome: note.isRefusal ? ContextImport.Outcome.refused.rawValue : "", path: nil)
    }
    moreNoted = ImportLine.more(notes.count - noted.count, words)
    let isEmpty = plan.entries.isEmpty
    lede =
      !isEmpty
      ? words("Nothing is stored yet. Look at what comes of each line.")
      : noun == .people ? words("There is nobody in this file.") : words("There is no event in this file.")
    confirmation = isEmpty ? nil : noun.confirmation(id)
    (deletion, again) = (noun.deletion(id), noun.list)
  }
}
