/// Times of which a line says more, or less, than one part at one of its ends can take.
extension QuickReading {
  /// "Every day take the pill 10 times": a series at the beginning, and its end or count behind the title.
  func withEnd(_ first: Side) -> Found? {
    guard let series = first.candidate, series.isSeries else { return nil }
    for index in series.range.upperBound..<max(series.range.upperBound, tokens.count) where isStart(index) {
      var parser = text.parser(from: index, reader)
      let parts = parser.recurrence()
      guard parser.isAtEnd, !parts.isRecurring, !parts.saysDays,
        parts.count != nil || parts.length != nil || parts.end != nil || parts.start != nil
      else { continue }
      let words = part(text.bytes(of: series.range)) + " " + part(text.bytes(of: index..<tokens.count))
      do throws(RecurrencePhraseError) {
        return resolved(.series(try RecurrencePhrase(words, reader: reader)), words, Found(beginning: series.range.upperBound, end: index))
      } catch {
        return Found(refusal: .series(error))
      }
    }
    return nil
  }

  /// "Monday or tuesday", "8am and 8pm": the first of them that comes, and the title keeps them all.
  func ofSeveral(_ last: Side) -> Found? {
    guard let end = last.candidate, !end.isSeries else { return nil }
    var parts = [end]
    while let before = partBefore(parts[parts.count - 1].range.lowerBound) { parts.append(before) }
    guard parts.count > 1 else { return nil }
    let found = parts.compactMap { one -> (Phrase, Found)? in
      let found = resolved(one.meaning, part(text.bytes(of: one.range)), Found())
      guard case .once(let phrase) = found.when else { return nil }
      return (phrase, found)
    }
    return found.min { $0.0.instant < $1.0.instant }?.1
  }

  /// The day or time that "and", "or" or a comma joins to what begins at `index`.
  private func partBefore(_ index: Int) -> QuickCandidate? {
    var end = index
    while end - 1 > begin, QuickWords.joints.contains(tokens[end - 1].kind) { end -= 1 }
    guard end < index else { return nil }
    for start in max(begin, end - 4)..<end where isStart(start) {
      guard let moment = moment(start..<end) else { continue }
      let candidate = QuickCandidate(start..<end, .once(.moment(moment)), in: tokens)
      if candidate.verdict(atBeginning: false, reader.language) == .time { return candidate }
    }
    return nil
  }

  /// A day or a time; the "8h" of "8h e 20h" is one of a list.
  private func moment(_ range: Range<Int>) -> PhraseMoment? {
    if range.count == 2, case .number(let hour, let digits) = tokens[range.lowerBound].kind, digits <= 2, hour < 24,
      tokens[range.lowerBound + 1].kind == .word("h")
    {
      return PhraseMoment(clock: PhraseClock(hour: hour, minute: 0, isExact: false))
    }
    guard case .moment(let moment)? = text.meaning(of: range, reader), moment.day != nil || moment.clock != nil else { return nil }
    return moment
  }

  /// "Yoga tue thu 18:30 until june": what is no day behind "until" ends nothing, and a series without its end is not what was meant.
  func unclearEnd() -> QuickEntryError? {
    for start in begin..<max(begin, tokens.count) where isStart(start) && !isQuoted(start) {
      var parser = text.parser(from: start, reader)
      guard parser.recurrence().isRecurring, let word = parser.word(), RecurrenceVocabulary.ends.contains(word) else { continue }
      guard (2...4).contains(tokens.count - parser.index) else { continue }
      return .unclearSeries(text.words(start..<tokens.count))
    }
    return nil
  }

  /// "Flight friday 747", "rent 12 dec 10", "meeting friday 9-10": a day that is named counts, and the title keeps the numbers that may be no hour.
  func dayBesideNumber() -> Found? {
    guard let number = numberAtEnd() else { return nil }
    // "Sexta das 9 às 10".
    let isFrom = number > begin && [.word("das"), .word("from"), .word("de")].contains(tokens[number - 1].kind)
    let end = isFrom ? number - 1 : number
    for start in begin..<max(begin, end) where isStart(start) && !isQuoted(start) {
      guard case .moment(let moment)? = text.meaning(of: start..<end, reader), moment.day != nil else { continue }
      let candidate = QuickCandidate(start..<end, .once(.moment(moment)), in: tokens)
      guard candidate.verdict(atBeginning: false, reader.language) == .time else { continue }
      // Of "friday 9 to 10" the first is its hour.
      var withHour = PhraseParser((tokens[start..<end] + tokens[number...number])[...], reader, bareHours: .behindDay)
      let isRange = tokens.count - number > 2
      return resolved(.once(isRange ? withHour.meaning() ?? .moment(moment) : .moment(moment)), part(text.bytes(of: start..<end)), Found())
    }
    return nil
  }

  /// Whether the time at the end is the second half of something: the "dec 10" of "12 dec 10", the "às 10" of "sexta 9 às 10".
  func isHalf(_ last: Side) -> Bool {
    guard let start = last.candidate?.range.lowerBound, start > begin, case .number(let number, digits: ...2) = tokens[start - 1].kind
    else {
      return false
    }
    guard case .word(let word) = tokens[start].kind else { return false }
    return PhraseWords.months[word] != nil && (1...31).contains(number) || text.isTimeMark(start) && number < 24
  }

  /// Where the numbers begin that end the line: "747", "9-10", "9 to 10", "at 25:00".
  private func numberAtEnd() -> Int? {
    var end = tokens.count
    while end > begin, [UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ".")].contains(where: { tokens[end - 1].kind == .mark($0) }) {
      end -= 1
    }
    func isNumber(_ index: Int) -> Bool { if case .number(_, digits: ...4) = tokens[index].kind { true } else { false } }
    for start in max(begin + 1, end - 4)..<max(begin + 1, end) where isStart(start) {
      if let time = text.impossibleTime(at: start), time.upperBound == end { return start }
      guard isNumber(start) else { continue }
      if end - start == 1 { return start }
      if end - start == 3, isNumber(start + 2), QuickWords.joints.contains(tokens[start + 1].kind) || text.isTimeMark(start + 1) {
        return start
      }
    }
    return nil
  }

  /// "At 25:00", or "25:00" right beside what says when: it is no time, and that is told.
  func impossibleTime(beside found: Found) -> String? {
    for index in tokens.indices where !isQuoted(index) {
      guard let time = text.impossibleTime(at: index) else { continue }
      let isBare = time.count == 1
      let isBeside =
        index == found.beginning || time.upperBound == found.end || found.end == nil && found.beginning == nil && found.when != .standard
      if text.isTimeMark(index) && !isBare || isBeside { return part(text.bytes(of: time)) }
    }
    return nil
  }
}
