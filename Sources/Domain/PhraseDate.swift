extension PhraseParser {
  /// "12 Dec", "Dec 12 2027", "12 de dezembro", "2027-03-14", "30/04/2027", "dia 12", "the 12th".
  mutating func date(weekday: Weekday?) -> PhraseDay? {
    attempt { parser in
      while parser.take("the") || parser.take("o") || parser.take("no") {}
      let saidDay = parser.take("dia")
      return parser.numericDate(weekday) ?? parser.dayThenMonth(weekday) ?? parser.monthThenDay(weekday)
        ?? parser.dayAlone(weekday, saidDay: saidDay)
    }
  }

  /// Two or three numbers with the same mark between them. Two need a slash: "5-12" and "5.12" mean other things.
  private mutating func numericDate(_ weekday: Weekday?) -> PhraseDay? {
    guard let first = number(), case .mark(let mark)? = token(1)?.kind, let second = number(2), isGlued(1), isGlued(2) else { return nil }
    let scalar = Unicode.Scalar(mark)
    guard scalar == "/" || scalar == "-" || scalar == "." else { return nil }
    if isMark(scalar, 3), let third = number(4), isGlued(3), isGlued(4) {
      guard let date = ordered(first, second, third, weekday) else { return nil }
      skip(5)
      // The "T" of "2027-03-14T09:00".
      if word() == "t", number(1) != nil { skip() }
      return date
    }
    guard scalar == "/", first.digits <= 2, second.digits <= 2 else { return nil }
    skip(3)
    return inOrder(year: nil, first, second, weekday)
  }

  /// By the person's order, or by the only one that a calendar has: "15/3" is March for everybody (RULES 2.9).
  private func inOrder(year: Int?, _ first: Number, _ second: Number, _ weekday: Weekday?) -> PhraseDay {
    var (day, month) = dayComesFirst ? (first.value, second.value) : (second.value, first.value)
    if month > 12, Day(year: year ?? 2028, month: day, day: month) != nil { swap(&day, &month) }
    return .date(year: year, month: month, day: day, weekday)
  }

  private typealias Number = (value: Int, digits: Int)

  private func ordered(_ first: Number, _ second: Number, _ third: Number, _ weekday: Weekday?) -> PhraseDay? {
    guard second.digits <= 2 else { return nil }
    if first.digits == 4, third.digits <= 2 { return .date(year: first.value, month: second.value, day: third.value, weekday) }
    guard first.digits <= 2, third.digits == 4 || third.digits == 2 else { return nil }
    return inOrder(year: third.digits == 2 ? 2000 + third.value : third.value, first, second, weekday)
  }

  /// "12 Dec", "12th of December 2027", "1º de maio", "12-Dec-2027".
  private mutating func dayThenMonth(_ weekday: Weekday?) -> PhraseDay? {
    attempt { parser in
      guard let day = parser.dayNumber() else { return nil }
      let isJoined = parser.take("de") || parser.take("of") || parser.take(mark: "-") || parser.take(mark: "/")
      // "Ten may" is no date: it begins a sentence.
      guard !day.isWord || isJoined || day.isOrdinal, let month = parser.take(from: PhraseWords.months) else { return nil }
      return .date(year: parser.year(), month: month, day: day.value, weekday)
    }
  }

  /// "Dec 12", "December 12th, 2027".
  private mutating func monthThenDay(_ weekday: Weekday?) -> PhraseDay? {
    attempt { parser in
      guard let month = parser.take(from: PhraseWords.months) else { return nil }
      _ = parser.take("the")
      guard let day = parser.dayNumber(), !day.isWord || day.isOrdinal, !parser.continuesTime else { return nil }
      return .date(year: parser.year(), month: month, day: day.value, weekday)
    }
  }

  /// "dia 12", "12th"; "12" alone is no day, nor is "second".
  private mutating func dayAlone(_ weekday: Weekday?, saidDay: Bool) -> PhraseDay? {
    attempt { parser in
      guard let day = parser.dayNumber(), saidDay || day.isOrdinal && !day.isWord, !parser.continuesTime else { return nil }
      return .dayOfMonth(day.value, weekday)
    }
  }

  /// "12", "12th", "twelfth", "doze", "primeiro".
  mutating func dayNumber() -> (value: Int, isOrdinal: Bool, isWord: Bool)? {
    if let ordinal = take(from: PhraseWords.ordinalNumbers) { return (ordinal, true, true) }
    guard let number = number() else {
      return attempt { parser in
        guard let tens = parser.numberInWords() else { return nil }
        guard tens == 20 || tens == 30, let ones = parser.take(from: PhraseWords.ordinalNumbers), ones < 10 else {
          return (tens, false, true)
        }
        return (tens + ones, true, true)
      }
    }
    guard number.digits <= 2 else { return nil }
    skip()
    guard isGlued(0), let suffix = word(), PhraseWords.ordinals.contains(suffix) else { return (number.value, false, false) }
    skip()
    return (number.value, true, false)
  }

  /// Whether the number just taken is an hour after all: "Dec 9am" is no date.
  private var continuesTime: Bool {
    guard let next = token(), next.glued else { return word() == "am" || word() == "pm" }
    return next.kind != .mark(UInt8(ascii: ",")) && next.kind != .mark(UInt8(ascii: "@"))
  }

  /// The year behind a date: four digits.
  mutating func year() -> Int? {
    attempt { parser in
      _ = parser.take(mark: ",") || parser.take("de") || parser.take("of") || parser.take(mark: "-") || parser.take(mark: "/")
      // "12 dec 1600h" and "12 dec 1115am" have an hour.
      let isHour = parser.word(1).map { PhraseWords.hours.contains($0) || ["a", "am", "p", "pm"].contains($0) } ?? false
      guard let year = parser.number(), year.digits == 4, !isHour else { return nil }
      parser.skip()
      return year.value
    }
  }
}
