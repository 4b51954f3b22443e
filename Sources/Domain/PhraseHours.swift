/// What a number of hours is that begins a phrase with nothing before it ("2h", "09h", "1600h", "1:30 hours").
enum PhraseHours {
  /// A duration.
  case span
  /// A time of day.
  case time
  /// Both are said of it, far apart: beside a day it is a time, alone it is refused. Better asked again than waited for.
  case doubtful
}

extension PhraseParser {
  /// How the hours that come next are to be read when nothing before them says so (RULES 2.9); nil when no hours come next.
  ///
  /// Brazilians write times as "12h", "09h" and "9h15", and durations as "2h" and "1h30": the person's language decides between the two.
  /// Two digits on both sides ("21h30", "09:30 h") and four digits ("1600h") are a clock's in any language.
  var leadingHours: PhraseHours? {
    guard let hour = number() else { return nil }
    if let word = word(1), PhraseWords.units[word] == .hour { return reading(hour, word) }
    guard let minutes = clockMinutes(behind: 1), let word = word(3), PhraseWords.units[word] == .hour else { return nil }
    if hour.digits == 2 { return reading(isClock: hour.value, minutes) }
    if isPortuguese || PhraseWords.portugueseHours.contains(word) {
      if !PhraseWords.englishHours.contains(word) { return hour.value >= 6 ? .time : hour.value == 0 ? .doubtful : .span }
    }
    return word == "h" && hour.value >= 6 ? .doubtful : .span
  }

  /// "9h", "9h15", "1600 hrs", "15 horas".
  private func reading(_ hour: (value: Int, digits: Int), _ word: String) -> PhraseHours {
    let isShort = PhraseWords.shortHours.contains(word)
    if hour.digits == 4 { return hour.value <= 2400 && hour.value % 100 < 60 ? .time : isShort ? .doubtful : .span }
    if hour.digits > 2 { return isShort && hour.digits == 3 && hour.value >= 600 ? .doubtful : .span }
    if let minutes = number(2), minutes.digits == 2, minutes.value < 60, isGlued(1) && isGlued(2) || isShort && isLooseMinute(2) {
      // "10h30m" is how a span is written in English; "21h30min" is a time wherever it is written.
      if !isPortuguese, hour.digits == 1 || hour.value >= 10, isGlued(3), self.word(3) == "m" { return .span }
      if hour.digits == 2 { return reading(isClock: hour.value, minutes.value) }
      return !isPortuguese || (1...5).contains(hour.value) ? .span : hour.value == 0 ? .doubtful : .time
    }
    guard isPortuguese, !PhraseWords.englishHours.contains(word) || isShort else { return .span }
    if hour.digits == 2, hour.value < 10 { return .time }
    guard isShort else { return .span }
    if (6...23).contains(hour.value) {
      if self.word(2) == "e", self.word(3) == "meia" { return .time }
      if number(2) != nil, PhraseWords.units[self.word(3) ?? ""] == .minute { return .doubtful }
    }
    return (12...23).contains(hour.value) ? .time : .span
  }

  /// Whether the number so far ahead is the 30 of "2h 30": two digits and nothing behind them.
  func isLooseMinute(_ ahead: Int) -> Bool {
    guard let minutes = number(ahead) else { return false }
    return minutes.digits == 2 && minutes.value < 60 && token(ahead + 1) == nil
  }

  /// "2 hours", "1h", "about two hours": of what was taken since `start`, a bare number with hours behind it says how long. From six on "8h" and
  /// "15 horas" are times.
  ///
  /// - Parameter hMayBeTime: whether "3h" is three o'clock.
  func saysHowLong(from start: Int, hMayBeTime: Bool = false) -> Bool {
    guard index - start >= 2, case .word(let unit) = tokens[index - 1].kind else { return false }
    let isBare = tokens[start..<index - 2].allSatisfy { token in
      guard case .word(let word) = token.kind else { return false }
      return PhraseWords.roughly.contains(word) || ["cerca", "de", "mais", "ou", "menos"].contains(word)
    }
    let said: Int?
    switch tokens[index - 2].kind {
    case .number(let value, let digits): said = digits <= 2 ? value : nil
    case .word(let word): said = PhraseWords.numbers[word]
    case .mark: said = nil
    }
    guard isBare, let hour = said else { return false }
    if PhraseWords.englishHours.contains(unit) { return true }
    return hour < 6 && (["hora", "horas"].contains(unit) || !hMayBeTime && ["h", "hs"].contains(unit))
  }

  private func reading(isClock hour: Int, _ minutes: Int) -> PhraseHours { hour < 24 || hour == 24 && minutes == 0 ? .time : .span }

  /// The 30 of ":30", the colon being `ahead` pieces away and all of it glued.
  func clockMinutes(behind ahead: Int) -> Int? {
    guard isMark(":", ahead), isGlued(ahead), isGlued(ahead + 1), let minutes = number(ahead + 1), minutes.digits == 2, minutes.value < 60
    else { return nil }
    return minutes.value
  }

  /// "1600h", "0930 hrs", "at 1600". A bare "2027" behind "until" is a year for some readers.
  mutating func fourDigitClock(isAt: Bool) -> PhraseClock? {
    guard let number = number(), number.digits == 4, number.value <= 2400, number.value % 100 < 60 else { return nil }
    let saidHours = word(1).map { PhraseWords.hours.contains($0) } ?? false
    guard isAt || saidHours else { return nil }
    skip(saidHours ? 2 : 1)
    return PhraseClock(hour: number.value / 100, minute: number.value % 100, isExact: true)
  }

  /// What may stand before a time: "at", "às", "@"; "à" before one o'clock and midnight, "ao" before noon; "around" says nothing by itself.
  /// "A 2 horas" is no time: it is how many write "há 2 horas".
  mutating func takeTimeMark() -> Bool {
    let isRough = take("por", "volta") || word(1).map(PhraseWords.beforeTime.contains) ?? false && take("la")
    takeRoughly()
    if take(mark: "@") || take(anyOf: PhraseWords.beforeTime) {
      takeRoughly()
      return true
    }
    if isRough { return take("das") || take("da") || take("do") || take("de") || take("pelo") || take("pela") }
    if take("para", "as") || take("pras") || take("a", "partir", "das") || take("perto", "das") { return true }
    if word() == "ao" || word() == "pro", word(1) == "meio" { return take("ao") || take("pro") }
    guard word() == "a" else { return false }
    let isFeminine = number(1).map { $0.value == 1 } ?? ["uma", "zero", "meia"].contains(word(1) ?? "")
    let isWritten = clockMinutes(behind: 2) != nil || (isGlued(2) && PhraseWords.shortHours.contains(word(2) ?? ""))
    return isFeminine || isWritten ? take("a") : false
  }

  /// "About", "cerca de": nothing here is exact to the minute.
  mutating func takeRoughly() {
    _ = take(anyOf: PhraseWords.roughly) || take("cerca", "de") || take("mais", "ou", "menos")
  }

  /// The days that "a oito" and "a quinze" add in "de hoje a oito", which is said for a week from today; "a quinze" is two weeks.
  mutating func weeksOn() -> Int {
    if take("week") { return 7 }
    return attempt { parser in
      guard parser.take("a") else { return nil }
      guard let count = parser.number()?.value ?? parser.numberInWordsAhead, (1...400).contains(count) else { return nil }
      parser.skip()
      if parser.take("semana") || parser.take("semanas") { return 7 * count }
      let saidDays = parser.take("dias")
      guard count == 8 || count == 15 else { return saidDays ? count : nil }
      // "A 8h" and "a 8:00" are times.
      guard saidDays || !(parser.isGlued(0) && !parser.isMark(",")) && !parser.take(anyOf: PhraseWords.hours) else { return nil }
      return count == 8 ? 7 : 14
    } ?? 0
  }

  private var numberInWordsAhead: Int? { word().flatMap { PhraseWords.numbers[$0] } }
}
