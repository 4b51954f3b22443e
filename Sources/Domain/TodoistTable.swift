/// The CSV that Todoist writes as a template: TYPE, CONTENT, DESCRIPTION, PRIORITY, INDENT, …, DATE, DATE_LANG, TIMEZONE.
struct TodoistTable {
  private var table: TextTable
  private let columns: [String: Int]

  /// - Returns: nil when the head of the table is another.
  init?(_ text: [UInt8]) throws(ImportRefusal) {
    table = TextTable(text)
    guard let head = table.next() else { throw .empty }
    var columns: [String: Int] = [:]
    for (place, field) in head.cells.prefix(60).enumerated() {
      let name = CalendarFile.upper(field)
      if columns[name] == nil { columns[name] = place }
    }
    guard columns["TYPE"] != nil, columns["CONTENT"] != nil else { return nil }
    self.columns = columns
  }

  /// Tasks, each with the comments below it. Sections and what else stands there is passed over.
  func entries(_ reader: PhraseReader, _ zone: (String) -> Zone?, _ mayGoOn: () -> Bool) throws(ImportRefusal) -> [ImportEntry] {
    var table = table
    var found: [ImportEntry] = []
    var comments: [String] = []
    while let row = table.next() {
      let type = CalendarFile.upper(value("TYPE", row))
      if type == "NOTE", !found.isEmpty, !row.isBroken {
        comments.append(ImportText.lines(value("CONTENT", row)))
      } else if type == "TASK" || row.isBroken {
        add(&comments, to: &found)
        if !mayGoOn() { throw .tooLong }
        if found.count == ImportFile.mostEntries { throw .tooMany }
        found.append(entry(row, reader, zone))
      }
    }
    add(&comments, to: &found)
    return found
  }

  private func add(_ comments: inout [String], to found: inout [ImportEntry]) {
    guard !comments.isEmpty, let last = found.indices.last else { return }
    found[last].setTexts(found[last].title, ([found[last].notes] + comments).filter { !$0.isEmpty }.joined(separator: "\n\n"))
    comments = []
  }

  private func value(_ name: String, _ row: TextTable.Row) -> ArraySlice<UInt8> { row[columns[name]] }

  private func entry(_ row: TextTable.Row, _ reader: PhraseReader, _ zone: (String) -> Zone?) -> ImportEntry {
    var entry = ImportEntry(line: row.line, key: "", title: "", outcome: .leftOut(.noTitle))
    let content = String(decoding: value("CONTENT", row), as: UTF8.self)
    let date = ImportText.oneLine(String(decoding: value("DATE", row), as: UTF8.self))
    entry.setTexts(content, ImportText.lines(value("DESCRIPTION", row)))
    entry.key = "todoist " + [content, entry.notes, date].joined(separator: "\u{1F}")
    // Todoist's first of four; the fourth is what a task has that nobody gave one.
    if value("PRIORITY", row) == [UInt8(ascii: "1")] { entry.importance = .high }
    do throws(ImportLeftOut) {
      if row.isBroken { throw ImportLeftOut(.quotes) }
      if entry.title.isEmpty { throw ImportLeftOut(.noTitle) }
      if date.isEmpty { throw ImportLeftOut(.noTime) }
      let phrases = try phrases(row, reader, zone)
      if let words = TodoistTable.fromCompletion(date) {
        entry.outcome = .planned(try series(words, phrases))
        entry.remarks.append(.fromCompletion)
      } else {
        entry.outcome = .planned(try plan(date, phrases))
      }
    } catch {
      entry.outcome = .leftOut(error.reason)
    }
    return entry
  }

  private func phrases(_ row: TextTable.Row, _ reader: PhraseReader, _ find: (String) -> Zone?) throws(ImportLeftOut) -> PhraseReader {
    let name = ImportText.oneLine(String(decoding: value("TIMEZONE", row), as: UTF8.self))
    var zone = reader.zone
    if !name.isEmpty {
      guard let found = find(name) else { throw ImportLeftOut(.zone(ImportText.prefix(name, scalars: 80))) }
      zone = found
    }
    let language = CalendarFile.upper(value("DATE_LANG", row).prefix(2))
    return PhraseReader(
      zone: zone, language: language == "PT" ? .portuguese : language == "EN" ? .english : reader.language, defaultHour: reader.defaultHour,
      now: reader.now)
  }

  private func plan(_ date: String, _ reader: PhraseReader) throws(ImportLeftOut) -> ImportEntry.Plan {
    if let wall = TodoistTable.written(date, reader) {
      let at = reader.zone.instant(wall)
      guard at > reader.now else { throw ImportLeftOut(.past) }
      return ImportEntry.Plan(schedule: Schedule(once: at, zone: reader.zone), next: at, wall: wall, words: "")
    }
    do {
      let phrase = try Phrase(date, reader: reader)
      return ImportEntry.Plan(
        schedule: Schedule(once: phrase.instant, zone: reader.zone), next: phrase.instant, wall: phrase.wall, words: "")
    } catch {
      if error == .unknown { return try series(date, reader) }
      throw ImportLeftOut(error == .past ? .past : .words(date, error))
    }
  }

  /// "every! 3 days", "after 3 days", "a cada! 3 dias", "após 3 dias": which count from when the task was done, as words that count from the first
  /// time. Nil: other words.
  static func fromCompletion(_ date: String) -> String? {
    for (mark, words) in marks where date.utf8.count > mark.utf8.count {
      let head = date.utf8.prefix(mark.utf8.count).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
      let rest = date.utf8.dropFirst(mark.utf8.count)
      // "depois de amanhã" is a day.
      let counts = mark.utf8.last == 0x21 || rest.first.map { (0x30...0x39).contains($0) } == true
      if counts, head.elementsEqual(mark.utf8) { return words + String(decoding: rest, as: UTF8.self) }
    }
    return nil
  }

  /// Words with a "!" right behind them, and words before a number.
  private static let marks =
    [
      ("every", "every"), ("ev", "every"), ("a cada", "a cada"), ("cada", "a cada"), ("todo", "todo"), ("toda", "toda"), ("todos", "todos"),
      ("todas", "todas"),
    ].map { ($0.0 + "!", $0.1) } + [("after ", "every "), ("após ", "a cada "), ("depois de ", "a cada ")]

  private func series(_ words: String, _ reader: PhraseReader) throws(ImportLeftOut) -> ImportEntry.Plan {
    let kind: Schedule.Kind
    do {
      kind = try RecurrencePhrase(words, reader: reader).kind
    } catch {
      throw ImportLeftOut(.rule(error))
    }
    do {
      let schedule = try Schedule(kind, zone: reader.zone)
      if let next = try schedule.next(after: reader.now, lastScheduled: nil), schedule.isSoonEnough(next, after: reader.now) {
        return ImportEntry.Plan(schedule: schedule, next: next, wall: nil, words: words)
      }
    } catch {
      throw ImportLeftOut(.never)
    }
    throw ImportLeftOut(.never)
  }

  /// "2027-03-10", "2027-03-10 17:00", "2027-03-10T17:00:00".
  private static func written(_ text: String, _ reader: PhraseReader) -> LocalTime? {
    let bytes = text.utf8.map { $0 == 0x20 ? 0x54 : $0 }
    if let day = Day(iso: text) { return LocalTime(day: day, time: reader.defaultHour) }
    return LocalTime(text: String(decoding: bytes, as: UTF8.self)).map {
      LocalTime(day: $0.day, time: TimeOfDay(clamping: $0.time.second / 60 * 60))
    }
  }
}
