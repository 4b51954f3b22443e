/// Half of what somebody said of when does not go through: the other half would be lost in the title (RULES 2.7).
extension QuickReading {
  /// What stands right beside the words that say when, and belongs to them; nil: nothing does.
  func half(_ found: Found) -> QuickEntryError? {
    switch found.when {
    case .standard: return nil
    case .once:
      // "Biweekly sync friday at 9".
      let places = [begin] + (found.end.map { [$0 - 1] } ?? [])
      if let unclear = places.first(where: { RecurrenceVocabulary.unclear.contains(word($0)) && !isQuoted($0) }) {
        return .unclearSeries(text.words(unclear..<tokens.count))
      }
      // "Todo fim de ano", "every end of week".
      guard let end = found.end, end > begin, QuickWords.every.contains(word(end - 1)) else { return nil }
      let isEdge = PhraseWords.ends.contains(word(end)) || PhraseWords.starts.contains(word(end))
      return isEdge && !isQuoted(end - 1) ? .unclearSeries(text.words(end - 1..<tokens.count)) : nil
    case .series:
      if let end = found.end, let start = halfBefore(end) { return .unclearSeries(text.words(start..<tokens.count)) }
      guard let start = found.beginning, let end = halfBehind(start) else { return nil }
      return .unclearSeries(text.words(begin..<end))
    }
  }

  /// Where what belongs to the series at the end begins: "meds every day except" and then "weekends", "the first of" and then "every month".
  private func halfBefore(_ cut: Int) -> Int? {
    // "Drinks 6pm - every friday".
    var end = cut
    while end > begin, isJoint(end - 1) { end -= 1 }
    let last = end - 1
    guard last >= begin, !isQuoted(last) else { return nil }
    if QuickWords.leadsOn.contains(word(last)), !isLetter(last) { return last }
    // "Homework first, mondays at 5", "safety first on mondays".
    let isBeside = end == cut && !PhraseWords.beforeDay.contains(word(cut)) && !RecurrenceVocabulary.beforeDays.contains(word(cut))
    // "Mail a todos toda sexta", "safety first daily".
    let mayBeCounted = !QuickWords.every.contains(word(cut)) && RecurrenceVocabulary.adverbs[word(cut)].map { $0.0 == .monthly } ?? true
    if isBeside, mayBeCounted, QuickWords.every.contains(word(last)) || isOrdinal(last) { return last }
    return (max(begin, end - 6)..<end).first { isStart($0) && isWhen($0..<end, atBeginning: $0 == begin) }
  }

  /// Where what belongs to the series at the beginning ends: "every day" and then "except holidays".
  private func halfBehind(_ cut: Int) -> Int? {
    var start = cut
    while start < tokens.count, isJoint(start) { start += 1 }
    guard start > begin, start < tokens.count, !isQuoted(start) else { return nil }
    let next = min(start + 2, tokens.count)
    // "Every friday e-mail Bob".
    if QuickWords.followsOn.contains(word(start)), isEnd(start + 1) { return next }
    let isBehindPeriod = RecurrenceVocabulary.units[word(cut - 1)] != nil || RecurrenceVocabulary.periods[word(cut - 1)] != nil
    if isBehindPeriod, QuickWords.followsPeriod.contains(word(start)) { return start + 1 }
    if PhraseWords.this.contains(word(start)), PhraseWords.units[word(start + 1)] != nil { return next }
    if RecurrenceStumble(text, reader).error(ofOne: start) != nil { return next }
    return stride(from: min(start + 6, tokens.count), to: start, by: -1).first { isEnd($0) && isWhen(start..<$0, atBeginning: true) }
  }

  /// Whether it is a day, a time, or several days.
  private func isWhen(_ range: Range<Int>, atBeginning: Bool) -> Bool {
    if case .moment(let moment)? = text.meaning(of: range, reader), moment.day != nil || moment.clock != nil {
      return QuickCandidate(range, .once(.moment(moment)), in: tokens).verdict(atBeginning: atBeginning, reader.language) == .time
    }
    // "Sun" and "mar" alone are names.
    guard range.count > 1 || RecurrenceVocabulary.weekdaysInPlural[word(range.lowerBound)] != nil else { return false }
    var parser = PhraseParser(tokens[range], reader, bareHours: .none)
    return parser.recurrence().saysDays && parser.isAtEnd
  }

  private func isJoint(_ index: Int) -> Bool { [.mark(UInt8(ascii: "-")), .mark(UInt8(ascii: ","))].contains(tokens[index].kind) }

  /// The last one of "vitamin E".
  private func isLetter(_ index: Int) -> Bool {
    word(index) == "e" && (reader.language == .english || part(text.bytes(of: index..<index + 1)).utf8.elementsEqual("E".utf8))
  }

  /// "third", "5º".
  private func isOrdinal(_ index: Int) -> Bool {
    if RecurrenceVocabulary.ordinals[word(index)] != nil || PhraseWords.ordinalNumbers[word(index)] != nil { return true }
    guard PhraseWords.ordinals.contains(word(index)), tokens[index].glued, index > 0, case .number = tokens[index - 1].kind else {
      return false
    }
    return true
  }

  private func word(_ index: Int) -> String {
    guard tokens.indices.contains(index), case .word(let word) = tokens[index].kind else { return "" }
    return word
  }
}

/// Things that begin and end.
extension QuickReading {
  /// "Meeting tomorrow from 3 to 4pm", "reunião das 15h às 16h amanhã": the first hour, on the day that stands beside it. The title keeps it all.
  func ofHours(_ first: Side, _ last: Side) -> Found? {
    guard first.candidate?.isSeries != true, last.candidate?.isSeries != true else { return nil }
    for start in begin..<max(begin, tokens.count) where isStart(start) && !isQuoted(start) {
      var parser = text.parser(from: start, reader)
      guard let clock = parser.hourRange(), isEnd(parser.index) else { continue }
      let end = parser.index
      let day = dayBefore(start) ?? dayBehind(end)
      guard day != nil || parser.isAtEnd && start > begin else { return nil }
      let moment = PhraseMoment(day: day?.moment.day, clock: clock, part: day?.moment.part)
      let range = min(day?.range.lowerBound ?? start, start)..<max(day?.range.upperBound ?? end, end)
      return resolved(.once(.moment(moment)), part(text.bytes(of: range)), Found())
    }
    return nil
  }

  private func dayBefore(_ index: Int) -> (range: Range<Int>, moment: PhraseMoment)? {
    let end = index > begin && tokens[index - 1].kind == .mark(UInt8(ascii: ",")) ? index - 1 : index
    for start in begin..<max(begin, end) where isStart(start) && !isQuoted(start) {
      if let moment = dayAlone(start..<end, atBeginning: start == begin) { return (start..<end, moment) }
    }
    return nil
  }

  private func dayBehind(_ index: Int) -> (range: Range<Int>, moment: PhraseMoment)? {
    for end in stride(from: tokens.count, to: index, by: -1) where isEnd(end) && !isQuoted(index) {
      if let moment = dayAlone(index..<end, atBeginning: false) { return (index..<end, moment) }
    }
    return nil
  }

  private func dayAlone(_ range: Range<Int>, atBeginning: Bool) -> PhraseMoment? {
    guard case .moment(let moment)? = text.meaning(of: range, reader), moment.day != nil, moment.clock == nil else { return nil }
    let candidate = QuickCandidate(range, .once(.moment(moment)), in: tokens)
    return candidate.verdict(atBeginning: atBeginning, reader.language) == .time ? moment : nil
  }
}
