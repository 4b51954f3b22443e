/// What words that say that something comes again stumble over: the whole of them is quoted.
struct RecurrenceStumble {
  private let text: PhraseText
  private let reader: PhraseReader

  init(_ text: PhraseText, _ reader: PhraseReader) { (self.text, self.reader) = (text, reader) }

  /// Of a text that is nothing but a recurrence, and is not understood from this piece on.
  func error(at index: Int) -> RecurrencePhraseError {
    // "At 9:75" is understood as far as "at 9".
    if let time = (max(index - 2, 0)...index).lazy.compactMap({ text.impossibleTime(at: $0) }).first {
      return .impossibleTime(text.words(time))
    }
    for place in text.tokens.indices { if let times = timesOnly(at: place) { return .timesOnly(text.words(times)) } }
    let rest = withRest(index)
    if rest > index { return .unknown(text.words(index..<rest)) }
    guard QuickWords.every.contains(word(index)), text.tokens.count > index + 1 else { return .unknown(text.word(at: index)) }
    return everySecond(at: index) ?? .unknown(text.words(index..<whole(from: index)))
  }

  /// Of "every …", "twice a …" in a longer text; nil where this piece says nothing of the kind.
  func error(ofOne index: Int) -> RecurrencePhraseError? {
    if let times = timesOnly(at: index) { return .timesOnly(text.words(times)) }
    let next = index + (["os", "as", "the"].contains(word(index + 1)) ? 2 : 1)
    guard QuickWords.every.contains(word(index)), text.tokens.count > next else { return nil }
    switch text.tokens[next].kind {
    case .word(let next): if !QuickWords.isPeriod(next) { return nil }
    case .number: break
    case .mark: return nil
    }
    let end = withRest(whole(from: index))
    if let time = (index...end).lazy.compactMap({ text.impossibleTime(at: $0) }).first { return .impossibleTime(text.words(time)) }
    return everySecond(at: index) ?? .unknown(text.words(index..<end))
  }

  /// "Every second friday", "every 2nd friday".
  private func everySecond(at index: Int) -> RecurrencePhraseError? {
    var parser = text.parser(from: index + 1, reader)
    guard parser.word() != "segunda", parser.nthNumber() == 2, let day = parser.word(), PhraseWords.weekdays[day] != nil else { return nil }
    return .everySecond(text.words(index..<parser.index + 1), day: text.words(parser.index..<parser.index + 1))
  }

  /// "3 times a day", "twice a week", "2x por dia", with the number.
  private func timesOnly(at index: Int) -> Range<Int>? {
    let isTwice = word(index) == "twice"
    if word(index) == "x", index > 0, isNumber(index - 1), text.tokens[index].glued, PhraseWords.units[word(index + 1)] != nil {
      return index - 1..<index + 2
    }
    let isCounted = ["times", "vezes", "x"].contains(word(index)) && index > 0 && isNumber(index - 1)
    guard isTwice || isCounted, ["a", "an", "per", "ao", "por", "na", "no"].contains(word(index + 1)),
      PhraseWords.units[word(index + 2)] != nil
    else { return nil }
    return (isTwice ? index : index - 1)..<index + 3
  }

  /// As far as it is understood, and the days, units and numbers behind that.
  private func whole(from index: Int) -> Int {
    var parser = text.parser(from: index, reader)
    _ = parser.recurrence()
    var end = max(parser.index, index + 2)
    while end < min(text.tokens.count, index + 8), text.tokens[end].glued || isPeriod(end) { end += 1 }
    return min(end, text.tokens.count)
  }

  /// With the "except holidays" or "at 15:00" behind it, which is what was not understood.
  private func withRest(_ index: Int) -> Int {
    let count = text.tokens.count
    guard index < count, text.isTimeMark(index) || RecurrenceVocabulary.exceptions.contains(word(index)) else { return index }
    var end = min(index + 2, count)
    while end < count, text.tokens[end].glued { end += 1 }
    return end
  }

  private func isPeriod(_ index: Int) -> Bool { QuickWords.isPeriod(word(index)) }

  private func isNumber(_ index: Int) -> Bool {
    if case .number = text.tokens[index].kind { true } else { PhraseWords.numbers[word(index)] != nil }
  }

  private func word(_ index: Int) -> String {
    guard text.tokens.indices.contains(index), case .word(let word) = text.tokens[index].kind else { return "" }
    return word
  }
}

extension PhraseText {
  /// "25:00", "9:75", "13pm", "30h", also behind "at": what looks like a time of day and is none.
  ///
  /// - Returns: where it stands, without the "at".
  func impossibleTime(at index: Int) -> Range<Int>? {
    let start = index + (isTimeMark(index) ? 1 : 0)
    guard case .number(let hour, let digits)? = kind(start), digits <= 2 else { return nil }
    if case .number(let minute, digits: 2)? = kind(start + 2), tokens[start + 1].glued, tokens[start + 2].glued,
      kind(start + 1) == .mark(UInt8(ascii: ":")) || kind(start + 1) == .word("h")
    {
      return minute < 60 && (hour < 24 || hour == 24 && minute == 0) ? nil : start..<start + 3
    }
    switch kind(start + 1) {
    case .word("am"), .word("pm"): return (1...12).contains(hour) ? nil : start..<start + 2
    case .word("h") where tokens[start + 1].glued: return start > index && hour > 24 ? start..<start + 2 : nil
    default: return start > index && hour > 24 && start + 1 == tokens.count ? start..<start + 1 : nil
    }
  }

  /// "at", "às", "@".
  func isTimeMark(_ index: Int) -> Bool {
    switch kind(index) {
    case .word(let word): PhraseWords.beforeTime.contains(word)
    case .mark(let mark): mark == UInt8(ascii: "@")
    default: false
    }
  }

  private func kind(_ index: Int) -> PhraseToken.Kind? { tokens.indices.contains(index) ? tokens[index].kind : nil }
}
