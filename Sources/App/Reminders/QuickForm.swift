import Domain
import HTML
import Web

/// "Call mom tomorrow at 9am !high": the field `quick`, read whole. What is understood goes through the fields of the long form, so that both mean
/// the same by the same words.
struct QuickForm {
  let entry: QuickEntry
  let draft: ReminderDraft
  /// The long form as this line fills it in.
  let filled: Form

  init(_ form: Form, profiles: [EscalationProfile], _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    let text = read.line("quick", 1...QuickEntry.longest)
    try read.finish()
    let zone = reader.person.zone
    let found = QuickForm.entry(text, PhraseReader(reader, zone), &read)
    entry = try read.finish(found)
    if entry.title.unicodeScalars.count > QuickForm.longestTitle {
      let most: KeyValuePairs = ["n": String(QuickForm.longestTitle)]
      read.complain("quick", read.words("A title has at most {n} characters. Shorten it, and put the rest into the notes later.", most))
    }
    try read.finish()
    let fields = QuickForm.fields(entry)
    let made = read.nest(naming: { _ in "quick" }) { () throws(FormErrors) in
      try ReminderDraft(Form(fields), profiles: profiles, reader)
    }
    draft = try read.finish(made)
    // What ends a duration is shown by the clock.
    let shown = draft.nextAt.map { zone.local($0).text } ?? ""
    filled = Form(fields.map { $0.0 == "at" ? ("at", shown) : $0 })
  }

  static let longestTitle = 200

  /// What the line says if nothing of it is to mean anything; nil where that is what it says already, or no title.
  var words: String? {
    let isPlain = entry.when == .standard && entry.importance == nil && entry.title.utf8.elementsEqual(entry.text.utf8)
    return isPlain || entry.text.unicodeScalars.count > QuickForm.longestTitle ? nil : entry.text
  }

  private static func entry(_ text: String, _ phrases: PhraseReader, _ read: inout FormReader) -> QuickEntry? {
    do {
      return try QuickEntry(text, reader: phrases)
    } catch {
      read.complain("quick", complaint(error, phrases, read.words))
      return nil
    }
  }

  private static func complaint(_ error: QuickEntryError, _ phrases: PhraseReader, _ words: Words) -> String {
    switch error {
    case .series(let error): RecurrenceComplaint.text(error, words)
    case .unclearSeries(let part):
      words(
        "How often is “{part}”? Try “{offer}”; in quotation marks it stays in the title.",
        ["part": part, "offer": RecurrenceOffer.nearest(to: part, phrases)])
    }
  }

  private static func fields(_ entry: QuickEntry) -> [(String, String)] {
    let plain = [("title", entry.title), ("importance", (entry.importance ?? .medium).rawValue)]
    switch entry.when {
    case .standard: return plain
    // A duration is read again: by the clock it could be the first of two equal times.
    case .once(let phrase): return plain + [("schedule", "once"), ("at", phrase.wall?.text ?? phrase.words)]
    case .series(let series):
      if case .interval = series.kind { return plain + [("schedule", "interval"), ("every_minutes", series.words)] }
      return plain + [("schedule", "recurring"), ("cron", series.words)]
    }
  }
}

/// What a line was understood as: before it is sent, and when it was.
struct QuickText {
  private let person: Person
  private let words: Words
  private let now: Instant

  init(_ reader: Reader) { (person, words, now) = (reader.person, reader.words, reader.now) }

  /// When first, for it is what may be wrong: "Tomorrow 09:00 (in 23 hours), New York time: “call mom”. Importance: Medium."
  func understood(_ quick: QuickForm) -> String {
    let said = [main(quick), importance(quick.draft.importance), quick.entry.unused.map(unused)].compactMap(\.self)
    let moved = quick.draft.isMoved ? words("The clocks skip the time you typed, so it was moved on.") : nil
    return (said + [moved].compactMap(\.self)).joined(separator: " ")
  }

  func saved(_ quick: QuickForm) -> String { words("Saved.") + " " + understood(quick) }

  private func main(_ quick: QuickForm) -> String {
    let (zone, language) = (quick.draft.schedule.zone, person.language)
    let next = quick.draft.nextAt ?? now
    let relative = TimeWords.relative(next, from: now, language)
    func time(capitalized: Bool = false) -> String { TimeWords.dayTime(next, zone, language, now: now, capitalized: capitalized) }
    let place = TimeWords.zone(zone, language)
    let title = quick.draft.title
    switch quick.entry.when {
    case .once:
      return words(
        "{time} ({relative}), {zone}: “{title}”.", ["time": time(capitalized: true), "relative": relative, "zone": place, "title": title])
    case .standard:
      return words(
        "No time is in it, so {time} ({relative}), {zone}: “{title}”.",
        ["time": time(), "relative": relative, "zone": place, "title": title])
    case .series:
      return words(
        "{series}, first {time} ({relative}): “{title}”.",
        ["series": quick.draft.schedule.words(language, now: now), "time": time(), "relative": relative, "title": title])
    }
  }

  private func importance(_ importance: Importance) -> String {
    let label = ReminderOptions.importance(words).first { $0.value == importance.rawValue }?.label ?? ""
    return words("Importance: {importance}.", ["importance": label])
  }

  private func unused(_ unused: QuickEntry.Unused) -> String {
    let part: KeyValuePairs = ["part": unused.words]
    switch unused.reason {
    case .tooFar: return words("“{part}” is more than a year ahead, so it stays in the title.", part)
    case .impossibleDate: return words("There is no “{part}”, so it stays in the title.", part)
    default: return words("“{part}” is not after now, so it stays in the title.", part)
    }
  }
}
