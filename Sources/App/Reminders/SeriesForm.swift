import Domain
import HTML
import Web

/// How often a reminder comes again, in whatever way a person says it: five fields, an RRULE, words, minutes.
struct SeriesForm {
  let kind: Schedule.Kind
  /// As typed, where the schedule itself does not keep it.
  let words: String
  /// The day from which the controls begin (``Reminder/firstDay``).
  private(set) var firstDay: Day?

  /// The field `cron`.
  ///
  /// - Parameter stored: typed as it is stored, a rule goes on from its own first time.
  /// - Returns: nil when something was complained about.
  init?(pattern read: inout FormReader, _ phrases: PhraseReader, stored: StoredSeries?) {
    let text = read.trimmed(SeriesForm.spaced(read.raw("cron")))
    if text.utf8.isEmpty {
      read.complain("cron", read.words("Say how often, such as “every weekday at 9” or 0 9 * * 1-5."))
      return nil
    }
    if let stored, text.utf8.elementsEqual(stored.typed.utf8) {
      (kind, words, firstDay) = (stored.kind, stored.words, stored.firstDay)
      return
    }
    do {
      (kind, words) = try SeriesForm.read(text, phrases)
    } catch {
      read.complain("cron", SeriesForm.complaint(error, read.words))
      return nil
    }
  }

  /// The controls of one unit, which say it all without words.
  init?(controls form: RepeatForm, _ read: inout FormReader, stored: StoredSeries?) {
    guard let series = form.series(&read, stored: stored) else { return nil }
    (kind, words, firstDay) = (series.kind, "", series.firstDay)
  }

  /// The field `every_minutes`: a number, a span such as "2 hours" and "1h30", or "every 90 minutes".
  init?(interval read: inout FormReader, _ phrases: PhraseReader) {
    let text = read.trimmed(read.raw("every_minutes"))
    let before = read.errors
    if let minutes = SeriesForm.minutes(text, phrases) {
      (kind, words) = (.interval(minutes: minutes), text)
      return
    }
    let number = read.integer("every_minutes", Schedule.intervalRange, nil)
    guard read.errors == before else { return nil }
    (kind, words) = (.interval(minutes: number), "")
  }

  private enum Refusal: Error {
    case pattern(CronError)
    case words(RecurrencePhraseError)
  }

  private static func read(_ text: String, _ phrases: PhraseReader) throws(Refusal) -> (Schedule.Kind, String) {
    let folded = text.utf8.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
    do throws(RecurrencePhraseError) {
      if folded.starts(with: "RRULE:".utf8) || folded.starts(with: "FREQ=".utf8) || folded.contains(0x3B) && folded.contains(0x3D) {
        return (try phrases.series(rule: text), text)
      }
      if let cron = try? Cron(text) { return (.recurring(cron), "") }  // What is no pattern may be words.
      return (try RecurrencePhrase(text, reader: phrases).kind, text)
    } catch {
      if let wrong = SeriesForm.wrongPattern(text, folded) { throw .pattern(wrong) }
      throw .words(error)
    }
  }

  /// What is wrong with it as a pattern; nil where it does not look like one.
  private static func wrongPattern(_ text: String, _ folded: [UInt8]) -> CronError? {
    let first = folded.split(separator: 0x20).first ?? []
    guard first.first == UInt8(ascii: "@") || first.allSatisfy({ (0x30...0x39).contains($0) || "*/,-?#".utf8.contains($0) }) else {
      return nil
    }
    do {
      _ = try Cron(text)
      return nil
    } catch {
      return error
    }
  }

  private static func minutes(_ text: String, _ phrases: PhraseReader) -> Int? {
    // Neither is an error: a plain number is read as ever.
    if let phrase = try? RecurrencePhrase(text, reader: phrases), case .interval(let minutes) = phrase.kind { return minutes }
    let spans = PhraseReader(
      zone: phrases.zone, language: phrases.language, defaultHour: phrases.defaultHour, now: phrases.now, isDuration: true)
    guard let span = try? Phrase(text, reader: spans), span.isElapsed else { return nil }
    let seconds = span.instant.seconds(since: phrases.now)
    return seconds % 60 == 0 && Schedule.intervalRange.contains(Int(seconds / 60)) ? Int(seconds / 60) : nil
  }

  /// With plain blanks for tabs and the blanks that web pages put between fields. Other control characters are in no pattern.
  private static func spaced(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { out.append(["\t", "\u{A0}", "\u{2009}", "\u{202F}"].contains(scalar) ? " " : scalar) }
    return String(out)
  }

  private static func complaint(_ refusal: Refusal, _ words: Words) -> String {
    switch refusal {
    case .pattern(let error): CronWords.complaint(error, words)
    case .words(let error): RecurrenceComplaint.text(error, words)
    }
  }
}
