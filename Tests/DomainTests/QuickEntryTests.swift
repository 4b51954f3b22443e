import Testing

@testable import Domain

/// What a line of quick entry was understood as: "title | local time | importance".
func quick(_ text: String, _ language: Language = .english) -> String {
  let (now, zone) = language == .english ? ("2027-03-10T10:00", "America/New_York") : ("2027-03-10T12:00", "America/Sao_Paulo")
  let clocks = phraseZone(zone)
  guard let nine = TimeOfDay(hour: 9, minute: 0), let local = LocalTime(text: now) else { return "?" }
  let reader = PhraseReader(zone: clocks, language: language, defaultHour: nine, now: clocks.instant(local))
  do {
    let entry = try QuickEntry(text, reader: reader)
    var said = entry.title + " | "
    switch entry.when {
    case .standard: said += "-"
    case .once(let phrase): said += clocks.local(phrase.instant).text
    case .series(let series):
      let schedule = try Schedule(series.kind, zone: clocks)
      said += (try schedule.next(after: reader.now, lastScheduled: nil)).map { clocks.local($0).text } ?? "never"
      said += " | " + schedule.words(language, now: reader.now)
    }
    if let importance = entry.importance { said += " | " + importance.rawValue }
    if let unused = entry.unused { said += " | \(unused.words): \(unused.reason)" }
    return said
  } catch let error as QuickEntryError {
    return "\(error)"
  } catch {
    return "no schedule"
  }
}

/// A row of a table of lines: "typed => title | 11 09:00 | high", the time of March 2027; "-" is the standard time.
struct QuickRow: Sendable, CustomTestStringConvertible {
  let typed: String
  let expected: String

  var testDescription: String { typed }

  static func rows(_ table: String) -> [QuickRow] {
    table.split(separator: "\n").map { line in
      let line = String(line)
      let parts = line.split(separator: "=>", maxSplits: 1).map { $0.drop { $0 == " " } }
      var typed = String(parts[0])
      while typed.hasSuffix(" ") { typed.removeLast() }
      guard parts[1].contains("|") else { return QuickRow(typed: typed, expected: String(parts[1])) }  // A refusal.
      var cells = parts[1].split(separator: "|").map { String($0) }
      cells[1] = time(cells[1])
      return QuickRow(typed: typed, expected: cells.joined(separator: "|"))
    }
  }

  private static func time(_ cell: String) -> String {
    let parts = cell.split(separator: " ")
    guard parts.count == 2 else { return cell }
    return " " + "2027-03-".prefix(max(10 - parts[0].utf8.count, 0)) + parts[0] + "T" + parts[1] + (cell.hasSuffix(" ") ? " " : "")
  }
}
