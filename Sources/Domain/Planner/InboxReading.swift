/// What a line without its marks says of when.
struct InboxReading {
  private(set) var when: InboxLine.When?
  private(set) var unused: QuickEntry.Unused?
  private(set) var unclear: QuickEntryError?
  private(set) var parts: [InboxLine.Part] = []
  private(set) var kept: Range<Int>
  private(set) var isCutBefore = false
  private(set) var isCutBehind = false
  /// "By friday", "até sexta".
  private(set) var isUntil = false
  /// "In 20 minutes".
  private(set) var isShortSpan = false

  init(_ text: String, _ reader: PhraseReader) {
    kept = 0..<text.utf8.count
    guard text.unicodeScalars.count <= QuickEntry.longest else { return }
    let reading = QuickReading(text, reader.atEndOfDay)
    var found = reading.found()
    unused = found.unused
    if !found.isSeries, let refusal = found.refusal ?? reading.unclear {
      unclear = refusal
      found = QuickReading.Found()
    }
    if InboxReading.isName(reading, found) { found = QuickReading.Found() }
    if let said = InboxReading.when(found, reader) {
      when = said
    } else {
      found = QuickReading.Found()
    }
    let title = reading.kept(without: found)
    (kept, isCutBefore, isCutBehind) = (title.range, title.isCutBefore, title.isCutBehind)
    add(0..<reading.begin, .kind(.reminder), reading)
    if let end = found.beginning { add(reading.begin..<end, .when, reading) }
    if let start = found.end { add(start..<reading.tokens.count, .when, reading) }
    if case .span(let span)? = found.meaning { isShortSpan = span.isShort }
    isUntil = parts.contains { part in
      guard part.meaning == .when, case .word(let word)? = PhraseScanner.tokens(of: part.words).first?.kind else { return false }
      return PhraseWords.untils.contains(word)
    }
  }

  /// "The 9/11 report": a date in figures behind an article is a name's.
  private static func isName(_ reading: QuickReading, _ found: QuickReading.Found) -> Bool {
    let said = reading.tokens[reading.begin..<max(reading.begin, found.beginning ?? 0)].prefix(3).map(\.kind)
    guard said.count == 3, case .word(let word) = said[0], case .number = said[1] else { return false }
    return ["the", "o"].contains(word) && said[2] == .mark(UInt8(ascii: "/"))
  }

  private mutating func add(_ tokens: Range<Int>, _ meaning: InboxLine.Meaning, _ reading: QuickReading) {
    if tokens.isEmpty { return }
    let range = reading.text.bytes(of: tokens)
    parts.append(InboxLine.Part(range: range, words: reading.part(range), meaning: meaning))
  }

  /// - Returns: nil where nothing was said.
  private static func when(_ found: QuickReading.Found, _ reader: PhraseReader) -> InboxLine.When? {
    switch found.when {
    case .standard: return nil
    case .once(let phrase):
      guard let meaning = found.meaning else { return nil }
      // "Today" is a day to do it on, and no time for a reminder once the default hour is over.
      return .once(Due(phrase, meaning, reader.zone), try? Phrase(meaning, words: phrase.words, reader))
    case .series(let late):
      // Both read what was read a moment ago.
      guard let phrase = try? RecurrencePhrase(late.words, reader: reader), let isTimed = try? late.isTimed(reader) else { return nil }
      let again = TaskRepeat(late.kind, from: .due, isTimed: isTimed)
      return .series(again, again?.firstDue(after: reader.now, zone: reader.zone), phrase)
    }
  }
}
