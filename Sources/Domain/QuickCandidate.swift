/// What a part of a line says.
enum QuickMeaning {
  case once(PhraseMeaning)
  case series(RecurrencePhrase)
}

/// A beginning or an end of a line that could be a time.
struct QuickCandidate {
  let range: Range<Int>
  let meaning: QuickMeaning
  /// Its words, "" for what is none.
  private let words: [String]
  private let before: String
  private let after: String
  private let startsWithNumber: Bool
  /// "24/7".
  private let isAlways: Bool

  init(_ range: Range<Int>, _ meaning: QuickMeaning, in tokens: [PhraseToken]) {
    (self.range, self.meaning) = (range, meaning)
    func word(_ index: Int) -> String {
      guard tokens.indices.contains(index), case .word(let word) = tokens[index].kind else { return "" }
      return word
    }
    let points = [UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "."), UInt8(ascii: ",")].map { PhraseToken.Kind.mark($0) }
    let last = range.last { !points.contains(tokens[$0].kind) } ?? range.lowerBound
    words = (range.lowerBound...last).map(word)
    (before, after) = (word(range.lowerBound - 1), word(range.upperBound))
    if case .number = tokens[range.lowerBound].kind { startsWithNumber = true } else { startsWithNumber = false }
    isAlways = tokens[range.lowerBound...last].map(\.kind) == [.number(24, digits: 2), .mark(UInt8(ascii: "/")), .number(7, digits: 1)]
  }

  var isSeries: Bool { if case .series = meaning { true } else { false } }

  enum Verdict {
    case time
    /// Its first or last word belongs to the title.
    case tryShorter
    /// Nothing at this end is a time.
    case none
  }

  /// What people write in titles is no time only because it could be one in a field of its own.
  ///
  /// - Parameter atBeginning: of the line, where nothing stands before it.
  func verdict(atBeginning: Bool, _ language: Language) -> Verdict {
    let first = words[0]
    // "Read the daily".
    if isSeries {
      let isName = words.count == 1 && QuickWords.articles.contains(before) || QuickWords.vague.contains(words.joined(separator: " "))
      if isName { return .none }
      // "Next monday and tuesday": these two.
      return PhraseWords.weekdays[first] != nil && (PhraseWords.next.contains(before) || PhraseWords.this.contains(before))
        ? .tryShorter : .time
    }
    // "Wake up tomorrow at 7".
    if QuickWords.deeds.contains(first) { return .tryShorter }
    if !atBeginning {
      // "Movie night at 8", "café da manhã às 8", "turn the heating on tomorrow".
      if PhraseWords.parts[first] != nil { return words.count > 1 ? .tryShorter : .none }
      if QuickWords.ofPart.contains(first), words.count > 1, PhraseWords.parts[words[1]] != nil { return .tryShorter }
      if first == "on", words.count > 1, QuickWords.neverOn.contains(words[1]) { return .tryShorter }
      if QuickWords.feasts.contains(before), PhraseWords.weekdays[first] != nil { return .none }
    }
    if isVague(language) || words.last?.utf8.suffix(2).elementsEqual("'s".utf8) == true { return .none }
    if case .once(.span) = meaning {
      // "Às 25h" is no duration, "8h e 20h" are two times.
      if PhraseWords.beforeTime.contains(before) { return .none }
      let hours = words.count { $0 == "h" }
      if hours > 1 { return hours <= 6 ? .tryShorter : .none }
      return isLength(atBeginning: atBeginning) ? .none : .time
    }
    if case .once(.moment(let moment)) = meaning, case .dayOfMonth? = moment.day, moment.clock == nil {
      return isRank(atBeginning) ? .none : .time
    }
    return .time
  }

  /// "Early", "morning", "the weekend", "sun": words of titles.
  private func isVague(_ language: Language) -> Bool {
    if isAlways || words.allSatisfy({ QuickWords.partsAlone.contains($0) }) { return true }
    if QuickWords.vague.contains(words.joined(separator: " ")) { return true }
    guard let last = words.last, last.utf8.count == 3, PhraseWords.weekdays[last] != nil else { return false }
    let isForeign = QuickWords.englishDays.contains(last) != (language == .english)
    return words.count == 1 ? isForeign || after != "" : words.count == 2 && QuickWords.articles.contains(words[0])
  }

  /// "Half an hour", "for 20 minutes", "2 hours of yoga", "10 minute walk": how long, not in how long.
  private func isLength(atBeginning: Bool) -> Bool {
    if PhraseWords.vague[words.joined(separator: " ")] != nil { return words[0] == "a" }
    if QuickWords.during.contains(words[0]) { return true }
    if QuickWords.inHowLong.contains(words[0]) || QuickWords.fromNow.contains(words.last ?? "") { return false }
    if atBeginning && QuickWords.behindLength.contains(after) { return true }
    if words[0] == "" && !startsWithNumber { return false }
    return !startsWithNumber || atBeginning && QuickWords.singular.contains(words.last ?? "") && after != ""
  }

  /// "1st draft", "come in 2nd", but "on the 1st", "dia 5".
  private func isRank(_ atBeginning: Bool) -> Bool {
    let isSaid = words.contains("on") || words.contains("dia") || words.contains("until") || words.contains("by")
    return !isSaid && (atBeginning && after != "" || !words.contains("the"))
  }
}
