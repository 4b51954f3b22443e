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
  /// "2 hours tomorrow", "duas horas amanhã".
  private let startsWithLength: Bool
  /// "2 hours", "2h": behind a series how long it takes, alone in how long.
  let isLength: Bool
  /// "Every 2 hours 10 min".
  private let endsWithTwoLengths: Bool

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
    var parser = PhraseParser(tokens[range], dayComesFirst: false)
    let hasHour = parser.clock() != nil
    startsWithLength = hasHour && parser.saysHowLong(from: range.lowerBound, hMayBeTime: true)
    isLength = hasHour && parser.isAtEnd && parser.saysHowLong(from: range.lowerBound)
    let end = range.upperBound
    func isUnit(_ index: Int) -> Bool { PhraseWords.units[word(index)] != nil }
    if range.count > 3, case .number = tokens[end - 2].kind, !tokens[end - 2].glued {
      endsWithTwoLengths = isUnit(end - 1) && isUnit(end - 3)
    } else {
      endsWithTwoLengths = false
    }
    isAlways = tokens[range.lowerBound...last].map(\.kind) == [.number(24, digits: 2), .mark(UInt8(ascii: "/")), .number(7, digits: 1)]
  }

  var isSeries: Bool { if case .series = meaning { true } else { false } }

  enum Verdict: Equatable {
    case time
    /// So many of its first words belong to the title, too.
    case timeBehind(Int)
    /// Its first or last word belongs to the title.
    case tryShorter
    /// Nothing at this end is a time.
    case none
  }

  /// What people write in titles is no time only because it could be one in a field of its own.
  ///
  /// - Parameter atBeginning: of the line, where nothing stands before it.
  func verdict(atBeginning: Bool, _ language: Language) -> Verdict {
    if isSeries { return ofSeries(atBeginning) }
    let first = words[0]
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
      return saysHowLong(atBeginning) ? .none : .time
    }
    if case .once(.moment(let moment)) = meaning {
      // "Drive 6 hours friday".
      if !atBeginning, startsWithLength, moment.clock != nil { return .tryShorter }
      if case .dayOfMonth? = moment.day, moment.clock == nil { return isRank(atBeginning) ? .none : .time }
    }
    return .time
  }

  private func ofSeries(_ atBeginning: Bool) -> Verdict {
    let first = words[0]
    // "Read the daily".
    let isName = words.count == 1 && QuickWords.articles.contains(before) || QuickWords.vague.contains(words.joined(separator: " "))
    if isName || atBeginning && isWhichOfSeries { return .none }
    if atBeginning { return after != "" && endsWithTwoLengths ? .tryShorter : .time }
    // "Movie night every friday at 8", "café da manhã todo dia às 8": the night says which eight.
    if PhraseWords.parts[first] != nil, words.count > 1 { return .timeBehind(1) }
    if QuickWords.ofPart.contains(first), words.count > 2, PhraseWords.parts[words[1]] != nil { return .timeBehind(2) }
    // "Celebrate last working day".
    if first == "working" || first == "business", words.count > 1, words[1] == "day", Self.isOrdinal(before) { return .tryShorter }
    // "Next monday and tuesday": these two.
    return PhraseWords.weekdays[first] != nil && (PhraseWords.next.contains(before) || PhraseWords.this.contains(before))
      ? .tryShorter : .time
  }

  /// "First monthly" of a review, "1st monthly" of a report.
  private var isWhichOfSeries: Bool {
    guard after != "", let last = words.last, RecurrenceVocabulary.adverbs[last] != nil else { return false }
    let others = words.dropLast()
    return others.contains(where: Self.isOrdinal) && others.allSatisfy { $0 == "" || $0 == "the" || Self.isOrdinal($0) }
  }

  /// "Segunda" and "quarta" are days.
  private static func isOrdinal(_ word: String) -> Bool {
    if PhraseWords.weekdays[word] != nil { return false }
    return PhraseWords.ordinals.contains(word) || RecurrenceVocabulary.ordinals[word] != nil || PhraseWords.ordinalNumbers[word] != nil
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
  private func saysHowLong(_ atBeginning: Bool) -> Bool {
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
